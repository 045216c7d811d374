"""Words of the lexicon in a running text, linked where a section first uses them.

Belongs here: finding the words, in plain text and in finished HTML. Never here: the lexicon's page. The text is escaped
here, once; the words of the catalog are as hostile as any other text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from handrail.catalog.translated import unmarked
from handrail.model.vocabulary import Term
from handrail.publish.marks import source_text
from handrail.source.escape import html, markdown_html

if TYPE_CHECKING:
    from markupsafe import Markup

# What every page speaks of all the time, or anyone would say in passing: as links they would only be noise.
_EVERYDAY = """
agent alternative assessment blocked bundle catalog checklist claimed clause confidence control coverage declaration
detector diagnostic disclosure documented evidence facts finding gate handling implemented incident inherited judge
jurisdiction level mapping may must observation open partial phase planned principle reference regression requirement
safeguard satisfied scope should state statement undetermined verified
"""
_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_CLOSED = ("a", "code", "pre", "h2", "h3", "h4", "h5", "h6")


class Lexicon:
    """The words to link, and where to; `root` is the way to the top of the site."""

    def __init__(self, terms: Mapping[str, Term], root: str) -> None:
        self.terms = terms
        self.root = root
        everyday = _EVERYDAY.split()
        titles = {key: unmarked(term.title)[1] for key, term in terms.items()}
        self.keys = {title.casefold(): key for key, title in titles.items() if title.casefold() not in everyday}
        words = sorted((titles[key] for key in self.keys.values()), key=lambda word: (-len(word), word))
        self.pattern = re.compile(rf"(?<!\w)({'|'.join(map(_spelt, words))})(e?s)?(?!\w)") if words else None

    def section(self) -> Section:
        """A section begins: every word may be linked once."""
        return Section(self)


class Section:
    """The words that a section has linked already."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._linked: set[str] = set()

    def text(self, text: str) -> Markup:
        """A plain text, escaped, its words linked; one that is in the source language says so."""
        language, plain = unmarked(text)
        linked = self._in(plain, html)
        return _markup(source_text(language, linked) if language else linked)

    def markdown(self, text: str, top: int = 4) -> Markup:
        """A contributed Markdown text, rendered and cleaned, its words linked outside of links, code and headings."""
        parts: list[str] = []
        inside = at = 0
        language, plain = unmarked(text)
        cleaned = markdown_html(plain, top_heading=top)
        for tag in _TAG.finditer(cleaned):
            between = cleaned[at : tag.start()]
            parts += (between if inside else self._in(between, _as_is), tag[0])
            name = re.match(r"</?([a-z0-9]*)", tag[0])
            if name is not None and name[1] in _CLOSED:
                inside += -1 if tag[0].startswith("</") else 1
            at = tag.end()
        linked = "".join(parts) + cleaned[at:]
        return _markup(source_text(language, linked, "div") if language else linked)

    def _in(self, text: str, encode: Callable[[str], str]) -> str:
        if self._lexicon.pattern is None:
            return encode(text)
        parts: list[str] = []
        at = 0
        for found in self._lexicon.pattern.finditer(text):
            key = self._lexicon.keys[found[1].casefold()]
            if key not in self._linked:
                self._linked.add(key)
                parts += (encode(text[at : found.start()]), self._link(key, encode(found[0])))
                at = found.end()
        return "".join(parts) + encode(text[at:])

    def _link(self, key: str, shown: str) -> str:
        meaning = html(" ".join(self._lexicon.terms[key].definition.split()))
        return f'<a class="hr-term" href="{self._lexicon.root}lexicon.html#{key}" title="{meaning}">{shown}</a>'


def _spelt(word: str) -> str:
    """A pattern of a word as it may stand within a sentence: `Red teaming` is also `red teaming`; `CSAM` is not."""
    first, rest = word[:1], word[1:]
    either = first.isupper() and rest[:1].islower()
    return (f"[{first}{first.lower()}]" if either else re.escape(first)) + re.escape(rest)


def _as_is(text: str) -> str:
    return text


def _markup(finished: str) -> Markup:
    from markupsafe import Markup

    return Markup(finished)  # noqa: S704  every part was escaped or cleaned above
