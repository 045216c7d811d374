"""What to do next: the open controls in an order in which they can be closed.

Belongs here: the order, and what each step frees. Never here: a sentence (`report.wording`), what closes one control
(`assess.edits`).

A step is an open control, or a control outside the list that one of them requires: closing only what waits would
change nothing. Open MUST controls and what they wait for come first, then SHOULD, then MAY. Prerequisites stand before
their dependents; among those that can be begun, the one that frees most for its effort; then reading order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handrail.assess.evaluate import as_prerequisite
from handrail.assess.summary import counted
from handrail.assess.waivers import is_waived
from handrail.catalog.resolve import closure, prerequisites
from handrail.model.assessment import Assessment, ControlFinding, Reason
from handrail.model.bundle import Bundle
from handrail.model.terms import Effort, Finding, Level

if TYPE_CHECKING:  # only `plan` and `explain` work out edits, and a check must not wait for that
    from handrail.assess.answers import TiedAnswer
    from handrail.assess.edits import Edit
    from handrail.assess.flip import Ways

_BACKGROUND = ("inherited", "partial", "alternative-unattested")
"""Reasons that any other reason beside them makes more precise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: a control, the reason code that says what to do, and how many open MUST controls wait for it."""

    control: str
    code: str
    unblocks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step of the whole order.

    `closes` is the level for whose sake it is done, which for a prerequisite may be stricter than its own. `unblocks`
    are the controls, in reading order, that all the rest of the plan would leave open without this step; `after` are
    the steps of which that is true of this one.
    `edits` is what closes it (`assess.edits`), or None where nothing that could be added would. `owner` and `due` are
    as declared.
    """

    control: str
    finding: ControlFinding
    closes: Level
    effort: Effort
    code: str
    after: tuple[str, ...]
    unblocks: tuple[str, ...]
    edits: tuple[Edit, ...] | None
    owner: str | None
    due: date | None
    waived_until: date | None


def next_steps(assessment: Assessment, bundle: Bundle, limit: int = 3) -> tuple[Step, ...]:
    """The first `limit` steps towards closing every open MUST control."""
    order = _Order(assessment, bundle)
    steps: list[Step] = []
    for one in order.towards([one for one in assessment.summary.open_must if one in order.findings]):
        if len(steps) >= limit:
            break
        steps.append(Step(control=one, code=principal_code(order.findings[one].reasons), unblocks=order.unblocks[one]))
    return tuple(steps)


def remediation_plan(
    assessment: Assessment, bundle: Bundle, answers: Mapping[str, TiedAnswer], ways: Ways
) -> tuple[PlannedStep, ...]:
    """Every step towards closing every open control, in order.

    Args:
        assessment: the run to start from.
        bundle: the catalog judged by.
        answers: give owner and day.
        ways: what closes each open control (`assess.flip`). Where one of several alternatives suffices, one that
            nothing could close is asked for only if there is no other.
    """
    order = _Order(assessment, bundle, closed_off=ways.closed_off)
    steps: list[tuple[str, Level]] = []
    for level in reversed(Level):
        wanted = [one for one in counted(order.findings.values()) if one.level is level and one.finding.is_open]
        steps += [(one, level) for one in order.towards([one.control for one in wanted])]
    frees = _frees([one for one, _ in steps], ways)
    return tuple(
        PlannedStep(
            control=one,
            finding=order.findings[one],
            closes=level,
            effort=bundle.controls[one].effort,
            code=principal_code(order.findings[one].reasons),
            after=tuple(other for other, _ in steps if one in frees[other]),
            unblocks=tuple(other for other in bundle.controls if other in frees[one]),
            edits=ways.edits.get(one),
            owner=answers[one].answer.owner if one in answers else None,
            due=answers[one].answer.due if one in answers else None,
            waived_until=_waived_until(order.findings[one]),
        )
        for one, level in steps
    )


def _frees(steps: list[str], ways: Ways) -> dict[str, set[str]]:
    """Step -> the controls that would be open if all of the plan were done but this step."""
    placed = set(steps)
    never = {one for one, edits in ways.edits.items() if edits != () and one not in placed}

    def held(undone: set[str]) -> set[str]:
        found: set[str] = set()
        for one in ways.order:
            if one in undone or any(found.issuperset(group) for group in ways.clauses.get(one, ())):
                found.add(one)
        return found

    anyway = held(never)
    return {one: (held(never | {one}) - anyway - {one}) & (ways.open | placed) for one in steps}


def _waived_until(finding: ControlFinding) -> date | None:
    return finding.waiver.expires if finding.waiver is not None and is_waived(finding) else None


class _Order:
    """The steps of one assessment, taken out one after the other; what was taken once is not taken again."""

    def __init__(self, assessment: Assessment, bundle: Bundle, *, closed_off: frozenset[str] = frozenset()) -> None:
        self.findings = {one.control: one for one in assessment.findings if one.control in bundle.controls}
        self.needs: dict[str, frozenset[str]] = {}
        self.unblocks: Counter[str] = Counter()
        self._bundle = bundle
        self._closed_off = closed_off
        self._place = {one: number for number, one in enumerate(bundle.controls)}
        self._taken: set[str] = set()

    def towards(self, wanted: list[str]) -> Iterator[str]:
        """The controls to close so that all the wanted ones are, leaving out those that only wait."""
        self.needs |= _needs(wanted, self.findings, self._bundle, self._closed_off)
        reached = {one: self.reached(one) for one in wanted}
        self.unblocks = Counter(one for start, all_of_them in reached.items() for one in all_of_them if one != start)
        waiting = set[str]().union(*reached.values()) - self._taken
        while waiting:
            ready = [one for one in waiting if waiting.isdisjoint(self.needs[one])]
            if not ready:  # a cycle, which lint refuses
                break
            best = min(ready, key=self._worth)
            waiting.remove(best)
            self._taken.add(best)
            if self.findings[best].own is not Finding.SATISFIED:
                yield best

    def reached(self, start: str) -> set[str]:
        """A control and everything that it waits for."""
        reached: set[str] = set()
        waiting = [start]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting.extend(self.needs[one])
        return reached

    def _worth(self, one: str) -> tuple[float, int]:
        return -self.unblocks[one] / self._bundle.controls[one].effort.work, self._place[one]


def principal_code(reasons: tuple[Reason, ...]) -> str:
    """The reason that says most about what to do."""
    codes = [one.code for one in reasons]
    return next((one for one in codes if one not in _BACKGROUND), codes[0])


def _needs(
    wanted: list[str], findings: Mapping[str, ControlFinding], bundle: Bundle, closed_off: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Control -> the prerequisites that stand in its way, for everything that the wanted controls may reach.

    Of alternatives the one that has come furthest counts, so that the plan never asks for two where one suffices.
    """
    needs: dict[str, frozenset[str]] = {}
    for one in closure(wanted, bundle):
        in_the_way = set()
        for group in prerequisites(bundle.controls[one]):
            standing = {m: as_prerequisite(findings[m]) for m in group if m in findings}
            in_scope = {m: value for m, value in standing.items() if value is not None}
            if in_scope and max(in_scope.values()) < Finding.SATISFIED:
                in_the_way.add(max(in_scope, key=lambda m: (m not in closed_off, in_scope[m])))
        needs[one] = frozenset(in_the_way)
    return needs
