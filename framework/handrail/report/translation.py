"""How far a translation of the catalog is, for `translate`: as a table, as JSON values, and as a file to fill in.

Belongs here: the layout. Never here: which text needs translating (`catalog.translated`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.catalog.blanks import blank
from handrail.catalog.fingerprint import fingerprint
from handrail.model.bundle import Bundle
from handrail.model.translation import Untranslated
from handrail.report.agreement import number
from handrail.report.listing import Row, table

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Standing:
    """A text of the catalog, and what keeps it from being shown in the other language, if anything does."""

    address: str
    text: str
    why: Untranslated | None


def standing_rows(texts: list[Standing]) -> list[Row]:
    """Every text as a JSON value."""
    return [
        {
            "id": one.address,
            "state": one.why.value if one.why else "translated",
            "of": fingerprint(one.text),
            "text": one.text,
        }
        for one in texts
    ]


def standing_text(texts: list[Standing], bundle: Bundle, language: str) -> str:
    """The numbers, part by part, and every text that has changed since it was translated."""
    parts: dict[str, Counter[Untranslated | None]] = {}
    for one in texts:
        parts.setdefault(_part(one.address, bundle), Counter())[one.why] += 1
    rows: list[Row] = [
        {
            "id": part,
            "done": f"{found[None]} of {found.total()} translated",
            "changed": f"{found[Untranslated.STALE]} changed since" if found[Untranslated.STALE] else "",
        }
        for part, found in parts.items()
    ]
    stale = [one.address for one in texts if one.why is Untranslated.STALE]
    done = sum(one.why is None for one in texts)
    lines = [f"{language}: {done:,} of {number(len(texts), 'text')} translated, {len(stale):,} changed since", ""]
    if stale:
        lines += ["Changed since they were translated:", *(f"  {address}" for address in stale), ""]
    return "\n".join(lines) + "\n" + table("parts", rows)


def to_fill_in(texts: list[Standing], language: str) -> Iterator[str]:
    """The lines of a translation's file with a blank for every text that is still to be translated, or again.

    A blank begins with three dots, and a file is used when it has none left.
    """
    yield "translation:"
    yield f"  language: {language}"
    yield f"  by: {blank('who translates, and answers for it')}"
    yield "texts:" if any(one.why for one in texts) else "texts: {}"
    for one in texts:
        if one.why is not None:
            yield f"  {one.address if _PLAIN.fullmatch(one.address) else json.dumps(one.address, ensure_ascii=False)}:"
            # Sixteen digits may look like a number.
            yield f'    of: "{fingerprint(one.text)}"'
            yield "    text: |-"
            yield from (f"      {line}".rstrip() for line in blank(one.text).split("\n"))


def _part(address: str, bundle: Bundle) -> str:
    """What a text belongs to: a principle, or the kind of thing that it is of."""
    first = address.partition(".")[0]
    return bundle.principle_of.get(first, first)
