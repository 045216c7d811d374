"""One encoder for each sink; all text from outside is hostile until it went through one.

Belongs here: making text inert for a terminal, HTML, Markdown, CSV, XML, SARIF, URIs and the log
of a CI workflow. Never here: layout. Contributed Markdown, which is rendered, is in `markup`.

An encoder is applied once, where text enters the sink, and never earlier: stored text stays as it
was written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from handrail.source.markup import markdown_html

__all__ = [
    "csv_cell",
    "html",
    "markdown_html",
    "markdown_inline",
    "sarif_text",
    "terminal",
    "uri_path",
    "workflow_message",
    "workflow_property",
    "xml",
    "xml_legal",
]

# Patterns are kept as text: `re` compiles one when it is first used, and a check that only prints to a terminal needs
# none of the others.
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# "Printable" by Unicode's categories, yet shown as nothing: joiners and fillers that hide text,
# and variation selectors, in which whole messages have been smuggled.
_INVISIBLE = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"

# XML 1.0, production 2: everything but these may stand in a document.
_XML_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

_HTML_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"


def terminal(text: str, *, newlines: Literal["space", "escape", "keep"] = "space") -> str:
    r"""Show every character that a terminal would obey, or not show, as `\x1b` or `\u202e`.

    `newlines` says what becomes of line ends: a space, a visible `\n`, or a line end (for text
    whose lines the caller prefixes itself).
    """
    # Older runners of GitHub obey `##[command]` anywhere in a line, not only at its start.
    if "##[" in text:
        text = text.replace("##[", "#\\x23[")
    # They obey `::command::` at the start of a line, blanks before it or not, and any word may come to stand there.
    if "::" in text:
        text = re.sub("::(?=[A-Za-z])", r":\\x3a", text)
    if text.isprintable() and (text.isascii() or not re.search(_INVISIBLE, text)):
        return text
    end = {"space": " ", "escape": "\\n", "keep": "\n"}[newlines]
    text = text.replace("\r\n", "\n")
    return "".join(end if c == "\n" else " " if c == "\t" else _visible(c) for c in text)


def _visible(character: str) -> str:
    if unicodedata.category(character) == "Zs":  # no-break and wide spaces
        return " "
    if character.isprintable() and not re.match(_INVISIBLE, character):
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def html(text: str) -> str:
    """Encode text for HTML, between tags or inside a quoted attribute."""
    from html import escape  # a terminal never needs its table of entities

    return escape(re.sub(_HTML_ILLEGAL, _REPLACEMENT, text), quote=True)


# Escapable by a backslash in every dialect (CommonMark, Python-Markdown).
_BACKSLASH = r"[\\`*_{}\[\]()!]"
# Special in some dialects only, or HTML: as a character reference, inert in all of them.
_REFERENCE = r"[&<>|~$^]"
# Special only at the start of a line: headings, lists, rules, underlined headings, definitions.
_AT_START = r"[#+\-=:]|[0-9]{1,10}[.)]"
# What GitHub links or pings in plain text, escaped or not. A word joiner keeps it plain.
_LINKED = re.compile(r"@|#(?=[0-9])|:(?=//)|\b[wW]{3}(?=\.)")


def markdown_inline(text: str) -> str:
    """Encode plain text for one line of our own Markdown: nothing in it is markup, link or ping."""
    line = " ".join(terminal(text).split())
    start = re.match(_AT_START, line)
    at = start.end() - 1 if start else 0
    first = line[at : at + 1] if start else ""
    head = ""  # only digits stand before `first`
    if first in ("=", ":"):  # Python-Markdown would show a backslash
        head, line = f"&#{ord(first)};", line[1:]
    elif first in ("#", "+", "-", "."):
        head, line = line[:at] + "\\", line[at:]
    return head + _markdown_characters(line)


def _markdown_characters(text: str) -> str:
    text = _LINKED.sub(lambda found: found[0] + "\N{WORD JOINER}", text)
    text = re.sub(_REFERENCE, lambda found: f"&#{ord(found[0])};", text)
    return re.sub(_BACKSLASH, lambda found: "\\" + found[0], text)


# A spreadsheet runs a cell that starts so; the full-width forms too, in some locales.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_cell(text: str) -> str:
    """Give a finished cell, quotes included, that no spreadsheet takes for a formula.

    Join cells with commas; do not pass them through `csv.writer`, which would quote them again.
    """
    line = re.sub(_XML_ILLEGAL, _REPLACEMENT, text)
    danger = line.startswith(_FORMULA) or line.lstrip().startswith(_FORMULA)
    line = line.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace('"', '""')
    return f'"{chr(39) if danger else ""}{line}"'


def xml(text: str) -> str:
    """Encode text for XML, between tags or inside a quoted attribute."""
    from html import escape  # a terminal never needs its table of entities

    return escape(xml_legal(text), quote=True).replace("\r", "&#13;")


def xml_legal(text: str) -> str:
    """Replace what no XML document may hold; for a writer that escapes the rest itself."""
    return re.sub(_XML_ILLEGAL, _REPLACEMENT, text)


def workflow_message(text: str) -> str:
    """Encode text for the message of a GitHub workflow command; line ends are kept, encoded."""
    shown = "\n".join(terminal(line) for line in text.replace("\r\n", "\n").split("\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """Encode text for a property (`file=`, `title=`) of a GitHub workflow command."""
    return workflow_message(text).replace(":", "%3A").replace(",", "%2C")


def sarif_text(text: str) -> str:
    """Encode text for a plain-text message of SARIF, in which `{0}` and `[text](target)` have a meaning."""
    shown = terminal(text).replace("{", "{{").replace("}", "}}")  # SARIF 2.1.0, 3.11.5
    return shown.replace("](", "] (")  # 3.11.6; viewers differ on a backslash before a bracket


# RFC 3986, 2.3, and the slash that parts the names of a path.
_URI_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def uri_path(path: str) -> str:
    """Encode a path with forward slashes as a relative URI reference; what is no UTF-8 becomes U+FFFD."""
    data = re.sub(_XML_ILLEGAL, _REPLACEMENT, path).encode()
    return "".join(chr(byte) if byte in _URI_PLAIN else f"%{byte:02X}" for byte in data)
