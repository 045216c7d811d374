"""The application: verbs put together, and what becomes of an error.

Belongs here: the one place where an exception turns into a sentence and an exit code. Never here: a verb.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from handrail.cli import attest, catalog_verbs, check, explain, plan, progress, site

EXIT_INPUT = 2
EXIT_OURS = 3

# Pydantic looks through every installed package for plugins when it first validates; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

app = typer.Typer(
    name="handrail",
    help="Principles-as-code for generative-AI child safety: declared controls, and the evidence behind them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
check.register(app)
explain.register(app)
plan.register(app)
progress.register(app)
catalog_verbs.register(app)
site.register(app)
attest.register(app)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"handrail {version('handrail')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Hold what is common to all verbs."""


def main() -> None:
    """Run the command line and exit with its code."""
    # A short run makes few cycles and many objects; looking for the one among the other costs a tenth of it.
    gc.disable()
    from handrail.source.diagnostics import InputError

    try:
        app()
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
