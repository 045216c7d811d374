"""What a changed catalog does to the registered projects: counts for everyone, names for a private run.

Belongs here: counting over projects, and the words for it. Never here: judging (`assess.impact`); layout
(`report.outline`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.assess.impact import ProjectImpact, Shift
from handrail.model.terms import Finding
from handrail.report.agreement import number, verb
from handrail.report.outline import Item, Outline, Section
from handrail.report.wording import finding_label

NOTE = "This informs and decides nothing: no exit code follows from it."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactInput:
    """What became of each project; `named` allows their names. `titles` are those of the controls."""

    projects: tuple[ProjectImpact, ...]
    as_of: date
    titles: Mapping[str, str]
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlImpact:
    """How many projects one control changes for: by finding before and after, and by the first day of a MUST gap."""

    control: str
    moves: Mapping[tuple[Finding | None, Finding | None], int]
    review: int
    gaps: Mapping[date, int]
    closed: int


def by_control(given: ImpactInput) -> tuple[ControlImpact, ...]:
    """Count for each control that changes for some project, in the order of the catalog."""
    shifts: dict[str, list[Shift]] = {one: [] for one in given.titles}
    for project in given.projects:
        for shift in project.shifts:
            shifts.setdefault(shift.control, []).append(shift)
    return tuple(
        ControlImpact(
            control=control,
            moves=Counter((one.before, one.after) for one in some if one.moved),
            review=sum(one.review for one in some),
            gaps=Counter(sorted(one.gap_from for one in some if one.gap_from is not None)),
            closed=sum(one.gap_closed for one in some),
        )
        for control, some in shifts.items()
        if some
    )


def outline(given: ImpactInput) -> Outline:
    """The impact as an outline."""
    unread = Counter(one for project in given.projects for one in project.unread)
    sections = [
        Section("By control", tuple(_control(one, given) for one in by_control(given))),
        Section(
            "Not known to the new catalog, and left out above",
            tuple(Item(f"{what}: {number(count, 'project')}") for what, count in sorted(unread.items())),
        ),
    ]
    if given.named:
        sections.append(Section("By project", tuple(_project(one) for one in given.projects if one.concerned)))
    return Outline(
        title=f"Impact on {number(len(given.projects), 'project')}, as of {given.as_of.isoformat()}",
        lines=tuple(_sums(given)),
        sections=tuple(one for one in sections if one.items),
        tail=(NOTE,),
    )


def _sums(given: ImpactInput) -> Iterator[str]:
    every = given.projects
    concerned = sum(one.concerned for one in every)
    yield f"{number(concerned, 'project')} {verb(concerned, 'is', 'are')} concerned, {len(every) - concerned} not."
    told = {
        "a finding changes today": sum(any(s.moved for s in one.shifts) for one in every),
        "a MUST gap opens, today or later": sum(any(s.gap_from for s in one.shifts) for one in every),
        "a MUST gap closes today": sum(any(s.gap_closed for s in one.shifts) for one in every),
        "an answer stands for an earlier text and is to be reviewed": sum(
            any(s.review for s in one.shifts) for one in every
        ),
        "the declaration names what the new catalog does not have": sum(bool(one.unread) for one in every),
    }
    yield from (f"{number(count, 'project')}: {what}." for what, count in told.items() if count)


def _control(one: ControlImpact, given: ImpactInput) -> Item:
    lines = [
        f"{label(before)} \u2192 {label(after)}: {number(n, 'project')}" for (before, after), n in one.moves.items()
    ]
    if one.review:
        lines.append(f"Answer to be reviewed: {number(one.review, 'project')}")
    lines += [f"MUST gap from {_day(day, given.as_of)}: {number(n, 'project')}" for day, n in one.gaps.items()]
    if one.closed:
        lines.append(f"MUST gap closed: {number(one.closed, 'project')}")
    return Item(f"{one.control} {given.titles.get(one.control, '')}".rstrip(), tuple(lines))


def _project(one: ProjectImpact) -> Item:
    lines = [f"{shift.control}: {'; '.join(_shift(shift))}" for shift in one.shifts]
    lines += [f"not known to the new catalog: {what}" for what in one.unread]
    return Item(one.project, tuple(lines))


def _shift(one: Shift) -> Iterator[str]:
    if one.moved:
        yield f"{label(one.before)} \u2192 {label(one.after)}"
    if one.review:
        yield "answer to be reviewed"
    if one.gap_from is not None:
        yield f"MUST gap from {one.gap_from.isoformat()}"
    if one.gap_closed:
        yield "MUST gap closed"


def _day(day: date, as_of: date) -> str:
    return "today" if day == as_of else day.isoformat()


def label(finding: Finding | None) -> str:
    """A finding as reports name it; None: the control does not count."""
    return "not counted" if finding is None else finding_label(finding)


def values(given: ImpactInput) -> dict[str, object]:
    """The impact as JSON values."""
    unread = Counter(one for project in given.projects for one in project.unread)
    return {
        "as_of": given.as_of.isoformat(),
        "projects": len(given.projects),
        "concerned": sum(one.concerned for one in given.projects),
        "controls": [
            {
                "id": one.control,
                "moves": [
                    {"before": _word(before), "after": _word(after), "projects": n}
                    for (before, after), n in one.moves.items()
                ],
                "review": one.review,
                "must_gaps": [{"from": day.isoformat(), "projects": n} for day, n in one.gaps.items()],
                "must_gaps_closed": one.closed,
            }
            for one in by_control(given)
        ],
        "unread": [{"id": what, "projects": count} for what, count in sorted(unread.items())],
        **({"named": [_named(one) for one in given.projects if one.concerned]} if given.named else {}),
    }


def _named(one: ProjectImpact) -> dict[str, object]:
    return {
        "id": one.project,
        "shifts": [
            {
                "id": shift.control,
                "before": _word(shift.before),
                "after": _word(shift.after),
                "review": shift.review,
                "must_gap_from": shift.gap_from.isoformat() if shift.gap_from else None,
                "must_gap_closed": shift.gap_closed,
            }
            for shift in one.shifts
        ],
        "unread": list(one.unread),
    }


def _word(finding: Finding | None) -> str | None:
    return None if finding is None else finding.value
