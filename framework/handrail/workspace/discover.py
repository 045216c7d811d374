"""Evidence that lies in a project already, found by what it looks like.

Belongs here: which files are looked at, and for which requirements one could stand. Never here: what a file shows
(`evidence` says that), and any state: what is found is proposed, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from handrail.catalog.resolve import alternatives
from handrail.evidence.observe import ProjectFiles, observe, pointer_of
from handrail.model.catalog import Control, Requirement
from handrail.model.declaration import Evidence
from handrail.model.limits import KIB, MIB
from handrail.model.terms import Verdict
from handrail.source.files import FileRefused, Root

FILES_READ = 400
"""Files that are opened: a project's documents and reports are dozens. The rest is told of."""

FILE_BYTES = 2 * MIB
"""Size of a file that is read: ten times the longest test report we know. A larger one is passed over."""

HEAD = 64 * KIB
"""Characters of a file that decide what it could be."""

MANY = 3
"""Requirements that one file may fit before it says little about each of them."""

_ENDINGS = (".md", ".txt", ".csv", ".json", ".xml", ".sarif", ".yaml", ".yml", "CODEOWNERS")
_NOT_THE_PROJECT = frozenset(
    ("node_modules", "site-packages", "venv", "env", "__pycache__", "vendor", "third_party", "build", "dist", "target")
)
"""Folders of other people's files, and of what is made from the project's own."""

_HIDDEN = (".well-known/security.txt", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", ".github/SECURITY.md")
_CARDS = frozenset(("readme.md", "model_card.md", "modelcard.md", "model-card.md"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that could be evidence for a requirement, and what it shows; `fits` if it shows all that is asked."""

    control: str
    requirement: str
    path: str
    text: str
    fits: bool


def discover(folder: Path, controls: Iterable[Control]) -> tuple[tuple[Found, ...], str | None]:
    """Look through a folder for evidence; also a sentence if it was not looked through to its end.

    Links are not followed. A file that looks like material which must not be in a project is never proposed.
    """
    asked = [
        (control, one)
        for control in controls
        for group in control.evidence
        for one in alternatives(group)
        if pointer_of(one) == "path"
    ]
    found: list[Found] = []
    with Root(folder) as root:
        try:
            listed = root.files(_ENDINGS, without=_NOT_THE_PROJECT)
        except FileRefused as refused:
            return (), f"evidence was not looked for: {refused}"
        paths = [path for path in (*_HIDDEN, *listed) if path.isprintable()]
        for path in paths[: FILES_READ + len(_HIDDEN)]:
            found += _in_file(path, root, asked)
    unread = len(paths) - FILES_READ - len(_HIDDEN)
    return _best(found), f"{unread} more files were not looked at for evidence" if unread > 0 else None


def _in_file(path: str, root: Root, asked: Iterable[tuple[Control, Requirement]]) -> list[Found]:
    try:
        head = root.read(path, cap=FILE_BYTES)[:HEAD].decode("utf-8", errors="replace").lower()
    except FileRefused:
        return []
    name = PurePosixPath(path).name.lower()
    found = list(_shown(path, root, [(control, one) for control, one in asked if _could_be(one, name, head)]))
    return found if len(found) <= MANY else [replace(one, fits=False) for one in found]


def _shown(path: str, root: Root, asked: Iterable[tuple[Control, Requirement]]) -> Iterator[Found]:
    for control, one in asked:
        entry = Evidence.model_validate({"for": one.id, "path": path})
        try:
            seen = observe(entry, one, ProjectFiles(root, {}), scope=control.scope)
        except FileRefused:
            continue
        if seen.verdict is not Verdict.REFUSED:
            fits = seen.verdict is Verdict.SHOWN
            yield Found(control=control.id, requirement=one.id, path=path, text=seen.text, fits=fits)


def _best(found: Iterable[Found]) -> tuple[Found, ...]:
    """One file for each requirement: one that shows all of it, else the first."""
    best: dict[tuple[str, str], Found] = {}
    for one in found:
        place = (one.control, one.requirement)
        if place not in best or (one.fits and not best[place].fits):
            best[place] = one
    return tuple(best.values())


def _could_be(asked: Requirement, name: str, head: str) -> bool:
    """Whether a file of this name and beginning, both in small letters, is worth looking at for a requirement."""
    match asked.kind:
        case "security-contact":
            # Both are of this kind, and each answers another question.
            owners = "owner" in f"{asked.id} {asked.title}".lower()
            return name == "codeowners" if owners else name in ("security.txt", "security.md")
        case "model-card":
            return name in _CARDS and head.startswith("---")
        case "test-report":
            return "<testsuite" in head or ('"runs"' in head and "sarif" in head)
        case "croissant":
            return '"@context"' in head and "croissant" in head
        case "ml-bom":
            return "cyclonedx" in head and "bomformat" in head
        case "dataset-screening":
            return "predicatetype" in head and "dataset-screening" in head
        case "document":
            return name.endswith((".md", ".txt")) and _holds(asked, "headings", head)
        case "register":
            return name.endswith(".csv") and _holds(asked, "columns", head.partition("\n")[0])
        case "metrics":
            return name.endswith((".json", ".yaml", ".yml")) and _holds(asked, "measures", head)
        case _:
            return False


def _holds(asked: Requirement, parameter: str, text: str) -> bool:
    """Whether most of the names that a requirement gives are there: one of them alone stands in many a file."""
    names = asked.parameters.get(parameter)
    wanted = [str(one).lower() for one in names] if isinstance(names, list | tuple) else []
    return bool(wanted) and 2 * sum(one in text for one in wanted) > len(wanted)
