"""A catalog folder linted, and compiled to the bytes of a bundle, as `lint`, `bundle` and the build of a wheel want it.

Belongs here: opening the folder and putting the steps together. Never here: a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.catalog.bundle import compile_catalog, to_bytes
from handrail.catalog.cache import user_cache
from handrail.catalog.link import link
from handrail.catalog.lint import check_catalog
from handrail.catalog.read import CatalogSources, read_catalog
from handrail.model.bundle import Bundle
from handrail.source.diagnostics import Collector, InputError
from handrail.source.files import FileRefused, Root, refusal


@dataclass(frozen=True, slots=True)
class Linted:
    """What linting a folder found; `bundle` is None where errors kept it from being compiled.

    `head` stands before the paths of the folder's files: of a catalog's nothing, of a pack's the way to it.
    """

    out: Collector
    sources: CatalogSources
    bundle: Bundle | None
    head: str = ""


def lint_directory(folder: Path, *, as_of: date) -> Linted:
    """Read, link and lint the catalog in a folder.

    Raises:
        InputError: the folder cannot be opened.
    """
    out = Collector()
    try:
        with Root(folder) as root:
            sources, bundle = check_catalog(root, out, as_of=as_of, cache=user_cache())
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    return Linted(out, sources, bundle)


def compile_directory(folder: Path) -> bytes:
    """The bundle of the catalog in a folder, linked but not linted: lint depends on the day, a bundle does not.

    Raises:
        InputError: with every diagnostic, if the catalog has errors or the folder cannot be opened.
    """
    out = Collector()
    try:
        with Root(folder) as root:
            sources = read_catalog(root, out)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    out.raise_if_errors()
    link(sources, out)
    out.raise_if_errors()
    return to_bytes(compile_catalog(sources))
