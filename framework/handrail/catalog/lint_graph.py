"""Lint rules about prerequisites: dead ones, long chains, wide blocking, scopes.

Belongs here: one function a rule. Never here: cycles (`link_order`), which no catalog may have to be compiled.
"""

from __future__ import annotations

from collections.abc import Mapping

from handrail.catalog.containment import ALTERNATIVES, Scope, lineages, outside
from handrail.catalog.graph import blocking_counts, longest_chains, requires_graph
from handrail.catalog.link_order import edge
from handrail.catalog.read import CatalogSources, PlacedControl
from handrail.catalog.resolve import prerequisites
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.catalog import AnyOfControls
from handrail.model.terms import Status
from handrail.source.diagnostics import Collector, Span

CHAIN = 6
"""The longest chain of prerequisites, in controls."""

BLOCKED = 20
"""The most controls that the absence of one may block."""


def dead_prerequisite(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR235: a control that is judged requires one that is not.

    A draft among alternatives is no harm while another of them is in use; a retired control is never an alternative.
    """
    for placed in sources.controls.values():
        if placed.status is Status.RETIRED:
            continue
        for group in prerequisites(placed.control):
            states = {member: sources.controls[member].status for member in group}
            alive = {m for m, s in states.items() if s not in (Status.RETIRED, Status.DRAFT)}
            for member, state in states.items():
                waits = state is Status.DRAFT and not alive and placed.status is not Status.DRAFT
                if state is Status.RETIRED or waits:
                    out.error(
                        "HR235",
                        f"control `{placed.id}` requires `{member}`, which is {state}",
                        edge(placed, member),
                        help=_instead(sources.controls[member]),
                    )


def _instead(dead: PlacedControl) -> str:
    if dead.control.replaced_by is not None:
        return f"`{dead.id}` is replaced by `{dead.control.replaced_by}`"
    return "remove it, or require a control that is in use"


def long_chain(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR243: the chain of prerequisites that starts at a control is too long."""
    for head, path in longest_chains(requires_graph(bundle.controls.values()), bundle.order).items():
        if len(path) > CHAIN:
            out.error(
                "HR243",
                f"a chain of {len(path)} controls starts at `{head}`, and {CHAIN} is the most",
                edge(sources.controls[head], path[1]),
                label=" -> ".join(path),
                help="`follows` tells an order of work without making it a condition",
            )


def blocks_many(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR244: too many controls cannot be relied on while one is absent."""
    for one, count in blocking_counts(requires_graph(bundle.controls.values()), bundle.order).items():
        if count > BLOCKED:
            out.error(
                "HR244",
                f"the absence of `{one}` blocks {count} controls, and {BLOCKED} is the most",
                sources.controls[one].span("id"),
                help=f"let those that merely come later name `{one}` under `follows`",
            )


def scope_outside(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR252: a control applies to a project to which a prerequisite does not."""
    known = lineages(bundle.facts)
    compared: dict[object, Selector | None] = {}
    for placed in sources.controls.values():
        if placed.status is Status.RETIRED:
            continue
        scope = Scope.of(placed.control)
        for i, group in enumerate(prerequisites(placed.control)):
            live = [m for m in group if sources.controls[m].status is not Status.RETIRED]
            if len(live) > ALTERNATIVES:
                _too_wide(placed, i, len(live), out)
                continue
            if not live:
                continue  # told as a dead prerequisite
            inside = [Scope.of(bundle.controls[m]) for m in live]
            key = (_key(scope), tuple(map(_key, inside)))
            if key not in compared:
                compared[key] = outside(scope, inside, bundle.facts, known)
            witness = compared[key]
            if witness is not None:
                _escapes(placed, i, live, witness, out)


def _key(scope: Scope) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    return tuple(tuple(sorted(selector.items())) for selector in (scope.applies_when, scope.unless))


def _prerequisite(placed: PlacedControl, index: int) -> Span:
    if isinstance(placed.control.requires[index], AnyOfControls):
        return placed.key_span("requires", index, "any_of")
    return placed.span("requires", index)


def _escapes(placed: PlacedControl, index: int, members: list[str], witness: Selector, out: Collector) -> None:
    what = f"`{members[0]}` does not" if len(members) == 1 else "no member of its `any_of` does"
    out.error(
        "HR252",
        f"control `{placed.id}` applies to projects to which {what}",
        _prerequisite(placed, index),
        label=f"for example {_described(witness)}",
        help=f"narrow the scope of `{placed.id}`, or widen that of what it requires",
    )


def _described(witness: Mapping[str, tuple[str, ...]]) -> str:
    if not witness:
        return "a project that declares none of these facts"
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in witness.items())


def _too_wide(placed: PlacedControl, index: int, members: int, out: Collector) -> None:
    out.error(
        "HR252",
        f"control `{placed.id}` requires one of {members} alternatives, and {ALTERNATIVES} is the most",
        _prerequisite(placed, index),
        help="more alternatives cannot be compared with certainty; require a control that stands for them",
    )
