"""One assessment, from a loaded project to the record that everything else reads.

Belongs here: putting the parts of this room together in their order. Never here: a rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from handrail.assess.answers import TiedAnswer, bare, catalog_refs, tied_answers
from handrail.assess.evaluate import Context, judge_all
from handrail.assess.summary import principle_findings, summarise
from handrail.assess.waivers import waiver_record
from handrail.catalog.resolve import InForce, resolve
from handrail.catalog.selector import DeclaredFacts
from handrail.model.assessment import Assessment, ControlFinding, ProjectRef, RestsOn, Summary
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration, Organisation
from handrail.model.observation import Observations, UpstreamReading
from handrail.model.terms import FailOn


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Everything that is judged: a project's declaration, its organisation's answers, and what verifiers saw."""

    declaration: Declaration
    organisation: Organisation | None = None
    observations: Observations = field(default_factory=dict)
    upstream: Mapping[str, UpstreamReading] = field(default_factory=dict)


def controls_in_force(
    bundle: Bundle, declaration: Declaration, *, as_of: date, include_draft: bool = False
) -> tuple[InForce, ...]:
    """What of the catalog binds this project on this day, prerequisites first."""
    facts = DeclaredFacts.of(declaration.facts, bundle.facts)
    return resolve(bundle, facts, checklists=declaration.checklists, as_of=as_of, include_draft=include_draft)


def judge_subject(
    bundle: Bundle, digest: str, subject: Subject, controls: tuple[InForce, ...], *, as_of: date
) -> tuple[dict[str, ControlFinding], dict[str, TiedAnswer]]:
    """Findings with their waivers, in reading order, and the answers they rest on."""
    declaration = subject.declaration
    answers = tied_answers(declaration, subject.organisation, bundle, digest)
    context = Context(project=declaration.project.id, as_of=as_of, upstream=subject.upstream)
    judged = judge_all(controls, answers, subject.observations, context)
    waived = {
        one.control.id: waiver_record(one, answers.get(one.control.id), declaration.waivers, as_of) for one in controls
    }
    findings = {one: judged[one].model_copy(update={"waiver": waived[one]}) for one in bundle.controls if one in judged}
    return findings, answers


def assess(
    bundle: Bundle,
    digest: str,
    subject: Subject,
    *,
    as_of: date,
    fail_on: FailOn = FailOn.MUST,
    include_draft: bool = False,
) -> Assessment:
    """Judge one project.

    Args:
        bundle: the compiled catalog.
        digest: its digest, `sha256:` and 64 hex digits.
        subject: what is judged.
        as_of: the UTC day that the judgement is for.
        fail_on: the least level at which an open control blocks.
        include_draft: judge controls of status `draft` too.

    Raises:
        KeyError: a checklist of the declaration is not in the bundle.
    """
    declaration = subject.declaration
    controls = controls_in_force(bundle, declaration, as_of=as_of, include_draft=include_draft)
    findings, answers = judge_subject(bundle, digest, subject, controls, as_of=as_of)
    summary = sums(bundle, declaration, controls, findings, as_of=as_of, fail_on=fail_on, include_draft=include_draft)
    return Assessment(
        as_of=as_of,
        catalog=catalog_refs(bundle, digest),
        checklists=declaration.checklists,
        project=ProjectRef(
            id=declaration.project.id, name=declaration.project.name, version=declaration.project.version
        ),
        facts=declaration.facts,
        artifacts={name: bare(one.sha256) for name, one in declaration.artifacts.items()},
        rests_on=_rests_on(answers.values(), subject.upstream),
        summary=summary,
        principles=principle_findings(findings.values(), bundle),
        findings=tuple(findings.values()),
    )


def sums(
    bundle: Bundle,
    declaration: Declaration,
    controls: tuple[InForce, ...],
    findings: Mapping[str, ControlFinding],
    *,
    as_of: date,
    fail_on: FailOn,
    include_draft: bool,
) -> Summary:
    """The sums of one project's findings, and of the whole catalog on that day beside them."""
    whole = controls  # no checklist selects the whole catalog
    if declaration.checklists:
        facts = DeclaredFacts.of(declaration.facts, bundle.facts)
        whole = resolve(bundle, facts, checklists=(), as_of=as_of, include_draft=include_draft)
    return summarise(
        findings,
        fail_on=fail_on,
        whole_catalog=((one.level, one.scope.in_scope) for one in whole),
        roles_not_chosen=_roles_not_chosen(bundle, declaration),
    )


def _rests_on(answers: Iterable[TiedAnswer], upstream: Mapping[str, UpstreamReading]) -> tuple[RestsOn, ...]:
    """The assessments that some answer is inherited from and that could be read, with all that those rest on."""
    used = {one.answer.upstream for one in answers}
    read = [reading for key, reading in upstream.items() if key in used]
    rests_on = {(one.project, one.sha256): one for reading in read for one in reading.rests_on}
    return tuple(rests_on[one] for one in sorted(rests_on))


def _roles_not_chosen(bundle: Bundle, declaration: Declaration) -> tuple[str, ...]:
    """Declared roles that have a checklist of their own which the declaration does not choose."""
    if not declaration.checklists:
        return ()
    missing = {one.checklist.role for one in bundle.checklists if one.checklist.id not in declaration.checklists}
    return tuple(role for role in declaration.facts.get("role", ()) if role in missing)
