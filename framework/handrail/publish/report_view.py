"""A gap report as its page lays it out: plain text and numbers, the same shape for the public and for the project.

Belongs here: the values of the page, and what both kinds of report make in the same way. Never here: what the public
may see (`assess.project`), a sentence about a finding (`report.wording`), HTML (`templates/report.html`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from handrail.model.assessment import CatalogRef
from handrail.model.terms import Finding, Level
from handrail.publish.report_names import Named, Names, address
from handrail.report import wording
from handrail.report.trend import TrendPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A control.

    `counts` says that it is in the totals. `shown_as` tells how well a satisfied one is shown; `pieces` are titles of
    evidence with what is known of them. `tier` and `until` are for programs.
    """

    control: Named
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
    tier: str = ""
    until: str = ""

    @property
    def look(self) -> Look:
        """How its finding shows."""
        return LOOKS[self.finding]


@dataclass(frozen=True, slots=True)
class Look:
    """How a finding shows: `state` is `open`, `satisfied` or `na`, and nothing finer; the sign tells more."""

    state: str
    sign: str


LOOKS: Mapping[Finding, Look] = MappingProxyType(
    {
        one: Look("open" if one.is_open else "satisfied" if one is Finding.SATISFIED else "na", sign)
        for one, sign in wording.SIGNS.items()
    }
)
_SATISFIED, _OUTSIDE = LOOKS[Finding.SATISFIED].sign, LOOKS[Finding.NOT_APPLICABLE].sign


class PrincipleSum(NamedTuple):
    """A principle at a glance: the sign of each control that counts, its MUST controls apart from all others.

    A plain tuple, since there may be a hundred thousand.
    `link` is its title as finished HTML. `counted` are told only as a number; `wider`: there are such in a wider count.
    """

    id: str
    link: Markup
    phase: str
    must: str
    other: str
    counted: int = 0
    wider: bool = False

    @property
    def numbers(self) -> tuple[int, int, int, int, int]:
        """MUST open and satisfied, SHOULD and MAY open and satisfied, and how many do not apply."""
        must, must_met, must_outside = _numbers(self.must)
        other, other_met, other_outside = _numbers(self.other)
        return must, must_met, other, other_met, must_outside + other_outside


@lru_cache(maxsize=4096)
def _numbers(signs: str) -> tuple[int, int, int]:
    satisfied, outside = signs.count(_SATISFIED), signs.count(_OUTSIDE)
    return len(signs) - satisfied - outside, satisfied, outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows of one principle, never none."""

    title: str
    href: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """A step of the plan: what it is about, what to do, and what it frees."""

    control: Named
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
class Head:
    """What stands above the controls of every report, and in its row of the portfolio.

    `checklists` are (title, address); `labels` are the findings that occur, in words.
    """

    internal: bool
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
    labels: tuple[str, ...]
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report below its head. What a kind of report does not have is empty."""

    open_sections: tuple[Section, ...]
    other_sections: tuple[Section, ...]
    outside: tuple[Row, ...]
    counted: tuple[tuple[str, str], ...] = ()
    waivers: tuple[tuple[Row, str], ...] = ()
    inherited: tuple[tuple[str, tuple[str, ...]], ...] = ()
    plan: tuple[PlanStep, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    trend: tuple[TrendPoint, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every control of the report, in its order."""
        inside = (row for section in (*self.open_sections, *self.other_sections) for row in section.rows)
        return (*inside, *self.outside)


def by_principle(rows: Iterable[Row], names: Names) -> tuple[Section, ...]:
    """Rows under their principles, in reading order; a principle that the catalog does not have comes last."""
    titles = {one.id: one.title for one in names.bundle.principles}
    grouped: dict[str, list[Row]] = {one: [] for one in titles}
    for row in rows:
        grouped.setdefault(row.principle, []).append(row)
    return tuple(
        Section(title=titles.get(one, one), href=f"../{address(one)}" if one in titles else "", rows=tuple(rows_of_one))
        for one, rows_of_one in grouped.items()
        if rows_of_one
    )


def spread(rows: Sequence[Row], names: Names) -> tuple[tuple[Section, ...], tuple[Section, ...], tuple[Row, ...]]:
    """The open MUST controls, all others that apply, and those that do not."""
    still_open, others, outside = [], [], []
    for one in rows:
        if one.finding is Finding.NOT_APPLICABLE:
            outside.append(one)
        elif one.finding.is_open and one.level is Level.MUST and one.counts:
            still_open.append(one)
        else:
            others.append(one)
    return by_principle(still_open, names), by_principle(others, names), tuple(outside)


def labels(findings: Iterable[Finding], *, public: bool) -> tuple[str, ...]:
    """The words of the findings that occur, in the order of the findings."""
    there = set(findings)
    return tuple(wording.finding_label(one, public=public) for one in Finding if one in there)


def earlier_remark(version: str) -> tuple[str, ...]:
    """What is said where a project answered a text that has been left behind."""
    if not version:
        return ()
    return (f"Judged against an earlier text: the project's answers were written for catalog {version}.",)
