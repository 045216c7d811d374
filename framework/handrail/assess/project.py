"""The public projection: what of an assessment may be published.

Belongs here: leaving out. One pure function that every public output uses (report-wording, "The public projection",
rules 1 to 4). Never here: wording, or whether and where a page is written.

What is shown: levels, legal duties, facts, coverage, the headline's counts; each control whose disclosure allows it,
with its finding, its fixed reasons and, of each piece of evidence, the catalog's title, the kind, the tier and the
day. What is never taken over: summary, justification, owner, reviewer, approver, consent, `due`, waiver reason and
days, plan, forecast (every `valid_until`), `access`, digests, paths, runs, the words of evidence. No number out of
evidence is shown at all, so there is none to print as "under 5". A sealed record is "held by" its custodian, which
the declaration must name as an organisation or a part of one.

Controls with disclosure `principle` are counted (`assess.withhold`), satisfied and open alike. Two things would tell
of them all the same, and are left out too:
- a shown control that requires a counted one, and is undetermined or partial, has neither reasons nor evidence: they
  would say that it waits, or leave waiting as the only explanation;
- the headline's sorting of open controls by kind is left out as soon as anything is withheld: less the controls shown,
  it would say of the counted ones whether files contradict what was declared.

What a reader can still infer: the sums of the whole report less the controls shown (how many counted MUST controls
are open, determined, verified, waived or inherited, together and not which); every member of a count that is all open
or all satisfied; that a counted control is not open where a shown one that requires it is satisfied. The rule accepts
this: the counts are the point of a public report.
"""

from __future__ import annotations

from collections.abc import Iterable

from handrail.assess.headline import headline_facts
from handrail.assess.waivers import is_waived
from handrail.assess.withhold import CountedGroup, counted_groups, in_scope, is_hidden, rests_on
from handrail.catalog.resolve import alternatives
from handrail.model.assessment import Assessment, ControlFinding, EvidenceRecord, Reason
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration, Evidence
from handrail.model.headline import HeadlineFacts, Waived
from handrail.model.public import (
    PublicControl,
    PublicCount,
    PublicEvidence,
    PublicPhase,
    PublicPrinciple,
    PublicProject,
    PublicReport,
)
from handrail.model.terms import Finding, Handling, Phase

_DROPPED_REASONS = frozenset({"overdue"})
"""Reasons whose sentence tells a day that the project set itself."""


def may_publish(declaration: Declaration) -> bool:
    """The project consents to a public page; without this there is none (rule 1)."""
    return declaration.publish is not None


def project_publicly(assessment: Assessment, bundle: Bundle, declaration: Declaration) -> PublicReport:
    """What the public may see of an assessment.

    Args:
        assessment: a run over the declaration, judged by the bundle.
        bundle: the catalog judged by.
        declaration: gives the home page, whether the project is fictional, and who holds sealed records.

    Raises:
        KeyError: the assessment speaks of a control or a principle that the bundle does not have.
    """
    groups = counted_groups(assessment.findings, bundle)
    in_counts = {one.control for group in groups for one in group.findings}
    # With those from outside the checklists: they are in no total, and so in no count either.
    hidden = in_counts | {one.control for one in assessment.findings if in_scope(one) and is_hidden(one, bundle)}
    shown = [
        _control(one, bundle, declaration, withheld=_could_tell(one, hidden, bundle))
        for one in assessment.findings
        if one.control not in hidden and not is_hidden(one, bundle)
    ]
    facts = headline_facts(assessment, bundle, fictional=declaration.project.fictional)
    return PublicReport(
        as_of=assessment.as_of,
        catalog=assessment.catalog,
        checklists=assessment.checklists,
        project=PublicProject(
            **assessment.project.model_dump(),
            homepage=declaration.project.homepage,
            fictional=declaration.project.fictional,
        ),
        facts=assessment.facts,
        headline=_headline(facts, counted_only=len(in_counts), anything_withheld=bool(hidden)),
        coverage=assessment.summary.coverage,
        phases=_phases(shown, groups, bundle),
        counted=_count_of(groups, phase=None, principle=None),
    )


def _headline(facts: HeadlineFacts, *, counted_only: int, anything_withheld: bool) -> HeadlineFacts:
    waived = sum(one.count for one in facts.waived)
    return facts.model_copy(
        update={
            "kinds": None if anything_withheld else facts.kinds,
            "waived": (Waived(count=waived, until=None),) if waived else (),
            "counted_only": counted_only,
        }
    )


def _could_tell(one: ControlFinding, hidden: Iterable[str], bundle: Bundle) -> bool:
    return one.finding in (Finding.UNDETERMINED, Finding.PARTIAL) and rests_on(one.control, hidden, bundle)


def _phases(shown: list[PublicControl], groups: tuple[CountedGroup, ...], bundle: Bundle) -> tuple[PublicPhase, ...]:
    controls: dict[str, list[PublicControl]] = {p.id: [] for p in bundle.principles}
    for one in shown:
        controls[bundle.principle_of[one.control]].append(one)
    wider = {one.principle for group in groups if group.principle is None for one in group.findings}
    phases = []
    for phase in Phase:
        principles = []
        for principle in bundle.principles:
            counted = _count_of(groups, phase=phase, principle=principle.id)
            if principle.phase is phase and (controls[principle.id] or counted or principle.id in wider):
                principles.append(
                    PublicPrinciple(
                        id=principle.id,
                        title=principle.title,
                        controls=tuple(controls[principle.id]),
                        counted=counted,
                        counted_wider=principle.id in wider,
                    )
                )
        if principles:
            counted = _count_of(groups, phase=phase, principle=None)
            phases.append(PublicPhase(phase=phase, principles=tuple(principles), counted=counted))
    return tuple(phases)


def _count_of(groups: Iterable[CountedGroup], *, phase: Phase | None, principle: str | None) -> PublicCount | None:
    for group in groups:
        if group.phase is phase and group.principle == principle:
            return PublicCount(
                satisfied=sum(one.finding is Finding.SATISFIED for one in group.findings),
                open=sum(one.finding.is_open for one in group.findings),
                not_applicable=sum(one.finding is Finding.NOT_APPLICABLE for one in group.findings),
            )
    return None


def _control(one: ControlFinding, bundle: Bundle, declaration: Declaration, *, withheld: bool) -> PublicControl:
    return PublicControl(
        control=one.control,
        title=bundle.controls[one.control].title,
        level=one.level,
        level_reason=one.level_reason,
        duties=one.duties,
        selected_by=one.selected_by,
        finding=one.finding,
        assurance=None if withheld else one.assurance,
        reasons=() if withheld else _reasons(one),
        evidence=() if withheld else _evidence(one, bundle, declaration),
        waived=is_waived(one),
        withheld=withheld,
    )


def _reasons(one: ControlFinding) -> tuple[Reason, ...]:
    return tuple(reason for reason in one.reasons if reason.code not in _DROPPED_REASONS)


def _evidence(one: ControlFinding, bundle: Bundle, declaration: Declaration) -> tuple[PublicEvidence, ...]:
    asked = {r.id: r for group in bundle.controls[one.control].evidence for r in alternatives(group)}
    answer = declaration.controls.get(one.control) if one.answered_by == "project" else None
    pointers: dict[str, list[Evidence]] = {}
    for entry in answer.evidence if answer else ():
        pointers.setdefault(entry.requirement, []).append(entry)
    shown = []
    for record in one.evidence:
        # Records stand in the order of the declaration's entries.
        given = pointers.get(record.requirement, [])
        pointer = given.pop(0) if given else None
        requirement = asked[record.requirement]
        sealed = requirement.handling is Handling.SEALED or (pointer is not None and pointer.sealed is not None)
        shown.append(_piece(record, requirement.title, pointer, sealed=sealed))
    return tuple(shown)


def _piece(record: EvidenceRecord, title: str, pointer: Evidence | None, *, sealed: bool) -> PublicEvidence:
    held = pointer.sealed if pointer else None
    return PublicEvidence(
        requirement=record.requirement,
        title=title,
        kind=record.kind,
        counts=record.counts,
        tier=record.tier,
        date=held.since if held else record.date,
        sealed=sealed,
        held_by=held.custodian if held else None,
    )
