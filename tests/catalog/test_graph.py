"""The graph of prerequisites, held against slow and simple answers."""

from __future__ import annotations

from graphlib import CycleError
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.catalog.graph import CYCLES_TOLD, Graph, blocking_counts, cycles, longest_chains, topological

NAMES = [f"C-{i:02d}" for i in range(9)]
GROUP = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple)
ANY_GRAPH = st.dictionaries(st.sampled_from(NAMES), st.lists(GROUP, max_size=3).map(tuple), min_size=1)


@st.composite
def acyclic(draw: st.DrawFn) -> Graph:
    """A graph whose edges lead to earlier names of a hidden order; reading order is another one."""
    hidden = draw(st.permutations(NAMES))
    groups = {
        one: tuple(
            tuple(draw(st.lists(st.sampled_from(hidden[:i]), min_size=1, max_size=3, unique=True)))
            for _ in range(draw(st.integers(0, 3)))
        )
        if i
        else ()
        for i, one in enumerate(hidden)
    }
    return {one: groups[one] for one in NAMES}


def edges(graph: Graph) -> set[tuple[str, str]]:
    return {(one, m) for one, groups in graph.items() for group in groups for m in group if m in graph}


def test_a_cycle_is_told_as_its_path_from_its_first_control() -> None:
    graph = {"B": (("C",),), "A": (("B", "X"),), "C": (("A",),)}
    assert cycles(graph) == (("B", "C", "A", "B"),)


def test_a_control_that_names_itself_is_the_shortest_cycle() -> None:
    assert cycles({"A": (("A",),)}) == (("A", "A"),)


def test_two_separate_cycles_are_both_told() -> None:
    graph = {"A": (("B",),), "B": (("A",),), "C": (("D",),), "D": (("C",),)}
    assert cycles(graph) == (("A", "B", "A"), ("C", "D", "C"))


@given(ANY_GRAPH)
def test_cycles_are_real_and_none_is_left_without_their_last_edges(graph: Graph) -> None:
    found = cycles(graph)
    place = {one: i for i, one in enumerate(graph)}
    left = edges(graph)
    for path in found:
        steps = list(pairwise(path))
        assert path[0] == path[-1]
        assert place[path[0]] == min(place[one] for one in path)
        assert set(steps) <= edges(graph)
        left.discard(steps[-1])
    if len(found) < CYCLES_TOLD:
        topological({one: tuple((b,) for a, b in sorted(left) if a == one) for one in graph})
    if found:
        with pytest.raises(CycleError):
            topological(graph)


@given(acyclic())
def test_prerequisites_stand_first_and_reading_order_decides_the_rest(graph: Graph) -> None:
    order = topological(graph)
    place = {one: i for i, one in enumerate(order)}
    assert sorted(order) == sorted(graph)
    assert all(place[needed] < place[one] for one, needed in edges(graph))
    # At each step the first in reading order of those that are ready.
    done: set[str] = set()
    for one in order:
        ready = [c for c in graph if c not in done and all(b in done for a, b in edges(graph) if a == c)]
        assert one == ready[0]
        done.add(one)


def chain_length(graph: Graph, one: str) -> int:
    return 1 + max((chain_length(graph, b) for a, b in edges(graph) if a == one), default=0)


@given(acyclic())
def test_the_longest_chain_of_every_head_is_a_path_of_the_right_length(graph: Graph) -> None:
    chains = longest_chains(graph, topological(graph))
    required = {b for _, b in edges(graph)}
    assert list(chains) == [one for one in graph if one not in required]
    for head, path in chains.items():
        assert path[0] == head
        assert len(path) == chain_length(graph, head)
        assert set(pairwise(path)) <= edges(graph)


def blocked_without(graph: Graph, absent: str) -> set[str]:
    blocked: set[str] = set()
    while True:
        gone = blocked | {absent}
        more = {
            one
            for one, groups in graph.items()
            if one != absent and any(all(m in gone for m in group if m in graph) for group in groups)
        }
        if more == blocked:
            return blocked
        blocked = more


@given(acyclic())
def test_blocking_counts_are_those_of_taking_each_control_away(graph: Graph) -> None:
    assert blocking_counts(graph, topological(graph)) == {one: len(blocked_without(graph, one)) for one in graph}


def test_a_long_chain_costs_no_recursion() -> None:
    graph = {f"C-{i}": ((f"C-{i - 1}",),) if i else () for i in range(3_000)}
    order = topological(graph)
    assert blocking_counts(graph, order)["C-0"] == 2_999
    assert len(longest_chains(graph, order)["C-2999"]) == 3_000
    assert cycles(graph) == ()
