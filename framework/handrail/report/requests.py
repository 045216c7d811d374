"""What an outside reviewer would ask to see, for people and programs: text, Markdown, CSV, JSON.

Belongs here: the line about one piece, and layout. Never here: which pieces (`assess.requests`). Internal unless its
rows were projected: owners, paths and last days stand in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from handrail.assess.requests import Request, Supply
from handrail.model.terms import Handling
from handrail.report.agreement import number
from handrail.report.auditor import AuditorInput, Told, day, either, envelope, markdown, table, text
from handrail.report.canonical import values_to_json

Requests = AuditorInput[Request]

SEALED = "Sealed records are looked at where they are held; nothing here tells the way to one."

_SUPPLY: Mapping[Supply, str] = MappingProxyType(
    {
        Supply.COUNTS: "supplied, counts",
        Supply.DOES_NOT_COUNT: "supplied, does not count",
        Supply.UPSTREAM: "with the project that the answer is inherited from",
        Supply.NOTHING: "nothing supplied",
        Supply.NOT_TOLD: "not told in public",
    }
)


def request_line(one: Request) -> str:
    """What to ask for, of whom, and what there is, in one line."""
    return "; ".join(_parts(one))


def _parts(one: Request) -> Iterator[str]:
    yield f"\u201c{one.title}\u201d ({one.kind}, {one.handling})"
    if one.one_of:
        yield f"or {either(one.one_of)}"
    shown = f", shown as {one.shown}" if one.shown else ""
    yield f"asked as {one.asked}{shown}"
    yield _SUPPLY[one.supply]
    if one.dated:
        yield f"{'held since' if one.handling is Handling.SEALED else 'dated'} {day(one.dated)}"
    if one.expires:
        yield f"until {day(one.expires)}"
    if asked_of := of_whom(one):
        yield f"ask {asked_of}"
    if one.path:
        yield one.path


def of_whom(one: Request) -> str:
    """Who can show it: the custodian of a sealed record, the project it is inherited from, else the owner."""
    if one.custodian:
        return one.custodian
    return one.upstream or "" if one.supply is Supply.UPSTREAM else one.owner or ""


def _counts(rows: tuple[Request, ...]) -> str:
    if not rows:
        return "No control in this report asks for evidence."
    each = Counter(one.supply for one in rows)
    parts = (f"{word}: {each[supply]}" for supply, word in _SUPPLY.items() if each[supply])
    return f"{number(len(rows), 'piece')} of evidence. By what there is: {'; '.join(parts)}."


def _told(given: Requests) -> Told:
    sealed = (SEALED,) if any(one.handling is Handling.SEALED for one in given.rows) else ()
    lines: dict[str, tuple[str, ...]] = {}
    for one in given.rows:
        lines[one.control] = (*lines.get(one.control, ()), request_line(one))
    return Told(
        title="What a reviewer would ask to see",
        lead=(_counts(given.rows), *sealed),
        words={one.control: one.level.upper() for one in given.rows},
        lines=lines,
    )


def _text(given: Requests) -> str:
    return text(_told(given), given)


def _markdown(given: Requests) -> str:
    return markdown(_told(given), given)


_COLUMNS = (
    *("control", "level", "requirement", "title", "kind", "handling", "one_of", "tier_asked", "tier_shown", "supply"),
    *("date", "expires", "custodian", "owner", "answered_by", "inherited_from", "path"),
)


def _csv(given: Requests) -> str:
    return table(
        _COLUMNS,
        (
            {key: value or "" for key, value in {**_named(one), "one_of": " ".join(one.one_of)}.items()}
            for one in given.rows
        ),
    )


def _named(one: Request) -> dict[str, str | None]:
    return {
        "control": one.control,
        "level": one.level.value,
        "requirement": one.requirement,
        "title": one.title,
        "kind": one.kind,
        "handling": one.handling.value,
        "tier_asked": one.asked.value,
        "tier_shown": one.shown.value if one.shown else None,
        "supply": one.supply.value,
        "date": day(one.dated),
        "expires": day(one.expires),
        "custodian": one.custodian,
        "owner": one.owner,
        "answered_by": one.answered_by,
        "inherited_from": one.upstream,
        "path": one.path,
    }


def _json(given: Requests) -> str:
    return values_to_json(envelope(given, "requests", [_values(one) for one in given.rows]))


def _values(one: Request) -> dict[str, Any]:
    return {"id": f"{one.control}/{one.requirement}", **_named(one), "one_of": list(one.one_of)}


FORMATS: Mapping[str, Callable[[Requests], str]] = MappingProxyType(
    {"text": _text, "markdown": _markdown, "csv": _csv, "json": _json}
)
"""Format -> the requests, ended by a line end."""
