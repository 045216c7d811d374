"""A pack as one file: compiling it, its bytes and digest, and reading it back.

Belongs here: what the file holds, and refusing one that does not hold together. Never here: what a pack may say
(`pack_rules`), and the catalog's own bundle (`bundle`). The bytes depend on the pack's own files alone, never on the
catalog that it is used with; so one digest names the pack wherever it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from handrail.catalog.bundle import digest, ordered, ordered_requirement, validated
from handrail.catalog.fingerprint import fingerprint
from handrail.model.catalog import Control, PrincipleFile
from handrail.model.pack import Overlay, PackBundle, PackFile
from handrail.model.vocabulary import Release
from handrail.source.diagnostics import Diagnostic, InputError, Span

if TYPE_CHECKING:
    from handrail.catalog.read import CatalogSources

V = TypeVar("V")


def compile_pack(file: PackFile, sources: CatalogSources) -> PackBundle:
    """Compile a pack that was read without errors.

    As with a catalog, a pack that its own list of releases already names, unchanged since, is that release: its entry
    is left out, so that the digest of what was released is the digest that the entry gives.
    """
    head = file.pack
    every = tuple(
        release.model_copy(update={"fingerprints": _by_key(release.fingerprints)})
        for release in (sources.releases.value.releases if sources.releases else ())
    )
    before = tuple(release for release in every if release.version != head.version)
    values = {
        "pack": head,
        "depends": file.depends.model_copy(update={"packs": _by_key(file.depends.packs)}),
        "overlays": tuple(map(_overlay, file.overlays)),
        "principles": tuple(_principle(one.value) for one in sources.principles),
        "fingerprints": {one.id: fingerprint(one.control.statement) for one in sources.placed},
        "checklists": tuple(
            one.value.model_copy(update={"tailoring": _by_key(one.value.tailoring)}) for one in sources.checklists
        ),
        "references": {one.value.reference.id: one.value for one in sources.references},
        "stewards": _by_key(sources.stewards.value.stewards) if sources.stewards else {},
        "attestors": _by_key(sources.attestors.value.attestors) if sources.attestors else {},
        "terms": sources.lexicon.value.terms if sources.lexicon else {},
    }
    released = PackBundle.made({**values, "releases": before})
    if len(before) < len(every):
        made = digest(pack_bytes(released)).removeprefix("sha256:")
        if not any(release.digest.endswith(made) for release in every):
            return PackBundle.made({**values, "releases": every})
    return released


def pack_bytes(pack: PackBundle) -> bytes:
    """Give the file of a pack: JSON and a line end, the same bytes for the same pack."""
    return pack.model_dump_json(by_alias=True, exclude_defaults=True).encode() + b"\n"


def pack_from_bytes(data: bytes, path: str) -> PackBundle:
    """Read the file of a pack.

    Args:
        data: the bytes of the file.
        path: how diagnostics name it.

    Raises:
        InputError: it is not the bundle of a pack, or does not hold together.
    """
    pack = validated(PackBundle, data, partial(_refused, path))
    for problem in _torn(pack):
        raise _refused(path, problem)
    return pack


def pack_release(pack: PackBundle, day: date) -> Release:
    """Give the entry that keeps a pack's digest and fingerprints in its `releases.yaml`."""
    return Release(version=pack.pack.version, date=day, digest=digest(pack_bytes(pack)), fingerprints=pack.fingerprints)


def _torn(pack: PackBundle) -> Iterator[str]:
    texts = {one.id: fingerprint(one.statement) for file in pack.principles for one in file.controls}
    if texts != pack.fingerprints:
        yield "its fingerprints are not those of its statements"
    if any(one != file.reference.id for one, file in pack.references.items()):
        yield "a reference bears another id than its own"


def _refused(path: str, problem: str) -> InputError:
    said = f"`{path}` is not the bundle of a pack that this version reads: {problem}"
    advice = "write it again with `handrail bundle PACK --out FILE`"
    return InputError([Diagnostic("HR219", said, Span(path, 1, 1), help=advice)])


def _principle(file: PrincipleFile) -> PrincipleFile:
    return file.model_copy(update={"controls": tuple(map(_control, file.controls))})


def _control(control: Control) -> Control:
    """The control with its facts by name: which order a vocabulary has is not the pack's to know."""
    selectors = (control.applies_when, control.unless, *(one.when for one in control.escalates))
    return ordered(control, sorted(frozenset().union(*selectors)))


def _overlay(overlay: Overlay) -> Overlay:
    asked = tuple(map(ordered_requirement, overlay.evidence))
    return overlay.model_copy(update={"assurance": _by_key(overlay.assurance), "evidence": asked})


def _by_key(table: Mapping[str, V]) -> dict[str, V]:
    return dict(sorted(table.items()))
