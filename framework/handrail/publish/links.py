"""Every internal link and anchor of a built site, checked.

Belongs here: finding links and ids in finished HTML and saying which lead nowhere. Never here: links to other sites,
which a build without a network cannot know. The pages are output of our own, with every attribute in double quotes, so
a scanner of tags does.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

_DROPPED = re.compile(r"<!--.*?-->|<(script|style)\b([^>]*)>.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r'\s(id|href|src)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Scanned:
    """The ids of a page and the addresses that it links to or loads."""

    ids: frozenset[str]
    links: frozenset[str]


def broken_links(files: Mapping[str, bytes], *, base: str) -> tuple[str, ...]:
    """A sentence for every internal link that leads to no file, to no anchor of its page, or nowhere from a disk.

    Args:
        files: path -> content of the whole site.
        base: the path of the site on its server, which the page `404.html` begins its links with, since it stands in
            for any address.
    """
    scanned = {path: scan(data.decode()) for path, data in files.items() if path.endswith(".html")}
    known: dict[tuple[str, str], str | None] = {}  # thousands of pages in one folder share most of their links
    found = []
    for path in sorted(scanned):
        folder = posixpath.dirname(path)
        for link in sorted(scanned[path].links):
            own = link.startswith("#") or path == "404.html"
            key = (path if own else folder, link)
            if key not in known:
                known[key] = _problem(path, link, files, scanned, base)
            if (problem := known[key]) is not None:
                found.append(f"`{path}` links to `{link}`, {problem}")
    return tuple(found)


def scan(page: str) -> Scanned:
    """The ids and links of a finished page."""
    tags = "".join(_TAG.findall(_DROPPED.sub(r"<\1\2>", page)))
    ids: set[str] = set()
    links: set[str] = set()
    for name, value in _ATTRIBUTE.findall(tags):
        (ids if name == "id" else links).add(html.unescape(value) if "&" in value else value)
    return Scanned(frozenset(ids), frozenset(links))


def _problem(path: str, link: str, files: Mapping[str, bytes], scanned: Mapping[str, Scanned], base: str) -> str | None:
    if _ELSEWHERE.match(link):
        return None
    address, _, anchor = link.partition("#")
    address = address.partition("?")[0]
    if address.startswith("/"):
        if path != "404.html" or not address.startswith(base):
            return "which leads nowhere from a disk; link to it from the page's own place"
        target = address.removeprefix(base)
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
    if target in ("", ".") or address.endswith("/"):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return "and there is no such page"
    if anchor and target in scanned and anchor not in scanned[target].ids:
        return "and that page has no such anchor"
    return None
