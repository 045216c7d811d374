"""`handrail lint` as a contributor and a pipeline run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.catalog.lint import RULES
from tests.catalog.cases import SRC, edited, overlaid
from tests.cli.in_process import Run
from tests.repository import Repository

DAY = ("--as-of", "2026-11-24")
NO_MARK = ("Was each image screened?", "Each image was screened.")
UNTIDY = ("level: should", "level: should  ")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog, in which the contributor stands."""
    monkeypatch.chdir(overlaid(tmp_path))
    return tmp_path


def test_a_catalog_without_a_defect_is_told_in_one_line(run: Run, folder: Path) -> None:
    ended = run("lint", *DAY, code=0)
    assert ended.stdout == ""
    assert ended.said == "no errors: 1 principle, 2 controls, 1 checklist, 1 reference, 1 mapping, 0 warnings"


def test_an_error_of_a_rule_is_no_catalog_without_errors(run: Run, folder: Path) -> None:
    edited(folder, SRC, NO_MARK)
    ended = run("lint", *DAY, code=1)
    assert "error[HR232]" in ended.stdout
    assert "no errors" not in ended.said


def test_fix_says_what_it_did_and_shows_what_is_left(run: Run, folder: Path) -> None:
    edited(folder, SRC, NO_MARK, UNTIDY)
    ended = run("lint", "--fix", *DAY, code=1)
    assert ended.said == f"fixed {SRC}: took the spaces from the end of 1 line"
    assert "HR232" in ended.stdout
    assert "HR256" not in ended.stdout
    assert run("lint", "--fix", *DAY, code=1).said == "nothing to fix"


def test_since_shows_what_the_change_brought(run: Run, folder: Path) -> None:
    made = Repository(folder)
    edited(folder, SRC, NO_MARK)
    made.commit_folder("principles", "checklists")
    assert run("lint", "--since", "HEAD", *DAY, code=0).said == (
        "1 more, which was there at HEAD, not shown the change brought no errors"
    )
    edited(folder, SRC, UNTIDY, ("title: Keep a register", "title: Keep a re\u200bgister"))
    ended = run("lint", "--since", "HEAD", *DAY, code=1)
    assert [word for word in ended.stdout.split() if word.startswith(("error[", "warning["))] == [
        "error[HR259]:",
        "warning[HR256]:",
    ]
    assert "there is no revision `mian`" in run("lint", "--since", "mian", *DAY, code=2).said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--error", "line-ends"), 1, ""),
        (("--off", "HR256"), 0, "0 warnings"),
        (("--off", "hr256"), 0, "0 warnings"),
        (("--off", "HR202"), 2, "--off: HR202 is no rule of style: it is an error for everyone"),
        (("--off", "keyword"), 2, "HR230 (keyword) cannot be turned off: it is an error for everyone"),
        (("--off", "id-order"), 2, "it may be told as a warning (--warn)"),
        (("--warn", "sealed"), 2, "HR242 (sealed) cannot be turned down"),
        (("--format", "junit"), 2, "'junit' is not one of text, json, github, sarif"),
    ],
)
def test_rules_may_be_weighed_but_for_those_that_are_a_must(
    arguments: tuple[str, ...], code: int, said: str, run: Run, folder: Path
) -> None:
    edited(folder, SRC, UNTIDY)
    assert said in run("lint", *arguments, *DAY, code=code).said


@pytest.mark.parametrize("format_", ["json", "github", "sarif"])
def test_every_format_ends_with_the_same_code(format_: str, run: Run, folder: Path) -> None:
    edited(folder, SRC, NO_MARK)
    ended = run("lint", "--format", format_, *DAY, code=1)
    assert "HR232" in ended.stdout
    if format_ != "github":
        json.loads(ended.stdout)
    edited(folder, SRC, NO_MARK[::-1])
    assert run("lint", "--format", format_, *DAY, code=0).stdout.count("HR232") == 0


@pytest.mark.parametrize("code", [*RULES, "HR254"])
def test_every_rule_explains_itself(code: str, run: Run) -> None:
    shown = run("explain", code, code=0).stdout
    assert shown.startswith(f"{code} ")
    assert "Example" in shown
    assert "Instead" in shown


def test_nothing_that_a_pull_request_brings_is_run(folder: Path) -> None:
    ran = folder / "ran"
    for name in ("sitecustomize.py", "yaml.py", "conftest.py", "principles/sitecustomize.py", "principles/yaml.py"):
        (folder / name).write_text(f"open({str(ran)!r}, 'w').write('x')\n")
    (folder / "pyproject.toml").write_text("[tool.handrail]\nlint = {off = ['HR258']}\n")
    command = [str(Path(sys.executable).parent / "handrail"), "lint", *DAY]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder, env={**os.environ})
    assert ended.returncode == 1
    assert not ran.exists()
    assert ended.stdout.count("error[HR258]") == 2
