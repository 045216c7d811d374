"""Running again when a file changes, until the person stops it.

Belongs here: the loop. Never here: which files (`workspace.watched`), or what is run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import typer

PAUSE = 1.0
"""Seconds between two looks: short enough to feel at once, long enough to cost nothing."""

EXIT_INTERRUPTED = 130
_CLEAN_SCREEN = "\x1b[2J\x1b[3J\x1b[H"


def watch(
    run: Callable[[], Iterable[Path]], *, start: Iterable[Path], ready: Callable[[], None], pause: float = PAUSE
) -> NoReturn:
    """Run, and run again after every change of a file, until Ctrl-C.

    Args:
        run: does the work and gives the files it was done from.
        start: the files that are known before the first run.
        ready: is called each time that changes begin to be looked for.
        pause: seconds between two looks.

    Raises:
        typer.Exit: with 130, when interrupted.
    """
    from handrail.workspace.watched import stamps

    files = tuple(start)
    try:
        while True:
            if sys.stdout.isatty():
                sys.stdout.write(_CLEAN_SCREEN)
            before = stamps(files)
            files = tuple(run())
            sys.stdout.flush()
            # A file that changed while the run read it counts as it was before, so the next look finds the change.
            seen = {**stamps(files), **{path: before[path] for path in files if path in before}}
            ready()
            while stamps(seen) == seen:
                time.sleep(pause)
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None
