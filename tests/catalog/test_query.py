"""What a reader who lists controls by facts is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.catalog.query import list_controls, unknown_facts
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.terms import Level, LevelReason, Phase
from tests.catalog.cases import AS_OF, SRC, bundle_of, edited, overlaid

DUTY = '    escalates: [{level: must, when: {jurisdiction: us}, from: 2026-12-02, reference: act, clause: "1"}]\n'


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = overlaid(tmp_path_factory.mktemp("catalog"))
    images = "    applies_when: {role: [developer], modality: [image]}\n"
    return bundle_of(edited(folder, SRC, (images, DUTY + images)))


def reasons(bundle: Bundle, facts: Selector) -> dict[str, str]:
    return {one.control.id: one.reason for one in list_controls(bundle, facts, as_of=AS_OF, include_out=True)}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "applies: role, modality not given"),
        ({"role": ("developer",)}, "applies: by role; modality not given"),
        ({"role": ("developer",), "modality": ("text", "image")}, "applies: by role, modality"),
        ({"role": ("host",)}, "does not apply: by role"),
        ({"modality": ("text",)}, "does not apply: by modality"),
    ],
)
def test_each_control_says_why_it_is_in_or_out(bundle: Bundle, facts: Selector, reason: str) -> None:
    assert reasons(bundle, facts) == {"SRC-01": "applies to all", "SRC-02": reason}


def test_what_does_not_apply_is_left_out_unless_asked_for(bundle: Bundle) -> None:
    facts: Selector = {"role": ("host",)}
    assert [one.control.id for one in list_controls(bundle, facts, as_of=AS_OF)] == ["SRC-01"]


@pytest.mark.parametrize(
    ("day", "jurisdiction", "level", "reason"),
    [
        (date(2026, 12, 1), ("us-ca",), Level.SHOULD, LevelReason.CATALOGUE),
        (date(2026, 12, 2), ("us-ca",), Level.MUST, LevelReason.LAW),
        (date(2026, 12, 2), (), Level.MUST, LevelReason.LAW),
    ],
)
def test_the_level_is_that_in_force_on_the_day(
    bundle: Bundle, day: date, jurisdiction: tuple[str, ...], level: Level, reason: LevelReason
) -> None:
    facts = {"jurisdiction": jurisdiction} if jurisdiction else {}
    found = {one.control.id: one for one in list_controls(bundle, facts, as_of=day)}["SRC-02"]
    assert (found.level, found.level_reason) == (level, reason)
    assert [(duty.clause, duty.in_force) for duty in found.duties] == [("1", level is Level.MUST)]
    of_level = [one.control.id for one in list_controls(bundle, facts, as_of=day, levels=(Level.SHOULD,))]
    assert of_level == (["SRC-02"] if level is Level.SHOULD else [])


def test_phases_and_checklists_are_told(bundle: Bundle) -> None:
    assert list_controls(bundle, {}, as_of=AS_OF, phases=(Phase.DEPLOY,)) == ()
    found = list_controls(bundle, {}, as_of=AS_OF, phases=(Phase.DEVELOP,))
    assert [(one.control.id, one.principle, one.phase, one.checklists) for one in found] == [
        ("SRC-01", "SRC", Phase.DEVELOP, ("developer",)),
        ("SRC-02", "SRC", Phase.DEVELOP, ("developer",)),
    ]


def test_drafts_are_listed_when_asked_for(tmp_path: Path) -> None:
    draft = bundle_of(edited(overlaid(tmp_path), SRC, ("effort: M", "effort: M\n    status: draft")))
    assert [one.control.id for one in list_controls(draft, {}, as_of=AS_OF)] == ["SRC-01"]
    every = list_controls(draft, {}, as_of=AS_OF, include_draft=True)
    assert [(one.control.id, one.status) for one in every] == [("SRC-01", "active"), ("SRC-02", "draft")]


def test_facts_that_the_vocabulary_does_not_have_are_found(bundle: Bundle) -> None:
    facts = {"role": ("developer", "baker"), "colour": ("red",)}
    assert unknown_facts(bundle, facts) == (("role", "baker"), ("colour", None))
    assert unknown_facts(bundle, {"role": ("developer",)}) == ()
