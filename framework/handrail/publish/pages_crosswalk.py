"""The crosswalk: every control against every reference, as two tables that can be read across.

Belongs here: the columns and cells. Never here: a clause's own page (`pages_references`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.model.bundle import Bundle
from handrail.model.catalog import Mapping
from handrail.model.terms import ReferenceKind
from handrail.model.vocabulary import Reference
from handrail.publish.page import Page, render
from handrail.publish.pages_references import anchors, by_kind

PATH = "crosswalk.html"
_BINDING = (ReferenceKind.LAW, ReferenceKind.CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One table: references as columns; `cells` hold the mappings of a control to a reference, none left out."""

    id: str
    title: str
    columns: tuple[Reference, ...]
    cells: dict[tuple[str, str], tuple[Mapping, ...]]


def crosswalk_pages(bundle: Bundle) -> Iterator[Page]:
    """The one page, with a table of what binds and one of what is voluntary."""
    cells: defaultdict[tuple[str, str], list[Mapping]] = defaultdict(list)
    for control in bundle.controls.values():
        for mapping in control.mappings:
            cells[control.id, mapping.reference].append(mapping)
    groups = by_kind(bundle)
    found = {key: tuple(mappings) for key, mappings in cells.items()}
    matrices = [
        Matrix(
            id=one,
            title=title,
            columns=tuple(r for kind, of_kind in groups if (kind in _BINDING) is binding for r in of_kind),
            cells=found,
        )
        for one, title, binding in (
            ("laws", "Laws and codes of practice", True),
            ("standards", "Standards, frameworks and guidance", False),
        )
    ]
    yield Page(
        path=PATH,
        title="Crosswalk",
        description="Which control relates to which law, standard or framework, how, and how well that is known.",
        body=render(
            "crosswalk.html",
            PATH,
            bundle=bundle,
            matrices=[one for one in matrices if one.columns],
            mapped=sum(len(control.mappings) for control in bundle.controls.values()),
            anchors=anchors(bundle),
            by_principle=[
                (principle, [c for c in bundle.controls.values() if bundle.principle_of[c.id] == principle.id])
                for principle in bundle.principles
            ],
        ),
        wide=True,
    )
