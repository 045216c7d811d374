"""Files beside the evidence that no answer declares, and that look like content which must not be in the tree.

Belongs here: which files those are, and the warning. Never here: the signs of content (`evidence.guard`). Nothing of a
file but its path is told, and the place shown is that of a declared neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

from handrail.model.declaration import Declaration, Organisation
from handrail.source.diagnostics import Collector, Diagnostic, Span
from handrail.source.files import FileRefused, Root
from handrail.source.source_file import SourceFile
from handrail.workspace.load import ProjectFiles

UNDECLARED_FILES = 200
"""Undeclared files that are opened, 64 KiB of each: folders of evidence hold dozens, and `check` must stay fast."""

_Names = tuple[str, ...]
_File = SourceFile[Declaration] | SourceFile[Organisation]


def warn_of_undeclared(project: ProjectFiles, out: Collector) -> None:
    """Look into the undeclared files of folders that hold declared evidence, and warn of those that look like content.

    A project's own folder is left out: what lies in it is the project. So is what cannot be opened: it shows nothing.
    """
    _warn(project.declaration, project.folder, _beside_evidence(project.declaration.value), out)
    if project.organisation is not None and project.organisation_folder is not None:
        _warn(project.organisation, project.organisation_folder, set(), out)


def _beside_evidence(declaration: Declaration) -> set[_Names]:
    """What a declaration points at besides evidence: artifacts, and what is inherited from."""
    upstream = declaration.upstream.values()
    paths = [one.path for one in declaration.artifacts.values()]
    paths += [path for one in upstream for path in (one.assessment, one.signature)]
    return {PurePosixPath(path).parts for path in paths if path is not None}


def _warn(file: _File, folder: Path, declared: set[_Names], out: Collector) -> None:
    neighbours: dict[_Names, tuple[str, int, str]] = {}  # folder -> the first entry of evidence in it
    for control, answer in file.value.controls.items():
        for index, entry in enumerate(answer.evidence):
            for key in ("path", "attestation"):
                path = getattr(entry, key)
                if path is not None:
                    names = PurePosixPath(path).parts
                    declared.add(names)
                    neighbours.setdefault(names[:-1], (control, index, key))
    neighbours.pop((), None)
    if not neighbours:
        return
    with Root(folder) as root:
        found = _undeclared(root, neighbours, declared)
        for names in islice(found, UNDECLARED_FILES):
            clause = _looks(root, "/".join(names))
            if clause is not None:
                shown, place = "/".join(names), _place(file, names, neighbours)
                _tell(f"`{shown}` is declared by no answer and {clause}", place, out)
        if next(found, None) is not None:
            message = f"more than {UNDECLARED_FILES} files that no answer declares lie beside the evidence"
            _tell(f"{message}; the others were not looked at", None, out)


def _tell(message: str, place: Span | None, out: Collector) -> None:
    one = Diagnostic("HR401", message, place, label="beside this evidence" if place else "", help=_HELP)
    if one not in out.sorted():  # projects of one run may share an organisation
        out.add(one)


_HELP = "take it out of the project; `handrail evidence seal` points at what is kept elsewhere"


def _undeclared(root: Root, folders: dict[_Names, tuple[str, int, str]], declared: set[_Names]) -> Iterator[_Names]:
    seen: set[_Names] = set()
    for folder in sorted(folders):
        if any(folder[:depth] in folders for depth in range(1, len(folder))):
            continue  # it lies in another one of them
        try:
            paths = root.files(("",), folder="/".join(folder))
        except FileRefused:  # the entry that lies there tells why
            continue
        for path in paths:
            names = PurePosixPath(path).parts
            if names not in seen and not any(names[:depth] in declared for depth in range(1, len(names) + 1)):
                seen.add(names)
                yield names


def _looks(root: Root, path: str) -> str | None:
    """Give what a file looks like, as a clause."""
    from handrail.evidence.guard import SNIFFED_BYTES, looks_like_content  # a tidy project never needs it

    try:
        with root.stream(path) as stream:
            data = stream.read(SNIFFED_BYTES)
    except FileRefused:
        return None
    sentence = looks_like_content(data, PurePosixPath(path).suffix.lower())
    return sentence.removeprefix("This ").partition(", which")[0] if sentence else None


def _place(file: _File, names: _Names, neighbours: dict[_Names, tuple[str, int, str]]) -> Span:
    nearest = max((names[:depth] for depth in range(1, len(names)) if names[:depth] in neighbours), key=len)
    control, index, key = neighbours[nearest]
    return file.span("controls", control, "evidence", index, key)
