"""Writing one file beneath a folder, without following a link on the way.

Belongs here: the atomic write into folders that a tree from elsewhere may have put there. Never here: what is written,
and writing where a person pointed to (`output`).
"""

# Every call takes a descriptor, which `Path` cannot.
# ruff: noqa: PTH123
from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from handrail.source.output import OutputError
from handrail.source.refused import components

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def write_beneath(root: Path | str, relative: str, data: bytes) -> None:
    """Write a file so that a reader sees the old content or the new one; folders that are missing are made.

    Of two that write it at the same time, the one that ends later stays, whole.

    Args:
        root: the folder, the person's own choice: here alone a link is followed.
        relative: a plain path downwards.
        data: the content.

    Raises:
        FileRefused: the path is not plain.
        OutputError: a folder on the way is a link or no folder, something else than a file stands there, or it cannot
            be written.
    """
    *folders, name = components(relative)
    try:
        here = os.open(root, _FOLDER)
        try:
            for below in folders:
                here = _down(below, here)
            _put(name, here, data)
        finally:
            os.close(here)
    except (NotADirectoryError, FileExistsError):
        raise OutputError(f"`{relative}` is no file or lies behind a link, and was left as it is") from None
    except OSError as error:
        raise OutputError(f"cannot write `{relative}`: {(error.strerror or str(error)).lower()}") from None


def _down(name: str, here: int) -> int:
    """Go into a folder and let go of the one above."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, dir_fd=here)
    below = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=here)
    os.close(here)
    return below


def _put(name: str, here: int, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode):
            raise FileExistsError
    beside = f".{name}.{secrets.token_hex(6)}.new"
    fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666, dir_fd=here)
    try:
        with open(fd, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(fd)
        os.replace(beside, name, src_dir_fd=here, dst_dir_fd=here)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside, dir_fd=here)
        raise
    os.fsync(here)
