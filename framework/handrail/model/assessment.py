"""One run's result: findings, summaries and the observations they rest on (DESIGN section 4b).

Belongs here: the shape that history, fleets, upstreams and the site read. Never here: how any of it is worked out.
"""

from __future__ import annotations

from typing import Literal

from handrail.model.base import Day, Field, Fingerprint, Id, Key, Result, Selector, Sha256, Text
from handrail.model.terms import (
    Assurance,
    Confidence,
    FailOn,
    Finding,
    Level,
    LevelReason,
    Phase,
    SelectedBy,
    State,
    Verdict,
)


class Reason(Result):
    """Why a finding is what it is: a code of `model.reasons` and its fixed sentence.

    The other fields name what the sentence speaks of and hold ids of the catalog or dates only.
    """

    code: Key
    text: Text
    control: Id | None = None
    requirement: Key | None = None
    fact: Key | None = None
    upstream: Key | None = None


class EvidenceRecord(Result):
    """An observation as recorded: enough to judge it again on a later day.

    `artifact` is the name of the project's artifact that it speaks of by digest, where the verifier says which.
    """

    requirement: Key
    kind: Key
    verdict: Verdict
    tier: Assurance
    date: Day | None = None
    run: str | None = None
    supersedes: str | None = None
    artifact: Key | None = None
    valid_until: Day | None = None
    counts: bool
    text: Text


class LegalDuty(Result):
    """An escalation that applies to the project: in force today, or shown only."""

    reference: Key
    clause: Text
    confidence: Confidence
    level: Level
    start: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    in_force: bool


class WaiverRecord(Result):
    """A waiver as it stands on the day of the run."""

    granted: Day
    expires: Day
    approved_by: Text
    reason: Text
    holds: bool


class ControlFinding(Result):
    """The judgement on one control.

    `declared` is what the project's answer claims; `own` looks at this control alone; `finding` also at what it
    requires. `assurance` stands beside the finding and is never mixed into it. After `valid_until` the record alone
    gives at most `undetermined`.
    """

    control: Id
    principle: Id
    level: Level
    level_reason: LevelReason
    duties: tuple[LegalDuty, ...] = ()
    selected_by: SelectedBy
    state: State | None
    declared: Finding
    own: Finding
    finding: Finding
    assurance: Assurance | None
    fingerprint: Fingerprint
    valid_until: Day | None
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...] = ()
    blocked_by: tuple[Id, ...]
    waiver: WaiverRecord | None
    evidence: tuple[EvidenceRecord, ...]
    answered_by: Literal["project", "organisation"] | None = None


class PrincipleFinding(Result):
    """The least finding of a principle's applicable MUST controls; None where no MUST applies."""

    id: Id
    phase: Phase
    finding: Finding | None


class Coverage(Result):
    """How much of the catalog this run speaks of; counts of controls."""

    catalog_applicable: int
    in_checklists: int
    determined: int
    verified_or_attested: int
    na_by_facts: int
    na_by_declaration: int


class Gate(Result):
    """What makes `check` exit with 1. `passed_over` are dependents whose only blockers are waived."""

    fail_on: FailOn
    blocking: tuple[Id, ...]
    waived: tuple[Id, ...]
    passed_over: tuple[Id, ...] = ()


Counts = dict[Finding, int]
"""Finding -> number of controls; findings that do not occur are left out."""


class Summary(Result):
    """Counts by level in force, over the controls that the checklists select."""

    must: Counts
    should: Counts
    may: Counts
    open_must: tuple[Id, ...]
    catalog_must: int
    roles_not_chosen: tuple[Key, ...] = ()
    coverage: Coverage
    gate: Gate


class CatalogRef(Result):
    """The catalog judged by, or a pack that was added to it, which is named by its prefix."""

    version: str
    digest: Sha256
    pack: Id | None = None


class ProjectRef(Result):
    """The project judged."""

    id: Key
    name: Text
    version: Text | None = None


class RestsOn(Result):
    """An assessment of another project that answers are inherited from, by its digest."""

    project: Key
    sha256: Sha256


class Assessment(Result):
    """One run over one project. Same inputs and `as_of`, same bytes.

    `catalog` lists the catalog and then the packs that were added to it.
    `artifacts` are the digests that its evidence was held against, by name; `rests_on` the assessments that answers
    are inherited from, with everything that those rest on in turn.
    """

    handrail: Literal[1] = 1
    as_of: Day
    catalog: tuple[CatalogRef, ...]
    checklists: tuple[Key, ...]
    project: ProjectRef
    facts: Selector
    artifacts: dict[Key, Sha256] = {}
    rests_on: tuple[RestsOn, ...] = ()
    summary: Summary
    principles: tuple[PrincipleFinding, ...]
    findings: tuple[ControlFinding, ...]
