"""Two scopes compared exactly: whom the new one takes in, and whom it leaves out, each with a project as witness.

Belongs here: comparing across two vocabularies. Never here: comparing within one (`containment`, which does the work),
and what a difference means (`classes`).

A vocabulary may change with the selectors: a value moves in the tree, or comes, or goes. So each scope is first written
out as the values that meet it by its own vocabulary, and both are then compared over the values of both, as a list
without a tree. A value that only one vocabulary has is read by that one for both scopes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.catalog.containment import Lineages, Scope, lineages, outside
from handrail.model.base import Selector
from handrail.model.vocabulary import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeDifference:
    """Facts of a project that only the new scope takes in, and of one that only the old one did; None: of none."""

    widened: Selector | None
    narrowed: Selector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """An old and a new fact vocabulary, set side by side."""

    both: Mapping[str, Fact]
    flat: Lineages
    old: Lineages
    new: Lineages

    @classmethod
    def of(cls, old: Mapping[str, Fact], new: Mapping[str, Fact]) -> Vocabularies:
        """Set them side by side; whether a fact takes many values is as the newer one has it."""
        both = {
            name: _joined(old[name], new[name]) if name in old and name in new else (new.get(name) or old[name])
            for name in (*new, *(name for name in old if name not in new))
        }
        in_old, in_new = lineages(old), lineages(new)
        return cls(
            both=both,
            flat={name: {value: frozenset((value,)) for value in fact.values} for name, fact in both.items()},
            old={name: {**in_new.get(name, {}), **in_old.get(name, {})} for name in both},
            new={name: {**in_old.get(name, {}), **in_new.get(name, {})} for name in both},
        )

    def compare(self, before: Scope, after: Scope) -> ScopeDifference:
        """Compare a scope as the old vocabulary reads it with one as the new vocabulary does."""
        was, now = _written_out(before, self.old), _written_out(after, self.new)
        return ScopeDifference(
            widened=outside(now, [was], self.both, self.flat), narrowed=outside(was, [now], self.both, self.flat)
        )


def _joined(old: Fact, new: Fact) -> Fact:
    return new.model_copy(update={"values": {**old.values, **new.values}})


def _written_out(scope: Scope, known: Lineages) -> Scope:
    return Scope(_values(scope.applies_when, known), _values(scope.unless, known))


def _values(selector: Selector, known: Lineages) -> Selector:
    return {
        name: tuple(sorted(value for value, lineage in known[name].items() if not lineage.isdisjoint(wanted)))
        for name, wanted in selector.items()
    }
