"""A public report, worded row by row for the formats of `check --public`.

Belongs here: the lines of one control and of one count. Never here: leaving anything out (`assess.project`), layout, or
the pages of the site, which lay the same report out in their own way (`publish`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handrail.model.bundle import Bundle
from handrail.model.public import PublicControl, PublicCount, PublicEvidence, PublicReport
from handrail.model.terms import Finding, SelectedBy
from handrail.report.agreement import number, verb
from handrail.report.wording import PREREQUISITE, SIGNS, WITHHELD, finding_label, level_text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRow:
    """One control, by what the public is told of it; all plain text."""

    control: str
    title: str
    sign: str
    label: str
    is_open: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSection:
    """A principle, or what is told of a phase or of the whole report beside its principles."""

    id: str
    title: str
    rows: tuple[PublicRow, ...]
    counted: tuple[str, ...]


def public_sections(report: PublicReport, bundle: Bundle) -> tuple[PublicSection, ...]:
    """The whole report in reading order; a wider count stands after the principles it is about."""
    return tuple(_sections(report, bundle))


def _sections(report: PublicReport, bundle: Bundle) -> Iterator[PublicSection]:
    for phase in report.phases:
        name = phase.phase.value.capitalize()
        for one in phase.principles:
            wider = ("What this principle has besides is in a wider count.",) if one.counted_wider else ()
            yield PublicSection(
                id=one.id,
                title=f"{name}: {one.title} ({one.id})",
                rows=tuple(_row(control, bundle) for control in one.controls),
                counted=(*_count(one.counted, "of this principle"), *wider),
            )
        if phase.counted:
            yield PublicSection(
                id=phase.phase.value, title=name, rows=(), counted=_count(phase.counted, "of this phase")
            )
    if report.counted:
        yield PublicSection(
            id="counted", title="Whole report", rows=(), counted=_count(report.counted, "of several phases")
        )


def _count(counted: PublicCount | None, whose: str) -> tuple[str, ...]:
    if counted is None:
        return ()
    total = counted.controls
    outside = f", {counted.not_applicable} not applicable by declaration" if counted.not_applicable else ""
    return (
        f"{number(total, 'control')} {whose} {verb(total, 'is', 'are')} counted here and not shown control by control: "
        f"{counted.satisfied} satisfied, {counted.open} open{outside}.",
    )


def _row(one: PublicControl, bundle: Bundle) -> PublicRow:
    return PublicRow(
        control=one.control,
        title=one.title,
        sign=SIGNS[one.finding],
        label=finding_label(one.finding, public=True),
        is_open=one.finding.is_open,
        lines=tuple(_lines(one, bundle)),
    )


def _lines(one: PublicControl, bundle: Bundle) -> Iterator[str]:
    yield f"{finding_label(one.finding, public=True)}, {level_text(one.level, one.level_reason, one.duties, bundle)}"
    yield from dict.fromkeys(reason.text for reason in one.reasons)
    if one.finding is Finding.SATISFIED and one.assurance is not None:
        yield f"Shown as {one.assurance}."
    for piece in one.evidence:
        yield evidence_line(piece)
    if one.withheld:
        yield WITHHELD
    if one.selected_by is SelectedBy.PREREQUISITE:
        yield PREREQUISITE
    if one.waived:
        yield "The project has chosen to leave it open."


def evidence_line(piece: PublicEvidence) -> str:
    """What is told of one piece of evidence."""
    parts = [piece.tier.value]
    if piece.sealed:
        held = f"held by {piece.held_by}" if piece.held_by else "held elsewhere"
        parts.append(f"{held} since {piece.date.isoformat()}" if piece.date else held)
    elif piece.date:
        parts.append(piece.date.isoformat())
    if not piece.counts:
        parts.append("does not count")
    return f"\N{LEFT DOUBLE QUOTATION MARK}{piece.title}\N{RIGHT DOUBLE QUOTATION MARK}: {', '.join(parts)}"
