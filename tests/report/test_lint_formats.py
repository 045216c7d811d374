"""The formats of `lint`: each tells the same, at the same place, whatever a file holds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from handrail.report.lint_formats import FORMATS, LintReport, fixed_line
from handrail.source.diagnostics import Diagnostic, Severity, Span

SCHEMA = Path(__file__).parents[3] / "shared" / "interop" / "sarif" / "sarif-2.1.0-rtm.5.json"
ONE = Diagnostic(
    "HR202",
    "control `SRC-01` is given twice",
    Span("principles/develop/a.yaml", 9, 5, 6),
    label="given again here",
    help="give one of the two another id",
    also=((Span("principles/develop/b.yaml", 3, 5, 6), "first given here"),),
)
TWO = Diagnostic("HR256", "a line ends in spaces", Span("checklists/x.yaml", 2, 8, 2), help="`handrail lint --fix`")
THREE = Diagnostic("HR200", "there is no `principles/catalog.yaml` here")
REPORT = LintReport(found=(THREE, TWO, ONE), source=lambda _: None, head="sub/")
HOSTILE = "a\x1b[2J\r\n::error::pwned\n##[group]x %0A]]>\u202e<script>"


def sarif(report: LintReport = REPORT) -> dict[str, Any]:
    (run,) = json.loads(FORMATS["sarif"](report))["runs"]
    return dict(run)


def hostile() -> LintReport:
    span = Span(f"principles/{HOSTILE}.yaml", 1, 1)
    return replace(REPORT, found=(Diagnostic("HR202", HOSTILE, span, HOSTILE, HOSTILE, ((span, HOSTILE),)),))


def test_nothing_found_is_an_empty_report() -> None:
    none = replace(REPORT, found=())
    assert FORMATS["text"](none) == FORMATS["github"](none) == ""
    assert json.loads(FORMATS["json"](none)) == []
    assert sarif(none)["results"] == []


def test_commands_of_a_workflow_name_file_and_line_errors_first() -> None:
    assert FORMATS["github"](REPORT).splitlines() == [
        "::error title=HR200 no-catalog::there is no `principles/catalog.yaml` here",
        "::error file=sub/principles/develop/a.yaml,line=9,col=5,endColumn=11,title=HR202 duplicate-id::"
        "control `SRC-01` is given twice%0Agive one of the two another id",
        "::warning file=sub/checklists/x.yaml,line=2,col=8,endColumn=10,title=HR256 line-ends::"
        "a line ends in spaces%0A`handrail lint --fix`",
    ]


def test_more_than_github_shows_is_said() -> None:
    assert "GitHub shows 10 annotations" in FORMATS["github"](replace(REPORT, found=(ONE,) * 11))
    assert "GitHub shows" not in FORMATS["github"](replace(REPORT, found=(ONE,) * 10 + (TWO,) * 10))
    assert "5 more were found" in FORMATS["github"](replace(REPORT, unlisted=5))


def test_a_log_for_code_scanning_has_places_rules_and_what_belongs_together() -> None:
    made = sarif()
    assert [one["ruleId"] for one in made["results"]] == ["HR200", "HR256", "HR202"]
    rules = made["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in made["results"]] == ["HR200", "HR256", "HR202"]
    twice = made["results"][2]
    assert twice["level"] == "error"
    assert twice["message"]["text"] == "Control `SRC-01` is given twice. Give one of the two another id."
    place = twice["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "sub/principles/develop/a.yaml"
    assert place["region"] == {"startLine": 9, "startColumn": 5, "endColumn": 11}
    assert twice["relatedLocations"][0]["message"]["text"] == "first given here"
    assert "locations" not in made["results"][0]
    assert "But so" in rules[0]["help"]["text"]


def test_an_alert_stays_the_same_when_lines_move() -> None:
    assert ONE.span is not None
    moved = replace(ONE, span=replace(ONE.span, line=99))
    one, other = (sarif(replace(REPORT, found=(each,)))["results"][0] for each in (ONE, moved))
    assert one["partialFingerprints"] == other["partialFingerprints"]
    assert one["locations"] != other["locations"]


def test_a_rule_that_was_weighed_otherwise_is_told_so() -> None:
    louder = replace(REPORT, found=(replace(TWO, override=Severity.ERROR),))
    assert FORMATS["github"](louder).startswith("::error ")
    assert sarif(louder)["results"][0]["level"] == "error"
    assert json.loads(FORMATS["json"](louder))[0]["severity"] == "error"


@pytest.mark.parametrize("report", [REPORT, hostile()], ids=["plain", "hostile"])
def test_the_log_is_what_the_standard_says(report: LintReport) -> None:
    if not SCHEMA.exists():
        pytest.skip("the schema of SARIF is not beside this repository")
    log = json.loads(FORMATS["sarif"](report))
    assert list(jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).iter_errors(log)) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_no_text_of_a_file_becomes_a_command(format_: str) -> None:
    text = FORMATS[format_](hostile())
    for line in text.splitlines():
        assert not line.lstrip().startswith("##[")
        assert line.count("::error") <= (line.startswith("::error file=") or "error" in line)
    if format_ == "github":
        assert len(text.splitlines()) == 1
    if format_ != "json":  # JSON writes it as an escape that no terminal obeys
        assert "\x1b" not in text
    assert fixed_line(HOSTILE, (HOSTILE,)).isprintable()
