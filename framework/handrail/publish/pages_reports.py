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
from handrail.publish.gap import InternalGap, PublicGap
from handrail.publish.page import Page, first_sentence, render
from handrail.publish.report_internal import internal_view
from handrail.publish.report_pictures import bars, strip
from handrail.publish.report_public import public_view
from handrail.publish.report_view import Names, ReportView
from handrail.publish.shell import HEADING_ID
from handrail.report import wording
from handrail.report.canonical import to_json
from handrail.source.escape import csv_cell, terminal

FOLDER = "reports"
_COLUMNS = ("control", "title", "principle", "level", "finding", "shown_as", "valid_until", "reasons", "next_step")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The catalog that the site was built from, and when. `contact` is where a reply to a report goes."""

    bundle: Bundle
    digest: str
    built_on: date
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished report: its page, the text that search finds it under, and the files beside it."""

    view: ReportView
    page: Page
    found_by: str
    files: Mapping[str, bytes]


def path_of(project: str) -> str:
    """The page of a project's report."""
    return f"{FOLDER}/{project}.html"


def report_made(gap: PublicGap | InternalGap, names: Names, edition: Edition) -> Made:
    """The page of a gap and its downloads."""
    if isinstance(gap, PublicGap):
        view = public_view(gap, names)
        content = f"{gap.report.model_dump_json(by_alias=True, indent=2)}\n".encode()
    else:
        view = internal_view(gap, names, digest=edition.digest, built_on=edition.built_on)
        content = gap.record or to_json(gap.assessment).encode()
    # Files of thousands of records would take longer to write than their pages; who built the site has the records.
    files = {} if view.brief else {f"{FOLDER}/{view.id}.json": content, f"{FOLDER}/{view.id}.csv": _csv(view)}
    path = path_of(view.id)
    body = render(
        "report.html",
        path,
        heading_id=HEADING_ID,
        report=view,
        edition=edition,
        note=wording.fixed_note(view.name),
        strip=strip(view.principles),
        counted_wider=any(one.wider for one in view.principles),
        signs={finding.value: sign for finding, sign in wording.SIGNS.items()},
        ahead=bars((one.end, one.applying, one.open) for one in view.ahead),
        trend=bars((one.day, one.applying, one.open) for one in view.trend),
        citation=_citation(view, content, edition),
    )
    first = view.headline[0]
    page = Page(path=path, title=view.name, description=first_sentence(first), body=body, wide=True)
    return Made(view=view, page=page, found_by=first, files=files)


def withdrawn_page(project: str, since: date) -> Page:
    """What stays at the address of a report that was withdrawn. It names nobody."""
    path = path_of(project)
    body = render("withdrawn.html", path, heading_id=HEADING_ID, since=since)
    return Page(path=path, title="Report withdrawn", description="A gap report stood here.", body=body, wide=True)


def _citation(view: ReportView, content: bytes, edition: Edition) -> str:
    what = f"{view.name} {view.version}".strip()
    catalogs = ", ".join(f"{edition.bundle.catalog.id} {one.version} ({one.digest})" for one in view.catalogs)
    kind = "internal gap report" if view.internal else "gap report"
    return (
        f"{what}: {kind} of {view.as_of.isoformat()}, judged by catalog {catalogs}; content "
        f"sha256:{hashlib.sha256(content).hexdigest()}; {path_of(view.id)}"
    )


def _csv(view: ReportView) -> bytes:
    """A row for each control shown."""
    rows: list[Iterable[str]] = [_COLUMNS]
    for one in view.rows:
        cells = (one.control.id, one.control.title, one.principle, one.level.value, one.label, one.tier, one.until)
        rows.append([csv_cell(terminal(cell)) for cell in (*cells, " ".join(one.reasons), one.next_step)])
    return "".join(f"{','.join(row)}\n" for row in rows).encode()
