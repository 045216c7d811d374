"""The graph of prerequisites: order, cycles, chains, and what the absence of a control blocks.

Belongs here: questions about ids and edges. Never here: sentences (`lint_graph`) and scopes (`containment`).

A graph maps an id to its groups of prerequisites; every group needs one of its members, most often its only one.
Ids stand in reading order, and every answer is in that order where the graph leaves it open. Edges to ids that the
graph does not hold are passed over: naming them is the task of `link`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from handrail.catalog.resolve import prerequisites
from handrail.model.catalog import Control

Graph = Mapping[str, tuple[tuple[str, ...], ...]]

# Cycles told of one catalog: the next appear when these are mended.
CYCLES_TOLD = 20


def requires_graph(controls: Iterable[Control]) -> Graph:
    """Id -> its groups of prerequisites."""
    return {control.id: prerequisites(control) for control in controls}


def _edges(graph: Graph) -> dict[str, list[str]]:
    return {
        one: list(dict.fromkeys(m for group in groups for m in group if m in graph)) for one, groups in graph.items()
    }


def cycles(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Paths `a, b, ..., a` along `requires`, each starting at its first id in reading order.

    Without the last edge of each path (and of further ones past `CYCLES_TOLD`) no cycle is left.
    """
    edges = _edges(graph)
    place = {one: i for i, one in enumerate(graph)}
    found: list[tuple[str, ...]] = []
    while len(found) < CYCLES_TOLD:
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            # graphlib gives prerequisites first, closed by the id it began with.
            ring = error.args[1][:0:-1]
            first = ring.index(min(ring, key=place.__getitem__))
            path = (*ring[first:], *ring[: first + 1])
            edges[path[-2]].remove(path[-1])
            found.append(path)
        else:
            break
    return tuple(found)


def topological(graph: Graph) -> tuple[str, ...]:
    """Every id after all members of its groups; in reading order among those that are ready.

    Raises:
        graphlib.CycleError: the graph has a cycle; ask `cycles` first.
    """
    place = {one: i for i, one in enumerate(graph)}
    sorter = TopologicalSorter(_edges(graph))
    sorter.prepare()
    ready: list[tuple[int, str]] = []
    order: list[str] = []
    while sorter.is_active():
        for one in sorter.get_ready():
            heapq.heappush(ready, (place[one], one))
        _, one = heapq.heappop(ready)
        order.append(one)
        sorter.done(one)
    return tuple(order)


def longest_chains(graph: Graph, order: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Id -> the longest path of prerequisites that starts at it, itself included.

    Args:
        graph: a graph without cycles.
        order: its topological order.
    """
    edges = _edges(graph)
    length: dict[str, int] = {}
    following: dict[str, str | None] = {}
    for one in order:
        following[one] = max(edges[one], key=length.__getitem__, default=None)
        after = following[one]
        length[one] = 1 + (length[after] if after is not None else 0)
    # Only heads are spelled out: the path of an id that another one requires is the end of that one's path.
    required = {m for members in edges.values() for m in members}
    return {one: _path(one, following) for one in graph if one not in required}


def _path(start: str, following: Mapping[str, str | None]) -> tuple[str, ...]:
    path: list[str] = []
    step: str | None = start
    while step is not None:
        path.append(step)
        step = following[step]
    return tuple(path)


def blocking_counts(graph: Graph, order: Iterable[str]) -> dict[str, int]:
    """Id -> how many controls cannot be relied on while this one alone is absent.

    A control is blocked if in one of its groups every member is absent or blocked.

    Args:
        graph: a graph without cycles.
        order: its topological order.
    """
    # One bit per id: `by[c]` are the ids whose absence alone blocks c. Whole integers are combined at a time, so
    # that a thousand controls cost a few thousand steps, however they hang together.
    bit = {one: 1 << i for i, one in enumerate(graph)}
    by: dict[str, int] = {}
    columns: list[int] = []
    for one in order:
        blockers = 0
        for group in graph[one]:
            of_group = -1
            for member in group:
                if member in graph:
                    of_group &= bit[member] | by[member]
            blockers |= max(of_group, 0)
        by[one] = blockers
        _count(columns, blockers)
    return {
        one: sum((column >> i & 1) << weight for weight, column in enumerate(columns)) for i, one in enumerate(graph)
    }


def _count(columns: list[int], bits: int) -> None:
    """Add 1 at every set bit, to numbers that are held as columns: bit i of `columns[w]` weighs 2**w."""
    weight = 0
    while bits:
        if weight == len(columns):
            columns.append(0)
        columns[weight], bits = columns[weight] ^ bits, columns[weight] & bits
        weight += 1
