"""`handrail lint`: what is wrong in a catalog's files, what a change brought, and mending what has one right answer.

Belongs here: arguments, the order of steps, exit codes. Never here: a rule, a fix, a format.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import AsOf, Colour, day_or_today, wants_colour

if TYPE_CHECKING:
    from handrail.catalog.compiling import Linted
    from handrail.catalog.severity import Weights

EXIT_FINDINGS = 1

Rules = list[str] | None


def lint(
    catalog: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of the catalog, or of a pack.")] = Path(),
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            "--catalog",
            metavar="DIR|BUNDLE",
            help="For a pack: the catalog that it adds to (default: the bundled one), and further packs.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV|DIR",
            help="Show only what a change brought: what was not there at this git revision, or in this folder.",
        ),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="First mend what has one right answer: the order of controls, lists that are too wide, spaces at "
            "the ends of lines, repeated mappings. Comments stay.",
        ),
    ] = False,
    error: Annotated[Rules, typer.Option("--error", metavar="RULE", help="Take a warning for an error.")] = None,
    warn: Annotated[
        Rules,
        typer.Option("--warn", metavar="RULE", help="Take an error on which no finding depends for a warning."),
    ] = None,
    off: Annotated[
        Rules, typer.Option("--off", metavar="RULE", help="Leave a warning out. An error cannot be left out.")
    ] = None,
    as_of: AsOf = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="text|json|github|sarif", help="How it is printed.")
    ] = "text",
    stats: Annotated[bool, typer.Option("--stats", help="Also print sentence length and reading level.")] = False,
    color: Colour = "auto",
) -> None:
    """Check the files of a catalog: form, links and language.

    A RULE is a code (HR231) or its name (long-sentence); `handrail explain HR231` tells what it is for.

    Exit 0: no error (warnings are shown); 1: errors; 2: something cannot be read.
    """
    from handrail.catalog.compiling import lint_directory
    from handrail.catalog.composing import lint_packs
    from handrail.catalog.pack_place import head_of
    from handrail.catalog.since import brought, lint_earlier
    from handrail.cli.messages import say, source_text
    from handrail.report.lint_formats import FORMATS, LintReport

    if format_ not in FORMATS:
        raise typer.BadParameter(f"'{format_}' is not one of {', '.join(FORMATS)}", param_hint="--format")
    weights = _weights(error or (), warn or (), off or ())
    day = day_or_today(as_of)
    base, packs = _packs(catalog, beside or ())
    if fix:
        for one in packs or (catalog,):
            _fix(one)

    mine = packs[-1] if packs and catalog not in packs else catalog
    if packs and since is not None and not mine.is_dir():
        raise typer.BadParameter("a bundle has no earlier state; name the pack's folder", param_hint="--since")

    def look(folder: Path) -> Linted:
        if not packs:
            return lint_directory(folder, as_of=day)
        given = [folder if one == mine else one for one in packs]
        return replace(lint_packs(base, given, as_of=day), head=head_of(folder))

    result = look(mine)
    out = result.out
    if since is not None:
        earlier = lint_earlier(since, mine, as_of=day, lint=look)
        out = brought(earlier, result)
    weighed = weights.weighed(out)
    colour = wants_colour(color, sys.stdout.isatty())
    report = LintReport(
        found=weighed.sorted(),
        source=source_text if packs else result.sources.text,
        unlisted=weighed.unlisted,
        head="" if packs else _head(catalog),
        colour=colour,
    )
    sys.stdout.write(FORMATS[format_](report))
    if since is not None:
        _say_known(since, known=result.out.total - out.total, was_there=earlier is not None)
    if result.bundle is not None and not weighed.errors:
        from handrail.report.listing import reading_table, summary_line

        say(summary_line(result.bundle, warnings=weighed.total) if since is None else "the change brought no errors")
        if stats:
            sys.stdout.write(reading_table(result.bundle))
    if weighed.errors:
        raise typer.Exit(EXIT_FINDINGS)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(lint)


def _weights(error: Iterable[str], warn: Iterable[str], off: Iterable[str]) -> Weights:
    from handrail.catalog.severity import WeightRefused, Weights

    try:
        return Weights.of(error=error, warn=warn, off=off)
    except WeightRefused as refused:
        raise typer.BadParameter(str(refused), param_hint=refused.option) from None


def _packs(folder: Path, beside: Sequence[Path]) -> tuple[Path | None, tuple[Path, ...]]:
    """The base and the packs to lint; no pack where a catalog is to be linted."""
    from handrail.catalog.composing import split
    from handrail.catalog.pack_place import is_pack

    base, packs = split(beside)
    if is_pack(folder) and folder not in packs:
        packs = (*packs, folder)
    if base is not None and not packs:
        raise typer.BadParameter("this goes with a pack; a catalog needs no other", param_hint="--catalog")
    return base, packs


def _fix(catalog: Path) -> None:
    from handrail.catalog.fix import fix_directory
    from handrail.cli.messages import say
    from handrail.report.lint_formats import fixed_line

    mended = fix_directory(catalog)
    for one in mended:
        say(fixed_line(one.path, one.done))
    if not mended:
        say("nothing to fix")


def _say_known(since: str, *, known: int, was_there: bool) -> None:
    from handrail.cli.messages import say

    if not was_there:
        say(f"there was no catalog at {since}: all of it is new")
    elif known:
        say(f"{known} more, which {'was' if known == 1 else 'were'} there at {since}, not shown")


def _head(catalog: Path) -> str:
    """The way to the catalog from the working folder, as CI and code scanning name files; nothing if it leads out."""
    if catalog.is_absolute() or ".." in catalog.parts or catalog == Path():
        return ""
    return f"{catalog.as_posix()}/"
