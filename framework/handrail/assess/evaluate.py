"""The meaning of findings, for one project: the specification that every other evaluator must equal.

Belongs here: the table `own(control)` and the rule `finding = min(own, cap)` of DESIGN section 4, in the order of the
published table, so that both can be read side by side. Never here: entries of evidence (`assess.entries`),
inheritance (`assess.inherit`), what of the catalog binds (`catalog.resolve`), sums (`assess.summary`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from handrail.assess.answers import TiedAnswer
from handrail.assess.entries import judge_requirement, record_entry
from handrail.assess.inherit import inherited, known_fingerprints
from handrail.catalog.resolve import InForce
from handrail.model.assessment import ControlFinding, Reason
from handrail.model.observation import Observation, Observations, UpstreamReading
from handrail.model.reasons import sentence
from handrail.model.terms import Assurance, Finding, State

DECLARED = {
    State.IMPLEMENTED: Finding.SATISFIED,
    State.ALTERNATIVE: Finding.SATISFIED,
    State.INHERITED: Finding.SATISFIED,
    State.PARTIAL: Finding.PARTIAL,
    State.PLANNED: Finding.NOT_SATISFIED,
    State.NOT_IMPLEMENTED: Finding.NOT_SATISFIED,
    State.NOT_APPLICABLE: Finding.NOT_APPLICABLE,
}
"""What each declared state claims, before anything is looked at."""


@dataclass(frozen=True, slots=True)
class Own:
    """A control judged by itself: the first row of the table that matches.

    `attested` says that the entry chosen for some requirement was signed by an accepted organisation.
    """

    finding: Finding
    reasons: tuple[Reason, ...] = ()
    assurance: Assurance | None = None
    valid_until: date | None = None
    attested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the judgement of one control may look at besides the control and its answer."""

    project: str
    as_of: date
    upstream: Mapping[str, UpstreamReading] = field(default_factory=dict)


def own(control: InForce, answer: TiedAnswer | None, seen: Iterable[Observation], context: Context) -> Own:
    """Judge a control by itself. The rows stand in the order of the published table; the first that matches holds."""
    if control.scope.out_by is not None:
        fact = control.scope.out_by
        return Own(Finding.NOT_APPLICABLE, (_reason("out-of-scope", fact=fact),))
    if answer is None:
        return Own(Finding.UNDETERMINED, (_reason("undeclared"),))
    state = answer.answer.state
    if state is State.NOT_IMPLEMENTED:
        return _word(Finding.NOT_SATISFIED, "not-implemented")
    if state is State.PLANNED:
        due = answer.answer.due
        overdue = due is not None and due < context.as_of
        late = (_reason("overdue", date=due.isoformat()),) if overdue and due is not None else ()
        return Own(Finding.NOT_SATISFIED, (_reason("planned"), *late), Assurance.CLAIMED)
    if answer.tied_to is None:
        return _word(Finding.UNDETERMINED, "unreviewed")
    if answer.tied_to not in known_fingerprints(control):
        return _word(Finding.UNDETERMINED, "requirement-changed")
    if state is State.NOT_APPLICABLE:
        return _declared_not_applicable(control, answer)
    if state is State.INHERITED:
        return _inherited(control, answer, tuple(seen), context)
    evidence = judge_evidence(control, seen, context.as_of)
    if state is State.ALTERNATIVE:
        return _alternative(answer, evidence)
    if state is State.PARTIAL:
        return _at_most(Finding.PARTIAL, evidence, _reason("partial"))
    return evidence


def judge_evidence(control: InForce, seen: Iterable[Observation], as_of: date) -> Own:
    """The least over the control's requirements; a requirement that falls short gives its reason."""
    seen = tuple(seen)
    judged = [judge_requirement(group, seen, as_of) for group in control.asked]
    if not judged:
        return _word(Finding.UNDETERMINED, "no-evidence-asked")
    return Own(
        min(one.finding for one in judged),
        tuple(one.reason for one in judged if one.reason is not None),
        min(one.tier for one in judged),
        _earliest(one.valid_until for one in judged),
        attested=any(one.tier is Assurance.ATTESTED for one in judged),
    )


def _declared_not_applicable(control: InForce, answer: TiedAnswer) -> Own:
    if not control.control.allow.not_applicable:
        return Own(Finding.UNDETERMINED, (_reason("na-not-allowed"),))
    if answer.answer.justification is None:
        return Own(Finding.UNDETERMINED, (_reason("na-unjustified"),))
    return Own(Finding.NOT_APPLICABLE, (_reason("justified-na"),))


def _alternative(answer: TiedAnswer, evidence: Own) -> Own:
    if answer.answer.justification is None:
        return replace(evidence, finding=Finding.UNDETERMINED, reasons=(_reason("alternative-unjustified"),))
    if not evidence.attested:
        return _at_most(Finding.PARTIAL, evidence, _reason("alternative-unattested"))
    return evidence


def _inherited(control: InForce, answer: TiedAnswer, seen: tuple[Observation, ...], context: Context) -> Own:
    upstream = answer.answer.upstream or ""
    there = inherited(control, upstream, context.upstream, project=context.project, as_of=context.as_of)
    taken = Own(there.finding, (there.reason, *there.of_evidence), there.tier, there.valid_until)
    if not there.counts or not seen:
        return taken
    here = judge_evidence(control, seen, context.as_of)
    return Own(
        min(taken.finding, here.finding),
        (*taken.reasons, *here.reasons),
        min(there.tier, here.assurance or Assurance.CLAIMED),
        _earliest((taken.valid_until, here.valid_until)),
    )


def cap(control: InForce, judged: Mapping[str, ControlFinding]) -> tuple[Finding, tuple[str, ...]]:
    """The most that a control may be while its prerequisites are what they are, and which of them say so.

    Out-of-scope members are neutral; one declared not applicable counts as undetermined; of alternatives the best
    counts. A broken prerequisite never makes its dependent worse than undetermined: it is blocked, not failed.
    """
    values: list[tuple[Finding, tuple[str, ...]]] = []
    for group in control.requires:
        members = {one: as_prerequisite(judged[one]) for one in group if one in judged}
        in_scope = {one: value for one, value in members.items() if value is not None}
        if in_scope:
            best = max(in_scope.values())
            values.append((best, tuple(one for one, value in in_scope.items() if value is best)))
    least = max(Finding.UNDETERMINED, min((value for value, _ in values), default=Finding.NOT_APPLICABLE))
    blocking = (one for value, members in values if max(value, Finding.UNDETERMINED) == least for one in members)
    return least, tuple(sorted(set(blocking)))


def as_prerequisite(there: ControlFinding) -> Finding | None:
    """What a judged control counts for where another requires it; None: it is out of scope, and so neutral."""
    if there.finding is not Finding.NOT_APPLICABLE:
        return there.finding
    return None if there.reasons[0].code == "out-of-scope" else Finding.UNDETERMINED


def judge(
    control: InForce,
    answer: TiedAnswer | None,
    seen: tuple[Observation, ...],
    context: Context,
    judged: Mapping[str, ControlFinding],
) -> ControlFinding:
    """The finding on one control, given the findings on everything it requires."""
    alone = own(control, answer, seen, context)
    most, blocking = cap(control, judged)
    blocked = alone.finding is not Finding.NOT_APPLICABLE and most < alone.finding
    asked = {one.requirement.id: one for group in control.asked for one in group}
    in_scope = control.scope.in_scope
    return ControlFinding(
        control=control.control.id,
        principle=control.principle,
        level=control.level,
        level_reason=control.level_reason,
        duties=control.duties,
        selected_by=control.selected_by,
        state=answer.answer.state if answer else None,
        declared=DECLARED[answer.answer.state] if answer else Finding.UNDETERMINED,
        own=alone.finding,
        finding=most if blocked else alone.finding,
        assurance=alone.assurance,
        fingerprint=control.fingerprint,
        valid_until=_earliest((alone.valid_until, _prerequisites_hold_until(control, judged))) if in_scope else None,
        reasons=(*alone.reasons, *(_blocked_by(one) for one in blocking if blocked)),
        notes=_notes(control, answer) if in_scope else (),
        blocked_by=blocking if blocked else (),
        waiver=None,
        evidence=tuple(
            record_entry(asked[one.requirement], one, context.as_of) for one in seen if one.requirement in asked
        ),
        answered_by=answer.by if answer else None,
    )


def judge_all(
    controls: Iterable[InForce],
    answers: Mapping[str, TiedAnswer],
    observations: Observations,
    context: Context,
) -> dict[str, ControlFinding]:
    """Judge every control; they come prerequisites first (`catalog.resolve` sees to that)."""
    judged: dict[str, ControlFinding] = {}
    for control in controls:
        one = control.control.id
        judged[one] = judge(control, answers.get(one), observations.get(one, ()), context, judged)
    return judged


def _prerequisites_hold_until(control: InForce, judged: Mapping[str, ControlFinding]) -> date | None:
    """Of the best alternatives, which carry the control, the one that lasts longest; None lasts for ever."""
    lasting: list[date | None] = []
    for group in control.requires:
        values = {one: as_prerequisite(judged[one]) for one in group if one in judged}
        best = max((value for value in values.values() if value is not None), default=None)
        days = [judged[one].valid_until for one, value in values.items() if value is not None and value is best]
        known = [day for day in days if day is not None]
        lasting.append(max(known) if days and len(known) == len(days) else None)
    return _earliest(lasting)


def _notes(control: InForce, answer: TiedAnswer | None) -> tuple[Reason, ...]:
    notes = [_reason("undeclared-fact", fact=fact) for fact in control.scope.undeclared]
    if answer is not None and answer.by == "organisation":
        notes.append(_reason("organisation-answer"))
    if answer is not None and answer.overrides:
        notes.append(_reason("own-answer-wins"))
    return tuple(notes)


def _at_most(most: Finding, evidence: Own, reason: Reason) -> Own:
    return replace(evidence, finding=min(most, evidence.finding), reasons=(reason, *evidence.reasons))


def _word(finding: Finding, code: str, **slots: str) -> Own:
    """A row that rests on the project's word alone."""
    return Own(finding, (_reason(code, **slots),), Assurance.CLAIMED)


def _reason(code: str, **slots: str) -> Reason:
    return Reason(code=code, text=sentence(code, **slots), fact=slots.get("fact"))


def _blocked_by(control: str) -> Reason:
    return Reason(code="blocked-by", text=sentence("blocked-by", control=control), control=control)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
