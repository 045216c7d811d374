"""A recorded assessment, read in order to be looked at.

Belongs here: that one reading. Never here: a file (`inputs`), or the strict reading of a record that is judged again
(`report.canonical`).

Of a record only what a page tells is read, and by a faster reader than all else: the whole, as our records, would take
most of the time of a large build. What is read has the names and types of `model.assessment`; what becomes part of an
address is held to the same form.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Literal, cast

from msgspec import DecodeError, Meta, Struct
from msgspec.json import Decoder

from handrail.model.assessment import Assessment
from handrail.model.scalars import KEY_PATTERN
from handrail.model.terms import Assurance, Confidence, FailOn, Finding, Level, LevelReason, Phase, SelectedBy, State
from handrail.report.canonical import from_json
from handrail.source.diagnostics import InputError, Span


class _Reason(Struct, frozen=True, gc=False):
    code: str
    text: str
    control: str | None = None
    requirement: str | None = None
    upstream: str | None = None


class _Evidence(Struct, frozen=True, gc=False):
    counts: bool
    date: datetime.date | None = None
    valid_until: datetime.date | None = None


class _Duty(Struct, frozen=True, gc=False, rename={"start": "from"}):
    reference: str
    clause: str
    confidence: Confidence
    level: Level
    in_force: bool
    start: datetime.date | None = None
    until: datetime.date | None = None


class _Waiver(Struct, frozen=True, gc=False):
    expires: datetime.date
    holds: bool


class _Finding(Struct, frozen=True, gc=False):
    control: str
    principle: str
    level: Level
    level_reason: LevelReason
    selected_by: SelectedBy
    state: State | None
    declared: Finding
    finding: Finding
    assurance: Assurance | None
    valid_until: datetime.date | None
    reasons: tuple[_Reason, ...]
    blocked_by: tuple[str, ...]
    waiver: _Waiver | None
    evidence: tuple[_Evidence, ...]
    duties: tuple[_Duty, ...] = ()


class _Principle(Struct, frozen=True, gc=False):
    id: str
    phase: Phase
    finding: Finding | None


class _Coverage(Struct, frozen=True, gc=False):
    catalog_applicable: int
    in_checklists: int
    determined: int
    verified_or_attested: int
    na_by_facts: int
    na_by_declaration: int


class _Gate(Struct, frozen=True, gc=False):
    fail_on: FailOn
    blocking: tuple[str, ...]
    waived: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


class _Summary(Struct, frozen=True, gc=False):
    must: dict[Finding, int]
    should: dict[Finding, int]
    may: dict[Finding, int]
    open_must: tuple[str, ...]
    catalog_must: int
    coverage: _Coverage
    gate: _Gate
    roles_not_chosen: tuple[str, ...] = ()


class _Catalog(Struct, frozen=True, gc=False):
    version: str
    digest: str
    pack: str | None = None


class _Project(Struct, frozen=True, gc=False):
    id: Annotated[str, Meta(pattern=KEY_PATTERN, max_length=64)]
    name: Annotated[str, Meta(min_length=1)]
    version: str | None = None


class _Assessment(Struct, frozen=True, gc=False):
    handrail: Literal[1]
    as_of: datetime.date
    catalog: tuple[_Catalog, ...]
    checklists: tuple[str, ...]
    project: _Project
    facts: dict[str, tuple[str, ...]]
    summary: _Summary
    principles: tuple[_Principle, ...]
    findings: tuple[_Finding, ...]


def looked_at(record: bytes, place: Span) -> Assessment:
    """An assessment, as far as a page tells of it.

    Args:
        record: its JSON.
        place: where it stands, for diagnostics.

    Raises:
        InputError: it is no assessment.
    """
    try:
        return cast(Assessment, _reader().decode(record))
    except (DecodeError, UnicodeDecodeError, RecursionError):
        try:
            return from_json(record, place.path)
        except InputError as error:
            raise InputError([replace(one, span=place) for one in error.diagnostics]) from None


@cache
def _reader() -> Decoder[Any]:
    return Decoder(_Assessment)
