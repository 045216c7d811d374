"""The history of a project: one assessment a day, kept beside its declaration.

Belongs here: where records lie, writing one, reading them. Never here: the form of an assessment (`report.canonical`),
what changed between two (`assess.progress`).

`.handrail/history/<project>/<day>.json` is the canonical JSON of the assessment of that day. A later run of the same
day takes its place; projects and days never meet in one file, so runs at the same time lose nothing. No link is
followed beneath the project's folder. What is not named like a record is left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from handrail.model.assessment import Assessment
from handrail.model.limits import MIB
from handrail.report.canonical import from_json, to_json
from handrail.source.diagnostics import Collector, Diagnostic, InputError, Severity, Span
from handrail.source.files import FileReason, FileRefused, OutputError, Root, refusal
from handrail.source.output_beneath import write_beneath
from handrail.workspace.load import shown_path

HISTORY = ".handrail/history"

# Three times the report of a project that answers 1,000 controls.
RECORD_BYTES = 4 * MIB

# Ten years of days. Of more, the newest are read.
RECORDS_READ = 3_660

_RECORD = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.json")


def record_path(project: str, day: date) -> str:
    """The path of a record from the folder of the declaration.

    Args:
        project: the project's id.
        day: the day that the assessment is of.
    """
    return f"{HISTORY}/{project}/{day.isoformat()}.json"


def record(root: Path, assessment: Assessment) -> str:
    """Keep an assessment as the record of its day, and give the record's path from the folder.

    Args:
        root: the folder of the declaration.
        assessment: the run; its `as_of` is the day.

    Raises:
        InputError: it cannot be written, or a folder on the way is a link.
    """
    path = record_path(assessment.project.id, assessment.as_of)
    try:
        write_beneath(root, path, to_json(assessment).encode())
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    return path


def recorded_days(root: Path, project: str) -> tuple[date, ...]:
    """The days of which there is a record, the oldest first.

    Raises:
        InputError: the folder of the records is a link, or holds too much.
    """
    try:
        with Root(root) as opened:
            paths = opened.files((".json",), folder=f"{HISTORY}/{project}")
    except FileRefused as refused:
        if refused.reason is FileReason.MISSING:
            return ()
        raise InputError([refusal(refused)]) from None
    names = (path.removeprefix(f"{HISTORY}/{project}/") for path in paths)
    return tuple(day for name in names if (day := _day(name)) is not None)


def _day(name: str) -> date | None:
    found = _RECORD.fullmatch(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def record_of(root: Path, project: str, day: date) -> Assessment:
    """Read the record of a day.

    Raises:
        InputError: there is none, or it is not what `check --record` writes there.
    """
    path = record_path(project, day)
    shown = shown_path(root / path)
    try:
        with Root(root) as opened:
            data = opened.read(path, cap=RECORD_BYTES)
        read = from_json(data, shown)
    except FileRefused as refused:
        raise _damaged(shown, f"`{shown}` {refused.clause}", None) from None
    except InputError as error:
        first = error.diagnostics[0]
        raise _damaged(shown, f"the record of {day.isoformat()} is damaged: {first.message}", first.span) from None
    if (read.project.id, read.as_of) != (project, day):
        said = f"the record of {day.isoformat()} is of `{read.project.id}` as of {read.as_of.isoformat()}"
        raise _damaged(shown, said, None)
    return read


def _damaged(path: str, said: str, place: Span | None) -> InputError:
    advice = "remove the file, or get it back as `handrail check --record` wrote it"
    return InputError([Diagnostic("HR405", said, place or Span(path, 1, 1), help=advice)])


def recorded(root: Path, project_id: str, out: Collector | None = None) -> tuple[Assessment, ...]:
    """Read the history of a project, the oldest day first, one assessment a day; of very many the newest.

    Args:
        root: the folder of the declaration.
        project_id: the project's id.
        out: takes a warning for each record that is damaged, which is left out; without it, the first stops the
            reading.

    Raises:
        InputError: the folder of the records cannot be read; without `out`, a record is damaged.
    """
    read: list[Assessment] = []
    for day in recorded_days(root, project_id)[-RECORDS_READ:]:
        try:
            read.append(record_of(root, project_id, day))
        except InputError as error:
            if out is None:
                raise
            for one in error.diagnostics:
                out.add(replace(one, override=Severity.WARNING))
    return tuple(read)
