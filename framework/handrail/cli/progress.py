"""`handrail progress`: what changed between two assessments.

Belongs here: reading two files, arguments, the order of the steps. Never here: the comparison, its words.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import Catalog, Colour, chosen_catalog

if TYPE_CHECKING:
    from handrail.model.assessment import Assessment
    from handrail.model.declaration import Declaration

ASSESSMENT_BYTES = 32 * 1024 * 1024
"""Ten times the assessment of a project judged by a thousand controls; more is not one."""

PAGE = "html"


def progress(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier assessment: a file of `check -f json`.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later one.")],
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="text|markdown|json|html", help="html is the public page.")
    ] = "text",
    project: Annotated[
        Path | None, typer.Option("--project", help="With html: the project, which must consent to a public page.")
    ] = None,
    catalog: Catalog = None,
    color: Colour = "auto",
) -> None:
    """Tell what improved, regressed, lapsed, appeared or left scope between two assessments of one project."""
    from handrail.assess.progress import progress as progress_of
    from handrail.assess.progress import public_progress
    from handrail.cli.plan import check_name, chosen_sheet
    from handrail.report.progress import FORMATS, ProgressInput
    from handrail.report.progress_page import progress_page

    check_name(format_, (*FORMATS, PAGE), "--format")
    sheet = chosen_sheet(color)
    earlier, later = _assessment(old), _assessment(new)
    bundle, _ = chosen_catalog(catalog)
    try:
        if format_ == PAGE:
            said = _consenting(project, later)
            sys.stdout.write(progress_page(public_progress(earlier, later, bundle, said), bundle))
        else:
            given = ProgressInput(progress=progress_of(earlier, later), bundle=bundle, sheet=sheet)
            sys.stdout.write(FORMATS[format_](given))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="OLD NEW") from None


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(progress)


def _assessment(path: Path) -> Assessment:
    from handrail.report.canonical import from_json
    from handrail.source.diagnostics import Diagnostic, InputError

    help_ = "give a file that `handrail check --format json` wrote"
    try:
        with path.open("rb") as stream:
            data = stream.read(ASSESSMENT_BYTES + 1)
    except OSError as error:
        said = (error.strerror or "it cannot be read").lower()
        raise InputError([Diagnostic("HR004", f"`{path}` cannot be read: {said}", help=help_)]) from None
    if len(data) > ASSESSMENT_BYTES:
        raise InputError([Diagnostic("HR003", f"`{path}` is larger than any assessment", help=help_)])
    return from_json(data, str(path))


def _consenting(path: Path | None, run: Assessment) -> Declaration:
    """The declaration of the project that the runs are of, if it consents to a public page."""
    from handrail.assess.project import may_publish
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.find import find_declarations
    from handrail.workspace.load import load_project

    out = Collector()
    found = find_declarations((path,) if path else (), out)
    loaded = load_project(found[0], out) if len(found) == 1 else None
    if len(found) > 1:
        raise typer.BadParameter(f"{len(found)} projects lie there; name one of them", param_hint="--project")
    if loaded is None:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    said = loaded.declaration.value
    if said.project.id != run.project.id:
        raise typer.BadParameter(
            f"the runs are of `{run.project.id}`, and that is `{said.project.id}`", param_hint="--project"
        )
    if not may_publish(said):
        raise typer.BadParameter(
            f"`{said.project.id}` does not consent to a public page; it would say so under `publish`",
            param_hint="--project",
        )
    return said
