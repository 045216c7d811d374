"""Building the site: pages from the bundle, reports in the theme's shell, everything checked, written as one tree.

Belongs here: the order of the steps, and the promise that a build that fails leaves the old site as it was. Never
here: what a page holds, and how the engine works.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.model.bundle import Bundle
from handrail.model.public import PublicReport
from handrail.publish import mend
from handrail.publish.engine import Site, SiteBroken, run
from handrail.publish.links import broken_links
from handrail.publish.page import Page
from handrail.publish.pages import bundle_files, bundle_pages, fragments, navigation
from handrail.publish.pages_reports import Edition, portfolio_page, report_files, report_page
from handrail.publish.pages_schemas import schema_files, schema_page
from handrail.publish.shell import cut, fill, shell_page
from handrail.source.files import write_tree

__all__ = ["SiteSummary", "build_site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSummary:
    """What was written: all HTML pages, and how many of them are gap reports."""

    pages: int
    reports: int


def build_site(
    *,
    bundle: Bundle,
    digest: str,
    reports: Iterable[PublicReport],
    site_source: Path,
    out: Path,
    built_on: date,
    version: str,
) -> SiteSummary:
    """Build the whole site and put it in the place of `out`. Same inputs, same bytes.

    Args:
        bundle: the catalog to publish.
        digest: the bundle's digest, as the pages show it.
        reports: what may be shown of each project; its consent was checked before.
        site_source: the folder that holds `mkdocs.yml`, `pages/` and `overrides/`.
        out: the folder to write; one that handrail did not write is left alone.
        built_on: the day of the build, in UTC.
        version: the version of handrail.

    Raises:
        SiteEngineMissing: the extra `site` is not installed.
        SiteBroken: the engine warned of something, or a link leads nowhere. The old site stays.
        OutputError: the tree could not be written. The old site stays.
    """
    edition = Edition(bundle=bundle, digest=digest, built_on=built_on)
    ordered = sorted(reports, key=lambda one: (one.project.name.casefold(), one.project.id))
    made = (*bundle_pages(bundle, digest, built_on=built_on), schema_page(bundle, version))
    pages = (*made, portfolio_page(ordered, edition))
    _refuse_repeated(page.path for page in pages)
    shell = shell_page("reports")
    files = run(
        Site(
            source=site_source,
            pages=pages,
            unlisted=(shell,),
            navigation=navigation(bundle, pages),
            fragments=fragments(bundle, digest, built_on=built_on, version=version),
            built_on=built_on,
        )
    )
    scripts = mend.Scripts()
    for path in [path for path in files if path.endswith(".html")]:
        files[path] = scripts.moved(files[path].decode()).encode()
    frame = cut(shell.path, files.pop(shell.path).decode())
    report_pages: list[tuple[Page, str]] = []
    _refuse_repeated((*files, *(f"reports/{report.project.id}.html" for report in ordered)))
    for report in ordered:
        page, summary = report_page(report, edition)
        files[page.path] = fill(frame, page).encode()
        files.update(report_files(report))
        report_pages.append((page, summary))
    files |= scripts.files | bundle_files(bundle, digest, built_on=built_on) | schema_files(bundle, version)
    files = mend.search(files, report_pages)
    files = mend.site_map(files, without=[shell.path], pages=[page for page, _ in report_pages])
    if problems := broken_links(files, base=mend.base_of(files["404.html"].decode())):
        raise SiteBroken(problems)
    write_tree(out, files)
    return SiteSummary(pages=sum(path.endswith(".html") for path in files), reports=len(report_pages))


def _refuse_repeated(paths: Iterable[str]) -> None:
    """Two pages of one address: the later would take the place of the earlier without a word."""
    repeated = sorted(path for path, count in Counter(paths).items() if count > 1)
    if repeated:
        raise SiteBroken([f"two pages would have the address `{path}`; change one of the two ids" for path in repeated])
