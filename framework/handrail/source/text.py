"""Bytes to text: UTF-8 only, one kind of line end, no control characters.

Belongs here: what every text file of ours must be before its format is looked at. Never here: the
format. A byte order mark is dropped and CRLF becomes LF, so that lines and columns mean the same
on every system; anything else odd is refused, not mended.
"""

from __future__ import annotations

import re

from handrail.model import limits
from handrail.source.diagnostics import Collector, Span

BOM = "\ufeff"

# C0 (but tab and newline), DEL, C1 with NEL, the two Unicode line ends (a reader that counts them
# as lines and one that does not would disagree about every place after them), a byte order mark
# inside, non-characters, halves of surrogate pairs. One class: the search is linear.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(data: bytes, path: str, out: Collector, *, max_bytes: int = limits.YAML_BYTES) -> str | None:
    """Give the text of a file, lines ended by LF; None after telling the collector why not."""
    if len(data) > max_bytes:
        out.error(
            "HR003",
            f"the file has {len(data):,} bytes, and the limit is {max_bytes:,}",
            Span(path, 1, 1),
            help="split it into several files",
        )
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = normal(data[: error.start].decode("utf-8"))
        out.error(
            "HR001",
            f"the file is not UTF-8 text: byte 0x{data[error.start]:02X} cannot stand here",
            at_end(before, path),
            help="save the file with the encoding UTF-8",
        )
        return None
    text = normal(text)
    found = CONTROL.search(text)
    if found is None:
        return text
    utf16 = found[0] == "\0"
    out.error(
        "HR002",
        f"control character {named(found[0])} in the text",
        at_end(text[: found.start()], path),
        help="save the file with the encoding UTF-8 (this looks like UTF-16)"
        if utf16
        else "remove it; it is invisible in most editors",
    )
    return None


def normal(text: str) -> str:
    """Drop a byte order mark and end lines by LF."""
    return text.removeprefix(BOM).replace("\r\n", "\n")


def displayable(data: bytes) -> str:
    """Give text whose lines and columns are those of diagnostics, for any bytes."""
    return normal(data.decode("utf-8", "replace"))


def named(character: str) -> str:
    """Name a character that cannot be shown."""
    return f"U+{ord(character):04X}"


def at_end(before: str, path: str) -> Span:
    """Give the place just after a text."""
    line = before.count("\n")
    return Span(path, line + 1, len(before) - (before.rfind("\n") + 1) + 1)
