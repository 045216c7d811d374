"""Single values are read strictly: what is not plainly a day, a number or a word of substance is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from handrail.evidence.values import day, filled, folded, number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        (" 2026-09-01 ", date(2026, 9, 1)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2026-02-29", None),
        ("1970-01-01", date(1970, 1, 1)),
        ("1969-12-31", None),
        ("2999-12-31", date(2999, 12, 31)),
        ("3000-01-01", None),
        ("2026-09-01T00:00:00Z", date(2026, 9, 1)),
        ("2026-09-01T00:30:00+01:00", date(2026, 8, 31)),
        ("2026-09-01T23:30:00-01:00", date(2026, 9, 2)),
        ("2999-12-31T23:30:00-01:00", None),
        ("2026-09-01T24:30:00Z", None),
        ("2026-09-01T10:00:00", None),
        ("20260901", None),
        ("2026-W36-2", None),
        ("01/09/2026", None),
        ("\u0662\u0660\u0662\u0666-09-01", None),
        (20260901, None),
        (None, None),
    ],
)
def test_a_day(text: object, found: date | None) -> None:
    assert day(text) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("12", Decimal(12)),
        (12, Decimal(12)),
        (0.1, Decimal("0.1")),
        ("-0.50", Decimal("-0.5")),
        ("9" * 18, Decimal("9" * 18)),
        ("9" * 19, None),
        (True, None),
        ("1e3", None),
        ("1,000", None),
        ("0x10", None),
        ("nan", None),
        ([1], None),
    ],
)
def test_a_number(value: object, found: Decimal | None) -> None:
    assert number(value) == found


@pytest.mark.parametrize(
    "value",
    ["", " ", "-", "\u2014", "...", "TBD", "tbd", "TODO: ask", "<name>", "FIXME", "Lorem ipsum dolor", None, [], {}],
)
def test_a_value_that_says_nothing(value: object) -> None:
    assert not filled(value)


@pytest.mark.parametrize(
    "value", ["none", "n/a", "0", 0, False, "\u5b50", "todo el equipo", "Ann <ann@x.example>", ["", "a"]]
)
def test_a_value_that_says_something(value: object) -> None:
    assert filled(value)


def test_names_are_compared_without_case_and_punctuation() -> None:
    names = ["stand_in", "Stand-in", " STAND IN ", "stand\u2011in", "\uff33tand.in"]
    assert {folded(name) for name in names} == {"stand in"}
