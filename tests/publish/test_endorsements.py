"""Endorsement and dissent on the page of a principle: of which text, since when, and nothing once withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handrail.catalog.fingerprint import fingerprint
from handrail.model.endorsement import EndorsementFile
from handrail.publish.endorsements import said_of
from handrail.publish.pages_catalog import catalog_pages
from tests.publish.sites import elements
from tests.report.small import CATALOG

ON = date(2026, 11, 24)
TEXTS = {"SRC": "a" * 16, "SRC-01": "b" * 16}
GIVEN = {
    "of": "SRC-01",
    "position": "endorses",
    "statement": "b" * 16,
    "consent": {"by": "Board", "date": "2026-01-12"},
}


def file(*given: dict[str, Any], name: str = "The Guild", url: str | None = None) -> EndorsementFile:
    entries = [{**GIVEN, **one} for one in given]
    return EndorsementFile.model_validate(
        {"organisation": {"id": "guild", "name": name, "url": url}, "endorsements": entries}
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, ["endorses the text of"]),
        ({"statement": "c" * 16}, ["endorsed an earlier text of"]),
        ({"position": "dissents"}, ["dissents from the text of"]),
        ({"position": "dissents", "statement": "c" * 16}, ["dissented from an earlier text of"]),
        ({"of": "SRC"}, ["endorsed an earlier text of"]),
        ({"of": "GOV"}, []),
        ({"withdrawn": "2026-11-24"}, ["withdrew what it had said of"]),
        ({"withdrawn": "2026-11-25"}, ["endorses the text of"]),
        ({"consent": {"by": "Board", "date": "2026-11-24"}}, ["endorses the text of"]),
        ({"consent": {"by": "Board", "date": "2026-11-25"}}, []),
    ],
)
def test_the_words_follow_from_text_and_day(given: dict[str, Any], says: list[str]) -> None:
    assert [one.says for one in said_of([file(given)], TEXTS, on=ON)] == says


def test_of_what_is_withdrawn_no_word_is_left() -> None:
    (one,) = said_of([file({"withdrawn": "2026-10-01", "because": "We agree."})], TEXTS, on=ON)
    assert (one.day, one.because) == (date(2026, 10, 1), None)


def test_a_new_position_stands_alone() -> None:
    given = file({"withdrawn": "2026-10-01"}, {"position": "dissents", "statement": "b" * 16})
    assert [one.says for one in said_of([given], TEXTS, on=ON)] == ["dissents from the text of"]


def test_the_order_is_by_name_and_not_by_what_is_said() -> None:
    files = [file({}, name="zeta"), file({"position": "dissents"}, name="Alpha"), file({"of": "SRC"}, name="Zeta")]
    assert [(one.name, one.of) for one in said_of(files, TEXTS, on=ON)] == [
        ("Alpha", "SRC-01"),
        ("Zeta", "SRC"),
        ("zeta", "SRC-01"),
    ]


def test_the_page_shows_them_and_without_any_it_shows_the_fingerprint_alone() -> None:
    principle = CATALOG.principles[0]
    entry = {"of": principle.id, "statement": fingerprint(principle.statement), "because": "<script>x</script>"}
    path = f"principles/{principle.id.lower()}.html"
    made = {
        number: next(page.body for page in catalog_pages(CATALOG, built_on=ON, endorsements=files) if page.path == path)
        for number, files in enumerate(([], [file(entry, name="<b>Guild", url="javascript:x")]))
    }
    assert fingerprint(principle.statement) in made[0]
    assert 'id="endorsements"' not in made[0]
    (heading,) = (one for one in elements(made[1]) if one.attributes.get("id") == "endorsements")
    assert heading.tag == "h2"
    assert "endorses the text of" in made[1]
    assert "consent of 12 January 2026" in made[1]
    assert "&lt;b&gt;Guild" in made[1]
    assert "<script>" not in made[1]
    assert "javascript:" not in made[1]
    assert "Board" not in made[1], "the role that consented is not published"
