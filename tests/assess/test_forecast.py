"""What a forecast says is what judging on that day gives, and every change of a finding has its day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from handrail.assess.assess import assess
from handrail.assess.forecast import Event, Forecast, Happens, forecast
from handrail.catalog.fingerprint import fingerprint
from handrail.model.bundle import Bundle
from handrail.model.terms import Finding, Level
from tests.conformance.run import DIGEST, bundle_of, subject_of
from tests.property.generate import cases
from tests.report.small import ACT, AS_OF, Project, control, seen
from tests.report.small import DIGEST as SMALL_DIGEST
from tests.report.small import bundle_of as small_bundle

CASES, DAYS, SEED = 250, 9, 20261127


def test_on_random_cases_every_day_is_what_judging_on_it_gives() -> None:
    met: Counter[str] = Counter()
    for case in cases(SEED, CASES):
        bundle, subject, start = bundle_of(case["catalog"]), subject_of(case), date.fromisoformat(case["as_of"])
        made = forecast(bundle, DIGEST, subject, as_of=start, days=DAYS)
        told = {one.control: one.finding for one in made.now.findings}
        levels = {one.control: one.level for one in made.now.findings}
        brought = happening(made)
        met.update(event.happens for event in brought)
        for number in range(1, DAYS + 1):
            day = start + timedelta(days=number)
            for event in (one for one in brought if one.day == day):
                if event.happens is Happens.FINDING:
                    assert told[event.control] == event.before
                    told[event.control] = Finding(event.after or "")
                if event.happens is Happens.LEVEL:
                    levels[event.control] = Level(event.after or "")
            there = assess(bundle, DIGEST, subject, as_of=day)
            assert told == {one.control: one.finding for one in there.findings}
            in_scope = [one for one in there.findings if one.finding is not Finding.NOT_APPLICABLE]
            assert all(levels[one.control] == one.level for one in in_scope)
            assert all(week.summary == there.summary for week in made.weeks if week.end == day)
    assert not set(Happens) - met.keys(), "the dice never met these; nothing is proved of them"


@pytest.mark.parametrize(("days", "weeks"), [(1, 1), (7, 1), (8, 2), (90, 13)])
def test_weeks_follow_each_other_and_end_with_the_forecast(days: int, weeks: int) -> None:
    made = ahead(small_bundle(control("A-01", "One")), Project(), days=days)
    assert len(made.weeks) == weeks
    ends = [AS_OF, *(week.end for week in made.weeks)]
    assert [week.start for week in made.weeks] == [end + timedelta(days=1) for end in ends[:-1]]
    assert ends[-1] == AS_OF + timedelta(days=days)


def ahead(bundle: Bundle, one: Project, *, days: int = 90) -> Forecast:
    made = forecast(bundle, SMALL_DIGEST, one.subject(), as_of=AS_OF, days=days)
    assert made.now == one.assessment(bundle)
    return made


def events(made: Forecast) -> list[tuple[str, str, str]]:
    return [(str(one.day), one.happens.value, one.control) for week in made.weeks for one in week.events]


AGED = control("A-01", "Aged", evidence={"record": {"max_age": "P60D"}})
IMPLEMENTED = {"state": "implemented"}


def test_evidence_goes_stale_on_the_day_after_its_last() -> None:
    bundle = small_bundle(AGED, control("A-02", "Waits", requires=["A-01"]))
    one = Project(
        controls=dict.fromkeys(("A-01", "A-02"), IMPLEMENTED),
        seen={"A-01": {"record": seen(date="2026-10-24")}, "A-02": {"record": seen()}},
    )
    assert events(ahead(bundle, one)) == [
        ("2026-12-24", "evidence-ends", "A-01"),
        ("2026-12-24", "finding", "A-01"),
        ("2026-12-24", "finding", "A-02"),
    ]


def test_evidence_dated_in_the_days_to_come_begins_to_count() -> None:
    one = Project(controls={"A-01": IMPLEMENTED}, seen={"A-01": {"record": seen(date="2026-12-01")}})
    told = events(ahead(small_bundle(AGED), one, days=30))
    assert told == [("2026-12-01", "evidence-begins", "A-01"), ("2026-12-01", "finding", "A-01")]


def test_a_signature_in_the_evidence_ends() -> None:
    one = Project(controls={"A-01": IMPLEMENTED}, seen={"A-01": {"record": seen(valid_until="2026-12-01")}})
    told = events(ahead(small_bundle(AGED), one, days=30))
    assert told == [("2026-12-02", "evidence-ends", "A-01"), ("2026-12-02", "finding", "A-01")]


SIGNED = {"project": "base", "as_of": "2026-11-01", "digest_ok": "true", "signature": "good"}
BEGINS = [("2026-12-10", "finding", "A-01")]
ENDS = [("2026-12-11", "finding", "A-01")]


@pytest.mark.parametrize(
    ("reading", "finding", "told"),
    [
        ({}, {}, []),
        ({}, {"valid_until": "2026-12-10"}, ENDS),
        ({"signed_until": "2026-12-10"}, {}, ENDS),
        ({"as_of": "2026-12-10"}, {}, BEGINS),
    ],
)
def test_what_is_inherited_begins_and_ends(
    reading: dict[str, str], finding: dict[str, str], told: list[tuple[str, str, str]]
) -> None:
    inheritable = control("A-01", "Inheritable", allow={"inherit": True})
    there = {"finding": "satisfied", "fingerprint": fingerprint(inheritable.statement), "assurance": "documented"}
    one = Project(
        controls={"A-01": {"state": "inherited", "upstream": "base"}},
        upstream={"base": {**SIGNED, "findings": {"A-01": {**there, **finding}}, **reading}},
    )
    assert events(ahead(small_bundle(inheritable), one, days=30)) == told


def test_a_waiver_begins() -> None:
    waiver = {"control": "A-01", "reason": "x", "granted": "2026-12-01", "expires": "2027-06-01", "approved_by": "y"}
    assert events(ahead(small_bundle(AGED), Project(waivers=(waiver,)))) == [("2026-12-01", "waiver-begins", "A-01")]


def test_a_waiver_ends_and_the_gate_stops_at_its_control() -> None:
    waiver = {"control": "A-01", "reason": "x", "granted": "2026-09-01", "expires": "2026-12-01", "approved_by": "y"}
    made = ahead(small_bundle(AGED), Project(waivers=(waiver,)), days=14)
    assert events(made) == [("2026-12-02", "waiver-ends", "A-01")]
    assert [week.summary.gate.blocking for week in made.weeks] == [(), ("A-01",)]


def test_a_legal_duty_begins_and_ends_and_moves_the_level() -> None:
    act = {**ACT, "from": "2026-12-02", "until": "2026-12-20"}
    bundle = small_bundle(control("A-01", "Marked", level="should", escalates=[act]))
    made = ahead(bundle, Project())
    assert events(made) == [
        ("2026-12-02", "duty-begins", "A-01"),
        ("2026-12-02", "level", "A-01"),
        ("2026-12-21", "duty-ends", "A-01"),
        ("2026-12-21", "level", "A-01"),
    ]
    level = made.weeks[1].events[1]
    assert (level.before, level.after) == (Level.SHOULD, Level.MUST)


def test_a_duty_known_from_memory_is_told_and_changes_no_level() -> None:
    act = {**ACT, "from": "2026-12-02", "clause": "9"}
    bundle = small_bundle(control("A-01", "Marked", level="should", escalates=[act]))
    assert events(ahead(bundle, Project())) == [("2026-12-02", "duty-begins", "A-01")]


def test_a_planned_day_goes_by() -> None:
    one = Project(controls={"A-01": {"state": "planned", "due": "2026-12-01"}})
    (event,) = happening(ahead(small_bundle(AGED), one))
    assert (event.happens, str(event.day), str(event.due)) == (Happens.DUE_PASSES, "2026-12-02", "2026-12-01")


def test_what_is_out_of_scope_brings_no_events() -> None:
    elsewhere: dict[str, Any] = {"applies_when": {"modality": ["text"]}, "escalates": [{**ACT, "from": "2026-12-02"}]}
    assert not happening(ahead(small_bundle(control("A-01", "Elsewhere", **elsewhere)), Project()))


def happening(made: Forecast) -> list[Event]:
    return [one for week in made.weeks for one in week.events]
