"""What of the catalog binds one project on one day.

Belongs here: which controls the checklists select (closed over `requires`), whether each is in scope, the level in
force and its reason, and the requirements with the ages in force. Never here: answers and evidence.
Source: DESIGN section 4, "Scope", "Level in force" and "The selection is closed over `requires`".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.catalog.selector import Applicability, DeclaredFacts, applicability, holds
from handrail.model.assessment import LegalDuty
from handrail.model.bundle import Bundle
from handrail.model.catalog import AnyOfControls, AnyOfRequirements, Control, Escalation, Requirement
from handrail.model.terms import Confidence, Level, LevelReason, ReferenceKind, SelectedBy, Status
from handrail.model.vocabulary import ChecklistFile, Tailoring


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement with the greatest age in force for it."""

    requirement: Requirement
    max_age: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A control as it binds a project on a day.

    Each member of `asked` is one requirement, or several of which one suffices; `requires` likewise holds
    alternatives, most often a single one.
    """

    control: Control
    principle: str
    fingerprint: str
    selected_by: SelectedBy
    scope: Applicability
    level: Level
    level_reason: LevelReason
    duties: tuple[LegalDuty, ...]
    asked: tuple[tuple[Asked, ...], ...]
    requires: tuple[tuple[str, ...], ...]


def prerequisites(control: Control) -> tuple[tuple[str, ...], ...]:
    """What a control requires, as alternatives: a plain id is an alternative of one."""
    return tuple(p.any_of if isinstance(p, AnyOfControls) else (p,) for p in control.requires)


def judged_controls(bundle: Bundle, *, include_draft: bool) -> frozenset[str]:
    """Ids of the controls that are judged: never a retired one, and drafts only when asked for."""
    never = {Status.RETIRED} if include_draft else {Status.RETIRED, Status.DRAFT}
    of_principle = {p.id: p.status for p in bundle.principles}
    return frozenset(
        one
        for one, control in bundle.controls.items()
        if (control.status or of_principle[bundle.principle_of[one]]) not in never
    )


def selected(checklist: ChecklistFile, bundle: Bundle) -> tuple[str, ...]:
    """The control ids that one checklist selects, in the order of its list and then of the catalog."""
    selects = checklist.selects
    phases = {p.id: p.phase for p in bundle.principles}
    filters = bool(selects.phases or selects.levels or selects.principles)

    def matches(control: Control) -> bool:
        principle = bundle.principle_of[control.id]
        return (
            filters
            and (not selects.phases or phases[principle] in selects.phases)
            and (not selects.levels or control.level in selects.levels)
            and (not selects.principles or principle in selects.principles)
        )

    left_out = {exclusion.control for exclusion in selects.exclude}
    listed = (*selects.controls, *(c.id for c in bundle.controls.values() if matches(c)))
    return tuple(dict.fromkeys(c for c in listed if c in bundle.controls and c not in left_out))


def closure(ids: Iterable[str], bundle: Bundle) -> frozenset[str]:
    """The ids and everything they require, alternatives included."""
    reached: set[str] = set()
    waiting = list(ids)
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting.extend(m for group in prerequisites(bundle.controls[one]) for m in group if m in bundle.controls)
    return frozenset(reached)


def resolve(
    bundle: Bundle,
    facts: DeclaredFacts,
    *,
    checklists: Iterable[str],
    as_of: date,
    include_draft: bool = False,
) -> tuple[InForce, ...]:
    """Every control that the checklists select or that one of those requires, prerequisites first.

    No checklist at all selects the whole catalog. Controls that are out of scope are there too, marked as such.

    Raises:
        KeyError: a checklist is not in the bundle; `workspace` turns that into a diagnostic before.
    """
    by_id = {c.checklist.id: c for c in bundle.checklists}
    chosen = [by_id[name] for name in checklists]
    judged = judged_controls(bundle, include_draft=include_draft)
    lists = [(judged.intersection(selected(c, bundle)), c.tailoring) for c in chosen] or [(judged, {})]
    by_checklist = frozenset().union(*(ids for ids, _ in lists))
    all_ids = closure(by_checklist, bundle) & judged
    return tuple(
        _in_force(
            bundle.controls[one],
            bundle,
            facts,
            tailorings=[tailoring.get(one) for ids, tailoring in lists if one in ids],
            selected_by=SelectedBy.CHECKLIST if one in by_checklist else SelectedBy.PREREQUISITE,
            as_of=as_of,
            judged=judged,
        )
        for one in bundle.order
        if one in all_ids
    )


def _in_force(
    control: Control,
    bundle: Bundle,
    facts: DeclaredFacts,
    *,
    tailorings: list[Tailoring | None],
    selected_by: SelectedBy,
    as_of: date,
    judged: frozenset[str],
) -> InForce:
    escalations = [e for e in control.escalates if holds(e.when, facts)]
    duties = tuple(_duty(e, bundle, as_of) for e in escalations)
    binding = [e for e, duty in zip(escalations, duties, strict=True) if duty.in_force]
    by_list = max(((t.level if t else None) or control.level for t in tailorings), default=control.level)
    by_law = max((e.level for e in binding if _is_law(e, bundle)), default=Level.MAY)
    by_catalogue = max([by_list, *(e.level for e in binding if not _is_law(e, bundle))])
    ages = [e.max_age for e in binding if e.max_age is not None]
    return InForce(
        control=control,
        principle=bundle.principle_of[control.id],
        fingerprint=bundle.fingerprints[control.id],
        selected_by=selected_by,
        scope=applicability(control.applies_when, control.unless, facts),
        level=max(by_catalogue, by_law),
        level_reason=LevelReason.LAW if by_law > by_catalogue else LevelReason.CATALOGUE,
        duties=duties,
        asked=tuple(
            tuple(Asked(r, _max_age(r, tailorings, ages)) for r in alternatives(group)) for group in control.evidence
        ),
        requires=tuple(tuple(m for m in group if m in judged) for group in prerequisites(control)),
    )


def alternatives(group: Requirement | AnyOfRequirements) -> tuple[Requirement, ...]:
    """The requirements of which one suffices: most often a single one."""
    return group.any_of if isinstance(group, AnyOfRequirements) else (group,)


def _max_age(
    requirement: Requirement, tailorings: list[Tailoring | None], escalated: list[timedelta]
) -> timedelta | None:
    given = [(t.max_age if t else None) or requirement.max_age for t in tailorings] or [requirement.max_age]
    return min((age for age in (*given, *escalated) if age is not None), default=None)


def _is_law(escalation: Escalation, bundle: Bundle) -> bool:
    """Nothing is called law that is not: a framework's escalation is this catalog's own choice."""
    return bundle.references[escalation.reference].reference.kind is ReferenceKind.LAW


def _duty(escalation: Escalation, bundle: Bundle, as_of: date) -> LegalDuty:
    """A clause of confidence memory or unverified is shown but never changes a level."""
    clause = bundle.references[escalation.reference].clauses[escalation.clause]
    begun = escalation.start is None or escalation.start <= as_of
    ended = escalation.until is not None and escalation.until < as_of
    return LegalDuty(
        reference=escalation.reference,
        clause=escalation.clause,
        confidence=clause.confidence,
        level=escalation.level,
        start=escalation.start,
        until=escalation.until,
        in_force=begun and not ended and clause.confidence > Confidence.MEMORY,
    )
