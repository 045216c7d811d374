"""The shared minimal catalog, whole or with some of its files replaced, for the tests of this room."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from handrail.catalog.cache import FileCache
from handrail.catalog.lint import check_catalog
from handrail.catalog.read import CatalogSources
from handrail.model.bundle import Bundle
from handrail.source.diagnostics import Collector
from handrail.source.files import Root

MINIMAL = Path(__file__).parent / "minimal"
AS_OF = date(2026, 11, 24)
SRC = "principles/develop/source-data.yaml"
CHECKLIST = "checklists/developer.yaml"


def overlaid(folder: Path, overlay: Path | None = None) -> Path:
    """Write the minimal catalog into a folder, with the files of an overlay in place of its own.

    A file `remove.txt` of the overlay lists paths that are taken away.
    """
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True)
    if overlay is not None:
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
    listed = folder / "remove.txt"
    if listed.exists():
        for path in listed.read_text(encoding="utf-8").split():
            (folder / path).unlink()
        listed.unlink()
    return folder


def edited(folder: Path, path: str, *changes: tuple[str, str]) -> Path:
    """Replace text in one file of a catalog; each text must be there."""
    file = folder / path
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return folder


def checked(folder: Path, cache: FileCache | None = None) -> tuple[Collector, CatalogSources, Bundle | None]:
    """Read, link and lint a catalog on the day of these tests."""
    out = Collector()
    with Root(folder) as root:
        sources, bundle = check_catalog(root, out, as_of=AS_OF, cache=cache)
    return out, sources, bundle


def bundle_of(folder: Path) -> Bundle:
    """Compile a catalog that has no errors."""
    out, _, bundle = checked(folder)
    assert bundle is not None, [each.message for each in out.sorted()]
    return bundle
