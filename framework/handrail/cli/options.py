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
    from collections.abc import Mapping, Sequence

    from handrail.model.bundle import Bundle
    from handrail.model.vocabulary import Attestor


def day(text: str) -> date:
    """Read a day of the form YYYY-MM-DD."""
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
        parser=day,
        metavar="DATE",
        help="Judge as of this UTC day (default: today, or SOURCE_DATE_EPOCH).",
    ),
]
Catalog = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalog",
        metavar="DIR|BUNDLE",
        help="A catalog folder or bundle (default: the bundled one), or a pack to add to it; repeat for several packs.",
    ),
]
TrustFile = Annotated[
    Path | None,
    typer.Option(
        "--trust",
        metavar="FILE",
        help="Attestors that you accept besides the catalog's (as principles/attestors.yaml).",
    ),
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


def chosen_catalog(given: Sequence[Path] | None) -> tuple[Bundle, str]:
    """The catalog to judge by and the digest of its base: what is named, else what came with this installation.

    Raises:
        InputError: one cannot be read or has errors, or what is named does not go together.
    """
    if not given:
        from handrail.catalog.default import default_bundle

        return default_bundle()
    from handrail.catalog.composing import load_catalogs

    return load_catalogs(given)


def control_named(given: str, bundle: Bundle) -> str:
    """The id of the control that a person names, in whatever case."""
    if given.upper() in bundle.controls:
        return given.upper()
    from handrail.source.nearest import did_you_mean

    near = did_you_mean(given, bundle.controls) or "`handrail list controls` lists them"
    raise typer.BadParameter(f"there is no control '{given}'; {near}", param_hint="CONTROL")


def chosen_attestors(given: Path | None) -> Mapping[str, Attestor]:
    """The attestors of a file that the reader names; none without one.

    Raises:
        InputError: it cannot be read, or one of its keys cannot be used.
    """
    if given is None:
        return {}
    from handrail.attest.trust import read_attestors
    from handrail.model.limits import YAML_BYTES
    from handrail.source.diagnostics import Collector

    out = Collector()
    attestors = read_attestors(read_named(given, cap=YAML_BYTES), str(given), out)
    out.raise_if_errors()
    return attestors


def read_named(path: Path, *, cap: int) -> bytes:
    """The bytes of a file that the person names.

    Raises:
        InputError: it is not a regular file of at most `cap` bytes that can be read.
    """
    from handrail.source.diagnostics import InputError
    from handrail.source.files import FileRefused, Root, refusal

    try:
        with Root(path.parent) as root:
            return root.read(path.name, cap=cap)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
