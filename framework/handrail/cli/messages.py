"""Messages to the person at the terminal, on standard error.

Belongs here: printing diagnostics, progress and our own errors. Never here: data, which goes to standard output.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from handrail.cli.options import wants_colour
from handrail.source.diagnostics import Diagnostic
from handrail.source.escape import terminal

PATIENCE, PAUSE = 1.0, 0.1
"""Seconds after which a person is told how far a run is, and between two times."""


def print_diagnostics(diagnostics: Iterable[Diagnostic], *, unlisted: int = 0) -> None:
    """Print diagnostics with their source lines."""
    from handrail.source.render import render

    colour = wants_colour("auto", sys.stderr.isatty())
    sys.stderr.write(render(diagnostics, source_text, colour=colour, unlisted=unlisted).rstrip("\n") + "\n")


def say(text: str) -> None:
    """Print one line to the person; text from outside is encoded for the terminal."""
    sys.stderr.write(terminal(text) + "\n")


class Waiting:
    """A line for a person who waits: written over as the work goes on, and gone at the end of the block.

    Nobody is told within the first second, and nothing but a terminal is.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._silent = quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb"
        self._due = time.monotonic() + PATIENCE
        self._told = False

    def __enter__(self) -> Self:
        return self

    def tell(self, text: str) -> None:
        """How far the work is, in words of our own."""
        if self._silent or time.monotonic() < self._due:
            return
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
        self._told, self._due = True, time.monotonic() + PAUSE

    def say(self, text: str) -> None:
        """A line that stays, as `say` prints it."""
        self._clear()
        say(text)

    def __exit__(self, *_: object) -> None:
        self._clear()

    def _clear(self) -> None:
        if self._told:
            sys.stderr.write("\r\x1b[K")
        self._told = False


def print_own_error(error: Exception) -> None:
    """Print a sentence about an error that is ours; the traceback only where a developer asked for it."""
    if os.environ.get("HANDRAIL_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    say(f"error[HR901]: handrail itself failed ({type(error).__name__}: {error})")
    say("  = help: this is our mistake; please report it with the command you ran and HANDRAIL_TRACEBACK=1 set")


def source_text(path: str) -> str | None:
    """The text of a file that a diagnostic speaks of, to show the line."""
    from handrail.model.limits import YAML_BYTES

    try:
        with Path(path).open("rb") as stream:
            return stream.read(YAML_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return None
