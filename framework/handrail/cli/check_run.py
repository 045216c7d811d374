"""One run of `handrail check`: what it is asked, its steps, and what it writes.

Belongs here: the order of the steps. Never here: arguments (`check`), a rule, wording or layout of a report.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from handrail.cli.options import chosen_attestors, chosen_catalog, day_or_today
from handrail.model.terms import Assurance, FailOn
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.workspace.find import find_declarations

if TYPE_CHECKING:
    from handrail.model.assessment import Assessment
    from handrail.model.bundle import Bundle
    from handrail.report.formats import ReportInput
    from handrail.workspace.check import Checked

    Judge = Callable[[Path, Collector], Checked | None]

NARROWEST, WIDEST = 40, 100
"""Columns of the text report: below, tables break; above, lines are hard to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one run is asked to do."""

    paths: tuple[Path, ...]
    catalog: tuple[Path, ...]
    trust: Path | None
    as_of: date | None
    format: str
    outputs: tuple[tuple[str, Path], ...]
    fail_on: FailOn
    min_assurance: Assurance | None
    changed_since: str | None
    record: bool
    public: bool
    site: str
    include_draft: bool
    verbose: bool
    quiet: bool
    colour: bool

    def names(self) -> tuple[str, ...]:
        """The names of all formats that are asked for."""
        return (self.format, *(name for name, _ in self.outputs))


def formats(*, public: bool) -> Mapping[str, Callable[[ReportInput], str]]:
    """The formats that a run can be asked for, by name."""
    from handrail.report.formats import FORMATS, PUBLIC_FORMATS

    return PUBLIC_FORMATS if public else FORMATS


def run(asked: Asked) -> tuple[bool, list[Checked]]:
    """Judge and report once; give whether anything is open at the gate, and what was judged.

    Raises:
        InputError: input that cannot be used, or output that cannot be written.
    """
    from handrail.assess.gate import at_gate
    from handrail.cli.messages import print_diagnostics
    from handrail.report.formats import ONE_PROJECT, ReportInput
    from handrail.report.places import DeclaredFiles
    from handrail.workspace.check import check_project

    saved = _saved(asked.changed_since)
    bundle, digest = chosen_catalog(asked.catalog)
    attestors = chosen_attestors(asked.trust)
    day = day_or_today(asked.as_of)
    out = Collector()

    def judge(path: Path, out: Collector) -> Checked | None:
        return check_project(
            path,
            bundle,
            digest,
            out,
            as_of=day,
            fail_on=asked.fail_on,
            include_draft=asked.include_draft,
            attestors=attestors,
        )

    found = find_declarations(asked.paths, out)
    judged = {path: judge(path, out) for path in _told(found, quiet=asked.quiet)}
    checked = {path: one for path, one in judged.items() if one is not None}
    out.raise_if_errors()
    if len(checked) > 1 and (single := ONE_PROJECT.intersection(asked.names())):
        raise typer.BadParameter(
            f"'{min(single)}' speaks of one project, and these are {len(checked)}; name one of them",
            param_hint="--format",
        )
    before = [_before(asked.changed_since, saved, path, one, bundle, judge) for path, one in checked.items()]
    if out.total and not asked.quiet:
        print_diagnostics(out.sorted(), unlisted=out.unlisted)
    every = list(checked.values())
    gates = tuple(
        at_gate(
            one.assessment,
            min_assurance=asked.min_assurance,
            before=earlier,
            revision=asked.changed_since if saved is None else None,
        )
        for one, earlier in zip(every, before, strict=True)
    )
    given = ReportInput(
        assessments=tuple(one.assessment for one in every),
        declarations=tuple(one.declaration for one in every),
        files=tuple(
            DeclaredFiles(declaration=one.project.declaration, organisation=one.project.organisation) for one in every
        ),
        gates=gates,
        bundle=bundle,
        site=asked.site,
        width=max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns)),
        colour=asked.colour,
        verbose=asked.verbose,
    )
    _report(asked, given)
    if asked.record:
        _record(every, quiet=asked.quiet)
    return any(gate.blocking for gate in gates), every


def _told(paths: Sequence[Path], *, quiet: bool) -> Iterator[Path]:
    """Give the paths one by one, and tell a person who is waiting how far it is."""
    from handrail.cli.messages import Waiting

    with Waiting(quiet=quiet or len(paths) < 2) as waiting:
        for number, path in enumerate(paths, 1):
            waiting.tell(f"checking project {number:,} of {len(paths):,}")
            yield path


def _saved(given: str | None) -> Mapping[str, Assessment] | None:
    """The assessments in the file of that name; None where there is no such file."""
    if given is None or not Path(given).exists() or Path(given).is_dir():
        return None
    from handrail.workspace.saved import saved_assessments

    return saved_assessments(Path(given))


def _before(
    given: str | None,
    saved: Mapping[str, Assessment] | None,
    path: Path,
    now: Checked,
    bundle: Bundle,
    judge: Judge,
) -> Assessment | None:
    """The assessment that gaps are new since; None where every gap is new, which is told."""
    if given is None:
        return None
    from handrail.cli.messages import say

    project = now.assessment.project.id
    earlier: Assessment | None
    if saved is not None:
        earlier, why_not = saved.get(project), f"{given} holds no assessment of {project}"
    else:
        from handrail.workspace.at_revision import project_at

        there = project_at(given, path, bundle, judge)
        earlier, why_not = there.assessment, there.why_not
        if there.assessment is not None and there.assessment.project.id != project:
            earlier, why_not = None, f"at `{given}` the project was `{there.assessment.project.id}`, not `{project}`"
    if earlier is None:
        say(f"{why_not}: every gap of {project} is new")
    return earlier


def _report(asked: Asked, given: ReportInput) -> None:
    from handrail.source.files import OutputError, write_file

    known = formats(public=asked.public)
    plain = replace(given, colour=False)
    try:
        for name, path in asked.outputs:
            write_file(path, known[name](plain).encode())
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    if not (asked.quiet and asked.format == "text"):
        sys.stdout.write(known[asked.format](given))
        sys.stdout.flush()


def _record(checked: Iterable[Checked], *, quiet: bool) -> None:
    from handrail.cli.messages import say
    from handrail.workspace.history import record

    for one in checked:
        path = one.project.folder / record(one.project.folder, one.assessment)
        if not quiet:
            say(f"recorded in {path}")


def watch_run(asked: Asked) -> None:
    """Run again and again, after every change of a file."""
    from handrail.cli.messages import print_diagnostics, say
    from handrail.cli.watch import watch
    from handrail.workspace.watched import project_paths

    written = {path.resolve() for _, path in asked.outputs}
    known: set[Path] = set()

    def once() -> Iterable[Path]:
        known.update(find_declarations(asked.paths, Collector()))
        for place in asked.catalog:
            known.update((place, place / "pack.yaml", *place.glob("*/**/*.yaml")))
        try:
            known.update(path for one in run(asked)[1] for path in project_paths(one.project))
        except InputError as error:
            print_diagnostics(error.diagnostics, unlisted=error.unlisted)
        return [path for path in sorted(known) if path.resolve() not in written]

    start = find_declarations(asked.paths, Collector())
    watch(once, start=start, ready=lambda: say("watching; Ctrl-C ends it"))
