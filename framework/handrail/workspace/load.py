"""A declaration and the organisation file it names, read from disk.

Belongs here: which files make up a project, and how a path in them may lead out of its folder (only the
organisation's may, and only upwards along plain names). Never here: what must hold between them and the catalog.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path
from typing import TypeVar

from handrail.model import limits
from handrail.model.base import Record
from handrail.model.declaration import Declaration, Organisation
from handrail.source.diagnostics import Collector
from handrail.source.files import FileReason, FileRefused, Root, refusal
from handrail.source.load import Loaded, load

M = TypeVar("M", bound=Record)

FARTHEST = 4
"""How many folders up an organisation file may lie: a monorepo's depth, and no way to read the whole machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFiles:
    """A project as it was read. Evidence lies beneath the folder of the file that names it."""

    folder: Path
    declaration: Loaded[Declaration]
    organisation_folder: Path | None = None
    organisation: Loaded[Organisation] | None = None


def load_project(path: Path, out: Collector) -> ProjectFiles | None:
    """Read a declaration and its organisation file; None after telling the collector every error."""
    try:
        declaration = _load(Declaration, path.parent, path.name, out)
    except FileRefused as refused:
        out.add(refusal(refused))
        return None
    if declaration is None:
        return None
    folder = path.parent
    if declaration.value.organisation is None:
        return ProjectFiles(folder=folder, declaration=declaration)
    with _as_diagnostic(out, declaration, "organisation"):
        above, name = _organisation_path(folder, declaration.value.organisation)
        organisation = _load(Organisation, above, name, out)
        if organisation is not None:
            return ProjectFiles(
                folder=folder,
                declaration=declaration,
                organisation_folder=(above / name).parent,
                organisation=organisation,
            )
    return None


def shown_path(path: Path) -> str:
    """A path as messages show it: relative to the working directory where that is shorter to read."""
    absolute = path.absolute()
    here = Path.cwd()
    return Path(relpath(absolute, here)).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()


def _load(model: type[M], folder: Path, name: str, out: Collector) -> Loaded[M] | None:
    with Root(folder) as root:
        data = root.read(name, cap=limits.YAML_BYTES)
    return load(model, data, shown_path(folder / name), out)


def _organisation_path(folder: Path, written: str) -> tuple[Path, str]:
    """Split `../../organisation.yaml` into a folder above and a plain path beneath it."""
    names = written.split("/")
    ups = next((i for i, name in enumerate(names) if name != ".."), len(names))
    if ups > FARTHEST:
        raise FileRefused(FileReason.CLIMBS, written, f"more than {FARTHEST} folders up")
    return folder.joinpath(*[".."] * ups), "/".join(names[ups:])


@contextmanager
def _as_diagnostic(out: Collector, declaration: Loaded[Declaration], *location: str) -> Iterator[None]:
    try:
        yield
    except FileRefused as refused:
        out.add(refusal(refused, declaration.span(*location)))
