"""A pack from its folder or its bundle, each value with its place.

Belongs here: reading it. Never here: telling a pack from a catalog (`pack_place`), and whether what it says may be said
(`pack_rules`). A pack's folder holds `pack.yaml`, and `principles/` and `checklists/` as a catalog's does, but no
`principles/catalog.yaml`: facts and themes are the catalog's. Whatever else lies there is neither read nor run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from handrail.catalog.bundle import digest
from handrail.catalog.cache import FileCache
from handrail.catalog.files import foreign_files
from handrail.catalog.pack_bundle import compile_pack, pack_bytes, pack_from_bytes
from handrail.catalog.pack_place import PACK, head_of, named
from handrail.catalog.read import CatalogSources, listed, load_valid, read_files
from handrail.catalog.unbundled import Bundled, pack_of
from handrail.model import limits
from handrail.model.pack import PackBundle, PackFile
from handrail.source.diagnostics import Collector, InputError, Span
from handrail.source.files import FileRefused, Root, refusal
from handrail.source.source_file import SourceFile

HEAD = "principles/catalog.yaml"

AT_START = ("sitecustomize.py", "usercustomize.py")
"""Files that Python runs by itself where it finds them, as it does those that end in `.pth`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSources:
    """A pack that was read: `pack.yaml`, its other files, and foreign files that lie among them."""

    file: SourceFile[PackFile]
    sources: CatalogSources
    others: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What its ids begin with."""
        return self.file.value.pack.prefix

    def compiled(self) -> tuple[PackBundle, str]:
        """The pack as one value, and its digest."""
        made = compile_pack(self.file.value, self.sources)
        return made, digest(pack_bytes(made))


def read_pack(path: Path, out: Collector, cache: FileCache | None = None) -> PackSources | None:
    """Read a pack; None after telling the collector why it cannot be used at all.

    Raises:
        InputError: it is the file of a bundle, and not a good one.
    """
    try:
        if not path.is_dir():
            return _from_bundle(named(path), str(path))
        with Root(path) as root:
            return _from_folder(root, head_of(path), out, cache)
    except FileRefused as refused:
        raise InputError([refusal(FileRefused(refused.reason, str(path), refused.detail))]) from None


def _from_bundle(data: bytes, path: str) -> PackSources:
    bundle = pack_from_bytes(data, path)
    head = PackFile.made({"pack": bundle.pack, "depends": bundle.depends, "overlays": bundle.overlays})
    return PackSources(file=Bundled(head, path), sources=pack_of(bundle, path))


def _from_folder(root: Root, head: str, out: Collector, cache: FileCache | None) -> PackSources | None:
    paths = listed(root, out)
    if HEAD in paths:
        out.error(
            "HR205",
            f"`{HEAD}` is not a file of a pack",
            Span(head + HEAD, 1, 1),
            help=f"facts and themes are the catalog's; what the pack is stands in `{PACK}`",
        )
    sources = read_files(root, (one for one in paths if one != HEAD), out, cache, head=head)
    shown = head + PACK
    data = root.read(PACK, cap=limits.YAML_BYTES)
    sources = replace(sources, data={shown: data, **sources.data})
    file = load_valid(PackFile, data, shown, out, cache)
    if file is None:
        return None
    others = (*_at_start(root.path), *foreign_files(root))
    return PackSources(file=file, sources=sources, others=tuple(head + one for one in others))


def _at_start(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name in AT_START or one.suffix == ".pth")
