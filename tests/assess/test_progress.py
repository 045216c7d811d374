"""What counts as progress between two runs, and what never does; and what of it the public may see."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.assess.progress import Move, Movement, progress, public_progress
from handrail.assess.project import project_publicly
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.terms import Finding
from handrail.report.progress_page import progress_page
from tests.report.small import ALL_SHOWN, CATALOG, FIRST_RUN, MIXED, Project, bundle_of, control, done, seen

ONE = bundle_of(control("A-01", "One", evidence={"record": {"max_age": "P60D"}}, allow={"not_applicable": "true"}))
GOOD: dict[str, Any] = {"A-01": {"record": seen()}}


def answered(state: str, **shown: Any) -> Assessment:
    answer = {"state": state, "justification": "x"}
    return Project(controls={"A-01": answer}, seen={"A-01": {"record": seen(**shown)}} if shown else {}).assessment(ONE)


SATISFIED = answered("implemented", verdict="shown")
PARTIAL = answered("partial", verdict="shown")
NOTHING = answered("implemented", verdict="missing")
CONTRARY = answered("implemented", verdict="contradicted")
PLANNED = answered("planned")
STALE = answered("implemented", date="2026-01-01")
NOT_APPLICABLE = answered("not-applicable")


def reworded(run: Assessment, **changes: Any) -> Assessment:
    (one,) = run.findings
    return run.model_copy(update={"findings": (one.model_copy(update={"fingerprint": "f" * 16, **changes}),)})


def moves(old: Assessment, new: Assessment) -> dict[str, Move]:
    return {one.control: one.move for one in progress(old, new).movements}


@pytest.mark.parametrize(
    ("old", "new", "move"),
    [
        pytest.param(NOTHING, SATISFIED, Move.IMPROVED, id="undetermined, satisfied"),
        pytest.param(PLANNED, SATISFIED, Move.IMPROVED, id="not satisfied, satisfied"),
        pytest.param(PARTIAL, SATISFIED, Move.IMPROVED, id="partial, satisfied"),
        pytest.param(SATISFIED, CONTRARY, Move.REGRESSED, id="satisfied, not satisfied"),
        pytest.param(SATISFIED, PARTIAL, Move.REGRESSED, id="satisfied, partial"),
        pytest.param(SATISFIED, NOTHING, Move.REGRESSED, id="satisfied, nothing supplied"),
        pytest.param(SATISFIED, STALE, Move.LAPSED, id="satisfied, stale"),
        pytest.param(PARTIAL, STALE, Move.LAPSED, id="partial, stale"),
        pytest.param(CONTRARY, NOTHING, Move.EVIDENCE_WITHDRAWN, id="contrary, nothing"),
        pytest.param(PLANNED, NOTHING, Move.EVIDENCE_WITHDRAWN, id="planned, nothing"),
        pytest.param(PLANNED, STALE, Move.EVIDENCE_WITHDRAWN, id="planned, stale"),
        pytest.param(NOTHING, PARTIAL, Move.STILL_OPEN, id="undetermined, partial"),
        pytest.param(NOTHING, CONTRARY, Move.STILL_OPEN, id="undetermined, not satisfied"),
        pytest.param(PLANNED, NOT_APPLICABLE, Move.LEFT_SCOPE, id="planned, declared not applicable"),
        pytest.param(NOT_APPLICABLE, SATISFIED, Move.APPEARED, id="not applicable, satisfied"),
        pytest.param(SATISFIED, reworded(SATISFIED), Move.REWORDED, id="reworded, satisfied"),
        pytest.param(NOTHING, reworded(SATISFIED), Move.REWORDED, id="reworded, satisfied now: no progress"),
        pytest.param(SATISFIED, reworded(CONTRARY), Move.REGRESSED, id="reworded, contrary: no excuse"),
        pytest.param(CONTRARY, reworded(NOTHING), Move.EVIDENCE_WITHDRAWN, id="reworded, withdrawn"),
    ],
)
def test_each_change_is_in_its_class(old: Assessment, new: Assessment, move: Move) -> None:
    assert moves(old, new) == {"A-01": move}


@pytest.mark.parametrize("run", [SATISFIED, NOTHING, PLANNED, NOT_APPLICABLE], ids=lambda run: run.findings[0].finding)
def test_what_is_as_it_was_is_only_counted(run: Assessment) -> None:
    made = progress(run, run)
    assert not made.movements
    assert made.unchanged == (run is not NOT_APPLICABLE)


def test_an_answer_that_waits_for_a_new_statement_is_reworded_and_no_regression() -> None:
    old = Project(controls={"A-01": {"state": "implemented"}}, seen=GOOD)
    new = Project(controls={"A-01": {"state": "implemented", "statement": "0" * 16}}, seen=GOOD)
    assert moves(old.assessment(ONE), reworded(new.assessment(ONE))) == {"A-01": Move.REWORDED}
    assert moves(old.assessment(ONE), new.assessment(ONE)) == {"A-01": Move.REGRESSED}


def test_a_control_that_left_the_checklists_left_scope_even_if_it_is_judged_as_a_prerequisite() -> None:
    whole, part = Project(), Project(checklists=("developer",))
    made = progress(whole.assessment(), part.assessment())
    assert {one.control for one in made.movements} == {"REP-01", "REP-02"}
    assert {one.move for one in made.movements} == {Move.LEFT_SCOPE}
    assert made.differs == ("checklists",)
    assert moves(part.assessment(), whole.assessment()) == dict.fromkeys(("REP-01", "REP-02"), Move.APPEARED)


def test_a_weaker_level_closes_nothing_and_is_named() -> None:
    strict = bundle_of(control("A-01", "One"), control("A-02", "Two", level="should"))
    loose = bundle_of(control("A-01", "One", level="should"), control("A-02", "Two"))
    made = progress(Project().assessment(strict), Project().assessment(loose))
    assert (made.movements, made.relaxed, made.tightened) == ((), ("A-01",), ("A-02",))


def test_runs_of_two_projects_or_in_the_wrong_order_are_told() -> None:
    later = SATISFIED.model_copy(update={"as_of": SATISFIED.as_of.replace(year=2027)})
    with pytest.raises(ValueError, match="give the older one first"):
        progress(later, SATISFIED)
    other = SATISFIED.model_copy(update={"project": SATISFIED.project.model_copy(update={"id": "other"})})
    with pytest.raises(ValueError, match="two projects, `aurora` and `other`"):
        progress(SATISFIED, other)


STATES = st.sampled_from(["implemented", "partial", "planned", "not-applicable", None])
VERDICTS = st.sampled_from(["shown", "partial", "missing", "contradicted"])


@st.composite
def runs(draw: st.DrawFn) -> Project:
    answers, sights = {}, {}
    for one in CATALOG.controls:
        state = draw(STATES)
        if state is not None:
            answers[one] = {"state": state, "justification": "x"}
        name = {"REP-01": "log", "REP-02": "counts"}.get(one, "record")
        sights[one] = {name: seen(draw(VERDICTS), tier="documented")}
    return Project(controls=answers, seen=sights)


@settings(max_examples=80, deadline=None)
@given(runs(), runs())
def test_every_control_is_told_once_and_improved_means_open_before_and_satisfied_now(a: Project, b: Project) -> None:
    old, new = a.assessment(), b.assessment()
    made = progress(old, new)
    before, after = ({one.control: one.finding for one in run.findings} for run in (old, new))
    assert len(made.movements) == len({one.control for one in made.movements})
    for one in made.movements:
        was, now = before[one.control], after[one.control]
        assert (one.move is Move.IMPROVED) == (was.is_open and now is Finding.SATISFIED)
        if was is Finding.NOT_SATISFIED and now is Finding.UNDETERMINED:
            assert one.move is Move.EVIDENCE_WITHDRAWN
    silent = {one for one in after if one not in {m.control for m in made.movements}}
    assert all(before[one] is after[one] for one in silent)
    assert made.unchanged + len(made.movements) + sum(
        before[one] is after[one] is Finding.NOT_APPLICABLE for one in after
    ) == len(after)


def shown(run: Project, bundle: Bundle = CATALOG) -> set[str]:
    report = project_publicly(run.assessment(bundle), bundle, run.declaration())
    return {c.control for phase in report.phases for p in phase.principles for c in p.controls}


@settings(max_examples=80, deadline=None)
@given(runs(), runs())
def test_the_public_is_told_of_controls_that_both_reports_show_and_of_no_other(a: Project, b: Project) -> None:
    made = public_progress(a.assessment(), b.assessment(), CATALOG, b.declaration())
    assert {one.control for one in made.movements} <= shown(a) & shown(b)
    page = progress_page(made, CATALOG)
    assert not [one for one in CATALOG.controls if one not in shown(a) & shown(b) and one in page]


PUBLIC = [(FIRST_RUN, MIXED), (MIXED, ALL_SHOWN), (ALL_SHOWN, MIXED)]


@pytest.mark.parametrize(("old", "new"), PUBLIC)
def test_no_free_text_and_no_day_of_the_project_reaches_the_page(old: Project, new: Project) -> None:
    page = progress_page(public_progress(old.assessment(), new.assessment(), CATALOG, new.declaration()), CATALOG)
    assert "SECRET" not in page
    assert not [day for day in ("2026-11-01", "2027-03-01", "2026-09-01", "2026-09-30") if day in page]


def test_a_control_whose_reasons_are_withheld_is_told_by_its_finding_alone() -> None:
    """It went stale; that it did is a reason, and reasons could tell of a control that is only counted."""
    aged = {"record": {"max_age": "P60D"}}
    bundle = bundle_of(
        control("A-01", "Counted", disclosure="principle"),
        control("A-02", "Counted", disclosure="principle"),
        control("B-01", "Shown", requires=["A-01"], evidence=aged),
    )
    whole = {one: done("record") for one in ("A-01", "A-02", "B-01")}
    sights = {one: {"record": seen()} for one in whole}
    old = Project(controls=whole, seen=sights)
    new = Project(controls=whole, seen={**sights, "B-01": {"record": seen(date="2026-01-01")}})
    inside = progress(old.assessment(bundle), new.assessment(bundle)).movements
    outside = public_progress(old.assessment(bundle), new.assessment(bundle), bundle, new.declaration()).movements
    assert [one.move for one in inside] == [Move.LAPSED]
    assert outside == (
        Movement(control="B-01", move=Move.REGRESSED, before=Finding.SATISFIED, after=Finding.UNDETERMINED,
                 reworded=False),
    )  # fmt: skip


def test_a_control_that_the_catalog_no_longer_has_is_not_told_in_public() -> None:
    wider = bundle_of(*CATALOG.controls.values(), control("DAT-09", "Gone"), phases={"SRV": "deploy"})
    made = public_progress(Project().assessment(wider), Project().assessment(), CATALOG, Project().declaration())
    assert "DAT-09" not in progress_page(made, CATALOG)
