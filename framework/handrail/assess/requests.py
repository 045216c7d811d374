"""What an outside reviewer would ask to see: a line for every piece of evidence, and for every one that is lacking.

Belongs here: which pieces, who holds them, the tier asked for and the tier shown, the last day. Never here: what is in
them, the way to a sealed record (`access`), its digest or a path for it; a sentence (`report.requests`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from handrail.assess.answers import TiedAnswer, tied_answers
from handrail.assess.assess import Subject
from handrail.assess.withhold import in_scope
from handrail.catalog.resolve import alternatives
from handrail.model.assessment import Assessment, ControlFinding, EvidenceRecord
from handrail.model.bundle import Bundle
from handrail.model.declaration import Evidence
from handrail.model.public import PublicControl, PublicEvidence, PublicReport
from handrail.model.terms import Assurance, Finding, Handling, Level


class Supply(StrEnum):
    """What there is for a requirement."""

    COUNTS = "counts"
    DOES_NOT_COUNT = "does-not-count"
    UPSTREAM = "upstream"
    NOTHING = "nothing"
    NOT_TOLD = "not-told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One piece to ask for.

    `one_of` are the other requirements that would do in its place. `dated` is the day of the activity, or since when a
    sealed record is held; `expires` the last day on which it counts. `custodian` holds a sealed record; anything else
    is asked of `owner`. `path` is where the piece lies in the project, never that of a sealed one. `upstream` is the
    key of the project that the answer is inherited from.
    """

    control: str
    level: Level
    requirement: str
    title: str
    kind: str
    handling: Handling
    one_of: tuple[str, ...]
    asked: Assurance
    supply: Supply = Supply.NOTHING
    shown: Assurance | None = None
    dated: date | None = None
    expires: date | None = None
    custodian: str | None = None
    owner: str | None = None
    answered_by: Literal["project", "organisation"] | None = None
    path: str | None = None
    upstream: str | None = None


def requests(assessment: Assessment, bundle: Bundle, subject: Subject) -> tuple[Request, ...]:
    """Every piece that the controls in the report ask for, in reading order; none for a control that does not apply.

    Raises:
        KeyError: the assessment speaks of a control that the bundle does not have.
    """
    answers = tied_answers(subject.declaration, subject.organisation, bundle, assessment.catalog[0].digest)
    return tuple(
        one
        for finding in assessment.findings
        if finding.finding is not Finding.NOT_APPLICABLE
        for one in _of_control(finding, bundle, answers.get(finding.control))
    )


def public_requests(assessment: Assessment, bundle: Bundle, report: PublicReport) -> tuple[Request, ...]:
    """The same as the public may see it: the catalog's words, and the evidence that the public report shows.

    Raises:
        KeyError: as `requests`.
    """
    shown = {one.control: one for phase in report.phases for p in phase.principles for one in p.controls}
    return tuple(
        one
        for finding in assessment.findings
        if in_scope(finding)
        for one in _of_public(finding, bundle, shown.get(finding.control))
    )


def _of_control(finding: ControlFinding, bundle: Bundle, answer: TiedAnswer | None) -> Iterator[Request]:
    said = answer.answer if answer else None
    pieces = _pieces(finding.evidence, said.evidence if said else ())
    for group in _asked(finding, bundle):
        lacking = [
            replace(
                asked,
                owner=said.owner if said else None,
                answered_by=answer.by if answer else None,
                upstream=said.upstream if said else None,
            )
            for asked in group
        ]
        yield from [
            _piece(asked, record, entry)
            for asked in lacking
            for record, entry in pieces
            if record.requirement == asked.requirement
        ] or map(_not_supplied, lacking)


def _piece(lacking: Request, record: EvidenceRecord, entry: Evidence | None) -> Request:
    held = entry.sealed if entry else None
    sealed = held is not None or lacking.handling is Handling.SEALED
    return replace(
        lacking,
        supply=Supply.COUNTS if record.counts else Supply.DOES_NOT_COUNT,
        shown=record.tier,
        dated=held.since if held else record.date,
        expires=record.valid_until,
        custodian=held.custodian if held else None,
        path=entry.path if entry and not sealed else None,
    )


def _of_public(finding: ControlFinding, bundle: Bundle, public: PublicControl | None) -> Iterator[Request]:
    groups = _asked(finding, bundle)
    if public is None or public.withheld:
        yield from (replace(asked, supply=Supply.NOT_TOLD) for group in groups for asked in group)
    elif public.finding is not Finding.NOT_APPLICABLE:
        upstream = next((one.upstream for one in public.reasons if one.upstream is not None), None)
        for group in groups:
            lacking = [replace(asked, upstream=upstream) for asked in group]
            yield from [
                _public_piece(asked, piece)
                for asked in lacking
                for piece in public.evidence
                if piece.requirement == asked.requirement
            ] or map(_not_supplied, lacking)


def _public_piece(lacking: Request, piece: PublicEvidence) -> Request:
    supply = Supply.COUNTS if piece.counts else Supply.DOES_NOT_COUNT
    return replace(lacking, supply=supply, shown=piece.tier, dated=piece.date, custodian=piece.held_by)


def _not_supplied(lacking: Request) -> Request:
    return replace(lacking, supply=Supply.UPSTREAM) if lacking.upstream is not None else lacking


def _asked(finding: ControlFinding, bundle: Bundle) -> Iterator[tuple[Request, ...]]:
    """A line for each requirement of a control, as if nothing had been supplied; those of which one suffices together.

    Where one of several is supplied, nobody would ask for the others.
    """
    for group in bundle.controls[finding.control].evidence:
        ways = alternatives(group)
        yield tuple(
            Request(
                control=finding.control,
                level=finding.level,
                requirement=one.id,
                title=one.title,
                kind=one.kind,
                handling=one.handling,
                one_of=tuple(way.id for way in ways if way is not one),
                asked=one.assurance,
            )
            for one in ways
        )


def _pieces(
    records: Iterable[EvidenceRecord], entries: Iterable[Evidence]
) -> list[tuple[EvidenceRecord, Evidence | None]]:
    """Each record with the entry that it is of: both stand in the order of the declaration."""
    waiting: dict[str, list[Evidence]] = {}
    for entry in entries:
        waiting.setdefault(entry.requirement, []).append(entry)
    return [
        (record, waiting[record.requirement].pop(0) if waiting.get(record.requirement) else None) for record in records
    ]
