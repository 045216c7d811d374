"""What an answer inherited from an upstream assessment is worth (DESIGN section 4c).

Belongs here: the rows of 4c. Never here: reading the upstream file or its signature (`workspace` and `attest` do).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handrail.catalog.resolve import InForce
from handrail.model.assessment import Reason
from handrail.model.observation import Signature, UpstreamReading
from handrail.model.reasons import sentence
from handrail.model.terms import Assurance, Finding


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the upstream gives for one control; `of_evidence` says what of its evidence fell short on our day."""

    finding: Finding
    reason: Reason
    tier: Assurance = Assurance.CLAIMED
    valid_until: date | None = None
    of_evidence: tuple[Reason, ...] = ()

    @property
    def counts(self) -> bool:
        """The upstream's judgement was taken over."""
        return self.reason.code == "inherited"


def inherited(
    control: InForce, upstream: str, readings: Mapping[str, UpstreamReading], *, project: str, as_of: date
) -> Inherited:
    """Judge an inherited answer: the first row that matches."""
    reading = readings.get(upstream)
    if not control.control.allow.inherit:
        return _undetermined("upstream-not-inheritable", upstream)
    if reading is None or not _holds(reading, project=project, as_of=as_of):
        return _undetermined("upstream-unverified", upstream)
    there = reading.findings.get(control.control.id)
    if there is None or there.finding is Finding.NOT_APPLICABLE:
        return _undetermined("upstream-not-applicable", upstream)
    if there.fingerprint not in known_fingerprints(control):
        return _undetermined("requirement-changed", upstream)
    more_than_word = _asks_for_more_than_word(control)
    if more_than_word and not _is_signed(reading, as_of):
        return _undetermined("upstream-unsigned", upstream)
    # After its last day the record alone gives at most undetermined; a bad finding stays what it is.
    aged = there.valid_until is not None and there.valid_until < as_of
    finding = min(there.finding, Finding.UNDETERMINED) if aged else there.finding
    text = sentence("inherited", upstream=upstream, date=as_of.isoformat())
    if aged and there.valid_until is not None:
        text += f" Its record held until {there.valid_until.isoformat()}."
    reason = Reason(code="inherited", text=text, upstream=upstream)
    days = [day for day in (there.valid_until, reading.signed_until if more_than_word else None) if day is not None]
    tier = there.assurance or Assurance.CLAIMED
    return Inherited(finding, reason, tier, min(days, default=None), there.reasons)


def known_fingerprints(control: InForce) -> frozenset[str]:
    """The fingerprints whose answers still stand: the statement's own and those that mean the same."""
    same = (earlier.fingerprint for earlier in control.control.same_meaning_as)
    return frozenset((control.fingerprint, *same))


def _holds(reading: UpstreamReading, *, project: str, as_of: date) -> bool:
    chain = (reading.project, *reading.seen)
    return (
        reading.digest_ok
        and reading.signature is not Signature.BAD
        and reading.as_of <= as_of
        and project not in chain
        and len(set(chain)) == len(chain)
    )


def _is_signed(reading: UpstreamReading, as_of: date) -> bool:
    """By a key that still counts."""
    until = reading.signed_until
    return reading.signature is Signature.GOOD and (until is None or as_of <= until)


def _asks_for_more_than_word(control: InForce) -> bool:
    return any(asked.requirement.assurance > Assurance.CLAIMED for group in control.asked for asked in group)


def _undetermined(code: str, upstream: str) -> Inherited:
    return Inherited(Finding.UNDETERMINED, Reason(code=code, text=sentence(code, upstream=upstream), upstream=upstream))
