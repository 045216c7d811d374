"""What changed between two assessments of one project, control by control.

Belongs here: the classes of change, internal and as the public may see them. Never here: judging again, a sentence.

Only a control that was open and is satisfied has improved. Not-satisfied, undetermined and partial are all open, and
a move from one to another is told as that. None of these is progress: a control that is no longer shown to be not in
place (`evidence-withdrawn`), one that no longer counts (`left-scope`), one whose statement is another (`reworded`),
one that binds less strictly (`relaxed`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from handrail.assess.headline import musts
from handrail.assess.project import project_publicly
from handrail.assess.summary import counted
from handrail.model.assessment import Assessment, ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.public import PublicCount, PublicReport
from handrail.model.terms import Finding


class Move(StrEnum):
    """What became of a control, in the order in which it is told."""

    IMPROVED = "improved"
    REGRESSED = "regressed"
    LAPSED = "lapsed"
    EVIDENCE_WITHDRAWN = "evidence-withdrawn"
    STILL_OPEN = "still-open"
    REWORDED = "reworded"
    APPEARED = "appeared"
    LEFT_SCOPE = "left-scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One control that is not as it was; a finding is None where the control did not count.

    `reworded` says that its statement is another, beside what else happened.
    """

    control: str
    move: Move
    before: Finding | None
    after: Finding | None
    reworded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MustCount:
    """MUST controls that apply, and how many of them are open."""

    open: int
    applying: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything that changed, controls in the order of the newer report and those that left it last.

    `unchanged` counts the controls that are as they were. `differs` names what else is not the same and makes counts
    hard to compare: `catalog`, `checklists`, `facts`. `relaxed` and `tightened` bind less or more strictly.
    """

    old: Assessment
    new: Assessment
    movements: tuple[Movement, ...]
    unchanged: int
    differs: tuple[str, ...]
    relaxed: tuple[str, ...]
    tightened: tuple[str, ...]
    must_before: MustCount
    must_after: MustCount


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicProgress:
    """What the public may see of it: single controls where both reports show them, of all others only counts.

    `counted_before` and `counted_after` are the sums of the controls that each report counts and does not show.
    """

    old: PublicReport
    new: PublicReport
    movements: tuple[Movement, ...]
    differs: tuple[str, ...]
    relaxed: tuple[str, ...]
    tightened: tuple[str, ...]
    counted_before: PublicCount
    counted_after: PublicCount


def progress(old: Assessment, new: Assessment) -> Progress:
    """Compare two runs over one project.

    Raises:
        ValueError: they are of two projects, or the older one was given second; the text is a sentence for the user.
    """
    if old.project.id != new.project.id:
        raise ValueError(f"these are runs over two projects, `{old.project.id}` and `{new.project.id}`")
    if old.as_of > new.as_of:
        raise ValueError(f"the run of {old.as_of.isoformat()} is the newer one; give the older one first")
    before, after = _counting(old), _counting(new)
    order = (*after, *(one for one in before if one not in after))
    moves = {one: _move(before.get(one), after.get(one)) for one in order}
    both = [one for one in after if one in before]
    return Progress(
        old=old,
        new=new,
        movements=tuple(
            Movement(
                control=one,
                move=move,
                before=before[one].finding if one in before else None,
                after=after[one].finding if one in after else None,
                reworded=_reworded(before.get(one), after.get(one)),
            )
            for one, move in moves.items()
            if move is not None
        ),
        unchanged=sum(move is None for move in moves.values()),
        differs=_differs(old, new),
        relaxed=tuple(one for one in both if after[one].level < before[one].level),
        tightened=tuple(one for one in both if after[one].level > before[one].level),
        must_before=_must_count(old),
        must_after=_must_count(new),
    )


def public_progress(old: Assessment, new: Assessment, bundle: Bundle, declaration: Declaration) -> PublicProgress:
    """The comparison through today's public projection of both runs.

    A control is told of only where the projection of each run that has it shows it, and from what is shown alone.

    Raises:
        ValueError: as `progress`.
    """
    old, new = _known(old, bundle), _known(new, bundle)
    reports = [project_publicly(one, bundle, declaration) for one in (old, new)]
    shown = [_shown(report) for report in reports]
    visible = [_only_visible(run, controls) for run, controls in zip((old, new), shown, strict=True)]
    whole = progress(*visible)
    hidden = {
        one.control for run, controls in zip((old, new), shown, strict=True) for one in run.findings
        if one.control not in controls
    }  # fmt: skip
    return PublicProgress(
        old=reports[0],
        new=reports[1],
        movements=tuple(one for one in whole.movements if one.control not in hidden),
        differs=whole.differs,
        relaxed=tuple(one for one in whole.relaxed if one not in hidden),
        tightened=tuple(one for one in whole.tightened if one not in hidden),
        counted_before=_sum(reports[0]),
        counted_after=_sum(reports[1]),
    )


def _counting(run: Assessment) -> dict[str, ControlFinding]:
    return {one.control: one for one in counted(run.findings) if one.finding is not Finding.NOT_APPLICABLE}


def _move(before: ControlFinding | None, after: ControlFinding | None) -> Move | None:
    """The class of a control; None where it is as it was."""
    if before is None or after is None:
        return Move.APPEARED if before is None else Move.LEFT_SCOPE
    reworded = _reworded(before, after)
    codes = {reason.code for reason in after.reasons}
    if after.finding is before.finding:
        return Move.REWORDED if reworded else None
    if before.finding is Finding.NOT_SATISFIED and after.finding is Finding.UNDETERMINED:
        return Move.EVIDENCE_WITHDRAWN
    if after.finding is Finding.SATISFIED or (reworded and "requirement-changed" in codes):
        return Move.REWORDED if reworded else Move.IMPROVED
    if before.finding > Finding.UNDETERMINED is after.finding and "evidence-stale" in codes:
        return Move.LAPSED
    if before.finding is Finding.SATISFIED:
        return Move.REGRESSED
    return Move.REWORDED if reworded else Move.STILL_OPEN


def _reworded(before: ControlFinding | None, after: ControlFinding | None) -> bool:
    return before is not None and after is not None and before.fingerprint != after.fingerprint


def _differs(old: Assessment, new: Assessment) -> tuple[str, ...]:
    same = {
        "catalog": {one.digest for one in old.catalog} == {one.digest for one in new.catalog},
        "checklists": set(old.checklists) == set(new.checklists),
        "facts": {k: set(v) for k, v in old.facts.items()} == {k: set(v) for k, v in new.facts.items()},
    }
    return tuple(name for name, is_same in same.items() if not is_same)


def _must_count(run: Assessment) -> MustCount:
    return MustCount(open=len(run.summary.open_must), applying=len(musts(run)))


def _known(run: Assessment, bundle: Bundle) -> Assessment:
    """The run without what today's catalog no longer has: it could not say whether that may be shown."""
    return run.model_copy(
        update={
            "findings": tuple(one for one in run.findings if one.control in bundle.controls),
            "principles": tuple(one for one in run.principles if one.id in set(bundle.principle_of.values())),
        }
    )


def _shown(report: PublicReport) -> dict[str, bool]:
    """Controls shown one by one -> whether their reasons are withheld."""
    return {c.control: c.withheld for phase in report.phases for p in phase.principles for c in p.controls}


def _only_visible(run: Assessment, shown: dict[str, bool]) -> Assessment:
    """The run as a reader of its public report has it, so that no class of change tells more."""
    return run.model_copy(update={"findings": tuple(_without_reasons(one, shown) for one in run.findings)})


def _without_reasons(one: ControlFinding, shown: dict[str, bool]) -> ControlFinding:
    return one.model_copy(update={"reasons": ()}) if shown.get(one.control, True) else one


def _sum(report: PublicReport) -> PublicCount:
    counts = [
        one for phase in report.phases for one in (phase.counted, *(p.counted for p in phase.principles)) if one
    ]  # fmt: skip
    counts += [report.counted] if report.counted else []
    return PublicCount(
        satisfied=sum(one.satisfied for one in counts),
        open=sum(one.open for one in counts),
        not_applicable=sum(one.not_applicable for one in counts),
    )


def of_class(movements: Iterable[Movement], move: Move) -> tuple[Movement, ...]:
    """The movements of one class."""
    return tuple(one for one in movements if one.move is move)
