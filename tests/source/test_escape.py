"""Whatever the text, each encoder leaves it inert for its sink."""

from __future__ import annotations

import csv
import html.parser
import io
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handrail.source import escape

ANY_TEXT = st.text(alphabet=st.characters(codec=None), max_size=60)
SPECIAL = st.lists(
    st.sampled_from([*"\\`*_{}[]()<>#+-.!|~=:&$^\"'%,;@\n\r\t 1a/", "www.", "://", "##[", "::"]),
    max_size=30,
).map("".join)
HOSTILE = [
    "\x1b[31mred\x1b]8;;http://x\x07",
    "\x9b31m",
    "\u202eevil\u2066",
    "a\u200bb\ufeffc\u00ad",
    "\U000e0041\U000e007f",
    "\ud800",
    "\0",
    "\r\n\u2028\u2029\x85",
    "<script>alert(1)</script>",
    "\" onmouseover='x'",
    "]]>",
    "::error::x",
    "##[add-matcher]x",
    "=cmd|' /C calc'!A0",
]


# --- terminal ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("caf\u00e9 \u65e5\u672c", "caf\u00e9 \u65e5\u672c"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b", "\\x9b"),
        ("\u202e", "\\u202e"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("a\u200bb", "a\\u200bb"),
        ("a\u3164b", "a\\u3164b"),
        ("a\u00a0b\u3000c", "a b c"),
        ("a\tb", "a b"),
        ("a\nb\r\nc", "a b c"),
        ("a\rb", "a\\x0db"),
        ("##[error]x", "#\\x23[error]x"),
    ],
)
def test_terminal_shows_what_a_terminal_would_obey(text: str, shown: str) -> None:
    assert escape.terminal(text) == shown


def test_terminal_treats_line_ends_as_asked() -> None:
    assert escape.terminal("a\nb", newlines="escape") == "a\\nb"
    assert escape.terminal("a\nb\x1b", newlines="keep") == "a\nb\\x1b"


def test_no_code_point_that_is_not_visible_passes_to_a_terminal() -> None:
    for number in range(sys.maxunicode + 1):
        for character in escape.terminal(chr(number)):
            category = unicodedata.category(character)
            assert category not in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"), hex(number)


@given(ANY_TEXT | SPECIAL)
def test_terminal_text_is_one_line_that_needs_no_more_escaping(text: str) -> None:
    shown = escape.terminal(text)
    assert "\n" not in shown
    assert "##[" not in shown
    assert escape.terminal(shown) == shown


# --- HTML and XML -----------------------------------------------------------------------------


class _Seen(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(ANY_TEXT | SPECIAL | st.sampled_from(HOSTILE))
def test_html_text_adds_no_tag_and_no_attribute(text: str) -> None:
    seen = _Seen()
    encoded = escape.html(text)
    seen.feed(f'<p title="{encoded}">{encoded}</p>')
    seen.close()
    assert [(tag, len(attrs)) for tag, attrs in seen.tags] == [("p", 1)]
    encoded.encode("utf-8")


@given(ANY_TEXT | SPECIAL | st.sampled_from(HOSTILE))
@example("]]>")
def test_xml_text_can_be_read_back(text: str) -> None:
    encoded = escape.xml(text)
    document = f'<r a="{encoded}">{encoded}</r>'.encode()
    root = ET.fromstring(document)  # noqa: S314 - our own document, without entities
    assert (root.text or "") == escape.xml_legal(text)
    assert len(root) == 0
    assert list(root.attrib) == ["a"]


def test_xml_replaces_what_no_document_may_hold() -> None:
    assert escape.xml("a\0\x1b\ud800\uffffb") == "a\ufffd\ufffd\ufffd\ufffdb"
    assert escape.xml("<&\"'>\r") == "&lt;&amp;&quot;&#x27;&gt;&#13;"


# --- CSV --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a", '"a"'),
        ("", '""'),
        ('say "a", b', '"say ""a"", b"'),
        ("=1+1", '"\'=1+1"'),
        ("+1", '"\'+1"'),
        ("-1", '"\'-1"'),
        ("@SUM(A1)", '"\'@SUM(A1)"'),
        ("\t=1", '"\'\t=1"'),
        ("\r=1", '"\' =1"'),
        ("\n=1", '"\' =1"'),
        (" =1", '"\' =1"'),
        ("\uff1d1", '"\'\uff1d1"'),
        ("a\nb\r\nc", '"a b c"'),
        ("a\0", '"a\ufffd"'),
    ],
)
def test_csv_cells_are_quoted_and_never_formulas(text: str, cell: str) -> None:
    assert escape.csv_cell(text) == cell


@given(st.lists(ANY_TEXT | SPECIAL | st.sampled_from(HOSTILE), min_size=1, max_size=5))
def test_csv_rows_keep_their_cells(cells: list[str]) -> None:
    line = ",".join(escape.csv_cell(cell) for cell in cells)
    (row,) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert len(row) == len(cells)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


# --- workflow commands ------------------------------------------------------------------------


def test_workflow_text_is_encoded_as_the_runner_decodes_it() -> None:
    assert escape.workflow_message("100%\na: b, c") == "100%25%0Aa: b, c"
    assert escape.workflow_property("a:b,c%\n") == "a%3Ab%2Cc%25%0A"


@pytest.mark.parametrize("encode", [escape.workflow_message, escape.workflow_property])
@given(text=ANY_TEXT | SPECIAL | st.sampled_from(HOSTILE))
def test_workflow_text_stays_on_its_line(encode: Callable[[str], str], text: str) -> None:
    encoded = encode(text)
    assert len(f"::error::{encoded}".splitlines()) == 1
    assert "##[" not in encoded
    assert escape.terminal(encoded) == encoded


# --- Markdown of our own ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("SRC-03: data", "SRC-03: data"),
        ("a_b*c", "a\\_b\\*c"),
        ("# a", "\\# a"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("1) a", "1\\) a"),
        ("===", "&#61;=="),
        ("<b>&amp;", "&#60;b&#62;&#38;amp;"),
        ("[x](y)", "\\[x\\]\\(y\\)"),
        ("a | b", "a &#124; b"),
        ("a\n\n    b", "a b"),
        ("@user #12", "@\u2060user #\u206012"),
        ("http://x www.y", "http:\u2060//x www\u2060.y"),
        ("\u202e", "\\\\u202e"),
    ],
)
def test_markdown_text_is_readable_and_inert(text: str, encoded: str) -> None:
    assert escape.markdown_inline(text) == encoded


@given(ANY_TEXT | SPECIAL | st.sampled_from(HOSTILE))
def test_markdown_text_renders_as_itself_in_commonmark(text: str) -> None:
    from markdown_it import MarkdownIt

    encoded = escape.markdown_inline(text)
    assert len(encoded.splitlines()) <= 1
    shown = " ".join(escape.terminal(text).split())
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(encoded)
    seen = _Seen()
    seen.feed(rendered)
    seen.close()
    assert [tag for tag, _ in seen.tags] == (["p"] if shown else [])
    assert seen.text.strip().replace("\u2060", "") == shown.replace("\u2060", "")


@given(SPECIAL)
def test_markdown_text_stays_in_its_table_cell(text: str) -> None:
    from markdown_it import MarkdownIt

    table = f"| a | b |\n|---|---|\n| {escape.markdown_inline(text)} | c |\n"
    rendered = MarkdownIt("commonmark").enable("table").render(table)
    assert rendered.count("<td>") == 2
    assert rendered.count("<tr>") == 2


@given(SPECIAL)
def test_markdown_text_renders_as_itself_in_python_markdown(text: str) -> None:
    import markdown  # type: ignore[import-untyped]  # it brings no types

    shown = " ".join(escape.terminal(text).split())
    extensions = ["tables", "attr_list", "def_list", "footnotes", "fenced_code", "admonition"]
    rendered = markdown.markdown(f"x {escape.markdown_inline(text)}", extensions=extensions)
    seen = _Seen()
    seen.feed(rendered)
    seen.close()
    assert [tag for tag, _ in seen.tags] == ["p"]
    assert seen.text.strip().replace("\u2060", "") == f"x {shown}".strip()
