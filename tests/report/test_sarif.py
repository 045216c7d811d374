"""SARIF: valid, pointing at the answer, stable, and within what one upload may hold."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from handrail.assess.gate import at_gate
from handrail.model.assessment import Assessment
from handrail.model.terms import Assurance, FailOn, Finding
from handrail.report.sarif import GITHUB, UploadLimits, render
from tests.report.rendered import SITE, files_of, in_format, input_of
from tests.report.small import ALL_SHOWN, CASES, CATALOG, FIRST_RUN, MIXED, Project, bundle_of, control

SCHEMA = Path(__file__).parents[3] / "shared" / "interop" / "sarif" / "sarif-2.1.0-rtm.5.json"


def log(*projects: Project, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(in_format("sarif", *projects, **more))
    return made


def run(*projects: Project, **more: Any) -> dict[str, Any]:
    (only,) = log(*projects, **more)["runs"]
    return dict(only)


def messages(of: dict[str, Any]) -> list[str]:
    return [one["message"]["text"] for one in of["invocations"][0]["toolExecutionNotifications"]]


@pytest.mark.parametrize("case", CASES)
def test_the_log_is_what_the_standard_says(case: str) -> None:
    if not SCHEMA.exists():
        pytest.skip("the schema of SARIF is not beside this repository")
    validator = jsonschema.Draft7Validator(
        json.loads(SCHEMA.read_text()), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )
    assert list(validator.iter_errors(log(CASES[case], site=SITE))) == []
    assert list(validator.iter_errors(log(CASES[case], FIRST_RUN))) == []


@pytest.mark.parametrize("case", CASES)
def test_the_log_has_the_form_that_code_scanning_needs(case: str) -> None:
    made = log(CASES[case], site=SITE)
    assert made["version"] == "2.1.0"
    one = run(CASES[case], site=SITE)
    rules = one["tool"]["driver"]["rules"]
    assert one["tool"]["driver"]["name"] == "handrail"
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in one["results"]}
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert len(rule["properties"]["tags"]) <= GITHUB.tags
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result.get("kind", "fail") == "fail"
        assert result["message"]["text"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "handrail.yaml"
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] < place["region"]["endColumn"]


def test_every_open_control_is_a_result_and_no_other() -> None:
    open_ones = {one.control for one in MIXED.assessment().findings if one.finding.is_open}
    assert {one["ruleId"] for one in run(MIXED)["results"]} == open_ones
    assert run(ALL_SHOWN)["results"] == []


def test_what_decides_the_exit_code_is_an_error_and_other_must_a_warning() -> None:
    levels = {one["ruleId"]: one["level"] for one in run(MIXED)["results"]}
    assert levels["DAT-03"] == "error"
    assert levels["DAT-04"] == "warning"  # waived
    assert levels["MRK-01"] == "note"
    assert [one["level"] for one in run(MIXED)["results"]] == ["error"] * 5 + ["warning"] + ["note"] * 2


def test_a_waived_control_is_shown_and_says_so() -> None:
    (waived,) = [one for one in run(MIXED)["results"] if one["ruleId"] == "DAT-04"]
    assert "suppressions" not in waived
    assert "waived" in waived["message"]["text"]


def test_a_result_points_at_the_key_of_its_answer() -> None:
    text = files_of(MIXED).declaration.data.decode().splitlines()
    for one in run(MIXED)["results"]:
        region = one["locations"][0]["physicalLocation"]["region"]
        line = text[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == f'"{one["ruleId"]}"'


@pytest.mark.parametrize(
    ("project", "key"),
    [
        (Project(controls={"DAT-01": {"state": "planned"}}), '"controls"'),
        (Project(checklists=("developer",)), '"checklists"'),
    ],
)
def test_what_is_not_declared_points_at_where_it_belongs(project: Project, key: str) -> None:
    text = files_of(project).declaration.data.decode().splitlines()
    (one,) = [result for result in run(project)["results"] if result["ruleId"] == "DAT-02"]
    region = one["locations"][0]["physicalLocation"]["region"]
    assert text[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(key)


def test_a_fingerprint_stays_when_lines_and_reasons_change() -> None:
    moved = Project(controls={"DAT-01": {"state": "planned"}, **MIXED.controls}, more={"summary": "A line more."})
    assert fingerprints(MIXED) == fingerprints(moved) == fingerprints(FIRST_RUN)
    assert len(set(fingerprints(MIXED).values())) == len(fingerprints(MIXED))


def fingerprints(project: Project) -> dict[str, str]:
    wanted = ("SRV-01", "SRV-02", "REP-01")
    return {
        one["ruleId"]: one["partialFingerprints"]["primaryLocationLineHash"]
        for one in run(project)["results"]
        if one["ruleId"] in wanted
    }


def test_a_rule_links_to_its_page_only_where_a_site_is_known() -> None:
    with_site, without = run(MIXED, site=SITE), run(MIXED)
    assert with_site["tool"]["driver"]["rules"][0]["helpUri"] == f"{SITE}principles/dat.html#DAT-03"
    assert "://" not in json.dumps(without)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/\u00fc:%.yaml", "a%20b/%C3%BC%3A%25.yaml"),
        ("../up/handrail.yaml", "../up/handrail.yaml"),
        ("/home/someone/p/handrail.yaml", "handrail.yaml"),
    ],
)
def test_a_path_is_a_relative_uri_and_never_tells_of_the_machine(path: str, uri: str) -> None:
    made = run(MIXED, path=path)
    assert {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in made["results"]} == {uri}


def test_several_projects_are_one_run_and_each_result_names_its_own() -> None:
    made = run(MIXED, Project(name="Borealis"))
    texts = [one["message"]["text"] for one in made["results"]]
    assert any(one.startswith("Aurora 2.1: ") for one in texts)
    assert any(one.startswith("Borealis 2.1: ") for one in texts)


def test_a_control_below_the_tier_asked_for_is_an_error_that_stays_satisfied() -> None:
    made = run(ALL_SHOWN, min_assurance=Assurance.VERIFIED)
    assert {one["properties"]["finding"] for one in made["results"]} == {"satisfied"}
    assert {one["level"] for one in made["results"]} == {"error"}
    assert "for the exit code only" in made["results"][0]["message"]["text"]


# --- What one upload may hold -----------------------------------------------------------------


def large(count: int) -> Any:
    """The input for an assessment of so many open controls, one in ten of them below the gate."""
    one = MIXED.assessment()
    (must,) = [f for f in one.findings if f.control == "DAT-03"]
    (should,) = [f for f in one.findings if f.control == "MRK-01"]
    findings = tuple(should if place % 10 == 0 else must for place in range(count))
    assert all(f.finding is not Finding.SATISFIED for f in findings)
    made: Assessment = one.model_copy(update={"findings": findings})
    given = input_of(MIXED)
    return type(given)(assessments=(made,), declarations=given.declarations, bundle=CATALOG, gates=(at_gate(one),))


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_results_are_left_out_beyond_the_limit_and_the_log_says_so(over: int) -> None:
    (made,) = json.loads(render(large(GITHUB.results + over)))["runs"]
    assert len(made["results"]) == min(GITHUB.results, GITHUB.results + over)
    left_out = [one for one in messages(made) if "left out" in one]
    assert left_out == (
        [
            "1 result of 25,001 left out, because code scanning limits the number of results of an upload; those that "
            "decide the exit code come first. Other formats hold all of them."
        ]
        if over > 0
        else []
    )


def test_what_is_left_out_is_what_decides_least() -> None:
    (made,) = json.loads(render(large(40), limits=UploadLimits(results=36)))["runs"]
    assert {one["level"] for one in made["results"]} == {"error"}
    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == ["DAT-03"]


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_more_results_than_are_shown_is_said(over: int) -> None:
    (made,) = json.loads(render(large(GITHUB.shown + over)))["runs"]
    assert len(made["results"]) == GITHUB.shown + over
    assert any("shows 5,000 of these 5,001 results" in one for one in messages(made)) == (over > 0)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_tags_of_a_rule_stay_within_the_limit(over: int) -> None:
    own = 3
    given = [
        {"reference": f"r-{place:02}", "clause": "1", "relation": "supports", "confidence": "seen"}
        for place in range(GITHUB.tags - own + over)
    ]
    bundle = bundle_of(control("A-01", "One", mappings=given))
    (rule,) = run(FIRST_RUN, bundle=bundle)["tool"]["driver"]["rules"]
    assert len(rule["properties"]["tags"]) == min(GITHUB.tags, GITHUB.tags + over)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_the_packed_size_stays_within_the_limit_and_the_log_says_so(over: int) -> None:
    packed = len(gzip.compress(render(large(400)).encode(), mtime=0))
    text = render(large(400), limits=UploadLimits(packed_bytes=packed - over))
    (made,) = json.loads(text)["runs"]
    assert len(gzip.compress(text.encode(), mtime=0)) <= packed - over
    assert (len(made["results"]) < 400) == (over > 0)
    assert any("limits the size" in one for one in messages(made)) == (over > 0)
    assert made["results"]


def test_a_log_that_never_fits_ends_with_no_result_and_says_so() -> None:
    (made,) = json.loads(render(large(3), limits=UploadLimits(packed_bytes=1)))["runs"]
    assert made["results"] == []
    assert any("3 results of 3 left out" in one for one in messages(made))


def test_the_limits_are_those_of_the_page_that_names_them() -> None:
    assert UploadLimits(results=25_000, shown=5_000, packed_bytes=10_000_000, tags=20) == GITHUB


def test_a_gate_that_is_off_makes_no_error() -> None:
    one = MIXED.assessment()
    gate = one.summary.gate.model_copy(update={"fail_on": FailOn.NEVER, "blocking": (), "waived": ()})
    off = one.model_copy(update={"summary": one.summary.model_copy(update={"gate": gate})})
    given = input_of(MIXED)
    made = json.loads(render(type(given)(assessments=(off,), declarations=given.declarations, bundle=CATALOG)))
    levels = {result["level"] for result in made["runs"][0]["results"]}
    assert levels == {"warning", "note"}
