"""A table of text: CSV, or a table in Markdown.

Belongs here: rows and cells, bounded. Never here: which columns are asked for means. None is the one way to say that
there is no such table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.evidence.limits import CELL_CHARACTERS, TABLE_COLUMNS, TABLE_ROWS, TEXT_BYTES
from handrail.evidence.prose import MARKDOWN, read_prose
from handrail.evidence.values import folded
from handrail.source.diagnostics import Collector
from handrail.source.text import decode

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")


@dataclass(frozen=True, slots=True)
class Table:
    """Folded column names, and rows of as many cells. Rows without any text are left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(data: bytes, suffix: str, asked: Iterable[str]) -> Table | None:
    """Read the table that has most of the (folded) columns asked for; None if none has any, or it is malformed.

    CSV may be parted by commas or semicolons. A row with more cells than the heading row is malformed: its cells would
    be read under the wrong names.
    """
    wanted = frozenset(asked)
    found = tuple(_csv(data) if suffix == ".csv" else _markdown(data) if suffix in MARKDOWN else ())
    best = max(found, key=lambda lines: len(wanted & _names(lines)), default=[])
    return _table(best) if wanted & _names(best) else None


def _names(lines: list[list[str]]) -> frozenset[str]:
    return frozenset(folded(cell) for cell in lines[0]) if lines else frozenset()


def _csv(data: bytes) -> Iterator[list[list[str]]]:
    text = decode(data, "", Collector(), max_bytes=TEXT_BYTES)
    if text is None:
        return
    for delimiter in ",;":
        try:
            yield list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            continue


def _markdown(data: bytes) -> Iterator[list[list[str]]]:
    prose = read_prose(data, markdown=True)
    lines: list[list[str]] = []
    above: list[str] = []
    for line in (*prose.lines, "") if prose else ():
        cells = _cells(line)
        if lines and cells:
            lines.append(cells)
            continue
        if lines:
            yield lines
            lines = []
        if above and len(cells) == len(above) and all(_RULE.fullmatch(cell) for cell in cells):
            lines = [above]
        above = cells


def _cells(line: str) -> list[str]:
    text = line.strip()
    if "|" not in text:
        return []
    text = text.removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(text)]


def _table(lines: list[list[str]]) -> Table | None:
    head = tuple(folded(cell) for cell in lines[0])
    if len(head) > TABLE_COLUMNS or len(lines) - 1 > TABLE_ROWS:
        return None
    rows: list[tuple[str, ...]] = []
    for line in lines[1:]:
        if not any(cell.strip() for cell in line):
            continue
        if any(cell.strip() for cell in line[len(head) :]) or any(len(cell) > CELL_CHARACTERS for cell in line):
            return None
        row = (*line, *[""] * len(head))[: len(head)]
        rows.append(tuple(cell.strip() for cell in row))
    return Table(head, tuple(rows))
