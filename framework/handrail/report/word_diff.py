"""What changed from one text to another, word by word.

Belongs here: the comparison and its marks. Never here: whose texts they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

WORDS_COMPARED = 1_000
"""Words of a text; comparing takes the square of them, and the longest statement we know has 120."""

LIKE_ENOUGH = 0.4
"""Share of words in common below which the two texts are shown whole: piece by piece nobody could read them."""

_GONE, _NEW, _RESET = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def word_diff(old: str, new: str) -> str:
    """Give both texts in one: `[-gone-]`, `{+new+}`, and unmarked what stayed. White space is not compared."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > WORDS_COMPARED:
        return _whole(before, after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LIKE_ENOUGH:
        return _whole(before, after)
    parts: list[str] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            parts += before[first:last]
        else:
            parts += _marked(before[first:last], after[start:end])
    return " ".join(parts)


def _whole(before: list[str], after: list[str]) -> str:
    return " ".join(_marked(before, after))


def _marked(gone: list[str], new: list[str]) -> Iterator[str]:
    if gone:
        yield f"[-{' '.join(gone)}-]"
    if new:
        yield f"{{+{' '.join(new)}+}}"


def in_colour(lines: Iterable[str]) -> Iterator[str]:
    """Colour what is marked in lines of a wrapped `word_diff`; the marks stay, for who cannot tell the colours."""
    still = ""
    for line in lines:
        text = line.lstrip(" ")
        body = still + text.replace("[-", f"{_GONE}[-").replace("{+", f"{_NEW}{{+")
        body = body.replace("-]", f"-]{_RESET}").replace("+}", f"+}}{_RESET}")
        ends = {code: body.rfind(code) for code in (_GONE, _NEW, _RESET)}
        last = max(ends, key=lambda code: ends[code])
        still = last if last != _RESET and ends[last] >= 0 else ""
        yield " " * (len(line) - len(text)) + body + (_RESET if still else "")
