"""The self-assessment form as a person uses it: from the facts to a file that handrail takes, and back."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from handrail.assess.assess import Subject, assess
from handrail.catalog.default import default_bundle
from handrail.model.assessment import Assessment
from handrail.model.declaration import Declaration
from handrail.model.terms import State
from handrail.source.diagnostics import Collector
from handrail.source.load import load
from handrail.workspace.check import check_project
from tests.browser.conftest import DAY, ROOT, Opening

if TYPE_CHECKING:
    from playwright.sync_api import Page

AS_OF = date.fromisoformat(DAY)
EXAMPLES = sorted((ROOT / "examples").glob("*/handrail.yaml"))


def checked(path: Path) -> Assessment:
    """What handrail makes of a declaration."""
    bundle, digest = default_bundle()
    out = Collector()
    made = check_project(path, bundle, digest, out, as_of=AS_OF)
    assert made is not None, [one.message for one in out.sorted()]
    return made.assessment


def form(opened: Opening, site: Path, **how: Any) -> Page:
    """The form, open and on the day of the tests."""
    page = opened(**how)
    page.goto((site / "self-assessment.html").as_uri())
    page.locator("#on").fill(DAY)
    return page


def choose(page: Page, name: str, *values: str) -> None:
    for one in values:
        page.locator(f'[name="{name}"][value="{one}"]').check()


def answer(page: Page, control: str, state: str) -> Any:
    """Open a control and say how it stands."""
    card = page.locator(f'[data-control="{control}"]')
    card.locator("summary").click()
    card.get_by_label("How it stands").select_option(state)
    return card


def made(page: Page) -> str:
    """Have the file made, and give its text."""
    page.get_by_role("button", name="Make the handrail.yaml").click()
    return page.get_by_label("handrail.yaml", exact=True).input_value()


def on_screen(page: Page) -> dict[str, tuple[str, str]]:
    """Control -> level and finding, of every control that the page shows as applying."""
    rows = page.locator("[data-control]").evaluate_all(
        "all => all.map(one => [one.dataset.control, ...['.hr-level', '.hr-answer__word']"
        ".map(part => one.querySelector(part).textContent)])"
    )
    return {one: (level, word) for one, level, word in rows}


WORDS = {"not-satisfied": "not satisfied", "undetermined": "not yet shown", "not-applicable": "not applicable"}


def in_report(assessment: Assessment) -> dict[str, tuple[str, str]]:
    """The same of an assessment."""
    return {
        one.control: (one.level.value.upper(), WORDS[one.finding.value])
        for one in assessment.findings
        if "out-of-scope" not in {reason.code for reason in one.reasons}
    }


def test_an_assessment_goes_out_as_a_file_that_handrail_takes_and_comes_in_again(
    opened: Opening, site: Path, tmp_path: Path
) -> None:
    page = form(opened, site)
    page.get_by_label("Name", exact=True).fill("Kestrel: a <b>model</b>")
    choose(page, "fact-role", "model-developer")
    choose(page, "fact-modality", "image")
    choose(page, "fact-jurisdiction", "eu")
    choose(page, "checklists", "model-developer")
    card = answer(page, "GOV-01", "implemented")
    card.get_by_label("In a sentence, what you do").fill("We do: this # and 'that'.\n\n- and more")
    card.get_by_role("button", name="Point at a file: Appointment of the executive").click()
    page.keyboard.type("evidence/appointment.md")
    assert "not yet shown" in card.inner_text()
    card = answer(page, "SRC-03", "partial")
    card.get_by_role("button", name=re.compile("Point at a sealed record")).click()
    card.get_by_label("Who keeps it").fill("Trust and Safety")
    card.get_by_label("Kept since").fill("2026-09-30")
    answer(page, "GOV-03", "planned").get_by_label("Due", exact=True).fill("2026-01-01")
    answer(page, "PRV-01", "alternative").get_by_label("Justification").fill("Another way.")
    answer(page, "SRC-01", "not-implemented")

    with page.expect_download() as download:
        made(page)
        page.get_by_role("link", name="Save handrail.yaml").click()
    assert download.value.suggested_filename == "handrail.yaml"
    path = tmp_path / "handrail.yaml"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=.schemas/handrail.schema.json\nhandrail: 1\ncatalog:\n")
    assert default_bundle()[1].removeprefix("sha256:") in text
    order = re.findall(r"^  ([A-Z]+-[0-9]+):", text, re.MULTILINE)
    lists = {one.checklist.id: one.selects.controls for one in default_bundle()[0].checklists}
    assert order == [one for one in lists["model-developer"] if one in order]
    assert len(order) == 5

    assessment = checked(path)
    assert on_screen(page) == in_report(assessment)

    again = form(opened, site)
    again.locator("#file").set_input_files(path)
    again.get_by_text("handrail.yaml is open: 5 answers.").wait_for()
    assert on_screen(again) == on_screen(page)
    assert made(again) == text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_imported_file_loses_nothing_but_its_comments_and_says_so(opened: Opening, site: Path, path: Path) -> None:
    page = form(opened, site)
    page.locator("#file").set_input_files(path)
    page.get_by_text("handrail.yaml is open").wait_for()
    for place in ("#told", "#result"):
        text = made(page)
        told = page.locator(place).inner_text()
        assert "Kept and written again, and not shown on this page: organisation" in told
        assert "Not kept: the comments of the file" in told
    before, after = (declaration(one) for one in (path.read_text(encoding="utf-8"), text))
    assert after == before
    assert on_screen(page) == in_report(assess(*default_bundle(), Subject(declaration=before), as_of=AS_OF))


def declaration(text: str) -> Declaration:
    """A declaration as handrail reads it."""
    loaded = load(Declaration, text.encode(), "handrail.yaml", Collector())
    assert loaded is not None
    return loaded.value


def test_a_file_made_of_an_imported_one_gives_the_same_findings_where_it_lies(
    opened: Opening, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    path = tmp_path / "examples" / "aurora-image" / "handrail.yaml"
    before = checked(path)
    page = form(opened, site)
    page.locator("#file").set_input_files(path)
    page.get_by_text("handrail.yaml is open").wait_for()
    path.write_text(made(page), encoding="utf-8")
    assert checked(path) == before


def test_what_is_not_understood_is_refused_with_its_place_and_changes_nothing(
    opened: Opening, site: Path, tmp_path: Path
) -> None:
    page = form(opened, site, agree=True)  # it asks before it puts a file in the place of answers
    page.get_by_label("Name", exact=True).fill("Kestrel")
    bad = tmp_path / "handrail.yaml"
    bad.write_text("handrail: 1\nproject: {id: p, name: P}\ncontrols:\n  GOV-01: {state: done, hue: red}\n", "utf-8")
    page.locator("#file").set_input_files(bad)
    page.get_by_text("was not opened").wait_for()
    told = page.locator("#told").inner_text()
    assert "line 4, column 19: `state` is not one of" in told
    assert "line 4, column 25: there is no key `hue` here" in told
    assert page.get_by_label("Name", exact=True).input_value() == "Kestrel"


def test_what_handrail_would_refuse_is_told_with_a_way_to_the_field(opened: Opening, site: Path) -> None:
    page = form(opened, site)
    page.get_by_label("Name", exact=True).fill("Kestrel")
    page.get_by_label("Id", exact=True).fill("Not An Id")
    card = answer(page, "GOV-01", "implemented")
    card.get_by_role("button", name="Point at a file: Appointment of the executive").click()
    page.keyboard.type("../outside.md")
    page.get_by_role("button", name="Make the handrail.yaml").click()
    result = page.locator("#result")
    assert "2 things to mend" in result.inner_text()
    result.get_by_role("button", name=re.compile("GOV-01")).click()
    assert page.evaluate("document.activeElement.value") == "../outside.md"
    page.keyboard.press("Control+A")
    page.keyboard.type("inside.md")
    page.get_by_label("Id", exact=True).fill("kestrel")
    assert "path: inside.md" in made(page)


def test_nothing_is_kept_unless_asked_for_and_a_button_wipes_it(opened: Opening, site: Path) -> None:
    page = form(opened, site, agree=True)
    stored = "Object.keys(localStorage).filter(name => name.startsWith('handrail'))"
    page.get_by_label("Name", exact=True).fill("Kestrel")
    assert page.evaluate(stored) == []
    page.get_by_label("Keep my answers in this browser").check()
    answer(page, "GOV-01", "planned")
    page.reload()
    assert page.get_by_label("Name", exact=True).input_value() == "Kestrel"
    assert "declared: planned" in page.locator('[data-control="GOV-01"]').inner_text()
    page.get_by_role("button", name="Wipe everything").click()
    assert page.evaluate(stored) == []
    assert page.get_by_label("Name", exact=True).input_value() == ""
    assert "no answer" in page.locator('[data-control="GOV-01"]').inner_text()
    page.reload()
    assert page.get_by_label("Name", exact=True).input_value() == ""


OLD = "handrail: 1\ncatalog: {digest: sha256:" + "0" * 64 + "}\nproject: {id: p, name: P}\ncontrols:\n"


def test_an_answer_stays_tied_to_its_own_text_until_a_person_says_otherwise(
    opened: Opening, site: Path, tmp_path: Path
) -> None:
    path = tmp_path / "handrail.yaml"
    path.write_text(
        OLD + f"  GOV-01: {{state: partial}}\n  GOV-03: {{state: partial, statement: {'0' * 16}}}\n", "utf-8"
    )
    page = form(opened, site)
    page.locator("#file").set_input_files(path)
    page.get_by_text("handrail.yaml is open").wait_for()
    answer(page, "GOV-05", "implemented")
    path.write_text(made(page), encoding="utf-8")
    reasons = {one.control: one.reasons[0].code for one in checked(path).findings if one.state}
    assert reasons == {"GOV-01": "unreviewed", "GOV-03": "requirement-changed", "GOV-05": "evidence-missing"}
    page.locator('[data-control="GOV-01"] summary').click()
    page.get_by_role("button", name="My answer is to the statement as it stands above").click()
    path.write_text(made(page), encoding="utf-8")
    reasons = {one.control: one.reasons[0].code for one in checked(path).findings if one.state}
    assert reasons == {"GOV-01": "partial", "GOV-03": "requirement-changed", "GOV-05": "evidence-missing"}
    assert declaration(path.read_text(encoding="utf-8")).catalog.digest == default_bundle()[1]


def test_the_form_can_be_filled_with_the_keyboard_alone(opened: Opening, site: Path) -> None:
    page = form(opened, site, width=360)
    keys = page.keyboard

    def on(condition: str) -> None:
        """Go on with the tabulator until the element with the focus is the one."""
        for _ in range(200):
            keys.press("Tab")
            if page.evaluate(f"(one => {condition})(document.activeElement)"):
                return
        raise AssertionError(f"the tabulator never comes to {condition}")

    on("one.id === 'project-name'")
    keys.type("Kestrel")
    on("one.value === 'model-developer' && one.name === 'fact-role'")
    keys.press("Space")
    on("one.value === 'first-steps'")
    keys.press("Space")
    on("one.matches('[data-control=\"GOV-01\"] > summary')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    keys.press("Enter")
    on("one.tagName === 'SELECT'")
    keys.type("planned")
    on("one.type === 'date'")
    keys.type("01152027")
    on("one.tagName === 'TEXTAREA' || one.type === 'text'")
    on("one.textContent.startsWith('Point at')")
    keys.press("Enter")
    keys.type("evidence/x.md")
    on("one.textContent === 'Make the handrail.yaml'")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Save handrail.yaml"
    text = page.get_by_label("handrail.yaml", exact=True).input_value()
    said = declaration(text)
    assert said.facts == {"role": ("model-developer",)}
    assert said.controls["GOV-01"].state is State.PLANNED
    assert said.controls["GOV-01"].evidence[0].path == "evidence/x.md"
