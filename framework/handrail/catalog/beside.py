"""What a pull request changes beside the catalog: the files that a reviewer of principles might not look for.

Belongs here: which other files differ between two checkouts, and which of them decide who reviews or are run by a tool.
Never here: reading what they say; a file of a proposed tree is bytes with a digest, and nothing of it is ever run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from handrail.catalog.files import FOLDERS
from handrail.source.files import FileRefused, Root

KEPT_APART = frozenset({".git"})
"""Folders that belong to a tool's own records and are in no pull request."""

_RULES = frozenset({"CODEOWNERS", "GOVERNANCE.md", "SECURITY.md", "CONTRIBUTING.md"})
_RUN_NAMES = frozenset(
    {"Makefile", "pyproject.toml", "constraints.txt", "action.yml", ".pre-commit-hooks.yaml", ".pre-commit-config.yaml"}
)
_RUN_SUFFIXES = frozenset({".py", ".pth", ".so", ".sh", ".js", ".toml", ".cfg", ".ini"})
_RUN_FOLDERS = frozenset({".ci", ".github"})


class How(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    UNREADABLE = "cannot be read, or is a link"


class Why(StrEnum):
    """Why a reviewer must look at a file, the gravest first."""

    RULES = "decides who reviews, or by which rules"
    RUN = "is run, or read, by a tool"
    SPEAKS = "speaks for an organisation, which must have agreed to it in writing"
    OTHER = "another file"


@dataclass(frozen=True, slots=True, order=True)
class Beside:
    """A file that differs, by its path from the root of the checkout."""

    path: str
    how: How
    why: Why


def changed_beside(old: Path, new: Path) -> tuple[Beside, ...]:
    """The files outside the catalog's folders that differ between two checkouts: those that matter most come first.

    Raises:
        FileRefused: a folder cannot be listed.
    """
    with Root(old) as before, Root(new) as after:
        found = tuple(_differing(before, after))
    gravity = list(Why)
    return tuple(sorted(found, key=lambda one: (gravity.index(one.why), one.path)))


def _differing(before: Root, after: Root) -> Iterator[Beside]:
    then, now = _listed(before), _listed(after)
    for path in then | now:
        if path not in then:
            yield Beside(path, How.ADDED, why(path))
        elif path not in now:
            yield Beside(path, How.REMOVED, why(path))
        else:
            try:
                if before.digest(path) != after.digest(path):
                    yield Beside(path, How.CHANGED, why(path))
            except FileRefused:
                yield Beside(path, How.UNREADABLE, why(path))


def _listed(root: Root) -> frozenset[str]:
    every = root.files(("",), without=KEPT_APART, dotted=True)
    return frozenset(path for path in every if path.split("/", 1)[0] not in FOLDERS)


def why(path: str) -> Why:
    """Why a reviewer must look at a file, told by its name alone."""
    pure = PurePosixPath(path)
    if pure.name in _RULES:
        return Why.RULES
    if pure.name in _RUN_NAMES or pure.suffix in _RUN_SUFFIXES or pure.parts[0] in _RUN_FOLDERS:
        return Why.RUN
    return Why.SPEAKS if pure.parts[0] == "endorsements" else Why.OTHER
