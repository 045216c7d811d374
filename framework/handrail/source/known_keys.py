"""Which keys a model knows at a location, for "did you mean".

Belongs here: walking the annotations of pydantic models. Never here: sentences.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from handrail.source.tree import Step


def known_keys(model: type[BaseModel], location: Sequence[Step]) -> tuple[str, ...]:
    """Give the keys, as they are written, of every model that can stand at the location."""
    here: list[Any] = [model]
    for step in location:
        here = [below for annotation in here for below in _step(annotation, step)]
    found: dict[str, None] = {}
    for annotation in here:
        for _, bare in _branches(annotation):
            if isinstance(bare, type) and issubclass(bare, BaseModel):
                found.update(dict.fromkeys(_written(bare)))
    return tuple(found)


def _written(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _step(annotation: Any, step: Step) -> Iterator[Any]:
    for tag, bare in _branches(annotation):
        origin, arguments = get_origin(bare) or bare, get_args(bare)
        if isinstance(step, str) and step.startswith("<"):
            if tag in (None, step):  # stays here, on the branch that the tag names
                yield bare
        elif isinstance(origin, type) and issubclass(origin, BaseModel):
            for name, field in origin.model_fields.items():
                if step in (name, field.alias):
                    yield field.annotation
        elif origin is dict and len(arguments) == 2:
            yield arguments[1]
        elif isinstance(step, int) and arguments:
            yield arguments[0]


def _branches(annotation: Any, tag: str | None = None) -> Iterator[tuple[str | None, Any]]:
    """Give the members of a union, or the type itself, without `Annotated`, each with its tag."""
    if hasattr(annotation, "__value__"):  # an alias made by `type X = ...`
        yield from _branches(annotation.__value__, tag)
        return
    origin = get_origin(annotation)
    if origin is Annotated:
        bare, *notes = get_args(annotation)
        yield from _branches(bare, next((n.tag for n in notes if isinstance(n, Tag)), tag))
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _branches(member, tag)
    else:
        yield tag, annotation
