"""A declaration and the organisation file it names, read from disk.

Belongs here: which files make up a project, and how a path in them may lead out of its folder (only the
organisation's may, and only upwards along plain names). Never here: what must hold between them and the catalog.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path
from typing import TypeVar

from handrail.catalog.cache import user_cache
from handrail.model import limits
from handrail.model.base import Record
from handrail.model.declaration import Declaration, Organisation
from handrail.source.diagnostics import Collector, Span
from handrail.source.files import FileReason, FileRefused, Root, refusal
from handrail.source.source_file import SourceFile

M = TypeVar("M", bound=Record)

FARTHEST = 4
"""How many folders up an organisation file may lie: a monorepo's depth, and no way to read the whole machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFiles:
    """A project as it was read. Evidence lies beneath the folder of the file that names it."""

    folder: Path
    declaration: SourceFile[Declaration]
    organisation_folder: Path | None = None
    organisation: SourceFile[Organisation] | None = None


def load_project(path: Path, out: Collector) -> ProjectFiles | None:
    """Read a declaration and its organisation file, telling the collector the errors of both.

    None if the declaration cannot be used; a project without its organisation if only that cannot.
    """
    folder = path.parent
    try:
        data = _read(folder, path.name)
    except FileRefused as refused:
        out.add(refusal(refused))
        return None
    declaration = _valid(Declaration, data, shown_path(path), out)
    if declaration is None:
        _load_organisation(folder, _named_organisation(data, shown_path(path)), out, place=None)
        return None
    written = declaration.value.organisation
    above, organisation = _load_organisation(folder, written, out, place=lambda: declaration.span("organisation"))
    return ProjectFiles(folder=folder, declaration=declaration, organisation_folder=above, organisation=organisation)


def shown_path(path: Path) -> str:
    """A path as messages show it: relative to the working directory where that is shorter to read."""
    absolute = path.absolute()
    here = Path.cwd()
    return Path(relpath(absolute, here)).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()


def _read(folder: Path, name: str) -> bytes:
    with Root(folder) as root:
        return root.read(name, cap=limits.YAML_BYTES)


def _valid(model: type[M], data: bytes, path: str, out: Collector) -> SourceFile[M] | None:
    """The file, if it is valid by its schema. One that was valid before and did not change is not read again."""
    cache = user_cache()
    value = cache.valid(model, data)
    if value is None:
        from handrail.source.load import load  # YAML and pydantic's validators are for files that changed

        loaded = load(model, data, path, out)
        if loaded is None:
            return None
        value = loaded.value
        cache.keep_valid(value, data)
    return SourceFile(value, path=path, data=data)


def _load_organisation(
    folder: Path, written: str | None, out: Collector, *, place: Callable[[], Span] | None
) -> tuple[Path | None, SourceFile[Organisation] | None]:
    if written is None:
        return None, None
    try:
        above, name = organisation_path(folder, written)
        data = _read(above, name)
    except FileRefused as refused:
        out.add(refusal(refused, place() if place else None))
        return None, None
    return (above / name).parent, _valid(Organisation, data, shown_path(above / name), out)


def _named_organisation(data: bytes, path: str) -> str | None:
    """The organisation that a declaration names although its schema does not hold, so that all errors are told."""
    from handrail.source.reader import read_yaml
    from handrail.source.tree import plain

    tree = read_yaml(data, path, Collector())
    written = plain(tree) if tree is not None else None
    named = written.get("organisation") if isinstance(written, dict) else None
    return named if isinstance(named, str) else None


def organisation_path(folder: Path, written: str) -> tuple[Path, str]:
    """Split `../../organisation.yaml` into a folder above and a plain path beneath it.

    Raises:
        FileRefused: it leads farther up than `FARTHEST`.
    """
    names = written.split("/")
    ups = next((i for i, name in enumerate(names) if name != ".."), len(names))
    if ups > FARTHEST:
        raise FileRefused(FileReason.CLIMBS, written, f"more than {FARTHEST} folders up")
    return folder.joinpath(*[".."] * ups), "/".join(names[ups:])
