"""The options of `check` that compare, tighten, publish and repeat."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from handrail.report.formats import FORMATS, PUBLIC_FORMATS
from tests.cli.in_process import handrail
from tests.cli.test_check import AURORA, CHECK, ROOT

EXAMPLES = ["check", str(ROOT / "examples"), "--as-of", "2026-11-24"]


@pytest.mark.parametrize("fail_on", ["must", "never"])
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_the_same_exit_code(format_: str, fail_on: str) -> None:
    code = 0 if fail_on == "never" else 1
    assert handrail(*CHECK, "--format", format_, "--fail-on", fail_on, code=code).stdout


@pytest.mark.parametrize("format_", PUBLIC_FORMATS)
def test_public_changes_no_exit_code(format_: str) -> None:
    assert handrail(*CHECK, "--public", "--format", format_, code=1).stdout


def test_all_outputs_of_one_run_are_written(tmp_path: Path) -> None:
    outputs = [f"--output={name}={tmp_path / name}" for name in FORMATS]
    handrail(*CHECK, *outputs, "--quiet", code=1)
    assert {one.name for one in tmp_path.iterdir()} == set(FORMATS)
    for name in ("sarif", "html", "csv"):
        assert (tmp_path / name).read_text() == handrail(*CHECK, "--format", name).stdout


def test_results_point_at_lines_of_both_files_of_a_project() -> None:
    (run,) = json.loads(handrail(*CHECK, "--format", "sarif").stdout)["runs"]
    lines: dict[str, list[str]] = {}
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri, region = place["artifactLocation"]["uri"], place["region"]
        text = lines.setdefault(uri, (ROOT / uri).read_text().splitlines())[region["startLine"] - 1]
        pointed = text[region["startColumn"] - 1 : region["endColumn"] - 1]
        assert pointed in (result["ruleId"], "controls")
    assert set(lines) <= {"examples/aurora-image/handrail.yaml", "examples/organisation.yaml"}


@pytest.mark.parametrize("url", ["https://handrail.example", "https://handrail.example/"])
def test_a_site_is_given_by_option_or_variable(url: str) -> None:
    by_option = handrail(*CHECK, "--format", "sarif", "--site-url", url).stdout
    assert "https://handrail.example/principles/src.html#SRC-06" in by_option
    assert by_option == handrail(*CHECK, "--format", "sarif", env={"HANDRAIL_SITE_URL": url}).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([*CHECK, "--public", "--format", "csv"], "'csv' is not one of text, json, html"),
        ([*EXAMPLES, "--format", "badge"], "speaks of one project, and these are 3"),
        ([*EXAMPLES, "--output", "badge-svg=/tmp/x.svg"], "speaks of one project"),
        ([*CHECK, "--site-url", "javascript:alert(1)"], "not a plain http or https address"),
        ([*CHECK, "--site-url", 'https://a.example/"><script>'], "not a plain http or https address"),
        ([*CHECK, "--min-assurance", "certain"], "is not one of"),
        ([*CHECK, "--changed-since", "no-such-thing"], "there is no revision `no-such-thing`"),
        ([*CHECK, "--changed-since", str(AURORA / "handrail.yaml")], "not valid JSON"),
    ],
)
def test_bad_usage_is_a_sentence_and_exit_code_2(arguments: list[str], says: str) -> None:
    ended = handrail(*arguments, code=2)
    assert says in " ".join(ended.stderr.split())
    assert ended.stdout == ""


# --- Stricter, and new gaps only --------------------------------------------------------------


def test_a_least_assurance_changes_the_exit_code_and_no_finding() -> None:
    plain = handrail(*CHECK, "--format", "json", "--fail-on", "must", code=1).stdout
    asked = handrail(*CHECK, "--format", "json", "--min-assurance", "attested", code=1)
    assert asked.stdout == plain
    text = handrail(*CHECK, "--min-assurance", "attested", code=1).stdout
    assert "count as open for the exit code only" in " ".join(text.split())


def test_an_earlier_run_of_several_projects_is_read_back(tmp_path: Path) -> None:
    saved = tmp_path / "before.json"
    handrail(*EXAMPLES, "--output", f"json={saved}", code=1)
    again = handrail(*EXAMPLES, "--changed-since", str(saved), code=0)
    assert again.stdout.count("0 gaps at the gate are new") == 3
    assert again.stderr == ""


def test_a_gap_that_is_new_fails_and_is_named(tmp_path: Path) -> None:
    saved = tmp_path / "before.json"
    then = json.loads(handrail(*CHECK, "--format", "json").stdout)
    for finding in then["findings"]:
        if finding["control"] == "SRC-06":
            finding["finding"] = finding["own"] = "satisfied"
    saved.write_text(json.dumps(then))
    ended = handrail(*CHECK, "--changed-since", str(saved), "--format", "github", code=1)
    errors = [line for line in ended.stdout.splitlines() if line.startswith("::error")]
    assert [("SRC-06" in line) for line in errors] == [True]


def test_a_project_that_the_earlier_run_does_not_know_is_all_new(tmp_path: Path) -> None:
    saved = tmp_path / "before.json"
    handrail(*CHECK, "--output", f"json={saved}", code=1)
    ended = handrail("check", str(ROOT / "examples" / "harbor-hub"), "--changed-since", str(saved), code=1)
    assert "holds no assessment of harbor-hub" in ended.stderr


# --- Again and again --------------------------------------------------------------------------

FIRST = "handrail: 1\nproject: {id: mine, name: Mine}\nchecklists: [first-steps]\n"


def heard() -> None:
    """A shell lets what it starts in the background ignore interrupts, and these tests with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "handrail.yaml").write_text(FIRST)
    arguments = ["check", str(tmp_path), "--watch", "--as-of", "2026-11-24", "--output", "json=x.json"]
    with subprocess.Popen(
        [sys.executable, "-m", "handrail", *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=heard,
    ) as process:
        yield process
        process.kill()


def until(stream: IO[str] | None, text: str, seconds: float = 30) -> str:
    assert stream is not None
    read = ""
    end = time.monotonic() + seconds
    while text not in read:
        assert time.monotonic() < end, read
        if select.select([stream], [], [], 0.2)[0]:
            read += os.read(stream.fileno(), 65536).decode()
    return read


def test_a_change_is_judged_again_and_an_interrupt_ends_it(watching: subprocess.Popen[str], tmp_path: Path) -> None:
    file = tmp_path / "handrail.yaml"
    assert "Mine" in until(watching.stdout, "watching; Ctrl-C ends it")
    file.write_text(FIRST.replace("Mine", "Yours"))
    assert "Yours" in until(watching.stdout, "watching; Ctrl-C ends it")
    file.write_text("handrail: 1\n")
    assert "error[HR" in until(watching.stdout, "watching; Ctrl-C ends it")
    file.write_text(FIRST)
    assert "Mine" in until(watching.stdout, "watching; Ctrl-C ends it")
    watching.send_signal(signal.SIGINT)
    assert watching.wait(timeout=20) == 130


def test_its_own_output_is_no_change(watching: subprocess.Popen[str]) -> None:
    until(watching.stdout, "watching; Ctrl-C ends it")
    assert watching.stdout is not None
    assert not select.select([watching.stdout], [], [], 2.5)[0]
