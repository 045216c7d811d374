"""The portfolio: by name, like beside like, a hundred rows a page, and the same rows for filters in the browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handrail.publish.pages_portfolio import ROWS, Card, page_path, portfolio_data, portfolio_pages
from handrail.publish.pages_reports import Edition
from tests.publish.sites import BUILT_ON, DIGEST, elements, texts
from tests.report.small import CATALOG

Site = Mapping[str, bytes]
EDITION = Edition(bundle=CATALOG, digest=DIGEST, built_on=BUILT_ON)


def card(number: int, *, name: str = "", role: str = "Host", checklist: str = "List", catalog: str = "1.0") -> Card:
    """A row; the higher its number, the more is open."""
    return Card(
        id=f"p{number}",
        name=name or f"Project {number:04}",
        version="",
        roles=(role,),
        checklists=(checklist,),
        catalog=catalog,
        as_of=date(2026, 11, 24),
        must=300,
        open_must=number,
        labels=("undetermined",) if number % 2 else ("satisfied",),
        cells=((number % 3, 3, False), None, (0, 0, True), None),
        fictional=False,
    )


def names(body: str) -> list[str]:
    return [
        one.text
        for one in elements(body)
        if one.tag == "a" and one.attributes["href"].startswith("p") and "rel" not in one.attributes
    ]


def data(cards: list[Card]) -> dict[str, list[Any]]:
    text = portfolio_data(cards, EDITION).decode()
    made: dict[str, list[Any]] = json.loads(text.removeprefix("var handrailPortfolio = ").rstrip(";\n"))
    return made


def test_rows_stand_by_name_whatever_is_open() -> None:
    cards = [card(3, name="beta"), card(1, name="Gamma"), card(2, name="Alpha")]
    [page] = portfolio_pages(cards, EDITION)
    assert names(page.body) == ["Alpha", "beta", "Gamma"]
    assert [row[1] for row in data(cards)["rows"]] == ["Alpha", "beta", "Gamma"]


@pytest.mark.parametrize("differs", ["role", "checklist", "catalog"])
def test_rows_of_another_role_checklist_or_catalog_stand_in_another_table(differs: str) -> None:
    [page] = portfolio_pages([card(1), card(2, **{differs: "Other"}), card(3)], EDITION)
    tables = [one for one in elements(page.body) if one.tag == "table"]
    assert len(tables) == 2
    assert sorted(len([r for r in one.node.iter() if str(r.tag).endswith("}tr")]) - 1 for one in tables) == [1, 2]


def test_many_rows_are_told_on_pages_that_lead_to_each_other() -> None:
    cards = [card(number) for number in range(2 * ROWS + 1)]
    pages = portfolio_pages(reversed(cards), EDITION)
    assert [page.path for page in pages] == [page_path(1), page_path(2), page_path(3)]
    assert [len(names(page.body)) for page in pages] == [ROWS, ROWS, 1]
    assert [name for page in pages for name in names(page.body)] == [one.name for one in cards]
    second = {one.attributes["href"] for one in elements(pages[1].body) if one.tag == "a"}
    assert {"index.html", "index-3.html"} <= second
    assert "continued" in pages[1].body


def test_the_script_holds_what_the_table_says() -> None:
    cards = [card(number, role="Host" if number % 2 else "Developer") for number in range(12)]
    made = data(cards)
    [page] = portfolio_pages(cards, EDITION)
    rows = [one.text for one in elements(page.body) if one.tag == "tr"]
    for _, name, group, day, still_open, must, labels, cells in made["rows"]:
        told = " ".join(cell[0] if cell else "\N{EN DASH}" for cell in cells)
        assert any(row.replace(" ", "") == f"{name}{day}{still_open} of {must}{told}".replace(" ", "") for row in rows)
        assert made["groups"][group]["roles"] == ["Host" if still_open % 2 else "Developer"]
        assert [made["labels"][one] for one in labels] == ["undetermined" if still_open % 2 else "satisfied"]


def test_hostile_names_stay_texts_in_page_and_script() -> None:
    bad = "</script><img src=x onerror=alert(1)>\u2028"
    made = portfolio_data([card(1, name=bad)], EDITION)
    assert made.isascii()
    [page] = portfolio_pages([card(1, name=bad, role=bad, checklist=bad)], EDITION)
    assert not [one for one in elements(page.body) if one.tag in ("img", "script")]


def test_a_portfolio_of_few_needs_no_filters_and_loads_no_script(small_site: Site) -> None:
    page = small_site["reports/index.html"]
    assert not [one for one in elements(page) if one.tag == "form" and "hr-filters" in one.attributes.get("class", "")]
    assert b"portfolio-data.js" not in page
    assert texts(page, "hr-portfolio")


def test_an_internal_portfolio_says_so() -> None:
    [page] = portfolio_pages([card(1)], replace(EDITION, internal=True))
    assert "not for publication" in page.body
    assert "agreed" not in page.body.split("hr-remark")[1].split("</p>", 1)[1]
