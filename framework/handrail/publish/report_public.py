"""The public report of one project, laid out.

Belongs here: putting what the projection gives into the values of the page. Never here: leaving anything out
(`assess.project`).
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.public import PublicControl, PublicEvidence, PublicPhase, PublicPrinciple
from handrail.model.terms import Finding, Level, SelectedBy
from handrail.publish.gap import PublicGap
from handrail.publish.report_names import Names
from handrail.publish.report_view import Head, PrincipleSum, ReportView, Row, earlier_remark, labels, spread
from handrail.report import wording
from handrail.report.public import public_sections


def public_view(gap: PublicGap, names: Names) -> tuple[Head, ReportView]:
    """Lay out what the public may see."""
    report = gap.report
    rows = {
        principle.id: tuple(_row(one, principle.id, names) for one in principle.controls)
        for phase in report.phases
        for principle in phase.principles
    }
    every = [row for some in rows.values() for row in some]
    still_open, others, outside = spread(every, names)
    project = report.project
    head = Head(
        internal=False,
        id=project.id,
        name=project.name,
        version=project.version or "",
        fictional=project.fictional,
        homepage=project.homepage or "",
        as_of=report.as_of,
        catalogs=report.catalog,
        checklists=names.checklists(report.checklists),
        facts=tuple(names.facts(report.facts)),
        roles=names.roles(report.facts),
        headline=wording.headline(report.headline),
        remarks=earlier_remark(gap.earlier),
        must=report.headline.must,
        open_must=report.headline.open_must,
        coverage=wording.coverage_lines(report.coverage),
        principles=tuple(_sum(one, phase, rows[one.id], names) for phase in report.phases for one in phase.principles),
        labels=labels((row.finding for row in every if row.counts), public=True),
        made_by=report.headline.made_by.who if report.headline.made_by else "",
    )
    counted = tuple(
        (section.title, sentence) for section in public_sections(report, names.bundle) for sentence in section.counted
    )
    return head, ReportView(
        open_sections=still_open, other_sections=others, outside=outside, counted=counted, trend=gap.trend
    )


def _sum(one: PublicPrinciple, phase: PublicPhase, rows: tuple[Row, ...], names: Names) -> PrincipleSum:
    return PrincipleSum(
        id=one.id,
        link=names.principle(one.id),
        phase=phase.phase,
        must="".join(row.look.sign for row in rows if row.counts and row.level is Level.MUST),
        other="".join(row.look.sign for row in rows if row.counts and row.level is not Level.MUST),
        counted=one.counted.controls if one.counted else 0,
        wider=one.counted_wider,
    )


def _row(one: PublicControl, principle: str, names: Names) -> Row:
    shown = one.finding is Finding.SATISFIED and one.assurance is not None
    return Row(
        control=names.control(one.control),
        principle=principle,
        finding=one.finding,
        label=wording.finding_label(one.finding, public=True),
        level=one.level,
        level_text=names.level(one.level, one.level_reason, one.duties),
        counts=one.selected_by is SelectedBy.CHECKLIST,
        reasons=tuple(dict.fromkeys(reason.text for reason in one.reasons)),
        next_step=names.next_step(one.control, one.reasons) if one.finding.is_open else "",
        shown_as=f"{one.assurance}" if shown else "",
        notes=tuple(_notes(one)),
        pieces=tuple((piece.title, "; ".join(_piece(piece))) for piece in one.evidence),
        tier=one.assurance.value if one.assurance else "",
    )


def _notes(one: PublicControl) -> Iterator[str]:
    if one.withheld:
        yield wording.WITHHELD
    if one.selected_by is SelectedBy.PREREQUISITE:
        yield wording.PREREQUISITE
    if one.waived:
        yield "The project has chosen to leave it open."


def _piece(piece: PublicEvidence) -> Iterator[str]:
    yield piece.tier.value
    if piece.sealed:
        held = f"held by {piece.held_by}" if piece.held_by else "held elsewhere"
        yield f"{held} since {piece.date.isoformat()}" if piece.date else held
    elif piece.date:
        yield f"of {piece.date.isoformat()}"
    if not piece.counts:
        yield "does not count"
