"""Text in columns of a terminal.

Belongs here: how wide text is shown, and breaking it into lines. Never here: signs, colours, or what is said.
"""

from __future__ import annotations

import unicodedata


def columns(text: str) -> int:
    """How many columns a terminal gives to a text that went through `escape.terminal`."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Break a text into lines of at most `width` columns, the first and the others with their own indent.

    A word that is wider than a line is broken too, so that no text can push a line beyond the width.
    """
    lines: list[str] = []
    line, empty = first, True
    for word in text.split():
        while word:
            gap = "" if empty else " "
            room = width - columns(line) - len(gap)
            if columns(word) <= room:
                line, empty, word = f"{line}{gap}{word}", False, ""
            elif empty:
                cut = _fitting(word, room)
                lines.append(line + word[:cut])
                line, word = rest, word[cut:]
            else:
                lines.append(line)
                line, empty = rest, True
    return lines if empty else [*lines, line]


def _fitting(word: str, room: int) -> int:
    """How many characters fit; at least one, so that breaking always ends."""
    taken = 0
    for count, character in enumerate(word):
        taken += _width(character)
        if taken > room:
            return max(count, 1)
    return len(word)
