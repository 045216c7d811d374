"""A gap report as the public may see it.

Belongs here: a shape that holds nothing it may not show, so that site, HTML and JSON print all of it blindly. Never
here: what is left out and why (`assess.project`).
"""

from __future__ import annotations

from typing import Literal

from handrail.model.assessment import CatalogRef, Coverage, LegalDuty, ProjectRef, Reason
from handrail.model.base import Day, Flag, Id, Key, Result, Selector, Text
from handrail.model.headline import HeadlineFacts
from handrail.model.terms import Assurance, Finding, Level, LevelReason, Phase, SelectedBy


class PublicEvidence(Result):
    """One piece of evidence, by what the catalog calls it.

    `counts` says that it shows what was asked for, wholly or in part. `date` is the activity's day; for a sealed
    record the day since when `held_by` (an organisation or a part of one, where it is known) holds it.
    """

    requirement: Key
    title: Text
    kind: Key
    counts: bool
    tier: Assurance
    date: Day | None = None
    sealed: bool = False
    held_by: Text | None = None


class PublicControl(Result):
    """One control shown by itself.

    `withheld` says that the reasons and evidence are left out because they could tell of a control that is only
    counted. A waiver is told as a fact, without its reason, its approver or its days.
    """

    control: Id
    title: Text
    level: Level
    level_reason: LevelReason
    duties: tuple[LegalDuty, ...] = ()
    selected_by: SelectedBy
    finding: Finding
    assurance: Assurance | None
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[PublicEvidence, ...] = ()
    waived: bool = False
    withheld: bool = False


class PublicCount(Result):
    """Controls of any level that are counted and not shown; `not_applicable` by the project's declaration."""

    satisfied: int
    open: int
    not_applicable: int

    @property
    def controls(self) -> int:
        """How many there are."""
        return self.satisfied + self.open + self.not_applicable


class PublicPrinciple(Result):
    """A principle: the controls shown by themselves, and the count of the others.

    `counted` is None where there are none, or where they are in a wider count (`counted_wider`).
    """

    id: Id
    title: Text
    controls: tuple[PublicControl, ...]
    counted: PublicCount | None = None
    counted_wider: bool = False


class PublicPhase(Result):
    """A phase, its principles in reading order, and the count of controls told for the phase only."""

    phase: Phase
    principles: tuple[PublicPrinciple, ...]
    counted: PublicCount | None = None


class PublicProject(ProjectRef):
    """The project, by what it publishes about itself."""

    homepage: Text | None = None
    fictional: Flag = False


class PublicReport(Result):
    """One project's public gap report. `counted` are controls told for the whole report only."""

    handrail: Literal[1] = 1
    as_of: Day
    catalog: tuple[CatalogRef, ...]
    checklists: tuple[Key, ...]
    project: PublicProject
    facts: Selector
    headline: HeadlineFacts
    coverage: Coverage
    phases: tuple[PublicPhase, ...]
    counted: PublicCount | None = None
