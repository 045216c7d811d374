"""`handrail init`: begin a declaration, or bring one to a newer catalog.

Belongs here: the verb's arguments, the order of its steps, its exit codes. Never here: what is asked (`init_said`), and
the text of a file (`workspace`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handrail.cli.completion import checklists, values_of
from handrail.cli.init_said import (
    OPTIONS,
    Given,
    checklists_given,
    facts_given,
    organisation_said,
    project_said,
    refused,
    welcome,
)
from handrail.cli.options import AsOf, Catalog, chosen_catalog, day_or_today

if TYPE_CHECKING:
    from handrail.workspace.newer import Newer
    from handrail.workspace.starting import Questions
    from handrail.workspace.starting_text import Said

EXIT_INTERRUPTED = 130

Values = list[str] | None


def _fact(name: str) -> Any:
    return typer.Option(f"--{name}", help="Fact; repeat for several values.", autocompletion=values_of(name))


def init(
    path: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The project's folder.")] = Path(),
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="A short name, such as my-model.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The name that people know it by.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="The office or team that answers for it.")] = None,
    project_version: Annotated[
        str | None,
        typer.Option("--project-version", metavar="VERSION", help="The version of the project, such as 2.1."),
    ] = None,
    summary: Annotated[str | None, typer.Option("--summary", help="What it is, in a sentence.")] = None,
    role: Annotated[Values, _fact("role")] = None,
    modality: Annotated[Values, _fact("modality")] = None,
    distribution: Annotated[Values, _fact("distribution")] = None,
    jurisdiction: Annotated[Values, _fact("jurisdiction")] = None,
    audience: Annotated[Values, _fact("audience")] = None,
    capability: Annotated[Values, _fact("capability")] = None,
    messaging: Annotated[Values, _fact("messaging")] = None,
    users: Annotated[Values, _fact("users")] = None,
    scans_content: Annotated[Values, _fact("scans-content")] = None,
    fact: Annotated[
        Values, typer.Option("--fact", metavar="NAME=VALUE", help="A fact of another catalog's vocabulary.")
    ] = None,
    checklist: Annotated[
        Values,
        typer.Option(
            "--checklist", help="What to answer (default: the checklists of the roles).", autocompletion=checklists
        ),
    ] = None,
    with_organisation: Annotated[
        str | None,
        typer.Option(
            "--with-organisation", metavar="PATH", help="The organisation.yaml that answers for all projects."
        ),
    ] = None,
    organisation: Annotated[
        bool, typer.Option("--organisation", help="Write organisation.yaml: answers given once for all projects.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Bring an existing file to this catalog; every answer and comment stays.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="DIR|BUNDLE",
            help="With --update: the earlier catalog, where this one does not list it as a release.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; facts that are not given stay open.")] = False,
    catalog: Catalog = None,
    as_of: AsOf = None,
) -> None:
    """Write a handrail.yaml to fill in, with every question that applies to the project.

    On a terminal it asks; the options answer beforehand. Nothing is ever overwritten, and no state is declared for you.
    Exit 2: nothing was written; 130: interrupted, and nothing was written.
    """
    bundle, digest = chosen_catalog(catalog)
    facts = (role, modality, distribution, jurisdiction, audience, capability, messaging, users, scans_content)
    given = Given(
        folder=path,
        fields={"id": id_, "name": name, "version": project_version, "owner": owner, "summary": summary},
        facts=facts_given(dict(zip(OPTIONS, facts, strict=True)), fact or (), bundle),
        checklists=checklists_given(checklist or (), bundle),
        shared=with_organisation,
        asks=not yes and sys.stdin.isatty() and sys.stderr.isatty(),
        yes=yes,
        bundle=bundle,
        digest=digest,
        as_of=day_or_today(as_of),
    )
    if organisation and (given.facts or given.checklists or project_version or owner or summary or with_organisation):
        raise refused("an organisation's file has an --id and a --name only", "--organisation")
    if update:
        _update(given, against, organisation=organisation)
    elif against is not None:
        raise refused("this goes with --update", "--against")
    else:
        try:
            _begin(given, organisation=organisation)
        except (KeyboardInterrupt, EOFError):
            from handrail.cli.messages import say

            sys.stderr.write("\n")
            say("Stopped; nothing was written.")
            raise typer.Exit(EXIT_INTERRUPTED) from None


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(init)


# ---- a new file


def _begin(given: Given, *, organisation: bool) -> None:
    from handrail.cli.messages import say
    from handrail.cli.prompts import say_wrapped
    from handrail.model.declaration import Declaration, Organisation
    from handrail.workspace.discover import discover
    from handrail.workspace.find import DECLARATION
    from handrail.workspace.starting import ORGANISATION, organisation_to_answer, to_answer
    from handrail.workspace.starting_text import SCHEMA_COMMAND, declaration_text, missing_roles, organisation_text

    target = given.folder / (ORGANISATION if organisation else DECLARATION)
    _refuse_folder(given.folder)
    _refuse_existing(target, organisation=organisation)
    if given.asks:
        welcome(target)
    said = organisation_said(given) if organisation else project_said(given)
    if organisation:
        questions = organisation_to_answer(given.bundle, as_of=given.as_of)
    else:
        questions = to_answer(
            given.bundle,
            said.facts,
            checklists=said.checklists,
            as_of=given.as_of,
            organisation=said.organisation is not None,
        )
    found, cut = discover(given.folder, [one.control for one in questions.controls])
    text = organisation_text if organisation else declaration_text
    data = text(said, questions, given.bundle, given.digest, found=found).encode()
    _write_new(target, data, Organisation if organisation else Declaration)
    tell = say_wrapped if given.asks else say
    for line in _told(target, said, questions, missing_roles(said, given.bundle), organisation=organisation):
        tell(line)
    if found:
        say("Found here, and proposed as evidence in the file:")
        for one in found:
            say(f"  {one.control} {one.requirement}: {one.path}{'' if one.fits else ' (does not show all of it)'}")
    if cut:
        say(cut)
    say(f"For help in the editor: {SCHEMA_COMMAND}")
    say(f"Next: {_next(given.folder, said, organisation=organisation)}")


def _told(
    target: Path, said: Said, questions: Questions, missing: Iterable[str], *, organisation: bool
) -> Iterable[str]:
    yield f"Wrote {target}: {len(questions.controls)} controls to answer, none answered yet."
    if questions.out:
        yield f"{len(questions.out)} more do not apply by the facts, and are listed there."
    if questions.above:
        yield f"{len(questions.above)} more are answered in {said.organisation}."
    if said.open_facts:
        yield f"Left open: {', '.join(said.open_facts)}. Every control that depends on them applies."
    if left := ", ".join(missing):
        yield f"Written for your roles and not chosen: {left}."
    if not said.checklists and not organisation:
        yield "No checklist was chosen, so the whole catalog is asked for."


def _next(folder: Path, said: Said, *, organisation: bool) -> str:
    from shlex import quote

    if organisation:
        return "handrail init --with-organisation PATH in each project, with the path of this file"
    return "handrail check" if folder.resolve() == Path.cwd() else f"handrail check {quote(str(folder))}"


def _refuse_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise refused(f"there is no folder {folder}", "FOLDER")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise refused(f"nothing can be written into {folder}; check its permissions", "FOLDER")


def _refuse_existing(target: Path, *, organisation: bool) -> None:
    if os.path.lexists(target):
        verb = "handrail init --update" + (" --organisation" if organisation else "")
        message = f"{target} is there already and stays as it is; `{verb}` brings it to this catalog"
        raise refused(message, "FOLDER")


def _write_new(target: Path, data: bytes, model: type) -> None:
    from handrail.source.diagnostics import Collector, Diagnostic, InputError
    from handrail.source.files import OutputError, write_file
    from handrail.source.load import load

    out = Collector()
    load(model, data, str(target), out)
    if out.total:  # it is ours, and what a person said was looked at before
        raise AssertionError(f"the file would not load: {out.sorted()[0]}")
    try:
        write_file(target, data, replace=False)
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None


# ---- an existing file


def _update(given: Given, old: Path | None, *, organisation: bool) -> None:
    from handrail.cli.messages import say
    from handrail.workspace.updating import update_file

    if given.facts or given.checklists or any(given.fields.values()) or given.shared:
        raise refused("it changes no answer: edit the file for that", "--update")
    before = chosen_catalog([old]) if old is not None else None
    target, done = update_file(
        given.folder, given.bundle, given.digest, old=before, as_of=given.as_of, organisation=organisation
    )
    for line in _done(done):
        say(line)
    if done is None or not done.wrote:
        say(f"{target} {'is up to date' if done is None else 'stays as it is'}; nothing was changed.")
    else:
        say(f"Wrote {target}. Next: handrail check")


def _done(done: Newer | None) -> Iterable[str]:
    if done is None:
        return
    if done.added:
        many = "1 open question stands" if len(done.added) == 1 else f"{len(done.added)} open questions stand"
        yield f"{many} there now: {', '.join(done.added)}."
    for names, what in (
        (done.retired, "is retired; a remark says what stands in its place"),
        (done.unknown, "is no control of this catalog; a remark says so"),
        (done.reworded, "has another text now; a remark gives its new question"),
        (
            done.changed,
            "has another text now; your answer stays tied to the old one until `handrail review`",
        ),
    ):
        for one in names:
            yield f"{one} {what}."
    if done.pinned:
        yield "`catalog` names this catalog now; no answer was taken for read again."
    if done.open_facts:
        yield f"Not declared, so that every control that depends on it applies: {', '.join(done.open_facts)}."
    if done.untied:
        yield f"`catalog` was left: of {', '.join(done.untied)} it is not known for which text the answer was written."
        yield "Give the catalog that they were written for with --against, or read them with `handrail review`."
