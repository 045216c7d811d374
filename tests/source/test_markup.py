"""Contributed Markdown becomes our tags and nothing else."""

from __future__ import annotations

import html.parser
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model import limits
from handrail.source.escape import markdown_html


class _Audit(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def audit(rendered: str) -> None:
    seen = _Audit()
    seen.feed(rendered)
    seen.close()
    for tag, attributes in seen.found:
        assert tag in {
            "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a",
            "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
        }  # fmt: skip
        assert set(attributes) <= {"href", "title", "rel", "start"}
        # A browser drops these characters before it looks for a scheme.
        address = re.sub("[\\s\x00-\x20]", "", attributes.get("href") or "").lower()
        scheme = re.match("([a-z][a-z0-9+.-]*):", address)
        assert scheme is None or scheme[1] in ("http", "https", "mailto")


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("# a\n\n###### b", "<h3>a</h3>\n<h6>b</h6>\n"),
        ("[a](https://x/y)", '<p><a href="https://x/y" rel="noopener noreferrer">a</a></p>\n'),
        ("[a](../b.html#c)", '<p><a href="../b.html#c" rel="noopener noreferrer">a</a></p>\n'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("[a](ftp://x)", '<p><a rel="noopener noreferrer">a</a></p>\n'),
        ("a\0\x1b\ud800b", "<p>a\ufffd\ufffd\ufffdb</p>\n"),
        ("a\r\nb", "<p>a\nb</p>\n"),
    ],
)
def test_markdown_is_rendered_as(text: str, rendered: str) -> None:
    assert markdown_html(text) == rendered


def test_an_image_loads_nothing() -> None:
    assert "<img" not in markdown_html("![a](https://x/y.png)")


def test_a_table_is_a_table_without_styles() -> None:
    rendered = markdown_html("| a | b |\n|:-:|--|\n| c | d |\n")
    assert "<td>c</td>" in rendered
    audit(rendered)


def test_headings_start_where_the_page_wants_them() -> None:
    assert markdown_html("# a", top_heading=2) == "<h2>a</h2>\n"


HOSTILE = [
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](\u00a0javascript:alert(1))",
    "[a](vbscript:x)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    '[a](x "onmouseover=alert(1)")',
    "`<img src=x onerror=alert(1)>`",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<!-- --><script>",
    "```html onload=x\n<script>\n```",
    "{: onclick=alert(1)}",
    '--8<-- "/etc/passwd"',
    "<a href='javascript:1'>x</a>",
    '"><script>alert(1)</script>',
    "&lt;script&gt;",
    "{{ 7 * 7 }}{% import os %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_is_only_our_tags(text: str) -> None:
    audit(markdown_html(text))


@given(st.lists(st.sampled_from([*HOSTILE, *"[]()<>!*_`#|-:\n\t\"'&", "a", "javascript:", "](", "http://"]),
                max_size=12).map("".join))  # fmt: skip
def test_any_mixture_is_only_our_tags(text: str) -> None:
    audit(markdown_html(text))


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_any_text_is_only_our_tags(text: str) -> None:
    rendered = markdown_html(text)
    audit(rendered)
    rendered.encode()


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_very_long_text_is_shown_as_it_is(extra: int) -> None:
    text = "*a* " * (limits.MARKDOWN_CHARACTERS // 4 - 1) + "a" * (4 + extra)
    assert ("<em>" in markdown_html(text)) is (extra <= 0)


@pytest.mark.parametrize(
    "bit", ["[", "*a ", "**a", "`a", "> ", "- ", "<", "[a](", "![", "_a_ ", "&", "\\", "|", "a\n\n"]
)
def test_every_text_within_the_limit_ends(bit: str) -> None:
    text = (bit * limits.MARKDOWN_CHARACTERS)[: limits.MARKDOWN_CHARACTERS]
    audit(markdown_html(text))


def test_importing_the_encoders_does_not_import_the_renderer() -> None:
    code = (
        "import sys, handrail.source.escape, handrail.source.render;"
        "print([m for m in ('nh3', 'markdown_it') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
