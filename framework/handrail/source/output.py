"""Writing files: one file, or a whole tree, entirely or not at all.

Belongs here: the atomic writes and the refusal to overwrite what we did not write. Never here:
what is written. After a crash at any moment the old content or the new one is there, never a mix;
a crash between the two renames of a tree leaves the old one beside, under a name ending in `.old`.
"""

# The order of single system calls is the subject here, and `Path` hides some of them.
# ruff: noqa: PTH100, PTH101, PTH102, PTH103, PTH104, PTH105, PTH108, PTH208
from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from handrail.source.refused import FileRefused, components

# Present in every tree that `write_tree` wrote; without it a folder with content is not replaced.
MARKER = ".handrail-tree"
_MARKER_TEXT = b"Written by handrail as a whole; the next run replaces this folder entirely.\n"

# From this many files on, one `sync` of everything is cheaper than one `fsync` for each (3,000
# pages: 0.4 s against 1.3 s); below it, the unwritten data of other programs is not waited for.
_SYNC_ONCE_FROM = 200

# Names that Windows keeps for devices, with or without an ending: a tree that holds one cannot be
# checked out or unpacked there.
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))))


class OutputError(Exception):
    """Output that was not written; the text is a sentence for the user."""


def write_file(path: Path | str, data: bytes, *, replace: bool = True) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part.

    Raises:
        OutputError: if it cannot be written, or the path is taken: by something else than a file, or, without
            `replace`, by anything.
    """
    target = Path(path)
    mode = _mode_of_the_old(target)
    beside = _beside(target, "new")
    with _os_errors(target):
        try:
            _write_new(beside, data, sync=True)
            if mode is not None:
                os.chmod(beside, mode)
            if not replace:
                _write_new(target, b"", sync=False)  # unlike a rename, it fails where something is
            os.replace(beside, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
        _sync_folder(target.parent)


def write_secret(path: Path | str, data: bytes) -> None:
    """Write a file that only its owner may read, where there was none.

    Raises:
        OutputError: if it cannot be written, or something is there already.
    """
    target = Path(path)
    with _os_errors(target):
        try:
            _write_new(target, data, sync=True, mode=0o600)
        except FileExistsError:
            raise
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(target)
            raise
        _sync_folder(target.parent)


def write_tree(out: Path | str, files: Mapping[str, bytes]) -> None:
    """Replace the folder `out` by one that holds exactly these files and our marker.

    Raises:
        OutputError: if it cannot be written; if `out` is a link, a file, or a folder with content
            that we did not write; if two paths would be one file on some systems.
    """
    paths = _Paths()
    for relative in sorted(files):
        paths.add(relative)
    with new_tree(out) as add:
        for relative, data in sorted(files.items()):
            add(relative, data)


@contextlib.contextmanager
def new_tree(out: Path | str) -> Iterator[Callable[[str, bytes], None]]:
    """Give what adds a file to a new tree, which takes the place of the folder `out` at the end of the block.

    After an exception in the block `out` is as it was. No file is kept in memory.

    Raises:
        OutputError: as `write_tree`.
    """
    target = Path(os.path.abspath(out))
    _refuse_foreign(target)
    fresh, old = _beside(target, "new"), _beside(target, "old")
    tree = _Tree(fresh, target)
    try:
        with _os_errors(target):
            os.makedirs(target.parent, exist_ok=True)
            os.mkdir(fresh)
        yield tree.add
        with _os_errors(target):
            tree.finish()
            _swap(fresh, target, old)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    with _os_errors(target):
        try:
            _sync_folder(target.parent)
        finally:
            shutil.rmtree(old, ignore_errors=True)


class _Tree:
    """A tree while it is written; the first files wait, so that a small tree is synced file by file."""

    def __init__(self, folder: Path, target: Path) -> None:
        self._folder, self._target = folder, target
        self._paths = _Paths()
        self._made = {""}
        self._written: list[str] = []
        self._count = 0

    def add(self, relative: str, data: bytes) -> None:
        self._paths.add(relative)
        with _os_errors(self._target):
            self._write(relative, data)

    def _write(self, relative: str, data: bytes) -> None:
        parent = relative.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(self._folder / parent, exist_ok=True)
            self._made.add(parent)
        _write_new(f"{self._folder}/{relative}", data, sync=False)
        self._count += 1
        if self._count < _SYNC_ONCE_FROM:
            self._written.append(relative)

    def finish(self) -> None:
        self._write(MARKER, _MARKER_TEXT)
        if self._count >= _SYNC_ONCE_FROM:
            os.sync()
            return
        for path in (*self._written, *sorted(self._made)):
            _sync(self._folder / path)


def _swap(fresh: Path, target: Path, old: Path) -> None:
    try:
        os.rename(target, old)
    except FileNotFoundError:
        os.rename(fresh, target)
        return
    try:
        os.rename(fresh, target)
    except BaseException:
        os.rename(old, target)
        raise


def _write_new(path: Path | str, data: bytes, *, sync: bool, mode: int = 0o666) -> None:
    # O_EXCL: never into a file, or through a link, that someone put there before us.
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(fd, left) :]
        if sync:
            os.fsync(fd)
    finally:
        os.close(fd)


def _mode_of_the_old(target: Path) -> int | None:
    with _os_errors(target):
        try:
            status = os.lstat(target)
        except FileNotFoundError:
            return None
    # `--output text=/dev/null` as root would otherwise put a plain file in the place of a device.
    if not stat.S_ISREG(status.st_mode):
        raise OutputError(f"`{target}` is not a regular file; it was left as it is")
    return stat.S_IMODE(status.st_mode)


def _refuse_foreign(target: Path) -> None:
    with _os_errors(target):
        try:
            status = os.lstat(target)
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(status.st_mode):
            raise OutputError(f"`{target}` is not a folder; it was left as it is")
        names = os.listdir(target)
    if names and MARKER not in names:
        raise OutputError(
            f"`{target}` holds files that handrail did not write (it has no `{MARKER}`); choose an empty folder"
        )


class _Paths:
    """The paths of a tree, of which none may be one that some system would merge, cut or not take at all."""

    def __init__(self) -> None:
        self._spelled: dict[str, str] = {}

    def add(self, relative: str) -> None:
        """Take a path in.

        Raises:
            OutputError: it cannot be written, or is one with another on some systems.
        """
        try:
            names = components(relative)
        except FileRefused as refused:
            raise OutputError(str(refused)) from None
        if "/".join(names) != relative or relative == MARKER:
            raise OutputError(f"`{relative}` cannot be written in a tree")
        for name in names:
            if name != name.rstrip(". ") or name.partition(".")[0].casefold() in _DEVICES:
                raise OutputError(f"`{relative}` holds a name that Windows does not take: `{name}`")
        # A folder is spelled with a final slash, so that it also collides with a file.
        end = relative.find("/") + 1
        while end:
            self._spell(relative[:end], relative)
            end = relative.find("/", end) + 1
        self._spell(relative, relative)

    def _spell(self, path: str, relative: str) -> None:
        other = self._spelled.setdefault(_fold(path).removesuffix("/"), path)
        if other != path:
            raise OutputError(f"`{relative}` and `{other}` are one path on some systems")


def _fold(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _beside(target: Path, purpose: str) -> Path:
    return target.parent / f".{target.name}.{secrets.token_hex(6)}.{purpose}"


def _sync_folder(folder: Path) -> None:
    _sync(folder, os.O_DIRECTORY)


def _sync(path: Path, flags: int = 0) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | flags)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextlib.contextmanager
def _os_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot write `{target}`: {problem}") from None
    except ValueError as error:  # a name with a NUL or half a surrogate pair
        raise OutputError(f"cannot write `{target}`: {error}") from None
