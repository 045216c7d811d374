"""Lint rules about layout that means nothing: `lint --fix` mends all of it.

Belongs here: one function a rule. Never here: what is mended and how (`source.layout`); a rule tells of nothing but
what that would change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.catalog.read import CatalogSources
from handrail.catalog.release import RELEASES
from handrail.source.diagnostics import Collector, Span
from handrail.source.layout import WIDEST, trimmed, wrapped
from handrail.source.lines import Lines
from handrail.source.reader import read_yaml
from handrail.source.tree import Node

FIX = "`handrail lint --fix` does it"


def line_ends(sources: CatalogSources, out: Collector) -> None:
    """HR256: no line ends in spaces, and the last one has an end."""
    for path, before, after in _mended(sources, _has_spaces, trimmed):
        lines = Lines.of(before).lines
        where = [at for at, (old, new) in enumerate(zip(lines, Lines.of(after).lines, strict=True)) if old != new]
        if not before.endswith(b"\n"):
            where.append(len(lines) - 1)
            problem = "the last line has no end"
        if len(where) > 1 or before.endswith(b"\n"):
            problem = f"{len(where)} lines end in spaces, or not at all" if len(where) > 1 else "a line ends in spaces"
        shown = lines[where[0]]
        text = shown.rstrip(" \t")
        span = Span(path, where[0] + 1, len(text) + 1, max(len(shown) - len(text), 1))
        out.error("HR256", problem, span, label="the first" if len(where) > 1 else "", help=FIX)


def long_list(sources: CatalogSources, out: Collector) -> None:
    """HR257: a list or map in brackets fits the width of a page."""
    for path, before, after in _mended(sources, _has_wide, wrapped):
        lines, made = Lines.of(before).lines, frozenset(Lines.of(after).lines)
        for at, line in enumerate(lines):
            if len(line) > WIDEST and line not in made:
                span = Span(path, at + 1, WIDEST + 1, len(line) - WIDEST)
                out.error("HR257", f"the line has {len(line)} characters, and {WIDEST} is the most", span, help=FIX)


# Most files have nothing to mend, and these two tell so without reading them.


def _has_spaces(data: bytes) -> bool:
    return not data.endswith(b"\n") or any(end in data for end in (b" \n", b"\t\n", b" \r\n", b"\t\r\n"))


def _has_wide(data: bytes) -> bool:
    return max(map(len, data.split(b"\n"))) > WIDEST


def _mended(
    sources: CatalogSources, may: Callable[[bytes], bool], mend: Callable[[bytes, Node], bytes]
) -> Iterator[tuple[str, bytes, bytes]]:
    """The files that a fix would change, before and after it."""
    for path, data in sources.data.items():
        if path == RELEASES or not may(data):
            continue
        tree = read_yaml(data, path, Collector())
        made = mend(data, tree) if tree is not None else data
        if made != data:
            yield path, data, made
