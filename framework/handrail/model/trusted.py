"""A record made again from JSON that a record of this very version wrote, without validating it again.

Belongs here: the shortest way from such JSON to the record. It is for bundles that came with the installation and for
entries of the user's own cache, whose digest was checked; building pydantic's validators for them would cost a cold
`check` more than all else together. Never here: anything that a person or another program wrote.

A required field that is missing is left as a mark of absence, which nothing that reads a record expects; such
JSON is never written, and a cut entry is told by its digest before.

Law (tested): for every record, `rebuild(type(record), json of record) == record`.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from enum import Enum
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from handrail.model.base import Record
from handrail.model.record import REQUIRED, FieldSpec, RecordType, Words, default_of

M = TypeVar("M", bound=Record)
Maker = Callable[[Any], Any]


def rebuild(model: type[M], data: bytes) -> M:
    """Make the record again.

    Raises:
        ValueError, KeyError, TypeError: the JSON is not what a record of this model writes.
    """
    made: M = _maker(model)(json.loads(data))
    return made


class Tag:
    """The name of a branch of a union."""

    def __init__(self, tag: str) -> None:
        self.tag = tag


class Discriminator:
    """What tells the branches of a union apart."""

    def __init__(self, discriminator: Callable[[Any], str]) -> None:
        self.discriminator = discriminator


_WORDS: Mapping[str, Any] = {"Annotated": Annotated, "Discriminator": Discriminator, "Literal": Literal, "Tag": Tag}


@cache
def _maker(kind: Any) -> Maker:
    """What turns a value as JSON has it into a value of the kind."""
    origin = get_origin(kind)
    arguments = get_args(kind)
    if origin is Annotated:
        chosen = next((one for one in arguments[1:] if isinstance(one, Discriminator)), None)
        return _tagged(arguments[0], chosen) if chosen else _maker(arguments[0])
    if origin in (Union, types.UnionType):
        others = [one for one in arguments if one is not type(None)]
        return _optional(_maker(others[0])) if len(others) == 1 else _as_it_is
    if origin is tuple:
        return _many(_maker(arguments[0]))
    if origin is dict:
        return _table(_maker(arguments[0]), _maker(arguments[1]))
    if origin is Literal or not isinstance(kind, type):
        return _as_it_is
    if issubclass(kind, Record):
        return _record(kind)
    if issubclass(kind, Enum):
        return kind
    return {date: date.fromisoformat, timedelta: _days}.get(kind, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _days(value: str) -> timedelta:
    return timedelta(days=int(value[1:-1]))


def _optional(make: Maker) -> Maker:
    return lambda value: None if value is None else make(value)


def _many(make: Maker) -> Maker:
    return tuple if make is _as_it_is else lambda value: tuple([make(one) for one in value])


def _table(key: Maker, make: Maker) -> Maker:
    if key is _as_it_is and make is _as_it_is:
        return dict
    return lambda value: {key(name): make(one) for name, one in value.items()}


def _tagged(union: Any, discriminator: Discriminator) -> Maker:
    makers: dict[str, Maker] = {}
    for member in get_args(union):
        tag = next(one for one in get_args(member)[1:] if isinstance(one, Tag))
        makers[tag.tag] = _maker(get_args(member)[0])
    return lambda value: makers[discriminator.discriminator(value)](value)


def _record(model: Any) -> Maker:
    fields = [
        (name, _key(name, spec), _maker(cast("Hashable", annotation)), _default(spec))
        for name, spec, annotation in _fields(model)
    ]

    def make(value: dict[str, Any]) -> Record:
        made: Record = model.made(
            {name: convert(value[key]) if key in value else default for name, key, convert, default in fields}
        )
        return made

    return make


def _fields(model: RecordType) -> list[tuple[str, Any, Any]]:
    """Name, definition and type of every field, those of the parents first."""
    found = []
    for one in reversed(model.__mro__):
        if isinstance(one, RecordType) and one.own_fields:
            words = Words(vars(sys.modules[one.__module__]), _WORDS, lambda record: record)
            written = get_annotations(one)
            found += [(name, spec, words.meaning(written[name])) for name, spec in one.own_fields.items()]
    return found


def _key(name: str, spec: Any) -> str:
    alias = spec.options.get("alias") if isinstance(spec, FieldSpec) else None
    return alias if isinstance(alias, str) else name


def _default(spec: Any) -> Any:
    """What the field is where the JSON leaves it out; a field without a default is never left out."""
    try:
        return default_of(spec)
    except TypeError:
        return REQUIRED
