"""`handrail check`: judge projects and report.

Belongs here: the verb's arguments, the order of its steps, its exit code. Never here: wording or layout of a report.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import AsOf, Catalog, Colour, IncludeDraft, Quiet, chosen_catalog, day_or_today, wants_colour
from handrail.model.terms import FailOn

if TYPE_CHECKING:
    from handrail.workspace.check import Checked

EXIT_OPEN = 1
NARROWEST, WIDEST = 40, 100
"""Columns of the text report: below, tables break; above, lines are hard to read."""


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Declarations, or folders that hold them.")
    ] = None,
    catalog: Catalog = None,
    as_of: AsOf = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="text, json or markdown, on standard output.")
    ] = "text",
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="F=PATH", help="Also write format F to PATH.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Least level whose open controls give exit 1.")
    ] = FailOn.MUST,
    include_draft: IncludeDraft = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every control, not only the open ones.")
    ] = False,
    quiet: Quiet = False,
    color: Colour = "auto",
) -> None:
    """Check declared controls and the evidence behind them.

    Exit 0: no blocking gap; 1: open controls at the gate; 2: input that cannot be used.
    """
    from handrail.cli.messages import print_diagnostics
    from handrail.report.formats import FORMATS, ReportInput
    from handrail.source.diagnostics import Collector
    from handrail.workspace.check import check_project
    from handrail.workspace.find import find_declarations

    outputs = [_output(one) for one in output or ()]
    for name in (format_, *(name for name, _ in outputs)):
        if name not in FORMATS:
            raise typer.BadParameter(f"'{name}' is not one of {', '.join(FORMATS)}", param_hint="--format")
    colour = wants_colour(color, sys.stdout.isatty())
    bundle, digest = chosen_catalog(catalog)
    out = Collector()
    day = day_or_today(as_of)
    checked: list[Checked] = []
    for path in find_declarations(tuple(paths or ()), out):
        one = check_project(path, bundle, digest, out, as_of=day, fail_on=fail_on, include_draft=include_draft)
        if one is not None:
            checked.append(one)
    out.raise_if_errors()
    if out.total and not quiet:
        print_diagnostics(out.sorted(), unlisted=out.unlisted)
    given = ReportInput(
        assessments=tuple(one.assessment for one in checked),
        declarations=tuple(one.declaration for one in checked),
        bundle=bundle,
        width=_width(),
        colour=colour,
        verbose=verbose,
    )
    _write(outputs, given)
    if not (quiet and format_ == "text"):
        sys.stdout.write(FORMATS[format_](given))
    if any(one.assessment.summary.gate.blocking for one in checked):
        raise typer.Exit(EXIT_OPEN)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(check)


def _output(given: str) -> tuple[str, Path]:
    name, equals, path = given.partition("=")
    if not equals or not path:
        raise typer.BadParameter(f"'{given}' is not of the form FORMAT=PATH", param_hint="--output")
    return name, Path(path)


def _write(outputs: list[tuple[str, Path]], given: object) -> None:
    from dataclasses import replace

    from handrail.report.formats import FORMATS, ReportInput
    from handrail.source.diagnostics import Diagnostic, InputError
    from handrail.source.files import OutputError, write_file

    assert isinstance(given, ReportInput)  # noqa: S101  # narrows the type that a lazy import hides
    plain = replace(given, colour=False)
    try:
        for name, path in outputs:
            write_file(path, FORMATS[name](plain).encode())
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None


def _width() -> int:
    import shutil

    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))
