"""Geometry that the pictures share: text in lines, and boxes in layers from what comes first to what rests on it.

Belongs here: numbers for drawings, the same for the same input. Never here: what a picture shows, and its SVG
(`templates/`). Lengths are in units of the drawing, about a CSS pixel each.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 152, 64
"""Size of a box that holds an id and three lines of title; four stand side by side beside the menu."""
_ACROSS, _DOWN = 30, 12  # gaps between boxes
_SWEEPS = 6  # orders settle after a few; more changes nothing in the catalogs that we have


@dataclass(frozen=True, slots=True)
class Box:
    """Where the box of an id stands, by its upper left corner."""

    id: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from what comes first to what rests on it; `path` is the data of an SVG path."""

    before: str
    after: str
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A layered picture: the first layer at the left, and every arrow to the right."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def wrapped(text: str, *, width: int, lines: int) -> tuple[str, ...]:
    """A text in at most so many lines of about so many characters; what is left out shows as an ellipsis."""
    return tuple(textwrap.wrap(" ".join(text.split()), width, max_lines=lines, placeholder="\N{HORIZONTAL ELLIPSIS}"))


def layered(ids: Sequence[str], edges: Iterable[tuple[str, str]]) -> Drawing:
    """Lay out a graph without cycles.

    Each box stands one layer after the last of what comes before it; a line over several layers keeps a place free in
    each between; orders follow the mean of the neighbours' places.

    Args:
        ids: the boxes, in the order that decides where nothing else does.
        edges: pairs (before, after) of those ids.
    """
    wanted = tuple(dict.fromkeys(edges))
    layer = _layers(ids, wanted)
    chains = {edge: _chain(edge, layer) for edge in wanted}
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for one in ids:
        columns[layer[one]].append(one)
    for chain in chains.values():
        for step, free in enumerate(chain[1:-1], start=1):
            columns[layer[chain[0]] + step].append(free)
    _settle(columns, [pair for chain in chains.values() for pair in pairwise(chain)])
    rows = max((len(column) for column in columns.values()), default=0)
    place: dict[str, tuple[int, int]] = {}
    for at, column in columns.items():
        top = (rows - len(column)) * (HEIGHT + _DOWN) // 2
        for row, one in enumerate(column):
            place[one] = (at * (WIDTH + _ACROSS), top + row * (HEIGHT + _DOWN))
    return Drawing(
        width=max(len(columns) * (WIDTH + _ACROSS) - _ACROSS, 0),
        height=max(rows * (HEIGHT + _DOWN) - _DOWN, 0),
        boxes=tuple(Box(one, *place[one]) for one in ids),
        arrows=tuple(Arrow(*edge, _path([place[one] for one in chain])) for edge, chain in chains.items()),
    )


def _layers(ids: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Id -> the length of the longest way to it."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    for first, after in edges:
        before[after].append(first)
    found: dict[str, int] = {}

    def depth(one: str) -> int:
        if one not in found:
            found[one] = 1 + max((depth(first) for first in before[one]), default=-1)
        return found[one]

    return {one: depth(one) for one in ids}


def _chain(edge: tuple[str, str], layer: Mapping[str, int]) -> tuple[str, ...]:
    """The two ends of a line with a name for each place that it keeps free between them; no id holds a space."""
    first, after = edge
    free = (f"{first} {after} {at}" for at in range(layer[first] + 1, layer[after]))
    return (first, *free, after)


def _settle(columns: Mapping[int, list[str]], pairs: Sequence[tuple[str, str]]) -> None:
    """Order the members of each column by the mean place of their neighbours, from the left and back, some times."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    after: defaultdict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        before[second].append(first)
        after[first].append(second)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        neighbours = before if forward else after
        # Places count from the middle of a column, since that is where it is drawn.
        place = {one: row - (len(column) - 1) / 2 for column in columns.values() for row, one in enumerate(column)}
        for at in sorted(columns, reverse=not forward):
            means = {
                one: sum(place[n] for n in neighbours[one]) / len(neighbours[one]) if neighbours[one] else place[one]
                for one in columns[at]
            }
            columns[at].sort(key=means.__getitem__)
            place |= {one: row - (len(columns[at]) - 1) / 2 for row, one in enumerate(columns[at])}


def _path(points: Sequence[tuple[int, int]]) -> str:
    """A smooth line from the right side of the first box, straight through each free place, to the last one's left."""
    x, y = points[0][0] + WIDTH, points[0][1] + HEIGHT // 2
    parts = [f"M{x} {y}"]
    for at, (left, top) in enumerate(points[1:], start=1):
        middle = top + HEIGHT // 2
        bend = (x + left) // 2
        parts.append(f"C{bend} {y} {bend} {middle} {left} {middle}")
        if at < len(points) - 1:
            parts.append(f"H{left + WIDTH}")
        x, y = left + WIDTH, middle
    return "".join(parts)
