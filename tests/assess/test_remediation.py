"""The whole plan, done step by step for real on random cases: nothing before its prerequisite, no gap at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from handrail.assess.answers import tied_answers
from handrail.assess.assess import Subject, controls_in_force, judge_subject
from handrail.assess.evaluate import as_prerequisite
from handrail.assess.flip import Ways, ways_to_close
from handrail.assess.plan import PlannedStep, next_steps, remediation_plan
from handrail.catalog.resolve import prerequisites
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.terms import Finding, Level
from tests.assess.editing import dressed, open_ways, with_edits
from tests.conformance.run import DIGEST, bundle_of, judged, subject_of
from tests.property.generate import cases
from tests.report.small import AS_OF, CATALOG, Project, control
from tests.report.small import DIGEST as SMALL_DIGEST
from tests.report.small import bundle_of as small_bundle

Case = dict[str, Any]
CASES, SEED = 240, 20261126


def mendable(case: Case) -> Case:
    """The case without what nothing could close: a control that asks for nothing, a contrary entry without a run."""
    for one in case["catalog"]["controls"]:
        one["evidence"] = one["evidence"] or [{"id": "e0", "assurance": "claimed", "kind": "document"}]
    yesterday = (date.fromisoformat(case["as_of"]) - timedelta(days=1)).isoformat()
    for by_requirement in case["observations"].values():
        for entry in (e for entries in by_requirement.values() for e in entries if e["verdict"] == "contradicted"):
            entry["run"], entry["date"] = entry.get("run", "r9"), min(entry.get("date", yesterday), yesterday)
    return case


def plans() -> Iterator[tuple[Case, Bundle, tuple[PlannedStep, ...]]]:
    dice = Random(SEED)
    for plain in cases(SEED, CASES):
        case = mendable(dressed(plain, dice))
        bundle = bundle_of(case["catalog"])
        yield case, bundle, plan_of(case, bundle)[2]


def plan_of(case: Case, bundle: Bundle) -> tuple[Assessment, Ways, tuple[PlannedStep, ...]]:
    ways, _ = open_ways(case, bundle)
    made = judged(case, bundle)
    answers = tied_answers(subject_of(case).declaration, None, bundle, DIGEST)
    return made, ways, remediation_plan(made, bundle, answers, ways)


def test_done_step_by_step_the_plan_closes_everything_and_never_asks_for_a_dependent_first() -> None:
    steps_done = 0
    for case, bundle, plan in plans():
        must = [step for step in plan if step.closes is Level.MUST]
        assert plan[: len(must)] == tuple(must)
        made = judged(case, bundle)
        for place, step in enumerate(plan):
            findings = {one.control: one for one in made.findings}
            for group in prerequisites(bundle.controls[step.control]):
                values = {as_prerequisite(findings[m]) for m in group} - {None}
                assert not values or Finding.SATISFIED in values, (case["name"], step.control)
            assert step.edits
            case = with_edits(case, step.edits)
            made = judged(case, bundle)
            assert next(f for f in made.findings if f.control == step.control).finding is Finding.SATISFIED
            if place + 1 == len(must):
                assert made.summary.open_must == ()
        assert not [one for one in made.findings if one.finding.is_open and one.selected_by == "checklist"]
        assert len(plan) == len({step.control for step in plan})
        steps_done += len(plan)
    assert steps_done > CASES


def test_the_plan_begins_with_the_next_steps_of_a_check() -> None:
    for case, bundle, plan in plans():
        must = [step for step in plan if step.closes is Level.MUST]
        first = next_steps(judged(case, bundle), bundle, limit=99)
        assert [(s.control, s.code) for s in first] == [(s.control, s.code) for s in must]


def test_what_a_step_unblocks_waits_for_it_and_is_not_satisfied_without_it() -> None:
    for case, bundle, plan in plans():
        for step in plan:
            rest = case
            for other in plan:
                if other is not step:
                    rest = with_edits(rest, other.edits or ())
            still_open = {one.control for one in judged(rest, bundle).findings if one.finding.is_open}
            counted = {one.control for one in judged(case, bundle).findings if one.selected_by == "checklist"}
            assert still_open.issuperset(step.unblocks), (case["name"], step.control)
            assert counted & still_open - {step.control} == counted & set(step.unblocks), (case["name"], step.control)


def planned(bundle: Bundle, one: Project) -> tuple[PlannedStep, ...]:
    made = one.assessment(bundle)
    subject = Subject(declaration=one.declaration())
    controls = controls_in_force(bundle, subject.declaration, as_of=AS_OF)
    findings, answers = judge_subject(bundle, SMALL_DIGEST, subject, controls, as_of=AS_OF)
    ways = ways_to_close(controls, answers, subject, findings, as_of=AS_OF)
    return remediation_plan(made, bundle, answers, ways)


def test_gaps_are_closed_by_level_and_a_prerequisite_at_the_level_that_waits_for_it() -> None:
    bundle = small_bundle(
        control("A-01", "May", level="may"),
        control("A-02", "Should", level="should"),
        control("A-03", "May, but a MUST waits", level="may"),
        control("A-04", "Must", requires=["A-03"]),
    )
    assert [(step.control, step.closes) for step in planned(bundle, Project())] == [
        ("A-03", Level.MUST),
        ("A-04", Level.MUST),
        ("A-02", Level.SHOULD),
        ("A-01", Level.MAY),
    ]


def test_a_step_names_who_owns_it_when_it_is_due_and_how_long_it_is_waived() -> None:
    answer = {"state": "planned", "owner": "Head of data", "due": "2027-01-15"}
    waiver = {"control": "DAT-01", "reason": "x", "granted": "2026-09-01", "expires": "2027-03-01", "approved_by": "y"}
    step = next(
        s for s in planned(CATALOG, Project(controls={"DAT-01": answer}, waivers=(waiver,))) if s.control == "DAT-01"
    )
    assert (step.owner, str(step.due), str(step.waived_until)) == ("Head of data", "2027-01-15", "2027-03-01")
    assert step.unblocks == ("DAT-02",)


def test_of_alternatives_one_that_nothing_could_close_is_not_asked_for() -> None:
    bundle = small_bundle(
        control("A-01", "Asks for nothing", level="should", evidence={}),
        control("A-02", "Can be done", level="should"),
        control("A-03", "Needs either", requires=[{"any_of": ["A-01", "A-02"]}]),
    )
    steps = planned(bundle, Project())
    assert [(s.control, s.closes) for s in steps if s.closes is Level.MUST] == [
        ("A-02", Level.MUST),
        ("A-03", Level.MUST),
    ]
    assert next(s for s in steps if s.control == "A-01").edits is None
