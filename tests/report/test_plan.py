"""The next steps: what can be begun, and among that what frees most for its effort."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.assess.plan import Step, next_steps, principal_code
from handrail.catalog.resolve import prerequisites
from handrail.model.assessment import Reason
from handrail.model.bundle import Bundle
from tests.report.small import ALL_SHOWN, CATALOG, FIRST_RUN, MIXED, Project, bundle_of, control, done, seen

SHOWN = {"record": seen()}


def planned(bundle: Bundle, one: Project, limit: int = 3) -> list[str]:
    return [step.control for step in next_steps(one.assessment(bundle), bundle, limit)]


def test_prerequisites_come_before_their_dependents_however_late_they_stand() -> None:
    bundle = bundle_of(
        control("A-01", "Top", requires=["A-02"]), control("A-02", "Middle", requires=["A-03"]), control("A-03", "Root")
    )
    assert planned(bundle, Project()) == ["A-03", "A-02", "A-01"]


def test_what_frees_more_for_its_effort_comes_first() -> None:
    bundle = bundle_of(
        control("A-01", "Frees nothing", effort="S"),
        control("B-01", "Large, frees two", effort="L"),
        control("B-02", "Small, frees one", effort="S"),
        *(control(f"C-0{n}", "Waits", requires=[r]) for n, r in enumerate(("B-01", "B-01", "B-02"), 1)),
    )
    assert next_steps(Project().assessment(bundle), bundle)[:2] == (
        Step(control="B-02", code="undeclared", unblocks=1),
        Step(control="B-01", code="undeclared", unblocks=2),
    )


def test_equals_keep_the_order_of_reading() -> None:
    bundle = bundle_of(control("B-01", "One"), control("A-01", "Two"), control("A-02", "Three"))
    assert planned(bundle, Project()) == ["B-01", "A-01", "A-02"]


def test_a_control_that_only_waits_is_no_step() -> None:
    bundle = bundle_of(control("A-01", "Root"), control("A-02", "Waits", requires=["A-01"]))
    one = Project(controls={"A-02": done("record")}, seen={"A-02": SHOWN})
    assert next_steps(one.assessment(bundle), bundle) == (Step(control="A-01", code="undeclared", unblocks=1),)


def test_of_alternatives_the_one_that_has_come_furthest_is_asked_for() -> None:
    bundle = bundle_of(
        control("A-01", "Way one", level="should"),
        control("A-02", "Way two", level="should"),
        control("A-03", "Needs either", requires=[{"any_of": ["A-01", "A-02"]}]),
    )
    half = Project(controls={"A-02": {"state": "partial"}}, seen={"A-02": SHOWN})
    assert planned(bundle, half) == ["A-02", "A-03"]
    whole = Project(controls={"A-02": done("record")}, seen={"A-02": SHOWN})
    assert planned(bundle, whole) == ["A-03"]


@pytest.mark.parametrize("way", ["A-01", "A-02"])
def test_a_prerequisite_declared_not_applicable_stands_in_the_way(way: str) -> None:
    bundle = bundle_of(
        control("A-01", "Root", level="should", allow={"not_applicable": "true"}),
        control("A-02", "Other", level="should", allow={"not_applicable": "true"}),
        control("A-03", "Waits", requires=[way]),
    )
    one = Project(
        controls={way: {"state": "not-applicable", "justification": "x"}, "A-03": done("record")}, seen={"A-03": SHOWN}
    )
    assert next_steps(one.assessment(bundle), bundle) == (Step(control=way, code="justified-na", unblocks=1),)


def test_a_prerequisite_out_of_scope_does_not() -> None:
    bundle = bundle_of(
        control("A-01", "Root", applies_when={"modality": ["text"]}), control("A-02", "Waits", requires=["A-01"])
    )
    assert planned(bundle, Project()) == ["A-02"]


def test_should_and_may_are_steps_only_where_a_must_waits_for_them() -> None:
    bundle = bundle_of(
        control("A-01", "Waited for", level="may"),
        control("A-02", "Alone", level="should"),
        control("A-03", "Waits", requires=["A-01"]),
    )
    assert planned(bundle, Project()) == ["A-01", "A-03"]


def test_nothing_open_leaves_no_step() -> None:
    assert next_steps(ALL_SHOWN.assessment(), CATALOG) == ()


def test_no_more_than_asked_for() -> None:
    assert [len(next_steps(FIRST_RUN.assessment(), CATALOG, limit)) for limit in (0, 1, 3)] == [0, 1, 3]


@pytest.mark.parametrize(
    ("codes", "principal"),
    [
        (("planned", "overdue"), "planned"),
        (("partial", "evidence-stale"), "evidence-stale"),
        (("alternative-unattested",), "alternative-unattested"),
        (("inherited", "evidence-missing"), "evidence-missing"),
        (("undeclared", "blocked-by"), "undeclared"),
    ],
)
def test_the_reason_that_says_most_is_the_one_acted_on(codes: tuple[str, ...], principal: str) -> None:
    assert principal_code(tuple(Reason(code=one, text=one) for one in codes)) == principal


def test_the_mixed_project_begins_with_the_root_of_its_chain() -> None:
    assert planned(CATALOG, MIXED) == ["REP-01", "DAT-03", "DAT-04"]


@st.composite
def catalogs(draw: st.DrawFn) -> tuple[Bundle, Project]:
    controls, answers, sights = [], {}, {}
    for n in range(draw(st.integers(1, 7))):
        one = f"A-{n:02}"
        earlier = [f"A-{m:02}" for m in range(n)]
        requires: list[Any] = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)) if earlier else []
        if len(earlier) > 1 and draw(st.booleans()):
            requires.append({"any_of": draw(st.lists(st.sampled_from(earlier), unique=True, min_size=2, max_size=3))})
        level = draw(st.sampled_from(["must", "must", "should"]))
        effort = draw(st.sampled_from("SML"))
        controls.append(control(one, "A control", requires=requires, level=level, effort=effort))
        state = draw(st.sampled_from([None, "planned", "partial", "implemented"]))
        if state:
            answers[one], sights[one] = {"state": state}, SHOWN
    return bundle_of(*controls), Project(controls=answers, seen=sights)


@settings(max_examples=120, deadline=None)
@given(catalogs())
def test_the_whole_plan_can_be_done_in_its_order_and_closes_every_open_must(given: tuple[Bundle, Project]) -> None:
    bundle, one = given
    plan = planned(bundle, one, limit=99)
    answers, sights = dict(one.controls), dict(one.seen)
    for step in plan:
        open_before = {
            f.control for f in Project(controls=answers, seen=sights).assessment(bundle).findings if f.finding.is_open
        }
        for group in prerequisites(bundle.controls[step]):
            assert not open_before.issuperset(group)
        answers[step], sights[step] = done("record"), SHOWN
    assert Project(controls=answers, seen=sights).assessment(bundle).summary.open_must == ()
    assert len(plan) == len(set(plan))
