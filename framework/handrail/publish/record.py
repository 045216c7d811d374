"""A recorded assessment, read in order to be looked at.

Belongs here: that one reading. Never here: a file (`inputs`), or the strict reading of a record that is judged again
(`report.canonical`).

Of a record only what a page tells is read, into pydantic's own instances: the whole, as our records, would take most of
the time of a large build. What is read has the names and types of `model.assessment`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Literal, cast

from handrail.model.assessment import Assessment, CatalogRef, LegalDuty, PrincipleFinding, ProjectRef, Summary
from handrail.model.terms import Assurance, Finding, Level, LevelReason, SelectedBy, State
from handrail.report.canonical import from_json
from handrail.source.diagnostics import InputError, Span


def looked_at(record: bytes, place: Span) -> Assessment:
    """An assessment, as far as a page tells of it.

    Args:
        record: its JSON.
        place: where it stands, for diagnostics.

    Raises:
        InputError: it is no assessment.
    """
    from pydantic import ValidationError

    try:
        return cast(Assessment, _reader().model_validate_json(record))
    except ValidationError:
        try:
            return from_json(record, place.path)
        except InputError as error:
            raise InputError([replace(one, span=place) for one in error.diagnostics]) from None


@cache
def _reader() -> Any:
    from pydantic import ConfigDict, create_model

    from handrail.model.reading import reader_of

    config = ConfigDict(extra="ignore", frozen=True)
    reason = create_model(
        "Reason",
        __config__=config,
        code=(str, ...),
        text=(str, ...),
        control=(str | None, None),
        requirement=(str | None, None),
        upstream=(str | None, None),
    )
    evidence = create_model(
        "Evidence", __config__=config, counts=(bool, ...), date=(date | None, None), valid_until=(date | None, None)
    )
    waiver = create_model("Waiver", __config__=config, expires=(date, ...), holds=(bool, ...))
    finding = create_model(
        "Finding",
        __config__=config,
        control=(str, ...),
        principle=(str, ...),
        level=(Level, ...),
        level_reason=(LevelReason, ...),
        duties=(tuple[reader_of(LegalDuty), ...], ()),  # type: ignore[arg-type,misc]  # made at run time
        selected_by=(SelectedBy, ...),
        state=(State | None, ...),
        declared=(Finding, ...),
        finding=(Finding, ...),
        assurance=(Assurance | None, ...),
        valid_until=(date | None, ...),
        reasons=(tuple[reason, ...], ...),
        blocked_by=(tuple[str, ...], ...),
        waiver=(waiver | None, ...),
        evidence=(tuple[evidence, ...], ...),
    )
    return create_model(
        "Assessment",
        __config__=config,
        handrail=(Literal[1], ...),
        as_of=(date, ...),
        catalog=(tuple[reader_of(CatalogRef), ...], ...),  # type: ignore[arg-type,misc]  # as above
        checklists=(tuple[str, ...], ...),
        project=(reader_of(ProjectRef), ...),
        facts=(dict[str, tuple[str, ...]], ...),
        summary=(reader_of(Summary), ...),
        principles=(tuple[reader_of(PrincipleFinding), ...], ...),  # type: ignore[arg-type,misc]  # as above
        findings=(tuple[finding, ...], ...),
    )
