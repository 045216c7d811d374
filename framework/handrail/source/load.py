"""Tree to model: validate a file against a pydantic model and tell all errors at once.

Belongs here: `load`, `load_file`, and `Loaded`, which keeps where each value came from. Never
here: the sentences for pydantic's errors (`complaints`), the models themselves (`model`), and
what a valid file means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from handrail.model import limits
from handrail.model.record import RecordType
from handrail.source.diagnostics import Collector, Span
from handrail.source.files import FileRefused, Root, refusal
from handrail.source.reader import read_yaml
from handrail.source.tree import Node, Step, locate, plain

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded(Generic[M]):
    """A file that is valid by its schema, with the place of everything in it."""

    value: M
    tree: Node
    path: str

    def span(self, *location: Step) -> Span:
        """Give the place of the value at a location (keys as written, indexes of list items).

        A location that the file does not have gives its nearest parent.
        """
        return Span(self.path, *locate(self.tree, location))

    def key_span(self, *location: Step) -> Span:
        """Give the place of the key at a location; of the value where it has no key."""
        return Span(self.path, *locate(self.tree, location, at_key=True))


def load(model: type[M], data: bytes, path: str, out: Collector) -> Loaded[M] | None:
    """Read and validate a file; give None after telling the collector every error."""
    tree = read_yaml(data, path, out)
    if tree is None:
        return None
    try:
        value = model.model_validate(plain(tree))
    except ValidationError as error:
        from handrail.model.reading import reader_of
        from handrail.source.complaints import complain  # only a bad file needs its sentences

        complain(error, reader_of(model) if isinstance(model, RecordType) else model, tree, path, out)
        return None
    return Loaded(value=value, tree=tree, path=path)


def load_file(model: type[M], root: Root, relative: str, out: Collector) -> Loaded[M] | None:
    """Open a file beneath the root and load it; a refusal to open it is a diagnostic too."""
    try:
        data = root.read(relative, cap=limits.YAML_BYTES)
    except FileRefused as refused:
        out.add(refusal(refused))
        return None
    return load(model, data, relative, out)
