"""The engine's last rendering, kept for a preview: after a small change only what changed is put into it.

Belongs here: telling whether the last rendering can be used again, and putting new bodies into its pages. Never here:
the engine itself (`engine`), a body. The search index stays that of the last whole rendering.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path

from handrail.publish.engine import Site, run
from handrail.publish.page import Page, headings

Stamps = Mapping[str, tuple[int, int]]
"""Path of a file of the hand-written part -> when it was changed, in nanoseconds, and its size."""


class Kept:
    """Renders a site as `engine.run` does, and from the second time on only what has changed since."""

    def __init__(self) -> None:
        self.whole_runs = 0
        self._last: tuple[Site, Stamps, dict[str, bytes]] | None = None

    def __call__(self, site: Site) -> dict[str, bytes]:
        """Every file of the site by its path.

        Raises:
            SiteEngineMissing, SiteBroken: as `engine.run`.
        """
        stamps = _stamps(site.source)
        files = None
        if self._last is not None and self._last[1] == stamps:
            files = _mended(self._last[2], self._last[0], site)
        if files is None:
            files = run(site)
            self.whole_runs += 1
        self._last = (site, stamps, files)
        return dict(files)


def _stamps(folder: Path) -> Stamps:
    ours = (folder / name for name in ("mkdocs.yml", "pages", "overrides", "locale"))
    found = (path for one in ours for path in (one, *sorted(one.rglob("*"))) if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


def _mended(files: Mapping[str, bytes], old: Site, new: Site) -> dict[str, bytes] | None:
    """The old files with new bodies and fragments in them; None where something else changed too."""
    if (old.built_on, old.navigation, old.fragments.keys()) != (new.built_on, new.navigation, new.fragments.keys()):
        return None
    before = {page.path: page for page in (*old.pages, *old.unlisted)}
    after = {page.path: page for page in (*new.pages, *new.unlisted)}
    if list(before) != list(after) or not all(_alike(before[path], after[path]) for path in after):
        return None
    mended = dict(files)
    for path, page in after.items():
        if page != before[path]:
            text = files[path].decode()
            if text.count(before[path].body) != 1:
                return None
            was, now = (f'content="{html.escape(one.description)}"' for one in (before[path], page))
            mended[path] = text.replace(before[path].body, page.body).replace(was, now, 1).encode()
    for name, fragment in new.fragments.items():
        if (was := old.fragments[name]) != fragment:
            for path in files.keys() - after.keys():
                if path.endswith(".html"):
                    mended[path] = mended[path].replace(was.encode(), fragment.encode())
    return mended


def _alike(old: Page, new: Page) -> bool:
    """Nothing that stands outside a page's body, in its menu or in that of another page, is another."""
    same = (old.title, old.nav_title, old.wide) == (new.title, new.nav_title, new.wide)
    return same and (old.wide or headings(old.body) == headings(new.body))
