"""The pages of the references: an overview, and one page each with its clauses and what maps to them.

Belongs here: gathering what those pages show, and the anchor that a clause has. Never here: what a clause demands of a
project (that is `catalog.resolve`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass

from handrail.model.bundle import Bundle
from handrail.model.catalog import Mapping
from handrail.model.terms import ReferenceKind
from handrail.model.vocabulary import Clause, Reference
from handrail.publish.page import Page, first_sentence, render

_NOT_PLAIN = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A control beside a clause: its mapping to it, if there is one, and whether the clause makes it stricter."""

    control: str
    mapping: Mapping | None
    stricter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A clause on its reference's page."""

    name: str
    anchor: str
    value: Clause
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a reference the catalog answers: clauses that a control maps to, all its clauses, and controls."""

    answered: int
    clauses: int
    controls: int


def reference_pages(bundle: Bundle) -> Iterator[Page]:
    """The overview and the references, by kind and then by short title."""
    clause_anchors = anchors(bundle)
    answers = answers_by_clause(bundle)
    covered = {one: _coverage(one, bundle, answers) for one in bundle.references}
    groups = by_kind(bundle)
    path = "references/index.html"
    yield Page(
        path=path,
        title="References",
        nav_title="Overview",
        description="The laws, standards and frameworks that the catalog relates to.",
        body=render("references.html", path, groups=groups, covered=covered, places=places(bundle)),
    )
    for _, of_kind in groups:
        for reference in of_kind:
            path = f"references/{reference.id}.html"
            clauses = tuple(
                ClauseRow(
                    name=name,
                    anchor=clause_anchors[reference.id, name],
                    value=clause,
                    answers=answers.get((reference.id, name), ()),
                )
                for name, clause in bundle.references[reference.id].clauses.items()
            )
            values = {"bundle": bundle, "clauses": clauses, "covered": covered[reference.id]}
            yield Page(
                path=path,
                title=reference.short,
                description=first_sentence(reference.title),
                body=render("reference.html", path, reference=reference, places=places(bundle), **values),
            )


def places(bundle: Bundle) -> Table[str, str]:
    """Key of a jurisdiction -> its name, as the facts know it."""
    facts = bundle.facts.get("jurisdiction")
    return {key: value.label for key, value in facts.values.items()} if facts else {}


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


def anchors(bundle: Bundle) -> Table[tuple[str, str], str]:
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


def answers_by_clause(bundle: Bundle) -> Table[tuple[str, str], tuple[Answer, ...]]:
    """(Reference, clause) -> the controls that map to it or are made stricter by it; one row for each mapping."""
    found: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
    for control in bundle.controls.values():
        stricter = {(one.reference, one.clause) for one in control.escalates}
        mapped = [(one.reference, one.clause) for one in control.mappings]
        for key, mapping in zip(mapped, control.mappings, strict=True):
            found[key].append(Answer(control.id, mapping, key in stricter))
        for key in sorted(stricter.difference(mapped)):
            found[key].append(Answer(control.id, None, True))
    return {key: tuple(rows) for key, rows in found.items()}


def _coverage(one: str, bundle: Bundle, answers: Table[tuple[str, str], tuple[Answer, ...]]) -> Coverage:
    mapped = {
        name: {answer.control for answer in answers.get((one, name), ()) if answer.mapping}
        for name in bundle.references[one].clauses
    }
    return Coverage(sum(map(bool, mapped.values())), len(mapped), len(frozenset().union(*mapped.values())))
