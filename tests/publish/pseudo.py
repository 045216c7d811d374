"""The small site in a language made up here, and finding what of a page went past it.

A word of it has an accent on every letter and more letters than the English one, and stands in brackets. Belongs here:
the language and the judgement of a page's words. Never here: which pages are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import html5lib

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.texts import texts_of
from handrail.catalog.translated import translated
from handrail.model.kinds import KINDS
from handrail.model.translation import TranslatedText, Translation
from handrail.publish.language import Language
from tests.publish.sites import build, contents, small_reports
from tests.report.small import CATALOG

TAG = "en-xa"
ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
)
_FIXED = re.compile(r"(<[^<>]*>|%\([a-z0-9_]+\)s|&[a-z#0-9]+;|<code>.*?</code>)")


def pseudo(text: str) -> str:
    """A text in the made-up language; tags and names in it stay."""
    parts = _FIXED.split(text)
    said = "".join(part if at % 2 else part.translate(ACCENTED) for at, part in enumerate(parts))
    return f"[{said} ~~~]"


class Everything(Mapping[str, tuple[str, ...]]):
    """Messages for whatever is asked for."""

    def __getitem__(self, message: str) -> tuple[str, ...]:
        return (pseudo(message) if message else message,)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@cache
def site() -> Mapping[str, bytes]:
    """The small site in the made-up language: every other text of the catalog is translated."""
    texts = {
        address: TranslatedText(of=fingerprint(text), text=f"[{pseudo(text)}]")
        for at, (address, text) in enumerate(texts_of(CATALOG).items())
        if at % 2
    }
    shown = translated(CATALOG, Translation(TAG, texts))[0]
    with TemporaryDirectory() as folder:
        language = Language(TAG, Everything())
        build(Path(folder, "site"), reports=small_reports(), language=language, translated=shown)
        return contents(Path(folder, "site"))


# Why a word without an accent may stand on a page outside of elements that say that they are English.
_ALLOWED = {
    "the engine's own page": re.compile("404 - Not found"),
    "names of files and formats": re.compile(r"[a-z-]+(\.bundle)?\.(json|csv)|handrail\.yaml|draft-07"),
    "numbers, days and values with what was translated around them": re.compile(r"[^a-z]*"),
    "names of kinds of evidence, as files write them": re.compile("|".join(KINDS)),
}
_NAMES = re.compile("|".join(map(re.escape, ("A law", "A parliament", "Tests", "Rep"))))
"""Names of instruments and organisations in the catalog, which are the same in every language."""
_SKIPPED = ("code", "pre", "script", "style", "svg")
_VALUE = re.compile(
    rf"öţĥéŕŵîšé .*? ~~~|handrail(?:\.yaml)?|kB; SHA-256|sha256:[0-9a-f]+|\[({'|'.join(KINDS)}), (?=åţ ļéåšţ)"
)
_MARKED = re.compile("\u2068\\[en\\] [^\u2069]*\u2069?|\u2068?\\[en\\] ")


def unsaid(node: Any, *, english: bool = False) -> Iterator[str]:
    """Texts and labels below an element that are in English and do not say so."""
    name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "script"
    english = node.attrib.get("lang", "en" if english else "") == "en"
    if not english and name not in _SKIPPED:
        yield from (text for text in (node.text, node.attrib.get("title"), node.attrib.get("aria-label")) if text)
        for child in node:
            yield from unsaid(child)
            if child.tail:
                yield child.tail
    elif english:
        for child in node:
            yield from unsaid(child, english=True)


def plain(text: str) -> str:
    """What is left of a text without what may be plain in it."""
    left = _NAMES.sub("", _VALUE.sub("", _MARKED.sub("", " ".join(text.split()))))
    return "" if any(one.fullmatch(left.strip()) for one in _ALLOWED.values()) else left


def articles(page: bytes) -> Iterator[Any]:
    return html5lib.parse(page.decode(), namespaceHTMLElements=False).iter("article")


def english(page: bytes) -> set[str]:
    """The texts of a page's article that are in English and do not say so."""
    texts = (text.strip() for article in articles(page) for text in unsaid(article))
    return {text for text in texts if re.search("[a-z]{3,}", plain(text))}
