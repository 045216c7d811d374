"""What a change brought: the diagnostics of a catalog that an earlier state of it did not have.

Belongs here: reading that state of a catalog or a pack, and telling what is new from what was known. Never here: a
diagnostic. One counts as known if the same rule said the same then: at the same line's text if there are several, else
in the same file, else anywhere. Line numbers never count, so what is merely pushed down by a change is not new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from handrail.catalog.compiling import Linted, lint_directory
from handrail.catalog.endorsements import FOLDER as ENDORSEMENTS
from handrail.catalog.files import FOLDERS
from handrail.catalog.pack_place import PACK
from handrail.model import limits
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.files import OutputError, write_tree
from handrail.source.revision import Caps, files_at, repository_of

Key: TypeAlias = Callable[[Diagnostic], tuple[str, ...]]


def lint_earlier(
    given: str, folder: Path, *, as_of: date, lint: Callable[[Path], Linted] | None = None
) -> Linted | None:
    """Lint the catalog as it was: in a folder, or at a git revision of the repository in which the catalog lies.

    Args:
        given: a folder, or a revision as `source.revision` takes it.
        folder: the catalog's folder today.
        as_of: the day for both, so that the passing of time is not taken for a change.
        lint: how a pack is linted, which the catalog that it goes with decides; by default it is no pack.

    Returns:
        None where there was no catalog.

    Raises:
        InputError: there is no such folder and no such revision, or it cannot be read.
    """
    look = lint or (lambda place: lint_directory(place, as_of=as_of))
    if Path(given).is_dir():
        return look(Path(given))
    place = repository_of(folder)
    if place is None:
        said = f"`{given}` is no folder, and the catalog lies in no git repository"
        raise InputError([Diagnostic("HR507", said, help="name a folder that holds the earlier state")])
    caps = Caps(file_bytes=limits.YAML_BYTES, all_bytes=limits.EVIDENCE_BYTES)
    files = files_at(place[0], given, place[1], caps=caps, only=(*FOLDERS, ENDORSEMENTS, PACK))
    if not files:
        return None
    with TemporaryDirectory(prefix="handrail-") as made:
        try:
            write_tree(Path(made, "catalog"), files)
        except OutputError as error:
            raise InputError([Diagnostic("HR507", f"the catalog at `{given}` cannot be read: {error}")]) from None
        return look(Path(made, "catalog"))


def brought(earlier: Linted | None, now: Linted) -> Collector:
    """What of today's diagnostics is new; what was not kept is not compared, and stays counted."""
    left = list(now.out.sorted())
    if earlier is not None:
        known = list(earlier.out.sorted())
        pairs: tuple[tuple[Key, Key], ...] = (
            (_with_line(earlier), _with_line(now)),
            (_with_path(earlier), _with_path(now)),
            (_said(earlier), _said(now)),
        )
        for before, after in pairs:
            left, known = _unmatched(left, after, known, before), _unmatched(known, before, left, after)
    out = Collector()
    for each in left:
        out.add(each)
    out.unlisted += now.out.unlisted
    return out


def _unmatched(these: Iterable[Diagnostic], key: Key, those: Iterable[Diagnostic], their: Key) -> list[Diagnostic]:
    """Of these, the ones that have no like among those; one is the like of one."""
    free = Counter(their(one) for one in those)
    found = []
    for one in these:
        if free[key(one)] > 0:
            free[key(one)] -= 1
        else:
            found.append(one)
    return found


def _said(linted: Linted) -> Key:
    return lambda one: (one.code, one.message.replace(linted.head, "") if linted.head else one.message)


def _with_path(linted: Linted) -> Key:
    said = _said(linted)
    return lambda one: (*said(one), one.span.path.removeprefix(linted.head) if one.span else "")


def _with_line(linted: Linted) -> Key:
    lines: dict[str, list[str]] = {}
    placed = _with_path(linted)

    def key(one: Diagnostic) -> tuple[str, ...]:
        if one.span is None:
            return placed(one)
        path = one.span.path
        if path not in lines:
            lines[path] = (linted.sources.text(path) or "").split("\n")
        at = one.span.line - 1
        return *placed(one), lines[path][at].strip() if at < len(lines[path]) else ""

    return key
