"""Every sentence that a report says of a project, made in one place (report-wording).

Belongs here: sentences and labels, from counts and from words of the catalog. Never here: counting (`assess`), layout
or encoding (the formats). A sentence carries dates and counts and no adjective; not-satisfied, undetermined and
partial are all open, and no sentence ranks one above the other. The texts hold names as they were declared: the sink
encodes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from types import MappingProxyType

from handrail.assess.gate import AtGate
from handrail.assess.headline import headline_facts
from handrail.catalog.resolve import alternatives
from handrail.model.assessment import (
    Assessment,
    CatalogRef,
    Counts,
    Coverage,
    Gate,
    LegalDuty,
    ProjectRef,
    WaiverRecord,
)
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.headline import HeadlineFacts
from handrail.model.public import PublicReport
from handrail.model.terms import Assurance, FailOn, Finding, Level, LevelReason, ReferenceKind
from handrail.report.advice import next_step
from handrail.report.agreement import number, verb
from handrail.report.headline import headline

__all__ = [
    "FIXED_NOTE",
    "PREREQUISITE",
    "PREREQUISITES_TITLE",
    "SIGNS",
    "TIERS",
    "WAIVERS_TITLE",
    "WITHHELD",
    "HeadlineFacts",
    "about_line",
    "assurance_line",
    "chain_line",
    "coverage_lines",
    "duty_text",
    "finding_label",
    "fixed_note",
    "gate_line",
    "headline",
    "headline_facts",
    "level_line",
    "level_text",
    "next_step",
    "public_about_line",
    "requirement_titles",
    "run_lines",
    "waiting_line",
    "waiver_line",
]

FIXED_NOTE = (
    "\u2018Satisfied\u2019 means that the evidence asked for was supplied and passed its checks on this date. handrail "
    "did not inspect the model or the service. This is not a certificate, an audit, legal advice or a judgement that "
    "{project} is safe or lawful, and nobody named here has endorsed it."
)
"""Stands under every headline; `fixed_note` fills in the project."""

TIERS = MappingProxyType(
    {
        Assurance.CLAIMED: "the project says so",
        Assurance.DOCUMENTED: "a dated document with an owner exists; nobody outside checked that it is followed",
        Assurance.VERIFIED: "a program re-checked subject, digest, date and counts; it cannot know whether the file "
        "was made honestly",
        Assurance.ATTESTED: "a named other organisation signed that this is so",
    }
)
"""What each tier means."""

SIGNS = MappingProxyType(
    {
        Finding.NOT_SATISFIED: "\u2715",
        Finding.UNDETERMINED: "?",
        Finding.PARTIAL: "\u25d0",
        Finding.SATISFIED: "\u2713",
        Finding.NOT_APPLICABLE: "\u2013",
    }
)
"""A sign for each finding, beside its word and never in place of it."""

PREREQUISITES_TITLE = "Open prerequisites that no chosen checklist holds; they count nowhere"
WAIVERS_TITLE = "Waivers; they change no finding"
PREREQUISITE = "Judged because another control requires it, and counted in no total."
WITHHELD = "Its reasons are not published, because they could tell of a control that is only counted."


def fixed_note(project: str) -> str:
    """The note under every headline."""
    return FIXED_NOTE.replace("{project}", project)


def finding_label(finding: Finding, *, public: bool = False) -> str:
    """The word for a finding; in public `undetermined` reads "not shown"."""
    return "not shown" if public and finding is Finding.UNDETERMINED else finding.value


def about_line(assessment: Assessment) -> str:
    """Which project was judged, when, by which catalog and which checklists."""
    return _about(assessment.project, assessment.as_of, assessment.catalog, assessment.checklists)


def public_about_line(report: PublicReport) -> str:
    """The same of a public report."""
    return _about(report.project, report.as_of, report.catalog, report.checklists)


def _about(project: ProjectRef, as_of: date, catalog: Iterable[CatalogRef], checklists: Sequence[str]) -> str:
    named = ((f"pack {one.pack} " if one.pack else "", one) for one in catalog)
    catalogs = ", ".join(f"{pack}{one.version} ({one.digest[:19]})" for pack, one in named)
    lists = f"checklist {', '.join(checklists)}" if checklists else "whole catalog"
    return f"{project.id}, judged on {as_of.isoformat()} by catalog {catalogs}, {lists}"


def level_text(level: Level, reason: LevelReason, duties: Iterable[LegalDuty], bundle: Bundle) -> str:
    """The level in force and what puts it in force: the catalogue's choice, or the clauses of a law."""
    if reason is LevelReason.CATALOGUE:
        return f"{level.value.upper()} (this catalogue)"
    binding = [
        duty_text(one, bundle)
        for one in duties
        if one.in_force and one.level is level and bundle.references[one.reference].reference.kind is ReferenceKind.LAW
    ]
    return f"{level.value.upper()} (law: {'; '.join(binding)})"


def duty_text(duty: LegalDuty, bundle: Bundle) -> str:
    """A clause, by the short name of its instrument, and how well it is known."""
    return f"{bundle.references[duty.reference].reference.short}, {duty.clause}, {duty.confidence}"


def coverage_lines(coverage: Coverage) -> tuple[str, ...]:
    """How much of the catalog a report speaks of, line by line."""
    here = coverage.in_checklists
    return (
        f"{number(coverage.catalog_applicable, 'control')} of the catalog "
        f"{verb(coverage.catalog_applicable, 'applies', 'apply')} by the declared facts",
        f"{here} of them {verb(here, 'is', 'are')} in this report",
        f"{coverage.determined} of those could be determined, {coverage.verified_or_attested} by evidence that was "
        "verified or attested",
        f"not applicable: {coverage.na_by_facts} by the declared facts, {coverage.na_by_declaration} by declaration",
    )


def level_line(level: Level, counts: Counts) -> str:
    """How the controls of one level came out."""
    still_open = sum(count for finding, count in counts.items() if finding.is_open)
    return (
        f"{level.value.upper()}: {counts.get(Finding.SATISFIED, 0)} satisfied, {still_open} open, "
        f"{counts.get(Finding.NOT_APPLICABLE, 0)} not applicable"
    )


def requirement_titles(control: Control) -> dict[str, str]:
    """What the catalog calls each piece of evidence that a control asks for: id -> title."""
    return {one.id: one.title for group in control.evidence for one in alternatives(group)}


def assurance_line(tier: Assurance, valid_until: date | None) -> str:
    """How well a satisfied control is shown, and the last day on which that holds."""
    until = f" Holds until {valid_until.isoformat()}." if valid_until else ""
    return f"Shown as {tier}: {TIERS[tier]}.{until}"


def chain_line(layers: Iterable[Sequence[str]]) -> str:
    """What a control waits for, what that waits for, and so on."""
    return "blocked by " + " \u2190 ".join(", ".join(layer) for layer in layers)


def waiting_line(count: int) -> str:
    """How many controls a step frees; no text for none."""
    return f"{number(count, 'open MUST control')} {verb(count, 'waits', 'wait')} for it." if count else ""


def waiver_line(waiver: WaiverRecord, *, as_of: date) -> str:
    """What a waiver says, and whether it holds on the day of the run. Carries the declared reason: never public."""
    holds = "" if waiver.holds else f" It does not hold on {as_of.isoformat()}, so the gate does not pass over it."
    return (
        f"Left open by choice from {waiver.granted.isoformat()} until {waiver.expires.isoformat()}, agreed by "
        f"{waiver.approved_by}: {waiver.reason.rstrip('.')}.{holds}"
    )


def gate_line(gate: Gate) -> str:
    """What the gate makes of the open controls."""
    blocking, waived, by = len(gate.blocking), len(gate.waived), len(gate.passed_over)
    if gate.fail_on is FailOn.NEVER:
        return "The gate is off (--fail-on never)."
    parts = [f"{number(blocking, 'blocking gap')}" if blocking else "no blocking gap"]
    parts += [f"{waived} waived"] if waived else []
    parts += [f"{by} waiting for waived controls only"] if by else []
    return f"Gate at {gate.fail_on.value.upper()}: {'; '.join(parts)}."


def run_lines(gate: AtGate) -> tuple[str, ...]:
    """What this run asks beyond the gate of the assessment; no text where it asks nothing."""
    lines = []
    if gate.min_assurance is not None:
        below = len(gate.below)
        which = f": {', '.join(gate.below)}" if gate.below else ""
        lines.append(
            f"At --min-assurance {gate.min_assurance}, {number(below, 'satisfied control')} shown at a lower tier "
            f"{verb(below, 'counts', 'count')} as open for the exit code only{which}. No finding changes."
        )
    if gate.since is not None:
        new, known = len(gate.blocking), len(gate.known)
        beside = f"tree of {gate.revision}" if gate.revision else f"assessment of {gate.since.isoformat()}"
        lines.append(
            f"Beside the {beside}, {number(new, 'gap')} at the gate "
            f"{verb(new, 'is', 'are')} new; {known} {verb(known, 'was', 'were')} open there already and "
            f"{verb(known, 'does', 'do')} not decide the exit code."
        )
    return tuple(lines)
