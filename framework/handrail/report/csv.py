"""The report as CSV, a row for each control, for a spreadsheet. It holds what is declared, and is never published.

Belongs here: the columns. Never here: a sentence (`report.wording`). All input passes `escape.terminal` and
`escape.csv_cell` here: no cell is a formula, and none hides a character.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer
from handrail.report.formats import Judged, ReportInput
from handrail.report.places import answer_of
from handrail.report.standing import StandingRow, standing_rows
from handrail.source.escape import csv_cell, terminal

COLUMNS = (
    "as_of",
    "project",
    "control",
    "title",
    "phase",
    "principle",
    "level",
    "level_reason",
    "selected_by",
    "state",
    "declared",
    "own",
    "finding",
    "assurance",
    "valid_until",
    "gate",
    "reasons",
    "blocked_by",
    "waiver",
    "owner",
    "due",
    "summary",
)


def render(given: ReportInput) -> str:
    """A header and the rows of all projects, lines ended by LF; no text for no project."""
    if not given.assessments:
        return ""
    rows = (COLUMNS, *(row for one in given.projects() for row in _rows(one, given.bundle)))
    return "".join(",".join(csv_cell(terminal(cell)) for cell in row) + "\n" for row in rows)


def _rows(judged: Judged, bundle: Bundle) -> Iterator[tuple[str, ...]]:
    phases = {one.id: one.phase for one in bundle.principles}
    for line in standing_rows(judged, bundle):
        finding = line.finding
        cells = {
            **_judged(judged, line),
            **_said(answer_of(judged.files, judged.declaration, finding)),
            "phase": phases[finding.principle],
        }
        yield tuple(cells[name] for name in COLUMNS)


def _judged(judged: Judged, line: StandingRow) -> dict[str, str]:
    assessment, finding, row = judged.assessment, line.finding, line.row
    return {
        "as_of": assessment.as_of.isoformat(),
        "project": assessment.project.name,
        "control": finding.control,
        "title": row.title,
        "principle": finding.principle,
        "level": finding.level,
        "level_reason": row.level,
        "selected_by": finding.selected_by,
        "state": finding.state or "",
        "declared": finding.declared,
        "own": finding.own,
        "finding": finding.finding,
        "assurance": finding.assurance or "",
        "valid_until": finding.valid_until.isoformat() if finding.valid_until else "",
        "gate": line.standing,
        "reasons": " ".join(line.reasons()),
        "blocked_by": " ".join(finding.blocked_by),
        "waiver": row.waiver,
    }


def _said(answer: Answer | None) -> dict[str, str]:
    if answer is None:
        return {"owner": "", "due": "", "summary": ""}
    due = answer.due.isoformat() if answer.due else ""
    return {"owner": answer.owner or "", "due": due, "summary": answer.summary or ""}
