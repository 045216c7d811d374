"""Tying answers to today's statements, in their files, once a person has looked.

Belongs here: how a file says it, and the change. Never here: which answers there are to look at (`assess.review`),
asking and printing (`cli`, `report`), the lines of a YAML file (`source.edit`).

How a file says it. Where every answer of it is then current, `catalog` names today's catalog, and no answer needs a
`statement` of its own. Otherwise each confirmed answer takes today's fingerprint, and `catalog` stays: it would tie
the others to a text that nobody has looked at. It stays as well while the catalog is ahead of its last release: its
digest will be in no list, and every answer would fall to no known text with the next change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from handrail.assess.answers import texts_of
from handrail.assess.review import ToReview, texts_that_stand
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration, Organisation
from handrail.model.pack import packs_of
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.edit import EditRefused, edited
from handrail.source.files import FileRefused, OutputError, Root, refusal, write_file
from handrail.source.load import load
from handrail.source.source_file import SourceFile
from handrail.workspace.load import ProjectFiles
from handrail.workspace.newer import pin_packs

File: TypeAlias = SourceFile[Declaration] | SourceFile[Organisation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A file and what is to stand in its place; `moved` if `catalog` names today's catalog then."""

    file: File
    path: Path
    data: bytes
    moved: bool


def rewritten(
    project: ProjectFiles, confirmed: Iterable[ToReview], bundle: Bundle, digest: str
) -> tuple[Rewritten, ...]:
    """Give the files with the confirmed answers tied to today's statements; comments, order and layout stay.

    Raises:
        InputError: one cannot be changed without touching other lines.
    """
    chosen = tuple(confirmed)
    places: list[tuple[str, File | None, Path | None]] = [
        ("project", project.declaration, project.folder),
        ("organisation", project.organisation, project.organisation_folder),
    ]
    changes: list[Rewritten] = []
    for by, file, folder in places:
        controls = {one.control for one in chosen if one.by == by}
        if controls and file is not None and folder is not None:
            moved = _all_current(file, controls, bundle, digest) and not _ahead_of_release(bundle)
            data = _moved(file, bundle, digest) if moved else _stamped(file, controls, bundle, digest)
            path = folder / PurePosixPath(file.path).name
            changes.append(Rewritten(file=file, path=path, data=data, moved=moved))
    return tuple(changes)


def _all_current(file: File, confirmed: Collection[str], bundle: Bundle, digest: str) -> bool:
    texts = texts_of(file.value.catalog, bundle, digest)
    return all(
        one in confirmed or (answer.statement or texts.get(one)) in texts_that_stand(one, bundle)
        for one, answer in file.value.controls.items()
    )


def _ahead_of_release(bundle: Bundle) -> bool:
    """A released catalog does not list itself; one that lists its own version has changed since."""
    parts = [(bundle.catalog.version, bundle.releases), *((one.version, one.releases) for one in packs_of(bundle))]
    return any(one.version == version for version, releases in parts for one in releases)


def _moved(file: File, bundle: Bundle, digest: str) -> bytes:
    version = ".".join(bundle.catalog.version.split(".")[:2])

    def pin(catalog: dict[str, Any]) -> None:
        if not catalog:
            catalog["version"] = bundle.catalog.version  # of three parts no reader makes a number
        given = catalog.get("version")
        if given is not None and _numbers(given)[:2] < _numbers(version):
            catalog["version"] = type(given)(version)  # in quotes if it was
        catalog["digest"] = digest
        pin_packs(bundle, catalog)

    def drop(answer: dict[str, Any]) -> None:
        answer.pop("statement", None)

    try:
        data = edited(file.data, ("catalog",), pin, after="handrail")
        for control, answer in file.value.controls.items():
            if answer.statement is not None:
                data = edited(data, ("controls", control), drop)
        return _valid(data, file)
    except EditRefused as refused:
        raise _by_hand(file, refused, f"`digest: {digest}` under `catalog`, and remove each `statement`") from None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _stamped(file: File, controls: Collection[str], bundle: Bundle, digest: str) -> bytes:
    texts = texts_of(file.value.catalog, bundle, digest)
    data = file.data
    for control in (one for one in file.value.controls if one in controls):
        now = bundle.fingerprints[control]

        def stamp(answer: dict[str, Any], now: str = now, pinned: str | None = texts.get(control)) -> None:
            if pinned == now:
                answer.pop("statement", None)
            elif "statement" in answer or "evidence" not in answer:
                answer["statement"] = now
            else:  # above the list, where it is seen
                evidence = answer.pop("evidence")
                answer |= {"statement": now, "evidence": evidence}

        try:
            data = _valid(edited(data, ("controls", control), stamp), file)
        except EditRefused as refused:
            raise _by_hand(file, refused, f"`statement: {now}` under `controls`, `{control}`") from None
    return data


def _valid(data: bytes, file: File) -> bytes:
    if load(type(file.value), data, file.path, Collector()) is None:
        raise EditRefused("the result would not be a declaration")
    return data


def _by_hand(file: File, refused: EditRefused, what: str) -> InputError:
    said = f"`{file.path}` cannot be changed in place: {refused}"
    return InputError([Diagnostic("HR404", said, help=f"put {what} by hand")])


def write_rewritten(changes: Iterable[Rewritten]) -> None:
    """Put the changed files in the place of the old ones, unless somebody else has changed one of them meanwhile.

    Raises:
        InputError: one was changed, and then none is written; or one cannot be written.
    """
    every = tuple(changes)
    try:
        for one in every:
            with Root(one.path.parent) as root:
                unchanged = root.read(one.path.name) == one.file.data
            if not unchanged:
                said = f"`{one.file.path}` was changed by somebody else meanwhile"
                raise InputError([Diagnostic("HR404", said, help="run the command again")])
        for one in every:
            write_file(one.path, one.data)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
