"""A small format of our own for the tests of the source room: it uses every kind of rule."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Strict, Tag
from pydantic_core import PydanticCustomError

from handrail.source.diagnostics import Collector, Diagnostic
from handrail.source.load import Loaded, load


class Level(enum.StrEnum):
    MUST = "must"
    SHOULD = "should"
    MAY = "may"


def _day(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise PydanticCustomError("handrail_date", "is not a date of the form YYYY-MM-DD")
        return date.fromisoformat(value)
    return value


def _days(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch("P[1-9][0-9]{0,4}D", value):
            raise PydanticCustomError("handrail_days", "is not a duration", {"help": "write it as `P180D`"})
        return int(value[1:-1])
    return value


def _several(value: object) -> object:
    if value == []:
        raise PydanticCustomError("handrail_empty", "is an empty list")
    return value


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_alias=True)


Id = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=12)]


class AnyOf(_Strict):
    any_of: Annotated[tuple[Id, ...], Field(min_length=2)]


Prerequisite = Annotated[
    Annotated[Id, Tag("<id>")] | Annotated[AnyOf, Tag("<any-of>")],
    Discriminator(lambda value: "<any-of>" if isinstance(value, dict | AnyOf) else "<id>"),
]


class Evidence(_Strict):
    kind: Literal["file", "document"]
    parameters: dict[str, str] = Field(default={}, alias="with")


class Control(_Strict):
    id: Id
    title: Annotated[str, Field(min_length=1, max_length=20)]
    level: Level = Level.MUST
    since: Annotated[date | None, BeforeValidator(_day)] = None
    max_age: Annotated[int | None, BeforeValidator(_days)] = None
    modality: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    requires: Annotated[tuple[Prerequisite, ...], Strict(False)] = ()
    evidence: tuple[Evidence, ...] = ()


class Specimen(_Strict):
    name: str
    controls: Annotated[tuple[Control, ...], Field(min_length=1)] = ()
    answers: dict[Id, str] = {}


@pytest.fixture(scope="session")
def specimen() -> type[BaseModel]:
    return Specimen


LoadText = Callable[[str], "tuple[Loaded[Specimen] | None, tuple[Diagnostic, ...]]"]


@pytest.fixture
def load_text() -> LoadText:
    """Load a text as `f.yaml`; give what was loaded and the diagnostics."""

    def run(text: str) -> tuple[Loaded[Specimen] | None, tuple[Diagnostic, ...]]:
        out = Collector()
        loaded = load(Specimen, text.encode(), "f.yaml", out)
        return loaded, out.sorted()

    return run
