"""Diagnostics are ordered, counted, and stop the run only when one of them is an error."""

from __future__ import annotations

import pytest

from handrail.source.diagnostics import Collector, Diagnostic, InputError, Severity, Span, in_order


def test_order_is_by_path_line_column_and_code() -> None:
    spans = [
        ("b", 1, 1, "HR010"),
        ("a", 2, 1, "HR010"),
        ("a", 1, 9, "HR010"),
        ("a", 1, 2, "HR012"),
        ("a", 1, 2, "HR011"),
    ]
    given = [Diagnostic(code, "m", Span(path, line, column)) for path, line, column, code in spans]
    placeless = Diagnostic("HR004", "m")
    assert in_order([*given, placeless]) == (placeless, *reversed(given))


def test_severity_comes_from_the_table_unless_given() -> None:
    assert Diagnostic("HR010", "m").severity is Severity.ERROR
    assert Diagnostic("HR010", "m", override=Severity.WARNING).severity is Severity.WARNING


def test_warnings_do_not_stop_the_run_and_errors_carry_them_along() -> None:
    out = Collector()
    out.add(Diagnostic("HR101", "w", override=Severity.WARNING))
    out.raise_if_errors()
    out.error("HR101", "e", Span("f", 1, 1), label="l", help="h", also=((Span("f", 2, 1), "x"),))
    with pytest.raises(InputError, match="2 diagnostics") as caught:
        out.raise_if_errors()
    assert [d.message for d in caught.value.diagnostics] == ["w", "e"]
    assert caught.value.unlisted == 0


def test_what_was_only_counted_still_stops_the_run() -> None:
    out = Collector()
    out.count_unlisted(3)
    assert (out.total, out.errors) == (3, 3)
    with pytest.raises(InputError, match="3 diagnostics") as caught:
        out.raise_if_errors()
    assert caught.value.unlisted == 3
