"""Changing a YAML file that people wrote, in place: what was asked for changes, and no other line.

Belongs here: the lines of a node, the round trip, carrying its difference over. Never here: what is changed and why,
and writing the file. The only module that imports ruamel.yaml, and only when something is edited.

A round trip keeps order and quotes, but lays out some lines anew (text over several lines, spaces inside of brackets),
and now and then moves a comment. So the node's lines go through it twice, without the change and with it, both times
without comments, and only the difference of the two is carried over to the lines as they were written. What cannot be
carried over is refused, and so is a result that does not read back as the old file with exactly the change.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, ClassVar

from handrail.source.diagnostics import Collector
from handrail.source.reader import read_yaml
from handrail.source.text import BOM
from handrail.source.tree import Mapping, Node, plain

EDITED_LINES = 2_000
"""Lines of the node that is edited. The longest answer we know has 40; comparing takes the square of the lines."""

ONE_LINE = 100
"""Characters of a new item of a list that are written on one line, in braces; a longer item takes a line a key."""

_INDENTS = (2, 4, 2)
"""How deep a mapping, an item of a list and its dash stand, where the file does not show it: as the examples do."""

Change = Callable[[dict[str, Any]], None]
"""Changes a mapping of text, lists and mappings. It is called several times and must do the same each time."""


class EditRefused(Exception):  # noqa: N818 - an answer that callers turn into a diagnostic
    """The file cannot be changed without touching other lines; the text says why, as a clause."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Lines `first` up to `last` hold `steps[0]: ...`, whose key stands at `column`; no lines if it is a new key."""

    first: int
    last: int
    column: int
    steps: tuple[str, ...]
    node: Node | None = None


def edited(data: bytes, location: Sequence[str], change: Change, *, after: str | None = None) -> bytes:
    """Give the file with one of its mappings changed.

    Args:
        data: a file that `source.reader` accepts.
        location: the keys that lead to the mapping; those that are missing are made.
        change: what is done to the mapping, which is empty where there was none.
        after: if the last key is new, the key after which it is put; else it is put last.

    Raises:
        EditRefused: another line would change, or the file is laid out so that the place cannot be told.
    """
    tree = _read(data)
    lines = data.decode("utf-8").removeprefix(BOM).split("\n")
    if lines[-1]:
        lines[-1:] = [lines[-1] + ("\r" if lines[0].endswith("\r") else ""), ""]
    place = _place(tree, tuple(location), lines, after)
    if place.last - place.first > EDITED_LINES:
        raise EditRefused(f"what is to be changed has more than {EDITED_LINES:,} lines")
    old = [_outdented(line, place.column) for line in lines[place.first : place.last]]
    before, then = _round_trips(old, place, tree, change)
    mark, end = BOM if data.startswith(BOM.encode()) else "", "\r" if lines[0].endswith("\r") else ""
    if before == then:
        return data
    for late in (False, True):
        changed = list(lines)
        for first, last, new in _carried(old, before, then, late=late):
            made = [(" " * place.column + line if line else "") + end for line in new]
            changed[place.first + first : place.first + last] = made
        result = (mark + "\n".join(changed)).encode()
        if _is_only_the_change(tree, result, location, change):
            return result
    raise EditRefused("it is laid out in a way that cannot be changed for certain")


def _read(data: bytes) -> Mapping:
    tree = read_yaml(data, "", Collector())
    if tree is None or tree.kind != "mapping" or tree.style:
        raise EditRefused("it is not written as keys and values, a line each")
    return tree


def _place(tree: Mapping, location: tuple[str, ...], lines: Sequence[str], after: str | None) -> _Place:
    """Find the lines of the deepest key on the way that is there, or where the first that is not belongs."""
    node, last = tree, len(lines)
    for depth, step in enumerate(location):
        column = min(key.column for key in node.keys.values()) - 1
        at = node.keys.get(step)
        if at is None:
            if depth == len(location) - 1 and after in node.keys:
                last = _end(node, after, lines, last)
            end = _trimmed(lines, last, column)
            return _Place(end, end, column, location[depth:])
        first, last = at.line - 1, _end(node, step, lines, last)
        if lines[first][:column].strip():
            raise EditRefused(f"`{step}` does not stand at the start of its line")
        below = node.value[step]
        if depth == len(location) - 1 or below.kind != "mapping" or below.style:
            return _Place(first, last, column, location[depth:], below)
        node = below
    raise ValueError("a location has at least one key")


def _end(node: Mapping, step: str, lines: Sequence[str], last: int) -> int:
    """Give the line after the last one that belongs to a key; `last` is that of the mapping it is in."""
    at = node.keys[step]
    following = (key.line - 1 for key in node.keys.values() if key.line > at.line)
    return _trimmed(lines, min((*following, last)), at.column - 1)


def _trimmed(lines: Sequence[str], last: int, column: int) -> int:
    """Leave out blank lines and comments before `last`, which speak of what comes next."""
    while last:
        line = lines[last - 1]
        text = line.lstrip(" ")
        if text.strip() and not (text.startswith("#") and len(line) - len(text) <= column):
            break
        last -= 1
    return last


def _outdented(line: str, column: int) -> str:
    cut = min(column, len(line) - len(line.lstrip(" ")))
    return line[cut:].removesuffix("\r")


def _round_trips(old: Sequence[str], place: _Place, tree: Mapping, change: Change) -> tuple[list[str], list[str]]:
    """Send the lines through without the change and with it, both without comments: those stay where they are."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.parser import Parser
    from ruamel.yaml.resolver import VersionedResolver
    from ruamel.yaml.scanner import Scanner

    class AllText(VersionedResolver):
        """Types are decided by our schema and never by spelling: every scalar is text, and `NO` stays a word."""

        versioned_resolver: ClassVar[Any] = {}

    class NoRemarks(Scanner):
        """With remarks, lines are now and then written into each other. Ours stay in the lines as they are."""

        def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
            super().scan_block_scalar_ignored_line(start_mark)

    yaml = YAML()
    yaml.Scanner, yaml.Parser, yaml.Resolver = NoRemarks, Parser, AllText
    yaml.preserve_quotes = True
    yaml.width = 1 << 30  # no line is ever broken
    mapping, sequence, dash = _indents(place, tree)
    yaml.indent(mapping=mapping, sequence=sequence, offset=dash)

    def written(value: object) -> list[str]:
        stream = io.StringIO()
        yaml.dump(value, stream)
        return stream.getvalue().removesuffix("\n").split("\n")

    try:
        value = yaml.load("\n".join(old) + "\n") if old else CommentedMap()
        before = written(value) if old else []
        _change_beneath(value, place.steps, change)
        _lay_out(value)
        return before, written(value)
    except YAMLError:
        raise EditRefused("it is laid out in a way that cannot be written back") from None


def _change_beneath(value: dict[str, Any], steps: Sequence[str], change: Change) -> None:
    for step in steps:
        if value.get(step) in (None, ""):
            value[step] = {}
        value = value[step]
        if not isinstance(value, dict):
            raise EditRefused(f"`{step}` is not a mapping")
    change(value)


def _lay_out(value: Any) -> None:
    """Give new items of lists their layout; whatever was read keeps its own."""
    from ruamel.yaml.comments import CommentedMap

    children = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    for place, child in children:
        if type(child) is dict and isinstance(value, list):
            value[place] = laid = CommentedMap(child)
            flat = all(isinstance(text, str) for text in child.values())
            if flat and len(", ".join(f"{key}: {text}" for key, text in child.items())) <= ONE_LINE:
                laid.fa.set_flow_style()
        _lay_out(value[place])


def _indents(place: _Place, tree: Mapping) -> tuple[int, int, int]:
    """Learn how deep things stand from the node itself, else from the rest of the file."""
    found: dict[str, tuple[int, ...]] = {}
    seen = _indents_of(place.node, place.column + 1) if place.node is not None else iter(())
    for kind, deep in (*seen, *_indents_of(tree, 1)):
        found.setdefault(kind, deep)
    mapping = found.get("mapping", _INDENTS[:1])
    sequence, dash = found.get("sequence", _INDENTS[1:])
    return mapping[0], sequence, dash


def _indents_of(node: Node, column: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Give the steps inwards, from the column of a key to what stands under it."""
    if node.kind == "scalar" or node.style:
        return
    if node.kind == "sequence":
        for item in node.value:
            yield "sequence", (item.column - column, node.column - column)
            yield from _indents_of(item, item.column)
        return
    if node.column > column:
        yield "mapping", (node.column - column,)
    for child in node.value.values():
        yield from _indents_of(child, node.column)


def _carried(
    old: Sequence[str], before: Sequence[str], then: Sequence[str], *, late: bool
) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Give the changes from `before` to `then` as lines of `old`, from the last to the first.

    What is new goes before the comments and the hand-made lines that stand at its place, or `late`, after them.
    """
    same: dict[int, int] = {}  # line of `before` -> line of `old`
    gaps: dict[int, list[int]] = {0: [0], len(before): [len(old)]}  # place between two lines -> places in `old`
    matcher = SequenceMatcher(None, [_bare(line) for line in before], [_bare(line) for line in old], autojunk=False)
    for tag, first, last, there, end in matcher.get_opcodes():
        gaps.setdefault(first, []).append(there)
        gaps.setdefault(last, []).append(end)
        if tag == "equal":
            same |= zip(range(first, last), range(there, end), strict=True)
            gaps |= {line: [same[line]] for line in range(first + 1, last)}
    for tag, first, last, new, end in reversed(SequenceMatcher(None, before, then, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        made = list(then[new:end])
        if first == last and first in gaps:
            at = max(gaps[first]) if late else min(gaps[first])
        elif first < last and first in same:
            at = same[first]
            remark = old[at].removeprefix(before[first])
            if list(old[at + 1 : at + last - first]) != list(before[first + 1 : last]) or not _stays(remark, made):
                raise EditRefused(_BY_HAND)
            made[:1] = [line + remark for line in made[:1]]
        else:
            raise EditRefused(_BY_HAND)
        yield at, at + last - first, made


_BY_HAND = "a line that is laid out by hand would have to be written anew"


def _stays(remark: str, made: Sequence[str]) -> bool:
    """Say whether what stands behind a line can stand behind the line that takes its place."""
    return not remark or (bool(made) and remark.lstrip().startswith("#"))


def _bare(line: str) -> str:
    """A line as it is compared: without a remark at its end, and with single spaces."""
    words = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].split()
    return " " * (len(line) - len(line.lstrip())) + " ".join(words) if words else ""


def _is_only_the_change(tree: Mapping, result: bytes, location: Sequence[str], change: Change) -> bool:
    wanted = plain(tree)
    assert isinstance(wanted, dict)  # noqa: S101  # of a mapping
    _change_beneath(wanted, location, change)
    read = read_yaml(result, "", Collector())
    return read is not None and plain(read) == wanted
