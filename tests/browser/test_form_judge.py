"""The form's own judge against the evaluator, with no evidence looked at: scope, level, finding and reasons are equal."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from handrail.assess.assess import Subject, assess
from handrail.catalog.default import default_bundle
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.observation import Observation
from handrail.model.terms import State, Verdict
from handrail.publish.pages_applies import applies_data
from handrail.publish.pages_form import form_data
from handrail.publish.source import site_source
from tests.browser.conftest import DAY, ROOT, Opening
from tests.conformance.run import DIGEST, bundle_of, cases, subject_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPTS = ("handrail/scope.js", "form/judge.js")
BESIDE = ROOT.parent / "shared" / "conformance"
FILES = [*sorted((ROOT / "tests" / "conformance").glob("*.yaml")), *sorted(BESIDE.glob("*.ndjson"))]
JUDGE = """all => all.map(([catalogs, declaration, day]) => {
  const [catalog, data] = catalogs.map(text => JSON.parse(text));
  const form = {catalog, ...data};
  return Object.fromEntries(handrailJudge.judge(declaration, day, form).map(one => [one.id, {
    level: one.level, law: one.byLaw, selected_by: one.selectedBy, finding: one.finding, undeclared: one.undeclared,
    reasons: [...new Set(one.reasons.map(reason => reason.code))].sort(),
    sentences: one.reasons.map(reason => handrailJudge.sentence(reason, form)),
  }]));
})"""
WITHOUT_EVIDENCE = {
    *("out-of-scope", "undeclared", "not-implemented", "planned", "overdue", "unreviewed", "requirement-changed"),
    *("na-not-allowed", "na-unjustified", "justified-na", "upstream-unverified", "upstream-not-inheritable", "partial"),
    *("alternative-unjustified", "alternative-unattested", "evidence-missing", "no-evidence-asked"),
}
"""Every reason that there can be where no evidence was looked at."""
Findings = dict[str, dict[str, Any]]
Given = tuple[Bundle, str, Subject, str]


@pytest.fixture
def page(opened: Opening) -> Page:
    """A page that holds the form's judge and nothing else."""
    made = opened()
    for script in SCRIPTS:
        made.add_script_tag(path=site_source() / "overrides" / "assets" / script)
    return made


def in_browser(page: Page, given: list[Given]) -> list[Findings]:
    """What the browser makes of each."""
    data: dict[int, list[str]] = {}

    def catalogs(bundle: Bundle, digest: str) -> list[str]:
        if id(bundle) not in data:
            made = (applies_data(bundle, digest), form_data(bundle, digest))
            data[id(bundle)] = [one.decode().split(" = ", 1)[1].removesuffix(";\n") for one in made]
        return data[id(bundle)]

    return page.evaluate(
        JUDGE,
        [
            [
                catalogs(bundle, digest),
                subject.declaration.model_dump(mode="json", by_alias=True, exclude_defaults=True),
                day,
            ]
            for bundle, digest, subject, day in given
        ],
    )


def in_python(given: Given) -> Findings:
    """What the evaluator makes of it, in the same words."""
    bundle, digest, subject, day = given
    return {
        one.control: {
            "level": one.level.value,
            "law": one.level_reason.value == "law",
            "selected_by": one.selected_by.value,
            "finding": one.finding.value,
            "undeclared": [note.fact for note in one.notes if note.code == "undeclared-fact"],
            "reasons": sorted({reason.code for reason in one.reasons}),
            "sentences": [reason.text for reason in one.reasons],
        }
        for one in assess(bundle, digest, subject, as_of=date.fromisoformat(day)).findings
    }


def told_apart(page: Page, given: list[Given]) -> list[str]:
    """A line for each difference; and what the design says of all of them holds."""
    lines = []
    for number, (one, found) in enumerate(zip(given, in_browser(page, given), strict=True)):
        wanted = in_python(one)
        for control in sorted(wanted.keys() | found.keys()):
            want, got = wanted.get(control), found.get(control)
            if got is not None and want is not None and want["finding"] == "not-applicable":
                want, got = {**want, "undeclared": []}, {**got, "undeclared": []}
            if want != got:
                lines.append(f"{number} {control}: want {want}, got {got}")
    return lines


def silent(subject: Subject, bundle: Bundle) -> Subject:
    """The subject with every piece of evidence it points at, and everything that is asked for, seen as missing."""
    missing = {
        one: tuple(
            Observation(requirement=asked.id, kind=asked.kind, verdict=Verdict.MISSING, text="Nothing.")
            for group in control.evidence
            for asked in (getattr(group, "any_of", None) or (group,))
        )
        for one, control in bundle.controls.items()
    }
    return replace(subject, observations=missing, upstream={})


def conformance() -> Iterator[Given]:
    """Every case, its observations and what it read of others removed."""
    for path in FILES:
        for case in cases(path):
            bundle, subject = bundle_of(case["catalog"]), subject_of(case)
            yield bundle, DIGEST, replace(subject, observations={}, upstream={}), case["as_of"]


def test_every_conformance_case_without_its_observations(page: Page) -> None:
    given = list(conformance())
    assert len(given) >= 60
    assert told_apart(page, given) == []
    met = {code for one in given for finding in in_python(one).values() for code in finding["reasons"]}
    assert met == WITHOUT_EVIDENCE


def test_every_conformance_case_with_all_evidence_missing() -> None:
    for bundle, digest, subject, day in conformance():
        bare, missing = (in_python((bundle, digest, one, day)) for one in (subject, silent(subject, bundle)))
        assert bare == missing
        blocked = assess(bundle, digest, subject, as_of=date.fromisoformat(day)).findings
        assert not [one.control for one in blocked if one.blocked_by or one.own is not one.finding]


def test_random_projects_under_the_real_catalog(page: Page) -> None:
    bundle, digest = default_bundle()
    chance = random.Random(7)
    days = ("2025-01-01", DAY, "2026-12-02", "2029-01-01")
    given = [
        (bundle, digest, Subject(declaration=project(bundle, digest, chance)), chance.choice(days)) for _ in range(60)
    ]
    assert told_apart(page, given) == []


def project(bundle: Bundle, digest: str, chance: random.Random) -> Declaration:
    """Some facts, some checklists, some answers of every kind."""
    facts = {
        name: chance.sample(sorted(fact.values), chance.randint(1, len(fact.values) if fact.many else 1))
        for name, fact in bundle.facts.items()
        if chance.random() < 0.7
    }
    lists = [one.checklist.id for one in bundle.checklists]
    answers: dict[str, dict[str, Any]] = {}
    for one, control in bundle.controls.items():
        if chance.random() < 0.6:
            state = chance.choice(list(State))
            answers[one] = {"state": state.value}
            if state is State.INHERITED:
                answers[one]["from"] = "base"
            if state is State.PLANNED:
                answers[one]["due"] = chance.choice(["2026-01-01", "2028-01-01"])
            if chance.random() < 0.5:
                answers[one]["justification"] = "So."
            if chance.random() < 0.3:
                answers[one]["statement"] = chance.choice([bundle.fingerprints[control.id], "0" * 16])
    return Declaration.model_validate(
        {
            "handrail": "1",
            "project": {"id": "p", "name": "P"},
            "catalog": chance.choice([{"digest": digest}, {"digest": "sha256:" + "0" * 64}, {}]),
            "facts": facts,
            "checklists": chance.sample(lists, chance.choice([0, 1, 2])),
            "controls": answers,
        }
    )


def test_the_data_are_json_that_no_script_can_break_out_of() -> None:
    bundle, digest = default_bundle()
    for data in (applies_data(bundle, digest), form_data(bundle, digest)):
        name, _, text = data.decode("ascii").partition(" = ")
        assert name.startswith("const handrail")
        json.loads(text.removesuffix(";\n"))


def test_the_cases_beside_the_repository_were_run() -> None:
    if not Path(BESIDE).is_dir():
        pytest.skip("no ../shared/conformance beside this repository; only our own cases were run")
    assert any(path.suffix == ".ndjson" for path in FILES)
