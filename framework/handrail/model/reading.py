"""Reading and writing records: pydantic's class of a record, built from the record's own definition when first needed.

Belongs here: that class, and going to and fro between its instances and records. Never here: any record, any scalar.
`Law`: for every record, `light(writable(record)) == record`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, JsonValue, Tag, model_validator

from handrail.model import scalars
from handrail.model.record import REQUIRED, FieldSpec, Record, RecordType, Words

_WORDS: Mapping[str, Any] = {
    **{name: value for name, value in vars(scalars).items() if name[0].isupper()},
    "Annotated": Annotated,
    "Discriminator": Discriminator,
    "JsonValue": JsonValue,
    "Literal": Literal,
    "Tag": Tag,
}
"""What the names of `model.base` stand for where values are validated."""


_PLAIN = frozenset({str, int, float, bool, date, datetime, type(None)})
"""What is the same on both sides; most values are."""

_RECORD_OF: dict[type, RecordType] = {}


class Reader(BaseModel):
    """The root of pydantic's classes of records: frozen, and unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, validate_by_name=True, validate_by_alias=True
    )


@cache
def reader_of(record: RecordType) -> type[Reader]:
    """Pydantic's class of a record class, with the same name, description, fields and constraints."""
    parent = record.__bases__[0]
    base = reader_of(parent) if isinstance(parent, RecordType) and parent.all_fields else Reader
    words = Words(vars(sys.modules[record.__module__]), _WORDS, reader_of)
    written = get_annotations(record)
    body: dict[str, Any] = {
        "__module__": record.__module__,
        "__qualname__": record.__qualname__,
        "__doc__": record.__doc__,
        "__annotations__": {name: words.meaning(written[name]) for name in record.own_fields},
    }
    for name, spec in record.own_fields.items():
        if spec is not REQUIRED:
            body[name] = _field(spec)
    whole = record.__dict__.get("_whole")
    if whole is not None:
        body["check_whole"] = model_validator(mode="after")(_checking(whole))
    metaclass: Any = type(Reader)
    made: type[Reader] = metaclass(record.__name__, (base,), body)
    _RECORD_OF[made] = record
    return made


def light(value: Any) -> Any:
    """Pydantic's instance as a record, and everything in it likewise."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Reader):
        record: Any = _RECORD_OF[type(value)]
        return record.made({name: light(one) for name, one in value.__dict__.items()})
    if isinstance(value, tuple):
        return tuple([light(one) for one in value])
    if isinstance(value, dict):
        return {name: light(one) for name, one in value.items()}
    return value


def writable(value: Any) -> Any:
    """A record as pydantic's instance, taken as it is, and everything in it likewise."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Record):
        made = reader_of(type(value)).__new__(reader_of(type(value)))
        object.__setattr__(made, "__dict__", {name: writable(one) for name, one in value.__dict__.items()})
        object.__setattr__(made, "__pydantic_fields_set__", set(value.__dict__))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made
    if isinstance(value, tuple):
        return tuple([writable(one) for one in value])
    if isinstance(value, dict):
        return {name: writable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [writable(one) for one in value]
    return value


def _field(spec: Any) -> Any:
    if not isinstance(spec, FieldSpec):
        return spec
    factory = spec.options.get("default_factory")
    if isinstance(factory, RecordType):
        return Field(**{**spec.options, "default_factory": reader_of(factory)})
    return Field(**spec.options)


def _checking(whole: Any) -> Any:
    def check(self: Reader) -> Reader:
        whole(self)
        return self

    return check
