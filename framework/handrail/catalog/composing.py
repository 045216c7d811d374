"""From the catalogs that a person names to one: found, read, put together and kept; linted; a pack's bundle made.

Belongs here: the order of these steps. Never here: a step, and a catalog that is given alone (`default`). As with one
catalog, what was put together before costs the hashing of its files and the reading of one JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.catalog.cache import FileCache, user_cache
from handrail.catalog.default import default_bundle, default_place, load_bundle
from handrail.catalog.pack_place import digests_at, head_of, is_pack
from handrail.model.bundle import Bundle
from handrail.model.pack import Composed
from handrail.model.trusted import rebuild
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.files import FileRefused, Root

if TYPE_CHECKING:
    from handrail.catalog.compiling import Linted
    from handrail.catalog.endorsements import Endorsements
    from handrail.catalog.pack_read import PackSources
    from handrail.catalog.read import CatalogSources
    from handrail.catalog.translations import Translations


def load_catalogs(given: Sequence[Path]) -> tuple[Bundle, str]:
    """Give the catalog that is made of those named, and the digest of its base.

    Args:
        given: at most one catalog, by default that of this installation, and packs: folders or bundles.

    Returns:
        A plain bundle where no pack is given, else a `Composed` one.

    Raises:
        InputError: one cannot be read or has errors, or they do not go together; paths are as they were given.
    """
    base, packs = split(given)
    if not packs:
        return default_bundle() if base is None else load_bundle(base)
    place, cache = base or default_place(), user_cache()
    files = _digests(place, packs)
    known = cache.bundle(files) if files else None
    if known is not None:
        made = rebuild(Composed, known)
        return made, made.parts[0].digest
    made = _compiled(place, packs, cache)
    if files and _digests(place, packs) == files:  # nothing has changed since
        cache.keep_bundle(files, made.model_dump_json(by_alias=True, exclude_defaults=True).encode() + b"\n")
    return made, made.parts[0].digest


def split(given: Sequence[Path]) -> tuple[Path | None, tuple[Path, ...]]:
    """The base of those named, if one is, and the packs, in the order given.

    Raises:
        InputError: more than one is no pack.
    """
    packs = tuple(dict.fromkeys(one for one in given if is_pack(one)))
    bases = [one for one in given if one not in packs]
    if len(bases) > 1:
        said = f"`{bases[0]}` and `{bases[1]}` are both whole catalogs, and a check goes by one"
        raise InputError([Diagnostic("HR287", said, help="name one of them; a pack has a `pack.yaml`")])
    return (bases[0] if bases else None), packs


def lint_packs(base: Path | None, packs: Sequence[Path], *, as_of: date) -> Linted:
    """Read, link and lint packs with their base, and tell of what stands in the packs.

    The base itself holds together, or it cannot be used; what else lint would say of it is not the packs' to mend.
    Paths are as they were given, from the working folder. `bundle` is the composed one.

    Raises:
        InputError: the base cannot be used, or a pack's bundle cannot.
    """
    from handrail.catalog.compiling import Linted
    from handrail.catalog.endorsements import link_endorsements, texts_of
    from handrail.catalog.lint import RULES, Looked, lint
    from handrail.catalog.lint_life import released_id_gone

    out, place, cache = Collector(), base or default_place(), user_cache()
    found = _put_together(place, packs, out, cache)
    whole = not out.errors
    said, words = _beside(packs, out, cache)
    others = (*(path for pack in found.packs for path in pack.others), *said.others)
    sources = replace(found.sources, data={**found.sources.data, **said.data, **words.data})
    looked = Looked(sources=sources, as_of=as_of, others=others, endorsements=said, translations=words)
    if not whole:
        RULES["HR258"].look(looked, out)
    else:
        before = out.errors
        _link(found, out)
        lint(looked, out, linked=out.errors == before)
        link_endorsements(said, texts_of(found.sources), out)
        for pack in found.packs:
            released_id_gone(pack.sources, out)
    theirs = {str(place), *found.base}
    told = Collector()
    for each in out.sorted():
        if each.span is None or each.span.path not in theirs:
            told.add(each)
    told.unlisted = out.unlisted
    return Linted(told, sources, None if told.errors else found.compiled())


def _beside(packs: Sequence[Path], out: Collector, cache: FileCache) -> tuple[Endorsements, Translations]:
    """What is said of texts, and other words for them, in the folders of packs; a pack's bundle has neither."""
    from handrail.catalog.endorsements import Endorsements, read_endorsements
    from handrail.catalog.translations import Translations, read_translations

    said, words = Endorsements(), Translations()
    for path in (one for one in packs if one.is_dir()):
        with Root(path) as root:
            more = read_endorsements(root, out, head=head_of(path))
            read = read_translations(root, out, cache, head=head_of(path))
        said = Endorsements(
            files=(*said.files, *more.files), data={**said.data, **more.data}, others=(*said.others, *more.others)
        )
        words = Translations(files=(*words.files, *read.files), data={**words.data, **read.data})
    return said, words


def compile_pack_folder(folder: Path, beside: Sequence[Path] = ()) -> bytes:
    """The bundle of the pack in a folder, linked with the catalogs that it is used with: a base, and other packs.

    Raises:
        InputError: with every diagnostic.
    """
    from handrail.catalog.pack_bundle import pack_bytes

    base, packs = split(beside)
    out = Collector()
    found = _put_together(
        base or default_place(), (*(one for one in packs if one != folder), folder), out, user_cache()
    )
    if not out.errors:
        _link(found, out)
    out.raise_if_errors()
    return pack_bytes(found.packs[-1].compiled()[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Everything that was read, as one; `packs` are those that could be, `base` the paths of the catalog's files."""

    plain: Bundle
    digest: str
    base: frozenset[str]
    sources: CatalogSources
    packs: tuple[PackSources, ...]

    def compiled(self) -> Composed:
        from handrail.catalog.compose import compile_composed

        return compile_composed(self.sources, self.plain, self.digest, self.packs)


def _compiled(base: Path, packs: Sequence[Path], cache: FileCache) -> Composed:
    out = Collector()
    found = _put_together(base, packs, out, cache)
    if not out.errors:
        _link(found, out)
    out.raise_if_errors()
    return found.compiled()


def _put_together(base: Path, packs: Sequence[Path], out: Collector, cache: FileCache) -> _Found:
    # Not at the top: these bring in YAML, which what was put together before does not need.
    from handrail.catalog.compose import joined
    from handrail.catalog.pack_read import read_pack

    plain, digest = load_bundle(base)
    sources = _sources(base, plain, out, cache)
    theirs = frozenset(sources.data)
    read = tuple(one for path in packs if (one := read_pack(path, out, cache)) is not None)
    if not out.errors:
        sources = joined(sources, read, out)
    return _Found(plain=plain, digest=digest, base=theirs, sources=sources, packs=read)


def _sources(base: Path, plain: Bundle, out: Collector, cache: FileCache) -> CatalogSources:
    """The base as files: of a folder where they are, of a bundle at its beginning."""
    from handrail.catalog.read import listed, read_files
    from handrail.catalog.unbundled import catalog_of

    if not base.is_dir():
        return catalog_of(plain, str(base))
    with Root(base) as root:
        return read_files(root, listed(root, out), out, cache, head=head_of(base))


def _link(found: _Found, out: Collector) -> None:
    from handrail.catalog.link import link
    from handrail.catalog.names import unknown

    stewards = found.sources.stewards.value.stewards if found.sources.stewards else {}
    for file in (pack.file for pack in found.packs):
        if file.value.pack.steward not in stewards:
            unknown("HR210", "steward", file.value.pack.steward, sorted(stewards), file.span("pack", "steward"), out)
    link(found.sources, out)


def _digests(base: Path, packs: Sequence[Path]) -> dict[str, str]:
    """What the result depends on: every file, by its path in its place; nothing where one cannot be read."""
    places = (base, *packs)
    try:
        return {f"{i}:{path}": made for i, place in enumerate(places) for path, made in digests_at(place).items()}
    except FileRefused:
        return {}
