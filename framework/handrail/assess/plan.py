"""What to do next: the open controls in an order in which they can be closed.

Belongs here: the order, and what each step frees. Never here: a sentence (`report.wording`) or a date.

A step is an open MUST control, or a control outside that list that one of them requires: closing only what waits
would change nothing. Prerequisites stand before their dependents; among those that can be begun, the one that frees
most for its effort; then reading order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from handrail.assess.evaluate import as_prerequisite
from handrail.catalog.resolve import closure, prerequisites
from handrail.model.assessment import Assessment, ControlFinding, Reason
from handrail.model.bundle import Bundle
from handrail.model.terms import Effort, Finding

_WORK = {Effort.S: 1, Effort.M: 2, Effort.L: 4}
"""How the sizes compare; each about twice the one before."""

_BACKGROUND = ("inherited", "partial", "alternative-unattested")
"""Reasons that any other reason beside them makes more precise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: a control, the reason code that says what to do, and how many open MUST controls wait for it."""

    control: str
    code: str
    unblocks: int


def next_steps(assessment: Assessment, bundle: Bundle, limit: int = 3) -> tuple[Step, ...]:
    """The first `limit` steps towards closing every open MUST control."""
    findings = {one.control: one for one in assessment.findings if one.control in bundle.controls}
    wanted = [one for one in assessment.summary.open_must if one in findings]
    needs = _needs(wanted, findings, bundle)
    reached = {one: _reached(one, needs) for one in wanted}
    unblocks = Counter(one for start, all_of_them in reached.items() for one in all_of_them if one != start)
    place = {one: number for number, one in enumerate(bundle.controls)}

    def worth(one: str) -> tuple[float, int]:
        return -unblocks[one] / _WORK[bundle.controls[one].effort], place[one]

    steps: list[Step] = []
    waiting = set[str]().union(*reached.values())
    while waiting and len(steps) < limit:
        ready = [one for one in waiting if waiting.isdisjoint(needs[one])]
        if not ready:  # a cycle, which lint refuses
            break
        best = min(ready, key=worth)
        waiting.remove(best)
        if findings[best].own is not Finding.SATISFIED:
            steps.append(Step(control=best, code=principal_code(findings[best].reasons), unblocks=unblocks[best]))
    return tuple(steps)


def principal_code(reasons: tuple[Reason, ...]) -> str:
    """The reason that says most about what to do."""
    codes = [one.code for one in reasons]
    return next((one for one in codes if one not in _BACKGROUND), codes[0])


def _needs(wanted: list[str], findings: Mapping[str, ControlFinding], bundle: Bundle) -> dict[str, frozenset[str]]:
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
                in_the_way.add(max(in_scope, key=lambda m: in_scope[m]))
        needs[one] = frozenset(in_the_way)
    return needs


def _reached(start: str, needs: Mapping[str, frozenset[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting.extend(needs[one])
    return reached
