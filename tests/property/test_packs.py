"""Packs only ever ask for more: laws of composition, tried on random catalogs, projects and packs.

Belongs here: what must be true whatever the packs are. Never here: what one pack gives (`tests/catalog/test_pack.py`).
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given

from handrail.assess.assess import assess
from handrail.catalog.compose import compile_composed, joined
from handrail.catalog.pack_read import PackSources
from handrail.catalog.resolve import alternatives
from handrail.catalog.unbundled import Bundled, catalog_of, pack_of
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.pack import Composed, PackBundle, PackFile
from handrail.model.terms import Assurance, FailOn, Level, SelectedBy
from handrail.source.diagnostics import Collector
from tests.conformance.run import DIGEST, bundle_of, subject_of
from tests.property.test_laws import ANY, law, random_case

Case = dict[str, Any]


def pack(dice: Random, bundle: Bundle, prefix: str) -> PackSources:
    """A pack of stricter overlays of some controls."""
    chosen = dice.sample(list(bundle.controls), dice.randint(1, len(bundle.controls)))
    overlays = [overlay(dice, bundle.controls[one], prefix) for one in chosen]
    values = {
        "pack": {"prefix": prefix, "title": "x", "version": "1.0", "steward": "x", "licence": "x", "summary": "x"},
        "depends": {"catalog": {"id": "case", "from": "1.0"}},
        "overlays": overlays,
    }
    return PackSources(
        file=Bundled(PackFile.model_validate(values), prefix),
        sources=pack_of(PackBundle.model_validate(values), prefix),
    )


def overlay(dice: Random, control: Control, prefix: str) -> Case:
    asked = [one for group in control.evidence for one in alternatives(group)]
    ages = [one.max_age for one in asked if one.max_age]
    shortest = min(ages, default=timedelta(365))
    raised = {one.id: dice.choice([tier for tier in Assurance if tier >= one.assurance]).value for one in asked}
    new = {"id": f"{prefix.lower()}-new", "title": "x", "kind": "file", "assurance": "claimed"}
    levels = [level.value for level in Level if level >= control.level]
    every: Case = {
        "level": dice.choice(levels),
        "max_age": f"P{dice.randint(1, shortest.days)}D",
        "assurance": {one: raised[one] for one in dice.sample(list(raised), min(1, len(raised)))},
        "evidence": [new],
    }
    some = dice.sample(list(every), dice.randint(1, len(every)))
    return {"control": control.id, "because": "x", "level": levels[0], **{key: every[key] for key in some}}


def filtered(dice: Random, bundle: Bundle) -> Bundle:
    """The catalog with some checklists that select by level."""
    lists = []
    for one in bundle.checklists:
        levels = tuple(dice.sample(list(Level), 2))
        selects = one.selects.model_copy(update={"levels": levels, "controls": ()})
        lists.append(one.model_copy(update={"selects": selects}) if dice.random() < 0.5 else one)
    return bundle.model_copy(update={"checklists": tuple(lists)})


def composed(bundle: Bundle, *packs: PackSources) -> Composed:
    out = Collector()
    sources = joined(catalog_of(bundle, "base"), packs, out)
    assert [one.message for one in out.sorted()] == []
    return compile_composed(sources, bundle, DIGEST, packs)


@law
@given(ANY)
def test_stricter_overlays_raise_no_finding_and_drop_no_control(seed: int) -> None:
    """With packs, no finding is better, nothing leaves the selection, and only a waiver further up frees the gate.

    Answers that rest on another's word (`alternative`, `inherited`) are left out: of them, asking for a higher tier can
    change which entry, or which row of the table, decides (docs/adr/0022).
    """
    case, dice = random_case(seed)
    for answer in case["declaration"].get("controls", {}).values():
        if answer["state"] in ("alternative", "inherited"):
            answer["state"] = "implemented"
            answer.pop("from", None)
    plain = filtered(dice, bundle_of(case["catalog"]))
    packs = [pack(dice, plain, prefix) for prefix in ("ACME", "BETA")[: dice.randint(1, 2)]]
    with_packs = composed(plain, *packs)
    subject, day = subject_of(case), date.fromisoformat(case["as_of"])
    for fail_on in (FailOn.MUST, FailOn.MAY):
        before = assess(plain, DIGEST, subject, as_of=day, fail_on=fail_on)
        after = assess(with_packs, DIGEST, subject, as_of=day, fail_on=fail_on)
        now = {one.control: one for one in after.findings}
        for one in before.findings:
            assert now[one.control].finding <= one.finding
            assert now[one.control].own <= one.own
            assert now[one.control].level >= one.level
            assert now[one.control].fingerprint == one.fingerprint
            if one.selected_by is SelectedBy.CHECKLIST:
                assert now[one.control].selected_by is SelectedBy.CHECKLIST
        gate = after.summary.gate
        assert set(before.summary.gate.blocking) <= {*gate.blocking, *gate.passed_over}


@law
@given(ANY)
def test_the_order_of_packs_changes_nothing_but_the_order(seed: int) -> None:
    """Overlays combine to the strictest, whichever pack is given first."""
    case, dice = random_case(seed)
    plain = bundle_of(case["catalog"])
    packs = [pack(dice, plain, prefix) for prefix in ("ACME", "BETA")]
    one, other = composed(plain, *packs), composed(plain, *reversed(packs))
    assert one.parts[1:] == other.parts[:0:-1]
    assert one.checklists == other.checklists
    for name, control in one.controls.items():
        there = other.controls[name]
        assert sorted(map(repr, control.evidence)) == sorted(map(repr, there.evidence))
        assert control.model_copy(update={"evidence": ()}) == there.model_copy(update={"evidence": ()})
