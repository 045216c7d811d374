"""What a changed catalog does to a project: both catalogs judge it, today and on each day that could matter.

Belongs here: which controls can be concerned, the days to look at, and what differs. Never here: reading projects
(`workspace.impact`), counting over many and sentences (`report.impact`).

Only what a change can reach is judged: the controls it touches, what requires them, and what all of those require.
Days ahead are those on which an escalation begins or ends, evidence begins to count, or what is shown by the new
catalog runs out; between them no gap can open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from handrail.assess.answers import TiedAnswer
from handrail.assess.assess import Subject, controls_in_force, judge_subject
from handrail.assess.review import texts_that_stand
from handrail.catalog.classes import Class
from handrail.catalog.compare import Comparison
from handrail.catalog.resolve import InForce, closure, prerequisites, selected
from handrail.model.assessment import ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.terms import Finding, Level, SelectedBy
from handrail.model.vocabulary import Release

AHEAD = timedelta(days=731)
"""Two years: every age and every waiver of the catalog has run out by then, as `forecast` has it."""

KEPT = 500
"""Sorts of projects, by facts, checklists and day, of which what binds them is kept at once."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A control of one project that is not as it was; a finding is None where the control does not count.

    `review`: its answer stands for another text now. `gap_from` is the first day on which it is an open MUST and was
    none, `gap_closed` says that it was one today and is none.
    """

    control: str
    before: Finding | None
    after: Finding | None
    review: bool
    gap_from: date | None
    gap_closed: bool

    @property
    def moved(self) -> bool:
        """Its finding today is another."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectImpact:
    """What becomes of one project. `unread` names what the new catalog does not know of it, as `kind id`."""

    project: str
    shifts: tuple[Shift, ...]
    unread: tuple[str, ...] = ()

    @property
    def concerned(self) -> bool:
        """Anything changes for it."""
        return bool(self.shifts or self.unread)


_Judged = tuple[Mapping[str, ControlFinding], Mapping[str, TiedAnswer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """One catalog, and the controls that it is asked for. What binds projects that are alike is worked out once.

    `turns` are the days on which what binds may become another: between two of them it is the same.
    """

    bundle: Bundle
    digest: str
    wanted: frozenset[str]
    turns: tuple[date, ...]
    known: dict[tuple[object, ...], tuple[InForce, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, bundle: Bundle, digest: str, reached: frozenset[str]) -> Judge:
        """Prepare to judge the controls that are reached, and what they require."""
        wanted = closure(reached & bundle.controls.keys(), bundle)
        days = {
            day
            for one in wanted
            for escalation in bundle.controls[one].escalates
            for day in (escalation.start, escalation.until and escalation.until + _ONE_DAY)
            if day is not None
        }
        return cls(bundle=bundle, digest=digest, wanted=wanted, turns=tuple(sorted(days)))

    def judge(self, subject: Subject, day: date, only: frozenset[str] | None = None) -> _Judged:
        """Findings of the wanted controls, or of some of them and what those require, and the answers they rest on."""
        said = subject.declaration
        key = (tuple(sorted(said.facts.items())), said.checklists, bisect_right(self.turns, day))
        if key not in self.known:
            if len(self.known) >= KEPT:
                self.known.clear()
            controls = controls_in_force(self.bundle, said, as_of=day)
            self.known[key] = tuple(one for one in controls if one.control.id in self.wanted)
        controls = self.known[key]
        if only is not None:
            needed = closure(only & self.bundle.controls.keys(), self.bundle)
            controls = tuple(one for one in controls if one.control.id in needed)
        return judge_subject(self.bundle, self.digest, subject, controls, as_of=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Both catalogs, the controls that the change can reach, and the days ahead on which a level may change.

    The controls stand in the order of the catalog.
    """

    old: Judge
    new: Judge
    reached: tuple[str, ...]
    days: tuple[date, ...]
    as_of: date

    @classmethod
    def of(cls, old: tuple[Bundle, str], new: tuple[Bundle, str], comparison: Comparison, *, as_of: date) -> Impact:
        """Prepare to judge.

        Args:
            old: the catalog before, and its digest.
            new: the catalog after, and its digest. Answers pinned to the old one stay tied to its texts, as if it had
                been released.
            comparison: of the two.
            as_of: the UTC day to judge by.
        """
        was, now = old[0], _knowing(new[0], *old)
        reached = _reached(was, now, comparison)
        judges = [Judge.of(one, digest, reached) for one, digest in ((was, old[1]), (now, new[1]))]
        days = {day for one in judges for day in one.turns if as_of < day <= as_of + AHEAD}
        order = tuple(one for one in now.controls | was.controls if one in reached)
        return cls(old=judges[0], new=judges[1], reached=order, days=tuple(sorted(days)), as_of=as_of)

    def on(self, project: str, before: Subject, after: Subject, unread: tuple[str, ...]) -> ProjectImpact:
        """Judge one project by both.

        Args:
            project: what it is called.
            before: the project as the old catalog reads it.
            after: as the new one does; what that cannot read is left out (`assess.fit`).
            unread: what was left out.
        """
        judged = self._both(before, after, self.as_of)
        was, now = (_counting(one) for one, _ in judged)
        gaps = self._gaps(before, after, judged)
        shifts = []
        for control in self.reached:
            shift = Shift(
                control=control,
                before=was[control].finding if control in was else None,
                after=now[control].finding if control in now else None,
                review=control in now and self._reopened(control, judged[0][1], judged[1][1]),
                gap_from=gaps.get(control),
                gap_closed=_is_gap(was.get(control)) and not _is_gap(now.get(control)),
            )
            if shift.moved or shift.review or shift.gap_from or shift.gap_closed:
                shifts.append(shift)
        return ProjectImpact(project=project, shifts=tuple(shifts), unread=unread)

    def _both(
        self, before: Subject, after: Subject, day: date, only: frozenset[str] | None = None
    ) -> tuple[_Judged, _Judged]:
        # A project all of whose checklists are gone chose something, and must not be judged by everything.
        homeless = before.declaration.checklists and not after.declaration.checklists
        return self.old.judge(before, day, only), ({}, {}) if homeless else self.new.judge(after, day, only)

    def _gaps(self, before: Subject, after: Subject, today: tuple[_Judged, _Judged]) -> dict[str, date]:
        """Control -> the first day on which it is an open MUST by the new catalog and not by the old one."""
        found: dict[str, date] = {}
        # Day -> the controls to look at. What binds, or what counts, may change for all on some days.
        waiting = dict.fromkeys(
            {self.as_of, *self.days, *_begins((before, after), self.as_of)}, frozenset(self.reached)
        )
        while waiting:
            day = min(waiting)
            only = waiting.pop(day)
            judged = today if day == self.as_of else self._both(before, after, day, only)
            was, now = (_counting(one) for one, _ in judged)
            for one in only & now.keys():
                if _is_gap(now[one]) and not _is_gap(was.get(one)):
                    found.setdefault(one, day)
                elif (end := _end(was.get(one), now[one])) is not None and end <= self.as_of + AHEAD:
                    waiting[end] = waiting.get(end, frozenset()) | {one}
        return found

    def _reopened(self, control: str, was: Mapping[str, TiedAnswer], now: Mapping[str, TiedAnswer]) -> bool:
        """The answer stood for a text that the old catalog took, and the new one does not."""
        old, new = was.get(control), now.get(control)
        if old is None or new is None or control not in self.old.bundle.controls:
            return False
        stood = old.tied_to in texts_that_stand(control, self.old.bundle)
        return stood and new.tied_to not in texts_that_stand(control, self.new.bundle)


def _knowing(new: Bundle, old: Bundle, digest: str) -> Bundle:
    """The new catalog with the old one among its releases."""
    entry = Release.made(
        {
            "version": old.catalog.version,
            "date": date.min,
            "digest": digest,
            "fingerprints": old.fingerprints,
        }
    )
    return new.model_copy(update={"releases": (*new.releases, *old.releases, entry)})


def _reached(old: Bundle, new: Bundle, comparison: Comparison) -> frozenset[str]:
    every = frozenset((*old.controls, *new.controls))
    if old.attestors != new.attestors or any(
        one.at in {*old.facts, *new.facts} and one.class_ > Class.EDITORIAL for one in comparison.changes
    ):
        return every
    touched = {one.at for one in comparison.changes if one.class_ > Class.CLARIFYING or one.is_error} & every
    touched |= {one.before for one in comparison.changes if one.kind == "control-renamed" and one.before}
    touched |= _by_checklists(old, new)
    while True:
        further = {
            control.id
            for bundle in (old, new)
            for control in bundle.controls.values()
            if control.id not in touched and any(not touched.isdisjoint(group) for group in prerequisites(control))
        }
        if not further:
            return frozenset(touched)
        touched |= further


def _by_checklists(old: Bundle, new: Bundle) -> set[str]:
    """Controls that some checklist selects or changes otherwise than before."""
    lists = [{one.checklist.id: one for one in bundle.checklists} for bundle in (old, new)]
    touched: set[str] = set()
    for name in lists[0].keys() | lists[1].keys():
        picked = [
            {(one, repr(each[name].tailoring.get(one))) for one in selected(each[name], bundle)}
            if name in each
            else set()
            for each, bundle in zip(lists, (old, new), strict=True)
        ]
        touched |= {one for one, _ in picked[0] ^ picked[1]}
    return touched


def _counting(findings: Mapping[str, ControlFinding]) -> dict[str, ControlFinding]:
    return {one: f for one, f in findings.items() if f.selected_by is SelectedBy.CHECKLIST}


def _is_gap(finding: ControlFinding | None) -> bool:
    return finding is not None and finding.level is Level.MUST and finding.finding.is_open


def _end(was: ControlFinding | None, now: ControlFinding) -> date | None:
    """The day on which a MUST is no longer shown as it is; None if it never is, or is a gap by the old catalog too.

    Such a gap stays one until a day on which all are looked at.
    """
    if now.valid_until is None or now.finding.is_open or now.level is not Level.MUST or _is_gap(was):
        return None
    return now.valid_until + _ONE_DAY


def _begins(subjects: Iterable[Subject], as_of: date) -> set[date]:
    """The days to come from which evidence counts that bears them already."""
    seen = (each for one in subjects for observed in one.observations.values() for each in observed)
    return {one.date for one in seen if one.date is not None and as_of < one.date <= as_of + AHEAD}
