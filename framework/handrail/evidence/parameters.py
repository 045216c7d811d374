"""The parameters that a requirement gives its kind under `with`, typed by the table of kinds.

Belongs here: text to typed values, strictly. Never here: diagnostics about a catalog (that is `catalog`): here a
parameter that does not fit makes the whole set unusable, and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from handrail.evidence.limits import PATH_CHARACTERS
from handrail.evidence.values import number, word
from handrail.model.base import JsonValue
from handrail.model.kinds import Kind, ParameterType

_COUNT = re.compile(r"[0-9]{1,9}")
_DAYS = re.compile(r"P([1-9][0-9]{0,4})D")


class Operator(StrEnum):
    """How a check compares what its path finds with what it expects."""

    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    CONTAINS = "contains"
    EXISTS = "exists"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison: a JMESPath, an operator, and what is expected, as text."""

    path: str
    operator: Operator
    expected: str


Value = str | tuple[str, ...] | int | bool | timedelta | tuple[Check, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Typed parameters by name. A getter raises `TypeError` if the table of kinds says otherwise: our own error."""

    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Give a text that has a default or is required."""
        return self._typed(name, str)

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of text; empty where it was not given."""
        return tuple(one for one in self._typed(name, tuple, ()) if isinstance(one, str))

    def count(self, name: str) -> int:
        """Give a whole number that has a default or is required."""
        return self._typed(name, int)

    def flag(self, name: str) -> bool:
        """Give a truth value; false where it was not given."""
        return self._typed(name, bool, False)

    def days(self, name: str) -> timedelta | None:
        """Give a duration; None where it was not given."""
        return self._typed(name, timedelta) if name in self.values else None

    def checks(self, name: str) -> tuple[Check, ...]:
        """Give a list of comparisons; empty where it was not given."""
        return tuple(one for one in self._typed(name, tuple, ()) if isinstance(one, Check))

    def _typed(self, name: str, type_: type[T], default: T | None = None) -> T:
        value = self.values.get(name, default)
        if not isinstance(value, type_):
            raise TypeError(f"parameter {name} is no {type_.__name__}")
        return value


def typed(given: Mapping[str, JsonValue], kind: Kind) -> Parameters | None:
    """Type a requirement's parameters; None if one is unknown, missing or not what the kind's table says."""
    if not given.keys() <= kind.parameters.keys():
        return None
    values: dict[str, Value] = {}
    for name, parameter in kind.parameters.items():
        raw = given.get(name, parameter.default)
        if raw is None:
            if parameter.required or name in given:
                return None
            continue
        value = _READERS[parameter.type](raw)
        if value is None:
            return None
        values[name] = value
    return Parameters(values)


def _text(raw: JsonValue) -> str | None:
    return raw.strip() or None if isinstance(raw, str) else None


def _texts(raw: JsonValue) -> tuple[str, ...] | None:
    return _each(raw, _text)


def _count(raw: JsonValue) -> int | None:
    text = word(raw)
    return int(text) if text is not None and _COUNT.fullmatch(text) else None


def _flag(raw: JsonValue) -> bool | None:
    return {"true": True, "false": False}.get(word(raw) or "")


def _days(raw: JsonValue) -> timedelta | None:
    found = _DAYS.fullmatch(raw) if isinstance(raw, str) else None
    return timedelta(days=int(found[1])) if found else None


def _checks(raw: JsonValue) -> tuple[Check, ...] | None:
    return _each(raw, _check)


def _check(raw: JsonValue) -> Check | None:
    if not isinstance(raw, dict) or len(raw) != 2:
        return None
    path = _text(raw.get("path"))
    operator = next((one for one in Operator if one in raw), None)
    if path is None or len(path) > PATH_CHARACTERS or operator is None:
        return None
    expected = word(raw[operator])
    if not expected or (operator is Operator.EXISTS and _flag(expected) is None):
        return None
    if operator in (Operator.AT_LEAST, Operator.AT_MOST) and number(expected) is None:
        return None
    return Check(path=path, operator=operator, expected=expected)


def _each(raw: JsonValue, read: Callable[[JsonValue], T | None]) -> tuple[T, ...] | None:
    """An empty list asks for nothing, so that anything would show it: it is not usable."""
    if not isinstance(raw, list) or not raw:
        return None
    values = tuple(value for value in map(read, raw) if value is not None)
    return values if len(values) == len(raw) else None


_READERS: Mapping[ParameterType, Callable[[JsonValue], Value | None]] = {
    ParameterType.TEXT: _text,
    ParameterType.TEXTS: _texts,
    ParameterType.COUNT: _count,
    ParameterType.FLAG: _flag,
    ParameterType.DAYS: _days,
    ParameterType.CHECKS: _checks,
}
