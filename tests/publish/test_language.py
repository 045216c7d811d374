"""Pages in another language: every word of the interface goes through gettext, and what stays English says so.

A made-up language has an accent on every letter, longer words and brackets, so what went past gettext is seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handrail.catalog.texts import texts_of
from handrail.publish.language import ENGLISH, Language, MessagesRefused, parse, read_language, speaking, unlike
from handrail.publish.messages import messages, po_file
from handrail.publish.pages import bundle_files
from handrail.publish.pages_applies import DATA
from handrail.publish.pages_form import DATA as FORM_DATA
from handrail.publish.script_words import APPLIES, FORM, Sentences
from handrail.publish.source import site_source
from handrail.publish.words import counted, day, how_fresh
from tests.publish.pseudo import ACCENTED, articles, english, pseudo, site
from tests.publish.sites import BUILT_ON, DIGEST
from tests.report.small import CATALOG

PAGES = ("applies", "changes", "checklists/index", "crosswalk", "diagnostics", "downloads", "graph", "index")


def test_no_word_of_the_interface_goes_past_gettext() -> None:
    made = {path: page for path, page in site().items() if path.endswith(".html")}
    assert {f"{one}.html" for one in PAGES} <= made.keys()
    assert [f"{path}: {text}" for path, page in made.items() for text in english(page)] == []


SCRIPTS = ("handrail/applies", "form/page", "form/evidence", "form/answers", "form/form")
"""The scripts that speak to a reader in the language of the page; what others say of mistakes in a file is English."""
_LITERAL = re.compile(r"""(?<!class: )"([^"\n]*)"|'([^'\n]*)'|`([^`]*)`""")


def data_of(path: str, site: Mapping[str, bytes]) -> Any:
    return json.loads(site[path].decode().split(" = ", 1)[1].removesuffix(";\n"))


@pytest.mark.parametrize(("path", "sentences"), [(DATA, APPLIES), (FORM_DATA, FORM)])
def test_every_sentence_of_a_script_comes_from_its_data_in_the_language(path: str, sentences: Sentences) -> None:
    data = data_of(path, site())
    assert data["say"] == {
        name: pseudo(one) if isinstance(one, str) else [pseudo(one[0])] * 2 for name, one in sentences.items()
    }
    assert data_of(path, bundle_files(CATALOG, DIGEST, built_on=BUILT_ON))["say"] == {
        name: one if isinstance(one, str) else list(one) for name, one in sentences.items()
    }


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_sentence_stands_in_a_script(name: str) -> None:
    text = (site_source() / f"overrides/assets/{name}.js").read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|//[^\n]*|\$\{[^{}]*\}|class: `[^`]*`", "", text, flags=re.S)
    literals = {next(filter(None, one), "") for one in _LITERAL.findall(code)} - {"use strict"}
    assert [one for one in literals if re.search(r"[A-Za-z]{2,} [a-z]", one)] == []


@pytest.mark.parametrize("sentences", [APPLIES, FORM])
def test_every_sentence_is_said_by_a_script_with_the_values_that_it_names(sentences: Sentences) -> None:
    scripts = ["handrail/applies"] if sentences is APPLIES else [*SCRIPTS[1:], "form/declaration"]
    code = "".join((site_source() / f"overrides/assets/{name}.js").read_text(encoding="utf-8") for name in scripts)
    for name, one in sentences.items():
        assert f'"{name}"' in code, name
        names = [set(re.findall(r"%\(([a-z]+)\)s", form)) for form in ((one,) if isinstance(one, str) else one)]
        assert all(re.search(rf"\b{value}\b", code) for value in names[-1]), name
        assert all(form <= names[-1] for form in names)


def test_the_forms_of_a_script_agree_with_numbers_as_gettext_does() -> None:
    polish = Language("pl", {"%(number)s control": ("a", "b", "c")}, _POLISH)
    forms = polish.forms("%(number)s control", "%(number)s controls")
    for number in range(1_000):
        digit = polish.groups[number if number < 200 else 100 + number % 100]
        assert forms[int(digit)] == polish.ngettext("%(number)s control", "%(number)s controls", number)
    assert polish.forms("one", "many") == ["one", "many", "many"], "what nobody translated stays English"


_POLISH = "(n == 1) ? 0 : (n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14)) ? 1 : 2"


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
        assert not {chr(one) for one in ACCENTED.values()} & set(text)


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
