"""The page "What applies to me" gives the set that `handrail list controls` gives."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from handrail.catalog.default import default_bundle
from handrail.catalog.query import list_controls
from tests.browser.conftest import DAY, Opening

ROWS = """() => [...document.querySelectorAll("#answer ol.hr-rows li")].map(row =>
  [row.querySelector(".hr-id").textContent, row.querySelector(".hr-level")?.textContent ?? null])"""


def test_twenty_choices_of_facts_give_the_controls_that_the_command_lists(opened: Opening, site: Path) -> None:
    bundle = default_bundle()[0]
    chance = random.Random(3)
    page = opened()
    sizes = set()
    for _ in range(20):
        facts = {
            name: tuple(chance.sample(sorted(fact.values), chance.randint(1, 2 if fact.many else 1)))
            for name, fact in bundle.facts.items()
            if chance.random() < 0.6
        }
        day = chance.choice(["2025-01-01", DAY, "2026-12-02", "2028-08-02"])
        chosen = [f"{name}={','.join(values)}" for name, values in facts.items()]
        page.goto("about:blank")  # else only the part of the address after # would change
        page.goto(f"{(site / 'applies.html').as_uri()}#{'&'.join([*chosen, f'on={day}'])}")
        listed = list_controls(bundle, facts, as_of=date.fromisoformat(day), include_out=True)
        wanted = sorted((one.control.id, one.level.value.upper() if one.applies else None) for one in listed)
        assert sorted(tuple(row) for row in page.evaluate(ROWS)) == wanted, (facts, day)
        sizes.add(sum(one.applies for one in listed))
    assert len(sizes) > 5
