"""What scripts say in a language made up for tests: no English word stands on their pages without saying that it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handrail.publish.script_words import FORM, STATES
from tests.browser.conftest import DAY, Opening
from tests.publish.pseudo import english, pseudo, site

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def page(opened: Opening, tmp_path: Path) -> Page:
    """A page that may load the site in the made-up language, which lies in the test's folder."""
    for path, data in site().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return opened(also=(tmp_path.as_uri(),), agree=True)


@pytest.mark.parametrize("facts", ["", "#role=model-developer&jurisdiction=eu", "#jurisdiction=us&modality=image"])
def test_what_applies_is_said_in_the_language(page: Page, tmp_path: Path, facts: str) -> None:
    page.goto(f"{(tmp_path / 'applies.html').as_uri()}{facts}")
    page.locator("#answered").wait_for()
    assert pseudo("The answer") in page.locator("#answer-title").inner_text()
    assert page.locator("#answer li").count() > 3
    assert english(page.content().encode()) == set()


def test_the_form_is_in_the_language_whatever_is_done_with_it(page: Page, tmp_path: Path) -> None:
    page.goto((tmp_path / "self-assessment.html").as_uri())
    page.locator("#on").fill(DAY)
    for card in page.locator("#answers details[data-control]").all():
        card.locator("summary").first.click()
        for state in STATES:
            choice = card.locator("select").first
            if choice.locator(f'option[value="{state}"]').count():
                choice.select_option(state)
                assert english(page.content().encode()) == set(), state
        for add in card.locator(".hr-asked > button").all():
            add.click()
            add.click()
    assert english(page.content().encode()) == set()
    page.locator("#make").click()
    page.locator("#result li").first.wait_for()
    assert english(page.content().encode()) == set(), "mistakes are told in English, and say so"
    page.locator("#file").set_input_files({"name": "handrail.yaml", "mimeType": "text/yaml", "buffer": b"a: [1"})
    page.locator("#told li").wait_for()
    assert english(page.content().encode()) == set()
    page.locator("#keep").check()
    page.reload()
    page.locator("#told", has_text=pseudo(str(FORM["recalled"]))).wait_for()
    page.locator("#wipe").click()
    page.locator("#told", has_text=pseudo(str(FORM["wiped"]))).wait_for()
    assert english(page.content().encode()) == set()
