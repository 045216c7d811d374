"""The options that several verbs share, and their defaults.

Belongs here: names, help texts and the parsing of one option's value. Never here: what a verb does with it.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handrail.model.bundle import Bundle


def _day(text: str) -> date:
    try:
        if len(text) == len("2026-01-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"'{text}' is not a day of the form YYYY-MM-DD")


AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=_day,
        metavar="DATE",
        help="Judge as of this UTC day (default: today, or SOURCE_DATE_EPOCH).",
    ),
]
Catalog = Annotated[
    Path | None,
    typer.Option("--catalog", metavar="DIR|BUNDLE", help="A catalog folder or bundle (default: the bundled one)."),
]
IncludeDraft = Annotated[bool, typer.Option("--include-draft", help="Judge draft controls too.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors and what was asked for.")]
Colour = Annotated[
    str, typer.Option("--color", metavar="auto|always|never", help="Colour in the terminal (NO_COLOR is honoured).")
]


def day_or_today(given: date | None) -> date:
    """The day to judge by: the one given, else SOURCE_DATE_EPOCH, else today in UTC."""
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()


def wants_colour(choice: str, stream_is_terminal: bool) -> bool:
    """Whether to colour: the option, then NO_COLOR and FORCE_COLOR, then whether a person is looking."""
    if choice not in ("auto", "always", "never"):
        raise typer.BadParameter(f"'{choice}' is not one of auto, always, never", param_hint="--color")
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream_is_terminal and os.environ.get("TERM") != "dumb")


def chosen_catalog(given: Path | None) -> tuple[Bundle, str]:
    """The catalog to judge by and its digest: the one named, else the one that came with this installation.

    Raises:
        InputError: it cannot be read, or it has errors.
    """
    from handrail.catalog.default import default_bundle, load_bundle

    return default_bundle() if given is None else load_bundle(given)
