"""A catalog as `diff` is given one: a folder, a bundle, or a git revision.

Belongs here: which of the three a text names, and reading it with all that is wrong with it. Never here: comparing.

A path that exists is that path. Anything else is a revision, as `git` names one: `REV` is the working folder as it was
then, `REV:PATH` a folder from the root of the repository (`REV:./PATH` from the working folder).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from handrail.catalog.default import load_bundle
from handrail.catalog.files import FOLDERS
from handrail.model import limits
from handrail.model.bundle import Bundle
from handrail.source.diagnostics import Diagnostic, InputError, Span
from handrail.source.files import FileRefused, Root, components
from handrail.source.revision import Caps, files_at, repository_of
from handrail.source.text import displayable


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A catalog that was read, by the name that it was given."""

    name: str
    bundle: Bundle
    digest: str


class BrokenSideError(InputError):
    """A catalog that cannot be used. Paths of its diagnostics bear its name; `text` gives their files' texts."""

    def __init__(self, error: InputError, head: str, text: Callable[[str], str | None]) -> None:
        super().__init__((_named(one, head) for one in error.diagnostics), unlisted=error.unlisted)
        self._head, self._text = head, text

    def text(self, path: str) -> str | None:
        """The text of a file as a diagnostic names it."""
        return self._text(path.removeprefix(self._head))


def read_side(given: str) -> Side:
    """Read a catalog.

    Raises:
        BrokenSideError: it cannot be read or has errors.
        InputError: there is no such path and no such revision, or reading revisions is not installed.
    """
    path = Path(given)
    if not path.is_dir():
        return _revision(given) if not path.exists() else _bundle(given, path)
    try:
        bundle, digest = load_bundle(path)
    except InputError as error:
        head = "" if path == Path() else f"{path.as_posix()}/"
        raise BrokenSideError(error, head, lambda name: _text(path, name)) from None
    return Side(name=given, bundle=bundle, digest=digest)


def _bundle(given: str, path: Path) -> Side:
    bundle, digest = load_bundle(path)
    return Side(name=given, bundle=bundle, digest=digest)


def _revision(given: str) -> Side:
    revision, colon, named = given.partition(":")
    place = repository_of(Path())
    if place is None:
        said = f"`{given}` is no folder and no file, and this folder lies in no git repository"
        raise InputError([Diagnostic("HR507", said, help="name a folder with `principles/`, or a bundle")])
    repository, here = place
    under = _under(given, named, here) if colon else here
    caps = Caps(file_bytes=limits.YAML_BYTES, all_bytes=limits.EVIDENCE_BYTES)
    files = files_at(repository, revision, under, caps=caps, only=FOLDERS)
    with TemporaryDirectory(prefix="handrail-") as made:
        _lay_out(files, Path(made), given)
        try:
            bundle, digest = load_bundle(made)
        except InputError as error:
            head = given if given.endswith((":", "/")) else f"{given}/" if colon else f"{given}:"
            raise BrokenSideError(error, head, lambda path: _of(files.get(path))) from None
    return Side(name=given, bundle=bundle, digest=digest)


def _lay_out(files: Mapping[str, bytes], folder: Path, given: str) -> None:
    try:
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        said = f"the catalog at `{given}` cannot be laid out to be read: {(error.strerror or '').lower()}"
        raise InputError([Diagnostic("HR507", said, help="compare with a folder or a bundle")]) from None


def _under(given: str, named: str, here: str) -> str:
    """The folder from the root of the repository."""
    path = posixpath.normpath(posixpath.join(here, named)) if named.startswith(".") else named.strip("/")
    if path in ("", "."):
        return ""
    try:
        return "/".join(components(path))
    except FileRefused as refused:
        said = f"`{given}` names no folder of the repository: the path {refused.clause}"
        raise InputError([Diagnostic("HR507", said, help="`REV:PATH` counts from the repository's root")]) from None


def _named(one: Diagnostic, head: str) -> Diagnostic:
    if one.span is None:
        name = head.rstrip("/:")
        return replace(one, message=f"{name}: {one.message}" if name else one.message)
    also = tuple((_beneath(head, span), label) for span, label in one.also)
    return replace(one, span=_beneath(head, one.span), also=also)


def _beneath(head: str, span: Span) -> Span:
    return replace(span, path=head + span.path)


def _text(folder: Path, name: str) -> str | None:
    try:
        with Root(folder) as root:
            return _of(root.read(name, cap=limits.YAML_BYTES))
    except FileRefused:
        return None


def _of(data: bytes | None) -> str | None:
    return None if data is None else displayable(data)
