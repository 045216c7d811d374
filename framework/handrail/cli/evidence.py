"""`handrail evidence`: put evidence into a declaration.

Belongs here: the verbs' arguments, what is asked of a person, the order of the steps. Never here: choosing,
changing (`workspace.record_evidence`), wording (`report.recorded`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.completion import controls
from handrail.cli.options import (
    AsOf,
    Catalog,
    TrustFile,
    chosen_attestors,
    chosen_catalog,
    control_named,
    day,
    day_or_today,
)
from handrail.model.terms import State

if TYPE_CHECKING:
    from handrail.model.catalog import Requirement
    from handrail.workspace.record_evidence import Home

evidence = typer.Typer(
    name="evidence",
    help="Put a file, or a sealed record, in as evidence.",
    no_args_is_help=True,
)

STATES = (State.IMPLEMENTED, State.PARTIAL, State.PLANNED)
"""States of a new answer that need nothing else said; the others are written by hand."""

For = Annotated[
    str | None, typer.Option("--for", metavar="REQUIREMENT", help="What it is evidence for (default: what it fits).")
]
Project = Annotated[
    Path | None, typer.Option("--project", metavar="PATH", help="The project (default: as `check` finds it).")
]
AsState = Annotated[
    State | None, typer.Option("--state", help="The state of a control that has no answer yet (else: asked).")
]


@evidence.command()
def add(
    control: Annotated[str, typer.Argument(metavar="CONTROL", help="The control (SRC-03).", autocompletion=controls)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of the project.")],
    for_: For = None,
    project: Project = None,
    date_: Annotated[
        date | None,
        typer.Option("--date", parser=day, metavar="DATE", help="The day of the activity, where the file has none."),
    ] = None,
    state: AsState = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before adding what does not count.")] = False,
    catalog: Catalog = None,
    as_of: AsOf = None,
    trust: TrustFile = None,
) -> None:
    """Look at a file as its kind does, and put it into the declaration with its digest and date.

    Comments, order and layout stay. The same file again brings its entry up to date. Exit 2: nothing was changed.
    """
    from handrail.assess.entries import judge_entry
    from handrail.catalog.resolve import Asked
    from handrail.model.terms import Verdict
    from handrail.report.recorded import asked_line, changed_lines, seen_lines
    from handrail.workspace.record_evidence import asked_by, entry_of, look, path_of, record, write_home

    home = _home(control, project, catalog, trust)
    path = path_of(file, home)
    candidates = asked_by(home.control, "path")
    asked = _named(for_, candidates, home) or _only(candidates, home) or _fitting(candidates, path, home)
    entry = entry_of(asked, path, home, dated=date_)
    (seen,) = look([entry], home)
    judged = judge_entry(Asked(asked, asked.max_age), seen, day_or_today(as_of))
    _print([asked_line(home.control.id, asked), *seen_lines(seen, judged)])
    if seen.verdict is Verdict.REFUSED:
        raise typer.BadParameter("this must not be in the project, and was not added", param_hint="FILE")
    if seen.verdict not in (Verdict.SHOWN, Verdict.PARTIAL) and not yes and not _confirmed("Add it all the same?"):
        raise typer.BadParameter("not added; mend it, or give --yes to add it as it is", param_hint="FILE")
    if date_ is None and seen.date is not None:
        entry = {**entry, "date": seen.date.isoformat()}
    data = record(entry, home, state=_state(state, home))
    write_home(home, data)
    _print(changed_lines(home.file.path, home.file.data, data))


@evidence.command()
def seal(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A record outside of the project; it is only read.")],
    control: Annotated[
        str, typer.Option("--control", metavar="CONTROL", help="The control (SRC-03).", autocompletion=controls)
    ],
    custodian: Annotated[str, typer.Option("--custodian", metavar="WHO", help="The office that keeps the record.")],
    for_: For = None,
    since: Annotated[
        date | None,
        typer.Option("--since", parser=day, metavar="DATE", help="Since when it is kept there (default: today)."),
    ] = None,
    nonce_out: Annotated[
        Path | None, typer.Option("--nonce-out", metavar="PATH", help="Write the nonce there, and print nothing.")
    ] = None,
    project: Project = None,
    state: AsState = None,
    catalog: Catalog = None,
    as_of: AsOf = None,
) -> None:
    """Point at a record that is kept elsewhere, by a digest that tells nothing of it.

    The digest is sha256 over 32 random bytes, the nonce, and then the file. The nonce is printed once, in hexadecimal,
    and kept nowhere: give it to the custodian. Exit 2: nothing was changed.
    """
    from handrail.cli.messages import say
    from handrail.report.recorded import changed_lines
    from handrail.source.diagnostics import InputError
    from handrail.workspace.record_evidence import asked_by, record, write_home
    from handrail.workspace.seal import keep_nonce, new_nonce, require_outside, sealed_digest

    home = _home(control, project, catalog, None)
    require_outside(file, home, what="the record")
    if nonce_out is not None:
        require_outside(nonce_out, home, what="the nonce")
    custodian = custodian.strip()
    if not custodian or not custodian.isprintable():
        raise typer.BadParameter("name an office in a line of text", param_hint="--custodian")
    candidates = asked_by(home.control, "sealed")
    asked = _named(for_, candidates, home) or _only(candidates, home)
    if asked is None:
        raise _ambiguous([one.id for one in candidates], home)
    as_state, kept_since = _state(state, home), since or day_or_today(as_of)
    nonce = new_nonce()
    sealed = {"sha256": sealed_digest(file, nonce), "custodian": custodian, "since": kept_since.isoformat()}
    data = record({"for": asked.id, "sealed": sealed}, home, state=as_state)
    # The nonce goes out first: without its digest it does no harm, and a digest without its nonce is worth nothing.
    if nonce_out is None:
        _print([nonce.hex()])
    else:
        keep_nonce(nonce, nonce_out)
    try:
        write_home(home, data)
    except InputError:
        if nonce_out is not None:
            nonce_out.unlink(missing_ok=True)
        raise
    for line in changed_lines(home.file.path, home.file.data, data):
        say(line)
    where = "The line on standard output" if nonce_out is None else f"The line in {nonce_out}"
    say(f"{where} is the nonce. It is kept nowhere else: give it to the custodian now.")


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(evidence)


def _home(control: str, project: Path | None, catalog: list[Path] | None, trust: Path | None) -> Home:
    from handrail.cli.project import one_declaration
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.link import link_project
    from handrail.workspace.load import load_project
    from handrail.workspace.record_evidence import home_of
    from handrail.workspace.trust import trust_of

    bundle, digest = chosen_catalog(catalog)
    one = control_named(control, bundle)
    out = Collector()
    read = load_project(one_declaration(project), out)
    if read is None:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    link_project(read, bundle, out)
    signers = trust_of(read, bundle, chosen_attestors(trust), out)
    out.raise_if_errors()
    return home_of(one, read, bundle, digest, signers)


def _named(for_: str | None, candidates: Sequence[Requirement], home: Home) -> Requirement | None:
    """The requirement that `--for` names."""
    from handrail.catalog.resolve import alternatives
    from handrail.source.nearest import did_you_mean

    if for_ is None:
        return None
    for one in candidates:
        if one.id == for_:
            return one
    every = [one.id for group in home.control.evidence for one in alternatives(group)]
    if for_ in every:
        raise typer.BadParameter(f"{home.control.id} {for_} {_OTHERWISE}", param_hint="--for")
    near = did_you_mean(for_, every) or f"it asks for: {', '.join(every)}"
    raise typer.BadParameter(f"{home.control.id} asks for no evidence '{for_}'; {near}", param_hint="--for")


_OTHERWISE = (
    "is not pointed at in this way: a file of the project is added with `handrail evidence add`, a record that is kept "
    "elsewhere with `handrail evidence seal`, and a statement is written into the declaration"
)


def _only(candidates: Sequence[Requirement], home: Home) -> Requirement | None:
    if not candidates:
        raise typer.BadParameter(f"what {home.control.id} asks for {_OTHERWISE}", param_hint="CONTROL")
    return candidates[0] if len(candidates) == 1 else None


def _fitting(candidates: Sequence[Requirement], path: str, home: Home) -> Requirement:
    """The requirement for which the path stands there already, else the one whose kind can read the file."""
    from handrail.report.recorded import asked_line
    from handrail.workspace.record_evidence import declared_for, entry_of, fitting, look

    declared = declared_for(path, home)
    seen = look([entry_of(one, path, home, dated=None) for one in candidates], home)
    fit = declared if len(declared) == 1 else fitting(seen)
    if len(fit) == 1:
        return next(one for one in candidates if one.id == fit[0])
    for asked, one in zip(candidates, seen, strict=True):
        _print([asked_line(home.control.id, asked), f"  {one.verdict}: {one.text}"])
    if not fit:
        names = ", ".join(one.id for one in candidates)
        unread = f"nothing that {home.control.id} asks for reads this file; mend it, or say what it is for: {names}"
        raise typer.BadParameter(unread, param_hint="FILE")
    raise _ambiguous(fit, home)


def _ambiguous(names: Iterable[str], home: Home) -> typer.BadParameter:
    return typer.BadParameter(
        f"this could be for several of what {home.control.id} asks for; say which: {', '.join(names)}",
        param_hint="--for",
    )


def _state(given: State | None, home: Home) -> State | None:
    """The state of an answer that is new; None where there is one."""
    if home.answer is not None:
        if given not in (None, home.answer.state):
            stands = f"{home.control.id} is declared as {home.answer.state}; change that in {home.file.path} by hand"
            raise typer.BadParameter(stands, param_hint="--state")
        return None
    names = ", ".join(STATES)
    if given is None and sys.stdin.isatty():
        answered = typer.prompt(f"{home.control.id} has no answer yet. Its state ({names})", err=True)
        given = next((one for one in STATES if one == answered), None)
    if given not in STATES:
        raise typer.BadParameter(
            f"{home.control.id} has no answer yet: say how it stands ({names})", param_hint="--state"
        )
    return given


def _confirmed(question: str) -> bool:
    return sys.stdin.isatty() and typer.confirm(question, err=True)


def _print(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
