"""`handrail check` as a person or a CI job runs it: whole processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
AURORA = ROOT / "examples" / "aurora-image"
CHECK = ["check", str(AURORA), "--as-of", "2026-11-24"]


def handrail(
    *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None, code: int | None = None
) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [sys.executable, "-m", "handrail", *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert code is None or ended.returncode == code, ended.stderr
    return ended


@pytest.fixture(scope="module")
def first() -> str:
    return handrail(*CHECK, "--format", "json", code=1).stdout


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"env": {"PYTHONHASHSEED": "1"}},
        {"env": {"TZ": "Asia/Tokyo"}},
        {"env": {"LC_ALL": "C", "COLUMNS": "47"}},
        {"env": {"HANDRAIL_CACHE_DIR": ""}},
        {"cwd": Path("/")},
        {"cwd": AURORA},
    ],
    ids=["again", "hash seed", "time zone", "locale", "no cache", "another directory", "inside the project"],
)
def test_same_inputs_and_day_give_the_same_bytes(change: dict[str, object], first: str) -> None:
    assert handrail(*CHECK, "--format", "json", code=1, **change).stdout == first  # type: ignore[arg-type]


def test_the_json_is_what_its_schema_says(first: str) -> None:
    schema = json.loads(handrail("schema", "assessment", code=0).stdout)
    jsonschema.Draft202012Validator(schema).validate(json.loads(first))


def test_every_finding_occurs_in_the_worked_example(first: str) -> None:
    assessment = json.loads(first)
    found = {one["finding"] for one in assessment["findings"]}
    assert found == {"not-satisfied", "undetermined", "partial", "satisfied", "not-applicable"}
    assert any(one["waiver"] and one["waiver"]["holds"] for one in assessment["findings"])


def test_a_cold_check_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from handrail.cli import main\n"
        f"sys.argv = ['handrail', *{CHECK!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'networkx', 'mkdocs', 'rich', 'ruamel', 'jinja2', 'nh3', 'markdown_it', 'pyarrow', "
        "'dulwich'}\n"
        "sys.stderr.write(' '.join(sorted(heavy & set(sys.modules))))\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stderr == ""


@pytest.mark.parametrize(("fail_on", "code"), [("must", 1), ("should", 1), ("may", 1), ("never", 0)])
def test_the_gate_decides_the_exit_code(fail_on: str, code: int) -> None:
    handrail(*CHECK, "--fail-on", fail_on, code=code)


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_every_format_has_the_same_exit_code(format_: str) -> None:
    assert handrail(*CHECK, "--format", format_, code=1).stdout


def test_outputs_are_written_beside_the_report(tmp_path: Path, first: str) -> None:
    outputs = ["--output", f"json={tmp_path / 'a.json'}", "--output", f"markdown={tmp_path / 'a.md'}"]
    text = handrail(*CHECK, *outputs, code=1).stdout
    assert text.startswith("Aurora")
    assert (tmp_path / "a.json").read_text() == first
    assert (tmp_path / "a.md").read_text().startswith("#")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "--format", "xml"], "not one of text, json, markdown"),
        (["check", "--output", "json"], "FORMAT=PATH"),
        (["check", "--as-of", "yesterday"], "YYYY-MM-DD"),
        (["check", "--color", "blue"], "auto, always, never"),
        (["check", "/no/such/place"], "no declaration found"),
        (["check", str(AURORA), "--output", "json=/no/such/folder/a.json"], "error[HR501]"),
        (["check", str(AURORA), "--catalog", "/no/such/catalog"], "error[HR"),
        (["explain", "SRC-99", str(AURORA)], "no control 'SRC-99'"),
        (["explain", "HR999"], "no code 'HR999'"),
        (["show", "nothing"], "has no 'nothing'"),
        (["list", "controls", "--role", "model-developr"], "has no value"),
        (["schema", "nothing"], "no schema 'nothing'"),
    ],
)
def test_bad_usage_is_a_sentence_and_exit_code_2(arguments: list[str], says: str) -> None:
    ended = handrail(*arguments, code=2)
    assert says in " ".join(ended.stderr.split())
    assert ended.stdout == ""


def test_several_projects_are_one_run() -> None:
    ended = handrail("check", str(ROOT / "examples"), "--as-of", "2026-11-24", "--format", "json")
    found = json.loads(ended.stdout)
    projects = [one["project"]["id"] for one in (found if isinstance(found, list) else [found])]
    assert "aurora-image" in projects
    assert projects == sorted(projects)


def test_terminal_colour_is_asked_for_and_never_by_default_in_a_pipe() -> None:
    assert "\x1b[" not in handrail(*CHECK).stdout
    assert "\x1b[" in handrail(*CHECK, "--color", "always").stdout
    assert "\x1b[" not in handrail(*CHECK, env={"NO_COLOR": "1"}).stdout
    assert "\x1b[" in handrail(*CHECK, env={"FORCE_COLOR": "1", "NO_COLOR": ""}).stdout


def test_source_date_epoch_is_the_day_of_the_report() -> None:
    day = handrail("check", str(AURORA), "--format", "json", env={"SOURCE_DATE_EPOCH": "1795478400"}).stdout
    assert json.loads(day)["as_of"] == "2026-11-24"
