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
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

EXIT_INPUT = 2
EXIT_OURS = 3

SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "A project": {
            "init": "init",
            "check": "check",
            "explain": "explain",
            "plan": "plan",
            "forecast": "plan",
            "review": "review",
            "progress": "progress",
            "evidence": "evidence",
        },
        "For an auditor": {
            "statement-of-applicability": "auditor",
            "requests": "auditor",
        },
        "Signatures": {
            "attest": "attest",
            "verify": "attest",
        },
        "The catalog": {
            "list": "catalog_verbs",
            "show": "catalog_verbs",
            "lint": "lint",
            "new": "new",
            "diff": "diff",
            "bundle": "catalog_verbs",
            "schema": "catalog_verbs",
            "translate": "translate",
        },
        "Publishing": {
            "site": "site",
        },
    }
)
"""Heading in the help -> verb -> the file of this room that registers it; all in the order of the help."""

VERBS: Mapping[str, str] = MappingProxyType({verb: file for verbs in SECTIONS.values() for verb, file in verbs.items()})
"""Verb -> the file that registers it."""

_WHOLE = 200
"""Characters of a verb's line in the help: more than any has, so that a narrow terminal wraps them and hides none."""

_COLUMN = 10
"""Characters for a verb in the help; a longer one has a line of its own."""

_EPILOG = (
    "Begin with `handrail init` in the folder of your project. `handrail VERB --help` tells more of each; `handrail "
    "explain CODE` tells what a message means."
)

FEW_CYCLES = 100_000
"""Objects between two looks for cycles. A run makes many objects and few cycles; looking costs a tenth of a check."""

# Pydantic looks through every installed package for plugins when it first validates; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class _Verbs(TyperGroup):
    """All verbs, listed by what they are about."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [verb for verb in VERBS if verb in self.commands]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for heading, verbs in SECTIONS.items():
            rows = [(verb.ljust(_COLUMN), self.commands[verb]) for verb in verbs if verb in self.commands]
            with formatter.section(heading):
                formatter.write_dl(
                    [(verb, command.get_short_help_str(_WHOLE)) for verb, command in rows], col_max=_COLUMN
                )


def application(arguments: Sequence[str]) -> typer.Typer:
    """The application, with the one verb that the arguments name; with all of them where they name none.

    Every verb costs its import and the making of its options, and a run needs one.
    """
    app = typer.Typer(
        name="handrail",
        cls=_Verbs,
        help="Check what a project declares about child safety, and the evidence behind it, against the principles.",
        epilog=_EPILOG,
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
