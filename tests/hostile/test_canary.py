"""What a project wrote and what its evidence holds comes out where it may and nowhere else: each class, each output.

The tables are the public projection (report-wording, rules 2 to 4) and the red lines (DESIGN section 5), said exactly:
a class that turns up in an output, or leaves it, has to be entered here on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from handrail.cli.app import application
from handrail.report.formats import FORMATS, PUBLIC_FORMATS
from tests.hostile.canaries import CLASSES, DECLARED, FILE, FILE_NAME, NONCE, UNDECLARED, canary, poisoned_examples

TODAY = ("--as-of", "2026-11-24")
WAIVER = {"reason", "approved_by"}

INTERNAL: Mapping[str, set[str]] = {
    "text": WAIVER,
    "json": WAIVER,
    "markdown": WAIVER,
    "html": WAIVER,
    "sarif": WAIVER,
    "junit": WAIVER,
    "github": WAIVER,
    "csv": {*WAIVER, "summary", "owner"},
    "badge": set(),
    "badge-svg": set(),
}
PUBLIC: Mapping[str, set[str]] = {
    "text": {"custodian"},  # apart from the lines that are marked as left out
    "json": {"custodian"},
    "html": {"custodian"},
    "badge": set(),
    "badge-svg": set(),
}
MESSAGES = {FILE_NAME, UNDECLARED}
"""What warnings on standard error name: files, so that they can be found."""


def classes(*texts: str) -> set[str]:
    return {name for name in CLASSES if any(canary(name) in text for text in texts)}


def run(*arguments: str) -> Result:
    ended = CliRunner().invoke(application(arguments), arguments)
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return poisoned_examples(tmp_path_factory.mktemp("canaries"))


@pytest.fixture(scope="module")
def projects(examples: Path) -> list[Path]:
    return sorted(path.parent for path in examples.glob("*/handrail.yaml"))


def outputs(projects: Iterable[Path], *arguments: str) -> tuple[set[str], set[str]]:
    """The classes on standard output and on standard error, over all projects."""
    ended = [run(arguments[0], str(project), *arguments[1:], *TODAY) for project in projects]
    assert all(one.exit_code in (0, 1) for one in ended), [one.stderr for one in ended]
    return classes(*(one.stdout for one in ended)), classes(*(one.stderr for one in ended))


def test_every_class_is_in_the_project_and_its_evidence_still_shows_what_is_asked(
    examples: Path, projects: list[Path]
) -> None:
    files = [path for path in examples.rglob("*") if path.is_file()]
    assert classes(*(path.read_text(encoding="utf-8") for path in files)) | {UNDECLARED} == set(CLASSES)
    named = [entry["path"] for project in projects for entry in _entries(project) if "path" in entry]
    there = [project / path for project in projects for path in named if (project / path).is_file()]
    assert len(there) > 60
    assert [path.name for path in there if canary(FILE) not in path.read_text(encoding="utf-8")] == []
    shown = partial = 0
    for project in projects:
        for one in json.loads(run("check", str(project), "-f", "json", *TODAY).stdout)["findings"]:
            shown += sum(piece["verdict"] == "shown" for piece in one["evidence"])
            partial += sum(piece["verdict"] in ("partial", "contradicted") for piece in one["evidence"])
    assert shown > 100, "canaries must not keep the evidence from being looked into"
    assert partial


def _entries(project: Path) -> list[dict[str, object]]:
    controls = json.loads((project / "handrail.yaml").read_text(encoding="utf-8"))["controls"]
    return [entry for answer in controls.values() for entry in answer.get("evidence", [])]


@pytest.mark.parametrize("format_", FORMATS)
def test_internal_reports(format_: str, projects: list[Path]) -> None:
    out, err = outputs(projects, "check", "--verbose", "--format", format_)
    assert out == INTERNAL[format_]
    assert err == MESSAGES


@pytest.mark.parametrize("format_", PUBLIC_FORMATS)
def test_public_reports(format_: str, projects: list[Path]) -> None:
    texts = [run("check", str(one), "--public", "--format", format_, *TODAY).stdout for one in projects]
    if format_ == "text":
        lines = [line for text in texts for line in text.split("\n")]
        texts = [line for line in lines if not line.startswith("-")]
        assert {FILE, UNDECLARED, NONCE, "access"}.isdisjoint(classes(*lines))
    assert classes(*texts) == PUBLIC[format_]


def test_proofs(projects: list[Path]) -> None:
    texts = []
    for project in projects:
        findings = json.loads(run("check", str(project), "-f", "json", *TODAY).stdout)["findings"]
        for one in findings[:: max(1, len(findings) // 12)] + [f for f in findings if f["waiver"]]:
            for format_ in ("text", "json"):
                ended = run("explain", one["control"], str(project), "--format", format_, *TODAY)
                assert ended.stderr == ""
                texts.append(ended.stdout)
    assert classes(*texts) == {"approved_by"}


@pytest.mark.parametrize(
    ("verb", "formats", "wanted"),
    [
        ("plan", ("text", "markdown", "csv", "json"), {"owner"}),
        ("forecast", ("text", "markdown", "json"), set()),
        ("statement-of-applicability", ("markdown", "csv", "json"), {*WAIVER, "justification"}),
        ("requests", ("markdown", "csv", "json"), {"owner", "custodian", FILE_NAME}),
    ],
)
def test_what_lies_ahead(verb: str, formats: tuple[str, ...], wanted: set[str], projects: list[Path]) -> None:
    for format_ in formats:
        out, err = outputs(projects, verb, "--format", format_)
        assert out <= wanted
        assert err <= MESSAGES


@pytest.mark.parametrize(("verb", "wanted"), [("statement-of-applicability", set()), ("requests", {"custodian"})])
def test_what_an_auditor_reads_in_public(verb: str, wanted: set[str], projects: list[Path]) -> None:
    for format_ in ("markdown", "csv", "json"):
        assert outputs(projects, verb, "--public", "--format", format_)[0] == wanted


def test_progress(projects: list[Path], tmp_path: Path) -> None:
    days = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, day in zip(days, ("2026-10-01", "2027-05-01"), strict=True):
        run("check", str(projects[0]), "--as-of", day, "-f", "badge", "-o", f"json={path}")
    for format_ in ("text", "markdown", "json", "html"):
        ended = run("progress", *map(str, days), "--project", str(projects[0]), "--format", format_)
        assert ended.exit_code in (0, 1), ended.stderr
        assert ended.stdout
        assert classes(ended.stdout, ended.stderr) == set()


def test_the_site(examples: Path, tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    built = run("site", "build", str(examples), "--out", str(tmp_path / "public"), *TODAY)
    assert built.exit_code == 0, built.stderr
    assert classes(built.stderr) == MESSAGES
    found = {
        path.relative_to(tmp_path / "public").as_posix(): classes(path.read_bytes().decode("utf-8", "replace"))
        for path in (tmp_path / "public").rglob("*")
        if path.is_file()
    }
    assert all(not told or path.startswith("reports/") for path, told in found.items())
    assert set().union(*found.values()) == {"custodian"}
    assert {path for path, told in found.items() if told} >= {"reports/aurora-image.html", "reports/aurora-image.json"}


def test_adding_evidence_tells_nothing_of_what_is_in_it(examples: Path, tmp_path: Path) -> None:
    # As it was written, not as JSON: this verb keeps the layout of a file.
    project = tmp_path / "project"
    project.mkdir()
    (project / "handrail.yaml").write_text(
        "handrail: 1\nproject: {id: a, name: A}\ncontrols:\n  SRC-02: {state: partial}\n"
    )
    source = next((examples / "aurora-image" / "evidence" / "data").glob("excluded-sources*"))
    file = project / source.name
    file.write_bytes(source.read_bytes())
    ended = run("evidence", "add", "SRC-02", str(file), "--project", str(project), *TODAY)
    assert ended.exit_code == 0, ended.stderr
    assert classes(ended.stdout, ended.stderr) == {FILE_NAME}


def test_nobody_publishes_who_wrote_or_how_to_reach_it() -> None:
    """The tables themselves: of what is declared, the public reads where a sealed record is held, and no more."""
    assert set().union(*PUBLIC.values()) == {"custodian"}
    never = {FILE, NONCE, UNDECLARED, "access", "justification", "reviewed_by", "consent_by"}
    assert never.isdisjoint(set().union(*INTERNAL.values()))
    assert set(DECLARED) - never == {"summary", "owner", "custodian", *WAIVER}
