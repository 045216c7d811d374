"""The browser, the built site as a reader has it (on a disk and on a server), and pages that may not misbehave.

Belongs here: starting the one Chromium, and watching every page. Never here: what a page must show.

These tests run with `make browser`, which sets HANDRAIL_BROWSER; elsewhere they are skipped with a sentence. With
HANDRAIL_BROWSER=required a browser that is missing is a failure.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

ROOT = Path(__file__).parents[2]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")  # fmt: skip
SUB_PATH = "/a/sub-path/"
DAY = "2026-11-24"


def chromium() -> str | None:
    """The browser of the system; none is ever downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing() -> str | None:
    """Why browser tests cannot run here, as a sentence."""
    if not importlib.util.find_spec("playwright"):
        return 'Playwright is not installed: pip install "handrail[browser]"'
    if not importlib.util.find_spec("axe_playwright_python"):
        return 'axe is not installed: pip install "handrail[browser]"'
    return None if chromium() else "There is no Chromium: apt-get install chromium"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and Playwright; run by `make browser`")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    asked = os.environ.get("HANDRAIL_BROWSER", "")
    reason = missing() if asked else "Browser tests are run by `make browser`."
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if reason and asked != "required":
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of the run."""
    if reason := missing():
        pytest.fail(f"HANDRAIL_BROWSER=required, and: {reason}")
    with launched() as made:
        yield made


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield made
        made.close()


def build(out: Path) -> None:
    """Build the site with the example projects, as the command does."""
    from typer.testing import CliRunner

    from handrail.cli.app import application

    examples = ROOT / "examples"
    given = ["site", "build", str(examples), "--trust", str(examples / "attestors.yaml"), "--as-of", DAY]
    given += ["--out", str(out)]
    made = CliRunner().invoke(application(given), given)
    assert made.exit_code == 0, made.output


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, for the whole run."""
    out = tmp_path_factory.mktemp("site") / "public"
    build(out)
    return out


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the site under a sub-path, and nothing beside it."""

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(SUB_PATH)
        return super().translate_path("/" + inside) if inside != path else str(ROOT / "no such file")

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site on a server, below a sub-path."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}{SUB_PATH}"
        made.shutdown()


@dataclass
class Watch:
    """What pages did that they may not do; `allowed` are the beginnings of the addresses that they may load.

    A question in a dialog is answered with yes where the test says that it may be asked (`agree`).
    """

    allowed: tuple[str, ...]
    agree: bool = False
    wrong: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context. The browser resolves no name, so nothing gets out while it is told."""
        context.on("page", self._page)
        context.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if not url.startswith((*self.allowed, "data:", "blob:", "about:")):
            self.wrong.append(f"request: {url[:200]}")

    def _page(self, page: Page) -> None:
        page.on("console", lambda one: self.wrong.append(f"console: {one.text}") if one.type == "error" else None)
        page.on("pageerror", lambda one: self.wrong.append(f"{page.url}: {one}"))
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        if self.agree:
            dialog.accept()
        else:
            self.wrong.append(f"dialog: {dialog.message}")
            dialog.dismiss()


Opening = Callable[..., "Page"]


@pytest.fixture
def opened(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[Opening]:
    """Pages of their own context, which fail the test if one has an error, asks, or requests anything from outside.

    `also` allows more beginnings of addresses, `agree` questions, which are answered with yes.
    """
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_(*, also: tuple[str, ...] = (), width: int = 1280, dark: bool = False, agree: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", accept_downloads=True
        )
        context.set_default_timeout(10_000)
        watch = Watch((site.as_uri() + "/", *also), agree)
        watch.over(context)
        watches.append(watch)
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()
    assert [one for watch in watches for one in watch.wrong] == []
