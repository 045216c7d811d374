"""`statement-of-applicability` and `requests` as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from handrail.cli.app import application
from handrail.source.diagnostics import InputError
from tests.cli.in_process import handrail
from tests.cli.test_check import AURORA, ROOT

DAY = ("--as-of", "2026-11-24")
VERBS = ("statement-of-applicability", "requests")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(application(arguments), arguments)


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_no_judgement_and_ends_with_0(verb: str) -> None:
    assert handrail(verb, str(AURORA), *DAY, code=0).stdout.startswith("## ")


@pytest.mark.parametrize("verb", VERBS)
def test_outputs_are_written_beside_what_is_printed(verb: str, tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("text", "markdown", "csv", "json")}
    outputs = [part for name, path in files.items() for part in ("--output", f"{name}={path}")]
    ended = run(verb, str(AURORA), *DAY, "--format", "csv", *outputs)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout == files["csv"].read_text()
    assert json.loads(files["json"].read_text())["project"] == "aurora-image"
    assert "SRC-03" in files["markdown"].read_text()


def test_trust_and_catalog_are_taken() -> None:
    options = ("--trust", str(ROOT / "examples" / "attestors.yaml"), "--catalog", str(ROOT), "--format", "json")
    lumen = str(ROOT / "examples" / "lumen-chat")
    inherited = []
    for some in (options, options[2:]):
        rows = json.loads(run("statement-of-applicability", lumen, *DAY, *some).stdout)["controls"]
        inherited += [one["finding"] for one in rows if one["inherited_from"]]
    assert inherited == ["satisfied", "undetermined"]


@pytest.mark.parametrize("verb", VERBS)
def test_public_says_where_there_is_no_consent(verb: str, tmp_path: Path) -> None:
    (tmp_path / "handrail.yaml").write_text("handrail: 1\nproject: {id: a, name: A}\nchecklists: [first-steps]\n")
    ended = run(verb, str(tmp_path), *DAY, "--public")
    assert ended.exit_code == 0
    assert "gives no consent" in ended.stderr
    assert run(verb, str(AURORA), *DAY, "--public").stderr == ""


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--format", "xml"), "not one of text, markdown, csv, json"),
        (("--output", "csv"), "FORMAT=PATH"),
        (("--output", "pdf=a.pdf"), "not one of text, markdown, csv, json"),
        (("--as-of", "today"), "YYYY-MM-DD"),
    ],
)
def test_bad_usage_is_a_sentence_and_exit_code_2(verb: str, options: tuple[str, str], says: str) -> None:
    ended = run(verb, str(AURORA), *options)
    assert ended.exit_code == 2
    assert says in " ".join(ended.stderr.split())
    assert ended.stdout == ""


@pytest.mark.parametrize(("path", "code"), [("/no/such/place", "HR006"), (str(ROOT / "README.md"), "HR")])
def test_what_is_no_project_is_a_diagnostic(path: str, code: str) -> None:
    error = run("requests", path).exception
    assert isinstance(error, InputError)
    assert error.diagnostics[0].code.startswith(code)


def test_what_cannot_be_written_is_a_diagnostic_and_nothing_is_printed(tmp_path: Path) -> None:
    ended = run("requests", str(AURORA), *DAY, "--output", f"csv={tmp_path / 'no' / 'a.csv'}")
    assert isinstance(ended.exception, InputError)
    assert [one.code for one in ended.exception.diagnostics] == ["HR501"]
    assert ended.stdout == ""
