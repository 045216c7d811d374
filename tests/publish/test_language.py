"""Pages in another language: every word of the interface goes through gettext, and what stays English says so.

A language made up here has an accent on every letter, longer words and brackets, so what went past gettext is seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import html5lib
import pytest

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.texts import texts_of
from handrail.catalog.translated import translated
from handrail.model.kinds import KINDS
from handrail.model.translation import TranslatedText, Translation
from handrail.publish.language import ENGLISH, Language, MessagesRefused, parse, read_language, speaking, unlike
from handrail.publish.messages import messages, po_file
from handrail.publish.pages import bundle_files
from handrail.publish.words import counted, day, how_fresh
from tests.publish.sites import BUILT_ON, DIGEST, build, contents, small_reports
from tests.report.small import CATALOG

TAG = "en-xa"
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
)
_FIXED = re.compile(r"(<[^<>]*>|%\([a-z0-9_]+\)s|&[a-z#0-9]+;|<code>.*?</code>)")


def pseudo(text: str) -> str:
    """A text in the made-up language; tags and names in it stay."""
    parts = _FIXED.split(text)
    said = "".join(part if at % 2 else part.translate(_ACCENTED) for at, part in enumerate(parts))
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
_VALUE = re.compile(r"öţĥéŕŵîšé .*? ~~~|handrail|kB; SHA-256")
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


PAGES = ("applies", "changes", "checklists/index", "crosswalk", "diagnostics", "downloads", "graph", "index")


def test_no_word_of_the_interface_goes_past_gettext() -> None:
    made = {path: page for path, page in site().items() if path.endswith(".html")}
    assert {f"{one}.html" for one in PAGES} <= made.keys()
    left = {
        f"{path}: {text.strip()}"
        for path, page in made.items()
        for article in articles(page)
        for text in unsaid(article)
        if re.search("[a-z]{3,}", plain(text))
    }
    assert left == set()


def test_the_menu_is_in_the_language_too() -> None:
    page = site()["index.html"].decode()
    assert f">{pseudo('Get started')}<" in re.sub(r"\s*\n\s*", "", page)


def test_every_page_says_its_language_and_direction() -> None:
    for path, page in site().items():
        if path.endswith(".html") and not path.startswith("assets/"):
            assert page.count(b'<html lang="en-xa" dir="ltr"') == 1, path


def test_the_search_takes_letters_of_every_script_for_letters() -> None:
    config = json.loads(site()["search/search_index.json"])["config"]
    assert (config["lang"], config["pipeline"]) == (["en"], [])


def test_a_text_that_fell_back_shows_its_mark_and_says_its_language() -> None:
    page = site()["principles/dat.html"].decode()
    assert '<span class="hr-source" lang="en" dir="ltr"><span class="hr-source__mark">[en]</span> ' in page


def test_a_gap_report_stays_english_word_for_word_and_says_so() -> None:
    for path in ("reports/beacon.html", "reports/index.html"):
        english = next(articles(site()[path])).find("div[@lang='en']")
        assert english is not None
        text = "".join(english.itertext())
        assert "Gap reports" in text
        assert not {chr(one) for one in _ACCENTED.values()} & set(text)


def test_downloads_and_fingerprints_are_those_of_the_catalog_as_it_is_written() -> None:
    english = bundle_files(CATALOG, DIGEST, built_on=BUILT_ON)
    files = [path for path in english if path.startswith("downloads/") or path == "feed.xml"]
    assert len(files) > 5
    for path in files:
        assert site()[path] == english[path]
    control = next(iter(CATALOG.controls))
    page = site()[f"principles/{CATALOG.principle_of[control].lower()}.html"].decode()
    assert CATALOG.fingerprints[control] in page


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


def po(source: str, said: str) -> bytes:
    return f'{PO}msgid "{source}"\nmsgstr "{said}"\n'.encode()


def test_messages_are_read_and_agree_with_numbers() -> None:
    forms = 'msgid "%(number)s control"\nmsgid_plural "%(number)s controls"\nmsgstr[0] "%(number)s contrôle"\n'
    french = parse("fr", f'{PO}{forms}msgstr[1] "%(number)s contrôles"\n'.encode(), shown="x")
    with speaking(french):
        assert [counted(n, "control") for n in (0, 1, 2)] == ["0 contrôle", "1 contrôle", "2 contrôles"]
        assert day(BUILT_ON) == "24 November 2026"
        assert how_fresh(None) == "any age"
    assert counted(0, "control") == "0 controls"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Rests on %(name)s", "Ruht"),
        ("Rests on %(name)s", "Ruht auf %(nam)s"),
        ("Facts", "<script>alert(1)</script>"),
        ("Facts", "Fakten <"),
        ("Facts", "Fakten &amp"),
        ("Facts", '\\" onmouseover=\\"x'),
        ("Facts", "100 %"),
        ("<a href='x'>Facts</a>", "<a href='https://example.org'>Fakten</a>"),
    ],
)
def test_a_message_that_would_change_the_page_is_refused(source: str, said: str) -> None:
    with pytest.raises(MessagesRefused, match=r"^locale/x\.po:6: the translation of "):
        parse("de", po(source, said), shown="locale/x.po")


@pytest.mark.parametrize("said", ["<b>Ruht</b> auf %(name)s", "Auf %(name)s ruht <b>es</b> &amp;amp; nicht anders"])
def test_tags_and_names_may_move(said: str) -> None:
    assert unlike("<b>Rests</b> on %(name)s", said) == ""


def test_what_nobody_translated_or_looked_over_stays_english() -> None:
    fuzzy = b'#, fuzzy\nmsgid "Facts"\nmsgstr "Fakten"\n\nmsgid "Level"\nmsgstr ""\n'
    german = parse("de", PO.encode() + fuzzy, shown="x")
    assert (german.gettext("Facts"), german.gettext("Level")) == ("Facts", "Level")


@pytest.mark.parametrize("tag", ["de", "../de", "DE", ""])
def test_a_language_without_messages_is_refused(tag: str, tmp_path: Path) -> None:
    with pytest.raises(MessagesRefused, match="there are no messages for"):
        read_language(tag, tmp_path)


def test_a_language_of_the_catalog_alone_has_english_words_around_it(tmp_path: Path) -> None:
    found = read_language("de", tmp_path, may_lack=["de", "../de"])
    assert (found.tag, found.gettext("Facts")) == ("de", "Facts")
    with pytest.raises(MessagesRefused):
        read_language("../de", tmp_path, may_lack=["de", "../de"])


def test_a_file_that_is_no_po_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locale/de/LC_MESSAGES/handrail.po"
    path.parent.mkdir(parents=True)
    for data in (b"\xff\xfe", b'msgid "a\n', b"what is this\n"):
        path.write_bytes(data)
        with pytest.raises(MessagesRefused, match=r"^locale/de/LC_MESSAGES/handrail\.po: "):
            read_language("de", tmp_path)


def test_english_needs_no_messages(tmp_path: Path) -> None:
    assert read_language("en", tmp_path) is ENGLISH


def test_a_translator_gets_every_message_and_keeps_what_is_done() -> None:
    found = messages(CATALOG, built_on=BUILT_ON, menu=("Get started",))
    assert {"Facts", "Crosswalk", "Get started", "any age", "May", "Left open", "read at the source"} <= found.keys()
    assert found["%(number)s control"] == "%(number)s controls"
    assert not any(text in found for text in texts_of(CATALOG).values() if len(text) > 20)
    first = po_file("de", found).replace(b'msgid "Crosswalk"\nmsgstr ""', b'msgid "Crosswalk"\nmsgstr "Konkordanz"')
    assert po_file("de", found, first) == first
    assert parse("de", first, shown="x").gettext("Crosswalk") == "Konkordanz"
