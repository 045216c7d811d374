"""Building the site: pages from the bundle, reports in the theme's shell, everything checked, written as one tree.

Belongs here: the order of the steps, and the promise that a build that fails leaves the old site as it was. Never
here: what a page holds, and how the engine works.

Reports are made, written and forgotten one by one; what is kept of each is its row in the portfolio and its line in the
search index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path

from handrail.model.bundle import Bundle
from handrail.model.endorsement import EndorsementFile
from handrail.publish import marks, mend
from handrail.publish.engine import Site, SiteBroken, run
from handrail.publish.gap import Gap, NoConsent
from handrail.publish.language import ENGLISH, Language, speaking
from handrail.publish.links import Links, scan_escaped
from handrail.publish.many import Finished, Maker, finished
from handrail.publish.page import Page, render
from handrail.publish.pages import bundle_files, bundle_pages, fragments, navigation
from handrail.publish.pages_portfolio import DATA, PATH, TITLE, Card, portfolio_data, portfolio_pages
from handrail.publish.pages_reports import Edition, withdrawn_page
from handrail.publish.pages_schemas import schema_files, schema_page
from handrail.publish.register import REGISTER, Register, old_register
from handrail.publish.shell import Shell, cut, fill, framed_page, shell_page
from handrail.report.agreement import number
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
    endorsements: Sequence[EndorsementFile] = (),
    contact: str = "",
    internal: bool = False,
    language: Language = ENGLISH,
    translated: Bundle | None = None,
    engine: Engine = run,
    workers: int | None = None,
    tell: Callable[[str], object] = lambda _: None,
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
        endorsements: what organisations say of the catalog's texts.
        contact: where to write for a reply to a report.
        internal: the site is for the projects' own people: it says so, and it notes nothing as published.
        language: the pages made of the catalog are in it; gap reports stay as `report` words them.
        translated: the catalog in that language, as pages show it. All downloads are of `bundle`.
        engine: renders the pages of the menu.
        workers: how many processes may make reports; by default as many as there are processors.
        tell: is told after each report how far the build is.

    Raises:
        SiteEngineMissing: the extra `site` is not installed.
        SiteBroken: the engine warned of something, a link leads nowhere, or two reports are of one project. The old
            site stays.
        OutputError: the tree could not be written. The old site stays.
    """
    edition = Edition(bundle=bundle, digest=digest, built_on=built_on, contact=contact, internal=internal)
    with closing(finished(reports, Maker(edition), workers=workers)) as stream:
        begun = list(islice(stream, 1))  # from here on other processes make reports, beside the engine
        shown = translated or bundle
        shell = shell_page("reports")
        with speaking(language):
            made = bundle_pages(shown, digest, built_on=built_on, endorsements=endorsements, source=bundle)
            told = (_told(page, language) for page in (*made, schema_page(shown, version)))
            pages = (*told, framed_page(PATH, language.gettext(TITLE)))
            _refuse_repeated(page.path for page in pages)
            files = engine(
                Site(
                    source=site_source,
                    pages=pages,
                    unlisted=(shell,),
                    navigation=navigation(shown, pages),
                    fragments=fragments(shown, digest, built_on=built_on, version=version),
                    built_on=built_on,
                    language=language,
                )
            )
            files |= bundle_files(shown, digest, built_on=built_on, source=bundle)
        files |= schema_files(bundle, version)
        scripts = mend.Scripts()
        for path in [path for path in files if path.endswith(".html")]:
            files[path] = scripts.moved(mend.reachable(files[path].decode())).encode()
        files |= scripts.files
        frames = Frames(
            report=cut(shell.path, files.pop(shell.path).decode(), language),
            portfolio=cut(PATH, files.pop(PATH).decode(), language),
        )
        links = Links(mend.base_of(files["404.html"].decode()))
        with new_tree(out) as write:
            many = _Reports(edition, frames, links, write, old_register(out), taken=files.keys())
            for one in chain(begun, stream):
                many.add(one)
                tell(f"{number(len(many.cards), 'gap report')} written")
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
    ) -> None:
        self.cards: list[Card] = []
        self.found: list[mend.Found] = []
        self.withdrawn: dict[str, date] = {}
        self.pages = 0
        self._edition, self._frames, self._links, self._write = edition, frames, links, write
        self._register = register
        self._taken = set(taken)

    def add(self, made: Finished | NoConsent) -> None:
        """Write the files of one project."""
        if isinstance(made, NoConsent):
            since = self._register.withdrawn_since(made.project, today=self._edition.built_on)
            if since is not None:
                self.withdrawn[made.project] = since
            return
        whole = self._whole(self._frames.report, made, made.body)
        if not self.cards:
            self._links.add_page(made.path, whole.decode())  # with the shell, which all share
        self._links.add_body(made.path, made.links)
        for path, data in made.files.items():
            self._file(path, data)
        self.cards.append(made.card)
        self.found.append(mend.Found(made.path, made.title, made.description))

    def finish(self) -> None:
        """Write the portfolio, and a page for each report that was withdrawn."""
        published = frozenset(one.id for one in self.cards)
        gone = {**self._register.withdrawn, **self.withdrawn}
        self.withdrawn = {} if self._edition.internal else {one: gone[one] for one in gone if one not in published}
        for project, since in self.withdrawn.items():
            self._page(withdrawn_page(project, since), self._frames.report)
        first, *more = portfolio_pages(self.cards, self._edition)
        self._page(first, self._frames.portfolio)
        self.found.append(mend.Found(first.path, first.title, first.description))
        for page in more:
            self._whole(self._frames.portfolio, page, page.body.encode())
            self._links.add_body(page.path, scan_escaped(page.body))
        self._file(DATA, portfolio_data(self.cards, self._edition))
        if not self._edition.internal:
            self._file(REGISTER, Register(published, self.withdrawn).written())

    def _page(self, page: Page, frame: Shell) -> None:
        self._links.add_page(page.path, self._whole(frame, page, page.body.encode()).decode())

    def _whole(self, frame: Shell, page: Page | Finished, body: bytes) -> bytes:
        """The page in its frame, which it has written."""
        if page.path in self._taken:
            raise SiteBroken([_TWICE.format(page.path)])
        self._taken.add(page.path)
        self.pages += 1
        whole = fill(frame, path=page.path, title=page.title, description=page.description, body=body)
        self._write(page.path, whole)
        return whole

    def _file(self, path: str, data: bytes) -> None:
        self._write(path, data)
        self._links.add_file(path)


def _told(page: Page, language: Language) -> Page:
    """The page with its title and description in the language, where they are ours; those of a catalog stay."""
    if language.source:
        return page
    say = language.gettext
    return replace(
        page,
        title=say(page.title),
        nav_title=say(page.nav_title),
        description=say(page.description),
        body=marks.told(page.body) + render("translated.html", page.path),
    )


_TWICE = "two pages would have the address `{}`; change one of the two ids"


def _refuse_repeated(paths: Iterable[str]) -> None:
    """Two pages of one address: the later would take the place of the earlier without a word."""
    repeated = sorted(path for path, count in Counter(paths).items() if count > 1)
    if repeated:
        raise SiteBroken([_TWICE.format(path) for path in repeated])
