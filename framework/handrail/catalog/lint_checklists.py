"""Lint rules about checklists: that they reach every control, in order, and weaken nothing in silence.

Belongs here: one function a rule. Never here: what a checklist selects (`resolve`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from handrail.catalog.read import CatalogSources
from handrail.catalog.resolve import alternatives, closure, prerequisites, selected
from handrail.model.base import days_text
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.terms import Status
from handrail.model.vocabulary import ChecklistFile, Tailoring
from handrail.source.diagnostics import Collector
from handrail.source.source_file import SourceFile


def unreachable(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR234: some checklist selects each control that is in use, or something that requires it."""
    listed = (one for file in sources.checklists for one in selected(file.value, bundle))
    reached = closure(listed, bundle)
    for placed in sources.in_use():
        if placed.id not in reached and placed.status is not Status.DRAFT:
            out.error(
                "HR234",
                f"no checklist leads to control `{placed.id}`",
                placed.span("id"),
                help="add it to the checklist of whoever it is for",
            )


def weakening(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR250: a checklist that asks for less than the catalog says why."""
    for file in sources.checklists:
        for one, tailoring in file.value.tailoring.items():
            if tailoring.because is not None:
                continue
            for key, problem in _weaker(bundle.controls[one], tailoring):
                out.error(
                    "HR250",
                    f"the checklist {problem} and does not say why",
                    file.span("set", one, key),
                    help="add `because:` with the reason; it is shown with the list",
                )


def _weaker(control: Control, tailoring: Tailoring) -> Iterator[tuple[str, str]]:
    if tailoring.level is not None and tailoring.level < control.level:
        yield "level", f"lowers the level of `{control.id}` from `{control.level}` to `{tailoring.level}`"
    ages = [r.max_age for group in control.evidence for r in alternatives(group) if r.max_age is not None]
    shortest: timedelta | None = min(ages, default=None)
    if tailoring.max_age is not None and shortest is not None and tailoring.max_age > shortest:
        ages_text = f"from {days_text(shortest)} to {days_text(tailoring.max_age)}"
        yield "max_age", f"lengthens the greatest age for `{control.id}` {ages_text}"


def checklist_order(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR251: a list names what a control requires before the control; of alternatives, one."""
    for file in sources.checklists:
        listed = file.value.selects.controls
        place = {one: i for i, one in enumerate(listed)}
        for i, one in enumerate(listed):
            for group in prerequisites(bundle.controls[one]):
                named = [m for m in group if m in place]
                if named and all(place[m] > i for m in named):
                    out.error(
                        "HR251",
                        f"checklist `{file.value.checklist.id}` names `{one}` before `{named[0]}`, which it requires",
                        file.span("selects", "controls", i),
                        help=f"move `{named[0]}` up",
                        also=((file.span("selects", "controls", place[named[0]]), "needed first"),),
                    )


def no_effect(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR253: a checklist changes or leaves out only what it would otherwise select."""
    for file in sources.checklists:
        ids = frozenset(selected(file.value, bundle))
        for one in file.value.tailoring:
            if one not in ids:
                _no_effect(file, one, ("set", one), out)
        without = file.value.selects.model_copy(update={"exclude": ()})
        before = frozenset(selected(file.value.model_copy(update={"selects": without}), bundle))
        for i, exclusion in enumerate(file.value.selects.exclude):
            if exclusion.control not in before:
                _no_effect(file, exclusion.control, ("selects", "exclude", i, "control"), out)


def _no_effect(file: SourceFile[ChecklistFile], one: str, location: tuple[str | int, ...], out: Collector) -> None:
    span = file.key_span(*location) if location[0] == "set" else file.span(*location)
    out.error(
        "HR253",
        f"checklist `{file.value.checklist.id}` does not select `{one}`",
        span,
        help="select the control, or take the entry out",
    )
