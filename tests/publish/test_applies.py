"""What applies to me: the page's data is the catalog's, and its script answers as `handrail list controls` does."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.catalog.query import ListedControl, list_controls
from handrail.catalog.resolve import judged_controls
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.terms import LevelReason
from handrail.publish.page import Page
from handrail.publish.pages_applies import DATA, applies_data
from handrail.publish.source import site_source
from tests.publish.sites import DIGEST, elements
from tests.report.small import ACT, bundle_of, control

DAYS = (date(2026, 1, 21), date(2026, 11, 24), date(2026, 12, 2), date(2027, 1, 1))
ASK = """
const fs = require("fs"), vm = require("vm");
const [scope, data, questions] = process.argv.slice(1);
vm.runInThisContext(fs.readFileSync(scope, "utf8"));
vm.runInThisContext(fs.readFileSync(data, "utf8"));
const asked = JSON.parse(fs.readFileSync(questions, "utf8"));
globalThis.answer = vm.runInThisContext("(facts, day) => handrailScope.list(handrailCatalog, facts, day)");
process.stdout.write(JSON.stringify(asked.map(([facts, day]) => answer(facts, day).map((one) => [
  one.control.id, one.outBy, one.because, one.undeclared, one.level, one.byLaw,
  one.duties.map((duty) => [duty.reference, duty.clause, duty.level, duty.inForce]),
]))));
"""


def combinations(bundle: Bundle) -> list[tuple[Selector, date]]:
    """Twenty sets of facts with a day each: none, some and most facts, one and several values."""
    chance = random.Random(7)
    asked: list[tuple[Selector, date]] = [({}, DAYS[1])]
    for at in range(19):
        facts: dict[str, tuple[str, ...]] = {}
        for name, fact in bundle.facts.items():
            if chance.random() < 0.3 + at / 30:
                most = min(3, len(fact.values)) if fact.many else 1
                facts[name] = tuple(chance.sample(list(fact.values), chance.randint(1, most)))
        asked.append((facts, DAYS[at % len(DAYS)]))
    return asked


def answered(one: ListedControl) -> list[Any]:
    """A row of `list controls` as the page's script gives it."""
    return [
        one.control.id,
        one.out_by,
        list(one.because),
        list(one.undeclared),
        one.level.value,
        one.level_reason is LevelReason.LAW,
        [[duty.reference, duty.clause, duty.level.value, duty.in_force] for duty in one.duties],
    ]


def small() -> Bundle:
    """What the real catalog has no case of: a duty that ends, one that is only shown, one that is no law, `unless`."""
    ends = {**ACT, "until": "2026-11-24"}
    made = bundle_of(
        control("DAT-01", "One", level="should", escalates=[ends, {**ACT, "clause": "9", "when": {}}]),
        control("DAT-02", "Two", unless={"role": ["model-host"], "jurisdiction": ["us"]}),
        control("DAT-03", "Three", status="draft"),
        control("DAT-04", "Four", applies_when={"role": ["model-host"]}, unless={"modality": ["text"]}),
    )
    text = made.model_dump(mode="json", by_alias=True)
    law = text["references"]["law"]
    text["references"]["talk"] = {**law, "reference": {**law["reference"], "id": "talk", "kind": "guidance"}}
    text["controls"]["DAT-02"]["level"] = "may"
    text["controls"]["DAT-02"]["escalates"] = [{**ACT, "level": "should", "reference": "talk"}]
    return Bundle.model_validate(text)


@pytest.mark.parametrize("which", ["real", "small"])
def test_the_script_answers_as_the_program_does(which: str, catalog: Bundle, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no `node` here to run the page's script in; the browser tests run it too")
    bundle = catalog if which == "real" else small()
    asked = combinations(bundle)
    (tmp_path / "data.js").write_bytes(applies_data(bundle, DIGEST))
    (tmp_path / "asked.json").write_text(json.dumps([[facts, day.isoformat()] for facts, day in asked]))
    scope = site_source() / "overrides" / "assets" / "handrail" / "scope.js"
    command = [node, "-e", ASK, str(scope), str(tmp_path / "data.js"), str(tmp_path / "asked.json")]
    got = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)
    assert len(got) == 20
    applying = set()
    for (facts, day), rows in zip(asked, got, strict=True):
        wanted = [answered(one) for one in list_controls(bundle, facts, as_of=day, include_out=True)]
        assert rows == wanted, (facts, day)
        applying.add(sum(row[1] is None for row in rows))
    assert len(applying) > 1, "the combinations hardly differ"


def test_the_data_is_one_constant_of_plain_characters_with_the_selectors_of_the_catalog(catalog: Bundle) -> None:
    data = read(applies_data(catalog, DIGEST))
    judged = judged_controls(catalog, include_draft=False)
    assert [one["id"] for one in data["controls"]] == [one for one in catalog.controls if one in judged]
    for one in data["controls"]:
        known = catalog.controls[one["id"]]
        assert one["when"] == {name: list(values) for name, values in known.applies_when.items()}
        assert one["unless"] == {name: list(values) for name, values in known.unless.items()}
        assert [(e["level"], e["reference"], e["clause"], e["from"]) for e in one["escalates"]] == [
            (e.level.value, e.reference, e.clause, e.start.isoformat() if e.start else None) for e in known.escalates
        ]
    assert {name: set(fact["values"]) for name, fact in data["facts"].items()} == {
        name: set(fact.values) for name, fact in catalog.facts.items()
    }


def test_a_place_without_a_law_in_the_catalog_is_not_examined(catalog: Bundle) -> None:
    examined = set(read(applies_data(catalog, DIGEST))["examined"])
    assert {"eu", "us", "us-ca", "uk"} <= examined
    assert examined.isdisjoint({"jp", "other"})


def test_drafts_are_not_among_what_applies() -> None:
    assert "DAT-03" not in [one["id"] for one in read(applies_data(small(), DIGEST))["controls"]]


def test_the_page_asks_for_every_fact_and_a_day_and_says_what_to_do_without_scripts(
    pages: Mapping[str, Page], catalog: Bundle
) -> None:
    found = list(elements(pages["applies.html"].body))
    inputs = {(one.attributes["name"], one.attributes.get("value")) for one in found if one.tag == "input"}
    for name, fact in catalog.facts.items():
        assert {(name, key) for key in fact.values} <= inputs
    assert ("on", None) in inputs
    assert [one.text for one in found if one.tag == "legend"] == [one.question for one in catalog.facts.values()]
    assert "handrail list controls" in next(one.text for one in found if one.tag == "noscript")


def test_the_page_loads_its_data_before_its_scripts(real_site: Mapping[str, bytes]) -> None:
    scripts = [
        one.attributes["src"]
        for one in elements(real_site["applies.html"])
        if one.tag == "script" and "src" in one.attributes
    ]
    at = [scripts.index(path) for path in (DATA, "assets/handrail/scope.js", "assets/handrail/applies.js")]
    assert at == sorted(at)
    assert all(path in real_site for path in (DATA, "assets/handrail/scope.js", "assets/handrail/applies.js"))


def read(script: bytes) -> Any:
    """The value of the constant that the script sets."""
    text = script.decode("ascii")
    assert text.startswith("const handrailCatalog = ")
    assert text.endswith(";\n")
    return json.loads(text.removeprefix("const handrailCatalog = ").removesuffix(";\n"))
