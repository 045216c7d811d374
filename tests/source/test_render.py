"""A diagnostic is shown with its line and carets under the very token, whatever the line holds."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model import limits
from handrail.source.diagnostics import Diagnostic, Severity, Span
from handrail.source.render import as_json, render


def show(text: str, *diagnostics: Diagnostic, colour: bool = False) -> str:
    return render(diagnostics, {"f.yaml": text}.get, colour=colour)


def test_the_form_is_that_of_the_design() -> None:
    text = "\n" * 40 + "    requires: [ORG-BR-05]\n"
    diagnostic = Diagnostic(
        "HR101",
        "control `ORG-BR-02` requires itself",
        Span("f.yaml", 41, 16, 9),
        "closes the cycle",
        "remove one edge",
    )
    assert show(text, diagnostic) == (
        "error[HR101]: control `ORG-BR-02` requires itself\n"
        "  --> f.yaml:41:16\n"
        "   |\n"
        "41 |     requires: [ORG-BR-05]\n"
        "   |                ^^^^^^^^^ closes the cycle\n"
        "   = help: remove one edge\n"
        "\n"
        "1 error\n"
    )


def test_other_places_are_shown_with_their_own_line() -> None:
    diagnostic = Diagnostic(
        "HR011",
        "key `a` is given twice",
        Span("f.yaml", 12, 1),
        "given again here",
        also=((Span("f.yaml", 1, 1), "first given here"), (Span("g.yaml", 3, 1), "and here")),
    )
    assert show("a: b\n" * 12, diagnostic) == (
        "error[HR011]: key `a` is given twice\n"
        "  --> f.yaml:12:1\n"
        "   |\n"
        "12 | a: b\n"
        "   | ^ given again here\n"
        "  --> f.yaml:1:1\n"
        "   |\n"
        " 1 | a: b\n"
        "   | - first given here\n"
        "  --> g.yaml:3:1\n"
        "   | and here\n"
        "\n"
        "1 error\n"
    )


def test_a_diagnostic_without_a_place_has_no_excerpt() -> None:
    assert show("", Diagnostic("HR006", "no declaration found", help="run `handrail init`")) == (
        "error[HR006]: no declaration found\n = help: run `handrail init`\n\n1 error\n"
    )


def test_nothing_is_shown_for_nothing() -> None:
    assert render([], lambda _: None) == ""


@pytest.mark.parametrize(
    ("line", "column", "length", "excerpt", "carets"),
    [
        ("abc", 2, 1, "abc", " ^"),
        ("abc", 1, 99, "abc", "^^^"),
        ("abc", 4, 1, "abc", "   ^"),
        ("abc", 99, 9, "abc", "   ^"),
        ("\ta", 2, 1, "    a", "    ^"),
        ("\ta", 1, 1, "    a", "^^^^"),
        ("\u65e5\u672c: x", 5, 1, "\u65e5\u672c: x", "      ^"),
        ("\u65e5\u672c: x", 1, 2, "\u65e5\u672c: x", "^^^^"),
        ("e\u0301: x", 5, 1, "e\u0301: x", "   ^"),
        ("\u202ea", 2, 1, "\\u202ea", "      ^"),
        ("\x1b[31m", 1, 1, "\\x1b[31m", "^^^^"),
        ("\u00a0a", 2, 1, " a", " ^"),
    ],
)
def test_carets_stand_under_the_token(line: str, column: int, length: int, excerpt: str, carets: str) -> None:
    shown = show(line, Diagnostic("HR010", "m", Span("f.yaml", 1, column, length))).split("\n")
    assert shown[3] == f"1 | {excerpt}"
    assert shown[4] == f"  | {carets}"


@pytest.mark.parametrize("column", [1, 40, 80, 81, 500, 999_990, 1_000_000])
def test_a_long_line_is_shown_around_the_token(column: int) -> None:
    line = "x" * (column - 1) + "T" + "x" * (1_000_000 - column)
    shown = show(line, Diagnostic("HR010", "m", Span("f.yaml", 1, column))).split("\n")
    assert len(shown[3]) <= limits.EXCERPT_COLUMNS + 10
    assert shown[3][shown[4].index("^")] == "T"
    assert shown[3].endswith("...") is (column < 999_990)


@given(
    line=st.text(alphabet=st.characters(codec=None, exclude_characters="\n"), max_size=300),
    column=st.integers(1, 320),
    length=st.integers(1, 320),
    message=st.text(alphabet=st.characters(codec=None), min_size=1, max_size=30),
    colour=st.booleans(),
)
def test_no_text_from_a_file_breaks_out_of_its_line(
    line: str, column: int, length: int, message: str, colour: bool
) -> None:
    diagnostic = Diagnostic("HR010", message, Span("f.yaml", 1, column, length), message, message)
    shown = show(line, diagnostic, colour=colour)
    for sign in ("\x1b[0m", "\x1b[1m", "\x1b[1;31m", "\x1b[1;34m"):
        shown = shown.replace(sign, "")
    assert len(shown.split("\n")) == 9
    assert {unicodedata.category(c) for c in shown if c != "\n"} & {"Cc", "Cf", "Cs"} == set()


def test_colour_changes_nothing_but_the_colour() -> None:
    diagnostic = Diagnostic("HR010", "m", Span("f.yaml", 1, 1), "l", "h")
    coloured = show("abc", diagnostic, colour=True)
    assert coloured.startswith("\x1b[1;31merror[HR010]\x1b[0m")
    plain = show("abc", diagnostic)
    assert "\x1b" not in plain
    for sign in ("\x1b[0m", "\x1b[1m", "\x1b[1;31m", "\x1b[1;34m"):
        coloured = coloured.replace(sign, "")
    assert coloured == plain


def test_errors_and_warnings_are_counted_apart() -> None:
    warning = Diagnostic("HR010", "w", override=Severity.WARNING)
    error = Diagnostic("HR010", "e")
    assert show("", warning).endswith("\n1 warning\n")
    assert show("", warning, warning, error).endswith("\n1 error and 2 warnings\n")
    text = render([warning, error], lambda _: None, unlisted=1_000)
    assert text.endswith("\n1,001 errors and 1 warning; the first 2 are shown\n")


def test_as_json_holds_everything_in_order() -> None:
    also = ((Span("g.yaml", 1, 1), "first"),)
    values = as_json(
        [
            Diagnostic("HR011", "twice", Span("f.yaml", 2, 3, 4), "again", "keep one", also),
            Diagnostic("HR006", "none", override=Severity.WARNING),
        ]
    )
    assert json.loads(json.dumps(values)) == [
        {
            "code": "HR006",
            "slug": "no-declaration",
            "severity": "warning",
            "message": "none",
            "path": None,
            "line": None,
            "column": None,
            "length": None,
            "label": "",
            "help": "",
            "also": [],
        },
        {
            "code": "HR011",
            "slug": "duplicate-key",
            "severity": "error",
            "message": "twice",
            "path": "f.yaml",
            "line": 2,
            "column": 3,
            "length": 4,
            "label": "again",
            "help": "keep one",
            "also": [{"path": "g.yaml", "line": 1, "column": 1, "length": 1, "label": "first"}],
        },
    ]
