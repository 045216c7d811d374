"""Contributed Markdown to safe HTML: rendered without raw HTML, then held to a list of tags.

Belongs here: the list of what may stand in a page of ours. Never here: encoders of plain text
(`escape`). Two independent locks: markdown-it passes no HTML through, and nh3 parses what it made
and keeps only what is listed. The second holds where the first has a defect.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from handrail.model import limits

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PROSE = ("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TABLE = ("table", "thead", "tbody", "tr", "th", "td")
_TAGS = frozenset((*_PROSE, *_HEADINGS, *_TABLE))
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def markdown_html(text: str, *, top_heading: int = 3) -> str:
    """Render contributed Markdown as HTML that can stand in any page of ours.

    Links go to http, https, mailto or relative addresses; images are left out (a page loads
    nothing from elsewhere); headings start at `top_heading`, so that the page's outline holds.
    """
    # Imported here: rendering happens in the site and HTML reports only, and `check` starts fast.
    import nh3

    legal = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))
    if len(legal) > limits.MARKDOWN_CHARACTERS:
        from html import escape

        return f"<p>{escape(legal)}</p>\n"
    parser = _parser()
    tokens = parser.parse(legal)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + top_heading - 1, 6)}"
    rendered = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(
        rendered,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
