"""Which findings a public report only counts, and in which counts, so that no count is about one control.

Belongs here: grouping. Never here: what a count or a shown control says (`assess.project`).
Source: report-wording, "The public projection", rule 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handrail.assess.summary import counted
from handrail.catalog.resolve import closure
from handrail.model.assessment import ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.terms import Disclosure, Finding, Level, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedGroup:
    """Findings told as one count: of a principle, of a phase, or (both None) of the whole report."""

    phase: Phase | None
    principle: str | None
    findings: tuple[ControlFinding, ...]


def counted_groups(findings: Iterable[ControlFinding], bundle: Bundle) -> tuple[CountedGroup, ...]:
    """The counts of a public report.

    A principle with a single such control goes to its phase's count, and a phase with a single one to that of the
    whole report. A count of one would then still come out as a remainder, so it takes the smallest other count with
    it. Findings that the facts put out of scope are in none: everyone can work those out.
    """
    phase_of = {p.id: p.phase for p in bundle.principles}
    by_principle: dict[str, list[ControlFinding]] = {}
    for one in _to_be_counted(findings, bundle):
        by_principle.setdefault(one.principle, []).append(one)
    by_phase: dict[Phase, list[list[ControlFinding]]] = {}
    for principle, members in by_principle.items():
        by_phase.setdefault(phase_of[principle], []).append(members)
    groups: list[CountedGroup] = []
    lone: list[ControlFinding] = []
    for phase, of_principles in by_phase.items():
        merged, others = _merge_singles(of_principles)
        groups += [CountedGroup(phase=phase, principle=one[0].principle, findings=tuple(one)) for one in others]
        if len(merged) == 1:
            lone += merged
        elif merged:
            groups.append(CountedGroup(phase=phase, principle=None, findings=tuple(merged)))
    if len(lone) == 1 and groups:
        smallest = min(groups, key=lambda group: len(group.findings))
        groups.remove(smallest)
        lone += smallest.findings
    if lone:
        groups.append(CountedGroup(phase=None, principle=None, findings=tuple(lone)))
    return tuple(groups)


def _merge_singles(lists: list[list[ControlFinding]]) -> tuple[list[ControlFinding], list[list[ControlFinding]]]:
    """The members of every list of one, with the smallest other list where there is only one such; and the others."""
    merged = [one for members in lists if len(members) == 1 for one in members]
    others = [members for members in lists if len(members) > 1]
    if len(merged) == 1 and others:
        smallest = min(others, key=len)
        others.remove(smallest)
        merged += smallest
    return merged, others


def _to_be_counted(findings: Iterable[ControlFinding], bundle: Bundle) -> list[ControlFinding]:
    """Those whose disclosure is `principle`, and as many neighbours as it takes to hide a lone one.

    The headline tells how many MUST controls are open. Less those shown, it would give away a lone MUST that is not
    shown; then the rest of its principle is only counted too, or of its phase, or of the report.
    """
    candidates = [one for one in counted(findings) if in_scope(one)]
    hidden = [one for one in candidates if is_hidden(one, bundle)]
    phase_of = {p.id: p.phase for p in bundle.principles}
    wider: tuple[Callable[[ControlFinding], object], ...] = (
        lambda one: one.principle,
        lambda one: phase_of[one.principle],
        lambda one: None,
    )
    for place in wider:
        lone = _lone_must(hidden)
        if lone is not None:
            hidden = [one for one in candidates if one in hidden or place(one) == place(lone)]
    return hidden


def _lone_must(hidden: list[ControlFinding]) -> ControlFinding | None:
    told_by_headline = [one for one in hidden if one.level is Level.MUST]
    if len(hidden) == 1:
        return hidden[0]
    return told_by_headline[0] if len(told_by_headline) == 1 else None


def is_hidden(finding: ControlFinding, bundle: Bundle) -> bool:
    """The catalog lets a public report only count this control."""
    return bundle.controls[finding.control].disclosure is Disclosure.PRINCIPLE


def in_scope(finding: ControlFinding) -> bool:
    """The facts let the control apply; it may still be declared not applicable."""
    return finding.finding is not Finding.NOT_APPLICABLE or finding.reasons[0].code != "out-of-scope"


def rests_on(control: str, others: Iterable[str], bundle: Bundle) -> bool:
    """Whether a control requires one of the others, however far down."""
    return not closure((control,), bundle).isdisjoint(others)
