"""The page that writes a proposal: a person fills it in, and what it shows lints in a copy of the catalog."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from handrail.catalog.compiling import lint_directory
from tests.browser.conftest import DAY, ROOT, Opening

FILE = "principles/develop/source-datasets.yaml"


def test_a_control_is_written_without_a_terminal_and_lints(opened: Opening, site: Path, tmp_path: Path) -> None:
    page = opened()
    page.goto((site / "propose.html").as_uri())
    asked, status = page.locator("#propose-questions"), page.locator("#propose [role=status]")
    assert "8 blanks left" in status.inner_text()
    asked.get_by_label("Which principle does it belong to?").select_option("SRC")
    asked.get_by_label("What is to be done, in a few words?").fill('List "the readers": <b>all</b>')
    asked.get_by_label("Who must, should or may do what?").fill("The organisation MUST list who may read a dataset.")
    asked.get_by_label("How would you ask a project for it?").fill("Does a list name everyone who may read a dataset?")
    asked.get_by_label("How strictly does it bind?").select_option("must")
    asked.get_by_label("Whose answer is it?").select_option("organisation")
    asked.get_by_text("Whom does it bind?").click()
    asked.get_by_label("Model developer").check()
    asked.get_by_label("How does one do it?").fill("1. Write the names down.\n2. Ask who else there is.")
    asked.get_by_label("How much work is it?").select_option("S")
    assert status.inner_text() == "No blank is left."
    place = page.get_by_text("Paste it at the end of the file in principles/develop/")
    assert "id: SRC" in place.inner_text()
    text = page.get_by_label("The YAML to paste").input_value()
    for folder in ("principles", "checklists"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write(text)
    linted = lint_directory(tmp_path, as_of=date.fromisoformat(DAY))
    assert [one.message for one in linted.out.sorted()] == []
    made = linted.sources.controls["SRC-10"]
    assert made.control.title == 'List "the readers": <b>all</b>'
    assert made.control.applies_when == {"role": ("model-developer",)}
    assert made.status == "draft"


def test_a_name_that_is_taken_is_told_and_another_form_begins_anew(opened: Opening, site: Path) -> None:
    page = opened(width=400, dark=True)
    page.goto((site / "propose.html").as_uri())
    page.get_by_label("What do you propose?").select_option("reference")
    page.get_by_label("Which short name shall it have").fill("eu-ai-act")
    assert page.locator("#propose [role=alert]").inner_text() == "eu-ai-act is taken, and no id is used twice."
    page.get_by_label("What do you propose?").select_option("steward")
    assert page.locator("#propose [role=alert]").is_hidden()
    assert "principles/stewards.yaml" in page.locator("#propose section").inner_text()
    page.get_by_role("button", name="Select all of it").click()
    assert page.evaluate("document.activeElement.value.length === document.activeElement.selectionEnd")
