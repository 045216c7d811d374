"""The positioned tree that the reader makes of a file, and questions about places in it.

Belongs here: the three node types, `plain` (tree to Python values) and `locate` (a location to a
place). Never here: reading (`reader`) and meaning (`load`). A scalar is always text: what it
stands for is the schema's decision, not its spelling's (`NO` is a word, `1.0` is a version).

Invariants: lines and columns are 1-based code points; no tree is deeper than `YAML_DEPTH`, so
walking one by recursion is safe; every key of a mapping has an entry in its `keys`.
"""

from __future__ import annotations

from collections.abc import Sequence as Steps
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias


class Place(NamedTuple):
    """Where a token starts, and how far it reaches on that line."""

    line: int
    column: int
    length: int


# The nodes are not frozen: the reader fills a collection while it is already in its parent, and
# they are made by the ten thousand, where a frozen dataclass costs three times as much.


@dataclass(slots=True)
class Scalar:
    """A piece of text; `style` is empty for a plain one, else its quote or block mark."""

    value: str
    line: int
    column: int
    length: int
    style: str = ""
    kind: Literal["scalar"] = "scalar"


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order written; `keys` holds where each key stands."""

    line: int
    column: int
    length: int = 1
    style: str = ""
    value: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    kind: Literal["mapping"] = "mapping"


@dataclass(slots=True)
class Sequence:
    """Items in the order written."""

    line: int
    column: int
    length: int = 1
    style: str = ""
    value: list[Node] = field(default_factory=list)
    kind: Literal["sequence"] = "sequence"


Node: TypeAlias = Scalar | Mapping | Sequence
Step: TypeAlias = str | int


def plain(node: Node) -> object:
    """Give the tree as dicts, lists, text and None (`key:` is None, `key: ''` is empty text)."""
    if node.kind == "scalar":
        return node.value if node.value or node.style else None
    if node.kind == "mapping":
        return {key: plain(child) for key, child in node.value.items()}
    return [plain(child) for child in node.value]


def place(node: Node) -> Place:
    """Say where a node starts."""
    return Place(node.line, node.column, node.length)


def trail(root: Node, location: Steps[Step]) -> tuple[tuple[Step, ...], Node, Node | None]:
    """Walk down as far as the steps lead; give the steps taken, the node, and its parent.

    A step that is not in the tree is passed over: the name of a union's branch (written `<...>`,
    never taken for a key except in last place), pydantic's `[key]`, a field that is missing.
    """
    node: Node = root
    parent: Node | None = None
    taken: list[Step] = []
    last = len(location) - 1
    for index, step in enumerate(location):
        if node.kind == "mapping" and isinstance(step, str) and step in node.value:
            if index < last and step.startswith("<") and step.endswith(">"):
                continue
            below = node.value[step]
        elif node.kind == "sequence" and isinstance(step, int) and 0 <= step < len(node.value):
            below = node.value[step]
        else:
            continue
        node, parent = below, node
        taken.append(step)
    return tuple(taken), node, parent


def locate(root: Node, location: Steps[Step], *, at_key: bool = False) -> Place:
    """Give the place of the value at a location, or of its key; of the nearest parent if absent."""
    taken, node, parent = trail(root, location)
    if at_key and parent is not None and parent.kind == "mapping":
        return parent.keys[str(taken[-1])]
    return place(node)
