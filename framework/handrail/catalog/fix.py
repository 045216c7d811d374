"""The files of a catalog folder mended in place: all that can be, or none.

Belongs here: reading, writing, and taking back what was written when a later file cannot be. Never here: a fix
(`fixes`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handrail.catalog.endorsements import endorsement_files
from handrail.catalog.files import catalog_files
from handrail.catalog.fixes import Fixed, fixed
from handrail.catalog.release import RELEASES
from handrail.model import limits
from handrail.source.diagnostics import Diagnostic, InputError
from handrail.source.files import FileRefused, OutputError, Root, refusal, write_file


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was changed, by its path from the folder, and a sentence for each thing that was done."""

    path: str
    done: tuple[str, ...]


def fix_directory(folder: Path) -> tuple[Mended, ...]:
    """Apply every fix to every file of the catalog in a folder. Of several files all are written, or none.

    A file that cannot be read stays as it is; lint tells of it. The list of releases is never edited.

    Raises:
        InputError: the folder cannot be opened, or a file cannot be written; then every file is as it was.
    """
    try:
        with Root(folder) as root:
            paths = (*catalog_files(root), *endorsement_files(root))
            data = {path: _read(root, path) for path in paths if path != RELEASES}
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    made: dict[str, Fixed] = {}
    for path, before in data.items():
        after = fixed(before) if before is not None else None
        if after is not None and after.data != before:
            made[path] = after
    written: list[str] = []
    try:
        for path, after in made.items():
            write_file(folder / path, after.data)
            written.append(path)
    except OutputError as error:
        for path in written:
            with suppress(OutputError):  # the first error is the one to tell
                write_file(folder / path, data[path] or b"")
        raise InputError([Diagnostic("HR501", f"nothing was fixed: {error}")]) from None
    return tuple(Mended(path, after.done) for path, after in made.items())


def _read(root: Root, path: str) -> bytes | None:
    try:
        return root.read(path, cap=limits.YAML_BYTES)
    except FileRefused:
        return None
