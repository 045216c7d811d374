"""The GitHub Action and the pre-commit hooks: what they promise, and the action's script as a runner runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
AURORA = ROOT / "examples" / "aurora-image"
CI_PAGE = ROOT / "site" / "pages" / "how-to" / "ci.md"
EXPRESSION = re.compile(r"\$\{\{ ([^}]+) \}\}")
HOSTILE = "$(touch pwned) `touch pwned` ; touch pwned #"


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
    return read


def steps(action: dict[str, Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = action["runs"]["steps"]
    return made


def test_no_script_of_the_action_holds_an_expression(action: dict[str, Any]) -> None:
    scripts = [step["run"] for step in steps(action) if "run" in step]
    assert len(scripts) == 3
    assert not [one for one in scripts if "${{" in one]


def test_a_step_takes_nothing_from_the_event_that_started_it(action: dict[str, Any]) -> None:
    taken = {found for step in steps(action) for found in EXPRESSION.findall(json.dumps(step.get("env", {})))}
    assert taken
    assert {one.split(".")[0] for one in taken} == {"inputs", "steps"}


def test_other_actions_are_pinned_by_a_whole_commit(action: dict[str, Any]) -> None:
    used = [step["uses"] for step in steps(action) if "uses" in step]
    assert len(used) == 2
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in used)


def test_every_input_is_used_and_explained(action: dict[str, Any]) -> None:
    text = (ROOT / "action.yml").read_text()
    for name, one in action["inputs"].items():
        assert one["description"]
        assert f"inputs.{name}" in text
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(action["inputs"])


@pytest.fixture
def run_check(action: dict[str, Any], tmp_path: Path) -> Any:
    """Run the step `check` as a runner does: its inputs as variables, in a folder of its own."""
    (step,) = [one for one in steps(action) if one.get("id") == "check"]
    names = {name: re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)[1] for name, value in step["env"].items()}  # type: ignore[index]  # they all are
    program = tmp_path / "handrail-venv" / "bin" / "handrail"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m handrail "$@"\n')
    program.chmod(0o755)
    here = tmp_path / "workspace"
    here.mkdir()

    def run(**inputs: str) -> tuple[dict[str, str], str, str]:
        values = {
            key: inputs.get(name.replace("-", "_"), action["inputs"][name]["default"]) for key, name in names.items()
        }
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        env = {**os.environ, **values, **{key: str(path) for key, path in files.items()}}
        env |= {"RUNNER_TEMP": str(tmp_path), "SOURCE_DATE_EPOCH": "1795478400"}
        script = tmp_path / "script.sh"
        script.write_text(step["run"])
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        ended = subprocess.run(shell, cwd=here, env=env, capture_output=True, text=True, check=True)
        assert not list(here.iterdir())
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        summary = files["GITHUB_STEP_SUMMARY"].read_text() if files["GITHUB_STEP_SUMMARY"].exists() else ""
        return outputs, summary, ended.stdout

    return run


def test_a_check_writes_annotations_summary_comment_and_files(run_check: Any) -> None:
    outputs, summary, printed = run_check(path=str(AURORA))
    assert outputs["exit-code"] == "1"
    assert printed.startswith("::error file=")
    assert summary.startswith("## Aurora")
    comment = Path(outputs["comment-file"]).read_text()
    assert comment == f"<!-- handrail -->\n{summary}"
    assert json.loads(Path(outputs["sarif-file"]).read_text())["version"] == "2.1.0"
    assert json.loads(Path(outputs["json-file"]).read_text())["project"]["id"] == "aurora-image"


def test_options_are_handed_on(run_check: Any) -> None:
    outputs, summary, printed = run_check(
        path=f"{AURORA}\n{ROOT / 'examples' / 'harbor-hub'}\n", fail_on="never", annotations="false", summary="false"
    )
    assert outputs["exit-code"] == "0"
    assert summary == ""
    assert "::" not in printed
    assert len(json.loads(Path(outputs["json-file"]).read_text())) == 2


def test_only_new_gaps_fail_beside_an_earlier_assessment(run_check: Any, tmp_path: Path) -> None:
    outputs, _, _ = run_check(path=str(AURORA))
    saved = tmp_path / "before.json"
    saved.write_bytes(Path(outputs["json-file"]).read_bytes())
    outputs, summary, _ = run_check(path=str(AURORA), changed_since=str(saved))
    assert outputs["exit-code"] == "0"
    assert "0 gaps at the gate are new" in summary


@pytest.mark.parametrize("name", ["path", "fail_on", "min_assurance", "changed_since", "site_url"])
def test_an_input_is_never_run(run_check: Any, name: str) -> None:
    outputs, _, _ = run_check(**{"path": str(AURORA), name: HOSTILE})
    assert outputs == {"exit-code": "2"}


# --- The comment that stays --------------------------------------------------------------------

GH = """#!/bin/sh
printf '%s\\n' "$@" >> "$CALLS"
case "$*" in *--paginate*) printf '%s' "$THERE" ;; esac
"""


@pytest.mark.parametrize(
    ("there", "call"),
    [
        ("", ["--method", "POST", "repos/o/r/issues/7/comments"]),
        ("41", ["--method", "PATCH", "repos/o/r/issues/comments/41"]),
        ("41\n99", ["--method", "PATCH", "repos/o/r/issues/comments/41"]),
    ],
)
def test_a_later_run_replaces_the_comment_of_an_earlier_one(there: str, call: list[str], tmp_path: Path) -> None:
    step = comment_step()
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    env = dict.fromkeys(step["env"], "x") | {"REPOSITORY": "o/r", "NUMBER": "7", "COMMENT": "/a b/comment.md"}
    env |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "CALLS": str(tmp_path / "calls"), "THERE": there}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    subprocess.run(shell, env=env, check=True)
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[-6:] == ["--silent", *call, "-F", "body=@/a b/comment.md"]
    assert 'startswith("<!-- handrail -->")' in "".join(calls)


def comment_step() -> dict[str, Any]:
    """The step that the page about CI gives, as YAML reads it."""
    text = CI_PAGE.read_text(encoding="utf-8").partition("{ #comment }")[2].partition("\n###")[0]
    block = "\n".join(line[8:] for line in text.splitlines() if line.startswith(" " * 8))
    (step,) = yaml.safe_load(block)
    return dict(step)


def test_the_step_of_the_page_runs_no_expression_and_leaves_out_forks() -> None:
    step = comment_step()
    assert "${{" not in step["run"]
    assert "pull_request.head.repo.full_name == github.repository" in step["if"]


# --- Options and hooks -------------------------------------------------------------------------


def options_of(verb: str) -> set[str]:
    from typer.main import get_command

    from handrail.cli.app import application

    command = get_command(application([verb]))
    found = command.get_command(None, verb) or command  # type: ignore[attr-defined, arg-type]  # a group of one verb
    return {option for parameter in found.params for option in parameter.opts}


def test_every_option_that_the_action_and_the_hooks_use_exists(action: dict[str, Any]) -> None:
    (script,) = [step["run"] for step in steps(action) if step.get("id") == "check"]
    used = set(re.findall(r"--[a-z][a-z-]+", script.partition("code=0")[0]))
    assert len(used) == 6
    assert used <= options_of("check")
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()):
        _, verb, *arguments = [*hook["entry"].split(), *hook.get("args", [])]
        assert {one for one in arguments if one.startswith("-")} <= options_of(verb)


def test_the_hooks_run_verbs_that_there_are() -> None:
    hooks = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert set(hooks) == {"handrail-check", "handrail-lint"}
    for one in hooks.values():
        assert one["language"] == "python"
        assert one["pass_filenames"] is False
        assert one["entry"].split()[0] == "handrail"
    lint = re.compile(hooks["handrail-lint"]["files"])
    assert lint.search("principles/develop/source-datasets.yaml")
    assert lint.search("checklists/model-developer.yaml")
    assert not lint.search("examples/aurora-image/handrail.yaml")
