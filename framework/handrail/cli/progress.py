"""`handrail progress`: what changed between two assessments, or since a day.

Belongs here: which two assessments, arguments, the order of the steps. Never here: the comparison, its words.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import (
    AsOf,
    Catalog,
    Colour,
    IncludeDraft,
    TrustFile,
    chosen_catalog,
    day,
    day_or_today,
)

if TYPE_CHECKING:
    from handrail.model.assessment import Assessment
    from handrail.model.declaration import Declaration

ASSESSMENT_BYTES = 32 * 1024 * 1024
"""Ten times the assessment of a project judged by a thousand controls; more is not one."""

PAGE = "html"


def progress(
    given: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="OLD NEW | --since DATE [PATH]",
            help="Two files of `check -f json`, the earlier first. With --since: the project (default: as `check` "
            "finds it).",
        ),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since",
            parser=day,
            metavar="DATE",
            help="Compare the project as it is now with its newest record of this day or before, which `check "
            "--record` has kept.",
        ),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="text|markdown|json|html", help="html is the public page.")
    ] = "text",
    project: Annotated[
        Path | None,
        typer.Option("--project", help="With html and two files: the project, which must consent to a public page."),
    ] = None,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    include_draft: IncludeDraft = False,
    color: Colour = "auto",
) -> None:
    """Tell what changed between two assessments of a project.

    What improved, regressed, lapsed, appeared or left scope, control by control.

    --trust, --as-of and --include-draft say how the project is judged now, with --since.
    """
    from handrail.assess.progress import progress as progress_of
    from handrail.assess.progress import public_progress
    from handrail.cli.plan import check_name, chosen_sheet
    from handrail.cli.project import checked_project
    from handrail.report.progress import FORMATS, ProgressInput
    from handrail.report.progress_page import progress_page

    check_name(format_, (*FORMATS, PAGE), "--format")
    sheet = chosen_sheet(color)
    paths = given or []
    if since is None:
        if len(paths) != 2:
            raise typer.BadParameter("give two assessments, or --since with a day", param_hint="OLD NEW")
        earlier, later = (_assessment(path) for path in paths)
        bundle, _ = chosen_catalog(catalog)
    else:
        if len(paths) > 1:
            raise typer.BadParameter("with --since, give one project at most", param_hint="PATH")
        path = paths[0] if paths else project
        bundle, digest = chosen_catalog(catalog)
        now = checked_project(path, bundle, digest, day_or_today(as_of), include_draft=include_draft, trust=trust)
        earlier, later, project = _recorded(now.project.folder, now.assessment, since), now.assessment, path
    try:
        if format_ == PAGE:
            said = _consenting(project, later)
            sys.stdout.write(progress_page(public_progress(earlier, later, bundle, said), bundle))
        else:
            told = ProgressInput(progress=progress_of(earlier, later), bundle=bundle, sheet=sheet)
            sys.stdout.write(FORMATS[format_](told))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="OLD NEW" if since is None else "--since") from None


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(progress)


def _recorded(folder: Path, now: Assessment, since: date) -> Assessment:
    """The newest record of a day or before."""
    from handrail.workspace.history import record_of, recorded_days

    days = recorded_days(folder, now.project.id)
    before = [one for one in days if one <= min(since, now.as_of)]
    if before:
        return record_of(folder, now.project.id, before[-1])
    first = f"; the first is of {days[0].isoformat()}" if days else "; `handrail check --record` keeps one for each day"
    raise typer.BadParameter(
        f"`{now.project.id}` has no record of {since.isoformat()} or before{first}", param_hint="--since"
    )


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
