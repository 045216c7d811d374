"""Sums over findings: principles, counts by level, coverage, the gate.

Belongs here: everything an assessment says beyond single controls (DESIGN section 4, from "Principle" on). Never
here: a score. A control that only a prerequisite brought in counts in no summary and at no gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from handrail.assess.waivers import is_passed_over, is_waived
from handrail.model.assessment import ControlFinding, Counts, Coverage, Gate, PrincipleFinding, Summary
from handrail.model.bundle import Bundle
from handrail.model.terms import Assurance, FailOn, Finding, Level, SelectedBy

AT_LEAST = {FailOn.MUST: Level.MUST, FailOn.SHOULD: Level.SHOULD, FailOn.MAY: Level.MAY}


def principle_findings(findings: Iterable[ControlFinding], bundle: Bundle) -> tuple[PrincipleFinding, ...]:
    """The least finding of the applicable MUST controls of each principle in the report; None where none applies."""
    findings = tuple(findings)
    musts: dict[str, list[Finding]] = {one.principle: [] for one in findings}
    for one in counted(findings):
        if one.level is Level.MUST and one.finding is not Finding.NOT_APPLICABLE:
            musts[one.principle].append(one.finding)
    return tuple(
        PrincipleFinding(id=p.id, phase=p.phase, finding=min(musts[p.id], default=None))
        for p in bundle.principles
        if p.id in musts
    )


def counted(findings: Iterable[ControlFinding]) -> list[ControlFinding]:
    """The findings that count: those that a checklist selects."""
    return [one for one in findings if one.selected_by is SelectedBy.CHECKLIST]


def summarise(
    findings: Mapping[str, ControlFinding],
    *,
    fail_on: FailOn,
    whole_catalog: Iterable[tuple[Level, bool]],
    roles_not_chosen: tuple[str, ...],
) -> Summary:
    """All sums of one assessment.

    Args:
        findings: control id -> finding, prerequisites included.
        fail_on: the least level that blocks.
        whole_catalog: level in force and whether in scope, for every control of the catalog by these facts.
        roles_not_chosen: declared roles whose own checklist was not chosen.
    """
    listed = counted(findings.values())
    catalog = list(whole_catalog)
    applicable = [one for one in listed if one.finding is not Finding.NOT_APPLICABLE]
    out_by_facts = [one for one in listed if one.reasons and one.reasons[0].code == "out-of-scope"]
    return Summary(
        must=_counts(listed, Level.MUST),
        should=_counts(listed, Level.SHOULD),
        may=_counts(listed, Level.MAY),
        open_must=tuple(one.control for one in listed if one.level is Level.MUST and one.finding.is_open),
        catalog_must=sum(in_scope and level is Level.MUST for level, in_scope in catalog),
        roles_not_chosen=roles_not_chosen,
        coverage=Coverage(
            catalog_applicable=sum(in_scope for _, in_scope in catalog),
            in_checklists=len(listed) - len(out_by_facts),
            determined=sum(one.finding is not Finding.UNDETERMINED for one in applicable),
            verified_or_attested=sum(_well_shown(one) for one in applicable),
            na_by_facts=len(out_by_facts),
            na_by_declaration=len(listed) - len(applicable) - len(out_by_facts),
        ),
        gate=gate(findings, fail_on),
    )


def gate(findings: Mapping[str, ControlFinding], fail_on: FailOn) -> Gate:
    """Which open controls block, which are waived, and which are passed over because only waived ones block them."""
    least = AT_LEAST.get(fail_on)
    open_ones = [one for one in counted(findings.values()) if one.finding.is_open]
    concerned = [one for one in open_ones if least is not None and one.level >= least]
    waived = [one for one in concerned if is_waived(one)]
    passed_over = [one for one in concerned if one not in waived and is_passed_over(one, findings)]
    blocking = [one for one in concerned if one not in waived and one not in passed_over]
    return Gate(
        fail_on=fail_on,
        blocking=tuple(one.control for one in blocking),
        waived=tuple(one.control for one in waived),
        passed_over=tuple(one.control for one in passed_over),
    )


def _counts(findings: Iterable[ControlFinding], level: Level) -> Counts:
    counts = Counter(one.finding for one in findings if one.level is level)
    return {finding: counts[finding] for finding in Finding if counts[finding]}


def _well_shown(finding: ControlFinding) -> bool:
    return (
        finding.finding > Finding.UNDETERMINED
        and finding.assurance is not None
        and finding.assurance >= Assurance.VERIFIED
    )
