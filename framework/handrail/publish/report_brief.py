"""The report of a recorded assessment, laid out briefly: one table, since there may be thousands of such reports.

Belongs here: a line for each control. Never here: what stands above them (`report_internal`). A line is made of few
pieces, because every piece of text costs an escape on every row of every page, and every byte is there ten thousand
times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handrail.model.assessment import Assessment, ControlFinding, EvidenceRecord
from handrail.model.terms import Finding, Level, LevelReason, SelectedBy
from handrail.publish.report_names import Names
from handrail.publish.report_view import LOOKS, PrincipleSum
from handrail.report import wording
from handrail.report.agreement import number

_CHOSEN, _MUST, _CATALOGUE = SelectedBy.CHECKLIST, Level.MUST, LevelReason.CATALOGUE
_FINDINGS = {one: f"{look.sign} {wording.finding_label(one)}" for one, look in LOOKS.items()}
_WAITS = "blocked-by"
_ASKED = "what its page lists"
_NOT_APPLICABLE = Finding.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Line:
    """A control that applies: its id and title, its finding, and how well it is shown or why it is not."""

    control: str
    finding: str
    told: str


@dataclass(frozen=True, slots=True)
class Group:
    """A principle with the controls of it that apply; there may be none."""

    principle: PrincipleSum
    lines: tuple[Line, ...]


def brief_groups(run: Assessment, principles: Sequence[PrincipleSum], names: Names) -> tuple[Group, ...]:
    """Lay out the controls of a run, those of each principle together."""
    lines: dict[str, list[Line]] = {one.id: [] for one in principles}
    for one in run.findings:
        if one.finding is not _NOT_APPLICABLE and one.principle in lines:
            told = " ".join(_told(one, names))
            named = names.control(one.control)
            lines[one.principle].append(Line(f"{named.id} {named.title}", _FINDINGS[one.finding], told))
    return tuple(Group(one, tuple(lines[one.id])) for one in principles)


def _told(one: ControlFinding, names: Names) -> Iterator[str]:
    """What stands beside a finding. The level that most have is not repeated; the page says so."""
    if one.level is not _MUST or one.level_reason is not _CATALOGUE:
        yield f"{names.level(one.level, one.level_reason, one.duties)}."
    if one.selected_by is not _CHOSEN:
        yield wording.PREREQUISITE
    if LOOKS[one.finding].state == "satisfied":
        yield _shown(one)
        return
    yield from dict.fromkeys(reason.text if reason.text[-1:] == "." else f"{reason.text}." for reason in one.reasons)
    if one.waiver is not None and one.waiver.holds:
        yield f"Left open by choice until {one.waiver.expires.isoformat()}."
    if one.level is _MUST and one.reasons and one.reasons[0].code != _WAITS:  # that reason names the next step
        yield f"Next: {names.next_step(one.control, one.reasons, asked=_ASKED)}"


def _shown(one: ControlFinding) -> str:
    parts: list[str] = [one.assurance] if one.assurance else []
    if one.valid_until:
        parts.append(f"until {one.valid_until.isoformat()}")
    return "; ".join((*parts, *_evidence(one.evidence)))


def _evidence(pieces: Sequence[EvidenceRecord]) -> tuple[str, ...]:
    """How many pieces count, and the day of the oldest."""
    counting = [one.date for one in pieces if one.counts]
    if not counting:
        return ()
    days = [day for day in counting if day is not None]
    oldest = f", {'oldest' if len(days) > 1 else 'of'} {min(days).isoformat()}" if days else ""
    return (number(len(counting), "piece") + oldest,)
