"""Search finds a control, from a disk and from a server, and shows hostile text as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Opening


@pytest.mark.parametrize("where", ["disk", "server"])
@pytest.mark.parametrize(("asked", "found"), [("SRC-03", "SRC-03"), ("ingestion", "SRC-03")])
def test_search_finds_a_control_by_its_id_and_by_a_word(
    opened: Opening, site: Path, server: str, where: str, asked: str, found: str
) -> None:
    page = opened(also=(server,))
    page.goto(server if where == "server" else (site / "index.html").as_uri())
    page.locator(".md-search__input").click()
    page.keyboard.type(asked)
    result = page.locator(f'.md-search-result__link[href*="principles/src.html"][href*="#{found}"]').first
    result.wait_for(state="attached")
    result.evaluate("link => link.closest('details')?.setAttribute('open', '')")  # less good finds are folded away
    result.click()
    page.wait_for_url("**/principles/src.html*")
    assert page.locator(f"#{found}").is_visible()
