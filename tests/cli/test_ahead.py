"""`plan`, `forecast`, `progress` and `explain --format json` as whole processes: outputs, exit codes, bad input."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.in_process import handrail
from tests.cli.test_check import AURORA, ROOT

DAY = ["--as-of", "2026-11-24"]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The assessment of the worked example today and four months later."""
    folder = tmp_path_factory.mktemp("runs")
    for name, day in (("old", "2026-11-24"), ("new", "2027-03-24")):
        made = handrail("check", str(AURORA), "--as-of", day, "--format", "json").stdout
        (folder / f"{name}.json").write_text(made, encoding="utf-8")
    return str(folder / "old.json"), str(folder / "new.json")


@pytest.mark.parametrize("format_", ["text", "markdown", "csv", "json"])
@pytest.mark.parametrize("by", ["order", "owner", "due"])
def test_a_plan_is_no_judgement_and_ends_with_0(format_: str, by: str) -> None:
    assert "TST-03" in handrail("plan", str(AURORA), *DAY, "--format", format_, "--by", by, code=0).stdout


def test_the_plan_closes_what_the_check_says_is_open() -> None:
    open_must = json.loads(handrail("check", str(AURORA), *DAY, "--format", "json").stdout)["summary"]["open_must"]
    steps = json.loads(handrail("plan", str(AURORA), *DAY, "--format", "json", code=0).stdout)["steps"]
    told = {one["id"] for one in steps} | {one for step in steps for one in step["unblocks"]}
    assert told.issuperset(open_must)


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_a_forecast_ends_with_0(format_: str) -> None:
    assert "2027-01-06" in handrail("forecast", str(AURORA), *DAY, "--format", format_, code=0).stdout


def test_the_last_week_of_a_forecast_is_what_a_check_on_that_day_says() -> None:
    ahead = json.loads(handrail("forecast", str(AURORA), *DAY, "--days", "30", "--format", "json", code=0).stdout)
    there = json.loads(handrail("check", str(AURORA), "--as-of", "2026-12-24", "--format", "json").stdout)
    assert ahead["weeks"][-1]["end"] == "2026-12-24"
    assert ahead["weeks"][-1]["summary"] == there["summary"]


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_progress_tells_what_lapsed(format_: str, runs: tuple[str, str]) -> None:
    assert "RES-01" in handrail("progress", *runs, "--format", format_, code=0).stdout


def test_the_page_is_for_projects_that_consent(runs: tuple[str, str], tmp_path: Path) -> None:
    page = handrail("progress", *runs, "--format", "html", "--project", str(AURORA), code=0).stdout
    assert page.startswith("<!doctype html>")
    silent = tmp_path / "silent"
    shutil.copytree(AURORA, silent)
    text = (silent / "handrail.yaml").read_text(encoding="utf-8")
    (silent / "handrail.yaml").write_text(text.partition("\npublish:")[0] + "\n", encoding="utf-8")
    shutil.copytree(AURORA.parent / "organisation", tmp_path / "organisation")
    shutil.copy(AURORA.parent / "organisation.yaml", tmp_path)
    refused = handrail("progress", *runs, "--format", "html", "--project", str(silent), code=2)
    assert "does not consent to a public page" in " ".join(refused.stderr.split())
    assert refused.stdout == ""


def test_the_proof_as_json_holds_the_smallest_change() -> None:
    made = json.loads(handrail("explain", "GOV-04", str(AURORA), *DAY, "--format", "json", code=0).stdout)
    assert made["proof"][-1]["gives"] == made["finding"]
    assert made["smallest_change"]["proven_smallest"]
    assert [edit["control"] for edit in made["smallest_change"]["edits"]] == ["TST-03"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["plan", "--format", "xml"], "not one of text, markdown, csv, json"),
        (["plan", "--by", "colour"], "not one of order, owner, due"),
        (["plan", "/no/such/place"], "no declaration found"),
        (["forecast", "--days", "0"], "--days"),
        (["forecast", "--days", "100000"], "--days"),
        (["forecast", "--format", "csv"], "not one of text, markdown, json"),
        (["explain", "GOV-01", "--format", "html"], "not one of text, json"),
        (["progress", "/no/such/a.json", "/no/such/b.json"], "error[HR004]"),
        (["progress", str(AURORA), str(AURORA)], "error[HR004]"),
        (["progress", str(ROOT / "README.md"), str(ROOT / "README.md")], "error[HR010]"),
        (["progress", "a.json", "b.json", "--format", "pdf"], "not one of text, markdown, json, html"),
    ],
)
def test_bad_usage_is_a_sentence_and_exit_code_2(arguments: list[str], says: str) -> None:
    ended = handrail(*arguments, code=2)
    assert says in " ".join(ended.stderr.split())
    assert ended.stdout == ""


def test_runs_in_the_wrong_order_are_told(runs: tuple[str, str]) -> None:
    ended = handrail("progress", *reversed(runs), code=2)
    assert "give the older one first" in " ".join(ended.stderr.split())


def test_a_cold_check_imports_nothing_of_these_verbs() -> None:
    script = (
        "import sys\n"
        "from handrail.cli import main\n"
        f"sys.argv = ['handrail', 'check', {str(AURORA)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "rooms = ('assess.edits', 'assess.flip', 'assess.forecast', 'assess.progress',"
        " 'report.plan', 'report.forecast', 'report.progress', 'report.change')\n"
        "sys.stderr.write(' '.join(one for one in rooms if f'handrail.{one}' in sys.modules))\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stderr == ""
