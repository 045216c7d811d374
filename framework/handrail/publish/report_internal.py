"""The report of one project for its own people, laid out: everything that was judged.

Belongs here: putting an assessment, its plan and its forecast into the values of the page. Never here: a rule, or a
sentence that a report in another format says too (`report.wording`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from handrail.assess.headline import headline_facts
from handrail.assess.plan import PlannedStep
from handrail.model.assessment import Assessment, ControlFinding, EvidenceRecord
from handrail.model.terms import Finding, Level, SelectedBy
from handrail.publish.gap import InternalGap
from handrail.publish.report_names import Names
from handrail.publish.report_view import (
    Ahead,
    Head,
    PlanStep,
    PrincipleSum,
    ReportView,
    Row,
    earlier_remark,
    labels,
    spread,
)
from handrail.report import wording
from handrail.report.agreement import listed, number
from handrail.report.change import NOTHING_ADDED, edit_line, obstacle_line
from handrail.report.forecast import event_line

# Read once: a member of an enum is found through its class, and there are many rows.
_CHOSEN, _MUST = SelectedBy.CHECKLIST, Level.MUST
_SIGNS = dict(wording.SIGNS)


def internal_view(gap: InternalGap, names: Names) -> ReportView:
    """Lay out everything below the head."""
    run = gap.assessment
    rows = [_row(one, run, names) for one in run.findings]
    still_open, others, outside = spread(rows, names)
    return ReportView(
        open_sections=still_open,
        other_sections=others,
        outside=outside,
        waivers=tuple(
            (row, wording.waiver_line(one.waiver, as_of=run.as_of))
            for row, one in zip(rows, run.findings, strict=True)
            if one.waiver is not None
        ),
        inherited=tuple(_inherited(run.findings)),
        plan=tuple(_step(one, names) for one in gap.plan),
        ahead=tuple(_ahead(gap, names)),
        trend=gap.trend,
    )


def internal_head(gap: InternalGap, names: Names, *, digest: str, built_on: date) -> Head:
    """What stands above the controls.

    Args:
        gap: what is known of the project.
        names: of the catalog of this site.
        digest: its digest.
        built_on: the UTC day of the build; evidence that has passed its date since the run is told in the headline.
    """
    run, project = gap.assessment, gap.assessment.project
    facts = headline_facts(run, names.bundle, fictional=gap.fictional, today=built_on)
    return Head(
        internal=True,
        id=project.id,
        name=project.name,
        version=project.version or "",
        fictional=gap.fictional,
        homepage=gap.homepage or "",
        as_of=run.as_of,
        catalogs=run.catalog,
        checklists=names.checklists(run.checklists),
        facts=tuple(names.facts(run.facts)),
        roles=names.roles(run.facts),
        headline=wording.headline(facts),
        remarks=(*earlier_remark(gap.earlier), *_other_catalog(run, digest)),
        must=facts.must,
        open_must=facts.open_must,
        coverage=(
            *wording.coverage_lines(run.summary.coverage),
            wording.level_line(Level.SHOULD, run.summary.should),
            wording.level_line(Level.MAY, run.summary.may),
            wording.gate_line(run.summary.gate),
        ),
        principles=_sums(run, names),
        labels=labels((one.finding for one in run.findings if one.selected_by is _CHOSEN), public=False),
    )


def _other_catalog(run: Assessment, digest: str) -> tuple[str, ...]:
    if any(one.digest == digest for one in run.catalog):
        return ()
    return ("Recorded by another catalog than that of this site; its findings stand as they were recorded.",)


def _sums(run: Assessment, names: Names) -> tuple[PrincipleSum, ...]:
    must = {one.id: "" for one in run.principles}
    other = must.copy()
    for one in run.findings:
        if one.selected_by is _CHOSEN and one.principle in must:
            signs = must if one.level is _MUST else other
            signs[one.principle] += _SIGNS[one.finding]
    return tuple(
        [
            PrincipleSum(
                id=one.id, link=names.principle(one.id), phase=one.phase, must=must[one.id], other=other[one.id]
            )
            for one in run.principles
        ]
    )


def _row(one: ControlFinding, run: Assessment, names: Names) -> Row:
    until = one.valid_until.isoformat() if one.valid_until else ""
    return Row(
        control=names.control(one.control),
        principle=one.principle,
        finding=one.finding,
        label=one.finding.value,
        level=one.level,
        level_text=names.level(one.level, one.level_reason, one.duties),
        counts=one.selected_by is SelectedBy.CHECKLIST,
        reasons=tuple(dict.fromkeys(reason.text for reason in one.reasons)),
        next_step=names.next_step(one.control, one.reasons) if one.finding.is_open else "",
        shown_as=_shown_as(one, until),
        notes=_notes(one),
        pieces=tuple(_pieces(one, run.as_of, names)),
        tier=one.assurance.value if one.assurance else "",
        until=until,
    )


def _shown_as(one: ControlFinding, until: str) -> str:
    if one.finding is not Finding.SATISFIED or one.assurance is None:
        return ""
    return f"{one.assurance.value}; holds until {until}" if until else one.assurance.value


def _notes(one: ControlFinding) -> tuple[str, ...]:
    notes = (wording.PREREQUISITE,) if one.selected_by is SelectedBy.PREREQUISITE else ()
    if one.waiver is None:
        return notes
    if not one.waiver.holds:
        return (*notes, "Its waiver does not hold.")
    return (*notes, f"Left open by choice until {one.waiver.expires.isoformat()}.")


def _pieces(one: ControlFinding, as_of: date, names: Names) -> Iterator[tuple[str, str]]:
    for piece in one.evidence:
        yield names.requirement(one.control, piece.requirement), _piece(piece, as_of)


def _piece(piece: EvidenceRecord, as_of: date) -> str:
    """What is known of a piece: how well it shows, of which day, how old, and until when."""
    parts = [piece.tier.value]
    if piece.date is not None:
        age = (as_of - piece.date).days
        parts.append(f"of {piece.date.isoformat()}" + (f", {number(age, 'day')} old" if age >= 0 else ""))
    if not piece.counts:
        parts.append("does not count")
    elif piece.valid_until is not None:
        left = (piece.valid_until - as_of).days
        parts.append(f"until {piece.valid_until.isoformat()}, {number(left, 'day')} more")
    return f"{'; '.join(parts)}. {piece.text}"


def _inherited(findings: Iterable[ControlFinding]) -> Iterator[tuple[str, tuple[str, ...]]]:
    upstreams: dict[str, list[str]] = {}
    for one in findings:
        for reason in one.reasons:
            if reason.upstream is not None and reason.code == "inherited":
                upstreams.setdefault(reason.upstream, []).append(one.control)
    for upstream in sorted(upstreams):
        yield upstream, tuple(dict.fromkeys(upstreams[upstream]))


def _step(step: PlannedStep, names: Names) -> PlanStep:
    about = [f"{step.finding.finding.value}, {step.finding.level.value.upper()}", f"effort {step.effort.value}"]
    about += [f"owner: {step.owner}"] if step.owner else []
    about += [f"due {step.due.isoformat()}"] if step.due else []
    about += [f"left open by choice until {step.waived_until.isoformat()}"] if step.waived_until else []
    return PlanStep(
        control=names.control(step.control),
        about="; ".join(about),
        to_do=(NOTHING_ADDED, obstacle_line(step.control, names.bundle))
        if step.edits is None
        else tuple(edit_line(one, names.bundle) for one in step.edits),
        frees=f"Unblocks {listed(step.unblocks)}." if step.unblocks else "",
    )


def _ahead(gap: InternalGap, names: Names) -> Iterator[Ahead]:
    for week in gap.ahead.weeks if gap.ahead else ():
        must = week.summary.must
        yield Ahead(
            start=week.start,
            end=week.end,
            open=len(week.summary.open_must),
            applying=sum(count for finding, count in must.items() if finding is not Finding.NOT_APPLICABLE),
            events=tuple((one.day.isoformat(), one.control, event_line(one, names.bundle)) for one in week.events),
        )
