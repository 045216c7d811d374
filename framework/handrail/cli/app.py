"""The application: verbs put together, and what becomes of an error.

Belongs here: the one place where an exception turns into a sentence and an exit code. Never here: a verb.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Annotated

import typer

EXIT_INPUT = 2
EXIT_OURS = 3

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "check": "check",
        "explain": "explain",
        "plan": "plan",
        "forecast": "plan",
        "progress": "progress",
        "evidence": "evidence",
        "lint": "catalog_verbs",
        "list": "catalog_verbs",
        "show": "catalog_verbs",
        "bundle": "catalog_verbs",
        "schema": "catalog_verbs",
        "site": "site",
        "attest": "attest",
        "verify": "attest",
    }
)
"""Verb -> the file of this room that registers it. Help lists the files in this order."""

FEW_CYCLES = 100_000
"""Objects between two looks for cycles. A run makes many objects and few cycles; looking costs a tenth of a check."""

# Pydantic looks through every installed package for plugins when it first validates; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def application(arguments: Sequence[str]) -> typer.Typer:
    """The application, with the one verb that the arguments name; with all of them where they name none.

    Every verb costs its import and the making of its options, and a run needs one.
    """
    app = typer.Typer(
        name="handrail",
        help="Principles-as-code for generative-AI child safety: declared controls, and the evidence behind them.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    named = VERBS.get(arguments[0]) if arguments and "_HANDRAIL_COMPLETE" not in os.environ else None
    for file in (named,) if named else dict.fromkeys(VERBS.values()):
        import_module(f"handrail.cli.{file}").register(app)
    return app


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"handrail {version('handrail')}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Hold what is common to all verbs."""


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(FEW_CYCLES)
    from handrail.source.diagnostics import InputError

    try:
        application(sys.argv[1:])()
    except InputError as error:
        from handrail.cli.messages import print_diagnostics

        print_diagnostics(error.diagnostics, unlisted=error.unlisted)
        sys.exit(EXIT_INPUT)
    except BrokenPipeError:
        # The reader of our output has gone; say nothing more, and keep Python from trying to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_OURS)
    except Exception as error:  # the outermost frame: our own error must be a sentence too
        from handrail.cli.messages import print_own_error

        print_own_error(error)
        sys.exit(EXIT_OURS)
