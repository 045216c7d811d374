"""The remediation plan for people and programs: text, Markdown, CSV, JSON.

Belongs here: layout and grouping. Never here: the order (`assess.plan`), a sentence about an edit (`report.change`).
Internal: owners, days and edits are never published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from handrail.assess.plan import PlannedStep
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.terms import Level, SelectedBy
from handrail.report.agreement import listed, number
from handrail.report.canonical import values_to_json
from handrail.report.change import NOTHING_ADDED, edit_line, edit_values, obstacle_line
from handrail.report.sheet import Sheet
from handrail.source.escape import csv_cell, markdown_inline

EFFORTS = "Effort: S, M and L are the catalog's rough sizes."


class By(StrEnum):
    """How the steps of a plan are grouped; their numbers stay those of the order."""

    ORDER = "order"
    OWNER = "owner"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInput:
    """A plan and how to show it."""

    steps: tuple[PlannedStep, ...]
    assessment: Assessment
    bundle: Bundle
    by: By = By.ORDER
    sheet: Sheet = field(default_factory=Sheet)


def _groups(given: PlanInput) -> tuple[tuple[str, list[tuple[int, PlannedStep]]], ...]:
    """Title of each group, and its steps with their places in the order, from 1; no group is empty."""
    groups: dict[tuple[int, str], list[tuple[int, PlannedStep]]] = {}
    for place, step in enumerate(given.steps, 1):
        groups.setdefault(_group(step, given.by, given.assessment.as_of), []).append((place, step))
    return tuple((title, groups[(rank, title)]) for rank, title in sorted(groups))


def _group(step: PlannedStep, by: By, as_of: date) -> tuple[int, str]:
    if by is By.OWNER:
        return (0, step.owner) if step.owner else (1, "No owner declared")
    if by is By.DUE:
        return (0, _due(step, as_of)) if step.due else (1, "No day declared")
    rank = list(reversed(Level)).index(step.closes)
    return rank, f"Towards the open {step.closes.upper()} controls"


def _due(step: PlannedStep, as_of: date) -> str:
    gone = ", which has gone by" if step.due is not None and step.due < as_of else ""
    return f"Due {step.due.isoformat()}{gone}" if step.due else ""


def _head(given: PlanInput) -> tuple[str, ...]:
    project = given.assessment.project
    steps = number(len(given.steps), "step")
    open_must = number(len(given.assessment.summary.open_must), "open MUST control")
    if not given.steps:
        return (f"{project.name}, on {given.assessment.as_of.isoformat()}: no control in this report is open.",)
    return (
        f"{project.name}, on {given.assessment.as_of.isoformat()}: {open_must}; {steps} to close all that is open.",
        f"Prerequisites come before what waits for them. {EFFORTS}",
    )


def _about(step: PlannedStep, given: PlanInput) -> str:
    level = step.finding.level.upper()
    parts = [f"{step.finding.finding.value}, {level}"]
    if step.finding.selected_by is SelectedBy.PREREQUISITE:
        parts.append(f"a prerequisite that no chosen checklist holds, towards {step.closes.upper()}")
    elif step.closes > step.finding.level:
        parts.append(f"a prerequisite towards {step.closes.upper()}")
    parts.append(f"effort {step.effort.value}")
    if step.owner:
        parts.append(f"owner {step.owner}")
    if step.due:
        parts.append(_due(step, given.assessment.as_of).lower())
    if step.waived_until:
        parts.append(f"left open by choice until {step.waived_until.isoformat()}")
    return "; ".join(parts)


def _to_do(step: PlannedStep, bundle: Bundle) -> tuple[str, ...]:
    if step.edits is None:
        return (NOTHING_ADDED, obstacle_line(step.control, bundle))
    return tuple(edit_line(one, bundle) for one in step.edits)


def _frees(step: PlannedStep) -> str:
    return f"Unblocks {listed(step.unblocks)}." if step.unblocks else ""


def _text(given: PlanInput) -> str:
    return "\n".join((*_text_lines(given), ""))


def _text_lines(given: PlanInput) -> Iterator[str]:
    sheet = given.sheet
    for place, sentence in enumerate(_head(given)):
        yield from sheet.text(sentence, bold=not place)
    for title, steps in _groups(given):
        yield from sheet.title(title)
        for place, step in steps:
            name = f"{step.control} {given.bundle.controls[step.control].title}"
            yield from sheet.text(name, first=f"{place:>3}. ", bold=True)
            yield from sheet.text(_about(step, given), first="     ")
            yield from sheet.items(_to_do(step, given.bundle), first="     - ")
            yield from sheet.text(_frees(step), first="     ")


def _markdown(given: PlanInput) -> str:
    return "\n".join((*_markdown_lines(given), ""))


def _markdown_lines(given: PlanInput) -> Iterator[str]:
    yield "## Remediation plan"
    yield from ("", markdown_inline(" ".join(_head(given))))
    for title, steps in _groups(given):
        yield from ("", f"### {markdown_inline(title)}", "")
        for place, step in steps:
            name = markdown_inline(given.bundle.controls[step.control].title)
            yield f"- **{place}. {step.control} {name}**"
            lines = (_about(step, given), *_to_do(step, given.bundle), _frees(step))
            yield from (f"  <br>{markdown_inline(line)}" for line in lines if line)


_COLUMNS = (
    *("step", "control", "title", "level", "towards", "finding", "effort", "owner", "due", "waived_until"),
    *("after", "unblocks", "to_do"),
)


def _csv(given: PlanInput) -> str:
    rows = [_COLUMNS]
    for _, steps in _groups(given):
        rows += [
            (
                str(place),
                step.control,
                given.bundle.controls[step.control].title,
                step.finding.level.value,
                step.closes.value,
                step.finding.finding.value,
                step.effort.value,
                step.owner or "",
                _day(step.due) or "",
                _day(step.waived_until) or "",
                " ".join(step.after),
                " ".join(step.unblocks),
                " ".join(_to_do(step, given.bundle)),
            )
            for place, step in steps
        ]
    return "".join(",".join(map(csv_cell, row)) + "\r\n" for row in rows)


def _json(given: PlanInput) -> str:
    steps = [
        {
            "id": step.control,
            "step": place,
            "level": step.finding.level.value,
            "towards": step.closes.value,
            "finding": step.finding.finding.value,
            "code": step.code,
            "effort": step.effort.value,
            "owner": step.owner,
            "due": _day(step.due),
            "waived_until": _day(step.waived_until),
            "after": list(step.after),
            "unblocks": list(step.unblocks),
            "edits": None if step.edits is None else edit_values(step.edits, given.bundle),
        }
        for _, some in _groups(given)
        for place, step in some
    ]
    return values_to_json(
        {
            "handrail": 1,
            "as_of": given.assessment.as_of.isoformat(),
            "project": given.assessment.project.id,
            "catalog": [{"version": one.version, "digest": one.digest} for one in given.assessment.catalog],
            "by": given.by.value,
            "steps": steps,
        }
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


FORMATS: Mapping[str, Callable[[PlanInput], str]] = MappingProxyType(
    {"text": _text, "markdown": _markdown, "csv": _csv, "json": _json}
)
"""Format -> the plan, ended by a line end."""
