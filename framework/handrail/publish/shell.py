"""The theme's shell, cut once: the many pages are its pieces with their own text between, joined without the engine.

Belongs here: the marks, the cut and the joining. Never here: a page's body. The shell is cut before any text goes in,
so a text that looks like a mark stays a text. What thousands of pages would repeat for nothing is left out of it: white
space, and the side columns that a wide page does not show. Its menu is the row of tabs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handrail.publish.language import ENGLISH, Language
from handrail.publish.page import Page
from handrail.source.escape import html

HEADING_ID = "handrail-title"
"""The id that the `h1` of every page in a shell has, since the shell's skip link leads to it."""

_TITLE, _DESCRIPTION = "handrail-mark-title", "handrail-mark-description"
# The theme adds a heading of its own where a page seems to have none.
_BODY = f'<h1 id="{HEADING_ID}">handrail-mark-body</h1>'
_COLUMNS = re.compile(r'<div class="md-sidebar .*?(?=<div class="md-content")', re.DOTALL)
_UNREAD = re.compile(r' xmlns="http://www.w3.org/2000/svg"|<meta name="generator"[^>]*>')
_SPACE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell page as text, mark, text, mark, ..., text, in UTF-8; `path` is where it stood, which is a mark too."""

    path: str
    pieces: tuple[bytes, ...]


def shell_page(folder: str) -> Page:
    """The page that the engine renders to make a shell for the pages of one folder."""
    return Page(path=f"{folder}/_shell.html", title=_TITLE, description=_DESCRIPTION, body=_BODY, wide=True)


def framed_page(path: str, title: str, *, wide: bool = True) -> Page:
    """A page of the menu whose body comes later; what is found of it in the search index is not its text."""
    return Page(path=path, title=title, description=_DESCRIPTION, body=_BODY, wide=wide)


def cut(path: str, rendered: str, language: Language = ENGLISH) -> Shell:
    """Cut a rendered shell page at its marks; what is to stand in it is English, and says so in another language.

    Raises:
        ValueError: the theme lost the mark of the body; that is our own error.
    """
    marks = (_BODY, _TITLE, _DESCRIPTION, path)
    lean = _UNREAD.sub("", _SPACE.sub("\n", _COLUMNS.sub("", rendered)).replace(">\n<", "><"))
    if not language.source:
        lean = lean.replace(_BODY, f"<div{ENGLISH.attributes}>{_BODY}</div>")
    pieces = re.split("(" + "|".join(re.escape(mark) for mark in marks) + ")", lean)
    if pieces.count(_BODY) != 1:
        raise ValueError(f"the theme's shell at `{path}` lost its marks")
    return Shell(path, tuple(piece.encode() for piece in pieces))


def fill(shell: Shell, *, path: str, title: str, description: str, body: bytes) -> bytes:
    """The finished page in UTF-8; its body brings the `h1`."""
    values = {
        _BODY.encode(): body,
        _TITLE.encode(): html(title).encode(),
        _DESCRIPTION.encode(): html(description).encode(),
        shell.path.encode(): path.encode(),
    }
    return b"".join(values[piece] if at % 2 else piece for at, piece in enumerate(shell.pieces))
