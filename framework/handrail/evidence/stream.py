"""A file read once, in pieces, and hashed in the same pass: memory does not grow with its size.

Belongs here: pieces and lines of bytes, and the digest of the very bytes that were read. Never here: formats.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader

from handrail.evidence.limits import PIECE_BYTES, REPORT_LINE_BYTES
from handrail.source.files import Root


class Malformed(ValueError):  # noqa: N818 - a verdict on content, not a fault of ours
    """The content is not what it should be: of another format, cut off, too deep, or a part of it too long."""


class Pieces:
    """The bytes of a file, once from start to end; `size` as it was opened.

    `digest` is their sha256 in hexadecimal once the end was reached, and None before.
    """

    def __init__(self, stream: BufferedReader) -> None:
        self.size = os.fstat(stream.fileno()).st_size
        self.digest: str | None = None
        self._stream = stream
        self._hash = hashlib.sha256()
        self._ahead: bytes | None = None

    def head(self) -> bytes:
        """Give the first piece without taking it, so that one format can be told from another."""
        if self._ahead is None:
            self._ahead = self._read()
        return self._ahead

    def __iter__(self) -> Iterator[bytes]:
        """Give every piece, of at most `PIECE_BYTES` bytes."""
        piece = self.head()
        while piece:
            yield piece
            piece = self._read()

    def lines(self) -> Iterator[bytes]:
        """Give every line without its end.

        Raises:
            Malformed: a line has more than `REPORT_LINE_BYTES` bytes.
        """
        rest = b""
        for piece in self:
            *whole, rest = (rest + piece).split(b"\n")
            for line in (*whole, rest):
                if len(line) > REPORT_LINE_BYTES:
                    raise Malformed("a line is too long")
            yield from whole
        if rest:
            yield rest

    def whole(self, most: int) -> bytes:
        """Give all of it, for a file that should be small.

        Raises:
            Malformed: it has more than `most` bytes.
        """
        data = bytearray()
        for piece in self:
            data += piece
            if len(data) > most:
                raise Malformed("too large")
        return bytes(data)

    def _read(self) -> bytes:
        piece = self._stream.read(PIECE_BYTES)
        self._hash.update(piece)
        if not piece:
            self.digest = self._hash.hexdigest()
        return piece


class EntryFile:
    """The file that an entry points at, for a kind that opens it by itself."""

    def __init__(self, root: Root, path: str) -> None:
        self._root, self._path = root, path
        self._pieces: Pieces | None = None

    @property
    def digest(self) -> str | None:
        """The sha256 in hexadecimal of the very bytes that the kind read; None unless it read them to the end."""
        return None if self._pieces is None else self._pieces.digest

    @contextmanager
    def opened(self) -> Iterator[Pieces]:
        """Open the file for its one pass.

        Raises:
            FileRefused: with the reason; at the end `changed` if it was written to meanwhile.
        """
        with self._root.stream(self._path) as stream:
            self._pieces = Pieces(stream)
            yield self._pieces
