"""Building the site: pages from the bundle, reports in the theme's shell, everything checked, written as one tree.

Belongs here: the order of the steps, and the promise that a build that fails leaves the old site as it was. Never
here: what a page holds, and how the engine works.

Reports are made, written and forgotten one by one; what is kept of each is its row in the portfolio and its line in the
search index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.model.bundle import Bundle
from handrail.publish import mend
from handrail.publish.engine import Site, SiteBroken, run
from handrail.publish.gap import Gap, InternalGap, NoConsent
from handrail.publish.links import Links
from handrail.publish.page import Page
from handrail.publish.pages import bundle_files, bundle_pages, fragments, navigation
from handrail.publish.pages_portfolio import DATA, PATH, TITLE, Card, card, portfolio_data, portfolio_pages
from handrail.publish.pages_reports import Edition, path_of, report_made, withdrawn_page
from handrail.publish.pages_schemas import schema_files, schema_page
from handrail.publish.register import REGISTER, Register, old_register
from handrail.publish.report_view import Names
from handrail.publish.shell import Shell, cut, fill, framed_page, shell_page
from handrail.source.files import new_tree

__all__ = ["SiteSummary", "build_site"]

Engine = Callable[[Site], dict[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSummary:
    """What was written: all HTML pages, how many of them are gap reports, and how many say that one was withdrawn."""

    pages: int
    reports: int
    withdrawn: int


def build_site(
    *,
    bundle: Bundle,
    digest: str,
    reports: Iterable[Gap],
    site_source: Path,
    out: Path,
    built_on: date,
    version: str,
    contact: str = "",
    internal: bool = False,
    engine: Engine = run,
) -> SiteSummary:
    """Build the whole site and put it in the place of `out`.

    Same inputs, same bytes; what was withdrawn from the site that stands in `out` is an input too.

    Args:
        bundle: the catalog to publish.
        digest: the bundle's digest, as the pages show it.
        reports: in any order; taken one by one, and none is kept.
        site_source: the folder that holds `mkdocs.yml`, `pages/` and `overrides/`.
        out: the folder to write; one that handrail did not write is left alone.
        built_on: the day of the build, in UTC.
        version: the version of handrail.
        contact: where to write for a reply to a report.
        internal: the site is for the projects' own people: it says so, and it notes nothing as published.
        engine: renders the pages of the menu.

    Raises:
        SiteEngineMissing: the extra `site` is not installed.
        SiteBroken: the engine warned of something, a link leads nowhere, or two reports are of one project. The old
            site stays.
        OutputError: the tree could not be written. The old site stays.
    """
    edition = Edition(bundle=bundle, digest=digest, built_on=built_on, contact=contact)
    made = (*bundle_pages(bundle, digest, built_on=built_on), schema_page(bundle, version))
    framed = framed_page(PATH, TITLE)
    pages = (*made, framed)
    _refuse_repeated(page.path for page in pages)
    shell = shell_page("reports")
    files = engine(
        Site(
            source=site_source,
            pages=pages,
            unlisted=(shell,),
            navigation=navigation(bundle, pages),
            fragments=fragments(bundle, digest, built_on=built_on, version=version),
            built_on=built_on,
        )
    )
    files = {**files, **bundle_files(bundle, digest, built_on=built_on), **schema_files(bundle, version)}
    scripts = mend.Scripts()
    for path in [path for path in files if path.endswith(".html")]:
        files[path] = scripts.moved(files[path].decode()).encode()
    files |= scripts.files
    frames = Frames(
        report=cut(shell.path, files.pop(shell.path).decode()), portfolio=cut(PATH, files.pop(PATH).decode())
    )
    links = Links(mend.base_of(files["404.html"].decode()))
    with new_tree(out) as write:
        many = _Reports(edition, frames, links, write, old_register(out), taken=files.keys(), internal=internal)
        for gap in reports:
            many.add(gap)
        many.finish()
        found = sorted(many.found, key=lambda one: (one.title.casefold(), one.path))
        files |= mend.search(files, found, instead=[PATH])
        maps = mend.site_map(files, without=[shell.path], paths=[one.path for one in found])
        files = {path: data for path, data in files.items() if not path.startswith("sitemap.xml")} | maps
        for path in sorted(files):
            write(path, files[path])
            links.add_file(path)
            if path.endswith(".html"):
                links.add_page(path, files[path].decode())
        if problems := links.broken():
            raise SiteBroken(problems)
    return SiteSummary(
        pages=sum(path.endswith(".html") for path in files) + many.pages,
        reports=len(many.cards),
        withdrawn=len(many.withdrawn),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """The shells of the pages that the engine does not render."""

    report: Shell
    portfolio: Shell


class _Reports:
    """Writes the reports of a site one by one, and then what is told of all of them."""

    def __init__(
        self,
        edition: Edition,
        frames: Frames,
        links: Links,
        write: Callable[[str, bytes], None],
        register: Register,
        *,
        taken: Iterable[str],
        internal: bool,
    ) -> None:
        self.cards: list[Card] = []
        self.found: list[mend.Found] = []
        self.withdrawn: dict[str, date] = {}
        self.pages = 0
        self._edition, self._frames, self._links, self._write = edition, frames, links, write
        self._register, self._internal = register, internal
        self._taken = set(taken) | {PATH}
        self._names = Names(edition.bundle)
        self._principles = [one.id for one in edition.bundle.principles]

    def add(self, gap: Gap) -> None:
        """Write the pages of one project."""
        if isinstance(gap, NoConsent):
            since = self._register.withdrawn_since(gap.project, today=self._edition.built_on)
            if since is not None and not self._internal:
                self.withdrawn[gap.project] = since
            return
        if isinstance(gap, InternalGap) and not self._internal:
            raise ValueError("an internal report has no place on a public site")
        made = report_made(gap, self._names, self._edition)
        self._page(made.page, self._frames.report, whole=not self.cards)
        for path, data in made.files.items():
            self._write(path, data)
            self._links.add_file(path)
        self.cards.append(card(made.view, self._principles))
        self.found.append(mend.Found(made.page.path, made.page.title, made.found_by))

    def finish(self) -> None:
        """Write the portfolio, and a page for each report that was withdrawn."""
        published = {one.id for one in self.cards}
        for project, since in (self._register.withdrawn | self.withdrawn).items():
            if project not in published and not self._internal:
                self.withdrawn[project] = since
                self._page(withdrawn_page(project, since), self._frames.report)
        self._taken.discard(PATH)
        first, *more = portfolio_pages(self.cards, self._edition, internal=self._internal)
        self._page(first, self._frames.portfolio, whole=True)
        self.found.append(mend.Found(first.path, first.title, first.description))
        for page in more:
            self._page(page, self._frames.portfolio)
        self._file(DATA, portfolio_data(self.cards, self._edition))
        if not self._internal:
            self._file(REGISTER, Register(frozenset(published), self.withdrawn).written())

    def _page(self, page: Page, frame: Shell, *, whole: bool = False) -> None:
        if page.path in self._taken:
            raise SiteBroken([_TWICE.format(page.path)])
        self._taken.add(page.path)
        finished = fill(frame, page)
        self._links.add_page(page.path, finished if whole else page.body, anchors=whole)
        self._write(page.path, finished.encode())
        self.pages += 1

    def _file(self, path: str, data: bytes) -> None:
        self._write(path, data)
        self._links.add_file(path)


_TWICE = "two pages would have the address `{}`; change one of the two ids"


def _refuse_repeated(paths: Iterable[str]) -> None:
    """Two pages of one address: the later would take the place of the earlier without a word."""
    repeated = sorted(path for path, count in Counter(paths).items() if count > 1)
    if repeated:
        raise SiteBroken([_TWICE.format(path) for path in repeated])
