"""Numbers that agree with their words.

Belongs here: the grammar of counts and lists. Never here: a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence


def number(count: int, noun: str) -> str:
    """A count with its noun, agreeing."""
    return f"{count:,} {plural(count, noun)}"


def plural(count: int, noun: str) -> str:
    """The noun for a count."""
    return noun if count == 1 else f"{noun}s"


def verb(count: int, one: str, many: str) -> str:
    """The word that agrees with a count."""
    return one if count == 1 else many


def listed(items: Sequence[str]) -> str:
    """Items as prose joins them: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
