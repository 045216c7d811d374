"""The pages of the checklists: an overview with the first steps first, and one page each in the order of work.

Belongs here: gathering what those pages show. Never here: which controls a checklist selects (`catalog.resolve`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handrail.catalog.resolve import selected
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.terms import Level
from handrail.model.vocabulary import ChecklistFile, ChecklistInfo, Exclusion, Tailoring
from handrail.publish.page import Page, first_sentence, render, root_of
from handrail.publish.terms import Lexicon
from handrail.publish.words import how_fresh

FIRST = "first-steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A control as the checklist asks for it; `change` says what the checklist alters, in words."""

    control: Control
    level: Level
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A checklist as its pages show it; `role` and `opening` are plain text."""

    info: ChecklistInfo
    role: str
    opening: str
    rows: tuple[Row, ...]
    must: int
    excluded: tuple[Exclusion, ...]


def checklist_pages(bundle: Bundle) -> Iterator[Page]:
    """The overview and the checklists, `first-steps` first and the others by title."""
    items = [_item(checklist, bundle) for checklist in in_order(bundle)]
    path = "checklists/index.html"
    yield Page(
        path=path,
        title="Checklists",
        nav_title="Overview",
        description="The controls by the part that an organisation plays, in the order of work.",
        body=render("checklists.html", path, checklists=items),
    )
    for item in items:
        path = f"checklists/{item.info.id}.html"
        yield Page(
            path=path,
            title=item.info.title,
            description=item.opening,
            body=render("checklist.html", path, bundle=bundle, item=item, lexicon=Lexicon(bundle.terms, root_of(path))),
        )


def in_order(bundle: Bundle) -> tuple[ChecklistFile, ...]:
    """The checklists as the site lists them."""
    return tuple(
        sorted(
            bundle.checklists,
            key=lambda one: (one.checklist.id != FIRST, one.checklist.title.casefold(), one.checklist.id),
        )
    )


def _item(checklist: ChecklistFile, bundle: Bundle) -> Item:
    rows = tuple(_row(bundle.controls[one], checklist.tailoring.get(one)) for one in selected(checklist, bundle))
    roles = bundle.facts["role"].values if "role" in bundle.facts else {}
    role = checklist.checklist.role
    return Item(
        info=checklist.checklist,
        role=roles[role].label if role in roles else "",
        opening=first_sentence(checklist.checklist.introduction),
        rows=rows,
        must=sum(row.level is Level.MUST for row in rows),
        excluded=checklist.selects.exclude,
    )


def _row(control: Control, tailoring: Tailoring | None) -> Row:
    if tailoring is None:
        return Row(control=control, level=control.level, change="")
    level = tailoring.level or control.level
    changes = []
    if level is not control.level:
        changes.append(f"{control.level.value.upper()} in the catalog, {level.value.upper()} here")
    if tailoring.max_age is not None:
        changes.append(f"evidence of {how_fresh(tailoring.max_age)}")
    because = f": {tailoring.because}" if tailoring.because else ""
    return Row(control=control, level=level, change="; ".join(changes) + because)
