"""Words of the lexicon are linked where a section first uses them, and nothing in a text becomes markup by it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from handrail.model.bundle import Bundle
from handrail.model.vocabulary import Term
from handrail.publish.page import Page
from handrail.publish.terms import Lexicon
from tests.publish.sites import elements

TERMS = {
    "csam": Term(title="CSAM", definition='Abuse "material".'),
    "red-teaming": Term(title="Red teaming", definition="Testing."),
    "model-card": Term(title="Model card", definition="A document."),
    "model": Term(title="Model", definition="A model."),
    "open": Term(title="Open", definition="Not satisfied."),
    "security-txt": Term(title="security.txt", definition="A file."),
}


def linked(text: str, markdown: bool = False) -> list[str]:
    """The keys of the terms that a text links, in order."""
    section = Lexicon(TERMS, "../").section()
    made = str(section.markdown(text) if markdown else section.text(text))
    return re.findall(r'<a class="hr-term" href="\.\./lexicon\.html#([a-z-]+)"', made)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("No CSAM here, and no CSAM there.", ["csam"]),
        ("Plan red teaming. Red teaming needs a plan.", ["red-teaming"]),
        ("Every model card of a model.", ["model-card", "model"]),
        ("Two model cards, and models.", ["model-card", "model"]),
        ("csam in small letters, remodel, CSAMs", ["csam"]),
        ("An open question", []),
        ("securityxtxt is not security.txt", ["security-txt"]),
        ("", []),
    ],
)
def test_the_first_use_of_a_word_is_linked(text: str, keys: list[str]) -> None:
    assert linked(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("A **model** and a `CSAM`.", ["model"]),
        ("## CSAM\n\nThen CSAM.", ["csam"]),
        ("[a model card](https://example.org) and CSAM", ["csam"]),
        ('[x](https://example.org "a model > CSAM") model', ["model"]),
    ],
)
def test_links_code_and_headings_stay_as_they_are(text: str, keys: list[str]) -> None:
    assert linked(text, markdown=True) == keys


def test_texts_and_definitions_come_out_as_text() -> None:
    section = Lexicon(TERMS, "").section()
    made = str(section.text("<b>CSAM</b> & <script>"))
    tags = [one for one in elements(made) if one.tag not in ("html", "head", "body")]
    assert [one.tag for one in tags] == ["a"]
    assert tags[0].attributes["title"] == 'Abuse "material".'
    assert next(one for one in elements(made) if one.tag == "body").text == "<b>CSAM</b> & <script>"


def test_a_catalog_without_a_lexicon_links_nothing() -> None:
    assert str(Lexicon({}, "").section().text("CSAM <")) == "CSAM &lt;"


def test_each_section_begins_anew(pages: Mapping[str, Page], catalog: Bundle) -> None:
    links = [one for one in elements(pages["principles/src.html"].body) if one.attributes.get("class") == "hr-term"]
    keys = [one.attributes["href"].rpartition("#")[2] for one in links]
    assert set(keys) <= set(catalog.terms)
    assert len(keys) > len(set(keys)), "a second section links a word again"
    for section in re.findall(
        r'<section class="hr-control".*?</section>', pages["principles/src.html"].body, re.DOTALL
    ):
        own = re.findall(r"lexicon\.html#([a-z0-9-]+)", section)
        assert len(own) == len(set(own))
