"""`security-contact`: a security.txt (RFC 9116), or a file named CODEOWNERS.

| what is there | verdict |
|---|---|
| security.txt: a contact, and one time at which it expires | shown, `valid_until` that time, past or not |
| security.txt: a contact, but no time, a time of another form, or several | partial |
| CODEOWNERS: a pattern with an owner | shown |
| no contact, no owner, no UTF-8 text, too large, a signed text without its end | unreadable |

It cannot contradict. Documented. Neither format says when it was written, so only the entry can give a date. A PGP
signature is skipped, not checked: what stands outside of it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from handrail.evidence.limits import CONTACT_LINE_CHARACTERS, TEXT_BYTES
from handrail.evidence.plugin import Given, Seen, shown, unreadable
from handrail.evidence.values import moment
from handrail.model.terms import Assurance
from handrail.source.diagnostics import Collector
from handrail.source.text import decode

KIND = "security-contact"

_ADDRESS = r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+"
_CONTACT = re.compile(rf"(?:mailto:{_ADDRESS}|https://[^\s<>/]+(?:/[^\s<>]*)?|tel:\+?[0-9().-]+)", re.IGNORECASE)
_OWNER = re.compile(rf"@[\w.-]+(?:/[\w.-]+)*|{_ADDRESS}")

_SIGNED, _SIGNATURE = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"


def examine(given: Given) -> Seen:
    """Say whether a contact is given, and until when."""
    text = decode(given.data or b"", "", Collector(), max_bytes=TEXT_BYTES)
    if text is None:
        return unreadable("The file cannot be read as text in UTF-8.")
    lines = [line.strip() for line in text.split("\n") if len(line) <= CONTACT_LINE_CHARACTERS]
    return _code_owners(lines) if given.name == "codeowners" else _security_txt(lines)


def _code_owners(lines: Iterable[str]) -> Seen:
    patterns = (line.split(" #", 1)[0].split() for line in lines if not line.startswith("#"))
    if any(_OWNER.fullmatch(owner) for _, *owners in filter(None, patterns) for owner in owners):
        return shown("Owners are named.", (), tier=Assurance.DOCUMENTED)
    return unreadable("The file names no owner.")


def _security_txt(lines: Iterable[str]) -> Seen:
    fields = list(_fields(_signed_part(lines)))
    if not any(_CONTACT.fullmatch(value) for name, value in fields if name == "contact"):
        return unreadable("The file gives no contact as RFC 9116 writes it (`Contact:` and a mailto:, https: or tel:).")
    expires = [moment(value) for name, value in fields if name == "expires"]
    times = [time for time in expires if time is not None]
    lacking = []
    if len(expires) != 1 or not times:
        lacking.append("It does not say, once and as RFC 9116 writes it, when it expires (`Expires:`).")
    return shown(
        "A contact is given, and the time at which it expires.",
        lacking,
        tier=Assurance.DOCUMENTED,
        valid_until=min((_last_day(time.date(), time.time() == time.min.time()) for time in times), default=None),
    )


def _last_day(day: date, at_its_start: bool) -> date:
    return day - timedelta(days=1) if at_its_start else day


def _fields(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and not line.startswith("#"):
            yield name.strip().lower(), value.strip()


def _signed_part(lines: Iterable[str]) -> list[str]:
    lines = list(lines)
    if _SIGNED not in lines:
        return lines
    body = lines[lines.index(_SIGNED) + 1 :]
    if "" not in body or _SIGNATURE not in body:
        return []
    # Armour headers end at the first blank line; a line that starts with a dash is written "- -".
    return [line.removeprefix("- ") for line in body[body.index("") + 1 : body.index(_SIGNATURE)]]
