"""A file that is valid by its schema, and where everything in it stands.

Belongs here: `SourceFile`. Never here: reading and validating (`load`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Generic, TypeVar

from handrail.source.diagnostics import Collector, Span

if TYPE_CHECKING:
    from handrail.model.base import Record
    from handrail.source.tree import Node, Step

M = TypeVar("M", bound="Record")


class SourceFile(Generic[M]):
    """A valid file.

    Its positioned tree is many times its size and is let go once the file is loaded: it is read again when a
    diagnostic asks for a place, which happens for few files or none.
    """

    __slots__ = ("_tree", "data", "path", "value")

    def __init__(self, value: M, *, path: str, data: bytes) -> None:
        self.value = value
        self.path = path
        self.data = data
        self._tree: Node | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the file's bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    def span(self, *location: Step) -> Span:
        """Give the place of the value at a location (keys as written, indexes of list items).

        A location that the file does not have gives its nearest parent.
        """
        from handrail.source.tree import locate

        return Span(self.path, *locate(self._places(), location))

    def key_span(self, *location: Step) -> Span:
        """Give the place of the key at a location; of the value where it has no key."""
        from handrail.source.tree import locate

        return Span(self.path, *locate(self._places(), location, at_key=True))

    def _places(self) -> Node:
        if self._tree is None:
            from handrail.source.reader import read_yaml  # YAML is not even imported for a file that did not change

            self._tree = read_yaml(self.data, self.path, Collector())
            if self._tree is None:
                raise AssertionError("these bytes were read before without errors")
        return self._tree
