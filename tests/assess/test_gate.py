"""What decides the exit code beyond the assessment's own gate: a least assurance, and an earlier assessment."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.assess.gate import AtGate, at_gate
from handrail.assess.summary import gate
from handrail.model.assessment import Assessment
from handrail.model.terms import Assurance, FailOn
from handrail.report.wording import run_lines
from tests.report.small import ALL_SHOWN, CASES, FIRST_RUN, MIXED, Project, done, seen


def judged(project: Project, fail_on: FailOn = FailOn.MUST) -> Assessment:
    one = project.assessment()
    made = gate({f.control: f for f in one.findings}, fail_on)
    return one.model_copy(update={"summary": one.summary.model_copy(update={"gate": made})})


@pytest.mark.parametrize("case", CASES)
def test_without_either_option_it_is_the_gate_of_the_assessment(case: str) -> None:
    one = CASES[case].assessment()
    assert at_gate(one) == AtGate(blocking=one.summary.gate.blocking)
    assert run_lines(at_gate(one)) == ()


@pytest.mark.parametrize(
    ("tier", "below"),
    [
        (Assurance.CLAIMED, set()),
        (Assurance.DOCUMENTED, {"REP-01"}),
        (Assurance.VERIFIED, {"DAT-01", "DAT-02", "DAT-04", "SRV-01", "SRV-02", "SRV-03", "REP-01"}),
    ],
)
def test_a_satisfied_must_below_the_tier_counts_as_open(tier: Assurance, below: set[str]) -> None:
    made = at_gate(judged(ALL_SHOWN), min_assurance=tier)
    assert set(made.blocking) == set(made.below) == below


def test_no_finding_and_no_summary_changes() -> None:
    one = judged(ALL_SHOWN)
    before = one.model_dump_json()
    at_gate(one, min_assurance=Assurance.ATTESTED)
    assert one.model_dump_json() == before


@pytest.mark.parametrize(
    ("fail_on", "concerned"), [(FailOn.MUST, {"must"}), (FailOn.MAY, {"must", "should", "may"}), (FailOn.NEVER, set())]
)
def test_the_tier_is_asked_of_the_levels_of_the_gate_only(fail_on: FailOn, concerned: set[str]) -> None:
    one = judged(ALL_SHOWN, fail_on)
    made = at_gate(one, min_assurance=Assurance.ATTESTED)
    assert {f.level.value for f in one.findings if f.control in made.blocking} == concerned


def test_the_tier_is_not_asked_of_a_prerequisite_that_no_checklist_holds() -> None:
    chosen = Project(controls=ALL_SHOWN.controls, seen=ALL_SHOWN.seen, checklists=("developer",))
    assert "REP-01" not in at_gate(judged(chosen), min_assurance=Assurance.ATTESTED).blocking


def test_a_waiver_that_holds_covers_a_control_below_the_tier() -> None:
    waiver = {
        "control": "DAT-01",
        "reason": "r",
        "granted": "2026-09-01",
        "expires": "2027-03-01",
        "approved_by": "b",
    }
    waived = Project(controls=ALL_SHOWN.controls, seen=ALL_SHOWN.seen, waivers=(waiver,))
    made = at_gate(judged(waived), min_assurance=Assurance.ATTESTED)
    assert "DAT-01" not in made.blocking
    assert "DAT-02" in made.blocking


def test_what_was_open_at_the_gate_then_does_not_decide_now() -> None:
    made = at_gate(judged(MIXED), before=judged(FIRST_RUN))
    assert made.blocking == ()
    assert made.known == judged(MIXED).summary.gate.blocking


def test_what_was_satisfied_then_is_a_new_gap() -> None:
    made = at_gate(judged(MIXED), before=judged(ALL_SHOWN))
    assert made.blocking == judged(MIXED).summary.gate.blocking
    assert made.known == ()


def one_control(**answer: Any) -> Assessment:
    return judged(Project(controls={"DAT-01": answer}, seen={"DAT-01": {"record": seen()}}))


@pytest.mark.parametrize(
    "then", [{"state": "not-implemented"}, {"state": "planned"}, {**done("record"), "state": "partial"}]
)
@pytest.mark.parametrize(
    "now", [{"state": "not-implemented"}, {"state": "planned"}, {**done("record"), "state": "partial"}]
)
def test_a_change_from_open_to_open_is_no_new_gap(then: dict[str, Any], now: dict[str, Any]) -> None:
    assert at_gate(one_control(**now), before=one_control(**then)).blocking == ()


def test_a_waiver_that_has_run_out_is_a_new_gap() -> None:
    waived = judged(MIXED)
    bare = judged(Project(controls=MIXED.controls, seen=MIXED.seen))
    assert at_gate(bare, before=waived).blocking == ("DAT-04",)


def test_the_earlier_assessment_is_read_with_the_gate_of_this_run() -> None:
    made = at_gate(judged(MIXED, FailOn.MAY), before=judged(MIXED, FailOn.NEVER))
    assert made.blocking == ()
    assert set(made.known) >= {"MRK-01", "REP-02"}


def test_a_control_below_the_tier_then_as_now_is_known() -> None:
    one = judged(ALL_SHOWN)
    made = at_gate(one, min_assurance=Assurance.ATTESTED, before=one)
    assert made.blocking == made.below == ()
    assert len(made.known) == 8


def test_a_revision_is_named_instead_of_the_day_on_which_both_trees_are_judged() -> None:
    one = judged(ALL_SHOWN)
    (line,) = run_lines(at_gate(one, before=one, revision="main~3"))
    assert line.startswith("Beside the tree of main~3, 0 gaps at the gate are new; 0 were open there already")


def test_both_options_are_said_in_words() -> None:
    lines = run_lines(at_gate(judged(ALL_SHOWN), min_assurance=Assurance.DOCUMENTED, before=judged(FIRST_RUN)))
    assert lines == (
        "At --min-assurance documented, 0 satisfied controls shown at a lower tier count as open for the exit code "
        "only. No finding changes.",
        "Beside the assessment of 2026-11-24, 0 gaps at the gate are new; 1 was open there already and does not decide "
        "the exit code.",
    )
