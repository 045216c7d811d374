"""A recorded assessment, read in order to be looked at.

Belongs here: that one reading. Never here: a file (`inputs`), or the strict reading of a record that is judged again
(`report.canonical`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from handrail.model.assessment import Assessment
from handrail.report.canonical import from_json
from handrail.source.diagnostics import InputError, Span


def looked_at(record: bytes, place: Span) -> Assessment:
    """An assessment as pydantic's own instance: making our records of it would take as long again.

    Args:
        record: its JSON.
        place: where it stands, for diagnostics.

    Raises:
        InputError: it is no assessment.
    """
    from pydantic import ValidationError

    from handrail.model.reading import reader_of

    try:
        return cast(Assessment, reader_of(Assessment).model_validate_json(record))
    except ValidationError:
        try:
            return from_json(record, place.path)
        except InputError as error:
            raise InputError([replace(one, span=place) for one in error.diagnostics]) from None
