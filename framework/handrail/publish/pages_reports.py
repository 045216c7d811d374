"""The gap reports: a page each with its downloads, and what stays where a report was withdrawn.

Belongs here: from a gap to finished files. Never here: what a report says (`report_internal`, `report_public`), and all
reports beside each other (`pages_portfolio`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.model.bundle import Bundle
from handrail.publish.engine import SiteEngineMissing
from handrail.publish.gap import InternalGap, PublicGap, RecordedGap, left_behind
from handrail.publish.links import Scanned, scan_escaped
from handrail.publish.page import Page, render
from handrail.publish.report_brief import ROWS, brief_rows
from handrail.publish.report_internal import internal_head, internal_view
from handrail.publish.report_names import Names
from handrail.publish.report_pictures import bars, strip
from handrail.publish.report_public import public_view
from handrail.publish.report_view import Head, ReportView
from handrail.publish.shell import HEADING_ID
from handrail.report import wording
from handrail.report.canonical import to_json
from handrail.source.escape import csv_cell, terminal

FOLDER = "reports"
_COLUMNS = ("control", "title", "principle", "level", "finding", "shown_as", "valid_until", "reasons", "next_step")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The catalog that the site was built from, and when.

    `contact` is where a reply to a report goes. Only an `internal` edition holds reports that nobody agreed to publish.
    """

    bundle: Bundle
    digest: str
    built_on: date
    contact: str = ""
    internal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished report: its head, its page in UTF-8, the page's links, and the files beside it."""

    head: Head
    body: bytes
    links: Scanned
    files: Mapping[str, bytes]


def path_of(project: str) -> str:
    """The page of a project's report."""
    return f"{FOLDER}/{project}.html"


def report_made(gap: PublicGap | InternalGap | RecordedGap, names: Names, edition: Edition) -> Made:
    """The page of a gap and its downloads.

    Raises:
        InputError: a record is no assessment.
        SiteEngineMissing: the library that reads records is not installed.
        ValueError: it is an internal report, and the edition is public.
    """
    if not edition.internal and not isinstance(gap, PublicGap):
        raise ValueError("an internal report has no place in a public edition")
    if isinstance(gap, RecordedGap):
        return _recorded(gap, names, edition)
    if isinstance(gap, PublicGap):
        head, view = public_view(gap, names)
        return _whole(head, view, gap.report.model_dump_json(by_alias=True, indent=2).encode() + b"\n", edition)
    head = internal_head(gap, names, digest=edition.digest, built_on=edition.built_on)
    return _whole(head, internal_view(gap, names), to_json(gap.assessment).encode(), edition)


def _recorded(gap: RecordedGap, names: Names, edition: Edition) -> Made:
    """The page of a record. Thousands of files beside would take longer than the pages; who builds has the records."""
    try:
        from handrail.publish.record import looked_at
    except ImportError:  # its reader comes with the extra `site`
        raise SiteEngineMissing from None
    run = looked_at(gap.record, gap.place)
    pin = run.catalog[0].digest if run.catalog else None
    known = InternalGap(assessment=run, earlier=left_behind(pin, names.bundle, on=edition.built_on))
    head = internal_head(known, names, digest=edition.digest, built_on=edition.built_on)
    page = _page("report_brief.html", head, gap.record, edition, brief=True)
    return Made(
        head=head,
        body=page.encode().replace(ROWS, brief_rows(run, head.principles, names)),
        links=scan_escaped(page + "".join(one.link for one in head.principles)),  # other links stand in no row
        files={},
    )


def _whole(head: Head, view: ReportView, content: bytes, edition: Edition) -> Made:
    page = _page(
        "report.html",
        head,
        content,
        edition,
        report=view,
        brief=False,
        ahead=bars((one.end, one.applying, one.open) for one in view.ahead),
        trend=bars((one.day, one.applying, one.open) for one in view.trend),
    )
    files = {f"{FOLDER}/{head.id}.json": content, f"{FOLDER}/{head.id}.csv": _csv(view)}
    return Made(head=head, body=page.encode(), links=scan_escaped(page), files=files)


def _page(template: str, head: Head, content: bytes, edition: Edition, **values: object) -> str:
    return render(
        template,
        path_of(head.id),
        heading_id=HEADING_ID,
        head=head,
        edition=edition,
        note=wording.fixed_note(head.name),
        strip=strip(head.principles),
        counted=any(one.counted or one.wider for one in head.principles),
        signs={finding.value: sign for finding, sign in wording.SIGNS.items()},
        citation=_citation(head, content, edition),
        **values,
    )


def withdrawn_page(project: str, since: date) -> Page:
    """What stays at the address of a report that was withdrawn. It names nobody."""
    path = path_of(project)
    body = render("withdrawn.html", path, heading_id=HEADING_ID, since=since)
    return Page(path=path, title="Report withdrawn", description="A gap report stood here.", body=body, wide=True)


def _citation(head: Head, content: bytes, edition: Edition) -> str:
    what = f"{head.name} {head.version}".strip()
    base = edition.bundle.catalog.id
    catalogs = ", ".join(f"{one.pack or base} {one.version} ({one.digest})" for one in head.catalogs)
    kind = "internal gap report" if head.internal else "gap report"
    return (
        f"{what}: {kind} of {head.as_of.isoformat()}, judged by catalog {catalogs}; content "
        f"sha256:{hashlib.sha256(content).hexdigest()}; {path_of(head.id)}"
    )


def _csv(view: ReportView) -> bytes:
    """A row for each control shown."""
    rows: list[Iterable[str]] = [_COLUMNS]
    for one in view.rows:
        cells = (one.control.id, one.control.title, one.principle, one.level.value, one.label, one.tier, one.until)
        rows.append([csv_cell(terminal(cell)) for cell in (*cells, " ".join(one.reasons), one.next_step)])
    return "".join(f"{','.join(row)}\n" for row in rows).encode()
