"""Where a pack lies: telling it from a catalog, and hashing its files.

Belongs here: what needs no YAML, so that what was put together before is had at once. Never here: reading a pack
(`pack_read`).
"""

from __future__ import annotations

import json
from pathlib import Path

from handrail.catalog.bundle import BUNDLE_BYTES, digest
from handrail.catalog.files import digests
from handrail.model import limits
from handrail.source.files import FileRefused, Root

PACK = "pack.yaml"


def is_pack(path: Path) -> bool:
    """Whether a path is that of a pack: a folder with `pack.yaml`, or the file of a pack's bundle."""
    if path.is_dir():
        return (path / PACK).exists()
    try:
        data = named(path)
    except FileRefused:
        return False
    if b'"pack"' not in data:
        return False
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(given, dict) and "pack" in given


def named(path: Path) -> bytes:
    """The bytes of a file that the reader names; as with the bundle of a catalog, a link is followed.

    Raises:
        FileRefused: it cannot be read.
    """
    resolved = path.resolve()
    with Root(resolved.parent) as root:
        return root.read(resolved.name, cap=BUNDLE_BYTES)


def digests_at(path: Path) -> dict[str, str]:
    """Path -> digest of every file that the catalog or pack at a path is made of.

    Raises:
        FileRefused: one cannot be read; reading the catalog tells which.
    """
    if not path.is_dir():
        return {"": digest(named(path))}
    with Root(path) as root:
        own = {PACK: digest(root.read(PACK, cap=limits.YAML_BYTES))} if is_pack(path) else {}
        return {**own, **digests(root)}


def head_of(path: Path) -> str:
    """What stands before the paths of a folder's files in diagnostics."""
    return "" if path == Path() else f"{path.as_posix().rstrip('/')}/"
