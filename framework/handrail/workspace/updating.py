"""Bringing a file on disk to a newer catalog.

Belongs here: finding, reading and writing it. Never here: what changes in it (`newer`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

from handrail.model.base import Record
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration, Organisation
from handrail.model.limits import YAML_BYTES
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.files import FileRefused, OutputError, Root, refusal, write_file
from handrail.source.load import load
from handrail.source.source_file import SourceFile
from handrail.workspace.find import DECLARATION
from handrail.workspace.link import link_project
from handrail.workspace.load import ProjectFiles, shown_path
from handrail.workspace.newer import Newer, newer
from handrail.workspace.starting import ORGANISATION, facts_that_matter, organisation_to_answer, to_answer

M = TypeVar("M", bound=Record)

_NEEDED = frozenset(("HR302", "HR303", "HR304", "HR305"))
"""Facts and checklists of another catalog: without them it is not known what to ask. Other misfits are remarked on."""


def update_file(
    path: Path,
    bundle: Bundle,
    digest: str,
    *,
    old: tuple[Bundle, str] | None,
    as_of: date,
    organisation: bool,
) -> tuple[Path, Newer | None]:
    """Bring the file in a folder, or the one named, to a catalog; give its path and what was done, None for nothing.

    Raises:
        InputError: it is not there, cannot be used or cannot be changed in place.
    """
    name = ORGANISATION if organisation else DECLARATION
    target = path / name if path.is_dir() else path
    data = _read(target)
    if organisation:
        questions = organisation_to_answer(bundle, as_of=as_of)
        done = newer(_loaded(Organisation, data, target), bundle, digest, questions=questions.controls, old=old)
    else:
        declaration = _loaded(Declaration, data, target)
        _require_known(declaration, target.parent, bundle)
        said = declaration.value
        questions = to_answer(
            bundle, said.facts, checklists=said.checklists, as_of=as_of, organisation=said.organisation is not None
        )
        done = newer(declaration, bundle, digest, questions=questions.controls, old=old)
        done.open_facts = facts_that_matter(bundle, said.facts, checklists=said.checklists, as_of=as_of)
    if done.data == data:
        return target, done if done.untied else None
    _write(target, data, done.data)
    done.wrote = True
    return target, done


def _read(target: Path) -> bytes:
    try:
        with Root(target.parent) as root:
            return root.read(target.name, cap=YAML_BYTES)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None


def _loaded(model: type[M], data: bytes, target: Path) -> SourceFile[M]:
    out = Collector()
    loaded = load(model, data, shown_path(target), out)
    if loaded is None:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    return SourceFile(loaded.value, path=shown_path(target), data=data)


def _require_known(declaration: SourceFile[Declaration], folder: Path, bundle: Bundle) -> None:
    out = Collector()
    link_project(ProjectFiles(folder=folder, declaration=declaration), bundle, out)
    if unknown := [one for one in out.sorted() if one.code in _NEEDED]:
        raise InputError(unknown)


def _write(target: Path, old: bytes, new: bytes) -> None:
    try:
        if _read(target) != old:
            message = f"`{shown_path(target)}` was changed by somebody else meanwhile"
            raise InputError([Diagnostic("HR404", message, help="run the command again")])
        write_file(target, new)
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
