"""Two scopes compared exactly, held against every project that there can be, in one vocabulary and across two."""

from __future__ import annotations

import random
from itertools import chain, combinations, product

import pytest

from handrail.catalog.containment import Scope
from handrail.catalog.selector import DeclaredFacts, applicability
from handrail.catalog.selector_compare import Vocabularies
from handrail.model.base import Selector
from handrail.model.vocabulary import Fact

Facts = dict[str, Fact]


def fact(many: bool, **parents: str) -> Fact:
    values = {name: {"label": name, **({"parent": parent} if parent else {})} for name, parent in parents.items()}
    return Fact.model_validate({"title": "A fact", "question": "?", "many": many, "values": values})


OLD = {"role": fact(True, a="", b=""), "place": fact(True, us="", ca="us", eu=""), "size": fact(False, s="", l="")}
NEW = {"role": fact(True, a="", d=""), "place": fact(True, us="", ca="", eu=""), "age": fact(False, young="", old="")}


def projects(facts: Facts) -> list[Selector]:
    """Every project: each fact left out or given any of its values, or several where it takes many."""
    choices = [
        list(chain.from_iterable(combinations(one.values, n) for n in range(len(one.values) + 1 if one.many else 2)))
        for one in facts.values()
    ]
    return [{k: v for k, v in zip(facts, picked, strict=True) if v} for picked in product(*choices)]


def selector(dice: random.Random, facts: Facts) -> Selector:
    names = dice.sample(list(facts), dice.randint(0, 2))
    return {n: tuple(dice.sample(list(facts[n].values), dice.randint(1, len(facts[n].values)))) for n in names}


def also(facts: Facts, others: Facts) -> Facts:
    """A vocabulary with what only the other one has: a value unknown to one is read as the other has it."""
    joined = {
        name: one.model_copy(update={"values": {**others[name].values, **one.values}}) if name in others else one
        for name, one in facts.items()
    }
    return {**others, **joined}


@pytest.mark.parametrize(("old", "new", "pairs"), [(OLD, OLD, 1_000), (OLD, NEW, 200)], ids=["one", "two"])
def test_the_comparison_is_that_of_trying_every_project(old: Facts, new: Facts, pairs: int) -> None:
    dice = random.Random(8)
    sides = Vocabularies.of(old, new)
    every = projects(dict(sides.both))
    read = [(DeclaredFacts.of(one, also(old, new)), DeclaredFacts.of(one, also(new, old))) for one in every]
    widened = narrowed = 0
    for _ in range(pairs):
        before = Scope(selector(dice, old), selector(dice, old))
        after = Scope(selector(dice, new), selector(dice, new))
        seen = [(applies(before, was), applies(after, now)) for was, now in read]
        found = sides.compare(before, after)
        for witness, expected in ((found.widened, (False, True)), (found.narrowed, (True, False))):
            assert (witness is not None) == (expected in seen)
            assert witness is None or seen[every.index(witness)] == expected
        widened += found.widened is not None
        narrowed += found.narrowed is not None
    assert min(widened, narrowed) > pairs // 4


def applies(scope: Scope, facts: DeclaredFacts) -> bool:
    return applicability(scope.applies_when, scope.unless, facts).in_scope


def test_a_selector_that_did_not_change_follows_its_value_in_the_tree() -> None:
    sides = Vocabularies.of(OLD, NEW)
    us = Scope({"place": ("us",)}, {})
    assert sides.compare(us, us).narrowed == {"place": ("ca",)}
    assert sides.compare(us, us).widened is None


def test_a_value_that_is_new_is_a_widening_only_where_it_is_named() -> None:
    sides = Vocabularies.of(OLD, NEW)
    assert sides.compare(Scope({"role": ("a",)}, {}), Scope({"role": ("a",)}, {})).widened is None
    assert sides.compare(Scope({"role": ("a",)}, {}), Scope({"role": ("a", "d")}, {})).widened == {"role": ("d",)}
