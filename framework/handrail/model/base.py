"""The record base and the scalar types every record is built from.

Belongs here: the strictness of all records (frozen, unknown keys refused) and scalars that are typed by schema, not by
spelling (a YAML reader hands us text only, so `NO` stays a word and `010` is no number). Never here: any record.

Errors are `PydanticCustomError`s whose type starts with `handrail_`; `source.load` gives them a position and a code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS = re.compile(r"P([1-9][0-9]{0,4})D")
_INT = re.compile(r"0|-?[1-9][0-9]{0,8}")

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Days outside are slips of the pen, and adding the longest duration to one inside never leaves the calendar."""

ID_PATTERN = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"
KEY_PATTERN = r"^[a-z0-9]+([-_][a-z0-9]+)*$"
SHA256_PATTERN = r"^(sha256:)?[0-9a-f]{64}$"
FINGERPRINT_PATTERN = r"^[0-9a-f]{16}$"


class Record(BaseModel):
    """A frozen value. Unknown keys are refused; validators are built on first use, so that importing stays cheap."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, validate_by_name=True, validate_by_alias=True
    )

    @classmethod
    def made(cls, values: dict[str, Any], *, given: Iterable[str] = ()) -> Self:
        """The record with these values for all its fields, taken as they are: for what needs no validating."""
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        object.__setattr__(record, "__pydantic_fields_set__", set(given))
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record


class Result(Record):
    """A record that our own code works out: taken as it is when made, validated when read from a file.

    The type checker sees to the types of what we make; validating it as well would only cost every cold `check` the
    building of validators.
    """

    def __init__(self, /, **values: Any) -> None:
        fields = type(self).__pydantic_fields__
        if not values.keys() <= fields.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(values.keys() - fields.keys()))}")
        made = {name: values[name] if name in values else _default(field) for name, field in fields.items()}
        object.__setattr__(self, "__dict__", made)
        object.__setattr__(self, "__pydantic_fields_set__", set(values))
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)

    # Pydantic's mark of an initialiser that its validators may pass by: reading a file validates as ever.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # a function takes any attribute


def _default(field: FieldInfo) -> Any:
    if field.is_required():
        raise TypeError("a required field is missing")
    return field.get_default(call_default_factory=True)


def _date(value: object) -> object:
    if not isinstance(value, str):
        return value
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


def days_text(value: timedelta) -> str:
    """A duration as the files write it, `P<n>D`."""
    return f"P{value.days}D"


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
