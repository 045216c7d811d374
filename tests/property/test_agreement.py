"""Two evaluators that never saw each other agree on thousands of random projects, reasons included.

Belongs here: the comparison of handrail with `tests/naive.py`, the proof that the dice met every rule, and the
shrinking of a case on which the two differ. Never here: what is right (the design says that).
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from handrail.model.reasons import NOTES, REASONS
from tests import naive
from tests.conformance.run import bundle_of, differences, run
from tests.property.generate import cases
from tests.property.hits import WANTED, hits

CASES = 20_000
SEED = 20261124
Case = dict[str, Any]


@pytest.mark.long
@pytest.mark.timeout(900)  # 20,000 cases, on a slow machine as well
def test_both_evaluators_agree_on_every_case_and_every_rule_was_met() -> None:
    met: Counter[str] = Counter()
    catalog, bundle = None, None
    for case in cases(SEED, CASES):
        if case["catalog"] is not catalog:
            catalog, bundle = case["catalog"], bundle_of(case["catalog"])
        want, got = naive.evaluate(case), run(case, bundle)
        assert want == got, shown(shrunk(case))
        met.update(set(hits(case, got)))
    reasons = {f"reason: {code}" for code in REASONS.keys() - NOTES}
    assert not sorted((reasons | WANTED) - met.keys()), "the dice never met these; nothing is proved of them"


def test_the_same_seed_gives_the_same_cases() -> None:
    assert list(cases(1, 50)) == list(cases(1, 50))
    assert list(cases(1, 50)) != list(cases(2, 50))


def test_a_planted_disagreement_is_shrunk_to_what_it_is_about() -> None:
    case = next(c for c in cases(SEED, CASES) if "partial" in str(naive.evaluate(c)))
    assert len(str(shrunk(case, lambda c: "partial" in str(naive.evaluate(c))))) < len(str(case)) / 4


def disagree(case: Case) -> bool:
    """Both evaluators can read the case and give different answers."""
    return naive.evaluate(case) != run(case)


def shrunk(case: Case, holds: Any = disagree) -> Case:
    """The case without everything whose absence leaves the disagreement standing."""
    case, again = copy.deepcopy(case), True
    while again:
        again = False
        for path in sorted(places(case), key=len):
            smaller = without(case, path)
            try:
                again = smaller is not None and holds(smaller)
            except (KeyError, TypeError, ValueError):  # no longer a case that can be read
                continue
            if again and smaller is not None:
                case = smaller
                break
    return case


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key and list member."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from places(value[key], (*path, key))


def without(case: Case, path: tuple[Any, ...]) -> Case | None:
    """A copy of the case without one place."""
    smaller = copy.deepcopy(case)
    holder: Any = smaller
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return smaller


def shown(case: Case) -> str:
    """A case as YAML, with what each evaluator makes of it."""
    want, got = naive.evaluate(case), run(case)
    lines = differences(want, got, whole=True)
    return "\n".join(["naive (want) and handrail (got) differ:", *lines, yaml.safe_dump(case, sort_keys=False)])
