"""A gap report as its page lays it out: plain text and numbers, the same shape for the public and for the project.

Belongs here: the values of the page, and what both kinds of report make in the same way. Never here: what the public
may see (`assess.project`), a sentence about a finding (`report.wording`), HTML (`templates/report.html`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handrail.catalog.resolve import alternatives
from handrail.model.assessment import CatalogRef, LegalDuty, Reason
from handrail.model.bundle import Bundle
from handrail.model.terms import Finding, Level, LevelReason
from handrail.report import wording
from handrail.report.trend import TrendPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A control.

    `state` is `open`, `satisfied` or `na`, and nothing finer; `counts` says that it is in the totals. `shown_as` tells
    how well a satisfied one is shown; `pieces` are titles of evidence with what is known of them, or else `in_sum`
    tells of all at once. `tier` and `until` are for programs.
    """

    id: str
    title: str
    href: str
    principle: str
    finding: Finding
    label: str
    level: Level
    level_text: str
    counts: bool
    reasons: tuple[str, ...] = ()
    next_step: str = ""
    shown_as: str = ""
    notes: tuple[str, ...] = ()
    pieces: tuple[tuple[str, str], ...] = ()
    in_sum: str = ""
    tier: str = ""
    until: str = ""

    @property
    def state(self) -> str:
        """Which of the three looks it has."""
        return "open" if self.finding.is_open else "satisfied" if self.finding is Finding.SATISFIED else "na"

    @property
    def sign(self) -> str:
        """The sign beside its word."""
        return wording.SIGNS[self.finding]

    @property
    def is_must(self) -> bool:
        """It is a MUST in force."""
        return self.level is Level.MUST


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleSum:
    """A principle at a glance, of the controls that count; `counted` are told only as a number, `wider` elsewhere."""

    id: str
    title: str
    phase: str
    href: str
    rows: tuple[Row, ...]
    counted: int = 0
    wider: bool = False

    def number(self, state: str, *, must: bool | None = None) -> int:
        """How many of its rows are in a state, of one kind of level or (None) of all."""
        return sum(one.state == state and must in (None, one.is_must) for one in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows of one principle, never none."""

    title: str
    href: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """A step of the plan: what it is about, what to do, and what it frees."""

    id: str
    title: str
    href: str
    about: str
    to_do: tuple[str, ...]
    frees: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a week brings, and how many MUST controls are open at its end; `events` are (day, control, sentence)."""

    start: date
    end: date
    open: int
    applying: int
    events: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report. What a kind of report does not have is empty."""

    internal: bool
    brief: bool
    id: str
    name: str
    version: str
    fictional: bool
    homepage: str
    as_of: date
    catalogs: tuple[CatalogRef, ...]
    checklists: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    headline: tuple[str, ...]
    remarks: tuple[str, ...]
    must: int
    open_must: int
    coverage: tuple[str, ...]
    principles: tuple[PrincipleSum, ...]
    open_sections: tuple[Section, ...]
    other_sections: tuple[Section, ...]
    outside: tuple[Row, ...]
    made_by: str = ""
    counted: tuple[tuple[str, str], ...] = ()
    waivers: tuple[tuple[Row, str], ...] = ()
    inherited: tuple[tuple[str, tuple[str, ...]], ...] = ()
    plan: tuple[PlanStep, ...] = ()
    order: tuple[str, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    trend: tuple[TrendPoint, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every control of the report, in its order."""
        inside = (row for section in (*self.open_sections, *self.other_sections) for row in section.rows)
        return (*inside, *self.outside)


class Names:
    """What the catalog calls things; an id that it does not have stands for itself and leads nowhere."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self._checklists = {one.checklist.id: one.checklist.title for one in bundle.checklists}
        self._controls = {
            one: (control.title, f"../{address(bundle.principle_of[one])}#{one}")
            for one, control in bundle.controls.items()
        }
        self._asked = {
            one: {asked.id: asked.title for group in control.evidence for asked in alternatives(group)}
            for one, control in bundle.controls.items()
        }

    def control(self, one: str) -> tuple[str, str]:
        """Title and address of a control."""
        return self._controls.get(one, (one, ""))

    def requirement(self, control: str, one: str) -> str:
        """The title of a piece of evidence."""
        return self._asked.get(control, {}).get(one, one)

    def checklists(self, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Title and address of checklists."""
        return tuple(
            (self._checklists[one], f"../checklists/{one}.html") if one in self._checklists else (one, "")
            for one in ids
        )

    def facts(self, facts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
        """Facts in the words of the catalog."""
        for name, values in facts.items():
            fact = self.bundle.facts.get(name)
            known = fact.values if fact else {}
            labels = (known[one].label if one in known else one for one in values)
            yield (fact.title if fact else name), ", ".join(labels)

    def roles(self, facts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The roles in the words of the catalog."""
        fact = self.bundle.facts.get("role")
        known = fact.values if fact else {}
        return tuple(known[one].label if one in known else one for one in facts.get("role", ()))

    def level(self, level: Level, reason: LevelReason, duties: Iterable[LegalDuty]) -> str:
        """The level in force and what puts it in force; a law that this catalog does not have is named by its id."""
        known = tuple(one for one in duties if one.reference in self.bundle.references)
        if reason is LevelReason.LAW and not any(one.in_force and one.level is level for one in known):
            return f"{level.value.upper()} (law: {', '.join(dict.fromkeys(one.reference for one in duties))})"
        return wording.level_text(level, reason, known, self.bundle)

    def next_step(self, control: str, reasons: Sequence[Reason]) -> str:
        """What to do about the first reason."""
        if control not in self.bundle.controls or not reasons:
            return ""
        same = [one for one in reasons if one.code == reasons[0].code]
        return wording.next_step(
            reasons[0].code,
            control,
            self.bundle,
            requirements=[one.requirement for one in same if one.requirement],
            blocked_by=[one.control for one in same if one.control],
        )


def address(principle: str) -> str:
    """The page of a principle."""
    return f"principles/{principle.lower()}.html"


def by_principle(rows: Iterable[Row], names: Names) -> tuple[Section, ...]:
    """Rows under the principles that they are of, in reading order; a principle the catalog does not have comes last."""
    titles = {one.id: one.title for one in names.bundle.principles}
    grouped: dict[str, list[Row]] = {one: [] for one in titles}
    for row in rows:
        grouped.setdefault(row.principle, []).append(row)
    return tuple(
        Section(
            title=titles.get(one, one), href=f"../{address(one)}" if one in titles else "", rows=tuple(rows_of_one)
        )
        for one, rows_of_one in grouped.items()
        if rows_of_one
    )


def spread(rows: Sequence[Row], names: Names) -> tuple[tuple[Section, ...], tuple[Section, ...], tuple[Row, ...]]:
    """The open MUST controls, all others that apply, and those that do not."""
    still_open = [one for one in rows if one.state == "open" and one.is_must and one.counts]
    apart = {one.id for one in still_open}
    others = [one for one in rows if one.state != "na" and one.id not in apart]
    outside = tuple(one for one in rows if one.state == "na")
    return by_principle(still_open, names), by_principle(others, names), outside


def earlier_remark(version: str) -> tuple[str, ...]:
    """What is said where a project answered a text that has been left behind."""
    if not version:
        return ()
    return (f"Judged against an earlier text: the project's answers were written for catalog {version}.",)
