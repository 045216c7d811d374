"""What the reports for an auditor share: their input, their two layouts for people, a table, an envelope.

Belongs here: what `report.applicability` and `report.requests` would both do. Never here: a line about one control.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.report.sheet import Sheet
from handrail.report.view import project_title
from handrail.report.wording import about_line, fixed_note
from handrail.source.escape import csv_cell, markdown_inline, terminal

Row = TypeVar("Row")

PUBLIC = "As it would be published."


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditorInput(Generic[Row]):
    """The rows of one project, whether they were projected for the public, and the terminal that they may go to."""

    rows: tuple[Row, ...]
    assessment: Assessment
    bundle: Bundle
    public: bool = False
    sheet: Sheet = field(default_factory=Sheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report in plain text: its title, its lead, and of each control a word and the lines below it."""

    title: str
    lead: tuple[str, ...]
    words: Mapping[str, str]
    lines: Mapping[str, tuple[str, ...]]


def markdown(told: Told, given: AuditorInput[Any]) -> str:
    """The report as Markdown; nothing that was declared is markup in it."""
    return "\n".join((*_markdown(told, given), ""))


def text(told: Told, given: AuditorInput[Any]) -> str:
    """The report as lines for a terminal."""
    return "\n".join((*_text(told, given), ""))


def _markdown(told: Told, given: AuditorInput[Any]) -> Iterator[str]:
    yield f"## {told.title}: {markdown_inline(project_title(given.assessment))}"
    for line in _lead(told, given):
        yield from ("", markdown_inline(line))
    for title, controls in _by_principle(told.words, given.bundle):
        yield from ("", f"### {markdown_inline(title)}", "")
        for one in controls:
            name = markdown_inline(given.bundle.controls[one].title)
            yield f"- **{one} {name}**: {markdown_inline(told.words[one])}"
            yield from (f"  - {markdown_inline(line)}" for line in told.lines[one])
    yield from ("", markdown_inline(fixed_note(given.assessment.project.name)))


def _text(told: Told, given: AuditorInput[Any]) -> Iterator[str]:
    sheet = given.sheet
    yield from sheet.text(f"{told.title}: {project_title(given.assessment)}", bold=True)
    yield from sheet.items(_lead(told, given), first="")
    for title, controls in _by_principle(told.words, given.bundle):
        yield from sheet.title(title)
        for one in controls:
            yield from sheet.text(f"{one} {given.bundle.controls[one].title}: {told.words[one]}", rest="  ", bold=True)
            yield from sheet.items(told.lines[one], first="  - ")
    yield ""
    yield from sheet.text(fixed_note(given.assessment.project.name))


def _lead(told: Told, given: AuditorInput[Any]) -> tuple[str, ...]:
    facts = "; ".join(f"{name} {', '.join(values)}" for name, values in given.assessment.facts.items())
    public = (PUBLIC,) if given.public else ()
    return (*public, f"{about_line(given.assessment)}.", f"Declared facts: {facts or 'none'}.", *told.lead)


def _by_principle(controls: Iterable[str], bundle: Bundle) -> Iterator[tuple[str, list[str]]]:
    """Heading of each principle that has some, and its controls, both in reading order."""
    wanted = set(controls)
    for principle in bundle.principles:
        of_it = [one for one in bundle.controls if one in wanted and bundle.principle_of[one] == principle.id]
        if of_it:
            yield f"{principle.phase.value.capitalize()}: {principle.title} ({principle.id})", of_it


def table(columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> str:
    """A header and the rows as CSV; no cell is a formula, and none hides a character."""
    cells = [columns, *(tuple(row[name] for name in columns) for row in rows)]
    return "".join(",".join(csv_cell(terminal(cell)) for cell in row) + "\n" for row in cells)


def envelope(given: AuditorInput[Any], name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows as JSON values under a name, with the run they are of."""
    one = given.assessment
    return {
        "handrail": 1,
        "as_of": one.as_of.isoformat(),
        "project": one.project.id,
        "catalog": [{"version": each.version, "digest": each.digest} for each in one.catalog],
        "checklists": list(one.checklists),
        "facts": {fact: list(values) for fact, values in one.facts.items()},
        "public": given.public,
        name: rows,
    }


def day(given: date | None) -> str | None:
    """A day as files write it."""
    return given.isoformat() if given else None


def either(items: Sequence[str]) -> str:
    """Items of which one suffices, as prose joins them."""
    return " or ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
