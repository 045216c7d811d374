"""What was worked out before, kept in the user's cache folder: valid files and compiled bundles.

Belongs here: keys, reading and writing of entries. Never here: what an entry means. An entry is JSON behind the
SHA-256 of itself, so that one that was cut, edited or written by another version is as good as absent; nothing that
goes wrong here is ever told, the work is only done again.

`HANDRAIL_CACHE_DIR` names another folder; empty, it switches the cache off.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from handrail.model.base import Record
from handrail.model.trusted import rebuild

M = TypeVar("M", bound=Record)

# The largest catalog we know fills some 130 entries, and a working day of edits some hundred more.
ENTRIES_KEPT = 4_096

_ROOMS = ("model", "source", "catalog", "attest", "evidence", "evidence/kinds")


class FileCache:
    """Entries by content. A cache without a folder keeps nothing and finds nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._tool = _tool() if folder else ""

    def valid(self, model: type[M], data: bytes) -> M | None:
        """Give what a file's bytes were read as, if they were valid by the model before."""
        kept = self._read(self._name(model.__name__, _sha256(data)))
        if kept is None:
            return None
        try:
            return rebuild(model, kept)
        except (ValueError, KeyError, TypeError):
            return None

    def keep_valid(self, value: Record, data: bytes) -> None:
        """Keep what a file's bytes were read as."""
        if self._folder:
            kept = value.model_dump_json(by_alias=True, exclude_defaults=True).encode()
            self._write(self._name(type(value).__name__, _sha256(data)), kept)

    def bundle(self, files: Mapping[str, str]) -> bytes | None:
        """Give the bundle that was compiled from files with these digests by path, if it was kept."""
        return self._read(self._bundle_name(files))

    def keep_bundle(self, files: Mapping[str, str], data: bytes) -> None:
        """Keep a compiled bundle, and forget the oldest entries beyond the number that is kept."""
        self._write(self._bundle_name(files), data)
        self._prune()

    def table(self, key: Iterable[str]) -> dict[str, Any]:
        """Give the table that was kept under a key; empty if none was."""
        kept = self._read(self._name("table", *key))
        found = json.loads(kept) if kept is not None else {}
        return found if isinstance(found, dict) else {}

    def keep_table(self, key: Iterable[str], text: str) -> None:
        """Keep a table as JSON text."""
        self._write(self._name("table", *key), text.encode())

    def _bundle_name(self, files: Mapping[str, str]) -> str:
        return self._name("Bundle", *(part for pair in sorted(files.items()) for part in pair))

    def _name(self, *parts: str) -> str:
        return _sha256("\0".join((self._tool, *parts)).encode())

    def _read(self, name: str) -> bytes | None:
        if self._folder is None:
            return None
        try:
            digest, _, kept = (self._folder / name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return kept if digest == _sha256(kept).encode() else None

    def _write(self, name: str, kept: bytes) -> None:
        if self._folder is None:
            return
        # Not `source.files.write_file`: its fsync would cost more than the cache saves, and a torn entry is
        # told by its digest.
        beside = self._folder / f".{name}.{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.write_bytes(_sha256(kept).encode() + b"\n" + kept)
            beside.replace(self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()

    def _prune(self) -> None:
        if self._folder is None:
            return
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            found = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
            for _, path in found[:-ENTRIES_KEPT]:
                Path(path).unlink()


def user_cache(environ: Mapping[str, str] = os.environ) -> FileCache:
    """The cache of this user; one without a folder where there is none that only this user can write."""
    named = environ.get("HANDRAIL_CACHE_DIR")
    if named is not None:
        return FileCache(_own(Path(named)) if named else None)
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():  # the XDG specification: a relative one is to be ignored
        try:
            base = Path.home() / ".cache"
        except RuntimeError:  # a user without a home
            return FileCache(None)
    return FileCache(_own(base / "handrail"))


def _own(folder: Path) -> Path | None:
    """The folder, unless someone else could put a catalog of his choice there."""
    try:
        status = folder.stat()
    except FileNotFoundError:
        return folder
    except OSError:
        return None
    return folder if status.st_uid == os.geteuid() and not status.st_mode & 0o022 else None


@cache
def _tool() -> str:
    """What an entry depends on besides its input: this code, Python and pydantic.

    A checkout changes without a new version number, so the code is told by the size and time of its files.
    """
    package = Path(__file__).parent.parent
    parts = [sys.version, _pydantic()]
    for room in _ROOMS:
        with contextlib.suppress(OSError), os.scandir(package / room) as entries:
            states = ((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py"))
            parts += sorted(f"{room}/{name} {s.st_size} {s.st_mtime_ns}" for name, s in states)
    return "\n".join(parts)


def _pydantic() -> str:
    """Which pydantic is installed, told by its place and time and not by importing it."""
    found = find_spec("pydantic")
    origin = found.origin if found else None
    return f"{origin} {Path(origin).stat().st_mtime_ns}" if origin else ""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
