"""The scalar types of records, as pydantic validates them.

Belongs here: scalars that are typed by schema, not by spelling (a YAML reader hands us text only, so `NO` stays a word
and `010` is no number). Never here: any record. This file imports pydantic, so nothing imports it but what reads or
writes records (`model.reading`); `model.base` gives the same names to everything else.

Errors are `PydanticCustomError`s whose type starts with `handrail_`; `source.load` gives them a position and a code.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from handrail.model.base import FIRST_YEAR, LAST_YEAR, days_text

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS = re.compile(r"P([1-9][0-9]{0,4})D")
_INT = re.compile(r"0|-?[1-9][0-9]{0,8}")

ID_PATTERN = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"
KEY_PATTERN = r"^[a-z0-9]+([-_][a-z0-9]+)*$"
SHA256_PATTERN = r"^(sha256:)?[0-9a-f]{64}$"
FINGERPRINT_PATTERN = r"^[0-9a-f]{16}$"


def _date(value: object) -> object:
    return _day(value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)  # the same few days stand in thousands of records
def _day(value: str) -> date:
    if not _DATE.fullmatch(value):
        raise PydanticCustomError("handrail_date", "is not a date of the form YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("handrail_date", "is not a day of the calendar") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("handrail_date", f"is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _days(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _DAYS.fullmatch(value)
    if found is None:
        raise PydanticCustomError("handrail_days", "is not a duration of the form P<n>D, such as P180D")
    return timedelta(days=int(found[1]))


def _bool(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value not in ("true", "false"):
        raise PydanticCustomError("handrail_bool", "is neither true nor false")
    return value == "true"


def _int(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _INT.fullmatch(value):
        raise PydanticCustomError("handrail_int", "is not a whole number")
    return int(value)


def _one_or_many(value: object) -> object:
    """A lone word stands for a list of one, so that `messaging: none` needs no brackets."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple) and not value:
        raise PydanticCustomError("handrail_empty", "is an empty list; name a value or leave the key out")
    return value


def _text(value: object) -> object:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_date, json_schema_input_type=str)]
Days = Annotated[
    timedelta,
    BeforeValidator(_days, json_schema_input_type=str),
    PlainSerializer(days_text, return_type=str),
]
Flag = Annotated[bool, BeforeValidator(_bool, json_schema_input_type=bool | str)]
Count = Annotated[int, BeforeValidator(_int, json_schema_input_type=int | str)]
Text = Annotated[str, BeforeValidator(_text, json_schema_input_type=str), StringConstraints(min_length=1)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=32)]
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=64)]
Sha256 = Annotated[str, StringConstraints(pattern=SHA256_PATTERN)]
Fingerprint = Annotated[str, StringConstraints(pattern=FINGERPRINT_PATTERN)]
Version = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){1,2}$")]
Values = Annotated[tuple[Key, ...], BeforeValidator(_one_or_many, json_schema_input_type=Key | tuple[Key, ...])]
Selector = dict[Key, Values]
"""Fact -> values. What it means (any overlap, or all of them) is said by the key it stands under."""
RelativePath = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
