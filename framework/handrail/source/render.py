"""Diagnostics as text for people and as values for machines.

Belongs here: the layout of a diagnostic with its source line. Never here: what is wrong. Every
piece of input goes through `escape.terminal`, and every line of input stands behind a gutter, so
that no line of a hostile file is ever the start of a line of ours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeAlias

from handrail.model import limits
from handrail.source.codes import CODES
from handrail.source.diagnostics import Diagnostic, Severity, Span, in_order
from handrail.source.escape import terminal
from handrail.source.text import normal

SourceOf: TypeAlias = Callable[[str], str | None]

_TAB = "    "
_RESET = "\x1b[0m"
_STYLES = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_BOLD = "\x1b[1m"
_FRAME = "\x1b[1;34m"


def render(
    diagnostics: Iterable[Diagnostic],
    source: SourceOf,
    *,
    colour: bool = False,
    unlisted: int = 0,
) -> str:
    """Give the text of all diagnostics, ended by their number; empty text if there is none.

    `source` gives the text of a file by its path, or None; `unlisted` counts errors that were
    found but not kept (see `Collector`).
    """
    ordered = in_order(diagnostics)
    if not ordered and not unlisted:
        return ""
    texts = _Texts(source)
    shown = ordered[: limits.DIAGNOSTICS_SHOWN]
    blocks = [_block(each, texts, _painter(colour=colour)) for each in shown]
    return "\n".join([*blocks, _total(ordered, len(shown), unlisted)])


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Give the diagnostics as values for JSON, in order, none left out."""
    return [
        {
            "code": each.code,
            "slug": CODES[each.code].slug,
            "severity": each.severity.value,
            "message": each.message,
            **_span_values(each.span),
            "label": each.label,
            "help": each.help,
            "also": [{**_span_values(span), "label": label} for span, label in each.also],
        }
        for each in in_order(diagnostics)
    ]


def _span_values(span: Span | None) -> dict[str, object]:
    if span is None:
        return {"path": None, "line": None, "column": None, "length": None}
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "length": span.length,
    }


class _Texts:
    """The lines of the files that diagnostics speak of, each split once."""

    def __init__(self, source: SourceOf) -> None:
        self._source = source
        self._lines: dict[str, list[str]] = {}

    def line(self, span: Span) -> str | None:
        if span.path not in self._lines:
            text = self._source(span.path)
            self._lines[span.path] = [] if text is None else normal(text).split("\n")
        lines = self._lines[span.path]
        return lines[span.line - 1] if 1 <= span.line <= len(lines) else None


_Paint: TypeAlias = Callable[[str, str], str]


def _painter(*, colour: bool) -> _Paint:
    if not colour:
        return lambda text, _: text
    return lambda text, style: f"{style}{text}{_RESET}" if text else text


def _block(each: Diagnostic, texts: _Texts, paint: _Paint) -> str:
    style = _STYLES[each.severity]
    head = paint(f"{each.severity}[{each.code}]", style)
    lines = [f"{head}{paint(': ' + terminal(each.message), _BOLD)}"]
    spans = [] if each.span is None else [(each.span, each.label, "^", style)]
    spans += [(span, label, "-", _FRAME) for span, label in each.also]
    width = max((len(str(span.line)) for span, _, _, _ in spans), default=0)
    for span, label, mark, mark_style in spans:
        place = f"{terminal(span.path)}:{span.line}:{span.column}"
        lines.append(f"{' ' * width}{paint('-->', _FRAME)} {place}")
        line = texts.line(span)
        margin = f"{' ' * width} {paint('|', _FRAME)}"
        if line is None:
            lines += [f"{margin} {terminal(label)}"] if label else []
            continue
        shown, before, under = _window(line, span)
        number = paint(str(span.line).rjust(width), _FRAME)
        carets = paint((mark * under + f" {terminal(label)}").rstrip(), mark_style)
        lines.append(margin)
        lines.append(f"{number} {paint('|', _FRAME)} {shown}".rstrip())
        lines.append(f"{margin} {' ' * before}{carets}")
    if each.help:
        gutter = " " * (width + 1)
        lines.append(f"{gutter}{paint('=', _FRAME)} {paint('help:', _BOLD)} {terminal(each.help)}")
    return "\n".join(lines) + "\n"


def _window(line: str, span: Span) -> tuple[str, int, int]:
    """Give the part of a line to show, the columns before the marked part, and its columns."""
    room = limits.EXCERPT_COLUMNS
    at = min(span.column - 1, len(line))
    first = 0
    if at > room * 2 // 3:
        first = at - room // 3
    # Cut before anything is encoded: the line may have a million characters.
    cells = [_cell(character) for character in line[first : first + room]]
    marked = at - first
    before = sum(_columns(cell) for cell in cells[:marked])
    under = sum(_columns(cell) for cell in cells[marked : marked + span.length])
    left = "..." if first else ""
    right = "..." if len(line) > first + room else ""
    return left + "".join(cells) + right, before + len(left), max(under, 1)


def _cell(character: str) -> str:
    return _TAB if character == "\t" else terminal(character)


def _columns(cell: str) -> int:
    return sum(_width(character) for character in cell)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _total(ordered: tuple[Diagnostic, ...], shown: int, unlisted: int) -> str:
    warnings = sum(each.severity is Severity.WARNING for each in ordered)
    errors = len(ordered) - warnings + unlisted
    parts = [_number(errors, "error")] if errors else []
    parts += [_number(warnings, "warning")] if warnings else []
    said = " and ".join(parts)
    total = errors + warnings
    return f"{said}\n" if shown == total else f"{said}; the first {shown} are shown\n"


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
