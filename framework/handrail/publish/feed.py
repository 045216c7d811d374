"""The feed: versions of the catalog and days of laws, as Atom (RFC 4287).

Belongs here: the entries, their ids and their days. Never here: the XML (`templates/feed.xml`). No clock is read: an
entry is as old as the release, or as the last review of the law, that it speaks of.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from handrail.model.bundle import Bundle
from handrail.publish.dates import LegalDate, legal_dates
from handrail.publish.page import render
from handrail.publish.pages_changes import PATH as CHANGES
from handrail.publish.pages_changes import Version, versions
from handrail.publish.pages_timeline import PATH as TIMELINE
from handrail.publish.words import counted, day
from handrail.source.escape import xml_legal

PATH = "feed.xml"
# A name space of our own, so that an id never depends on where the site stands.
_SPACE = uuid.UUID("6b1f6a1e-6d0a-5b0f-9a44-2f1f0e6f7d31")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry; `link` is relative to the feed, `category` is `version` or `legal-date`."""

    id: str
    title: str
    updated: date
    link: str
    category: str
    summary: str


def feed(bundle: Bundle, digest: str) -> bytes:
    """The whole feed, the newest entry first."""
    reviewed = max((file.reference.reviewed_on for file in bundle.references.values()), default=_EPOCH)
    entries = [
        *(_of_version(one, bundle, reviewed) for one in versions(bundle, digest)),
        *(_of_date(one, bundle) for one in reversed(legal_dates(bundle))),
    ]
    entries.sort(key=lambda one: one.updated, reverse=True)
    catalog = bundle.catalog
    text = render(
        "feed.xml",
        PATH,
        catalog={name: xml_legal(getattr(catalog, name)) for name in ("title", "publisher", "licence")},
        id=_id(catalog.id, "feed"),
        updated=entries[0].updated,
        entries=entries,
    )
    return text.encode()


def _of_version(one: Version, bundle: Bundle, reviewed: date) -> Entry:
    counts = [
        (len(one.added), "added"),
        (len(one.changed), "changed in meaning"),
        (len(one.reworded), "reworded"),
        (len(one.removed), "removed"),
    ]
    changed = ", ".join(f"{number} {what}" for number, what in counts if number)
    says = "The first version." if one.first else f"{changed or 'No statement changed'}."
    return Entry(
        id=_id(bundle.catalog.id, "version", one.version),
        title=f"Catalog version {one.version}",
        # The bundle of a release does not hold its own day; the last review of its laws is not after it.
        updated=one.day or reviewed,
        link=f"{CHANGES}#v{one.version}",
        category="version",
        summary=f"{counted(one.controls, 'control')}. {says}",
    )


def _of_date(one: LegalDate, bundle: Bundle) -> Entry:
    clauses = "; ".join(f"{clause.name}: {clause.clause.title}" for clause in one.clauses) or one.reference.title
    stricter = list(dict.fromkeys(control for clause in one.clauses for control in clause.stricter))
    then = f" Controls that it makes stricter: {', '.join(stricter)}." if stricter else ""
    return Entry(
        id=_id(bundle.catalog.id, "legal-date", one.anchor),
        title=xml_legal(f"{one.reference.short}: {'from' if one.begins else 'until'} {day(one.day)}"),
        updated=one.reference.reviewed_on,
        link=f"{TIMELINE}#{one.anchor}",
        category="legal-date",
        summary=xml_legal(f"{clauses}.{then} Not legal advice."),
    )


def _id(*parts: str) -> str:
    return uuid.uuid5(_SPACE, "/".join(parts)).urn
