"""A path that may be a file or a folder of files: which files lie there, and one digest for all of them.

Belongs here: listing and digests, by the one reader. Never here: what the files hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from handrail.source.files import FileReason, FileRefused, Root


def files_at(root: Root, path: str) -> tuple[str, ...]:
    """Give the file at a path, or the files of the folder there at any depth, as paths from the root, sorted.

    Names that start with a dot are left out.

    Raises:
        FileRefused: there is neither a regular file nor a folder, or the folder holds too much.
    """
    try:
        with root.stream(path):
            return (path,)
    except FileRefused as refused:
        if refused.reason is not FileReason.NOT_REGULAR:
            raise
        try:
            return root.files(("",), folder=path)
        except FileRefused as listing:
            # What is there was seen a moment ago: it is a pipe or a device.
            raise refused if listing.reason is FileReason.MISSING else listing from None


def digest_at(root: Root, path: str) -> str:
    """Give the digest of the file at a path, or of the folder there (`folder_digest`), in hexadecimal.

    Raises:
        FileRefused: as `files_at`; a file is not to be read.
    """
    paths = files_at(root, path)
    if paths == (path,):
        return root.digest(path)
    return folder_digest({name: root.digest(name) for name in paths})


def folder_digest(digests: Mapping[str, str]) -> str:
    """Give the sha256 over the files' sha256, one after the other as bytes, in the order of their paths.

    Paths are compared name by name, so that `a/b` stands before `a.txt`. Moving the folder changes nothing. This is
    the subject digest of a signature by OpenSSF model signing (its `manifest.py` and `signing.Payload`).
    """
    return chained(digests[path] for path in sorted(digests, key=lambda path: PurePosixPath(path).parts))


def chained(digests: Iterable[str]) -> str:
    """Give the sha256 over digests in hexadecimal, one after the other as bytes."""
    return hashlib.sha256(b"".join(map(bytes.fromhex, digests))).hexdigest()
