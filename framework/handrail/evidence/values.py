"""Single values of a file: days, numbers, words, and whether one says anything at all.

Belongs here: reading one value strictly; None is the one way to say that it is not such a value. Never here: formats.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_APART = re.compile(r"[\W_]+")

_TODO = re.compile(r"\b(?:TODO|TBD|tbd|Tbd|FIXME)\b[^\n]*")
_LOREM = re.compile(r"\blorem\s+ipsum\b", re.IGNORECASE)
_SLOT = re.compile(r"<[^<>\n]*>")

# Days outside are slips or attacks, and day + max_age (5 digits) must stay inside Python's calendar.
_FIRST, _LAST = date(1970, 1, 1), date(2999, 12, 31)


def day(value: object) -> date | None:
    """Give the UTC day of `YYYY-MM-DD` or of an RFC 3339 date and time, between 1970 and 2999."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _DAY.fullmatch(text):
        try:
            found = date.fromisoformat(text)
        except ValueError:
            return None
    else:
        instant = moment(text)
        if instant is None:
            return None
        found = instant.date()
    return found if _FIRST <= found <= _LAST else None


def moment(value: str) -> datetime | None:
    """Give the UTC instant of an RFC 3339 date and time, between 1971 and 2999."""
    found = _MOMENT.fullmatch(value.strip())
    if found is None:
        return None
    zone = "+00:00" if found[3] in "Zz" else found[3]
    try:
        instant = datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")
    except ValueError:
        return None
    return instant.astimezone(UTC) if _FIRST.year < instant.year <= _LAST.year else None


def number(value: object) -> Decimal | None:
    """Give a plain decimal number of at most 18 digits before and after the point. A truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def word(value: object) -> str | None:
    """Give a scalar as the files write it, `true` and `false` included, so that JSON, YAML and TOML compare alike."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | str):
        return unicodedata.normalize("NFC", str(value)).strip()
    return None


def filled(value: object) -> bool:
    """Say whether a value says anything: a letter or digit that is not part of a placeholder."""
    if isinstance(value, list):
        return any(filled(one) for one in value)
    text = word(value)
    return text is not None and any(character.isalnum() for character in without_placeholders(text))


def without_placeholders(text: str) -> str:
    """Drop what stands for text still to be written: `<...>`, TODO to the end of its line, lorem ipsum paragraphs."""
    if _LOREM.search(text):
        text = "\n\n".join(part for part in re.split(r"\n[ \t]*\n", text) if not _LOREM.search(part))
    return _SLOT.sub(" ", _TODO.sub(" ", text))


def folded(name: str) -> str:
    """Give a name as it is compared: without case, punctuation and the difference of `_`, `-` and space."""
    return _APART.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()
