"""The statement of applicability: every control of the catalog, in or out, and who said so.

Belongs here: sorting the controls, and what of it the public may see. Never here: a sentence (`report.applicability`),
or a finding, which is taken from the assessment as it stands.

A control is out, in this order, because the catalog does not judge it (a draft, or retired), because the declared facts
put it out of scope, because no chosen checklist holds it, or because the project declares it not applicable and the
catalog accepts that. What is left is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from handrail.assess.answers import TiedAnswer, tied_answers
from handrail.assess.assess import Subject
from handrail.assess.waivers import is_waived
from handrail.assess.withhold import in_scope
from handrail.catalog.resolve import InForce, judged_controls, prerequisites, resolve, selected
from handrail.catalog.selector import DeclaredFacts
from handrail.model.assessment import Assessment, ControlFinding, LegalDuty, WaiverRecord
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.public import PublicReport
from handrail.model.terms import Finding, Level, LevelReason, State, Status
from handrail.model.vocabulary import ChecklistFile


class Says(StrEnum):
    """Who decides that a control is in or out, or its level."""

    CATALOG = "catalog"
    FACTS = "facts"
    CHECKLIST = "checklist"
    LAW = "law"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTest:
    """A fact that a control's scope names, and the values that the project declares."""

    fact: str
    declared: tuple[str, ...]
    named: tuple[str, ...]
    rule: Literal["applies_when", "unless"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWord:
    """What one checklist says of a control beyond holding it, and why, where it says why."""

    checklist: str
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The level in force of one control, and who set it. `duties` are those that apply, in force or not."""

    level: Level
    reason: LevelReason
    said_by: Says
    duties: tuple[LegalDuty, ...] = ()
    set_by: tuple[ListWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability:
    """One control: in or out, by whom and why; its level; and, where it is in the report, how it stands there.

    `facts` are the tests that put it out, or that it meets; `undeclared` those that the project leaves open. `status`
    is given where the catalog does not judge it. `checklists` hold it, `left_out` leave it out, `needed_by` require it.
    `refused` is the sentence that says why a declared ‘not applicable’ does not count. `upstream` is the key
    that it is inherited from, and `upstream_project` the id behind the key, where it could be read. `counted_only`: the
    public is not told how it stands.
    """

    control: str
    applies: bool
    said_by: Says
    facts: tuple[FactTest, ...] = ()
    undeclared: tuple[str, ...] = ()
    status: Status | None = None
    checklists: tuple[str, ...] = ()
    left_out: tuple[ListWord, ...] = ()
    needed_by: tuple[str, ...] = ()
    standing: Standing
    finding: Finding | None = None
    state: State | None = None
    answered_by: Literal["project", "organisation"] | None = None
    justification: str | None = None
    refused: str | None = None
    waived: bool = False
    waiver: WaiverRecord | None = None
    upstream: str | None = None
    upstream_project: str | None = None
    counted_only: bool = False


def statement_of_applicability(
    assessment: Assessment, bundle: Bundle, subject: Subject, *, include_draft: bool = False
) -> tuple[Applicability, ...]:
    """Every control of the catalog, in reading order.

    Args:
        assessment: a run over the subject, judged by the bundle, with drafts if `include_draft` says so.
        bundle: the catalog judged by.
        subject: gives the facts, the answers, and who stands behind a key under `upstream`.
        include_draft: drafts were judged too.

    Raises:
        KeyError: a checklist of the declaration is not in the bundle.
    """
    declaration = subject.declaration
    facts = DeclaredFacts.of(declaration.facts, bundle.facts)
    given = _Given(
        bundle=bundle,
        facts=declaration.facts,
        judged=judged_controls(bundle, include_draft=include_draft),
        findings={one.control: one for one in assessment.findings},
        answers=tied_answers(declaration, subject.organisation, bundle, assessment.catalog[0].digest),
        whole={
            one.control.id: one
            for one in resolve(bundle, facts, checklists=(), as_of=assessment.as_of, include_draft=include_draft)
        },
        lists=_lists(declaration.checklists, bundle),
        projects={key: one.project for key, one in subject.upstream.items()},
    )
    return tuple(given.row(one) for one in bundle.controls)


def public_statement(rows: tuple[Applicability, ...], report: PublicReport) -> tuple[Applicability, ...]:
    """The same as the public may see it.

    That is what everyone can work out from facts, checklists and the catalog, and what the public report
    (`assess.project`) says of the controls that it shows.
    """
    shown = {one.control: one for phase in report.phases for p in phase.principles for one in p.controls}
    told = []
    for row in rows:
        bare = replace(row, **_NOTHING_TOLD)
        public = shown.get(row.control)
        if row.finding is None or row.said_by is Says.FACTS:
            told.append(bare)
        elif public is None:
            # In, whatever the project declares: that it declares it not applicable is in the count.
            told.append(replace(bare, applies=True, said_by=_chosen_by(row), counted_only=True))
        else:
            inherited = next((one.upstream for one in public.reasons if one.upstream is not None), None)
            told.append(replace(bare, finding=public.finding, waived=public.waived, upstream=inherited))
    return tuple(told)


_NOTHING_TOLD: dict[str, Any] = {
    "finding": None,
    "state": None,
    "answered_by": None,
    "justification": None,
    "refused": None,
    "waived": False,
    "waiver": None,
    "upstream": None,
    "upstream_project": None,
}
"""Everything of a row that only the project knows."""


def _chosen_by(row: Applicability) -> Says:
    return Says.CHECKLIST if row.checklists else Says.CATALOG


def _lists(names: tuple[str, ...], bundle: Bundle) -> tuple[tuple[ChecklistFile, frozenset[str]], ...]:
    by_id = {one.checklist.id: one for one in bundle.checklists}
    return tuple((by_id[name], frozenset(selected(by_id[name], bundle))) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the rows are worked out from."""

    bundle: Bundle
    facts: Selector
    judged: frozenset[str]
    findings: Mapping[str, ControlFinding]
    answers: Mapping[str, TiedAnswer]
    whole: Mapping[str, InForce]
    lists: tuple[tuple[ChecklistFile, frozenset[str]], ...]
    projects: Mapping[str, str]

    def row(self, one: str) -> Applicability:
        control = self.bundle.controls[one]
        holding = tuple(file.checklist.id for file, ids in self.lists if one in ids)
        row = Applicability(
            control=one,
            applies=False,
            said_by=Says.CATALOG,
            checklists=holding,
            left_out=self._left_out(one),
            standing=self._standing(one),
        )
        if one not in self.judged:
            of_principle = next(p.status for p in self.bundle.principles if p.id == self.bundle.principle_of[one])
            return replace(row, status=control.status or of_principle)
        out_by = self.whole[one].scope.out_by
        if out_by is not None:
            return self._with_finding(replace(row, said_by=Says.FACTS, facts=self._out_tests(one, out_by)))
        if one not in self.findings:
            return replace(row, said_by=Says.CHECKLIST)
        return self._with_finding(replace(row, applies=True, said_by=_chosen_by(row), facts=self._tests(one)))

    def _with_finding(self, row: Applicability) -> Applicability:
        finding = self.findings.get(row.control)
        if finding is None:
            return row
        answer = self.answers.get(row.control)
        declared_out = finding.finding is Finding.NOT_APPLICABLE and in_scope(finding)
        not_accepted = row.applies and not declared_out and finding.state is State.NOT_APPLICABLE
        needs = (one for one in self.findings if self._requires(one, row.control))
        upstream = answer.answer.upstream if answer else None
        return replace(
            row,
            applies=row.applies and not declared_out,
            said_by=Says.DECLARATION if declared_out else row.said_by,
            needed_by=() if row.checklists or not self.lists else tuple(needs),
            finding=finding.finding,
            state=finding.state,
            undeclared=tuple(note.fact for note in finding.notes if note.code == "undeclared-fact" and note.fact),
            answered_by=finding.answered_by,
            justification=answer.answer.justification if answer else None,
            refused=finding.reasons[0].text if not_accepted else None,
            waived=is_waived(finding),
            waiver=finding.waiver,
            upstream=upstream,
            upstream_project=self.projects.get(upstream) if upstream else None,
        )

    def _requires(self, one: str, other: str) -> bool:
        return any(other in group for group in prerequisites(self.bundle.controls[one]))

    def _left_out(self, one: str) -> tuple[ListWord, ...]:
        return tuple(
            ListWord(checklist=file.checklist.id, because=each.reason)
            for file, _ in self.lists
            for each in file.selects.exclude
            if each.control == one
        )

    def _standing(self, one: str) -> Standing:
        """The level in force; for a control that is not in the report, the one that the catalog by itself gives."""
        plain = self.whole.get(one)
        if plain is None:
            level = self.bundle.controls[one].level
            return Standing(level=level, reason=LevelReason.CATALOGUE, said_by=Says.CATALOG)
        here = self.findings.get(one) or plain
        if here.level_reason is LevelReason.LAW:
            return Standing(level=here.level, reason=here.level_reason, said_by=Says.LAW, duties=here.duties)
        tailored = [(file, file.tailoring[one]) for file, ids in self.lists if one in ids and one in file.tailoring]
        set_by = tuple(
            ListWord(checklist=file.checklist.id, because=how.because)
            for file, how in tailored
            if how.level is here.level is not plain.level
        )
        return Standing(
            level=here.level,
            reason=here.level_reason,
            said_by=Says.CHECKLIST if set_by else Says.CATALOG,
            duties=here.duties,
            set_by=set_by,
        )

    def _tests(self, one: str) -> tuple[FactTest, ...]:
        wanted = self.bundle.controls[one].applies_when
        return tuple(self._test(fact, named) for fact, named in wanted.items() if fact in self.facts)

    def _out_tests(self, one: str, out_by: str) -> tuple[FactTest, ...]:
        """The fact that its scope does not meet; or, where `unless` puts it out, all that `unless` names."""
        control = self.bundle.controls[one]
        facts = DeclaredFacts.of(self.facts, self.bundle.facts)
        if out_by in control.applies_when and facts.overlap(out_by, control.applies_when[out_by]) is False:
            return (self._test(out_by, control.applies_when[out_by]),)
        return tuple(self._test(fact, named, rule="unless") for fact, named in control.unless.items())

    def _test(
        self, fact: str, named: tuple[str, ...], rule: Literal["applies_when", "unless"] = "applies_when"
    ) -> FactTest:
        return FactTest(fact=fact, declared=self.facts.get(fact, ()), named=named, rule=rule)
