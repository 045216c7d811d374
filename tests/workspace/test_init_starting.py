"""What a new declaration has to say: only facts on which something depends, and every control once, in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.catalog.default import default_bundle
from handrail.catalog.resolve import resolve
from handrail.catalog.selector import DeclaredFacts
from handrail.model.base import Selector
from handrail.model.declaration import OrganisationInfo
from handrail.model.terms import Scope
from handrail.source.diagnostics import Collector
from handrail.workspace.starting import (
    facts_that_matter,
    fitting_checklists,
    key_of,
    organisation_above,
    organisation_to_answer,
    problem,
    read_organisation,
    to_answer,
)

BUNDLE, _ = default_bundle()
AS_OF = date(2026, 11, 24)
ORGANISATION = "handrail: 1\norganisation: {id: a, name: A}\n"

FACTS = st.fixed_dictionaries(
    {"role": st.lists(st.sampled_from([*BUNDLE.facts["role"].values]), min_size=1, max_size=2, unique=True).map(tuple)},
    optional={
        name: st.lists(st.sampled_from([*fact.values]), min_size=1, max_size=3 if fact.many else 1, unique=True).map(
            tuple
        )
        for name, fact in BUNDLE.facts.items()
        if name != "role"
    },
)


def judged(facts: Selector, checklists: tuple[str, ...]) -> list[tuple[str, object]]:
    """What binds: of a control out of scope, that it is."""
    found = resolve(BUNDLE, DeclaredFacts.of(facts, BUNDLE.facts), checklists=checklists, as_of=AS_OF)
    return [(one.control.id, one.scope.in_scope and (one.level, one.level_reason, one.duties)) for one in found]


@given(facts=FACTS, extra=st.data())
def test_a_fact_that_does_not_matter_changes_neither_scope_nor_level(facts: Selector, extra: st.DataObject) -> None:
    checklists = fitting_checklists(BUNDLE, facts)
    matter = facts_that_matter(BUNDLE, facts, checklists=checklists, as_of=AS_OF)
    assert not set(matter) & set(facts)
    idle = [name for name in BUNDLE.facts if name not in facts and name not in matter]
    if idle:
        name = extra.draw(st.sampled_from(idle))
        value = extra.draw(st.sampled_from([*BUNDLE.facts[name].values]))
        assert judged({**facts, name: (value,)}, checklists) == judged(facts, checklists)


@pytest.mark.parametrize(
    ("facts", "matter"),
    [
        ({"role": ("dataset-provider",)}, ("modality", "distribution", "jurisdiction", "scans-content")),
        # Screening matters for those who may have no duty to report, and for nobody else.
        ({"role": ("search-engine",)}, ("modality", "distribution", "jurisdiction", "audience")),
        # No selector of this catalog asks for private messages, so nobody is asked about them.
        ({}, ("role", "modality", "distribution", "jurisdiction", "audience", "capability", "users", "scans-content")),
        (
            {"role": ("fine-tuner",), "modality": ("image",), "distribution": ("api",)},
            ("jurisdiction", "audience", "capability"),
        ),
    ],
)
def test_what_is_asked_follows_from_what_was_answered(facts: Selector, matter: tuple[str, ...]) -> None:
    assert facts_that_matter(BUNDLE, facts, checklists=fitting_checklists(BUNDLE, facts), as_of=AS_OF) == matter


@given(facts=FACTS)
def test_every_control_is_to_be_answered_once_or_left_out_by_a_fact(facts: Selector) -> None:
    checklists = fitting_checklists(BUNDLE, facts)
    questions = to_answer(BUNDLE, facts, checklists=checklists, as_of=AS_OF)
    ids = [one.control.id for one in questions.controls]
    assert sorted([*ids, *questions.out]) == sorted(one for one, *_ in judged(facts, checklists))
    assert set(questions.out.values()) <= set(facts)


def test_controls_stand_in_the_order_of_the_checklist() -> None:
    ids = [one.control.id for one in to_answer(BUNDLE, {}, checklists=("first-steps",), as_of=AS_OF).controls]
    (first,) = [one for one in BUNDLE.checklists if one.checklist.id == "first-steps"]
    assert ids[: len(first.selects.controls)] == list(first.selects.controls)


def test_what_the_organisation_answers_is_no_question_to_the_project() -> None:
    facts: Selector = {"role": ("model-developer",)}
    questions = to_answer(BUNDLE, facts, checklists=("model-developer",), as_of=AS_OF, organisation=True)
    assert {one.control.scope for one in questions.controls} == {Scope.MODEL, Scope.DATASET, Scope.SERVICE}
    assert {BUNDLE.controls[one].scope for one in questions.above} == {Scope.ORGANISATION}


def test_an_organisation_is_asked_for_all_that_is_of_its_scope() -> None:
    asked = {one.control.id for one in organisation_to_answer(BUNDLE, as_of=AS_OF).controls}
    assert asked == {one.id for one in BUNDLE.controls.values() if one.scope is Scope.ORGANISATION}


@pytest.mark.parametrize(
    ("name", "key"),
    [("Aurora 2", "aurora-2"), ("Möwe_Bild", "mowe-bild"), ("...", ""), ("日本", ""), ("x" * 99, "x" * 64)],
)
def test_a_key_is_made_of_a_name(name: str, key: str) -> None:
    assert key_of(name) == key
    assert not key or problem("id", key) is None


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("name", "a\u202eb", "holds a character that does not show (U+202E RIGHT-TO-LEFT OVERRIDE)"),
        ("name", "a\x1b[2Jb", "holds a character that does not show (U+001B control)"),
        ("name", "a\nb", "holds a character that does not show (U+000A control)"),
        ("owner", "\udcff", "holds a character that does not show (U+DCFF control)"),
        ("name", "  ", "needs some text"),
        ("summary", "x" * 1_001, "has more than 1,000 characters"),
        ("id", "My Model", "takes small letters, digits and single dashes"),
        ("version", "2\u2028", "holds a character that does not show (U+2028 LINE SEPARATOR)"),
    ],
)
def test_what_cannot_stand_in_the_file_is_told_as_a_clause(field: str, text: str, says: str) -> None:
    assert (problem(field, text) or "").startswith(says)


def test_the_fields_of_an_organisation_have_the_same_rules() -> None:
    assert problem("id", "acme", of=OrganisationInfo) is None
    assert problem("id", "ACME", of=OrganisationInfo) is not None


def test_the_nearest_organisation_that_can_be_read_is_found(tmp_path: Path) -> None:
    project = tmp_path / "a" / "b"
    project.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert organisation_above(project) is None
    (tmp_path / "organisation.yaml").write_text(ORGANISATION)
    assert organisation_above(project) == "../../organisation.yaml"
    (tmp_path / "a" / "organisation.yaml").write_text("not: it\n")
    assert organisation_above(project) == "../../organisation.yaml"
    (tmp_path / "a" / ".git").mkdir()
    assert organisation_above(project) is None, "another repository is another organisation's"


@pytest.mark.parametrize("written", ["/etc/passwd", "../" * 5 + "organisation.yaml", "no.yaml"])
def test_an_organisation_that_cannot_be_named_is_told(tmp_path: Path, written: str) -> None:
    out = Collector()
    read_organisation(tmp_path, written, out)
    assert out.errors == 1
