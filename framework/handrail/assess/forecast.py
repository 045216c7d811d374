"""What will be, if nothing is done: the same subject judged again on every day to come that can bring something.

Belongs here: which days those are, judging them, and saying what differs from the day before. Never here: a guess, a
trend, a sentence. What is declared and what was seen stay as they are; only the day moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from handrail.assess.answers import TiedAnswer
from handrail.assess.assess import Subject, assess, controls_in_force, judge_subject, sums
from handrail.assess.entries import last_day
from handrail.catalog.resolve import InForce
from handrail.model.assessment import Assessment, ControlFinding, EvidenceRecord, LegalDuty, Summary
from handrail.model.bundle import Bundle
from handrail.model.terms import FailOn, Finding, Level

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Happens(StrEnum):
    """What a day brings."""

    EVIDENCE_ENDS = "evidence-ends"
    EVIDENCE_BEGINS = "evidence-begins"
    WAIVER_ENDS = "waiver-ends"
    WAIVER_BEGINS = "waiver-begins"
    DUTY_ENDS = "duty-ends"
    DUTY_BEGINS = "duty-begins"
    DUE_PASSES = "due-passes"
    LEVEL = "level"
    FINDING = "finding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is first so on `day`. What a kind does not need is None.

    `requirement` is what the evidence was for; `duty` the legal duty (one that is shown only, because its clause is
    not known well enough, changes no level); `due` the day that has gone by. `before` and `after` are levels or
    findings.
    """

    day: date
    happens: Happens
    control: str
    requirement: str | None = None
    duty: LegalDuty | None = None
    due: date | None = None
    before: Level | Finding | None = None
    after: Level | Finding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Up to seven days, the last of them at most the last of the forecast, and the sums as they stand on it."""

    start: date
    end: date
    events: tuple[Event, ...]
    summary: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The run to start from, and what changes from the day after on, week by week; weeks without events too."""

    now: Assessment
    days: int
    weeks: tuple[Week, ...]


def forecast(
    bundle: Bundle,
    digest: str,
    subject: Subject,
    *,
    as_of: date,
    days: int,
    fail_on: FailOn = FailOn.MUST,
    include_draft: bool = False,
) -> Forecast:
    """Say what each of the `days` after `as_of` brings, as judging it on each of them would tell.

    Args:
        bundle: the compiled catalog.
        digest: its digest.
        subject: what is judged; evidence is not looked at again.
        as_of: the UTC day to start from.
        days: how many days to look ahead, at least 1.
        fail_on: the level of the gate in the sums.
        include_draft: judge controls of status `draft` too.
    """
    declaration = subject.declaration
    controls = controls_in_force(bundle, declaration, as_of=as_of, include_draft=include_draft)
    before, answers = judge_subject(bundle, digest, subject, controls, as_of=as_of)
    weeks: list[Week] = []
    start = as_of + ONE_DAY
    last = as_of + timedelta(days=days)
    day = _next_turn(subject, controls, answers, after=as_of)
    while start <= last:
        end = min(start + WEEK - ONE_DAY, last)
        events: list[Event] = []
        while day is not None and day <= end:
            controls = controls_in_force(bundle, declaration, as_of=day, include_draft=include_draft)
            after, answers = judge_subject(bundle, digest, subject, controls, as_of=day)
            for one, finding in after.items():
                events += _events(day, before[one], finding, answers.get(one))
            before = after
            day = _next_turn(subject, controls, answers, after=day)
        summary = sums(bundle, declaration, controls, before, as_of=end, fail_on=fail_on, include_draft=include_draft)
        weeks.append(Week(start=start, end=end, events=tuple(events), summary=summary))
        start = end + ONE_DAY
    now = assess(bundle, digest, subject, as_of=as_of, fail_on=fail_on, include_draft=include_draft)
    return Forecast(now=now, days=days, weeks=tuple(weeks))


def _next_turn(
    subject: Subject, controls: Iterable[InForce], answers: Mapping[str, TiedAnswer], *, after: date
) -> date | None:
    """The next day that can differ from the day before: the first day of something, or the day after its last.

    How long evidence stays fresh may itself change, when a duty begins: that day is such a day, and this is asked
    again on it.
    """
    spans = _spans(subject, controls, answers.values())
    turns = (day for first, last in spans for day in (first, last + ONE_DAY if last else None))
    return min((day for day in turns if day is not None and day > after), default=None)


def _spans(
    subject: Subject, controls: Iterable[InForce], answers: Iterable[TiedAnswer]
) -> Iterator[tuple[date | None, date | None]]:
    """Everything that the day is compared with: first and last day of each, where it has one."""
    for control in controls:
        yield from ((duty.start, duty.until) for duty in control.duties)
        asked = {one.requirement.id: one for group in control.asked for one in group}
        for seen in subject.observations.get(control.control.id, ()):
            if seen.requirement in asked:
                yield seen.date, last_day(seen.date, asked[seen.requirement], seen.valid_until)
    yield from ((None, one.answer.due) for one in answers)
    yield from ((one.granted, one.expires) for one in subject.declaration.waivers)
    for reading in subject.upstream.values():
        yield reading.as_of, reading.signed_until
        yield from ((None, one.valid_until) for one in reading.findings.values())


def _events(day: date, before: ControlFinding, after: ControlFinding, answer: TiedAnswer | None) -> Iterator[Event]:
    """What of one control is so on `day` and was not on the day before."""
    if _out_of_scope(after):
        return
    control = after.control
    for one in after.duties:
        if one.start == day:
            yield Event(day=day, happens=Happens.DUTY_BEGINS, control=control, duty=one)
        if one.until == day - ONE_DAY:
            yield Event(day=day, happens=Happens.DUTY_ENDS, control=control, duty=one)
    for was, entry in zip(before.evidence, after.evidence, strict=True):
        if was.counts != entry.counts:
            yield _evidence(day, control, entry)
    if _holds(before) != _holds(after):
        happens = Happens.WAIVER_BEGINS if _holds(after) else Happens.WAIVER_ENDS
        yield Event(day=day, happens=happens, control=control)
    if _overdue(after) and not _overdue(before):
        due = answer.answer.due if answer is not None else None
        yield Event(day=day, happens=Happens.DUE_PASSES, control=control, due=due)
    if before.level is not after.level:
        yield Event(day=day, happens=Happens.LEVEL, control=control, before=before.level, after=after.level)
    if before.finding is not after.finding:
        yield Event(day=day, happens=Happens.FINDING, control=control, before=before.finding, after=after.finding)


def _evidence(day: date, control: str, entry: EvidenceRecord) -> Event:
    happens = Happens.EVIDENCE_BEGINS if entry.counts else Happens.EVIDENCE_ENDS
    return Event(day=day, happens=happens, control=control, requirement=entry.requirement)


def _out_of_scope(finding: ControlFinding) -> bool:
    return finding.finding is Finding.NOT_APPLICABLE and finding.reasons[0].code == "out-of-scope"


def _holds(finding: ControlFinding) -> bool:
    return finding.waiver is not None and finding.waiver.holds


def _overdue(finding: ControlFinding) -> bool:
    return any(reason.code == "overdue" for reason in finding.reasons)
