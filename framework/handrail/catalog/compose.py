"""A catalog and packs put together: one catalog, whose names are followed and which is judged by as any other.

Belongs here: joining what was read, and compiling it. Never here: what a pack may say (`pack_rules`, `overlay`), and
finding and reading catalogs (`composing`). The catalog's own texts stay as they are, and so do their fingerprints: an
answer to the catalog stays an answer to it, whatever a pack asks beyond.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from handrail.catalog.bundle import compile_catalog
from handrail.catalog.overlay import kept, overlaid, overlay_rules, strictest, tailored
from handrail.catalog.pack_read import PackSources
from handrail.catalog.pack_rules import pack_rules
from handrail.catalog.read import CatalogSources, PlacedControl, first_of_each
from handrail.model.bundle import Bundle
from handrail.model.pack import Composed, Part
from handrail.model.terms import Phase
from handrail.model.vocabulary import AttestorsFile, LexiconFile, StewardsFile
from handrail.source.diagnostics import Collector
from handrail.source.source_file import SourceFile

if TYPE_CHECKING:
    from handrail.model.base import Record
    from handrail.source.diagnostics import Span
    from handrail.source.tree import Step

M = TypeVar("M", bound="Record")

_PHASES = list(Phase)


class _Joined(SourceFile[M]):
    """Several files of one sort as one; each entry stands where its own file has it."""

    __slots__ = ("_of",)

    def __init__(self, value: M, of: Mapping[str, SourceFile[M]]) -> None:
        first = next(iter(of.values()))
        super().__init__(value, path=first.path, data=first.data)
        self._of = of

    def span(self, *location: Step) -> Span:
        return self._file(location).span(*location)

    def key_span(self, *location: Step) -> Span:
        return self._file(location).key_span(*location)

    def _file(self, location: tuple[Step, ...]) -> SourceFile[M]:
        return self._of[str(location[1])] if len(location) > 1 else next(iter(self._of.values()))


def joined(base: CatalogSources, packs: Sequence[PackSources], out: Collector) -> CatalogSources:
    """Tell the collector of everything that a pack may not say; give catalog and packs as the files of one catalog."""
    pack_rules(base, packs, out)
    overlay_rules(base, packs, out)
    every = (base, *(pack.sources for pack in packs))
    references = {file.value.reference.id: file.value for one in every for file in one.references}
    changed = overlaid(base, packs, references)
    principles = tuple(
        sorted(
            (file for one in every for file in one.principles),
            key=lambda file: _PHASES.index(file.value.principle.phase),
        )
    )
    of: dict[int, list[PlacedControl]] = {}
    for one in every:
        for placed in one.placed:
            of.setdefault(id(placed.file), []).append(changed.get(placed.id, placed) if one is base else placed)
    in_order = tuple(placed for file in principles for placed in of.get(id(file), ()))
    return CatalogSources(
        catalog=base.catalog,
        principles=principles,
        references=tuple(file for one in every for file in one.references),
        checklists=tuple(file for one in every for file in one.checklists),
        stewards=_join(StewardsFile, "stewards", [one.stewards for one in every]),
        attestors=_join(AttestorsFile, "attestors", [one.attestors for one in every]),
        lexicon=_join(LexiconFile, "terms", [one.lexicon for one in every]),
        releases=None,  # each part keeps its own
        placed=in_order,
        controls=first_of_each(in_order),
        data={path: data for one in every for path, data in one.data.items()},
    )


def compile_composed(sources: CatalogSources, plain: Bundle, digest: str, packs: Sequence[PackSources]) -> Composed:
    """Compile what was joined and linked without errors.

    Args:
        sources: of `joined`.
        plain: the catalog without packs.
        digest: its digest.
        packs: those that were joined.
    """
    bundle = compile_catalog(sources)
    asked = strictest(packs)
    first = len(plain.checklists)
    checklists = tuple(tailored(one, asked) for one in bundle.checklists)
    checklists = (*(kept(one, plain, bundle) for one in checklists[:first]), *checklists[first:])
    base = Part(
        title=plain.catalog.title,
        version=plain.catalog.version,
        digest=digest,
        fingerprints=plain.fingerprints,
        releases=plain.releases,
    )
    values = {
        **vars(bundle),
        "checklists": checklists,
        "releases": plain.releases,
        "parts": (base, *(_part(pack) for pack in packs)),
    }
    return Composed.made(values)


def _part(pack: PackSources) -> Part:
    made, digest = pack.compiled()
    return Part(
        prefix=pack.prefix,
        title=made.pack.title,
        version=made.pack.version,
        digest=digest,
        fingerprints=made.fingerprints,
        releases=made.releases,
        overlays=made.overlays,
    )


def _join(model: type[M], name: str, files: Sequence[SourceFile[M] | None]) -> SourceFile[M] | None:
    """The tables of several files as one; of a name that is given twice, which `pack_rules` tells, the first."""
    table: dict[str, Any] = {}
    of: dict[str, SourceFile[M]] = {}
    for file in files:
        for key, value in (getattr(file.value, name) if file else {}).items():
            if file and key not in table:
                table[key], of[key] = value, file
    return _Joined(model.made({name: table}), of) if of else None
