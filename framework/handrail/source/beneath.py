"""Reading the files of a project: open beneath a root, read once, list, digest.

Belongs here: opening, reading, listing. Never here: writing (`output`), and what is in the files.

A path from a file is hostile. It is walked one component at a time, each opened relative to the
one before without following links, so that no swap of a folder for a link, at any moment, leads
outside the root. What was hashed is what was read: one descriptor, one pass.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from io import DEFAULT_BUFFER_SIZE, BufferedReader, FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from handrail.model import limits
from handrail.source.refused import FileReason, FileRefused, components

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: a FIFO put in the place of a file must not make us wait for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_CHUNK = 1 << 20


class Root:
    """A folder held open; every path is resolved beneath it and never leaves it."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._fd = -1

    def __enter__(self) -> Self:
        """Open the folder.

        Raises:
            FileRefused: if it is not there or not a folder.
        """
        # The root is the user's own choice on the command line: here, and only here, a link is
        # followed.
        try:
            self._fd = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except NotADirectoryError:
            raise FileRefused(FileReason.NOT_REGULAR, str(self.path), "not a folder") from None
        except (OSError, ValueError) as error:
            raise FileRefused(_reason(error), str(self.path)) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the folder."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def open_beneath(self, relative: str) -> int:
        """Open a regular file for reading and give its descriptor, which the caller closes.

        Raises:
            FileRefused: with the reason.
        """
        *folders, name = components(relative)
        folder = self._open_folder(folders, relative)
        try:
            # Looked at before it is opened: merely opening a device can act on it.
            before = os.stat(name, dir_fd=folder, follow_symlinks=False)
            _require_regular(before, relative)
            fd = os.open(name, _FILE, dir_fd=folder)
        except (OSError, ValueError) as error:
            raise FileRefused(_reason(error), relative) from None
        finally:
            os.close(folder)
        try:
            _require_regular(os.fstat(fd), relative)
        except BaseException:
            os.close(fd)
            raise
        return fd

    def read(self, relative: str, cap: int = limits.EVIDENCE_BYTES) -> bytes:
        """Read a whole file of at most `cap` bytes.

        Raises:
            FileRefused: with the reason; `changed` if it was written to meanwhile.
        """
        with self._opened(relative) as (fd, size):
            if size > cap:
                raise FileRefused(FileReason.TOO_LARGE, relative, f"{size:,} of {cap:,} bytes")
            parts: list[bytes] = []
            got = 0
            while chunk := os.read(fd, min(_CHUNK, size + 1 - got)):
                parts.append(chunk)
                got += len(chunk)
                if got > size:
                    raise FileRefused(FileReason.CHANGED, relative)
            return b"".join(parts)

    @contextmanager
    def stream(self, relative: str, *, buffer: int = DEFAULT_BUFFER_SIZE) -> Iterator[BufferedReader]:
        """Open a file of any size for one pass.

        Args:
            relative: its path from the root.
            buffer: how many bytes are read ahead; more than usual where lines are long.

        Raises:
            FileRefused: with the reason; at the end `changed` if it was written to meanwhile.
        """
        with self._opened(relative) as (fd, _), BufferedReader(FileIO(fd, closefd=False), buffer) as stream:
            yield stream  # type: ignore[misc]  # readers are read alike whatever they read from

    def digest(self, relative: str) -> str:
        """Give the sha256 of a file of any size in hexadecimal, streaming.

        Raises:
            FileRefused: with the reason.
        """
        with self.stream(relative) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def read_with_digest(self, relative: str, cap: int = limits.EVIDENCE_BYTES) -> tuple[bytes, str]:
        """Read a file and give the sha256 of the very bytes that were read.

        Raises:
            FileRefused: with the reason.
        """
        data = self.read(relative, cap)
        return data, hashlib.sha256(data).hexdigest()

    def files(
        self, suffixes: Sequence[str], *, folder: str = "", without: Collection[str] = (), dotted: bool = False
    ) -> tuple[str, ...]:
        """List the files beneath the root, or a folder of it, whose names end in one of `suffixes`, sorted.

        Paths are from the root. Names that start with a dot are left out, unless `dotted` asks for them. Links are not
        followed; one with a matching name is listed, so that reading it refuses it by name: it is never passed over in
        silence. Folders that are called as one of `without` are not entered.

        Raises:
            FileRefused: if there are more entries or levels than a project has.
        """
        endings = tuple(suffixes)
        found: list[str] = []
        seen = 0
        waiting: deque[tuple[str, ...]] = deque([components(folder) if folder else ()])
        while waiting:
            folders = waiting.popleft()
            here = "/".join(folders) or "."
            if len(folders) > limits.FOLDER_DEPTH:
                raise FileRefused(FileReason.TOO_LARGE, here, "folders too deep")
            for name, is_folder in self._entries(folders, here):
                seen += 1
                if seen > limits.PROJECT_FILES:
                    detail = f"more than {limits.PROJECT_FILES:,} files"
                    raise FileRefused(FileReason.TOO_LARGE, str(self.path), detail)
                if name.startswith(".") and not dotted:
                    continue
                if is_folder:
                    if name not in without:
                        waiting.append((*folders, name))
                elif name.endswith(endings):
                    found.append("/".join((*folders, name)))
        return tuple(sorted(found))

    def _entries(self, folders: Sequence[str], here: str) -> Iterator[tuple[str, bool]]:
        fd = self._open_folder(folders, here)
        try:
            with os.scandir(fd) as entries:
                for entry in entries:
                    yield entry.name, entry.is_dir(follow_symlinks=False)
        except OSError as error:
            raise FileRefused(_reason(error), here) from None
        finally:
            os.close(fd)

    def _open_folder(self, names: Sequence[str], relative: str) -> int:
        here = os.dup(self._fd)
        try:
            for name in names:
                below = _open_one_folder(name, here, relative)
                os.close(here)
                here = below
        except BaseException:
            os.close(here)
            raise
        return here

    @contextmanager
    def _opened(self, relative: str) -> Iterator[tuple[int, int]]:
        fd = self.open_beneath(relative)
        try:
            before = os.fstat(fd)
            yield fd, before.st_size
            if _state(os.fstat(fd)) != _state(before):
                raise FileRefused(FileReason.CHANGED, relative)
        except OSError as error:
            raise FileRefused(_reason(error), relative) from None
        finally:
            os.close(fd)


def _open_one_folder(name: str, here: int, relative: str) -> int:
    try:
        return os.open(name, _DIRECTORY, dir_fd=here)
    except NotADirectoryError:
        # Linux says ENOTDIR, not ELOOP, of a link met with O_DIRECTORY and O_NOFOLLOW.
        link = _is_link(name, here)
        raise FileRefused(FileReason.LINK if link else FileReason.MISSING, relative) from None
    except (OSError, ValueError) as error:
        raise FileRefused(_reason(error), relative) from None


def _is_link(name: str, here: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode)
    except OSError:  # gone again since; then it is missing
        return False


def _require_regular(status: os.stat_result, relative: str) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise FileRefused(FileReason.LINK, relative)
    if not stat.S_ISREG(status.st_mode):
        raise FileRefused(FileReason.NOT_REGULAR, relative)


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _reason(error: OSError | ValueError) -> FileReason:
    if isinstance(error, ValueError):  # a name that the file system cannot even spell
        return FileReason.UNREADABLE
    if error.errno == errno.ENOENT:
        return FileReason.MISSING
    if error.errno == errno.ELOOP:
        return FileReason.LINK
    if error.errno == errno.ENXIO:  # a socket
        return FileReason.NOT_REGULAR
    return FileReason.UNREADABLE
