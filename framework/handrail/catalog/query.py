"""Questions that readers ask a catalog: which controls bind whom, how strictly, since when, and why.

Belongs here: filtering and the reasons for it. Never here: what a project answers (`assess`) and how an answer is
printed (`cli`, `report`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from handrail.catalog.resolve import InForce, resolve, selected
from handrail.catalog.selector import DeclaredFacts
from handrail.model.assessment import LegalDuty
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.terms import Level, LevelReason, Phase, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedControl:
    """A control as it stands for a reader with these facts on this day.

    `out_by` is the fact by which it does not apply, None if it does; `because` are the facts named in its scope that
    the reader gave and that it takes; `undeclared` those that the reader left open, so that it is taken to apply.
    """

    control: Control
    principle: str
    phase: Phase
    status: Status
    level: Level
    level_reason: LevelReason
    duties: tuple[LegalDuty, ...]
    out_by: str | None
    because: tuple[str, ...]
    undeclared: tuple[str, ...]
    checklists: tuple[str, ...]

    @property
    def applies(self) -> bool:
        """The control applies by these facts."""
        return self.out_by is None

    @property
    def reason(self) -> str:
        """Why it applies or does not, in a clause."""
        if self.out_by is not None:
            return f"does not apply: by {self.out_by}"
        parts = [f"by {', '.join(self.because)}"] if self.because else []
        parts += [f"{', '.join(self.undeclared)} not given"] if self.undeclared else []
        return "applies: " + "; ".join(parts) if parts else "applies to all"


def list_controls(
    bundle: Bundle,
    facts: Selector,
    *,
    as_of: date,
    levels: Collection[Level] = (),
    phases: Collection[Phase] = (),
    include_draft: bool = False,
    include_out: bool = False,
) -> tuple[ListedControl, ...]:
    """The controls that apply by the facts, in reading order.

    Args:
        bundle: the catalog.
        facts: what the reader says; a fact left out leaves every control that asks for it in.
        as_of: the UTC day on which levels are in force.
        levels: only controls of one of these levels in force on that day; all if empty.
        phases: only controls of principles in one of these phases; all if empty.
        include_draft: drafts too.
        include_out: those that do not apply too.
    A fact or value that the vocabulary does not have matches nothing; `unknown_facts` finds it.
    """
    phase_of = {principle.id: principle.phase for principle in bundle.principles}
    status_of = {principle.id: principle.status for principle in bundle.principles}
    declared = DeclaredFacts.of(facts, bundle.facts)
    in_force = {
        one.control.id: one
        for one in resolve(bundle, declared, checklists=(), as_of=as_of, include_draft=include_draft)
        if (not levels or one.level in levels)
        and (not phases or phase_of[one.principle] in phases)
        and (include_out or one.scope.in_scope)
    }
    listed_in = {c.checklist.id: frozenset(selected(c, bundle)) for c in bundle.checklists}
    return tuple(
        _listed(
            in_force[one], declared, phase_of, status_of, tuple(name for name, ids in listed_in.items() if one in ids)
        )
        for one in bundle.controls
        if one in in_force
    )


def unknown_facts(bundle: Bundle, facts: Selector) -> tuple[tuple[str, str | None], ...]:
    """The facts and values that the vocabulary does not have: (fact, value), or (fact, None) for the fact itself."""
    found: list[tuple[str, str | None]] = []
    for name, values in facts.items():
        if name not in bundle.facts:
            found.append((name, None))
        else:
            found += ((name, value) for value in values if value not in bundle.facts[name].values)
    return tuple(found)


def _listed(
    one: InForce,
    declared: DeclaredFacts,
    phase_of: dict[str, Phase],
    status_of: dict[str, Status],
    checklists: tuple[str, ...],
) -> ListedControl:
    named = dict.fromkeys((*one.control.applies_when, *one.control.unless))
    return ListedControl(
        control=one.control,
        principle=one.principle,
        phase=phase_of[one.principle],
        status=one.control.status or status_of[one.principle],
        level=one.level,
        level_reason=one.level_reason,
        duties=one.duties,
        out_by=one.scope.out_by,
        because=tuple(name for name in named if name in declared.lineages) if one.scope.in_scope else (),
        undeclared=one.scope.undeclared,
        checklists=checklists,
    )
