"""The kinds of pages of a built site: one or two of each template.

Belongs here: choosing them from the built tree. Never here: opening one.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

NOT_PAGES = {"404.html", "search-worker.html"}
FEW = 4
"""A folder of more pages than this holds many of one template, made from data."""


def page_kinds(site: Path) -> list[str]:
    """Every page at the top, every overview and every page of a small folder; of the others the largest and least."""
    folders: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted(site.rglob("*.html")):
        if path.name not in NOT_PAGES:
            folders[path.parent].append(path)
    chosen: set[Path] = set()
    for folder, all_pages in folders.items():
        pages = all_pages
        if folder != site and len(pages) > FEW:
            overview = [page for page in pages if page.name == "index.html"]
            by_size = sorted(set(pages) - set(overview), key=lambda page: (page.stat().st_size, page))
            pages = [*overview, by_size[0], by_size[-1]]
        chosen.update(pages)
    return sorted(path.relative_to(site).as_posix() for path in chosen)
