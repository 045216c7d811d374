"""Where each control stands at the gate of a run, in one word and one sentence, for the formats that machines read.

Belongs here: the sorting, and how loudly a log says each kind. Never here: what the gate is (`assess.gate`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from handrail.model.assessment import ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.terms import Finding, Level, SelectedBy
from handrail.report.formats import Judged
from handrail.report.view import Row, rows_of
from handrail.report.wording import finding_label


class Standing(StrEnum):
    """What the gate makes of one control."""

    BLOCKING = "blocking"
    BELOW_TIER = "below-tier"
    KNOWN = "known"
    WAIVED = "waived"
    PASSED_OVER = "passed-over"
    NOT_ASKED = "not-asked"
    PREREQUISITE = "prerequisite"
    SATISFIED = "satisfied"
    NOT_APPLICABLE = "not-applicable"

    @property
    def decides(self) -> bool:
        """The control makes `check` exit with 1."""
        return self in (Standing.BLOCKING, Standing.BELOW_TIER)


SENTENCES: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.BLOCKING: "It is open at the gate.",
        Standing.BELOW_TIER: "It is shown at a lower tier than this run asks for, so it counts as open for the exit "
        "code only.",
        Standing.KNOWN: "It is open, and was open at the gate in the earlier assessment, so it does not decide the "
        "exit code.",
        Standing.WAIVED: "It is open and waived, so the gate passes over it.",
        Standing.PASSED_OVER: "It is open and waits for waived controls only, so the gate passes over it.",
        Standing.NOT_ASKED: "It is open, and the gate of this run does not ask for it.",
        Standing.PREREQUISITE: "It is open; no chosen checklist holds it, so it counts nowhere.",
        Standing.SATISFIED: "",
        Standing.NOT_APPLICABLE: "It does not apply.",
    }
)


class Loudness(StrEnum):
    """How loudly a log of findings says one, from loud to quiet."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """One control as judged, as shown, and as it stands at the gate."""

    finding: ControlFinding
    row: Row
    standing: Standing

    @property
    def loudness(self) -> Loudness | None:
        """What decides the exit code, any other open MUST, any other open control; None for all else."""
        if self.standing.decides:
            return Loudness.ERROR
        if not self.finding.finding.is_open:
            return None
        counts = self.finding.level is Level.MUST and self.standing is not Standing.PREREQUISITE
        return Loudness.WARNING if counts else Loudness.NOTE

    def reasons(self) -> tuple[str, ...]:
        """Why the finding is what it is, each ended as a sentence, since a machine's reader sees them in one line."""
        return tuple(one if one.endswith(".") else f"{one}." for one in self.row.lines)

    def sentences(self) -> tuple[str, ...]:
        """Everything that is said of the control, the finding first; as declared, so the sink encodes it."""
        first = f"{finding_label(self.row.finding)}, {self.row.level}."
        return tuple(one for one in (first, *self.reasons(), SENTENCES[self.standing], self.row.waiver) if one)


def standing_rows(judged: Judged, bundle: Bundle) -> tuple[StandingRow, ...]:
    """Every control of a project, in the order of its assessment."""
    gate = judged.assessment.summary.gate
    listed = {
        **dict.fromkeys(gate.passed_over, Standing.PASSED_OVER),
        **dict.fromkeys(gate.waived, Standing.WAIVED),
        **dict.fromkeys(judged.gate.known, Standing.KNOWN),
        **dict.fromkeys(judged.gate.blocking, Standing.BLOCKING),
        **dict.fromkeys(judged.gate.below, Standing.BELOW_TIER),
    }
    together = zip(judged.assessment.findings, rows_of(judged.assessment, bundle), strict=True)
    return tuple(
        StandingRow(finding=one, row=row, standing=listed.get(one.control) or _unlisted(one)) for one, row in together
    )


def _unlisted(one: ControlFinding) -> Standing:
    """Where a control stands that the gate of the run does not name."""
    if one.finding is Finding.NOT_APPLICABLE:
        return Standing.NOT_APPLICABLE
    if one.finding is Finding.SATISFIED:
        return Standing.SATISFIED
    return Standing.PREREQUISITE if one.selected_by is SelectedBy.PREREQUISITE else Standing.NOT_ASKED
