"""What stands around the controls of two catalogs: principles, facts, references, attestors, words.

Belongs here: everything that is no control and no checklist. Never here: whom a changed vocabulary takes in
(`compare_controls` tells it at each control, with a witness).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from handrail.catalog.change import Change, come_and_gone, fields
from handrail.model.bundle import Bundle
from handrail.model.vocabulary import Attestor, Fact, ReferenceFile, Release

T = TypeVar("T")

_FACTS_OF_A_REFERENCE = (
    *("publisher", "kind", "jurisdiction", "status"),
    *("effective_from", "reviewed_on", "confidence", "note"),
)


def compare_around(old: Bundle, new: Bundle, *, new_digest: str) -> Iterator[Change]:
    """Give every change of everything that is no control and no checklist."""
    yield from _catalog(old, new)
    yield from _releases(old.releases, new, new_digest)
    yield from _principles(old, new)
    titles = [{name: fact.title for name, fact in one.facts.items()} for one in (old, new)]
    yield from come_and_gone("fact", *titles)
    for name, before, after in _in_both(old.facts, new.facts):
        yield from _fact(name, before, after)
    titles = [{name: file.reference.title for name, file in one.references.items()} for one in (old, new)]
    yield from come_and_gone("reference", *titles)
    for name, one, other in _in_both(old.references, new.references):
        yield from _reference(name, one, other)
    yield from come_and_gone("attestor", *({name: a.name for name, a in one.attestors.items()} for one in (old, new)))
    for name, key, other_key in _in_both(old.attestors, new.attestors):
        yield from _attestor(name, key, other_key)
    yield from _words("steward", old.stewards, new.stewards, ("name", "summary", "url"), "prose-changed")
    yield from _words("term", old.terms, new.terms, ("title", "definition", "see"), "lexicon-changed")
    was, now = ({theme.id: theme for theme in one.themes} for one in (old, new))
    yield from _words("theme", was, now, ("title", "summary", "principles", "controls"), "prose-changed")


def _in_both(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, T, T]]:
    """Name, old value and new value, of what both have and is not the same."""
    return ((name, old[name], new[name]) for name in old if name in new and old[name] != new[name])


def _catalog(old: Bundle, new: Bundle) -> Iterator[Change]:
    at = "catalog"
    yield from fields("catalog-renamed", at, old.catalog, new.catalog, ("id",))
    yield from fields("licence-changed", at, old.catalog, new.catalog, ("publisher", "licence"))
    yield from fields("title-changed", at, old.catalog, new.catalog, ("title",))
    yield from fields("prose-changed", at, old.catalog, new.catalog, ("summary", "notice", "languages"))


def _releases(before: tuple[Release, ...], new: Bundle, new_digest: str) -> Iterator[Change]:
    """Every old entry is there as it was. A bundle leaves its own entry out, and is told by its digest."""
    entries = {one.version: one for one in new.releases}
    for one in before:
        kept = entries.get(one.version)
        if kept != one and _bare(one.digest) != _bare(new_digest):
            part, digest = f"releases: {one.version}", kept.digest if kept else None
            yield Change(kind="release-rewritten", at="catalog", part=part, before=one.digest, after=digest)


def _bare(digest: str) -> str:
    return digest.removeprefix("sha256:")


def _principles(old: Bundle, new: Bundle) -> Iterator[Change]:
    was, now = ({principle.id: principle for principle in one.principles} for one in (old, new))
    yield from come_and_gone("principle", *({name: p.title for name, p in one.items()} for one in (was, now)))
    for name, before, after in _in_both(was, now):
        yield from fields("principle-statement", name, before, after, ("statement",))
        yield from fields("principle-moved", name, before, after, ("phase",))
        yield from fields("principle-status", name, before, after, ("status",))
        yield from fields("replacement-named", name, before, after, ("replaced_by",))
        yield from fields("steward-changed", name, before, after, ("steward",))
        if before.sources != after.sources:
            yield Change(kind="sources-changed", at=name, part="sources")
        yield from fields("title-changed", name, before, after, ("title",))
        yield from fields("prose-changed", name, before, after, ("rationale", "title_status", "order", "since"))


def _fact(name: str, before: Fact, after: Fact) -> Iterator[Change]:
    if before.many != after.many:
        yield Change(kind="fact-takes-many" if after.many else "fact-takes-one", at=name)
    labels = ({value: one.label for value, one in fact.values.items()} for fact in (before, after))
    yield from come_and_gone("value", *labels, within=name)
    for value, was, now in _in_both(before.values, after.values):
        yield from _within(value, fields("value-moved", name, was, now, ("parent",)))
        yield from _within(value, fields("prose-changed", name, was, now, ("label", "help")))
    yield from fields("prose-changed", name, before, after, ("title", "question", "help"))


def _reference(name: str, before: ReferenceFile, after: ReferenceFile) -> Iterator[Change]:
    yield from fields("reference-changed", name, before.reference, after.reference, _FACTS_OF_A_REFERENCE)
    yield from fields("prose-changed", name, before.reference, after.reference, ("title", "short", "url"))
    titles = ({clause: one.title for clause, one in file.clauses.items()} for file in (before, after))
    yield from come_and_gone("clause", *titles, within=name)
    for clause, was, now in _in_both(before.clauses, after.clauses):
        facts = ("title", "confidence", "effective_from", "note")
        yield from _within(clause, fields("clause-changed", name, was, now, facts))
        yield from _within(clause, fields("prose-changed", name, was, now, ("url",)))


def _within(place: str, changes: Iterator[Change]) -> Iterator[Change]:
    return (replace(one, part=f"{place}: {one.part}") for one in changes)


def _attestor(name: str, before: Attestor, after: Attestor) -> Iterator[Change]:
    yield from fields("attestor-key", name, before, after, ("public_key",))
    longer = {"since": after.since < before.since, "until": (after.until or date.max) > (before.until or date.max)}
    for key, counts_longer in longer.items():
        kind = "attestor-longer" if counts_longer else "attestor-shorter"
        yield from fields(kind, name, before, after, (key,))
    yield from fields("prose-changed", name, before, after, ("name", "url"))


def _words(
    word: str, old: Mapping[str, T], new: Mapping[str, T], names: tuple[str, ...], kind: str
) -> Iterator[Change]:
    """Stewards, terms and themes: nothing is judged by them."""
    for name in dict.fromkeys((*old, *new)):
        if name not in old:
            yield Change(kind=kind, at=name, part=word, after="new")
        elif name not in new:
            yield Change(kind=kind, at=name, part=word, before="taken out")
        else:
            yield from fields(kind, name, old[name], new[name], names)
