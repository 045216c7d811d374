"""Markdown and plain text: front matter, headings, and how much is said under them.

Belongs here: finding parts of a text and counting words of substance. Never here: which parts are asked for. Nothing
is rendered: a heading is a line that CommonMark or a reader of plain text takes for one. Every pass is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.evidence.limits import TEXT_BYTES, TOP_LINES
from handrail.evidence.values import day, filled, folded, without_placeholders
from handrail.source.diagnostics import Collector
from handrail.source.text import decode

MARKDOWN = frozenset({".md", ".markdown"})
"""Endings of Markdown files."""

SECTION_WORDS = 15
"""Fewest words under a heading: one full sentence. A heading with less is an intention, not a section."""

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NUMBERING = re.compile(r"\s*(?:[0-9]+(?:\.[0-9]+)*[.):]?|[A-Za-z][.)]|[IVXLCivxlc]+[.)])\s+")
_ADDRESS = re.compile(r"(?<=\])\([^()\n]*\)|https?://\S+")

# Scripts without spaces between words (Thai, Lao, Burmese, Khmer, Japanese, Chinese): about two characters a word.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")

_MARKS = " \t>*_#-+|"


@dataclass(frozen=True, slots=True)
class Prose:
    """A text without comments and code blocks: its front matter (keys folded) and its lines below it."""

    front: Mapping[str, object]
    lines: tuple[str, ...]
    markdown: bool


def read_prose(data: bytes, *, markdown: bool) -> Prose | None:
    """Read a text; None if it is no text, too large, or its front matter is not a YAML mapping."""
    text = decode(data, "", Collector(), max_bytes=TEXT_BYTES)
    if text is None or not text.strip():
        return None
    lines = text.split("\n")
    front: Mapping[str, object] | None = {}
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if lines[0].rstrip() == "---" and end:
        front = _front("\n".join(lines[1:end]))
        lines = lines[end + 1 :]
    if front is None:
        return None
    visible = tuple(_without_code(_without_comments("\n".join(lines)).split("\n")))
    return Prose(front, visible, markdown)


def _front(text: str) -> Mapping[str, object] | None:
    if not text.strip():
        return {}
    out = Collector()
    from handrail.source.reader import read_text  # many documents have no front matter
    from handrail.source.tree import plain

    tree = read_text(text + "\n", "", out)
    if tree is None or out.errors or tree.kind != "mapping":
        return None
    return {folded(key): plain(child) for key, child in tree.value.items()}


def _without_comments(text: str) -> str:
    # By splitting, not by a pattern: a pattern looks for the end of every unclosed comment again, in square time.
    first, *rest = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in rest)


def _without_code(lines: Iterable[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        elif found:
            fence = found[1]
        else:
            yield line


def named(prose: Prose, names: Iterable[str]) -> object:
    """Give the value of the first of some (folded) names, in the front matter or as a line `Name: value` at the top."""
    wanted = tuple(names)
    for name in wanted:
        if filled(prose.front.get(name)):
            return prose.front[name]
    for line in prose.lines[:TOP_LINES]:
        name, colon, value = line.partition(":")
        if colon and folded(name.strip(_MARKS)) in wanted and filled(value):
            return value.strip(_MARKS)
    return None


def named_day(prose: Prose, names: Iterable[str]) -> date | None:
    """Give the day that such a value starts with; what follows it after a space may say by whom."""
    value = named(prose, names)
    return day(value.split(" ", 1)[0].rstrip(".,;")) if isinstance(value, str) and value else None


def words(lines: Iterable[str]) -> int:
    """Count words of substance: no placeholders, no addresses."""
    text = _ADDRESS.sub(" ", without_placeholders("\n".join(lines)))
    unspaced = len(_UNSPACED.findall(text))
    return unspaced // 2 + len(_WORD.findall(_UNSPACED.sub(" ", text)))


def substance(prose: Prose, asked: Iterable[str]) -> dict[str, int]:
    """Count the words under each heading asked for, subsections included; a heading that is not there is left out.

    Numbering, punctuation and case do not matter. Of a heading that comes twice, the fuller one counts.
    """
    wanted = {_heading(name): name for name in asked}
    headings = list(_headings(prose, wanted.keys()))
    counts: dict[str, int] = {}
    for index, (level, title, start, _) in enumerate(headings):
        if title not in wanted:
            continue
        # At most six levels can be open at once, so every line is passed at most six times.
        below = index + 1
        while below < len(headings) and headings[below][0] > level:
            below += 1
        stop = headings[below][3] if below < len(headings) else len(prose.lines)
        inner = {at for _, _, first, top in headings[index + 1 : below] for at in range(top, first)}
        count = words(line for at, line in enumerate(prose.lines[start:stop], start) if at not in inner)
        counts[wanted[title]] = max(count, counts.get(wanted[title], 0))
    return counts


def _heading(title: str) -> str:
    numbering = _NUMBERING.match(title)
    return folded(title[numbering.end() :] if numbering else title)


def _headings(prose: Prose, wanted: Iterable[str]) -> Iterator[tuple[int, str, int, int]]:
    """Give level, folded title, the line below it and its own first line."""
    above = ""  # the line before, where it could be a heading that is underlined
    for at, line in enumerate(prose.lines):
        mark = line.strip()
        if found := _ATX.fullmatch(line):
            yield len(found[1]), _heading(found[2] or ""), at + 1, at
            above = ""
        elif above and len(mark) > 1 and set(mark) in ({"="}, {"-"}):
            yield 1 if mark[0] == "=" else 2, _heading(above), at + 1, at - 1
            above = ""
        else:
            if mark and not above and not prose.markdown and _heading(mark) in wanted:
                yield 1, _heading(mark), at + 1, at
            above = mark
