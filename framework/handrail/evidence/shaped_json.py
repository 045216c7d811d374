"""JSON of any size, of which only named scalars are kept.

Belongs here: the reader and its shapes. Never here: what a report means. What a shape does not name is
passed over, checked for strings, numbers and brackets: prompts, outputs and images never become values of ours.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias

from handrail.evidence.limits import KEPT_CHARACTERS, KEPT_MEMBERS, REPORT_DEPTH, REPORT_LINE_BYTES
from handrail.evidence.stream import Malformed
from handrail.source.text import BOM

_SPACE = " \t\n\r"
_STRING = r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'
_WORD = r"(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+|true|false|null)"
_TOKEN = re.compile(rf"[{_SPACE}]*+(?:({_STRING}|[\[\]{{}},:])|({_WORD}))")
# Everything up to the next bracket.
_FLAT = re.compile(rf"(?:[{_SPACE},:]++|{_STRING}|{_WORD}(?=[{_SPACE},:\]}}]))*+")
_ENDS = frozenset(f"{_SPACE},:]}}")

# What the first member names of a document are read from: reports of tools have them in their first kilobyte.
_HEAD_BYTES = 64 * 1024


class Mark(Enum):
    """What stands for a value, in a shape or in what was kept."""

    SCALAR = auto()
    DROPPED = auto()


SCALAR: Final = Mark.SCALAR
"""In a shape: keep this value if it is a scalar."""

DROPPED: Final = Mark.DROPPED
"""In what was kept: a value is there, but is not of the shape asked for, or is a text too long to be an answer."""


@dataclass(frozen=True, slots=True)
class Each:
    """In a shape: a list whose items are handed over one by one and then forgotten."""

    item: Shape
    take: Callable[[Kept], None]


Shape: TypeAlias = "Mapping[str, Shape] | Each | Mark"
"""Members by name (`*`: any other), the items of a list, or a scalar."""

Kept: TypeAlias = "dict[str, Kept] | str | int | float | bool | Mark | None"


def pick(pieces: Iterable[bytes], shape: Shape) -> Kept:
    """Read one JSON document and keep what the shape names.

    Raises:
        Malformed: it is not JSON in UTF-8, it is deeper than `REPORT_DEPTH`, a name that is kept stands twice in one
            object, or an object has more than `KEPT_MEMBERS` that are kept.
    """
    text = _Text(pieces)
    kept = _value(text, text.lexeme(), shape, 0)
    if text.lexeme():
        raise Malformed("more than one value")
    return kept


def members(kept: Kept) -> dict[str, Kept]:
    """Give what was kept of an object; nothing where there is none."""
    return kept if isinstance(kept, dict) else {}


def first_names(head: bytes) -> frozenset[str]:
    """Give the member names of the object that a file starts with, as far as its first kilobytes go."""
    names: set[str] = set()
    depth, before = 0, ""
    text = _Text((head[:_HEAD_BYTES],), errors="replace")
    try:
        while lexeme := text.lexeme():
            if lexeme == ":" and depth == 1 and before.startswith('"'):
                names.add(json.loads(before))
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(lexeme, 0)
            if depth == 0:
                break
            before = lexeme
    except Malformed:
        pass  # where the head was cut
    return frozenset(names)


def _value(text: _Text, lexeme: str, shape: Shape, depth: int) -> Kept:
    """Read the value that a lexeme starts. One call a level, and levels are bounded."""
    if lexeme in ("{", "["):
        if depth == REPORT_DEPTH:
            raise Malformed("too deep")
        if lexeme == "{" and isinstance(shape, Mapping):
            return _object(text, shape, depth + 1)
        if lexeme == "[" and isinstance(shape, Each):
            _list(text, shape, depth + 1)
        else:
            text.skip(lexeme, depth + 1)
        return DROPPED
    if not lexeme or lexeme in "]},:":
        raise Malformed("no value")
    if shape is not SCALAR or len(lexeme) > KEPT_CHARACTERS:
        return None if lexeme == "null" else DROPPED
    scalar: Kept = json.loads(lexeme)
    return scalar


def _object(text: _Text, members: Mapping[str, Shape], depth: int) -> Kept:
    kept: dict[str, Kept] = {}
    lexeme = text.lexeme()
    while lexeme != "}":
        if lexeme[:1] != '"' or text.lexeme() != ":":
            raise Malformed("no member")
        name = json.loads(lexeme) if len(lexeme) <= KEPT_CHARACTERS else ""
        wanted = members.get(name, members.get("*", DROPPED))
        value = _value(text, text.lexeme(), wanted, depth)
        if wanted is not DROPPED:
            if name in kept or len(kept) == KEPT_MEMBERS:
                raise Malformed("a member twice, or too many")
            kept[name] = value
        lexeme = _after(text, "}")
    return kept


def _list(text: _Text, each: Each, depth: int) -> None:
    lexeme = text.lexeme()
    while lexeme != "]":
        each.take(_value(text, lexeme, each.item, depth))
        lexeme = _after(text, "]")


def _after(text: _Text, end: str) -> str:
    """Give the lexeme after a member or item and its comma; the end where there is no comma."""
    lexeme = text.lexeme()
    if lexeme == end:
        return lexeme
    following = text.lexeme() if lexeme == "," else end
    if following == end:
        raise Malformed("a comma too many, or none")
    return following


class _Text:
    """A document as text, of which no more is held than one piece and one value."""

    def __init__(self, pieces: Iterable[bytes], errors: str = "strict") -> None:
        self._pieces = iter(pieces)
        self._decode = codecs.getincrementaldecoder("utf-8")(errors).decode
        self._text, self._at, self._ended = "", 0, False
        self._more()
        self._at = len(BOM) if self._text.startswith(BOM) else 0

    def lexeme(self) -> str:
        """Give the next string, number, word or mark; empty at the end."""
        while True:
            if found := _TOKEN.match(self._text, self._at):
                following = self._text[found.end() : found.end() + 1]
                # A word counts where its end is seen: at the end of a piece it may go on.
                if found[1] or following in _ENDS or (self._ended and not following):
                    self._at = found.end()
                    return found[1] or found[2]
            if self._ended:
                if self._text[self._at :].strip(_SPACE):
                    raise Malformed("cut off, or no JSON")
                return ""
            self._more()

    def skip(self, bracket: str, depth: int) -> None:
        """Pass over the rest of the object or list that a bracket opened at a depth."""
        closing = ["}" if bracket == "{" else "]"]
        while closing:
            found = _FLAT.match(self._text, self._at)
            self._at = found.end() if found else self._at
            bracket = self._text[self._at : self._at + 1]
            if bracket in ("{", "["):
                if depth == REPORT_DEPTH:
                    raise Malformed("too deep")
                depth += 1
                closing.append("}" if bracket == "{" else "]")
                self._at += 1
            elif bracket == closing[-1]:
                depth -= 1
                closing.pop()
                self._at += 1
            elif self._ended:
                raise Malformed("cut off, or no JSON")
            else:
                self._more()

    def _more(self) -> None:
        piece = next(self._pieces, b"")
        self._ended = not piece
        try:
            self._text = self._text[self._at :] + self._decode(piece, self._ended)
        except UnicodeDecodeError:
            raise Malformed("no UTF-8") from None
        self._at = 0
        if len(self._text) > REPORT_LINE_BYTES:
            raise Malformed("a value is too long, or there is none")
