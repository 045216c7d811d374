"""Defects to put into a good declaration, each at a place of one's choice.

Belongs here: one function per defect: a good text and a random source in, a bad text, the code it must give and the
place of the very token out. Never here: running anything.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handrail.source.diagnostics import Collector
from handrail.source.reader import read_yaml
from handrail.source.tree import Mapping, Node, Place, Scalar, Step


@dataclass(frozen=True, slots=True)
class Defect:
    """A bad text, and the diagnostic it must give. `column` 0: anywhere on the line."""

    data: bytes
    code: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Token:
    """A scalar of the good text with its location; `key` is where its key stands."""

    location: tuple[Step, ...]
    scalar: Scalar
    key: Place | None


def tokens(text: str) -> list[Token]:
    """Every scalar of the text that stands plainly on one line."""
    tree = read_yaml(text.encode(), "handrail.yaml", Collector())
    assert tree is not None
    return [one for one in _walk(tree, (), None) if not one.scalar.style]


def _walk(node: Node, location: tuple[Step, ...], key: Place | None) -> Iterator[Token]:
    if isinstance(node, Scalar):
        yield Token(location, node, key)
    elif isinstance(node, Mapping):
        for name, child in node.value.items():
            yield from _walk(child, (*location, name), node.keys[name])
    else:
        for index, child in enumerate(node.value):
            yield from _walk(child, (*location, index), None)


def _put(text: str, line: int, column: int, length: int, new: str) -> str:
    lines = text.split("\n")
    old = lines[line - 1]
    lines[line - 1] = old[: column - 1] + new + old[column - 1 + length :]
    return "\n".join(lines)


def _replace(text: str, scalar: Scalar, new: str) -> bytes:
    return _put(text, scalar.line, scalar.column, len(scalar.value), new).encode()


def _some(text: str, rng: random.Random, wanted: Callable[[Token], bool]) -> Token:
    found = [one for one in tokens(text) if wanted(one)]
    assert found, "the good text has no such token"
    return rng.choice(found)


def _leaf(*names: str) -> Callable[[Token], bool]:
    return lambda one: one.location[-1] in names


def _own_line(text: str) -> Callable[[Token], bool]:
    """A `key: value` that has its line to itself, so that a line can be put before or after it."""
    lines = text.split("\n")

    def wanted(one: Token) -> bool:
        if one.key is None or one.key.line != one.scalar.line:
            return False
        line = lines[one.key.line - 1]
        return line.lstrip(" ") == f"{line[one.key.column - 1 :]}" and line.rstrip().endswith(one.scalar.value)

    return wanted


def not_utf8(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda _: True).scalar
    lines = text.encode().split(b"\n")
    before = text.split("\n")[one.line - 1][: one.column - 1].encode()
    lines[one.line - 1] = before + b"\xff" + lines[one.line - 1][len(before) :]
    return Defect(b"\n".join(lines), "HR001", one.line, one.column)


def duplicate_key(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, _own_line(text))
    assert one.key is not None
    lines = text.split("\n")
    lines.insert(one.key.line, lines[one.key.line - 1])
    return Defect("\n".join(lines).encode(), "HR011", one.key.line + 1, one.key.column)


def anchor(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda _: True).scalar
    return Defect(_put(text, one.line, one.column, 0, "&a ").encode(), "HR012", one.line, one.column)


def alias(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda _: True).scalar
    return Defect(_replace(text, one, "*a"), "HR012", one.line, one.column)


def tag(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda _: True).scalar
    return Defect(_put(text, one.line, one.column, 0, "!x ").encode(), "HR013", one.line, one.column)


def brackets(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda _: True).scalar
    return Defect(_replace(text, one, "[" * 200_000), "HR015", one.line, 0)


def unknown_key(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda t: _own_line(text)(t) and t.location[0] == "controls" and len(t.location) == 3)
    assert one.key is not None
    lines = text.split("\n")
    lines.insert(one.key.line - 1, " " * (one.key.column - 1) + "sumary: x")
    return Defect("\n".join(lines).encode(), "HR101", one.key.line, one.key.column)


def wrong_type(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, _leaf("state", "owner", "name", "path", "summary", "reason")).scalar
    return Defect(_replace(text, one, "{a: b}"), "HR103", one.line, one.column)


def unknown_control(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda t: t.location[0] == "controls" and t.location[-1] == "state")
    name = str(one.location[1])
    line = next(i for i, given in enumerate(text.split("\n"), 1) if given.startswith(f"  {name}:"))
    return Defect(_put(text, line, 3, len(name), f"{name[:-1]}X").encode(), "HR301", line, 3)


def unknown_fact_value(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda t: t.location[0] == "facts").scalar
    return Defect(_replace(text, one, f"{one.value}x"), "HR303", one.line, one.column)


def malformed_date(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, _leaf("due", "date", "since", "granted", "expires")).scalar
    return Defect(_replace(text, one, rng.choice(["2026-02-30", "soon", "1-1-2026"])), "HR104", one.line, one.column)


def waiver_too_long(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda t: t.location[0] == "waivers" and t.location[-1] == "expires").scalar
    day = f"20{rng.randrange(30, 99)}-0{rng.randrange(1, 9)}-1{rng.randrange(0, 9)}"
    return Defect(_replace(text, one, day), "HR308", one.line, one.column)


def absolute_path(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda t: "evidence" in t.location and t.location[-1] == "path").scalar
    return Defect(_replace(text, one, "/etc/hostname"), "HR005", one.line, one.column)


def climbing_path(text: str, rng: random.Random) -> Defect:
    one = _some(text, rng, lambda t: "evidence" in t.location and t.location[-1] == "path").scalar
    return Defect(_replace(text, one, f"../{one.value}"), "HR005", one.line, one.column)


def linked_path(text: str, rng: random.Random) -> Defect:
    """`linked.md` is a link that the test puts beside the declaration, and `linked/` one to a folder."""
    one = _some(text, rng, lambda t: "evidence" in t.location and t.location[-1] == "path").scalar
    return Defect(_replace(text, one, rng.choice(["linked.md", "linked/a.md"])), "HR005", one.line, one.column)


DEFECTS: tuple[Callable[[str, random.Random], Defect], ...] = (
    not_utf8,
    duplicate_key,
    anchor,
    alias,
    tag,
    brackets,
    unknown_key,
    wrong_type,
    unknown_control,
    unknown_fact_value,
    malformed_date,
    waiver_too_long,
    absolute_path,
    climbing_path,
    linked_path,
)
