"""Whether a selector holds for a project's facts.

Belongs here: the meaning of `applies_when`, `unless` and `when` (DESIGN section 4, "Scope"). Never here: levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handrail.model.base import Selector
from handrail.model.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class DeclaredFacts:
    """A project's facts, each declared value with its ancestors, so that a selector matches descendants."""

    lineages: Mapping[str, tuple[frozenset[str], ...]]

    @classmethod
    def of(cls, facts: Selector, vocabulary: Mapping[str, Fact]) -> DeclaredFacts:
        """Read declared facts against the vocabulary; a value it does not know stands for itself."""
        return cls(
            {name: tuple(_lineage(value, vocabulary.get(name)) for value in values) for name, values in facts.items()}
        )

    def overlap(self, fact: str, wanted: Iterable[str]) -> bool | None:
        """Some declared value is wanted; None if the fact is not declared."""
        lineages = self.lineages.get(fact)
        return None if lineages is None else any(not lineage.isdisjoint(wanted) for lineage in lineages)

    def within(self, fact: str, wanted: Iterable[str]) -> bool | None:
        """Every declared value is wanted; None if the fact is not declared."""
        lineages = self.lineages.get(fact)
        return None if lineages is None else all(not lineage.isdisjoint(wanted) for lineage in lineages)


def _lineage(value: str, fact: Fact | None) -> frozenset[str]:
    chain: set[str] = set()
    step: str | None = value
    while step is not None and step not in chain:
        chain.add(step)
        known = fact.values.get(step) if fact else None
        step = known.parent if known else None
    return frozenset(chain)


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether a control applies. `out_by` is the fact that puts it out; `undeclared` the facts left open."""

    out_by: str | None
    undeclared: tuple[str, ...] = ()

    @property
    def in_scope(self) -> bool:
        """The control applies."""
        return self.out_by is None


def holds(when: Selector, facts: DeclaredFacts) -> bool:
    """An `applies_when` or a `when`: every fact it names overlaps; an undeclared fact lets it hold."""
    return all(facts.overlap(name, wanted) is not False for name, wanted in when.items())


def applicability(applies_when: Selector, unless: Selector, facts: DeclaredFacts) -> Applicability:
    """Judge a control's scope. A declared mismatch beats an undeclared fact."""
    for name, wanted in applies_when.items():
        if facts.overlap(name, wanted) is False:
            return Applicability(name)
    if unless and all(facts.within(name, wanted) for name, wanted in unless.items()):
        return Applicability(next(iter(unless)))
    # A fact under `unless` matters only while the others still let it hold.
    left_open = unless if all(facts.within(n, w) is not False for n, w in unless.items()) else ()
    named = dict.fromkeys((*applies_when, *left_open))
    return Applicability(None, tuple(name for name in named if name not in facts.lineages))
