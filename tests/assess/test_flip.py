"""The smallest change that `explain` gives: it flips the finding, nothing less does, and nothing smaller exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.assess.edits import Deed, Edit, cost
from handrail.assess.flip import Flip, Ways, smallest_change
from handrail.catalog.resolve import prerequisites
from handrail.model.bundle import Bundle
from handrail.model.terms import Assurance, Finding
from tests.assess.editing import dressed, open_ways, possible_edits, with_edits
from tests.conformance.run import bundle_of, judged
from tests.property.generate import cases

Case = dict[str, Any]
CASES, MOST, SEED = 300, 12, 20261125
Own = dict[str, dict[frozenset[Edit], tuple[Finding, bool]]]


def small_cases() -> Iterator[tuple[Case, Bundle, str, list[Edit]]]:
    """Cases with an open control that at most `MOST` possible edits bear on; a case that has several gives the widest.

    Half of them have a control that waits for another, so that not all is about single controls.
    """
    dice, lone = Random(SEED), 0
    for plain in cases(SEED, 10**6):
        case = dressed(plain, dice)
        bundle = bundle_of(case["catalog"])
        by_id = {control["id"]: control for control in case["catalog"]["controls"]}
        found: list[tuple[int, str, list[Edit]]] = []
        for one in judged(case, bundle).findings:
            if one.finding.is_open:
                concerned = reach(one.control, bundle)
                edits = [edit for name in sorted(concerned) for edit in possible_edits(case, by_id[name])]
                if len(edits) <= MOST:
                    found.append((len(concerned), one.control, edits))
        if found:
            width, control, edits = max(found, key=lambda one: one[:2])
            lone += width == 1
            if width > 1 or lone <= CASES // 2:
                yield case, bundle, control, edits


def reach(start: str, bundle: Bundle) -> set[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting.extend(m for group in prerequisites(bundle.controls[one]) for m in group)
    return reached


def alone(case: Case, control: str, edits: list[Edit]) -> dict[frozenset[Edit], tuple[Finding, bool]]:
    """For every subset of its edits, what really judging the control by itself gives, and whether it is in scope."""
    only = [dict(c, requires=[]) for c in case["catalog"]["controls"] if c["id"] == control]
    said, there = case["declaration"], case["upstream"]
    small = case | {
        "catalog": case["catalog"] | {"controls": only, "checklists": []},
        "declaration": said | {"controls": just(control, said["controls"]), "checklists": []},
        "observations": just(control, case["observations"]),
        "upstream": {key: one | {"findings": just(control, one["findings"])} for key, one in there.items()},
    }
    bundle = bundle_of(small["catalog"])
    by_subset = {}
    for size in range(len(edits) + 1):
        for some in combinations(edits, size):
            (one,) = judged(with_edits(small, some), bundle).findings
            by_subset[frozenset(some)] = (one.finding, not one.reasons or one.reasons[0].code != "out-of-scope")
    return by_subset


def just(control: str, by_control: Case) -> Case:
    return {one: value for one, value in by_control.items() if one == control}


def brute_force(case: Case, bundle: Bundle, target: str, edits: list[Edit]) -> tuple[int, int] | None:
    """The least cost of a subset that flips the target, from trying all that cost less than one that does."""
    reached = reach(target, bundle)
    order = [one for one in bundle.order if one in reached]
    own: Own = {one: alone(case, one, [e for e in edits if e.control == one]) for one in order}
    priced = [[(part, cost(part)) for part in own[one]] for one in order]
    least: tuple[int, int] | None = None
    for parts in product(*priced):
        price = (sum(one for _, (one, _) in parts), sum(one for _, (_, one) in parts))
        if least is None or price < least:
            there = {one: own[one][part] for one, (part, _) in zip(order, parts, strict=True)}
            if satisfied(target, order, there, bundle):
                least = price
    return least


def satisfied(target: str, order: list[str], there: Mapping[str, tuple[Finding, bool]], bundle: Bundle) -> bool:
    values: dict[str, Finding] = {}
    for one in order:
        least = Finding.NOT_APPLICABLE
        for group in prerequisites(bundle.controls[one]):
            members = [values[m] for m in group if there[m][1]]
            if members:
                least = min(least, max(Finding.UNDETERMINED if m is Finding.NOT_APPLICABLE else m for m in members))
        mine = there[one][0]
        values[one] = mine if mine is Finding.NOT_APPLICABLE else min(mine, max(Finding.UNDETERMINED, least))
    return values[target] is Finding.SATISFIED


def finding(case: Case, bundle: Bundle, control: str) -> Finding:
    return next(one.finding for one in judged(case, bundle).findings if one.control == control)


@pytest.mark.long
def test_the_set_found_is_as_small_as_brute_force_finds_flips_the_finding_and_no_proper_subset_does() -> None:
    met: Counter[str] = Counter()
    for _, (case, bundle, control, edits) in zip(range(CASES), small_cases(), strict=False):
        ways, _ = open_ways(case, bundle)
        flip = smallest_change(control, ways)
        least = brute_force(case, bundle, control, edits)
        assert flip is not None
        assert flip.proven
        assert (cost(flip.edits) if flip.edits is not None else None) == least, (case, flip)
        if flip.edits is None:
            assert flip.obstacles
            met["no change"] += 1
            continue
        assert finding(with_edits(case, flip.edits), bundle, control) is Finding.SATISFIED
        for size in range(len(flip.edits)):
            for some in combinations(flip.edits, size):
                assert finding(with_edits(case, some), bundle, control) is not Finding.SATISFIED
        met.update(names(flip, ways))
    wanted = {*Deed, "no change", "over several controls", "a choice", "signed", "inherited answered", "N/A answered"}
    assert not wanted - met.keys(), "the dice never met these; nothing is proved of them"


def names(flip: Flip, ways: Ways) -> Iterator[str]:
    edits = flip.edits or ()
    yield from {edit.deed for edit in edits}
    if len({edit.control for edit in edits}) > 1:
        yield "over several controls"
    if any(len(group) > 1 for edit in edits for group in ways.clauses[edit.control]):
        yield "a choice"
    if any(edit.code == "alternative-unattested" for edit in edits):
        yield "signed"
    codes = {edit.code for edit in edits if edit.deed is Deed.DECLARE}
    yield from (name for code, name in (("inherited", "inherited answered"), ("not-applicable", "N/A answered"))
                if code in codes)  # fmt: skip


def test_every_open_control_of_larger_cases_is_flipped_or_has_an_obstacle() -> None:
    dice = Random(SEED)
    for plain in cases(SEED + 1, 160):
        case = dressed(plain, dice)
        bundle = bundle_of(case["catalog"])
        ways, findings = open_ways(case, bundle)
        for one, there in findings.items():
            flip = smallest_change(one, ways)
            assert (flip is not None) == there.finding.is_open
            if flip is not None and flip.edits is not None:
                assert finding(with_edits(case, flip.edits), bundle, one) is Finding.SATISFIED
            elif flip is not None:
                assert all(ways.edits[obstacle] is None for obstacle in flip.obstacles)


def edit(control: str, effort: int = 1) -> Edit:
    return Edit(deed=Deed.SUPPLY, control=control, code="evidence-missing", effort=effort, requirement="r",
                tier=Assurance.CLAIMED)  # fmt: skip


def ways_of(edits: Mapping[str, tuple[Edit, ...]], clauses: Mapping[str, tuple[tuple[str, ...], ...]]) -> Ways:
    return Ways(
        order=tuple(edits), open=frozenset(edits), edits=edits, clauses={**dict.fromkeys(edits, ()), **clauses},
        closed_off=frozenset(),
    )  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn) -> Ways:
    """Up to ten controls, later ones requiring earlier ones, with many choices that share members."""
    edits: dict[str, tuple[Edit, ...]] = {}
    clauses: dict[str, tuple[tuple[str, ...], ...]] = {}
    for number in range(draw(st.integers(2, 10))):
        one = f"A-{number}"
        groups = st.lists(st.sampled_from(list(edits)), min_size=1, max_size=4, unique=True) if edits else st.nothing()
        clauses[one] = tuple(tuple(g) for g in draw(st.lists(groups, max_size=4))) if edits else ()
        edits[one] = tuple(edit(one, draw(st.integers(1, 5))) for _ in range(draw(st.integers(0, 3))))
    return ways_of(edits, clauses)


@settings(max_examples=400, deadline=None)
@given(graphs())
def test_among_choices_that_share_members_the_least_set_is_found(ways: Ways) -> None:
    target = ways.order[-1]
    flip = smallest_change(target, ways)
    assert flip is not None
    closed = (
        set(some) for size in range(len(ways.order) + 1) for some in combinations(ways.order, size)
        if target in some and all(not set(some).isdisjoint(group) for one in some for group in ways.clauses[one])
    )  # fmt: skip
    assert flip.proven
    assert cost(flip.edits or ()) == min(cost(e for one in some for e in ways.edits[one] or ()) for some in closed)


def hard() -> Ways:
    """Fewer picks than choices suffice only if shared members are seen; greedy takes one for each."""
    members = [f"A-{number}" for number in range(8)]
    groups = tuple(combinations(members, 2))
    return ways_of({one: (edit(one),) for one in (*members, "B-1")}, {"B-1": groups})


def test_past_its_budget_it_gives_a_change_that_will_do_and_says_that_it_is_not_proven_smallest() -> None:
    within, past = smallest_change("B-1", hard()), smallest_change("B-1", hard(), budget=3)
    assert within is not None
    assert past is not None
    assert (within.proven, len(within.edits or ())) == (True, 8)
    assert not past.proven
    mended = {one.control for one in past.edits or ()}
    assert all(not mended.isdisjoint(group) for group in hard().clauses["B-1"])


@pytest.mark.parametrize("budget", [1, 10])
def test_what_leaves_no_choice_is_proven_within_the_least_budget(budget: int) -> None:
    chain = ways_of({one: (edit(one),) for one in ("A-1", "A-2", "A-3")}, {"A-3": (("A-2",),), "A-2": (("A-1",),)})
    flip = smallest_change("A-3", chain, budget=budget)
    assert flip is not None
    assert (flip.proven, [one.control for one in flip.edits or ()]) == (True, ["A-1", "A-2", "A-3"])
