"""The lines of a YAML file as people laid them out: where an item of a list begins and ends, and adding one.

Belongs here: lines and what belongs to them. Never here: what is added or moved and why, changing a value (`edit`), and
layout that means nothing (`layout`).

Lines and columns are counted from 0 here; those of the tree are counted from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.source.diagnostics import Collector
from handrail.source.edit import EditRefused
from handrail.source.reader import read_yaml
from handrail.source.text import BOM
from handrail.source.tree import Mapping, Node, plain
from handrail.source.tree import Sequence as Listed


@dataclass(frozen=True, slots=True)
class Lines:
    """A file's lines without their ends, and what it takes to put them together again."""

    lines: tuple[str, ...]
    end: str
    mark: str

    @staticmethod
    def of(data: bytes) -> Lines:
        """Take UTF-8 apart; a last line without an end counts as one with it."""
        text = data.decode("utf-8")
        mark = BOM if text.startswith(BOM) else ""
        lines = text.removeprefix(BOM).split("\n")
        end = "\r\n" if lines[0].endswith("\r") else "\n"
        if not lines[-1]:
            lines.pop()
        return Lines(tuple(line.removesuffix("\r") for line in lines), end, mark)

    def data(self, lines: Sequence[str]) -> bytes:
        """Put lines together, each with its end."""
        return (self.mark + "".join(line + self.end for line in lines)).encode()


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


@dataclass(frozen=True, slots=True)
class Items:
    """The lines of a list's items: item i stands from `first[i]` up to `last[i]`, with the remarks just above it."""

    column: int
    first: tuple[int, ...]
    last: tuple[int, ...]


def items_of(node: Listed, lines: Sequence[str]) -> Items:
    """Find the lines of the items of a list with a dash for each.

    Raises:
        EditRefused: the list stands in brackets, or the lines cannot be told apart.
    """
    column = node.column - 1
    if node.style or not node.value:
        raise EditRefused("its items do not stand on lines of their own")
    stop = end_of_block(lines, node.line - 1, column)
    dashes = [
        at
        for at in range(node.line - 1, stop)
        if indent_of(lines[at]) == column and (lines[at][column:] + " ").startswith("- ")
    ]
    if len(dashes) != len(node.value):
        raise EditRefused("its items cannot be told apart")
    first = tuple(_with_remarks(lines, at, column) for at in dashes)
    last = tuple(_without_gap(lines, one, column) for one in (*first[1:], stop))
    return Items(column, first, last)


def end_of_block(lines: Sequence[str], first: int, column: int) -> int:
    """The line after the last of what begins at a line and stands at a column or deeper."""
    at = first + 1
    while at < len(lines):
        text = lines[at].strip()
        if text and not text.startswith("#") and indent_of(lines[at]) < column:
            break
        another = text and indent_of(lines[at]) == column and not (text + " ").startswith(("- ", "#"))
        if another and lines[first][column:].startswith("-"):
            break  # a list whose dashes stand under the first letter of its key
        at += 1
    return _without_gap(lines, at, column)


def _with_remarks(lines: Sequence[str], at: int, column: int) -> int:
    while at and indent_of(lines[at - 1]) == column and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _without_gap(lines: Sequence[str], at: int, column: int) -> int:
    """Leave out blank lines and remarks that speak of what comes next."""
    while at and (
        not lines[at - 1].strip() or (indent_of(lines[at - 1]) <= column and lines[at - 1].lstrip().startswith("#"))
    ):
        at -= 1
    return at


def appended(data: bytes, key: str, text: str) -> bytes:
    """Give the file with lines added at the end of what stands under a key at its top.

    Args:
        data: a file that `source.reader` accepts.
        key: the key; where it is missing or empty it is made.
        text: an item of a list, beginning with a dash, or a key with its value; each line ended.

    Raises:
        EditRefused: the lines that are there cannot be told apart, or another line would change.
    """
    tree = _mapping(read_yaml(data, "", Collector()))
    added = read_yaml(text.encode(), "", Collector())
    if tree is None or added is None:
        raise EditRefused("it is not written as keys and values, a line each")
    file = Lines.of(data)
    lines = list(file.lines)
    node = tree.value.get(key)
    indent, at = "  ", len(lines)
    while at and not lines[at - 1].strip():
        at -= 1
    if node is None:
        lines.insert(at, f"{key}:")
        at += 1
    elif not node.value:
        head, _, rest = lines[tree.keys[key].line - 1].partition(f"{key}:")
        remark = rest[rest.find("#") :] if "#" in rest else ""
        at = tree.keys[key].line
        lines[at - 1] = f"{head}{key}:{' ' + remark if remark else ''}"
    elif node.kind == "scalar" or node.style:
        raise EditRefused(f"what stands under `{key}` is not written a line each")
    else:
        indent = " " * (node.column - 1)
        at = end_of_block(lines, node.line - 1, node.column - 1)
    new = [indent + line if line else "" for line in text.removesuffix("\n").split("\n")]
    if node is not None and node.kind == "sequence" and len(node.value) > 1:
        items = items_of(node, lines)
        if items.first[1] > items.last[0]:
            new.insert(0, "")  # as between the others
    result = file.data([*lines[:at], *new, *lines[at:]])
    read = read_yaml(result, "", Collector())
    if read is None or plain(read) != _joined(plain(tree), key, plain(added)):
        raise EditRefused("it is laid out in a way that cannot be changed for certain")
    return result


def _joined(values: object, key: str, added: object) -> object:
    """The values of the file with what was added; None where the two are not of a kind, which no file is."""
    if isinstance(values, dict):
        before = values.get(key)
        if isinstance(added, dict) and isinstance(before or {}, dict):
            return {**values, key: {**(before or {}), **added}}
        if isinstance(added, list) and isinstance(before or [], list):
            return {**values, key: [*(before or []), *added]}
    return None


def _mapping(tree: Node | None) -> Mapping | None:
    return tree if tree is not None and tree.kind == "mapping" and not tree.style else None
