"""One requirement judged from what verifiers saw.

Belongs here: the second table of DESIGN section 4, `evidence(control)`: freshness, tier, and how several entries for
one requirement combine. Never here: the project's answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.catalog.resolve import Asked
from handrail.model.assessment import EvidenceRecord, Reason
from handrail.model.observation import Observation
from handrail.model.reasons import sentence
from handrail.model.terms import Assurance, Finding, Verdict

SILENT = {
    Verdict.MISSING: "evidence-missing",
    Verdict.UNREADABLE: "evidence-unreadable",
    Verdict.ALTERED: "evidence-altered",
    Verdict.MISMATCHED: "evidence-mismatch",
    Verdict.UNAVAILABLE: "evidence-unavailable",
    Verdict.REFUSED: "evidence-refused",
}
"""Verdicts that show nothing, good or bad, and the reason each gives."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry, or one requirement, judged: what it gives, why, how well, and the last day on which that holds."""

    finding: Finding
    reason: Reason | None = None
    tier: Assurance = Assurance.CLAIMED
    valid_until: date | None = None


def judge_entry(asked: Asked, seen: Observation, as_of: date) -> Judged:
    """Judge one entry: contradiction, then silence, then time, then tier; what is left counts."""
    if seen.verdict is Verdict.CONTRADICTED:
        return Judged(Finding.NOT_SATISFIED, _reason("evidence-contradicts", asked))
    if seen.verdict in SILENT:
        return _undetermined(SILENT[seen.verdict], asked)
    if seen.date is not None and seen.date > as_of:
        return _undetermined("evidence-future", asked, date=seen.date.isoformat())
    if seen.date is None and asked.max_age is not None:
        return _undetermined("evidence-undated", asked)
    valid_until = last_day(seen.date, asked, seen.valid_until)
    if valid_until is not None and valid_until < as_of:
        return _undetermined("evidence-stale", asked, date=(seen.date or valid_until).isoformat())
    if seen.tier < asked.requirement.assurance:
        return _undetermined("evidence-tier", asked, wanted=asked.requirement.assurance, tier=seen.tier)
    if seen.verdict is Verdict.PARTIAL:
        return Judged(Finding.PARTIAL, _reason("evidence-partial", asked), seen.tier, valid_until)
    return Judged(Finding.SATISFIED, None, seen.tier, valid_until)


def judge_requirement(group: Iterable[Asked], seen: Iterable[Observation], as_of: date) -> Judged:
    """Judge one requirement, or several of which one suffices, from every entry given for it.

    Any contradiction wins, unless a later run supersedes the one that contradicts; else the best entry, and of equals
    the first in the order given.
    """
    group = tuple(group)
    judged = [judge_entry(asked, one, as_of) for asked, one in standing_entries(group, seen)]
    if not judged:
        return _undetermined("evidence-missing", group[0])
    contradicting = [one for one in judged if one.finding is Finding.NOT_SATISFIED]
    return contradicting[0] if contradicting else max(judged, key=lambda one: one.finding)


def standing_entries(group: Iterable[Asked], seen: Iterable[Observation]) -> tuple[tuple[Asked, Observation], ...]:
    """The entries given for a requirement, or for several of which one suffices, without those superseded."""
    seen = tuple(seen)
    given = [(asked, one) for asked in group for one in seen if one.requirement == asked.requirement.id]
    latest = _superseding_days(one for _, one in given)
    return tuple((asked, one) for asked, one in given if not _is_superseded(one, latest))


def _superseding_days(seen: Iterable[Observation]) -> dict[str, date]:
    """Run -> the latest day on which another run that names it took place; a run without a day may be the latest."""
    days: dict[str, date] = {}
    for one in seen:
        if one.supersedes is not None and one.supersedes != one.run:
            days[one.supersedes] = max(one.date or date.max, days.get(one.supersedes, date.min))
    return days


def _is_superseded(seen: Observation, latest: dict[str, date]) -> bool:
    """Only a contradiction can be superseded, and only by a later run: neither itself nor a run of an earlier day."""
    if seen.verdict is not Verdict.CONTRADICTED or seen.run is None or seen.run not in latest:
        return False
    return (seen.date or date.min) <= latest[seen.run]


def record_entry(asked: Asked, seen: Observation, as_of: date) -> EvidenceRecord:
    """An observation as the assessment keeps it, with the last day on which it counts."""
    return EvidenceRecord(
        requirement=seen.requirement,
        kind=seen.kind,
        verdict=seen.verdict,
        tier=seen.tier,
        date=seen.date,
        run=seen.run,
        supersedes=seen.supersedes,
        artifact=seen.artifact,
        valid_until=last_day(seen.date, asked, seen.valid_until),
        counts=judge_entry(asked, seen, as_of).finding > Finding.UNDETERMINED,
        text=seen.text,
    )


def last_day(day: date | None, asked: Asked, limit: date | None) -> date | None:
    """The last day on which an entry counts: fresh while as_of <= date + max_age, and no signature in it ran out."""
    fresh = day + asked.max_age if day is not None and asked.max_age is not None else None
    return min((one for one in (fresh, limit) if one is not None), default=None)


def _undetermined(code: str, asked: Asked, **slots: str) -> Judged:
    return Judged(Finding.UNDETERMINED, _reason(code, asked, **slots))


def _reason(code: str, asked: Asked, **slots: str) -> Reason:
    requirement = asked.requirement
    text = sentence(code, requirement=f"\u201c{requirement.title}\u201d", **slots)
    return Reason(code=code, text=text, requirement=requirement.id)
