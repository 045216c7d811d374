"""The checklists of two catalogs: whom they are for, what they select, and what they make of it.

Belongs here: selection and tailoring. Never here: the controls themselves (`compare_controls`); one that came or went
is told there, with the lists that select it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from handrail.catalog.change import Change, fields
from handrail.catalog.resolve import alternatives, judged_controls, selected
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.vocabulary import ChecklistFile, Tailoring

NOTHING = Tailoring.made({})


def compare_checklists(old: Bundle, new: Bundle) -> Iterator[Change]:
    """Give every change of every checklist."""
    was = {one.checklist.id: one for one in old.checklists}
    now = {one.checklist.id: one for one in new.checklists}
    for name in now:
        if name not in was:
            yield Change(kind="checklist-added", at=name, after=now[name].checklist.title)
    for name in was:
        if name not in now:
            yield Change(kind="checklist-removed", at=name, before=was[name].checklist.title)
            continue
        before, after = was[name], now[name]
        yield from fields("checklist-role", name, before.checklist, after.checklist, ("role",))
        yield from fields("title-changed", name, before.checklist, after.checklist, ("title",))
        yield from fields("prose-changed", name, before.checklist, after.checklist, ("introduction",))
        yield from _selection(before, after, old, new)
        for one in sorted({*before.tailoring, *after.tailoring} & new.controls.keys() & old.controls.keys()):
            yield from _tailoring(name, new.controls[one], before.tailoring.get(one), after.tailoring.get(one))


def _selection(before: ChecklistFile, after: ChecklistFile, old: Bundle, new: Bundle) -> Iterator[Change]:
    """Of controls that are judged before and after: all others are told of as controls."""
    both = judged_controls(old, include_draft=True) & judged_controls(new, include_draft=True)
    was, now = set(selected(before, old)) & both, set(selected(after, new)) & both
    reasons = {one.control: one.reason for one in after.selects.exclude}
    name = after.checklist.id
    for one in (each for each in new.controls if each in now - was):
        yield Change(kind="selection-added", at=name, part=one, after=new.controls[one].title)
    for one in (each for each in old.controls if each in was - now):
        title = old.controls[one].title
        yield Change(kind="selection-dropped", at=name, part=one, before=title, because=reasons.get(one))
    words = {one.control: one.reason for one in before.selects.exclude}
    for one in sorted(words.keys() & reasons.keys()):
        if words[one] != reasons[one]:
            part = f"exclude: {one}"
            yield Change(kind="prose-changed", at=name, part=part, before=words[one], after=reasons[one])


def _tailoring(name: str, control: Control, was: Tailoring | None, now: Tailoring | None) -> Iterator[Change]:
    """What the checklist itself changed: both tailorings over the control as it is now."""
    before, after = was or NOTHING, now or NOTHING
    part = f"set: {control.id}"
    levels = before.level or control.level, after.level or control.level
    if levels[0] is not levels[1]:
        kind = "tailoring-stricter" if levels[1] > levels[0] else "tailoring-weaker"
        yield Change(
            kind=kind, at=name, part=f"{part}: level", before=levels[0], after=levels[1], because=after.because
        )
    for one in fields("tailoring-stricter", name, before, after, ("max_age",)):
        told = replace(one, part=f"{part}: max_age", because=after.because)
        pairs = [(before.max_age or own, after.max_age or own) for own in _ages(control)]
        if any(_longest(new) < _longest(old) for old, new in pairs):
            yield told
        if any(_longest(new) > _longest(old) for old, new in pairs):
            yield replace(told, kind="tailoring-weaker")
    for one in fields("prose-changed", name, before, after, ("because",)):
        yield replace(one, part=f"{part}: because")


def _ages(control: Control) -> list[timedelta | None]:
    return [one.max_age for group in control.evidence for one in alternatives(group)]


def _longest(age: timedelta | None) -> timedelta:
    return timedelta.max if age is None else age
