"""The habits of the repository: workflows that trust no pull request, and releases that come out the same anywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def workflow(path: Path) -> Any:
    # `on` is a word here, not the truth value of YAML 1.1.
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but text


def test_the_auditor_of_workflows_finds_nothing() -> None:
    command = [str(BIN / "zizmor"), "--offline", "--persona=auditor", "--no-progress", str(ROOT / ".github"),
               str(ROOT / "action.yml")]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_gets_no_right_that_a_job_does_not_ask_for(path: Path) -> None:
    given = workflow(path)
    assert given["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in given["jobs"].values())
    assert not {"pull_request_target", "workflow_run"} & set(given["on"]), "these run with the rights of the base"


def test_a_proposed_tree_is_data() -> None:
    (job,) = workflow(ROOT / ".github" / "workflows" / "pull-request.yml")["jobs"].values()
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert any("./base" in run and "-I -m pip install" in run for run in runs), "the tool comes from the base"
    assert not any("proposed" in run and ("pip" in run or "make" in run or "python" in run) for run in runs)
    assert not any("${{" in run for run in runs), "no text of an event stands in a script"


def test_no_test_measures_how_long_something_takes() -> None:
    """What never ends is stopped by the guard of all tests; speed is measured in benchmarks, beside a peer."""
    clocks = ("perf" + "_counter", "process" + "_time")  # in two pieces, since this file is read too
    holds = [path for path in (ROOT / "tests").rglob("*.py") if any(clock in path.read_text() for clock in clocks)]
    assert holds == []


def test_two_builds_of_one_commit_in_two_places_give_the_same_bytes(tmp_path: Path) -> None:
    left_out = shutil.ignore_patterns(".venv", ".git", "__pycache__", "public", "shots", ".*_cache", ".hypothesis",
                                      ".benchmark-*")  # fmt: skip
    built = []
    for place, zone in (("first", "UTC"), ("another-place", "Asia/Tokyo")):
        sources = tmp_path / place / "sources"
        shutil.copytree(ROOT, sources, ignore=left_out)
        out = tmp_path / place / "dist"
        env = {**os.environ, "RELEASE_BIN": str(BIN), "SOURCE_DATE_EPOCH": "1795478400", "TZ": zone}
        subprocess.run([str(sources / ".ci" / "release"), str(out)], env=env, check=True, capture_output=True)
        built.append({path.name: path.read_bytes() for path in out.iterdir()})
    first, second = built
    assert first == second
    assert {Path(name).suffix for name in first} == {".whl", ".gz", ".json", ""}
    bill = json.loads(first["handrail.cdx.json"])
    names = {one["name"] for one in bill["components"]}
    assert bill["metadata"]["component"]["name"] == "handrail"
    assert {"pydantic", "pyyaml", "mkdocs-material", "pydantic-core"} <= names
    assert not {"pytest", "mypy", "ruff"} & names, "tools of developers are in no release"
    assert validation_error(first["handrail.cdx.json"].decode()) is None


def validation_error(bill: str) -> Any:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)
