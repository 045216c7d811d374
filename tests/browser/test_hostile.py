"""Hostile text in every text of a catalog, a report and a declaration: nothing runs, asks, or goes outside."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.browser.conftest import Opening
from tests.browser.kinds import page_kinds
from tests.publish.sites import build
from tests.publish.test_hostile import hostile_bundle, hostile_reports

if TYPE_CHECKING:
    from playwright.sync_api import Page

RUN = "window.canary=1,alert(1)"
OUTSIDE = "//canary.example/x"
BEFORE = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "--><!--",
    "]]>",
    "</option></select>",
    "\\",
)
VECTORS = (
    *(f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>", f"<svg><script>{RUN}</script></svg>"),
    *(f"<iframe srcdoc='<script>parent.{RUN}</script>'>", f"<iframe src=javascript:{RUN}>", f"<details open ontoggle={RUN}>"),
    *(f"<input autofocus onfocus={RUN}>", f"<video><source onerror={RUN}></video>", f"<body onload={RUN}>"),
    *(f"<a href=javascript:{RUN}>x</a>", f"[x](javascript:{RUN})", f"[x](data:text/html,<script>{RUN}</script>)"),
    *(f"<img src={OUTSIDE}>", f"![x]({OUTSIDE})", f"<link rel=stylesheet href={OUTSIDE}>", f"<base href={OUTSIDE}>"),
    *(f"<style>@import '{OUTSIDE}'</style>", f"<meta http-equiv=refresh content='0;url={OUTSIDE}'>", f"<object data={OUTSIDE}>"),
    *(f"<form action={OUTSIDE}><button autofocus>", f"<p style=background:url({OUTSIDE})>x</p>", f"<embed src={OUTSIDE}>"),
    *(f"&lt;script&gt;{RUN}&lt;/script&gt;", f"&#60;img src=x onerror={RUN}&#62;", f"%3Cscript%3E{RUN}%3C/script%3E"),
    *(f"\u2028{RUN}//", f"${{{RUN}}}", f"{{{{{RUN}}}}}", f"{{% {RUN} %}}", f"`-{RUN}-`", f"';{RUN};'", f'";{RUN};"'),
)  # fmt: skip
PAYLOADS = [before + vector for before, vector in product(BEFORE, VECTORS)]
ALL = " canary ".join(PAYLOADS)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every text is all of the payloads."""
    out = tmp_path_factory.mktemp("hostile") / "public"
    build(out, hostile_bundle(ALL), hostile_reports(ALL))
    return out


def unharmed(page: Page) -> None:
    """Nothing ran."""
    assert page.evaluate("window.canary") is None, page.url


def test_there_are_a_few_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) > 300


def test_no_page_of_a_hostile_catalog_runs_or_asks_anything(opened: Opening, hostile: Path) -> None:
    page = opened(also=(hostile.as_uri(),))
    shown = 0
    for path in page_kinds(hostile):
        page.goto((hostile / path).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        unharmed(page)
        shown += "canary" in page.locator("body").inner_text()
    assert shown > 20


def test_search_shows_hostile_text_as_text(opened: Opening, tmp_path: Path) -> None:
    out = tmp_path / "public"
    build(out, hostile_bundle(" canary ".join(VECTORS)))  # indexing all of the payloads would take a minute
    page = opened(also=(out.as_uri(),))
    page.goto((out / "index.html").as_uri())
    page.locator(".md-search__input").click()
    page.keyboard.type("canary")
    page.locator(".md-search-result__link").first.wait_for()
    unharmed(page)


def declared() -> str:
    """A declaration whose every text is all of the payloads but those that handrail refuses in any file."""
    text = "".join(sign for sign in ALL if sign != "\u2028")
    path = "".join(sign for sign in text if sign not in "/\\")[:1000]

    def answer() -> dict[str, Any]:
        sealed = {"custodian": text, "since": "2026-01-01", "access": text}
        evidence = [{"for": "record", "path": path}, {"for": "record", "sealed": sealed}]
        texts = dict.fromkeys(("summary", "owner", "reviewed_by", "justification"), text)
        return {"state": "planned", "due": "2027-01-01", "evidence": evidence, **texts}

    project = {"id": "p", **dict.fromkeys(("name", "version", "owner", "summary", "homepage"), text)}
    said = {"handrail": "1", "project": project, "controls": {"DAT-01": answer(), "DAT-02": answer()}}
    return yaml.safe_dump(said, allow_unicode=True, width=1_000_000)


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the small catalog, whose own texts are harmless."""
    out = tmp_path_factory.mktemp("plain") / "public"
    build(out)
    return out


def test_a_hostile_declaration_in_the_form_is_only_text(opened: Opening, plain_site: Path) -> None:
    page = opened(also=(plain_site.as_uri(),))
    page.goto((plain_site / "self-assessment.html").as_uri())
    name = PAYLOADS[1].replace("/", "") + ".yaml"
    page.locator("#file").set_input_files({"name": name, "mimeType": "text/yaml", "buffer": declared().encode()})
    page.get_by_text("is open").wait_for()
    for card in page.locator("details[data-control]").all():
        card.locator("summary").first.click()
    page.get_by_role("button", name="Make the handrail.yaml").click()
    page.get_by_role("link", name="Save handrail.yaml").wait_for()
    unharmed(page)
    assert "canary" in (page.locator("details[data-control]").first.text_content() or "")


def test_a_hostile_file_is_refused_as_text(opened: Opening, plain_site: Path) -> None:
    page = opened(also=(plain_site.as_uri(),))
    page.goto((plain_site / "self-assessment.html").as_uri())
    for vector in VECTORS:
        text = yaml.safe_dump({"handrail": "1", "project": {"id": vector, "name": "P", vector: "x"}})
        page.locator("#file").set_input_files(
            {"name": f"{vector}.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
        )
        page.get_by_text("was not opened").wait_for()
        unharmed(page)


def test_a_hostile_catalog_in_the_form_is_only_text(opened: Opening, hostile: Path) -> None:
    page = opened(also=(hostile.as_uri(),))
    page.goto((hostile / "self-assessment.html").as_uri())
    for card in page.locator("details[data-control]").all():
        card.locator("summary").first.click()
        card.get_by_label("How it stands").select_option("implemented")
    unharmed(page)
    assert "canary" in page.locator("details[data-control]").first.inner_text()
