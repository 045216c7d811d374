"""Whether every fact and value that a catalog speaks of is in its vocabulary.

Belongs here: selectors, the tree of values, roles and jurisdictions. Never here: other names (`link`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from handrail.catalog.names import unknown
from handrail.catalog.read import CatalogSources
from handrail.model.base import Selector
from handrail.model.vocabulary import Fact
from handrail.source.diagnostics import Collector, Span
from handrail.source.tree import Step


class _Places(Protocol):
    def span(self, *location: Step) -> Span: ...

    def key_span(self, *location: Step) -> Span: ...


def link_facts(sources: CatalogSources, out: Collector) -> None:
    """Tell the collector of every fact and value that the vocabulary does not have."""
    facts = sources.facts
    if sources.catalog:
        for name, fact in facts.items():
            _tree(sources.catalog, name, fact, out)
    for placed in sources.placed:
        control = placed.control
        _selector(placed, ("applies_when",), control.applies_when, facts, out)
        _selector(placed, ("unless",), control.unless, facts, out)
        for i, escalation in enumerate(control.escalates):
            _selector(placed, ("escalates", i, "when"), escalation.when, facts, out)
    for file in sources.references:
        if (where := file.value.reference.jurisdiction) is not None:
            _value(file, ("reference", "jurisdiction"), "jurisdiction", where, facts, out)
    for checklist in sources.checklists:
        if (role := checklist.value.checklist.role) is not None:
            _value(checklist, ("checklist", "role"), "role", role, facts, out)


def _selector(
    places: _Places, location: tuple[Step, ...], selector: Selector, facts: Mapping[str, Fact], out: Collector
) -> None:
    for name, values in selector.items():
        if name not in facts:
            unknown("HR206", "fact", name, facts, places.key_span(*location, name), out)
            continue
        for i, value in enumerate(values):
            _value(places, (*location, name, i), name, value, facts, out)


def _value(
    places: _Places, location: tuple[Step, ...], fact: str, value: str, facts: Mapping[str, Fact], out: Collector
) -> None:
    known = facts[fact].values if fact in facts else {}
    if value not in known:
        unknown("HR207", "value", value, known, places.span(*location), out, of=f"fact `{fact}`")


def _tree(catalog: _Places, name: str, fact: Fact, out: Collector) -> None:
    """Every `parent` is a value of the same fact, and no value is its own ancestor."""
    settled: set[str] = set()
    for value in fact.values:
        chain: dict[str, None] = {}
        step: str | None = value
        while step is not None and step not in settled and step not in chain:
            chain[step] = None
            known = fact.values.get(step)
            if known is None:
                *_, child, parent = chain
                span = catalog.span("facts", name, "values", child, "parent")
                unknown("HR207", "value", parent, fact.values, span, out, of=f"fact `{name}`")
                break
            step = known.parent
        if step in chain and step in fact.values:
            ring = [*list(chain)[list(chain).index(step) :], step]
            out.error(
                "HR217",
                f"value `{step}` of fact `{name}` is its own ancestor",
                catalog.span("facts", name, "values", step, "parent"),
                label=" -> ".join(ring),
                help="a parent is the wider value, such as `us` of `us-ca`",
            )
        settled.update(chain)
