"""A release of the catalog as a section of a change log, made of its difference from the one before.

Belongs here: the section's heading, and its place in a file whose other sections stay as they are. Never here: what
changed (`catalog.compare`) and its words (`catalog_difference`); reading and writing the file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from handrail.report.catalog_difference import DifferenceInput, outline
from handrail.report.outline import as_markdown

_NEXT = re.compile(r"^## ", re.MULTILINE)
_CATALOG = re.compile(r"^## Catalog [0-9]", re.MULTILINE)


def section(given: DifferenceInput, *, day: date) -> str:
    """The section of the newer catalog in Markdown, ended by a line end; `day` is that of its release."""
    version = given.new.bundle.catalog.version
    return as_markdown(replace(outline(given), title=f"Catalog {version}, {day.isoformat()}", tail=()))


def with_section(text: str, made: str) -> str:
    """A change log with a section: in the place of that of its version, else before those of other versions."""
    heading = made.partition(",")[0]
    found = re.search(rf"^{re.escape(heading)},", text, re.MULTILINE)
    if found is None:
        others = _CATALOG.search(text)
        start = end = others.start() if others else len(text)
    else:
        after = _NEXT.search(text, found.end())
        start, end = found.start(), after.start() if after else len(text)
    before, rest = text[:start].rstrip("\n"), text[end:]
    return "\n\n".join(part for part in (before, made.rstrip("\n"), rest) if part).rstrip("\n") + "\n"
