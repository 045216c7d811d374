"""What rests on what: a picture for each principle, and the controls on which most others rest.

Belongs here: which controls and lines stand in which picture. Never here: where they stand in it (`pictures`). One
picture of the whole would be a knot that nobody reads; so each principle is drawn with its direct neighbours, and a
line between two principles stands in the pictures of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handrail.catalog.graph import blocking_counts, requires_graph
from handrail.catalog.resolve import prerequisites
from handrail.model.bundle import Bundle
from handrail.model.catalog import Principle
from handrail.publish.page import Page, render
from handrail.publish.pictures import HEIGHT, WIDTH, Drawing, layered, wrapped

PATH = "graph.html"
_MOST = 10


@dataclass(frozen=True, slots=True)
class Edge:
    """`control` rests on `on`; where `choice`, another control may stand in its place."""

    control: str
    on: str
    choice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A principle with its edges as a picture and as a list; `alone` have no edge at all."""

    principle: Principle
    drawing: Drawing | None
    edges: dict[tuple[str, str], Edge]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]], ...]
    alone: tuple[str, ...]


def all_edges(bundle: Bundle) -> tuple[Edge, ...]:
    """Every line of the graph, in reading order."""
    return tuple(
        Edge(control.id, member, len(group) > 1)
        for control in bundle.controls.values()
        for group in prerequisites(control)
        for member in group
    )


def graph_pages(bundle: Bundle) -> Iterator[Page]:
    """The one page."""
    edges = all_edges(bundle)
    counts = blocking_counts(requires_graph(bundle.controls.values()), bundle.order)
    # Stable: in reading order among those that weigh the same.
    most = sorted((one for one in bundle.controls if counts[one]), key=lambda one: -counts[one])[:_MOST]
    yield Page(
        path=PATH,
        title="What rests on what",
        description="Which controls cannot be relied on without others, as pictures and as lists.",
        body=render(
            "graph.html",
            PATH,
            bundle=bundle,
            pictures=[_part(principle, edges, bundle) for principle in bundle.principles],
            width=WIDTH,
            height=HEIGHT,
            most=[(one, counts[one]) for one in most],
            edges=len({(edge.control, edge.on) for edge in edges}),
            lines={one: wrapped(control.title, width=23, lines=3) for one, control in bundle.controls.items()},
        ),
    )


def _part(principle: Principle, edges: tuple[Edge, ...], bundle: Bundle) -> Part:
    own = [one for one in bundle.controls if bundle.principle_of[one] == principle.id]
    near = {(edge.on, edge.control): edge for edge in edges if edge.control in own or edge.on in own}
    drawn = {one for pair in near for one in pair}
    needed_by = {one: tuple(dict.fromkeys(e.control for e in edges if e.on == one)) for one in own}
    return Part(
        principle=principle,
        drawing=layered([one for one in bundle.controls if one in drawn], near) if near else None,
        edges=near,
        rows=tuple((one, prerequisites(bundle.controls[one]), needed_by[one]) for one in own if one in drawn),
        alone=tuple(one for one in own if one not in drawn),
    )
