"""The public projection: what is never published, and what a reader cannot work out from what is."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.assess.project import may_publish, project_publicly
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.public import PublicControl, PublicCount, PublicReport
from handrail.report.canonical import to_json
from tests.report.small import ALL_SHOWN, CASES, CATALOG, FIRST_RUN, MIXED, Project, bundle_of, control, done, seen

SHOWN = {"record": seen()}
CONTRADICTED = {"record": seen("contradicted")}


def public(one: Project, bundle: Bundle = CATALOG) -> PublicReport:
    return project_publicly(one.assessment(bundle), bundle, one.declaration())


def controls(report: PublicReport) -> dict[str, PublicControl]:
    return {c.control: c for phase in report.phases for p in phase.principles for c in p.controls}


def counts(report: PublicReport) -> dict[str, PublicCount]:
    """Where a count stands -> the count."""
    found = {p.id: p.counted for phase in report.phases for p in phase.principles}
    found |= {phase.phase.value: phase.counted for phase in report.phases}
    return {place: count for place, count in {**found, "all": report.counted}.items() if count is not None}


def hidden(one: str, **more: Any) -> Any:
    return control(one, "Only counted", disclosure="principle", **more)


def count(satisfied: int, still_open: int) -> PublicCount:
    return PublicCount(satisfied=satisfied, open=still_open, not_applicable=0)


def answered(*satisfied: str) -> Project:
    return Project(controls={one: done("record") for one in satisfied}, seen=dict.fromkeys(satisfied, SHOWN))


def test_consent_is_asked_for() -> None:
    said = MIXED.declaration()
    assert not may_publish(said)
    consent = {"consent_by": "The board", "date": "2026-10-01"}
    assert may_publish(Declaration.model_validate({**said.model_dump(by_alias=True), "publish": consent}))


FREE_TEXT = ("SUMMARY", "JUSTIFICATION", "OWNER", "REASON", "APPROVER", "ACCESS", "EVIDENCE")


@pytest.mark.parametrize("secret", FREE_TEXT)
def test_no_free_text_of_the_project_is_published(secret: str) -> None:
    internal = f"{MIXED.declaration()}{MIXED.assessment()}"
    assert f"SECRET-{secret}" in internal
    assert f"SECRET-{secret}" not in to_json(public(MIXED))


@pytest.mark.parametrize("day", ["2026-11-01", "2027-03-01", "2026-09-01"], ids=["due", "expires", "granted"])
def test_no_day_that_the_project_set_itself_is_published(day: str) -> None:
    assert day in f"{MIXED.assessment().model_dump_json()}"
    assert day not in to_json(public(MIXED))


@pytest.mark.parametrize("case", CASES)
def test_nothing_of_a_counted_control_is_published(case: str) -> None:
    text = to_json(public(CASES[case]))
    assert not [one for one in CATALOG.controls if CATALOG.controls[one].disclosure == "principle" and one in text]
    assert "valid_until" not in text
    assert "fingerprint" not in text


def test_planned_is_told_without_its_day() -> None:
    one = Project(controls={"DAT-01": {"state": "planned", "due": "2026-11-01"}})
    assert [reason.code for reason in controls(public(one))["DAT-01"].reasons] == ["planned"]


def test_a_waiver_is_told_as_a_fact_only() -> None:
    waiver = {
        "control": "SRV-01",
        "reason": "SECRET",
        "granted": "2026-09-01",
        "expires": "2027-03-01",
        "approved_by": "X",
    }
    report = public(Project(waivers=(waiver,)))
    assert [one for one, c in controls(report).items() if c.waived] == ["SRV-01"]
    assert [(w.count, w.until) for w in report.headline.waived] == [(1, None)]


def test_sealed_evidence_is_held_by_its_custodian_since_a_day() -> None:
    piece = controls(public(MIXED))["REP-01"].evidence[0]
    assert (piece.sealed, piece.held_by, str(piece.date)) == (True, "Trust and Safety", "2026-09-30")


def test_evidence_is_told_by_the_catalogs_title_with_tier_and_day() -> None:
    piece = controls(public(MIXED))["DAT-01"].evidence[0]
    assert (piece.title, piece.tier, str(piece.date)) == ("Keep a list of datasets: record", "verified", "2026-10-24")
    assert not piece.sealed


def test_sealed_records_are_paired_with_their_own_entry() -> None:
    asked = {"log": {"kind": "sealed-record", "assurance": "claimed", "handling": "sealed"}, "record": "document"}
    bundle = bundle_of(control("A-01", "Two", evidence=asked), control("B-01", "Other"))
    entries = [
        {"for": "log", "sealed": {"custodian": name, "since": f"2026-0{n}-01"}}
        for n, name in ((3, "First"), (4, "Second"))
    ]
    said = Project(
        controls={
            "A-01": {"state": "implemented", "evidence": [entries[0], {"for": "record", "path": "a"}, entries[1]]}
        }
    ).declaration()
    made = Project(controls={"A-01": done("record")}, seen={"A-01": {"log": seen(kind="sealed-record"), **SHOWN}})
    finding = made.assessment(bundle).findings[0]
    log, record = finding.evidence
    twice = made.assessment(bundle).model_copy(
        update={"findings": (finding.model_copy(update={"evidence": (log, record, log)}),)}
    )
    pieces = controls(project_publicly(twice, bundle, said))["A-01"].evidence
    assert [(p.held_by, p.date.month if p.date else 0) for p in pieces] == [("First", 3), (None, 10), ("Second", 4)]


def test_a_principle_with_several_counted_controls_tells_how_many_are_satisfied_and_open() -> None:
    bundle = bundle_of(hidden("A-01"), hidden("A-02"), hidden("A-03"), control("A-04", "Shown"))
    report = public(answered("A-02", "A-04"), bundle)
    assert counts(report) == {"A": count(1, 2)}
    assert list(controls(report)) == ["A-04"]
    assert report.headline.counted_only == 3


def test_principles_with_a_single_counted_control_are_merged_into_their_phase() -> None:
    bundle = bundle_of(hidden("A-01"), hidden("B-01"), control("C-01", "Shown"))
    report = public(answered("A-01", "C-01"), bundle)
    assert counts(report) == {"develop": count(1, 1)}
    assert [(p.id, p.counted_wider) for p in report.phases[0].principles] == [("A", True), ("B", True), ("C", False)]


def test_a_single_merged_control_takes_the_smallest_other_count_with_it() -> None:
    bundle = bundle_of(hidden("A-01"), hidden("B-01"), hidden("B-02"), hidden("C-01"), hidden("C-02"), hidden("C-03"))
    assert counts(public(answered("A-01"), bundle)) == {"develop": count(1, 2), "C": count(0, 3)}


def test_a_phase_with_a_single_counted_control_is_merged_into_the_whole_report() -> None:
    bundle = bundle_of(hidden("A-01"), hidden("B-01"), hidden("B-02"), phases={"A": "deploy"})
    assert counts(public(answered("A-01"), bundle)) == {"all": count(1, 2)}


@pytest.mark.parametrize(
    ("shown", "left"),
    [
        (("A-02", "B-01", "C-01"), ["B-01", "C-01"]),
        (("B-01", "C-01"), ["C-01"]),
        (("C-01",), []),
    ],
    ids=["rest of its principle", "rest of its phase", "rest of the report"],
)
def test_a_lone_counted_control_takes_its_neighbours_with_it(shown: tuple[str, ...], left: list[str]) -> None:
    phases = {"C": "deploy"}
    bundle = bundle_of(hidden("A-01"), *(control(one, "Shown") for one in shown), phases=phases)
    report = public(answered("A-01"), bundle)
    assert list(controls(report)) == left
    assert sum(c.controls for c in counts(report).values()) >= 2


def test_a_lone_counted_must_among_counted_shoulds_takes_a_must_with_it() -> None:
    bundle = bundle_of(hidden("A-01"), hidden("A-02", level="should"), control("A-03", "Must"), control("B-01", "Must"))
    assert list(controls(public(answered("A-01"), bundle))) == ["B-01"]


def test_neighbours_come_beside_what_is_counted_already() -> None:
    bundle = bundle_of(hidden("A-01"), control("A-02", "Must"), hidden("B-01", level="should"))
    report = public(answered("A-01"), bundle)
    assert counts(report) == {"develop": count(1, 2)}
    assert controls(report) == {}


def test_what_the_facts_put_out_of_scope_is_in_no_count() -> None:
    off = {"applies_when": {"modality": ["text"]}}
    bundle = bundle_of(hidden("A-01", **off), hidden("A-02"), hidden("A-03"), control("B-01", "Shown", **off))
    report = public(answered(), bundle)
    assert counts(report) == {"A": count(0, 2)}
    assert controls(report)["B-01"].finding == "not-applicable"


def test_a_shown_control_that_waits_for_a_counted_one_looks_as_if_it_were_not_answered() -> None:
    bundle = bundle_of(hidden("A-01"), hidden("A-02"), control("B-01", "Needs it", requires=["A-01"]))
    waiting = public(answered("A-02", "B-01"), bundle)
    silent = public(answered("A-02"), bundle)
    assert controls(waiting)["B-01"] == controls(silent)["B-01"]
    assert controls(waiting)["B-01"].withheld
    assert "A-01" not in to_json(waiting)


def test_a_shown_control_that_waits_for_a_shown_one_says_so() -> None:
    one = controls(public(MIXED))["SRV-02"]
    assert [reason.control for reason in one.reasons] == ["SRV-01"]
    assert not one.withheld


def test_a_hidden_prerequisite_outside_the_checklists_is_neither_shown_nor_counted() -> None:
    bundle = bundle_of(control("DAT-01", "Shown", requires=["REP-01"]), hidden("REP-01"))
    one = Project(checklists=("developer",), controls={"DAT-01": done("record")}, seen={"DAT-01": SHOWN})
    report = public(one, bundle)
    assert list(controls(report)) == ["DAT-01"]
    assert controls(report)["DAT-01"].withheld
    assert counts(report) == {}


def test_kinds_of_open_are_told_where_everything_is_shown_singly() -> None:
    bundle = bundle_of(control("A-01", "One"), control("A-02", "Two"))
    assert public(FIRST_RUN, bundle).headline.kinds is not None
    assert public(FIRST_RUN).headline.kinds is None


@pytest.mark.parametrize("case", CASES)
def test_every_count_is_about_several_controls(case: str) -> None:
    assert all(c.controls >= 2 for c in counts(public(CASES[case])).values())


@pytest.mark.parametrize("case", CASES)
def test_counts_and_shown_controls_add_up(case: str) -> None:
    report = public(CASES[case])
    counted = counts(report).values()
    assert report.headline.counted_only == sum(c.controls for c in counted)
    open_shown = sum(c.finding.is_open for c in controls(report).values())
    everything = [f for f in CASES[case].assessment().findings if f.finding.is_open]
    assert open_shown + sum(c.open for c in counted) == len(everything)


def test_the_project_is_told_by_what_it_publishes_about_itself() -> None:
    one = Project(more={"homepage": "https://example.org", "summary": "SECRET", "owner": "SECRET", "fictional": "true"})
    report = public(one)
    assert report.project.model_dump() == {
        "id": "aurora",
        "name": "Aurora",
        "version": "2.1",
        "homepage": "https://example.org",
        "fictional": True,
    }
    assert report.headline.fictional


COUNTED = ("A-01", "A-02", "A-03", "B-01", "C-01", "C-02")
MANY = bundle_of(
    *(hidden(one) for one in COUNTED),
    control("A-04", "Shown"),
    control("B-02", "Shown, needs two", requires=["A-01", "B-01"]),
    control("C-03", "Shown, needs one", requires=["B-02"]),
    phases={"C": "deploy"},
)
IN_ONE_COUNT = (("A-01", "A-02", "A-03", "B-01"), ("C-01", "C-02"))


@settings(max_examples=80, deadline=None)
@given(
    st.fixed_dictionaries({one: st.sampled_from([SHOWN, CONTRADICTED]) for one in COUNTED}),
    st.booleans(),
    st.sampled_from(list(permutations(range(4)))),
    st.booleans(),
)
def test_who_is_who_inside_a_count_cannot_be_told(
    sights: dict[str, Any], swap: bool, order: tuple[int, ...], shown_first: bool
) -> None:
    """Any exchange of findings within a count gives the same bytes, while no shown control rests on a satisfied one."""
    develop, deploy = IN_ONE_COUNT
    moved = {one: sights[develop[place]] for one, place in zip(develop, order, strict=True)}
    moved |= dict(zip(deploy, (sights[one] for one in (reversed(deploy) if swap else deploy)), strict=True))
    shown = ("A-04",) if shown_first else ()

    def made(seen_by_control: dict[str, Any]) -> str:
        answers = {one: done("record") for one in (*COUNTED, *shown)}
        return to_json(public(Project(controls=answers, seen={**seen_by_control, **dict.fromkeys(shown, SHOWN)}), MANY))

    assert made(sights) == made(moved)


def test_nothing_applicable_gives_an_empty_report() -> None:
    bundle = bundle_of(hidden("A-01", applies_when={"modality": ["text"]}))
    report = public(ALL_SHOWN, bundle)
    assert (report.phases, report.counted, report.headline.counted_only) == ((), None, 0)
