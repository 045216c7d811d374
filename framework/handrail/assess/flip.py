"""The smallest change that would flip a finding to satisfied: over the control and everything that it waits for.

Belongs here: which controls must be mended together, and the least such set. Never here: what mends one control
(`assess.edits`), a sentence.

Edits of one control change nothing of another by themselves, so each control has its own least edits, and what is left
is a choice among prerequisites: where one of several suffices, shared ones make the least set a set-cover problem.
Exact: what is forced is taken at once (unit propagation), then the least open set first (best-first branch and bound,
with a greedy bound). Cost is the number of edits first and their effort second (`assess.edits.Edit`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush

from handrail.assess.answers import TiedAnswer
from handrail.assess.assess import Subject
from handrail.assess.edits import Edit, cost, own_edits
from handrail.assess.evaluate import Context, as_prerequisite
from handrail.catalog.resolve import InForce
from handrail.model.assessment import ControlFinding
from handrail.model.terms import Finding

BUDGET = 20_000
"""How many open sets are looked at before the best known one is given, not proven least; seconds at the very most."""

Clauses = tuple[tuple[str, ...], ...]
"""Prerequisites that are not met yet: of each member one must be mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What would close each open control.

    `order` holds all controls, prerequisites first. `edits` mend a control by itself (None: nothing that could be
    added would), `clauses` are the prerequisites it still waits for. `closed_off` are those that no edits close, by
    themselves or because of what they require. A control declared not applicable is not open, and yet in the way of
    what requires it.
    """

    order: tuple[str, ...]
    open: frozenset[str]
    edits: Mapping[str, tuple[Edit, ...] | None]
    clauses: Mapping[str, Clauses]
    closed_off: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The smallest change for one control: edits in an order in which they can be made.

    `proven` says that no smaller change exists. Where none exists at all, `edits` is None and `obstacles` names the
    controls at which nothing that could be added would help.
    """

    control: str
    edits: tuple[Edit, ...] | None
    proven: bool = True
    obstacles: tuple[str, ...] = ()


def ways_to_close(
    controls: tuple[InForce, ...],
    answers: Mapping[str, TiedAnswer],
    subject: Subject,
    findings: Mapping[str, ControlFinding],
    *,
    as_of: date,
) -> Ways:
    """Work out, for every control that is not satisfied, what would close it; controls come prerequisites first."""
    context = Context(project=subject.declaration.project.id, as_of=as_of, upstream=subject.upstream)
    edits: dict[str, tuple[Edit, ...] | None] = {}
    clauses: dict[str, Clauses] = {}
    closed_off: set[str] = set()
    for control in controls:
        one = control.control.id
        if not control.scope.in_scope or findings[one].finding is Finding.SATISFIED:
            continue
        edits[one] = own_edits(control, answers.get(one), subject.observations.get(one, ()), context)
        clauses[one] = _unmet(control, findings)
        if edits[one] is None or any(closed_off.issuperset(group) for group in clauses[one]):
            closed_off.add(one)
    order = tuple(control.control.id for control in controls)
    still_open = frozenset(one for one in edits if findings[one].finding.is_open)
    return Ways(order=order, open=still_open, edits=edits, clauses=clauses, closed_off=frozenset(closed_off))


def smallest_change(control: str, ways: Ways, *, budget: int = BUDGET) -> Flip | None:
    """The smallest change that makes an open control satisfied; None for one that is not open."""
    if control not in ways.open:
        return None
    if control in ways.closed_off:
        return Flip(control=control, edits=None, obstacles=_obstacles(control, ways))
    mended, proven = _least(control, ways, budget)
    edits = tuple(edit for one in ways.order if one in mended for edit in ways.edits[one] or ())
    return Flip(control=control, edits=edits, proven=proven)


def _unmet(control: InForce, findings: Mapping[str, ControlFinding]) -> Clauses:
    unmet: list[tuple[str, ...]] = []
    for group in control.requires:
        values = {m: as_prerequisite(findings[m]) for m in group if m in findings}
        members = tuple(m for m, value in values.items() if value is not None)
        if members and all(values[m] is not Finding.SATISFIED for m in members):
            unmet.append(members)
    return tuple(unmet)


def _obstacles(control: str, ways: Ways) -> tuple[str, ...]:
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [control]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if ways.edits[one] is None:
            found.add(one)
        waiting.extend(m for group in ways.clauses[one] if ways.closed_off.issuperset(group) for m in group)
    return tuple(one for one in ways.order if one in found)


def _least(control: str, ways: Ways, budget: int) -> tuple[frozenset[str], bool]:
    """The least set of controls to mend, and whether it is proven to be the least."""
    search = _Search(ways)
    first, choices = search.with_one_more(frozenset(), control, ())
    best = search.greedy(first, choices)
    bound = search.price(best)
    heap = [(search.price(first), 0, first, choices)]
    seen = {first}
    for _ in range(budget):
        if not heap or heap[0][0] >= bound:
            return best, True
        least, _, mended, choices = heappop(heap)
        if not choices:
            return mended, True
        for member in min(choices, key=len):
            wider, left = search.with_one_more(mended, member, choices)
            price = _sum(least, search.price(wider - mended))
            if wider in seen or price >= bound:
                continue
            seen.add(wider)
            heappush(heap, (price, len(seen), wider, left))
            if not left:
                best, bound = wider, price
    return best, False


class _Search:
    """The controls that can be mended: what each costs, and which choices it opens."""

    def __init__(self, ways: Ways) -> None:
        self._prices = {one: cost(edits or ()) for one, edits in ways.edits.items()}
        self._groups = {
            one: tuple(tuple(m for m in group if m not in ways.closed_off) for group in groups)
            for one, groups in ways.clauses.items()
        }

    def price(self, mended: Iterable[str]) -> tuple[int, int]:
        """Edits and effort of mending all of these."""
        total = (0, 0)
        for one in mended:
            total = _sum(total, self._prices[one])
        return total

    def with_one_more(self, mended: frozenset[str], more: str, waiting: Clauses) -> tuple[frozenset[str], Clauses]:
        """The set with one more and with everything that this forces, and the choices that are left."""
        together, left, todo = set(mended), list(waiting), [more]
        while todo:
            one = todo.pop()
            if one not in together:
                together.add(one)
                for group in self._groups[one]:
                    if len(group) == 1:
                        todo.append(group[0])
                    else:
                        left.append(group)
        return frozenset(together), tuple(group for group in left if together.isdisjoint(group))

    def greedy(self, mended: frozenset[str], choices: Clauses) -> frozenset[str]:
        """A set that will do, not always the least: always the member that meets most choices for its price."""
        while choices:
            meets = Counter(member for group in choices for member in group)
            best = min(meets, key=lambda one: tuple(part / meets[one] for part in self._prices[one]))
            mended, choices = self.with_one_more(mended, best, choices)
        return mended


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
