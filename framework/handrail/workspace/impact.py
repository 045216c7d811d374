"""Every registered project, judged by two catalogs: from paths to what becomes of each.

Belongs here: which files are what, reading them one by one, and the two readings of a project. Never here: what
differs (`assess.impact`).

| a path | is |
|---|---|
| a file `*.ndjson` or `*.jsonl` | recorded assessments, one a line |
| a file `*.json` | what `check --format json` wrote: one assessment, or a list |
| any other file, a folder | a declaration; every one beneath the folder |

Of two records of one project the later stands; of a record and a declaration, the declaration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

from handrail.assess.assess import Subject
from handrail.assess.fit import fitted
from handrail.assess.impact import Impact, ProjectImpact
from handrail.assess.recall import recalled
from handrail.model.assessment import Assessment
from handrail.model.limits import MIB
from handrail.model.vocabulary import Attestor
from handrail.report.canonical import all_from_json, from_json
from handrail.source.diagnostics import Collector, Diagnostic, InputError, Span
from handrail.source.files import FileRefused, Root, refusal
from handrail.source.source_file import SourceFile
from handrail.workspace.check import NOBODY, look_at, read_subject
from handrail.workspace.find import find_declarations
from handrail.workspace.load import ProjectFiles, shown_path

# Three times the report of a project that answers 1,000 controls.
LINE_BYTES = 4 * MIB

LINES, LIST = (".ndjson", ".jsonl"), (".json",)


def impact_on(
    paths: Iterable[Path], impact: Impact, out: Collector, *, attestors: Mapping[str, Attestor] = NOBODY
) -> tuple[ProjectImpact, ...]:
    """Judge every project that the paths name, by both catalogs.

    Args:
        paths: as the table above has them.
        impact: both catalogs.
        out: is told of everything that cannot be read; the others are judged all the same.
        attestors: those whom the reader accepts besides the catalogs'.
    """
    found: dict[str, ProjectImpact] = {}
    days: dict[str, date] = {}
    declared: list[Path] = []
    for path in paths:
        if not path.is_file() or path.suffix not in (*LINES, *LIST):
            declared.append(path)
            continue
        for there in _recorded(path, out):
            name = there.project.id
            if name not in days or days[name] <= there.as_of:
                days[name] = there.as_of
                found[name] = _record(there, impact)
    for path in find_declarations(tuple(declared), out) if declared else ():
        one = _declaration(path, impact, out, attestors)
        if one is not None:
            found[one.project] = one
    return tuple(found[name] for name in sorted(found))


def _record(there: Assessment, impact: Impact) -> ProjectImpact:
    wanted = impact.old.wanted | impact.new.wanted
    subject, _ = fitted(recalled(there, impact.old.bundle, wanted=wanted), impact.old.bundle)
    after, unread = fitted(subject, impact.new.bundle)
    return impact.on(there.project.id, subject, after, unread)


def _declaration(path: Path, impact: Impact, out: Collector, attestors: Mapping[str, Attestor]) -> ProjectImpact | None:
    old, new, day = impact.old, impact.new, impact.as_of
    read = read_subject(path, old.bundle, old.digest, out, as_of=day, attestors=attestors)
    if read is None:
        return None
    project, before = read
    fits, unread = fitted(before, new.bundle)
    seen = look_at(_holding(project, fits), new.bundle, new.digest, out, as_of=day, attestors=attestors)
    return None if seen is None else impact.on(before.declaration.project.id, before, seen, unread)


def _holding(project: ProjectFiles, subject: Subject) -> ProjectFiles:
    """The files, with what is left of them for the new catalog."""
    file, shared = project.declaration, project.organisation
    declaration = SourceFile(subject.declaration, path=file.path, data=file.data)
    if shared is None or subject.organisation is None:
        return replace(project, declaration=declaration)
    organisation = SourceFile(subject.organisation, path=shared.path, data=shared.data)
    return replace(project, declaration=declaration, organisation=organisation)


def _recorded(path: Path, out: Collector) -> Iterator[Assessment]:
    try:
        with Root(path.parent) as root:
            if path.suffix in LIST:
                yield from all_from_json(root.read(path.name), shown_path(path))
                return
            with root.stream(path.name, buffer=MIB) as lines:
                number = 0
                while line := lines.readline(LINE_BYTES + 1):
                    number += 1
                    if len(line) > LINE_BYTES:
                        place = Span(shown_path(path), number, 1)
                        out.error("HR003", "the line is longer than any assessment", place, help=_HELP)
                        return
                    if not line.isspace():
                        yield from _line(line, shown_path(path), number, out)
    except FileRefused as refused:
        out.add(refusal(refused))
    except InputError as error:
        _tell(error, out)


_HELP = "give what `handrail check --format json` wrote, each assessment on a line of its own"


def _line(line: bytes, path: str, number: int, out: Collector) -> Iterator[Assessment]:
    from pydantic import ValidationError

    from handrail.model.reading import reader_of

    try:
        # Pydantic's own instance: it has the fields of the record, and most of what it holds is never looked at.
        yield cast("Assessment", reader_of(Assessment).model_validate_json(line))
    except ValidationError:
        try:
            from_json(line, path)  # slower, and says where
        except InputError as error:
            _tell(error, out, line=number)
        else:
            out.error("HR103", "the line is not an assessment", Span(path, number, 1), help=_HELP)


def _tell(error: InputError, out: Collector, *, line: int | None = None) -> None:
    for one in error.diagnostics:
        out.add(_at_line(one, line))
    out.count_unlisted(error.unlisted)


def _at_line(one: Diagnostic, line: int | None) -> Diagnostic:
    return one if line is None or one.span is None else replace(one, span=replace(one.span, line=line))
