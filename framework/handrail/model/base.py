"""The record base and the scalar types every record is built from.

Belongs here: the names that records are written with. To the type checker they are pydantic's; at run time a record is
light until something is read or written (`model.record`, `model.reading`), because building pydantic's classes would
cost a cold `check` more than all else that it does. Never here: any record.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Days outside are slips of the pen, and adding the longest duration to one inside never leaves the calendar."""


def days_text(value: timedelta) -> str:
    """A duration as the files write it, `P<n>D`."""
    return f"P{value.days}D"


if TYPE_CHECKING:
    from typing import Self

    from pydantic import BaseModel, ConfigDict, JsonValue
    from pydantic import Field as Field

    from handrail.model.scalars import (
        Count,
        Day,
        Days,
        Fingerprint,
        Flag,
        Id,
        Key,
        RelativePath,
        Selector,
        Sha256,
        Text,
        Values,
        Version,
    )

    class Record(BaseModel):
        """A frozen value; unknown keys are refused."""

        model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

        @classmethod
        def made(cls, values: dict[str, Any]) -> Self:
            """The record with these values for all its fields, taken as they are: for what needs no validating."""

    class Result(Record):
        """A record that our own code works out: taken as it is when made, validated when read from a file."""

else:
    from handrail.model.record import Field, Record, Result

    Text = Id = Key = Sha256 = Fingerprint = Version = RelativePath = str
    Day, Days, Flag, Count, JsonValue = date, timedelta, bool, int, Any
    Values = tuple[str, ...]
    Selector = dict[str, tuple[str, ...]]

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Count",
    "Day",
    "Days",
    "Field",
    "Fingerprint",
    "Flag",
    "Id",
    "JsonValue",
    "Key",
    "Record",
    "RelativePath",
    "Result",
    "Selector",
    "Sha256",
    "Text",
    "Values",
    "Version",
    "days_text",
]
