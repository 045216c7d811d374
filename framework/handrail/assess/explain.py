"""The proof of one finding: every rule that was applied, in order, with what it was applied to and what it gave.

Belongs here: walking the same functions that judge, and saying what each gave. Never here: a rule of its own, layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handrail.assess.answers import TiedAnswer
from handrail.assess.entries import Judged, judge_entry, judge_requirement
from handrail.assess.evaluate import cap, judge_evidence
from handrail.assess.inherit import known_fingerprints
from handrail.catalog.resolve import Asked, InForce
from handrail.model.assessment import ControlFinding
from handrail.model.base import days_text
from handrail.model.observation import Observation
from handrail.model.terms import Finding, SelectedBy, State


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was looked at, what was seen, and the finding it gives (None: it gives none)."""

    about: str
    seen: str
    gives: Finding | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """All steps that lead to a finding, in the order in which the rules apply."""

    control: InForce
    finding: ControlFinding
    steps: tuple[Step, ...]


def prove(
    control: InForce,
    answer: TiedAnswer | None,
    seen: tuple[Observation, ...],
    findings: Mapping[str, ControlFinding],
    *,
    as_of: date,
) -> Proof:
    """The proof of the finding on `control`; `findings` holds it and everything that it requires."""
    finding = findings[control.control.id]
    steps = [_scope(control), _level(control)]
    if control.scope.in_scope:
        steps.append(_answer(control, answer, finding))
        if answer is not None and _looks_at_evidence(answer, seen):
            steps.append(_evidence(control, seen, as_of))
        steps.append(Step("This control by itself", _sentences(finding), finding.own))
        if finding.own is not Finding.NOT_APPLICABLE:
            steps.append(_prerequisites(control, findings))
    steps.append(Step("Finding", _how(finding), finding.finding))
    if finding.waiver is not None:
        steps.append(_waiver(finding))
    return Proof(control=control, finding=finding, steps=tuple(steps))


def _looks_at_evidence(answer: TiedAnswer, seen: tuple[Observation, ...]) -> bool:
    """What is inherited rests on the upstream's evidence; our own counts too where there is any."""
    state = answer.answer.state
    return state in (State.IMPLEMENTED, State.PARTIAL, State.ALTERNATIVE) or (state is State.INHERITED and bool(seen))


def _scope(control: InForce) -> Step:
    chosen = "a checklist" if control.selected_by is SelectedBy.CHECKLIST else "a control that requires it"
    if control.scope.out_by is not None:
        return Step("Scope", f"selected by {chosen}; out of scope by the declared fact `{control.scope.out_by}`")
    open_facts = ", ".join(f"`{fact}`" for fact in control.scope.undeclared)
    left = f"; not declared, and so taken to apply: {open_facts}" if open_facts else ""
    return Step("Scope", f"selected by {chosen}; applies by the declared facts{left}")


def _level(control: InForce) -> Step:
    duties = tuple(
        Step(
            f"{duty.reference} {duty.clause}",
            f"{duty.level.upper()}{_period(duty.start, duty.until)}, confidence {duty.confidence}; "
            + ("in force on this day" if duty.in_force else "shown only"),
        )
        for duty in control.duties
    )
    return Step("Level in force", f"{control.level.upper()}, from the {control.level_reason}", steps=duties)


def _period(start: date | None, until: date | None) -> str:
    return (f" from {start.isoformat()}" if start else "") + (f" until {until.isoformat()}" if until else "")


def _answer(control: InForce, answer: TiedAnswer | None, finding: ControlFinding) -> Step:
    if answer is None:
        return Step("Answer", "none is declared")
    by = f"declared by the {answer.by}: `{answer.answer.state}`"
    if answer.tied_to is None:
        text = "it is tied to no known text"
    elif answer.tied_to in known_fingerprints(control):
        text = f"it was written against this text ({answer.tied_to})"
    else:
        text = f"it was written against another text ({answer.tied_to}; now {control.fingerprint})"
    return Step("Answer", f"{by}; {text}", finding.declared)


def _evidence(control: InForce, seen: tuple[Observation, ...], as_of: date) -> Step:
    total = judge_evidence(control, seen, as_of)
    groups = tuple(_requirement(group, seen, as_of) for group in control.asked)
    return Step("Evidence", "the least of its requirements", total.finding, groups)


def _requirement(group: tuple[Asked, ...], seen: tuple[Observation, ...], as_of: date) -> Step:
    judged = judge_requirement(group, seen, as_of)
    names = " or ".join(f"{asked.requirement.id} ({_wanted(asked)})" for asked in group)
    entries = tuple(
        _entry(one, judge_entry(asked, one, as_of))
        for asked in group
        for one in seen
        if one.requirement == asked.requirement.id
    )
    text = judged.reason.text if judged.reason else f"shown, {judged.tier}{_until(judged.valid_until)}"
    return Step(names, text, judged.finding, entries)


def _wanted(asked: Asked) -> str:
    age = f", at most {days_text(asked.max_age)} old" if asked.max_age else ""
    return f"{asked.requirement.kind}, at least {asked.requirement.assurance}{age}"


def _entry(seen: Observation, judged: Judged) -> Step:
    day = f", dated {seen.date.isoformat()}" if seen.date else ", undated"
    until = _until(judged.valid_until)
    return Step(f"entry: {seen.verdict}", f"{seen.text} Reaches {seen.tier}{day}{until}.", judged.finding)


def _until(day: date | None) -> str:
    return f", counts until {day.isoformat()}" if day else ""


def _prerequisites(control: InForce, findings: Mapping[str, ControlFinding]) -> Step:
    if not control.requires:
        return Step("Prerequisites", "it requires none")
    most, blocking = cap(control, findings)
    groups = tuple(
        Step(
            " or ".join(group),
            "; ".join(_prerequisite(findings[one]) for one in group if one in findings),
        )
        for group in control.requires
    )
    held = f"; held down by {', '.join(blocking)}" if most < findings[control.control.id].own else ""
    return Step("Prerequisites", f"allow at most {most}{held}", most, groups)


def _prerequisite(there: ControlFinding) -> str:
    first = f": {there.reasons[0].text}" if there.reasons else ""
    return f"{there.control} is {there.finding}{first}"


def _how(finding: ControlFinding) -> str:
    if finding.blocked_by:
        return f"the lesser of the two: blocked by {', '.join(finding.blocked_by)}"
    return "as this control is by itself"


def _sentences(finding: ControlFinding) -> str:
    texts = [reason.text for reason in finding.reasons if reason.code != "blocked-by"]
    return " ".join(texts) or "Everything that is asked for was supplied and holds on this day."


def _waiver(finding: ControlFinding) -> Step:
    waiver = finding.waiver
    if waiver is None:
        return Step("Waiver", "none")
    state = "holds; the gate passes over this control, and the finding stays" if waiver.holds else "does not hold"
    days = f"{waiver.granted.isoformat()} to {waiver.expires.isoformat()}"
    return Step("Waiver", f"{days}, agreed by {waiver.approved_by}: {state}")
