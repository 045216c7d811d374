"""The catalog as files to take away: the bundle, and lists as JSON and CSV.

Belongs here: which files there are, and their bytes. Never here: what a list holds (`report.listing`), and the JSON
Schemas (`pages_schemas`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handrail.catalog.bundle import to_bytes
from handrail.model.bundle import Bundle
from handrail.model.pack import packs_of
from handrail.publish.dates import legal_dates
from handrail.publish.page import Page, render
from handrail.report.listing import Question, rows_of
from handrail.source.escape import csv_cell, terminal

PATH = "downloads.html"
FOLDER = "downloads"
BUNDLE = f"{FOLDER}/catalog.bundle.json"

_LISTS = {
    "controls": "every control with its level, principle, scope, checklists and legal duties",
    "mappings": "the crosswalk: control, reference, clause, relation, how well known",
    "references": "laws, standards and frameworks with status, place and last review",
    "facts": "the vocabulary of facts",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away; `about` says what it holds."""

    path: str
    about: str
    data: bytes

    @property
    def name(self) -> str:
        """Its path below the folder of downloads."""
        return self.path.removeprefix(f"{FOLDER}/")

    @property
    def sha256(self) -> str:
        """Its digest in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def downloads(bundle: Bundle, *, as_of: date) -> tuple[Download, ...]:
    """All files; levels in the lists are those in force on the day, for a project of which nothing is known."""
    asked = Question(facts={}, level=None, phase=None, as_of=as_of)
    found = []
    if not packs_of(bundle):  # what was put together has no bundle: each part has its own, by its own digest
        found.append(Download(BUNDLE, "the whole catalog in one file, as the program reads it", to_bytes(bundle)))
    for what, about in _LISTS.items():
        rows = rows_of(what, bundle, asked)
        found.append(Download(f"{FOLDER}/{what}.json", about, _json(rows)))
        if what in ("controls", "mappings", "references"):
            found.append(Download(f"{FOLDER}/{what}.csv", about, _csv(rows)))
    dates = [
        {
            "id": one.anchor,
            "day": one.day.isoformat(),
            "begins": one.begins,
            "reference": one.reference.id,
            "clauses": [clause.name for clause in one.clauses],
            "stricter": list(dict.fromkeys(control for clause in one.clauses for control in clause.stricter)),
        }
        for one in legal_dates(bundle)
    ]
    found.append(Download(f"{FOLDER}/legal-dates.json", "the days of the timeline", _json(dates)))
    return tuple(found)


def download_pages(bundle: Bundle, digest: str, *, as_of: date) -> Iterator[Page]:
    """The one page."""
    yield Page(
        path=PATH,
        title="Downloads",
        description="The catalog as files: the bundle, and lists as JSON and CSV.",
        body=render(
            "downloads.html",
            PATH,
            bundle=bundle,
            digest=digest,
            packs=packs_of(bundle),
            as_of=as_of,
            files=downloads(bundle, as_of=as_of),
        ),
    )


def _json(value: object) -> bytes:
    return f"{json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)}\n".encode()


def _csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """A header and the rows; what is a list of words becomes one cell, and what is deeper stays in the JSON."""
    columns = [name for name in rows[0] if name != "duties"] if rows else []
    table = [columns, *([_cell(row[name]) for name in columns] for row in rows)]
    return "".join(",".join(csv_cell(terminal(cell)) for cell in row) + "\n" for row in table if row).encode()


def _cell(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
