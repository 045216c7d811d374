"""The pages of the references: an overview, and one page each with its clauses and what maps to them.

Belongs here: gathering what those pages show, and the anchor that a clause has. Never here: what a clause demands of a
project (that is `catalog.resolve`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handrail.model.bundle import Bundle
from handrail.model.terms import ReferenceKind
from handrail.model.vocabulary import Clause, Reference
from handrail.publish.page import Page, first_sentence, render
from handrail.publish.words import RELATIONS

_NOT_PLAIN = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A clause on its reference's page; `controls` are ids with how each stands to the clause."""

    name: str
    anchor: str
    value: Clause
    controls: tuple[tuple[str, str], ...]


def reference_pages(bundle: Bundle) -> Iterator[Page]:
    """The overview and the references, by kind and then by short title."""
    clause_anchors = anchors(bundle)
    relations = _relations(bundle)
    pairs = {(reference, control) for (reference, _), rows in relations.items() for control, _ in rows}
    mapped = Counter(reference for reference, _ in pairs)
    groups = by_kind(bundle)
    facts = bundle.facts.get("jurisdiction")
    places = {key: value.label for key, value in facts.values.items()} if facts else {}
    path = "references/index.html"
    yield Page(
        path=path,
        title="References",
        nav_title="Overview",
        description="The laws, standards and frameworks that the catalog relates to.",
        body=render("references.html", path, bundle=bundle, groups=groups, mapped=mapped, places=places),
    )
    for _, of_kind in groups:
        for reference in of_kind:
            path = f"references/{reference.id}.html"
            clauses = tuple(
                ClauseRow(
                    name=name,
                    anchor=clause_anchors[reference.id, name],
                    value=clause,
                    controls=relations.get((reference.id, name), ()),
                )
                for name, clause in bundle.references[reference.id].clauses.items()
            )
            yield Page(
                path=path,
                title=reference.short,
                description=first_sentence(reference.title),
                body=render("reference.html", path, bundle=bundle, reference=reference, clauses=clauses, places=places),
            )


def by_kind(bundle: Bundle) -> tuple[tuple[ReferenceKind, tuple[Reference, ...]], ...]:
    """The references in groups, kinds without one left out."""
    found: defaultdict[ReferenceKind, list[Reference]] = defaultdict(list)
    for file in bundle.references.values():
        found[file.reference.kind].append(file.reference)
    return tuple(
        (kind, tuple(sorted(found[kind], key=lambda one: (one.short.casefold(), one.id))))
        for kind in ReferenceKind
        if kind in found
    )


def anchors(bundle: Bundle) -> Mapping[tuple[str, str], str]:
    """(Reference, clause) -> the id of the clause on its page; two clauses never share one."""
    found: dict[tuple[str, str], str] = {}
    for one, file in bundle.references.items():
        taken = {one, "clauses"}
        for clause in file.clauses:
            plain = _NOT_PLAIN.sub("-", clause.lower()).strip("-") or "clause"
            anchor, number = f"c-{plain}", 2
            while anchor in taken:
                anchor, number = f"c-{plain}-{number}", number + 1
            taken.add(anchor)
            found[one, clause] = anchor
    return found


def _relations(bundle: Bundle) -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
    """(Reference, clause) -> the controls that map to it or are made stricter by it, and how."""
    found: defaultdict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for control in bundle.controls.values():
        for mapping in control.mappings:
            found[mapping.reference, mapping.clause][control.id].append(f"{RELATIONS[mapping.relation]} this")
        for escalation in control.escalates:
            found[escalation.reference, escalation.clause][control.id].append("is made stricter by this")
    return {
        key: tuple((control, ", ".join(dict.fromkeys(how))) for control, how in rows.items())
        for key, rows in found.items()
    }
