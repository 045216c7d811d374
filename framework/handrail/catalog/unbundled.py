"""Bundles as if they were read from files, so that what is said of catalogs is said of bundles in the same way.

Belongs here: values without a place of their own: each stands at the beginning of the bundle's file. Never here:
reading or checking a bundle (`bundle`, `pack_bundle`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from handrail.catalog.read import CatalogSources, PlacedControl, first_of_each
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, PrincipleFile
from handrail.model.vocabulary import AttestorsFile, CatalogFile, LexiconFile, ReleasesFile, StewardsFile
from handrail.source.diagnostics import Span
from handrail.source.source_file import SourceFile

if TYPE_CHECKING:
    from handrail.model.base import Record
    from handrail.model.pack import PackBundle
    from handrail.source.tree import Step

M = TypeVar("M", bound="Record")


class Bundled(SourceFile[M]):
    """A value out of a bundle. `path` is where it would stand in a folder."""

    __slots__ = ("_bundle",)

    def __init__(self, value: M, bundle: str, path: str = "") -> None:
        super().__init__(value, path=path, data=b"")
        self._bundle = bundle

    def span(self, *location: Step) -> Span:
        """Give the beginning of the bundle."""
        return Span(self._bundle, 1, 1)

    key_span = span


def catalog_of(bundle: Bundle, path: str) -> CatalogSources:
    """The files of a catalog that was read from a bundle."""
    of: dict[str, list[Control]] = {}
    for name, control in bundle.controls.items():
        of.setdefault(bundle.principle_of[name], []).append(control)
    files = tuple(
        PrincipleFile.made({"principle": one, "controls": tuple(of.get(one.id, ()))}) for one in bundle.principles
    )
    head = CatalogFile.made({"catalog": bundle.catalog, "facts": bundle.facts, "themes": bundle.themes})
    return _sources(bundle, files, path, head)


def pack_of(bundle: PackBundle, path: str) -> CatalogSources:
    """The files of a pack that was read from a bundle, but for `pack.yaml`."""
    return _sources(bundle, bundle.principles, path, None)


def _sources(
    bundle: Bundle | PackBundle, principles: tuple[PrincipleFile, ...], path: str, head: CatalogFile | None
) -> CatalogSources:
    files = tuple(Bundled(one, path, f"principles/{one.principle.phase}/{one.principle.id}") for one in principles)
    placed = tuple(PlacedControl(control, file, i) for file in files for i, control in enumerate(file.value.controls))
    return CatalogSources(
        catalog=Bundled(head, path) if head else None,
        principles=files,
        references=tuple(Bundled(one, path, one.reference.id) for one in bundle.references.values()),
        checklists=tuple(Bundled(one, path, one.checklist.id) for one in bundle.checklists),
        stewards=Bundled(StewardsFile.made({"stewards": bundle.stewards}), path),
        attestors=Bundled(AttestorsFile.made({"attestors": bundle.attestors}), path),
        lexicon=Bundled(LexiconFile.made({"terms": bundle.terms}), path),
        releases=Bundled(ReleasesFile.made({"releases": bundle.releases}), path),
        placed=placed,
        controls=first_of_each(placed),
        data={},
    )
