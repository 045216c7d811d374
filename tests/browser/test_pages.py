"""Every kind of page, in a browser: it loads whole, asks nobody else for anything, and is accessible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Opening, Watch
from tests.browser.kinds import page_kinds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast"]
VIEWS = (("light", 1280, STANDARD), ("dark", 1280, COLOURS), ("dark", 360, STANDARD), ("light", 360, COLOURS))
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [sheet];
}"""
"""The theme fades from one colour to the next, and axe would look at what lies between."""
SHORTEN = """most => {
  const seen = new Map();
  for (const one of document.querySelectorAll(":is(article, .md-nav--secondary) :is(tr, li, section, details, pre, p)")) {
    const parent = one.closest("table, ol, ul") || one.parentElement;
    const look = one.tagName + [one, ...one.children].map(part => part.className).join();
    const looks = seen.get(parent) || seen.set(parent, new Map()).get(parent);
    looks.set(look, (looks.get(look) || 0) + 1);
    if (looks.get(look) > most) one.remove();
  }
  for (const list of document.querySelectorAll("article dl")) {
    const terms = list.querySelectorAll(":scope > dt");
    while (terms[most] && terms[most].parentElement) list.lastElementChild.remove();
  }
}"""
"""Of rows, items, terms, paragraphs and sections that stand together and look the same, only the first few stay."""
SCHEMES = {"light": "default", "dark": "slate"}


def axe_source() -> str:
    """The text of axe-core, which comes with a package for Python."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Found:
    """What is wrong with the kinds of pages, by what was asked."""

    structure: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def found(browser: Browser, site: Path) -> Iterator[Found]:
    """Every kind of page, opened once and asked everything; opening them again for each question takes too long.

    axe is asked about colours in every view, and about all else in two; rows of one look are cut to a few.
    """
    watch = Watch((site.as_uri() + "/",))
    found = Found()
    context = browser.new_context()
    watch.over(context)
    page = context.new_page()
    source = axe_source()
    for path in page_kinds(site):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto((site / path).as_uri())
        if page.locator("h1").count() != 1 or page.locator("html[lang]").count() != 1:
            found.structure.append(path)
        if page.evaluate(SIDEWAYS):
            found.sideways.append(f"{path}, wide")
        page.set_viewport_size({"width": 360, "height": 900})
        if page.evaluate(SIDEWAYS):
            found.sideways.append(f"{path}, narrow")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(STILL)
        page.evaluate(SHORTEN, 6)
        page.evaluate(source)
        for scheme, width, rules in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("name => document.body.setAttribute('data-md-color-scheme', name)", SCHEMES[scheme])
            found.axe += [f"{path}, {scheme}, {width}: {one}" for one in violations(page, rules)]
            page.evaluate(SHORTEN, 2)
    context.close()
    found.structure += watch.wrong
    return found


def violations(page: Page, rules: list[str]) -> list[str]:
    """What axe finds serious or critical, a line each."""
    only = {"type": "rule" if rules == COLOURS else "tag", "values": rules}
    options = {"runOnly": only, "preload": False, "resultTypes": ["violations"]}
    told: list[dict[str, Any]] = page.evaluate("how => axe.run(how).then(result => result.violations)", options)
    return [
        f"{one['id']} ({one['impact']}) at {node['target']}: {node['html'][:120]}"
        for one in told
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def test_every_kind_of_page_loads_from_a_disk_without_an_error_or_a_request_outside(found: Found) -> None:
    assert found.structure == []


def test_no_page_needs_sideways_scrolling_wide_or_narrow(found: Found) -> None:
    assert found.sideways == []


def test_axe_finds_nothing_serious_in_either_scheme_wide_or_narrow(found: Found) -> None:
    assert found.axe == [], "\n".join(found.axe)


def test_every_kind_of_page_loads_below_a_path_of_a_server(opened: Opening, site: Path, server: str) -> None:
    page = opened(also=(server,))
    for path in page_kinds(site):
        page.goto(server + path)
        assert page.locator("h1").count() == 1, path
