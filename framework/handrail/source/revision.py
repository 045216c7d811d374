"""The files of a folder as they were at a revision of its git repository, read from the object store.

Belongs here: finding the repository, the revision and the files. Never here: what is in the files, and putting them
anywhere. No program is started, no hook is run and nothing is checked out; links and submodules are left out, since
what they lead to is not part of the tree. The only module that imports dulwich, and only when a revision is asked for.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.model import limits
from handrail.source.diagnostics import Diagnostic, InputError
from handrail.source.refused import FileRefused, components

if TYPE_CHECKING:
    from dulwich.objects import Commit, Tree
    from dulwich.repo import Repo

INSTALL = 'pip install "handrail[git]"'

_REVISION = re.compile(r"(?!/)((?:(?!\.\.|//)[^\s\x00-\x1f\x7f~^:{}\\*?\[])+)(?<!/)((?:[~^][0-9]{0,5})*)")
"""A name that git allows, and steps back from it. What else it understands (`@{yesterday}`, `:/text`) needs more than
the objects."""

_Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The most that is read: files (and entries of folders met on the way), bytes of one, bytes of all."""

    files: int = limits.PROJECT_FILES
    file_bytes: int = limits.EVIDENCE_BYTES
    all_bytes: int = limits.EVIDENCE_BYTES


def repository_of(folder: Path) -> tuple[Path, str] | None:
    """The nearest folder, this one or above, that is a git checkout, and the way down from it; None if there is none.

    Args:
        folder: a folder that exists.
    """
    here = folder.resolve()
    for above in (here, *here.parents):
        if (above / ".git").exists():
            return above, "" if above == here else here.relative_to(above).as_posix()
    return None


def files_at(
    repository: Path, revision: str, under: str, *, caps: Caps, only: Iterable[str] = ()
) -> Mapping[str, bytes]:
    """The regular files beneath a folder at a revision, by their path from that folder, sorted.

    Args:
        repository: the folder that holds `.git`; linked worktrees, packs and alternates are followed as git does.
        revision: a commit (whole or shortened), a branch, a tag or `HEAD`, with `~2` or `^` behind it.
        under: the folder from the root of the repository, empty for all; one that was not there holds no files.
        caps: the most that is read.
        only: paths beneath the folder, of files or folders; if any are given, nothing else is read.

    Raises:
        InputError: the extra `git` is not installed, there is no such revision, the objects cannot be read (as in a
            partial or shallow clone), or there is more than `caps` allow.
    """
    try:
        from dulwich import errors
        from dulwich.repo import Repo
    except ImportError:
        message = "reading a git revision needs the package `dulwich`"
        raise InputError([Diagnostic("HR506", message, help=f"install it: {INSTALL}")]) from None
    unreadable = (
        errors.ApplyDeltaError,
        errors.ChecksumMismatch,
        errors.FileFormatException,
        errors.NotGitRepository,
        errors.ObjectMissing,
        errors.RefFormatError,
        errors.WrongObjectException,
        zlib.error,
        AssertionError,
        KeyError,
        OSError,
        ValueError,
    )
    wanted = [components(path) for path in only]
    try:
        with Repo(str(repository)) as repo:
            try:
                commit = _commit(repo, revision)
            except unreadable:
                raise _refused(f"there is no revision `{revision}` in the repository `{repository}`", _NAME) from None
            tree = _folder(repo, commit, components(under) if under else ())
            return dict(sorted(_files(repo, tree, wanted, caps))) if tree is not None else {}
    except unreadable as error:
        said = f"`{revision}` cannot be read from the repository `{repository}` ({type(error).__name__})"
        raise _refused(said, "a shallow or partial clone lacks objects: fetch them first") from None


_NAME = "name a commit, a branch or a tag (a shallow clone lacks most; fetch it first), or a file that exists"


def _refused(message: str, advice: str) -> InputError:
    return InputError([Diagnostic("HR507", message, help=advice)])


def _commit(repo: Repo, revision: str) -> Commit:
    from dulwich.objectspec import parse_commit

    found = _REVISION.fullmatch(revision)
    if found is None:
        raise KeyError(revision)
    commit = parse_commit(repo, b"HEAD" if found[1] == "@" else found[1].encode())
    for sign, digits in re.findall("([~^])([0-9]*)", found[2]):
        count = int(digits or 1)
        which = [0] * count if sign == "~" else [count - 1] if count else []
        for parent in which:
            if parent >= len(commit.parents):
                raise KeyError(revision)
            commit = parse_commit(repo, commit.parents[parent])
    return commit


def _folder(repo: Repo, commit: Commit, names: _Names) -> Tree | None:
    tree = _tree(repo, commit.tree)
    for name in names:
        mode, sha = next(((e.mode, e.sha) for e in tree.items() if e.path == name.encode()), (None, None))
        if mode is None or sha is None or mode & 0o170000 != _FOLDER:
            return None
        tree = _tree(repo, sha)
    return tree


_FOLDER, _FILE = 0o040000, 0o100000


def _tree(repo: Repo, sha: bytes) -> Tree:
    from dulwich.objects import ObjectID, Tree

    found = repo[ObjectID(sha)]
    if not isinstance(found, Tree):
        raise ValueError("not a tree")
    return found


def _files(repo: Repo, tree: Tree, wanted: list[_Names], caps: Caps) -> Iterator[tuple[str, bytes]]:
    from dulwich.objects import Blob

    waiting: list[tuple[_Names, Tree]] = [((), tree)]
    met = size = 0
    while waiting:
        folders, tree = waiting.pop()
        if len(folders) > limits.FOLDER_DEPTH:
            raise _refused(f"`{'/'.join(folders)}` lies too deep at that revision", _LESS)
        for entry in tree.items():
            names = _plain((*folders, entry.path.decode("utf-8", "replace")))
            if names is None or (wanted and not any(_on_the_way(names, one) for one in wanted)):
                continue
            met += 1
            if met > caps.files:
                raise _refused(f"there are more than {caps.files:,} files at that revision", _LESS)
            kind = entry.mode & 0o170000
            if kind == _FOLDER:
                waiting.append((names, _tree(repo, entry.sha)))
            elif kind == _FILE and (not wanted or any(names[: len(one)] == one for one in wanted)):
                blob = repo[entry.sha]
                data = blob.data if isinstance(blob, Blob) else b""
                size += len(data)
                if len(data) > caps.file_bytes or size > caps.all_bytes:
                    raise _refused(f"there is too much at that revision; it ended at `{'/'.join(names)}`", _LESS)
                yield "/".join(names), data


_LESS = "save what you compare with to a file at that revision, and name the file"


def _on_the_way(names: _Names, wanted: _Names) -> bool:
    """Whether a path lies on the way to a wanted one, or in it."""
    shared = min(len(names), len(wanted))
    return names[:shared] == wanted[:shared]


def _plain(names: _Names) -> _Names | None:
    """The names, unless no checkout would hold the last: a tree that somebody forged may name `..` or `a/b`."""
    last = names[-1]
    try:
        fine = components(last) == (last,) and "\N{REPLACEMENT CHARACTER}" not in last and last.lower() != ".git"
    except FileRefused:
        fine = False
    return names if fine else None
