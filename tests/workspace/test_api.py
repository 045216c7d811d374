"""The public Python API: few names, loaded when used, and every example in its documentation is run."""

from __future__ import annotations

import ast
import doctest
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import handrail
from handrail.cli.app import application
from handrail.source.diagnostics import Diagnostic
from handrail.workspace import api, api_asked
from tests.conftest import ROOT

DAY = date(2026, 11, 24)
EXAMPLES = {test.name: test for module in (handrail, api, api_asked) for test in doctest.DocTestFinder().find(module)}


def run(test: doctest.DocTest, names: dict[str, object]) -> dict[str, object]:
    test.globs = dict(names)
    said: list[str] = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=said.append, clear_globs=False)
    assert test.examples, f"{test.name} has no example"
    assert runner.failures == 0, "".join(said)
    return test.globs


@pytest.fixture(scope="module")
def first_lines() -> dict[str, object]:
    """What every example goes on from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return run(EXAMPLES["handrail.workspace.api"], {})


@pytest.fixture(scope="module")
def checked() -> handrail.Checked:
    return handrail.check(ROOT / "examples" / "aurora-image", as_of=DAY)


@pytest.mark.parametrize("name", [one for one in handrail.__all__ if one not in ("Assessment", "InputError")])
def test_the_example_of_each_name_is_true(
    name: str, first_lines: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    room = "api" if name in api.__all__ else "api_asked"
    test = EXAMPLES[f"handrail.workspace.{room}.{name}"]
    assert any(name in example.source for example in test.examples)
    run(test, first_lines)


def test_the_package_begins_with_a_true_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    run(EXAMPLES["handrail"], {})
    assert all(name in (handrail.__doc__ or "") for name in ("Assessment", "InputError"))


def test_there_are_at_most_fifteen_names_and_type_checkers_see_the_same() -> None:
    assert len(handrail.__all__) <= 15
    assert handrail.__all__ == sorted([*api.__all__, *api_asked.__all__])
    tree = ast.parse(Path(handrail.__file__).read_text(encoding="utf-8"))
    for_checkers = [
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module != "typing"
        for alias in node.names
        if alias.asname
    ]
    assert sorted(for_checkers) == handrail.__all__
    assert (Path(handrail.__file__).parent / "py.typed").is_file()


def test_every_public_function_says_its_errors_and_its_source() -> None:
    for name in handrail.__all__:
        if name in ("Assessment", "InputError"):
            continue
        said = getattr(handrail, name).__doc__
        assert "Source: " in said, name
        assert "Raises:" in said or name in ("Catalog", "Checked", "plan", "forecast"), name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'asses'"):
        handrail.asses  # noqa: B018
    assert set(handrail.__all__) <= set(dir(handrail))


def test_importing_the_package_loads_nothing() -> None:
    script = "import sys; before = set(sys.modules); import handrail; print(*sorted(set(sys.modules) - before))"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["handrail"]


def test_steps_one_by_one_give_what_the_one_call_gives(checked: handrail.Checked) -> None:
    catalog = handrail.load_catalog()
    project = handrail.load_declaration(ROOT / "examples" / "aurora-image" / "handrail.yaml", catalog)
    subject = handrail.observe(project, catalog, as_of=DAY)
    alone = handrail.judge(subject, catalog, as_of=DAY)
    assert alone.assessment == checked.assessment
    assert alone.files is None
    assert replace(checked, files=None) == alone
    assert handrail.render(replace(alone, files=project), "sarif") == handrail.render(checked, "sarif")


def test_the_gate_is_an_argument(checked: handrail.Checked) -> None:
    gate = handrail.judge(checked.subject, checked.catalog, as_of=DAY, fail_on="never").assessment.summary.gate
    assert gate.blocking == ()
    with pytest.raises(ValueError, match="perhaps"):
        handrail.judge(checked.subject, checked.catalog, as_of=DAY, fail_on="perhaps")


@pytest.mark.parametrize("public", [False, True])
def test_a_report_is_what_the_command_line_prints(checked: handrail.Checked, public: bool) -> None:
    given = ["check", str(ROOT / "examples" / "aurora-image"), "--as-of", "2026-11-24", "--format", "json"]
    printed = CliRunner().invoke(application(given), [*given, *(["--public"] if public else [])]).stdout
    assert handrail.render(checked, "json", public=public) == printed


def test_what_can_be_asked_of_it_speaks_of_the_same_assessment(checked: handrail.Checked) -> None:
    given = ["plan", str(ROOT / "examples" / "aurora-image"), "--as-of", "2026-11-24", "--format", "json"]
    printed = json.loads(CliRunner().invoke(application(given), given).stdout)
    assert [one.control for one in handrail.plan(checked)] == [one["id"] for one in printed["steps"]]
    assert handrail.forecast(checked, days=7).now == checked.assessment
    proof, change = handrail.explain(checked, "GOV-01")
    assert proof.finding in checked.assessment.findings
    assert change is None
    with pytest.raises(KeyError):
        handrail.explain(checked, "NONE-01")


def test_reports_name_lines_where_the_files_are_known(checked: handrail.Checked) -> None:
    lines = {
        place["physicalLocation"]["region"]["startLine"]
        for result in json.loads(handrail.render(checked, "sarif"))["runs"][0]["results"]
        for place in result["locations"]
    }
    assert len(lines) > 1
    with pytest.raises(ValueError, match="'xml' is not one of text, json"):
        handrail.render(checked, "xml")
    with pytest.raises(ValueError, match="'sarif' is not one of text, json, html"):
        handrail.render(checked, "sarif", public=True)


def test_a_public_report_leaves_out_what_is_never_published(checked: handrail.Checked) -> None:
    private = [text for one in checked.subject.declaration.waivers for text in (one.reason, one.approved_by)]
    assert private
    assert not [one for one in private if one in handrail.render(checked, "html", public=True)]


def test_warnings_go_to_who_asks_and_errors_are_raised(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "a.md").write_text("Owner: us\n")
    (tmp_path / "evidence" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    (tmp_path / "handrail.yaml").write_text(
        "handrail: 1\nproject: {id: a, name: A}\nchecklists: [first-steps]\n"
        "controls:\n  GOV-01:\n    state: implemented\n    evidence: [{for: appointment, path: evidence/a.md}]\n"
    )
    heard: list[Diagnostic] = []
    handrail.check(tmp_path, as_of=DAY, warn=heard.append)
    assert "HR401" in [one.code for one in heard]
    with pytest.raises(handrail.InputError, match="none"):
        handrail.check(tmp_path, as_of=DAY, trust=tmp_path / "none.yaml")


def test_several_projects_are_a_sentence() -> None:
    with pytest.raises(ValueError, match="declarations lie beneath"):
        handrail.check(ROOT / "examples", as_of=DAY)
