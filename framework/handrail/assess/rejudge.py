"""An upstream's findings judged again, from the observations that its assessment records (DESIGN section 4c).

Belongs here: what each recorded observation shows on our day, by our catalog and for our artifacts. Never here:
whether the assessment may be relied on, and what an inherited answer is worth (`assess.inherit`).

The record is an upper bound: what was open there, for whatever reason, is not lifted by judging it again, and what its
record holds until is taken over. Only a finding of not-satisfied that rests on evidence is worked out anew: what
contradicts may speak of an artifact that is not ours, and then says nothing of us.

Evidence that speaks of an artifact (a test run, a screening, a signature over a model) counts for us only if that
artifact is ours. Where its record does not say of which it speaks, all artifacts of the upstream must be ours, and at
least one. Policies and plans speak of no artifact and count for whoever inherits them; so does all evidence of a
control of the organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date

from handrail.assess.answers import bare
from handrail.assess.entries import judge_entry
from handrail.assess.evaluate import judge_evidence
from handrail.catalog.resolve import Asked, InForce
from handrail.model.assessment import Assessment, ControlFinding, Reason
from handrail.model.kinds import KINDS
from handrail.model.observation import Observation, UpstreamFinding
from handrail.model.terms import Assurance, Finding, Scope, State, Verdict

_BY_EVIDENCE = frozenset({State.IMPLEMENTED, State.PARTIAL, State.ALTERNATIVE})
"""Answers of which the finding is worked out from evidence; an inherited one only where it has some of its own."""

_CONTENT = frozenset({Verdict.SHOWN, Verdict.PARTIAL, Verdict.CONTRADICTED})


def rejudged(
    there: Assessment, controls: Iterable[InForce], *, artifacts: Set[str], as_of: date
) -> dict[str, UpstreamFinding]:
    """Judge again everything in force here that the upstream assessed.

    Args:
        there: the upstream's assessment.
        controls: what of the catalog binds us on this day.
        artifacts: the digests of our own artifacts, 64 hex digits each.
        as_of: our day.
    """
    recorded = {one.control: one for one in there.findings}
    theirs = {name: bare(digest) for name, digest in there.artifacts.items()}
    return {
        one.control.id: _rejudged(recorded[one.control.id], one, theirs, artifacts, as_of)
        for one in controls
        if one.control.id in recorded
    }


def _rejudged(
    there: ControlFinding, control: InForce, theirs: Mapping[str, str], ours: Set[str], as_of: date
) -> UpstreamFinding:
    taken = UpstreamFinding(
        finding=there.finding,
        fingerprint=there.fingerprint,
        assurance=there.assurance,
        valid_until=there.valid_until,
    )
    bound = there.finding
    if there.finding is Finding.NOT_APPLICABLE:
        return taken
    if there.state in _BY_EVIDENCE:
        bound = max(bound, Finding.UNDETERMINED)
    elif there.state is not State.INHERITED:
        return taken
    elif foreign := _may_speak_of_another(control, theirs, ours):
        # What it was inherited with is not recorded there, so the worst is taken.
        judged = judge_entry(foreign, _mismatched(foreign), as_of)
        return _changed(taken, min(bound, judged.finding), Assurance.CLAIMED, None, (judged.reason,))
    elif not there.evidence:
        return taken
    evidence = judge_evidence(control, _observations(there, control, theirs, ours), as_of)
    return _changed(taken, min(bound, evidence.finding), evidence.assurance, evidence.valid_until, evidence.reasons)


def _changed(
    taken: UpstreamFinding,
    finding: Finding,
    assurance: Assurance | None,
    valid_until: date | None,
    reasons: Iterable[Reason | None],
) -> UpstreamFinding:
    days = [day for day in (taken.valid_until, valid_until) if day is not None]
    return UpstreamFinding(
        finding=finding,
        fingerprint=taken.fingerprint,
        assurance=min(taken.assurance or Assurance.CLAIMED, assurance or Assurance.CLAIMED),
        valid_until=min(days, default=None),
        reasons=tuple(one for one in reasons if one is not None),
    )


def _observations(
    there: ControlFinding, control: InForce, theirs: Mapping[str, str], ours: Set[str]
) -> Iterable[Observation]:
    """The recorded observations, of the kinds that we ask for, as they are for us."""
    asked = {one.requirement.id: one for group in control.asked for one in group}
    for record in there.evidence:
        given_for = asked.get(record.requirement)
        if given_for is None or given_for.requirement.kind != record.kind:
            continue
        speaks = _is_bound(record.kind, record.tier) and control.control.scope is not Scope.ORGANISATION
        if speaks and record.verdict in _CONTENT and not _is_ours(record.artifact, theirs, ours):
            yield _mismatched(given_for)
            continue
        yield Observation(
            requirement=record.requirement,
            kind=record.kind,
            verdict=record.verdict,
            tier=record.tier,
            date=record.date,
            run=record.run,
            supersedes=record.supersedes,
            artifact=record.artifact,
            valid_until=record.valid_until,
            text=record.text,
        )


def _mismatched(asked: Asked) -> Observation:
    requirement = asked.requirement
    text = "It speaks of an artifact that this project does not declare."
    return Observation(requirement=requirement.id, kind=requirement.kind, verdict=Verdict.MISMATCHED, text=text)


def _may_speak_of_another(control: InForce, theirs: Mapping[str, str], ours: Set[str]) -> Asked | None:
    """The first requirement, if any, whose evidence may be bound to an artifact that is not ours."""
    if control.control.scope is Scope.ORGANISATION or _is_ours(None, theirs, ours):
        return None
    bound = (one for group in control.asked for one in group if _is_bound(one.requirement.kind, Assurance.VERIFIED))
    return next(bound, None)


def _is_bound(kind: str, tier: Assurance) -> bool:
    """Whether evidence of a kind speaks of an artifact: all that can be verified is so by its digest."""
    known = KINDS.get(kind)
    if known is None:  # a plugin's: what it calls verified is bound to something
        return tier >= Assurance.VERIFIED
    return known.highest is Assurance.VERIFIED or known.name == "attestation"


def _is_ours(artifact: str | None, theirs: Mapping[str, str], ours: Set[str]) -> bool:
    if artifact is not None:
        return theirs.get(artifact) in ours
    return bool(theirs) and set(theirs.values()) <= ours
