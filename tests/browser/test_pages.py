"""Every kind of page, in a browser: it loads whole, asks nobody else for anything, and is accessible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import SUB_PATH, Opening
from tests.browser.kinds import page_kinds

if TYPE_CHECKING:
    from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = {"light": "default", "dark": "slate"}


def axe_source() -> str:
    """The text of axe-core, which comes with a package for Python."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def test_every_kind_of_page_loads_from_a_disk(opened: Opening, site: Path) -> None:
    page = opened()
    for path in page_kinds(site):
        page.goto((site / path).as_uri())
        assert page.locator("h1").count() == 1, path
        assert page.locator("html[lang]").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_every_kind_of_page_loads_below_a_path_of_a_server(opened: Opening, site: Path, server: str) -> None:
    page = opened(also=(server,))
    for path in page_kinds(site):
        page.goto(server + path)
        assert page.locator("h1").count() == 1, path


def test_a_narrow_window_needs_no_sideways_scrolling(opened: Opening, site: Path) -> None:
    page = opened(width=360)
    wide = []
    for path in page_kinds(site):
        page.goto((site / path).as_uri())
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def violations(page: Page, rules: list[str]) -> list[str]:
    """What axe finds serious or critical, a line each."""
    only = {"type": "rule" if rules == ["color-contrast"] else "tag", "values": rules}
    found: list[dict[str, Any]] = page.evaluate(
        "only => axe.run({runOnly: only, resultTypes: ['violations']}).then(result => result.violations)", only
    )
    return [
        f"{one['id']} ({one['impact']}) at {node['target']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    ]


def test_axe_finds_nothing_serious_in_either_scheme_wide_or_narrow(opened: Opening, site: Path) -> None:
    """Everything is asked wide in light and narrow in dark; in the other two only what they can change, the colours."""
    source = axe_source()
    page = opened()
    wrong = []
    for path in page_kinds(site):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto((site / path).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(source)
        for width, scheme, rules in (
            (1280, "light", STANDARD),
            (1280, "dark", ["color-contrast"]),
            (360, "dark", STANDARD),
            (360, "light", ["color-contrast"]),
        ):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("name => document.body.setAttribute('data-md-color-scheme', name)", SCHEMES[scheme])
            wrong += [f"{path}, {scheme}, {width}: {one}" for one in violations(page, rules)]
    assert wrong == [], "\n".join(wrong)


def test_the_sub_path_is_really_one(server: str) -> None:
    assert server.endswith(SUB_PATH)
