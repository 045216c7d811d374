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
_NO_ANCHOR = "and that page has no such anchor"


@dataclass(frozen=True, slots=True)
class Scanned:
    """The ids of a page and the addresses that it links to or loads."""

    ids: frozenset[str]
    links: frozenset[str]


class Links:
    """The links of a site, page by page, so that no page needs to be kept.

    Args:
        base: the path of the site on its server, which the page `404.html` begins its links with, since it stands in
            for any address.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._files: set[str] = set()
        self._ids: dict[str, frozenset[str]] = {}
        self._wanted: dict[tuple[str, str], list[str]] = {}  # (folder or page, link) -> pages that have it
        self._shared: dict[str, set[str]] = {}  # folder -> links of bodies in it
        self._found: list[tuple[str, str, str]] = []

    def add_file(self, path: str) -> None:
        """A file that may be linked to."""
        self._files.add(path)

    def add_page(self, path: str, page: str) -> None:
        """A finished page, which others may link into."""
        scanned = scan(page)
        self._ids[path] = scanned.ids
        self._add(path, scanned)

    def add_body(self, path: str, scanned: Scanned) -> None:
        """One of very many pages: of those that share a broken link one is named, and none links into another."""
        known = self._shared.setdefault(posixpath.dirname(path), set())
        self._add(path, Scanned(scanned.ids, scanned.links - known))
        known.update(link for link in scanned.links if not link.startswith("#"))

    def _add(self, path: str, scanned: Scanned) -> None:
        self._files.add(path)
        folder = posixpath.dirname(path)
        for link in scanned.links:
            if link.startswith("#"):
                if link != "#" and link[1:] not in scanned.ids:
                    self._found.append((path, link, _NO_ANCHOR))
            elif not _ELSEWHERE.match(link):
                having = self._wanted.setdefault((path if path == "404.html" else folder, link), [])
                if having[-1:] != [path]:  # a body may be told before with the shell around it
                    having.append(path)

    def broken(self) -> tuple[str, ...]:
        """A sentence for every internal link that leads to no file, to no anchor, or nowhere from a disk."""
        for (_, link), paths in self._wanted.items():
            if (problem := self._problem(paths[0], link)) is not None:
                self._found += [(path, link, problem) for path in paths]
        return tuple(f"`{path}` links to `{link}`, {problem}" for path, link, problem in sorted(self._found))

    def _problem(self, path: str, link: str) -> str | None:
        address, _, anchor = link.partition("#")
        address = address.partition("?")[0]
        if address.startswith("/"):
            if path != "404.html" or not address.startswith(self._base):
                return "which leads nowhere from a disk; link to it from the page's own place"
            target = address.removeprefix(self._base)
        else:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
        if target in ("", ".") or address.endswith("/"):
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if target not in self._files:
            return "and there is no such page"
        if anchor and target in self._ids and anchor not in self._ids[target]:
            return _NO_ANCHOR
        return None


def broken_links(files: Mapping[str, bytes], *, base: str) -> tuple[str, ...]:
    """A sentence for every broken link of a whole site; see `Links`.

    Args:
        files: path -> content of the whole site.
        base: as for `Links`.
    """
    links = Links(base)
    for path in sorted(files):
        links.add_file(path)
        if path.endswith(".html"):
            links.add_page(path, files[path].decode())
    return links.broken()


def scan(page: str) -> Scanned:
    """The ids and links of a finished page."""
    found = set(_ATTRIBUTE.findall("".join(_TAG.findall(_DROPPED.sub(r"<\1\2>", page)))))
    return Scanned(
        frozenset(html.unescape(value) for name, value in found if name == "id"),
        frozenset(html.unescape(value) for name, value in found if name != "id"),
    )


def scan_escaped(body: str) -> Scanned:
    """The same of a template's output: no text of it holds a quotation mark, so what looks like an attribute is one."""
    return Scanned(_values(body, ' id="'), _values(body, ' href="') | _values(body, ' src="'))


def _values(body: str, attribute: str) -> frozenset[str]:
    found = {piece.partition('"')[0] for piece in body.split(attribute)[1:]}
    return frozenset(html.unescape(one) if "&" in one else one for one in found)
