"""The days on which laws begin or end to bind, as the catalog knows them: for the timeline and for the feed.

Belongs here: gathering days from references, clauses and escalations. Never here: whether a law binds one project
(`catalog.resolve`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail.model.bundle import Bundle
from handrail.model.terms import ReferenceKind
from handrail.model.vocabulary import Clause, Reference

_BINDING = (ReferenceKind.LAW, ReferenceKind.CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedClause:
    """A clause on its day; `stricter` are the controls that it makes stricter from then on, or up to then."""

    name: str
    clause: Clause
    stricter: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDate:
    """A day of one law or code: `begins`, or else ends. Without clauses the day is that of the whole instrument."""

    day: date
    reference: Reference
    begins: bool
    clauses: tuple[DatedClause, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page of the timeline."""
        return f"{self.reference.id}-{self.day.isoformat()}{'' if self.begins else '-end'}"


def legal_dates(bundle: Bundle) -> tuple[LegalDate, ...]:
    """All of them, by day and then by the instrument's short title."""
    found: defaultdict[tuple[date, str, bool], defaultdict[str, list[str]]]
    found = defaultdict(lambda: defaultdict(list))
    for one, file in bundle.references.items():
        for name, clause in file.clauses.items():
            if clause.effective_from:
                found[clause.effective_from, one, True][name] = []
        if file.reference.effective_from:
            _ = found[file.reference.effective_from, one, True]
    for control in bundle.controls.values():
        for escalation in control.escalates:
            for day, begins in ((escalation.start, True), (escalation.until, False)):
                if day is not None:
                    found[day, escalation.reference, begins][escalation.clause].append(control.id)
    made = (_made(key, clauses, bundle) for key, clauses in found.items())
    return tuple(
        sorted(
            (one for one in made if one.reference.kind in _BINDING),
            key=lambda one: (one.day, one.reference.short.casefold(), one.anchor),
        )
    )


def undated(bundle: Bundle) -> Iterator[Reference]:
    """The laws and codes of which the catalog knows no day, so that their absence is not read as silence."""
    dated = {one.reference.id for one in legal_dates(bundle)}
    for one, file in bundle.references.items():
        if file.reference.kind in _BINDING and one not in dated:
            yield file.reference


def _made(key: tuple[date, str, bool], clauses: dict[str, list[str]], bundle: Bundle) -> LegalDate:
    day, one, begins = key
    file = bundle.references[one]
    return LegalDate(
        day=day,
        reference=file.reference,
        begins=begins,
        clauses=tuple(
            DatedClause(name=name, clause=clause, stricter=tuple(dict.fromkeys(clauses[name])))
            for name, clause in file.clauses.items()
            if name in clauses
        ),
    )
