"""Which files a catalog is made of, and their digests.

Belongs here: listing and hashing. Never here: reading what they say (`read`); this imports no YAML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from handrail.model import limits
from handrail.source.files import FileReason, FileRefused, Root

FOLDERS = ("principles", "checklists")

TRANSLATIONS = "principles/i18n/"
"""Where translations lie. They are no part of the catalog that is judged by, so they are no files of it here."""

# `.yml` is listed so that it can be refused by name: a file that is passed over in silence would be missed.
SUFFIXES = (".yaml", ".yml")


def catalog_files(root: Root) -> tuple[str, ...]:
    """List the YAML files of a catalog by their path from the root, sorted.

    Raises:
        FileRefused: a folder cannot be listed; one that is not there is empty.
    """
    return tuple(one for one in _listed(root, SUFFIXES, dotted=False) if not one.startswith(TRANSLATIONS))


def translation_files(root: Root) -> tuple[str, ...]:
    """List the YAML files of a catalog's translations by their path from the root, sorted.

    Raises:
        FileRefused: as for `catalog_files`.
    """
    return tuple(one for one in _listed(root, SUFFIXES, dotted=False) if one.startswith(TRANSLATIONS))


def foreign_files(root: Root) -> tuple[str, ...]:
    """List whatever else lies in the folders of a catalog, hidden or not; what cannot be listed is told elsewhere."""
    try:
        return tuple(sorted({*_listed(root, ("",), dotted=True)} - {*_listed(root, SUFFIXES, dotted=False)}))
    except FileRefused:
        return ()


def _listed(root: Root, suffixes: Sequence[str], *, dotted: bool) -> tuple[str, ...]:
    found: list[str] = []
    for folder in FOLDERS:
        try:
            with Root(Path(root.path, folder)) as inner:
                found += (f"{folder}/{name}" for name in inner.files(suffixes, dotted=dotted))
        except FileRefused as refused:
            if refused.reason is not FileReason.MISSING:
                raise
    return tuple(sorted(found))


def digests(root: Root) -> dict[str, str]:
    """Path -> SHA-256 in hexadecimal, of every file of a catalog.

    Raises:
        FileRefused: a file cannot be read; `read_catalog` tells which and where.
    """
    return digests_of({path: root.read(path, cap=limits.YAML_BYTES) for path in catalog_files(root)})


def digests_of(data: Mapping[str, bytes]) -> dict[str, str]:
    """Path -> SHA-256 in hexadecimal."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in data.items()}
