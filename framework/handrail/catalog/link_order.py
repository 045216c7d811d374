"""Whether the controls can be put in an order: nothing requires itself, nothing comes after itself.

Belongs here: cycles, told as their path. Never here: finding them (`graph`).
"""

from __future__ import annotations

from handrail.catalog.graph import Graph, cycles, requires_graph
from handrail.catalog.read import CatalogSources, PlacedControl
from handrail.model.catalog import AnyOfControls
from handrail.source.diagnostics import Collector, Span
from handrail.source.tree import Step


def link_order(sources: CatalogSources, out: Collector) -> None:
    """Tell the collector of every cycle of `requires`; where there is none, of those that `follows` adds."""
    requires = requires_graph(one.control for one in sources.controls.values())
    with_follows = cycles(_with_follows(sources, requires))
    if not with_follows:
        return
    found = cycles(requires)
    for path in found:
        out.error(
            "HR203",
            f"control `{path[0]}` requires itself",
            edge(sources.controls[path[0]], path[1]),
            label=f"closes the cycle {_drawn(path)}",
            help="remove one of these prerequisites; `follows` tells an order of work without making it a condition",
        )
    if not found:
        for path in with_follows:
            out.error(
                "HR218",
                f"by its order of work, control `{path[0]}` comes after itself",
                edge(sources.controls[path[0]], path[1]),
                label=f"closes the cycle {_drawn(path)}",
                help="remove one of these entries of `follows`",
            )


def edge(placed: PlacedControl, other: str) -> Span:
    """Give the place at which a control names another one under `requires`, or else under `follows`."""
    for i, prerequisite in enumerate(placed.control.requires):
        if prerequisite == other:
            return placed.span("requires", i)
        if isinstance(prerequisite, AnyOfControls) and other in prerequisite.any_of:
            return placed.span("requires", i, "any_of", prerequisite.any_of.index(other))
    location: tuple[Step, ...] = ("follows",)
    if other in placed.control.follows:
        location = ("follows", placed.control.follows.index(other))
    return placed.span(*location)


def _with_follows(sources: CatalogSources, requires: Graph) -> Graph:
    return {
        one: (*groups, *((before,) for before in sources.controls[one].control.follows))
        for one, groups in requires.items()
    }


# A longer path is not read; its first and last controls are.
_DRAWN = 12


def _drawn(path: tuple[str, ...]) -> str:
    shown = path if len(path) <= _DRAWN else (*path[: _DRAWN - 3], "...", *path[-2:])
    return " -> ".join(shown)
