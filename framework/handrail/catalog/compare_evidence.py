"""What two versions of a control ask to see.

Belongs here: requirements, their parameters, ages, tiers and handling. Never here: what a checklist makes of them
(`compare_checklists`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from handrail.catalog.change import Change, asked_otherwise, spelled
from handrail.catalog.resolve import alternatives
from handrail.model.base import JsonValue, days_text
from handrail.model.catalog import Control, Requirement
from handrail.model.kinds import KINDS, Parameter, ParameterType
from handrail.model.terms import Handling

_ANY_OF_THESE = frozenset({("attestation", "predicates")})
"""Lists of which one entry suffices; of all others every entry is asked for."""

_OPENNESS = (Handling.SEALED, Handling.RESTRICTED, Handling.PUBLIC)


def compare_evidence(before: Control, after: Control) -> Iterator[Change]:
    """Give every change of what a control asks for as evidence."""
    at = after.id
    was, now = _by_id(before), _by_id(after)
    renamed = _renamed(was, now)
    for old, new in renamed.items():
        yield Change(kind="requirement-renamed", at=at, part=new, before=old, after=new)
    for one in was:
        if one not in now and one not in renamed:
            yield Change(kind="requirement-removed", at=at, part=one, before=_asked(was[one]))
    for old, requirement in was.items():
        if (new := renamed.get(old, old)) in now:
            yield from _requirement(at, requirement, now[new])
    lost, gained = asked_otherwise(
        (frozenset(renamed.get(r.id, r.id) for r in alternatives(group)) for group in before.evidence),
        (frozenset(r.id for r in alternatives(group)) for group in after.evidence),
    )
    for clause, wider in lost:
        if clause <= now.keys():  # else its removal was told
            instead = spelled(wider) if wider else None
            yield Change(kind="alternative-added", at=at, part="evidence", before=spelled(clause), after=instead)
    for clause in gained:
        texts = ", or ".join(_asked(now[one]) for one in sorted(clause))
        yield Change(kind="requirement-added", at=at, part=spelled(clause), after=texts)


def _by_id(control: Control) -> dict[str, Requirement]:
    return {one.id: one for group in control.evidence for one in alternatives(group)}


def _renamed(was: dict[str, Requirement], now: dict[str, Requirement]) -> dict[str, str]:
    """Old id -> new id, of requirements that are alike in all else."""
    gone = {_without_id(one): name for name, one in was.items() if name not in now}
    come = {_without_id(one): name for name, one in now.items() if name not in was}
    return {gone[alike]: come[alike] for alike in gone if alike in come}


def _without_id(one: Requirement) -> str:
    return repr(one.model_copy(update={"id": "", "title": ""}))


def _asked(one: Requirement) -> str:
    age = f", at most {one.max_age.days} days old" if one.max_age is not None else ""
    return f"{one.title} ({one.kind}, {one.assurance}{age})"


def _requirement(at: str, before: Requirement, after: Requirement) -> Iterator[Change]:
    part = after.id
    if before.title != after.title:
        yield Change(kind="prose-changed", at=at, part=f"{part}: title", before=before.title, after=after.title)
    if before.kind != after.kind:
        yield Change(kind="kind-changed", at=at, part=part, before=before.kind, after=after.kind)
    else:
        yield from _parameters(at, before, after)
    yield from age_change(at, part, before.max_age, after.max_age)
    if before.assurance is not after.assurance:
        kind = "assurance-raised" if after.assurance > before.assurance else "assurance-lowered"
        yield Change(kind=kind, at=at, part=part, before=before.assurance, after=after.assurance)
    if before.handling is not after.handling:
        opened = _OPENNESS.index(after.handling) > _OPENNESS.index(before.handling)
        kind = "handling-opened" if opened else "handling-closed"
        if Handling.SEALED in (before.handling, after.handling):
            kind = "handling-sealed"
        yield Change(kind=kind, at=at, part=part, before=before.handling, after=after.handling)


def age_change(at: str, part: str, before: timedelta | None, after: timedelta | None) -> Iterator[Change]:
    """The change of a greatest age; none at all is longer than any."""
    if before == after:
        return
    shorter = after is not None and (before is None or after < before)
    texts = [days_text(one) if one is not None else None for one in (before, after)]
    kind = "age-shortened" if shorter else "age-lengthened"
    yield Change(kind=kind, at=at, part=part, before=texts[0], after=texts[1])


def _parameters(at: str, before: Requirement, after: Requirement) -> Iterator[Change]:
    kind = KINDS.get(after.kind)
    for name in sorted({*before.parameters, *after.parameters}):
        parameter = kind.parameters.get(name) if kind else None
        default = parameter.default if parameter else None
        was, now = (one.parameters.get(name, default) for one in (before, after))
        if _text(was) != _text(now):
            told = _told(after.kind, name, parameter, was, now)
            yield Change(kind=told, at=at, part=f"{after.id}: {name}", before=_text(was), after=_text(now))


def _told(kind: str, name: str, parameter: Parameter | None, was: JsonValue, now: JsonValue) -> str:
    if parameter is None:  # of a plugin's kind
        return "parameter-changed"
    if isinstance(was, list) and isinstance(now, list) and _entries(was) == _entries(now):
        return "prose-changed"  # in another order, or given twice
    try:
        more = _asks_more(kind, name, parameter, was, now)
    except ValueError:  # a bundle is not linted, so the value may be none that the kind takes
        more = None
    return "parameter-changed" if more is None else "parameter-stricter" if more else "parameter-weaker"


def _text(value: JsonValue) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _asks_more(kind: str, name: str, parameter: Parameter, was: JsonValue, now: JsonValue) -> bool | None:
    """Whether a parameter asks for more than before; None where that cannot be told."""
    if was is None or now is None:
        return now is not None
    match parameter.type:
        case ParameterType.COUNT:
            return int(str(now)) > int(str(was))
        case ParameterType.DAYS:
            return _days(now) < _days(was)
        case ParameterType.FLAG:
            return str(now).lower() == "true"
        case ParameterType.TEXTS | ParameterType.CHECKS:
            before, after = _entries(was), _entries(now)
            if before <= after or after <= before:
                return (before < after) != ((kind, name) in _ANY_OF_THESE)
    return None


def _days(value: JsonValue) -> int:
    return int(str(value).removeprefix("P").removesuffix("D"))


def _entries(value: JsonValue) -> frozenset[str | None]:
    return frozenset(map(_text, value)) if isinstance(value, list) else frozenset((_text(value),))
