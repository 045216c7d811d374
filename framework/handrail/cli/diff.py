"""`handrail diff`: what changed between two catalogs, of which class, and what it does to projects.

Belongs here: arguments, the order of the steps, the exit code. Never here: the comparison, its classes, its words.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import AsOf, Colour, TrustFile, chosen_attestors, day_or_today

if TYPE_CHECKING:
    from handrail.catalog.beside import Beside
    from handrail.catalog.compare import Comparison
    from handrail.catalog.sides import Side
    from handrail.report.catalog_difference import DifferenceInput
    from handrail.report.impact import ImpactInput
    from handrail.source.diagnostics import Collector, InputError

EXIT_FINDINGS, EXIT_INPUT = 1, 2
NEVER = "never"
FORMATS = ("text", "markdown", "json")


def diff(
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="A catalog folder, a bundle, or a git revision (REV, REV:FOLDER)."),
    ],
    new: Annotated[
        str, typer.Argument(metavar="[NEW]", help="The same, after the change (default: this folder).")
    ] = ".",
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="clarifying|strengthening|weakening|breaking|never",
            help="Exit with 1 on a change of this class or a worse one that carries no reason.",
        ),
    ] = NEVER,
    because: Annotated[
        list[str] | None,
        typer.Option(
            "--because",
            metavar="ID=REASON",
            help="The reason for the changes of one id, where the files give none (they do under because:). "
            "Repeat for more.",
        ),
    ] = None,
    impact: Annotated[
        list[Path] | None,
        typer.Option(
            "--impact",
            metavar="PATH",
            help="Also judge these projects by both catalogs: declarations, folders of them, or recorded assessments "
            "(.json, .ndjson). Repeat for more.",
        ),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="With --impact: name the projects. For a private run.")
    ] = False,
    beside: Annotated[
        bool,
        typer.Option(
            "--beside",
            help="Also name every file outside the catalog that differs between two checkouts, those first that decide "
            "who reviews or that a tool runs.",
        ),
    ] = False,
    changelog: Annotated[
        Path | None,
        typer.Option(
            "--changelog",
            metavar="FILE",
            help="Also write the difference into this Markdown file, as the section of NEW's version, of today or "
            "--as-of. What else stands in it stays.",
        ),
    ] = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="text|markdown|json")] = "text",
    color: Colour = "auto",
) -> None:
    """Tell what changed between two catalogs by what it means, and of which class each change is.

    Exit 0: nothing fails; 1: an id or a release is not kept, or --fail-on; 2: a catalog or a project cannot be read.
    The impact never fails.
    """
    from handrail.catalog.classes import Class
    from handrail.catalog.compare import compare
    from handrail.cli.messages import print_diagnostics
    from handrail.cli.plan import check_name, chosen_sheet
    from handrail.report import catalog_difference
    from handrail.report import impact as impact_report
    from handrail.report.canonical import values_to_json
    from handrail.report.outline import as_markdown, as_text
    from handrail.source.diagnostics import Collector

    check_name(format_, FORMATS, "--format")
    check_name(fail_on, (*(one.value for one in Class), NEVER), "--fail-on")
    sheet = chosen_sheet(color)
    reasons = _reasons(because or ())
    before, after = _sides(old, new)
    comparison = compare(before.bundle, after.bundle, new_digest=after.digest, because=reasons)
    least = None if fail_on == NEVER else Class(fail_on)
    titles = catalog_difference.titles_of(before, after)
    _known(reasons, comparison)
    said = catalog_difference.DifferenceInput(
        comparison=comparison,
        old=before,
        new=after,
        fail_on=least,
        titles=titles,
        beside=_beside(old, new) if beside else None,
    )
    if changelog is not None:
        _log(changelog, said, day_or_today(as_of))
    out = Collector()
    felt = None
    if impact:
        felt = _impact(impact, before, after, comparison, out, day_or_today(as_of), trust=trust, named=names)
    if format_ == "json":
        values = catalog_difference.values(said)
        sys.stdout.write(values_to_json(values | ({"impact": impact_report.values(felt)} if felt else {})))
    else:
        outlines = [catalog_difference.outline(said), *([impact_report.outline(felt)] if felt else [])]
        texts = [as_text(one, sheet) if format_ == "text" else as_markdown(one) for one in outlines]
        sys.stdout.write("\n".join(texts))
    if out.errors:
        print_diagnostics(out.sorted(), unlisted=out.unlisted)
        raise typer.Exit(EXIT_INPUT)
    if comparison.failing(least):
        raise typer.Exit(EXIT_FINDINGS)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(diff)


def _reasons(given: list[str] | tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        name, equals, reason = one.partition("=")
        if not equals or not reason.strip():
            raise typer.BadParameter(f"'{one}' is not of the form ID=REASON", param_hint="--because")
        found[name.strip()] = reason.strip()
    return found


def _known(reasons: Mapping[str, str], comparison: Comparison) -> None:
    """A reason for what did not change is a slip of the pen, and may hide that another one lacks its reason."""
    changed = {one.at for one in comparison.changes}
    for name in reasons:
        if name not in changed:
            raise typer.BadParameter(f"nothing of '{name}' has changed", param_hint="--because")


def _sides(old: str, new: str) -> tuple[Side, Side]:
    """Both catalogs; what is wrong with either is told of both before the run ends."""
    from handrail.catalog.sides import read_side
    from handrail.source.diagnostics import InputError

    sides: list[Side] = []
    broken = False
    for given in dict.fromkeys((old, new)):
        try:
            sides.append(read_side(given))
        except InputError as error:
            _print(error)
            broken = True
    if broken:
        raise typer.Exit(EXIT_INPUT)
    return sides[0], sides[-1]


def _beside(old: str, new: str) -> tuple[Beside, ...]:
    from handrail.catalog.beside import changed_beside
    from handrail.source.diagnostics import InputError
    from handrail.source.files import FileRefused, refusal

    if not (Path(old).is_dir() and Path(new).is_dir()):
        raise typer.BadParameter(
            "this needs two folders: a checkout of the base and one of the change", param_hint="--beside"
        )
    try:
        return changed_beside(Path(old), Path(new))
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None


def _log(path: Path, said: DifferenceInput, day: date) -> None:
    from handrail.cli.messages import say
    from handrail.cli.options import read_named
    from handrail.model.limits import YAML_BYTES
    from handrail.report.changelog import section, with_section
    from handrail.source.diagnostics import Collector, Diagnostic, InputError
    from handrail.source.files import OutputError, write_file
    from handrail.source.text import decode

    was, now = (side.bundle.catalog.version for side in (said.old, said.new))
    if was == now:
        raise typer.BadParameter(f"both are version {now}; raise `version` first", param_hint="--changelog")
    out = Collector()
    before = decode(read_named(path, cap=YAML_BYTES), str(path), out) if path.exists() else ""
    out.raise_if_errors()
    try:
        write_file(path, with_section(before or "", section(said, day=day)).encode())
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    say(f"wrote the section of {now} into {path}")


def _print(error: InputError) -> None:
    from handrail.catalog.sides import BrokenSideError
    from handrail.cli.messages import source_text
    from handrail.cli.options import wants_colour
    from handrail.source.render import render

    text = error.text if isinstance(error, BrokenSideError) else source_text
    colour = wants_colour("auto", sys.stderr.isatty())
    sys.stderr.write(render(error.diagnostics, text, colour=colour, unlisted=error.unlisted))


def _impact(
    paths: list[Path],
    before: Side,
    after: Side,
    comparison: Comparison,
    out: Collector,
    day: date,
    *,
    trust: Path | None,
    named: bool,
) -> ImpactInput:
    from handrail.assess.impact import Impact
    from handrail.report.impact import ImpactInput
    from handrail.workspace.impact import impact_on

    old, new = ((side.bundle, side.digest) for side in (before, after))
    prepared = Impact.of(old, new, comparison, as_of=day)
    projects = impact_on(paths, prepared, out, attestors=chosen_attestors(trust))
    titles = {name: one.title for side in (after, before) for name, one in side.bundle.controls.items()}
    return ImpactInput(projects=projects, as_of=day, titles=titles, named=named)
