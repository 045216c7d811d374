"""Scopes compared by folding patterns, held against every project that there can be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.catalog.containment import Scope, lineages, outside
from handrail.catalog.selector import DeclaredFacts, applicability
from handrail.model.base import Selector
from handrail.model.vocabulary import Fact

FACTS = {
    name: Fact.model_validate({"title": name, "question": "?", "many": many, "values": values})
    for name, many, values in (
        ("role", True, {v: {"label": v} for v in ("a", "b", "c")}),
        ("place", True, {"us": {"label": "us"}, "us-ca": {"label": "ca", "parent": "us"}, "eu": {"label": "eu"}}),
        ("size", False, {v: {"label": v} for v in ("small", "large")}),
    )
}
KNOWN = lineages(FACTS)
EVERYWHERE = Scope({}, {})


def selectors() -> st.SearchStrategy[Selector]:
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(st.sampled_from(list(fact.values)), min_size=1, max_size=3, unique=True).map(tuple)
            for name, fact in FACTS.items()
        },
    )


SCOPES = st.builds(Scope, selectors(), selectors())


def declarations() -> Iterator[Selector]:
    """Every project: each fact left out or given any of its values, or several where it takes many."""
    choices = []
    for fact in FACTS.values():
        values = list(fact.values)
        most = len(values) if fact.many else 1
        choices.append(list(chain.from_iterable(combinations(values, n) for n in range(most + 1))))
    for picked in product(*choices):
        yield {name: values for name, values in zip(FACTS, picked, strict=True) if values}


PROJECTS = [(facts, DeclaredFacts.of(facts, FACTS)) for facts in declarations()]


def applies(scope: Scope, facts: DeclaredFacts) -> bool:
    return applicability(scope.applies_when, scope.unless, facts).in_scope


@settings(max_examples=400, deadline=None)
@given(SCOPES, st.lists(SCOPES, min_size=1, max_size=3))
def test_the_answer_is_that_of_trying_every_project(scope: Scope, inside: list[Scope]) -> None:
    escaping = [
        facts for facts, read in PROJECTS if applies(scope, read) and not any(applies(one, read) for one in inside)
    ]
    witness = outside(scope, inside, FACTS, KNOWN)
    assert (witness is None) == (not escaping)
    if witness is not None:
        assert witness in escaping
        assert len(witness) == min(len(facts) for facts in escaping)


def test_a_scope_that_covers_all_contains_any_scope() -> None:
    assert outside(Scope({"role": ("a",)}, {}), [EVERYWHERE], FACTS, KNOWN) is None


def test_two_alternatives_cover_together_what_neither_covers_alone() -> None:
    left, right = Scope({"size": ("small",)}, {}), Scope({"size": ("large",)}, {})
    assert outside(EVERYWHERE, [left, right], FACTS, KNOWN) is None
    assert outside(EVERYWHERE, [left], FACTS, KNOWN) == {"size": ("large",)}


def test_a_wider_value_does_not_lie_in_a_narrower_one() -> None:
    wide, narrow = Scope({"place": ("us",)}, {}), Scope({"place": ("us-ca",)}, {})
    assert outside(narrow, [wide], FACTS, KNOWN) is None
    assert outside(wide, [narrow], FACTS, KNOWN) == {"place": ("us",)}


def test_what_is_left_undeclared_is_a_value_of_its_own() -> None:
    without_size = Scope({}, {"size": ("small", "large")})
    assert outside(EVERYWHERE, [without_size], FACTS, KNOWN) in ({"size": ("small",)}, {"size": ("large",)})
    assert outside(without_size, [Scope({"size": ("small",)}, {}), EVERYWHERE], FACTS, KNOWN) is None
