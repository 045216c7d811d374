"""`handrail review`: look again at answers whose statement is another than when they were written.

Belongs here: arguments, what is asked of a person, the order of the steps. Never here: which answers those are
(`assess.review`), the change to a file (`workspace.review`), wording (`report.review`).
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import Catalog, Colour, chosen_catalog, control_named

if TYPE_CHECKING:
    from handrail.assess.review import ToReview
    from handrail.model.bundle import Bundle
    from handrail.report.sheet import Sheet
    from handrail.workspace.load import ProjectFiles

EXIT_OPEN, EXIT_INTERRUPTED = 1, 130
FORMATS = ("text", "json")


def review(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="The project (default: as `check` finds it).")
    ] = None,
    yes: Annotated[
        list[str] | None,
        typer.Option("--yes", "-y", metavar="CONTROL", help="Confirm this answer without being asked; repeatable."),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Confirm every answer without being asked. Read what it prints.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="DIR|BUNDLE|REV",
            help="The earlier catalog, to show what changed in each statement: a folder, a bundle, or a git revision "
            "of the working folder (REV:PATH of another one in its repository).",
        ),
    ] = None,
    catalog: Catalog = None,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="text|json", help="json never asks.")] = "text",
    color: Colour = "auto",
) -> None:
    """Look again at answers whose statement has changed, or that are tied to no known text.

    On a terminal, each is shown and asked about; what is confirmed is tied to the statement of today. Without one, and
    without --yes or --all, they are listed and nothing is changed. Interrupted: nothing is changed.

    Exit 0: none is left; 1: some are; 2: input that cannot be used.
    """
    from handrail.assess.review import to_review
    from handrail.catalog.sides import read_side
    from handrail.cli.messages import say
    from handrail.cli.plan import check_name, chosen_sheet
    from handrail.report.review import review_json, review_text

    check_name(format_, FORMATS, "--format")
    sheet = chosen_sheet(color)
    bundle, digest = chosen_catalog(catalog)
    project = _project(path, bundle)
    shared = project.organisation.value if project.organisation else None
    older = read_side(against) if against is not None else None
    then = (older.bundle, older.digest) if older is not None else None
    found = to_review(project.declaration.value, shared, bundle, digest, then)
    paths = {one.control: _path(one, project) for one in found}
    named = {control_named(one, bundle) for one in yes or ()}
    for one in sorted(named - {each.control for each in found}):
        say(f"{one} needs no review")
    chosen = [one for one in found if all_ or one.control in named]
    asks = format_ == "text" and not all_ and not named and sys.stdin.isatty()
    if asks and found:
        chosen = _asked(found, paths, bundle, sheet)
    elif format_ == "text":
        sys.stdout.write(review_text(chosen or found, paths, bundle, sheet, confirmed=bool(chosen)))
    if chosen:
        _write(chosen, project, bundle, digest)
    left = [one for one in found if one not in chosen]
    if format_ == "json":
        of = project.declaration.value.project.id
        sys.stdout.write(review_json(left, paths, of, bundle, digest))
    elif left and (asks or named):
        say(f"{len(left)} of {len(found)} still to review")
    if left:
        raise typer.Exit(EXIT_OPEN)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(review)


def _project(path: Path | None, bundle: Bundle) -> ProjectFiles:
    """The project; that its answers are for an earlier catalog is what a review is for, and no error here."""
    from handrail.cli.project import one_declaration
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.link import link_project
    from handrail.workspace.load import load_project

    out = Collector()
    project = load_project(one_declaration(path), out)
    if project is not None:
        link_project(project, bundle, out)
    stops = [one for one in out.sorted() if one.code != "HR314"]
    if project is None or any(one.severity == "error" for one in stops):
        raise InputError(stops, unlisted=out.unlisted)
    return project


def _path(one: ToReview, project: ProjectFiles) -> str:
    organisation = project.organisation if one.by == "organisation" else None
    return (organisation or project.declaration).path


def _asked(found: Sequence[ToReview], paths: Mapping[str, str], bundle: Bundle, sheet: Sheet) -> list[ToReview]:
    """What a person confirms, answer by answer.

    Raises:
        Exit: interrupted; nothing is changed then, since the person may not have meant what came before either.
    """
    from handrail.cli.messages import say
    from handrail.report.review import QUESTION, answer_lines

    confirmed: list[ToReview] = []
    try:
        for number, one in enumerate(found, 1):
            lines = answer_lines(one, paths[one.control], bundle, sheet, f"{number} of {len(found)}")
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
            answer = _letter(f"  {QUESTION}", ("y", "n", "e"))
            if answer == "e":
                break
            if answer == "y":
                confirmed.append(one)
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("\n")
        say("interrupted: nothing was changed")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    return confirmed


def _letter(question: str, letters: Collection[str]) -> str:
    while True:
        given = str(typer.prompt(question, prompt_suffix=": ", err=True)).strip().lower()[:1]
        if given in letters:
            return given


def _write(chosen: Sequence[ToReview], project: ProjectFiles, bundle: Bundle, digest: str) -> None:
    from handrail.cli.messages import say
    from handrail.report.recorded import changed_lines
    from handrail.workspace.review import rewritten, write_rewritten

    changes = rewritten(project, chosen, bundle, digest)
    write_rewritten(changes)
    for one in changes:
        for line in changed_lines(one.file.path, one.file.data, one.data):
            say(line)
        if one.moved:
            say(f"Every answer of {one.file.path} is now tied to catalog {bundle.catalog.version}.")
