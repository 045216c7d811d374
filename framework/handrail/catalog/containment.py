"""Whether one scope lies inside others, exactly, with a project as witness where it does not.

Belongs here: the comparison of selectors over all facts that a project could declare. Never here: which controls to
compare and how to tell of it (`lint_graph`).

A project's facts enter a scope only by two bits a fact and scope: whether `applies_when` holds there and whether
`unless` does. So for each fact it is enough to know which patterns of bits its values can reach (a fact that takes
many values reaches the combinations too, and not to declare it is one more), and to fold the facts one by one, with
the smallest declaration for each pattern. Nothing is lost by that: what is compared are patterns, never samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.catalog.selector import DeclaredFacts
from handrail.model.base import Selector
from handrail.model.catalog import Control
from handrail.model.vocabulary import Fact

# Alternatives that are compared. Patterns grow with the fourth power of two for each, and no real choice is as wide.
ALTERNATIVES = 8


@dataclass(frozen=True, slots=True)
class Scope:
    """To which projects a control applies."""

    applies_when: Selector
    unless: Selector

    @classmethod
    def of(cls, control: Control) -> Scope:
        """The scope of a control."""
        return cls(control.applies_when, control.unless)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """For each scope one bit: its `applies_when` holds (`on`), its `unless` holds (`off`)."""

    on: int
    off: int

    def __and__(self, other: _Pattern) -> _Pattern:
        return _Pattern(self.on & other.on, self.off & other.off)

    def with_value(self, other: _Pattern) -> _Pattern:
        # `applies_when` asks for an overlap, `unless` for all values.
        return _Pattern(self.on | other.on, self.off & other.off)


Lineages = Mapping[str, Mapping[str, frozenset[str]]]
"""Fact -> value -> the value with its ancestors."""


def lineages(facts: Mapping[str, Fact]) -> Lineages:
    """The ancestors of every value of a vocabulary."""
    return {
        name: {value: DeclaredFacts.of({name: (value,)}, facts).lineages[name][0] for value in fact.values}
        for name, fact in facts.items()
    }


def outside(scope: Scope, inside: Sequence[Scope], facts: Mapping[str, Fact], known: Lineages) -> Selector | None:
    """Facts of a project to which `scope` applies and none of `inside` does, as few as possible; None if none exist.

    Args:
        scope: the scope that should lie in the union of the others.
        inside: the others, at most `ALTERNATIVES`.
        facts: the vocabulary; every fact that a scope names is in it.
        known: its `lineages`.
    """
    if any(other == scope or not (other.applies_when or other.unless) for other in inside):
        return None
    scopes = (scope, *inside)
    everywhere = (1 << len(scopes)) - 1
    with_unless = sum(1 << i for i, one in enumerate(scopes) if one.unless)
    reached: dict[_Pattern, Selector] = {_Pattern(everywhere, with_unless): {}}
    for name, fact in facts.items():
        if not any(name in one.applies_when or name in one.unless for one in scopes):
            continue
        reachable = _patterns(name, fact, scopes, known[name])
        folded: dict[_Pattern, Selector] = {}
        for before, example in reached.items():
            for pattern, values in reachable.items():
                after = before & pattern
                if not after.on & 1:  # the scope itself no longer applies, whatever the other facts are
                    continue
                longer = {**example, name: values} if values else example
                if after not in folded or _size(longer) < _size(folded[after]):
                    folded[after] = longer
        reached = folded
    # Applies to the first and to no other: its own bit is all that is left.
    found = [example for pattern, example in reached.items() if pattern.on & ~pattern.off == 1]
    return min(found, key=_size, default=None)


def _patterns(
    name: str, fact: Fact, scopes: Sequence[Scope], known: Mapping[str, frozenset[str]]
) -> dict[_Pattern, tuple[str, ...]]:
    """Each pattern that a declaration of this fact can reach, with the fewest values; no values: not declared."""
    found: dict[_Pattern, tuple[str, ...]] = {}
    for value in fact.values:
        found.setdefault(_of_value(name, known[value], scopes), (value,))
    if fact.many:
        singles = list(found.items())
        waiting = list(singles)
        for pattern, values in waiting:  # grows while it is read, until nothing new is reached
            for single, (value,) in singles:
                joint = pattern.with_value(single)
                if joint not in found:
                    found[joint] = (*values, value)
                    waiting.append((joint, found[joint]))
    found[_undeclared(name, scopes)] = ()
    return found


def _of_value(name: str, lineage: frozenset[str], scopes: Sequence[Scope]) -> _Pattern:
    on = off = 0
    for i, one in enumerate(scopes):
        on |= (name not in one.applies_when or not lineage.isdisjoint(one.applies_when[name])) << i
        off |= (name not in one.unless or not lineage.isdisjoint(one.unless[name])) << i
    return _Pattern(on, off)


def _undeclared(name: str, scopes: Sequence[Scope]) -> _Pattern:
    off = sum(1 << i for i, one in enumerate(scopes) if name not in one.unless)
    return _Pattern((1 << len(scopes)) - 1, off)


def _size(example: Selector) -> tuple[int, int]:
    return len(example), sum(map(len, example.values()))
