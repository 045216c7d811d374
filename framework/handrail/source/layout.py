"""Layout of a YAML file that carries no meaning: spaces at the ends of lines, lists in brackets that are too wide.

Belongs here: mending it, in lines that keep their remarks. Never here: moving or adding anything (`lines`). What was
mended is read again, and where it would mean something else the file stays as it is.

Lines and columns are counted from 0 here; those of the tree are counted from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from handrail.source.diagnostics import Collector
from handrail.source.lines import Lines, indent_of
from handrail.source.reader import read_yaml
from handrail.source.tree import Node, plain

WIDEST = 120
"""Columns of a list on one line: as wide as the files of this catalog are."""


def in_blocks(tree: Node, lines: Sequence[str]) -> frozenset[int]:
    """The lines of texts that stand under `|` or `>`, in which every space counts."""
    found: set[int] = set()
    waiting = [(tree, 0)]
    while waiting:
        node, indent = waiting.pop()
        if node.kind == "scalar":
            if node.style in ("|", ">"):
                found.update(_beneath(lines, node.line, indent))
            continue
        children = node.value.values() if node.kind == "mapping" else node.value
        waiting += ((child, node.column - 1) for child in children)
    return frozenset(found)


def _beneath(lines: Sequence[str], first: int, indent: int) -> Iterator[int]:
    for at in range(first, len(lines)):
        if lines[at].strip() and indent_of(lines[at]) <= indent:
            return
        yield at


def trimmed(data: bytes, tree: Node) -> bytes:
    """The file without spaces at the ends of lines, and with an end to its last line; as it is where that means more.

    Spaces within texts under `|` and `>` stay: they are part of the text.
    """
    file = Lines.of(data)
    kept = in_blocks(tree, file.lines)
    made = file.data([line if at in kept else line.rstrip(" \t") for at, line in enumerate(file.lines)])
    return made if made != data and same_values(tree, made) else data


def wrapped(data: bytes, tree: Node) -> bytes:
    """The file with what stands in brackets and is too wide broken after commas; as it is where that means more."""
    if tree.kind != "scalar" and tree.style:
        return data  # all of it is one pair of brackets: a program wrote it
    file = Lines.of(data)
    starts = _brackets(tree)
    made: list[str] = []
    for at, line in enumerate(file.lines):
        made += _broken(line, starts[at]) if len(line) > WIDEST and at in starts else (line,)
    changed = file.data(made)
    return changed if len(made) > len(file.lines) and same_values(tree, changed) else data


def _brackets(tree: Node) -> dict[int, int]:
    """Line -> column of the first list or map in brackets that is in no other."""
    found: dict[int, int] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.kind == "scalar":
            continue
        if node.style:
            line, column = node.line - 1, node.column - 1
            found[line] = min(column, found.get(line, column))
            continue
        waiting += node.value.values() if node.kind == "mapping" else node.value
    return found


def _broken(line: str, column: int) -> Iterator[str]:
    """Break after a comma of the outermost brackets, else after one within; what has none stays as wide as it is."""
    margin = " " * (column + 1)
    while len(line) > WIDEST:
        breaks = [one for one in _commas(line, column) if line[one[0] :].strip()]
        fitting = [one for one in breaks if one[0] <= WIDEST + 1]
        if not breaks:
            break
        least = min(depth for _, depth in fitting) if fitting else 0
        at = max(at for at, depth in fitting if depth == least) if fitting else breaks[0][0]
        yield line[:at].rstrip()
        line, column = margin + line[at:].lstrip(), len(margin)
    yield line


def _commas(line: str, column: int) -> Iterator[tuple[int, int]]:
    """Where the text after a comma begins, and how many brackets deep; nothing beyond the last bracket."""
    depth, quote, before = 0, "", ""
    opened = line[column : column + 1] in ("[", "{")
    for at in range(column, len(line)):
        sign = line[at]
        if quote:
            quote = "" if sign == quote and line[at - 1] != "\\" else quote
        elif sign in "\"'" and before in "[{,:":
            quote = sign
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth < 0 or (opened and not depth):
                return
        elif sign == "," and line[at + 1 : at + 2] == " ":
            yield at + 2, depth
        before = sign if sign != " " else before


def same_values(tree: Node, data: bytes, change: Callable[[object], object] = lambda value: value) -> bool:
    """Whether the file reads as the tree, or as the tree with a change.

    A line end at the end of a text is no difference: a text at the end of a file may lack it. Parameters of evidence
    (`with`) are compared to the letter.
    """
    read = read_yaml(data, "", Collector())
    return read is not None and _bare(plain(read)) == _bare(change(plain(tree)))


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: one if key == "with" else _bare(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value.removesuffix("\n") if isinstance(value, str) else value
