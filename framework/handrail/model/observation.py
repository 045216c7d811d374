"""What verifiers saw, before anything is judged.

Belongs here: observations of evidence and of upstream assessments. Never here: freshness, tiers asked for, findings
(that is `assess`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from handrail.model.assessment import Reason, RestsOn
from handrail.model.base import Day, Key, Result, Text
from handrail.model.terms import Assurance, Finding, Verdict


class Observation(Result):
    """One entry of evidence, as a verifier saw it.

    `date` is the activity's own day (UTC); `valid_until` the last day on which a signature or list in it holds;
    `artifact` the name of the project's artifact whose digest it names, where the verifier says which.
    `text` is a fixed sentence and never carries text from the evidence.
    """

    requirement: Key
    kind: Key
    verdict: Verdict
    tier: Assurance = Assurance.CLAIMED
    date: Day | None = None
    run: str | None = None
    supersedes: str | None = None
    artifact: Key | None = None
    valid_until: Day | None = None
    text: Text


Observations = dict[str, tuple[Observation, ...]]
"""Control id -> its observations, in the order in which the declaration gives the entries."""


class Signature(StrEnum):
    """What checking the signature over an upstream assessment gave."""

    GOOD = "good"
    NONE = "none"
    BAD = "bad"


class UpstreamFinding(Result):
    """What an upstream assessment says of one control, judged again from its observations (DESIGN section 4c).

    `reasons` are those of its evidence that fell short when it was judged again.
    """

    finding: Finding
    fingerprint: str
    assurance: Assurance | None = None
    valid_until: Day | None = None
    reasons: tuple[Reason, ...] = ()


class UpstreamReading(Result):
    """What reading an upstream assessment gave.

    `signed_until` is the last day of the key that signed. `seen` are the project ids of its own chain of upstreams;
    `rests_on` is the assessment itself and that chain, with digests, where it could be read.
    """

    project: str
    as_of: date
    digest_ok: bool
    signature: Signature
    signed_until: Day | None = None
    findings: dict[str, UpstreamFinding] = {}
    seen: tuple[str, ...] = ()
    rests_on: tuple[RestsOn, ...] = ()
