"""The known word nearest to a mistyped one, for help lines.

Belongs here: the one spelling of "did you mean". Never here: what the words are.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 60
"""Only the start of a word is compared: the comparison is quadratic in its length, and the word is hostile."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A help line naming the nearest known word; empty if none is near."""
    from difflib import get_close_matches  # only a mistake needs it, and `check` must start fast

    by_lower = {one.lower(): one for one in known}
    near = get_close_matches(word[:LONGEST].lower(), by_lower, n=1)
    return f"did you mean `{by_lower[near[0]]}`?" if near else ""
