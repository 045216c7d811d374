"""Pictures of every kind of page, light, dark and narrow, for people to look at: `python -m tests.browser.shots`.

They go to `site/shots/`, which git does not keep.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.browser.conftest import ROOT, build, launched, missing
from tests.browser.kinds import page_kinds

VIEWS = {"light": (1280, "light"), "dark": (1280, "dark"), "narrow": (360, "light"), "narrow-dark": (360, "dark")}
TALLEST = 6000
"""Pixels of a picture; what lies further down looks like what lies above."""


def shots(out: Path) -> int:
    """Take all pictures, in the place of those of an earlier run; give their number."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        site = Path(folder) / "public"
        build(site)
        for view, (width, scheme) in VIEWS.items():
            page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
            for path in page_kinds(site):
                page.goto((site / path).as_uri())
                tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
                page.set_viewport_size({"width": width, "height": tall})
                page.screenshot(path=out / f"{path.removesuffix('.html').replace('/', '-')}.{view}.png")
                page.set_viewport_size({"width": width, "height": 900})
            page.context.close()
    return len(list(out.glob("*.png")))


if __name__ == "__main__":
    if reason := missing():
        sys.exit(reason)
    print(f"{shots(ROOT / 'site' / 'shots')} pictures in site/shots")
