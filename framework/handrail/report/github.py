"""The open controls as workflow commands of GitHub, which it shows beside the lines of `handrail.yaml`.

Belongs here: the commands. Never here: a sentence (`report.wording`). All input passes `escape.workflow_message` or
`escape.workflow_property` here, and no other format ever prints a command.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.report.formats import Judged, ReportInput
from handrail.report.standing import Loudness, StandingRow, standing_rows
from handrail.report.view import project_title
from handrail.report.wording import gate_line, run_lines
from handrail.source.escape import terminal, workflow_message, workflow_property

_COMMANDS = {Loudness.ERROR: "error", Loudness.WARNING: "warning", Loudness.NOTE: "notice"}
SHOWN = 10
"""GitHub shows so many annotations of each kind for a step; the log holds all of them."""


def render(given: ReportInput) -> str:
    """One command for each open control, the loudest first, and a line for each project; no text for no project."""
    commands: dict[Loudness, list[str]] = {loud: [] for loud in Loudness}
    lines: list[str] = []
    for judged in given.projects():
        _collect(judged, given, commands)
        lines.extend(_last_lines(judged))
    crowded = max(map(len, commands.values())) > SHOWN
    note = [f"handrail: GitHub shows {SHOWN} annotations of each kind; this log holds all of them."] if crowded else []
    everything = [*(command for loud in Loudness for command in commands[loud]), *lines, *note]
    return "".join(f"{line}\n" for line in everything)


def _collect(judged: Judged, given: ReportInput, commands: dict[Loudness, list[str]]) -> None:
    several = len(given.assessments) > 1
    who = f"{project_title(judged.assessment)}: " if several else ""
    for line in standing_rows(judged, given.bundle):
        if line.loudness is None:
            continue
        title = workflow_property(f"{who}{line.row.control} {line.row.title}")
        text = workflow_message("\n".join(" ".join(one.split()) for one in line.sentences()))
        command = _COMMANDS[line.loudness]
        commands[line.loudness].append(f"::{command} {_at(judged, line)}title={title}::{text}")


def _at(judged: Judged, line: StandingRow) -> str:
    if judged.files is None:
        return ""
    span = judged.files.span(line.finding)
    columns = f"col={span.column},endColumn={span.column + span.length}"
    return f"file={workflow_property(span.path)},line={span.line},{columns},"


def _last_lines(judged: Judged) -> Iterator[str]:
    assessment = judged.assessment
    for sentence in (gate_line(assessment.summary.gate), *run_lines(judged.gate)):
        yield terminal(f"handrail: {project_title(assessment)}: {sentence}")
