"""Text of our own code as Markdown.

Belongs here: cells and code spans of the reference pages. Never here: text from outside (`source.escape`).
"""

from __future__ import annotations

import html


def cell(text: str) -> str:
    """A sentence as a cell of a table, on one line; what stands in backquotes is code."""
    parts = " ".join(text.split()).split("`")
    return "".join(code(part) if at % 2 else _plain(part) for at, part in enumerate(parts))


def code(text: str) -> str:
    """A name as code, also inside a table."""
    return f"<code>{_plain(text)}</code>"


def _plain(text: str) -> str:
    return html.escape(text, quote=False).replace("|", "&#124;").replace("*", "&#42;").replace("_", "&#95;")
