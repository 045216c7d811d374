"""One internal report, sorted and counted once, for every format that shows it to people.

Belongs here: grouping by phase and principle, and the counts a reader sees, so that no format counts by itself. Never
here: layout, encoding (all text is as declared: the sink encodes it), or what may be public (`assess.project`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from handrail.assess.gate import AtGate
from handrail.assess.headline import headline_facts, musts
from handrail.assess.plan import Step, next_steps
from handrail.model.assessment import Assessment, ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.terms import Finding, Level, Phase, SelectedBy
from handrail.report import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One control. `lines` say why the finding is what it is; `waiver` is empty where there is none."""

    control: str
    title: str
    level: str
    finding: Finding
    lines: tuple[str, ...]
    waiver: str


Block = tuple[Row, ...]
"""Rows that stand together and of which level, finding and lines are the same: said once for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Controls of one principle, never none."""

    phase: Phase
    principle: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One of the next steps: the control, what to do, and what waits for it (empty where nothing does)."""

    control: str
    title: str
    advice: str
    waiting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that a reader of an internal report is shown, in its order.

    The three `counts` add up to the MUST controls that apply. `prerequisites` are open controls that no checklist
    selects; they count nowhere. `others` are all rows that stand in neither.
    """

    project: str
    about: str
    headline: tuple[str, ...]
    counts: tuple[tuple[int, str], ...]
    coverage: tuple[str, ...]
    open_must: tuple[Section, ...]
    prerequisites: tuple[Block, ...]
    waivers: tuple[Row, ...]
    levels: tuple[str, ...]
    others: tuple[Section, ...]
    gate: tuple[str, ...]
    steps: tuple[StepRow, ...]
    note: str


def view_of(assessment: Assessment, bundle: Bundle, declaration: Declaration, *, gate: AtGate | None = None) -> View:
    """Sort one assessment for its readers.

    Args:
        assessment: a run over the declaration, judged by the bundle.
        bundle: gives titles, references and the order of reading.
        declaration: says whether the project is fictional.
        gate: what decides the exit code, where it is not the assessment's own gate alone.
    """
    must = musts(assessment)
    shown = sum(one.finding is Finding.SATISFIED for one in must)
    unanswered = sum(one.state is None for one in must)
    by_id = {one.control: one for one in assessment.findings}
    open_must = frozenset(assessment.summary.open_must)
    outside = [one for one in assessment.findings if one.selected_by is SelectedBy.PREREQUISITE and one.finding.is_open]
    apart = open_must.union(one.control for one in outside)

    def row(one: ControlFinding) -> Row:
        return _row(one, by_id, assessment, bundle)

    return View(
        project=project_title(assessment),
        about=wording.about_line(assessment),
        headline=wording.headline(headline_facts(assessment, bundle, fictional=declaration.project.fictional)),
        counts=(
            (shown, "shown"),
            (len(must) - shown - unanswered, "declared but not shown"),
            (unanswered, "not answered"),
        ),
        coverage=wording.coverage_lines(assessment.summary.coverage),
        open_must=_sections((one for one in assessment.findings if one.control in open_must), bundle, row),
        prerequisites=_blocks(row(one) for one in outside),
        waivers=tuple(row(one) for one in assessment.findings if one.waiver is not None),
        levels=(
            wording.level_line(Level.SHOULD, assessment.summary.should),
            wording.level_line(Level.MAY, assessment.summary.may),
        ),
        others=_sections((one for one in assessment.findings if one.control not in apart), bundle, row),
        gate=(wording.gate_line(assessment.summary.gate), *(wording.run_lines(gate) if gate else ())),
        steps=tuple(_step(one, by_id[one.control], bundle) for one in next_steps(assessment, bundle)),
        note=wording.fixed_note(assessment.project.name),
    )


def rows_of(assessment: Assessment, bundle: Bundle) -> tuple[Row, ...]:
    """Every control of the assessment, one by one and in its order."""
    by_id = {one.control: one for one in assessment.findings}
    return tuple(_row(one, by_id, assessment, bundle) for one in assessment.findings)


def project_title(assessment: Assessment) -> str:
    """The project's name, with its version where it has one."""
    project = assessment.project
    return f"{project.name} {project.version}" if project.version else project.name


def _sections(
    findings: Iterable[ControlFinding], bundle: Bundle, row: Callable[[ControlFinding], Row]
) -> tuple[Section, ...]:
    rows: dict[str, list[Row]] = {}
    for one in findings:
        rows.setdefault(one.principle, []).append(row(one))
    return tuple(
        Section(phase=p.phase, principle=p.id, title=p.title, blocks=_blocks(rows[p.id]))
        for p in bundle.principles
        if p.id in rows
    )


def _blocks(rows: Iterable[Row]) -> tuple[Block, ...]:
    return tuple(tuple(block) for _, block in groupby(rows, key=lambda one: (one.level, one.finding, one.lines)))


def _row(one: ControlFinding, by_id: Mapping[str, ControlFinding], assessment: Assessment, bundle: Bundle) -> Row:
    lines = [reason.text for reason in one.reasons if reason.code != "blocked-by"]
    if one.blocked_by:
        lines.append(wording.chain_line(_layers(one, by_id)))
    if one.finding is Finding.SATISFIED and one.assurance is not None:
        lines.append(wording.assurance_line(one.assurance, one.valid_until))
    return Row(
        control=one.control,
        title=bundle.controls[one.control].title,
        level=wording.level_text(one.level, one.level_reason, one.duties, bundle),
        finding=one.finding,
        lines=tuple(lines),
        waiver=wording.waiver_line(one.waiver, as_of=assessment.as_of) if one.waiver else "",
    )


def _layers(one: ControlFinding, by_id: Mapping[str, ControlFinding]) -> list[tuple[str, ...]]:
    """What a control waits for, what those wait for, and so on; no control twice."""
    layers: list[tuple[str, ...]] = []
    seen: set[str] = set()
    layer = one.blocked_by
    while layer:
        layers.append(layer)
        seen.update(layer)
        layer = tuple(sorted({further for each in layer for further in by_id[each].blocked_by} - seen))
    return layers


def _step(step: Step, finding: ControlFinding, bundle: Bundle) -> StepRow:
    requirements = [r.requirement for r in finding.reasons if r.code == step.code and r.requirement is not None]
    return StepRow(
        control=step.control,
        title=bundle.controls[step.control].title,
        advice=wording.next_step(
            step.code, step.control, bundle, requirements=requirements, blocked_by=finding.blocked_by
        ),
        waiting=wording.waiting_line(step.unblocks),
    )
