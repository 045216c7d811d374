"""What a report says, case by case of report-wording, and what it never says."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from typing import Any

import pytest

from handrail.assess.headline import headline_facts
from handrail.assess.project import project_publicly
from handrail.model.assessment import Gate, LegalDuty, WaiverRecord
from handrail.model.headline import Aged, HeadlineFacts, Inherited, MadeBy, OpenKinds, Waived
from handrail.model.reasons import NOTES, REASONS
from handrail.model.terms import Assurance, Finding, Level, LevelReason
from handrail.report import wording
from handrail.report.advice import ADVICE
from handrail.report.formats import FORMATS, ReportInput
from tests.report.small import ALL_SHOWN, AS_OF, CASES, CATALOG, MIXED, Project, done, seen

NO_KINDS = dict.fromkeys(OpenKinds.model_fields, 0)


def facts(**given: Any) -> HeadlineFacts:
    """Twelve MUST controls, all satisfied and checked by program, unless told otherwise."""
    plain = {
        "project": "Aurora",
        "as_of": AS_OF,
        "must": 12,
        "open_must": 0,
        "undetermined": 0,
        "satisfied": 12,
        "well_shown": 12,
        "catalog_must": 12,
        "checklists": (),
    }
    return HeadlineFacts.model_validate({**plain, **given})


def kinds(**given: int) -> dict[str, Any]:
    """Open controls of these kinds."""
    return {"open_must": sum(v for k, v in given.items() if k != "waiting"), "kinds": {**NO_KINDS, **given}}


ALL_OPEN = {"satisfied": 0, "well_shown": 0}
SAID = [
    (
        "always, open",
        facts(open_must=5, satisfied=7),
        "On 2026-11-24, 5 of the 12 MUST controls in this report that apply to Aurora were open.",
    ),
    (
        "always, one",
        facts(open_must=1),
        "On 2026-11-24, 1 of the 12 MUST controls in this report that apply to Aurora was open.",
    ),
    (
        "always, none open",
        facts(),
        "On 2026-11-24, Aurora had supplied, for each of the 12 MUST controls in this report that apply to it, the "
        "evidence that the catalogue asks for.",
    ),
    (
        "always, none open of one",
        facts(must=1, catalog_must=1),
        "On 2026-11-24, Aurora had supplied, for each of the 1 MUST control in this report that applies to it, the "
        "evidence that the catalogue asks for.",
    ),
    (
        "always, nothing applies",
        facts(must=0, satisfied=0),
        "On 2026-11-24, no MUST control in this report applied to Aurora.",
    ),
    (
        "A",
        facts(open_must=8, undetermined=7, satisfied=4),
        "7 of 12 could not be determined. This says nothing good or bad about them: nothing current and readable was "
        "supplied.",
    ),
    (
        "B",
        facts(checklists=("First steps",), catalog_must=40),
        "This report covers the checklist First steps only: 12 of the 40 MUST controls that apply to Aurora by its own "
        "description.",
    ),
    (
        "B, a role without its checklist",
        facts(roles_not_chosen=("Model host",)),
        "Its declared role Model host has a checklist of its own that was not chosen.",
    ),
    (
        "C, all kinds",
        facts(
            **kinds(reported_absent=2, reported_partial=1, not_as_declared=3, undetermined=4, waiting=2, held_at_part=1)
        ),
        "2 the project itself reports as not in place, 1 as in place in part; for 3 the files supplied do not show "
        "what was declared; 4 could not be determined, of which 2 wait for another control; 1 counts in part because "
        "another control does.",
    ),
    (
        "C, one kind",
        facts(**kinds(undetermined=3, waiting=1)),
        "3 could not be determined, of which 1 waits for another control.",
    ),
    ("C, part only", facts(**kinds(reported_partial=2)), "2 the project itself reports as in place in part."),
    (
        "C, files only",
        facts(**kinds(not_as_declared=1)),
        "For 1 the files supplied do not show what was declared.",
    ),
    (
        "D",
        facts(satisfied=9, well_shown=4),
        "Of the 9 that are satisfied, 4 were checked by program or signed by another organisation; 5 rest on the "
        "project's own documents or word.",
    ),
    (
        "D, one",
        facts(satisfied=1, well_shown=0),
        "Of the 1 that is satisfied, 0 were checked by program or signed by another organisation; 1 rests on the "
        "project's own documents or word.",
    ),
    (
        "E",
        facts(waived=(Waived(count=2, until=date(2027, 3, 1)),)),
        "The project has chosen to leave 2 open until 2027-03-01; that does not close them.",
    ),
    (
        "E, two days",
        facts(waived=(Waived(count=1, until=date(2027, 1, 1)), Waived(count=2, until=date(2027, 3, 1)))),
        "The project has chosen to leave 1 open until 2027-01-01 and 2 open until 2027-03-01; that does not close "
        "them.",
    ),
    (
        "E, in public",
        facts(waived=(Waived(count=1, until=None),)),
        "The project has chosen to leave 1 open; that does not close it.",
    ),
    (
        "F",
        facts(inherited=(Inherited(upstream="base-model", count=3),)),
        "3 rest on the assessment of base-model, judged again on 2026-11-24.",
    ),
    (
        "G",
        facts(aged=Aged(today=date(2027, 6, 1), pieces=4, open_must=6)),
        "Since 2026-11-24, 4 pieces of evidence have passed their date; judged on 2027-06-01, 6 would be open.",
    ),
    ("H", facts(counted_only=5), "5 results are counted here but not shown control by control."),
    (
        "I, no reply",
        facts(made_by=MadeBy(who="A watchdog")),
        "Made by A watchdog, not by Aurora, which has not replied.",
    ),
    (
        "I, reply",
        facts(made_by=MadeBy(who="A watchdog", replied=date(2026, 12, 1))),
        "Made by A watchdog, not by Aurora, which replied on 2026-12-01.",
    ),
    ("J", facts(fictional=True), "Worked example; the project is fictional."),
]


@pytest.mark.parametrize(("given", "sentence"), [pytest.param(f, s, id=name) for name, f, s in SAID])
def test_headline_says_a_case_that_applies(given: HeadlineFacts, sentence: str) -> None:
    assert sentence in wording.headline(given)


def test_headline_says_no_case_that_does_not_apply() -> None:
    assert len(wording.headline(facts())) == 2


def test_cases_stand_in_their_order() -> None:
    everything = facts(
        **kinds(undetermined=9, reported_absent=1),
        undetermined=9,
        satisfied=2,
        well_shown=1,
        checklists=("First steps",),
        catalog_must=40,
        waived=(Waived(count=1, until=AS_OF),),
        inherited=(Inherited(upstream="base", count=1),),
        aged=Aged(today=date(2027, 6, 1), pieces=1, open_must=11),
        counted_only=1,
        made_by=MadeBy(who="A watchdog"),
        fictional=True,
    )
    starts = (
        "On 2",
        "9 of",
        "This report",
        "1 the",
        "Of the",
        "The project has",
        "1 rests",
        "Since",
        "1 result is",
        "Made",
        "Worked",
    )
    assert [one.startswith(start) for one, start in zip(wording.headline(everything), starts, strict=True)] == [
        True
    ] * 11


def test_all_undetermined_is_said_once() -> None:
    said = wording.headline(facts(**kinds(undetermined=12), undetermined=12, **ALL_OPEN))
    assert sum("could not be determined" in one for one in said) == 1


@pytest.mark.parametrize("case", CASES)
def test_kinds_of_open_add_up_to_all_open(case: str) -> None:
    given = headline_facts(CASES[case].assessment(), CATALOG)
    assert given.kinds is not None
    assert given.open_must == sum(v for k, v in given.kinds.model_dump().items() if k != "waiting")


def test_headline_counts_what_the_assessment_holds() -> None:
    given = headline_facts(MIXED.assessment(), CATALOG)
    assert given.kinds is not None
    assert (given.must, given.open_must, given.satisfied, given.well_shown) == (7, 6, 1, 1)
    assert given.kinds.model_dump() == {
        **NO_KINDS,
        "reported_absent": 1,
        "reported_partial": 1,
        "not_as_declared": 1,
        "undetermined": 3,
        "waiting": 2,
    }
    assert given.waived == (Waived(count=1, until=date(2027, 3, 1)),)


def test_a_control_capped_at_part_is_neither_declared_partial_nor_contradicted() -> None:
    one = Project(
        controls={**ALL_SHOWN.controls, "REP-01": {**ALL_SHOWN.controls["REP-01"], "state": "partial"}},
        seen=ALL_SHOWN.seen,
    )
    given = headline_facts(one.assessment(), CATALOG).kinds
    assert given == OpenKinds(**{**NO_KINDS, "reported_partial": 1, "held_at_part": 2})


def test_inherited_controls_are_counted_by_upstream() -> None:
    made = ALL_SHOWN.assessment()
    there = {
        one.control: {"finding": "satisfied", "fingerprint": one.fingerprint, "assurance": "verified"}
        for one in made.findings
    }
    one = Project(
        controls={**ALL_SHOWN.controls, "DAT-01": {"state": "inherited", "from": "base-model"}},
        seen=ALL_SHOWN.seen,
        upstream={
            "base-model": {
                "project": "base",
                "as_of": "2026-11-01",
                "digest_ok": True,
                "signature": "good",
                "findings": there,
            }
        },
    )
    assert headline_facts(one.assessment(), CATALOG).inherited == (Inherited(upstream="base-model", count=1),)


def test_aged_evidence_is_told_on_a_later_day_only() -> None:
    fresh = Project(
        controls={"REP-02": done("counts")}, seen={"REP-02": {"counts": seen(kind="metrics")}}, facts=MIXED.facts
    ).assessment()
    assert headline_facts(fresh, CATALOG, today=AS_OF).aged is None
    assert headline_facts(fresh, CATALOG, today=date(2027, 4, 22)).aged is None
    assert headline_facts(fresh, CATALOG, today=date(2027, 4, 23)).aged == Aged(
        today=date(2027, 4, 23), pieces=1, open_must=8
    )


def test_a_role_whose_checklist_is_not_chosen_is_named_by_its_label() -> None:
    one = Project(facts={"role": ["model-developer", "model-host"]}, checklists=("developer",))
    said = " ".join(wording.headline(headline_facts(one.assessment(), CATALOG)))
    assert "checklist Developer only" in said
    assert "declared role Model host has" in said


BANNED = re.compile(r"\b(un)?(safe|compliant|conformant|certified|approved|passed|non-?compliant)\b", re.IGNORECASE)
BY_LAW = (r"'Satisfied' means .*? has endorsed it\.", r"pieces? of evidence ha(s|ve) passed (its|their) date")
"""Where report-wording itself has such a word."""


def _without_the_fixed_words(text: str) -> str:
    flat = " ".join(text.replace("\u2018", "'").replace("\u2019", "'").split())
    for fixed in BY_LAW:
        flat = re.sub(fixed, "", flat)
    return flat


@pytest.mark.parametrize(("case", "name"), list(product(CASES, FORMATS)))
def test_no_report_judges_a_project(case: str, name: str) -> None:
    one = CASES[case]
    given = ReportInput(
        assessments=(one.assessment(),), declarations=(one.declaration(),), bundle=CATALOG, verbose=True
    )
    assert not BANNED.findall(_without_the_fixed_words(FORMATS[name](given)))


def test_no_sentence_judges_a_project() -> None:
    texts = [*REASONS.values(), *ADVICE.values(), *wording.TIERS.values(), wording.WITHHELD]
    texts += [sentence for _, given, _ in SAID for sentence in wording.headline(given)]
    texts += [finding.value for finding in Finding]
    assert not [text for text in texts if BANNED.search(_without_the_fixed_words(text))]


def test_the_public_headline_tells_no_day_of_a_waiver_and_no_kind_of_open() -> None:
    public = project_publicly(MIXED.assessment(), CATALOG, MIXED.declaration())
    said = " ".join(wording.headline(public.headline))
    assert "leave 1 open; that" in said
    assert "3 results are counted here" in said
    assert "could not be determined" not in said


def test_public_label_of_undetermined_is_not_shown() -> None:
    labels = {finding: wording.finding_label(finding, public=True) for finding in Finding}
    assert labels == {**{f: f.value for f in Finding}, Finding.UNDETERMINED: "not shown"}


def test_every_finding_has_a_sign_of_its_own() -> None:
    assert len({wording.SIGNS[finding] for finding in Finding}) == len(Finding)


def duty(**given: Any) -> LegalDuty:
    plain = {"reference": "law", "clause": "5", "confidence": "secondary", "level": "must", "in_force": True}
    return LegalDuty.model_validate({**plain, **given})


@pytest.mark.parametrize(
    ("reason", "duties", "text"),
    [
        (LevelReason.CATALOGUE, [], "MUST (this catalogue)"),
        (LevelReason.CATALOGUE, [duty(in_force=False)], "MUST (this catalogue)"),
        (LevelReason.LAW, [duty()], "MUST (law: The Act, 5, secondary)"),
        (
            LevelReason.LAW,
            [duty(), duty(clause="9", confidence="memory", in_force=False), duty(clause="7", level="should")],
            "MUST (law: The Act, 5, secondary)",
        ),
        (LevelReason.LAW, [duty(), duty(clause="6")], "MUST (law: The Act, 5, secondary; The Act, 6, secondary)"),
    ],
)
def test_level_names_what_puts_it_in_force(reason: LevelReason, duties: list[LegalDuty], text: str) -> None:
    assert wording.level_text(Level.MUST, reason, duties, CATALOG) == text


def test_every_reason_that_keeps_a_control_open_has_advice() -> None:
    assert set(ADVICE) == set(REASONS) - NOTES - {"out-of-scope"}


@pytest.mark.parametrize("code", ADVICE)
def test_advice_fills_all_its_slots(code: str) -> None:
    said = wording.next_step(code, "SRV-02", CATALOG, requirements=["record"], blocked_by=["SRV-01"])
    assert "{" not in said
    assert said.endswith(".")


def test_advice_names_what_is_asked_for() -> None:
    assert wording.next_step("evidence-missing", "DAT-01", CATALOG) == (
        "Supply \u201cKeep a list of datasets: record\u201d (document)."
    )


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ({"fail_on": "must", "blocking": (), "waived": ("A-1", "A-2")}, "Gate at MUST: no blocking gap; 2 waived."),
        ({"fail_on": "should", "blocking": ("A-1",), "waived": ()}, "Gate at SHOULD: 1 blocking gap."),
        (
            {"fail_on": "must", "blocking": (), "waived": ("A-1",), "passed_over": ("A-2",)},
            "Gate at MUST: no blocking gap; 1 waived; 1 waiting for waived controls only.",
        ),
        ({"fail_on": "never", "blocking": (), "waived": ()}, "The gate is off (--fail-on never)."),
    ],
)
def test_gate_is_told_without_a_verdict(gate: dict[str, Any], said: str) -> None:
    assert wording.gate_line(Gate.model_validate(gate)) == said


def test_a_waiver_that_does_not_hold_is_told_as_such() -> None:
    lapsed = WaiverRecord(
        granted=date(2025, 1, 1), expires=date(2025, 6, 1), approved_by="The board", reason="Later.", holds=False
    )
    assert wording.waiver_line(lapsed, as_of=AS_OF) == (
        "Left open by choice from 2025-01-01 until 2025-06-01, agreed by The board: Later. It does not hold on "
        "2026-11-24, so the gate does not pass over it."
    )


def test_every_tier_is_explained() -> None:
    assert set(wording.TIERS) == set(Assurance)
