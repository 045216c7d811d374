"""Which waivers hold, and what the gate passes over because of them.

Belongs here: the paragraph "Waiver" of DESIGN section 4. Never here: findings, which no waiver changes; the limits a
waiver must keep to be read at all (`workspace` reports those).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from handrail.assess.answers import TiedAnswer
from handrail.catalog.resolve import InForce
from handrail.model.assessment import ControlFinding, WaiverRecord
from handrail.model.declaration import Waiver
from handrail.model.terms import Finding, LevelReason

LONGEST = timedelta(days=366)
"""The longest a control may stay waived in all, first to last day counted."""


def waiver_record(
    control: InForce, answer: TiedAnswer | None, waivers: Iterable[Waiver], as_of: date
) -> WaiverRecord | None:
    """The waiver of a control as it stands; of several the one that holds, else the last granted."""
    records = [
        WaiverRecord(
            granted=one.granted,
            expires=one.expires,
            approved_by=one.approved_by,
            reason=one.reason,
            holds=_holds(one, control, answer, as_of),
        )
        for one in waivers
        if one.control == control.control.id
    ]
    return max(records, key=lambda record: (record.holds, record.granted), default=None)


def _holds(waiver: Waiver, control: InForce, answer: TiedAnswer | None, as_of: date) -> bool:
    owner = answer.answer.owner if answer else None
    return (
        control.control.allow.waive
        and control.level_reason is not LevelReason.LAW
        and waiver.granted <= as_of <= waiver.expires
        and waiver.expires - waiver.granted < LONGEST
        and waiver.approved_by != owner
    )


def is_waived(finding: ControlFinding) -> bool:
    """An open control with a waiver that holds."""
    return finding.finding.is_open and finding.waiver is not None and finding.waiver.holds


def is_passed_over(finding: ControlFinding, findings: Mapping[str, ControlFinding]) -> bool:
    """A control that is satisfied by itself and blocked only by controls that are waived."""
    if finding.own is not Finding.SATISFIED or not finding.blocked_by:
        return False
    return all(is_waived(findings[root]) for root in blocking_roots(finding, findings))


def blocking_roots(finding: ControlFinding, findings: Mapping[str, ControlFinding]) -> frozenset[str]:
    """The controls at the far end of `blocked_by`: open by themselves."""
    roots: set[str] = set()
    seen: set[str] = set()
    waiting = list(finding.blocked_by)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            further = findings[one].blocked_by
            waiting.extend(further)
            if not further:
                roots.add(one)
    return frozenset(roots)
