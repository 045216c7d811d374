"""JUnit, workflow commands, CSV, badges and HTML: each read back by a reader of its own kind."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import html5lib
import jsonschema
import junitparser
import pytest

from handrail.model.terms import Assurance, Finding
from handrail.report.badge import COLOUR
from handrail.report.csv import COLUMNS
from handrail.report.formats import FORMATS, ONE_PROJECT, PUBLIC_FORMATS, ReportInput
from tests.report.rendered import SITE, in_format, input_of
from tests.report.small import ALL_SHOWN, CASES, CATALOG, FIRST_RUN, MIXED, Project

# --- JUnit ------------------------------------------------------------------------------------


def cases(project: Project, **more: Any) -> dict[str, junitparser.TestCase]:
    read = junitparser.JUnitXml.fromstring(in_format("junit", project, **more).encode())
    return {case.name.split()[0]: case for suite in read for case in suite}


@pytest.mark.parametrize("case", CASES)
def test_a_case_fails_if_and_only_if_it_decides_the_exit_code(case: str) -> None:
    made = cases(CASES[case])
    assessment = CASES[case].assessment()
    assert set(made) == {one.control for one in assessment.findings}
    failed = {one for one, read in made.items() if any(isinstance(r, junitparser.Failure) for r in read.result)}
    assert failed == set(assessment.summary.gate.blocking)


@pytest.mark.parametrize("case", CASES)
def test_only_what_is_satisfied_can_be_read_as_passed(case: str) -> None:
    findings = {one.control: one.finding for one in CASES[case].assessment().findings}
    plain = {one for one, read in cases(CASES[case]).items() if not read.result}
    assert plain == {one for one, finding in findings.items() if finding is Finding.SATISFIED}


def test_what_is_skipped_says_why() -> None:
    made = cases(MIXED)
    assert "waived" in made["DAT-04"].result[0].message
    assert "SECRET-REASON" in made["DAT-04"].result[0].message
    assert "does not apply" in made["DAT-02"].result[0].message
    assert "does not ask for it" in made["MRK-01"].result[0].message


def test_a_failure_tells_the_finding_its_reasons_and_its_line() -> None:
    failed = cases(MIXED)["DAT-03"]
    (failure,) = failed.result
    assert failure.type == "not-satisfied"
    assert "The project says that this is planned." in failure.text
    assert int(failed._elem.get("line")) > 1


@pytest.mark.parametrize("case", CASES)
def test_the_counts_of_a_suite_add_up(case: str) -> None:
    (suite,) = ET.fromstring(in_format("junit", CASES[case]))  # noqa: S314  our own output
    assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
    assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))


def test_a_tier_that_is_asked_for_fails_a_case_that_stays_satisfied() -> None:
    (failure,) = cases(ALL_SHOWN, min_assurance=Assurance.ATTESTED)["DAT-01"].result
    assert failure.type == "satisfied"
    assert "for the exit code only" in failure.text


# --- Workflow commands ------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*,)*)title=([^,:]*)::(.*)")


@pytest.mark.parametrize("case", CASES)
def test_every_line_is_one_command_or_our_own_sentence(case: str) -> None:
    lines = in_format("github", CASES[case]).splitlines()
    commands = [line for line in lines if not line.startswith("handrail: ")]
    assert all(COMMAND.fullmatch(line) for line in commands)
    assert len(commands) == sum(one.finding.is_open for one in CASES[case].assessment().findings)


def test_the_loudest_commands_come_first() -> None:
    kinds = [found[1] for line in in_format("github", MIXED).splitlines() if (found := COMMAND.match(line))]
    assert kinds == ["error"] * 5 + ["warning"] + ["notice"] * 2


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_more_annotations_than_are_shown_is_said(over: int) -> None:
    from tests.report.small import bundle_of, control

    bundle = bundle_of(*(control(f"A-{place:02}", "One") for place in range(10 + over)))
    said = "shows 10 annotations" in in_format("github", FIRST_RUN, bundle=bundle)
    assert said == (over > 0)


@pytest.mark.parametrize("name", [one for one in FORMATS if one != "github"])
def test_no_other_format_prints_a_command(name: str) -> None:
    assert "::" not in in_format(name, MIXED)


# --- CSV --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_a_row_for_each_control_under_the_same_header(case: str) -> None:
    header, *rows = csv.reader(io.StringIO(in_format("csv", CASES[case])))
    assert tuple(header) == COLUMNS
    assert [dict(zip(header, row, strict=True))["control"] for row in rows] == [
        one.control for one in CASES[case].assessment().findings
    ]


def test_a_row_holds_what_is_declared() -> None:
    rows = {row["control"]: row for row in csv.DictReader(io.StringIO(in_format("csv", MIXED)))}
    assert rows["DAT-03"]["owner"] == "SECRET-OWNER"
    assert rows["DAT-03"]["due"] == "2026-11-01"
    assert rows["DAT-03"]["summary"] == "SECRET-SUMMARY"
    assert rows["DAT-04"]["gate"] == "waived"
    assert rows["SRV-02"]["blocked_by"] == "SRV-01"


# --- Badges -----------------------------------------------------------------------------------

ENDPOINT = {
    "type": "object",
    "required": ["schemaVersion", "label", "message"],
    "additionalProperties": False,
    "properties": {
        "schemaVersion": {"const": 1},
        "label": {"type": "string"},
        "message": {"type": "string", "minLength": 1},
        "color": {"type": "string", "pattern": "^[0-9a-f]{6}$"},
    },
}
"""What shields.io reads of an endpoint (its page "Endpoint badge"), as far as we write it."""


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("mixed", "6 open MUST, 2026-11-24"),
        ("first-run", "8 open MUST, 2026-11-24"),
        ("all-shown", "evidence supplied for 8 MUST, 2026-11-24"),
    ],
)
def test_a_badge_says_a_count_and_a_day(case: str, message: str) -> None:
    made = json.loads(in_format("badge", CASES[case]))
    jsonschema.validate(made, ENDPOINT)
    assert (made["label"], made["message"]) == ("handrail", message)
    picture = ET.fromstring(in_format("badge-svg", CASES[case]))  # noqa: S314  our own output
    assert picture[0].text == f"handrail: {message}"


def test_a_project_to_which_no_must_applies_claims_nothing() -> None:
    from tests.report.small import bundle_of, control

    bundle = bundle_of(control("A-01", "One", level="should"))
    made = json.loads(in_format("badge", FIRST_RUN, bundle=bundle))
    assert made["message"] == "no MUST applied, 2026-11-24"


def test_the_colour_is_the_same_for_every_result_and_not_green() -> None:
    colours = {json.loads(in_format("badge", one))["color"] for one in CASES.values()}
    assert colours == {COLOUR}
    red, green, blue = (int(COLOUR[place : place + 2], 16) for place in (0, 2, 4))
    assert green <= max(red, blue)


@pytest.mark.parametrize("name", sorted(ONE_PROJECT))
def test_a_badge_never_sums_projects(name: str) -> None:
    with pytest.raises(ValueError, match="one project"):
        in_format(name, MIXED, FIRST_RUN)


# --- HTML -------------------------------------------------------------------------------------


def tags(text: str) -> list[ET.Element]:
    with_namespace = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return list(with_namespace.iter())


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_the_page_is_valid_and_asks_for_nothing_from_outside(case: str, public: bool) -> None:
    text = in_format("html", CASES[case], public=public, site=SITE)
    found = tags(text)
    assert not {one.tag for one in found} & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    assert not [name for one in found for name in one.attrib if name.startswith("on") or name in ("src", "style")]
    assert {one.attrib["href"].startswith(SITE) for one in found if "href" in one.attrib} <= {True}
    assert "url(" not in text
    assert "@import" not in text


def test_the_page_may_use_its_own_style_only() -> None:
    import base64
    import hashlib

    text = in_format("html", MIXED)
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text


def test_the_page_names_every_control_and_links_only_where_a_site_is_known() -> None:
    text = in_format("html", MIXED)
    assert all(one in text for one in CATALOG.controls)
    assert "<a " not in text
    assert f'href="{SITE}principles/dat.html#DAT-03"' in in_format("html", MIXED, site=SITE)


def test_several_projects_are_articles_of_one_page() -> None:
    found = tags(in_format("html", MIXED, FIRST_RUN))
    assert [one.tag for one in found].count("article") == 2


# --- All of them ------------------------------------------------------------------------------

SECRETS = re.compile(r"SECRET-[A-Z]+")


@pytest.mark.parametrize("name", [one for one in PUBLIC_FORMATS if one != "text"])
def test_no_secret_is_in_what_would_be_published(name: str) -> None:
    assert SECRETS.findall(in_format(name, MIXED, public=True)) == []


def test_the_difference_shows_every_secret_as_left_out() -> None:
    lines = in_format("text", MIXED, public=True, width=200).splitlines()
    assert [line for line in lines if SECRETS.search(line) and not line.startswith("-")] == []
    told = set(SECRETS.findall("\n".join(lines)))
    assert told >= {"SECRET-SUMMARY", "SECRET-REASON"}
    assert "SECRET-ACCESS" not in told, "the way to a sealed record is in no report, not even as left out"


def test_the_difference_holds_the_public_report_whole() -> None:
    lines = [line[2:].strip() for line in in_format("text", MIXED, public=True, width=400).splitlines()]
    page = in_format("html", MIXED, public=True)
    said = [html.unescape(one) for one in re.findall(r"<p(?: class=\"(?:soft|label--open)\")?>([^<]+)</p>", page)]
    assert len(said) > 20
    assert [one for one in said if one not in lines and not one.startswith("\u2018Satisfied")] == [
        next(one for one in said if one.startswith("aurora, judged on"))
    ]


def test_the_text_report_imports_no_other_format() -> None:
    script = (
        "import sys\n"
        "from handrail.report.formats import FORMATS, ReportInput\n"
        "from tests.report.small import CATALOG, MIXED\n"
        "given = ReportInput(assessments=(MIXED.assessment(),), declarations=(MIXED.declaration(),), bundle=CATALOG)\n"
        "FORMATS['text'](given)\n"
        "names = 'sarif junit github csv html badge markdown difference public standing'.split()\n"
        "others = {'jinja2', *(f'handrail.report.{name}' for name in names)}\n"
        "print(sorted(others & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


@pytest.mark.parametrize("name", FORMATS)
def test_same_input_same_bytes_ended_by_one_line_end(name: str) -> None:
    made = in_format(name, MIXED)
    assert made == in_format(name, MIXED)
    assert made.endswith("\n")
    assert not made.endswith("\n\n")
    assert "\r" not in made


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_needs_no_file_to_name_lines_of(name: str) -> None:
    given = input_of(MIXED)
    bare = ReportInput(assessments=given.assessments, declarations=given.declarations, bundle=CATALOG)
    assert FORMATS[name](bare)
