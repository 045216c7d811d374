"""The files that an assessment was made from, and whether any of them has changed.

Belongs here: which files, and their stamps. Never here: waiting, or running again (`cli.watch`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handrail.model.declaration import Answer
from handrail.workspace.load import ProjectFiles

Stamp = tuple[int, int, int] | None
"""Time of the last change in nanoseconds, size in bytes, and number of the file; None where there is none."""


def project_paths(project: ProjectFiles) -> Iterator[Path]:
    """The declaration and everything it names, whether it exists or not; the organisation's file and its evidence."""
    declaration = project.declaration.value
    yield Path(project.declaration.path)
    yield from _evidence(project.folder, declaration.controls.values())
    yield from (project.folder / one.path for one in declaration.artifacts.values() if one.path)
    for upstream in declaration.upstream.values():
        yield project.folder / upstream.assessment
        if upstream.signature:
            yield project.folder / upstream.signature
    if project.organisation is not None and project.organisation_folder is not None:
        yield Path(project.organisation.path)
        yield from _evidence(project.organisation_folder, project.organisation.value.controls.values())


def _evidence(folder: Path, answers: Iterable[Answer]) -> Iterator[Path]:
    entries = (entry for answer in answers for entry in answer.evidence)
    yield from (folder / path for entry in entries for path in (entry.path, entry.attestation) if path)


def stamps(paths: Iterable[Path]) -> Mapping[Path, Stamp]:
    """How each file stands now; a folder stands by its own entries only."""
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
