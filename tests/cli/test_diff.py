"""`handrail diff`: folders, bundles and git revisions in; text, Markdown and JSON out; exit codes; bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalog.compare_cases import FILES, FIRST, RELEASES, SRC
from tests.cli.in_process import Run

LIST = "checklists/developer.yaml"


def written(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """The small catalog in a folder, with edits as (path, old, new)."""
    for path, text in FILES.items():
        for where, old, new in edits:
            if where == path:
                assert old in text, old
                text = text.replace(old, new, 1)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return written(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return written(
        tmp_path / "new",
        (SRC, FIRST, "Every dataset MUST stand in a dated register."),
        (SRC, "messaging: [none]", "messaging: [none, private]"),
        (SRC, "Ask whoever", "Ask anyone who"),
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    text = """\
handrail: 1
project: {id: painter-one, name: Painter One}
facts: {role: [developer], modality: [image], messaging: private, jurisdiction: [us]}
checklists: [developer]
controls:
  SRC-01: {state: planned, due: 2027-01-01}
  SRC-02: {state: not-implemented}
"""
    (folder / "handrail.yaml").write_text(text, encoding="utf-8")
    return folder


def in_repository(folder: Path) -> None:
    """Make the folder a git checkout with all of it committed."""
    porcelain = pytest.importorskip("dulwich.porcelain")
    with porcelain.init(str(folder)) as made:
        paths = [str(path) for path in sorted(folder.rglob("*.yaml"))]
        porcelain.add(made, paths=paths)
        porcelain.commit(made, message=b"First", author=b"A <a@b.example>", committer=b"A <a@b.example>")


def test_the_text_says_what_changed_and_which_version_it_needs(old: Path, new: Path, run: Run) -> None:
    said = run("diff", old, new, code=0).stdout
    assert "3 changes: 1 breaking, 1 weakening and 1 editorial." in said
    step = "After 1.1.0 this is a major step: the next release is 2.0.0 at least; it still says 1.1.0."
    assert step in " ".join(said.split())
    assert "MUST stand in a {+dated+} register." in said
    assert "For example a project with messaging: private." in said
    assert "SRC-02 Screen images\n      guidance" in said


def test_markdown_is_for_a_comment(old: Path, new: Path, run: Run) -> None:
    said = run("diff", old, new, "-f", "markdown", code=0).stdout
    assert said.startswith(f"## From {str(old)[:4]}")
    assert "### Weakening: less suffices, or readers are told less" in said
    assert "- **SRC-01 Keep a register**" in said


def test_json_gives_every_change_with_its_class(old: Path, new: Path, run: Run) -> None:
    given = json.loads(run("diff", old, new, "-f", "json", "--fail-on", "breaking", code=1).stdout)
    assert [(one["id"], one["change"], one["class"], one["step"], one["failing"]) for one in given["changes"]] == [
        ("SRC-01", "statement-changed", "breaking", "major", True),
        ("SRC-02", "scope-narrowed", "weakening", "major", False),
        ("SRC-02", "prose-changed", "editorial", "patch", False),
    ]
    assert given["needed_step"] == "major"
    assert given["given_step"] == "none"
    assert given["next_version"] == "2.0.0"
    assert given["changes"][1]["witness"] == {"messaging": ["private"]}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 0),
        (["--fail-on", "never"], 0),
        (["--fail-on", "breaking"], 1),
        (["--fail-on", "weakening"], 1),
        (["--fail-on", "breaking", "--because", "SRC-01=the register is dated by law now"], 0),
        (["--fail-on", "weakening", "--because", "SRC-01=so", "--because", "SRC-02=so"], 0),
    ],
)
def test_the_exit_code_follows_from_what_carries_no_reason(
    options: list[str], code: int, old: Path, new: Path, run: Run
) -> None:
    for format_ in ("text", "markdown", "json"):
        run("diff", old, new, *options, "-f", format_, code=code)


def test_an_error_fails_whatever_the_options_say(old: Path, tmp_path: Path, run: Run) -> None:
    changed = written(tmp_path / "new", (RELEASES, "2026-01-01", "2026-01-02"))
    said = run("diff", old, changed, "--because", "catalog=a slip", code=1).stdout
    assert "Errors: these break the rules by which ids and releases are kept" in said
    assert "1 error: an id keeps its meaning for ever" in said


def test_a_bundle_is_a_side_too(old: Path, new: Path, tmp_path: Path, run: Run) -> None:
    bundle = tmp_path / "old.json"
    run("bundle", old, "--out", bundle, code=0)
    assert "3 changes" in run("diff", bundle, new, code=0).stdout
    assert "Nothing that the catalog means has changed." in run("diff", bundle, old, code=0).stdout


@pytest.mark.parametrize(("where", "name"), [("", "HEAD"), ("", "HEAD:"), ("sub", "HEAD:"), ("sub", "HEAD:./..")])
def test_a_revision_is_a_side_and_this_folder_the_other(
    where: str, name: str, old: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_repository(old)
    written(old, (SRC, "level: should", "level: must"))
    (old / "sub").mkdir()
    monkeypatch.chdir(old / where)
    said = run("diff", name, *([] if where == "" else [".."]), code=0).stdout
    assert "SRC-02 Screen images\n      The level is higher: should \u2192 must" in said


def test_a_catalog_may_lie_in_a_folder_of_the_repository(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "repository" / "deep" / "catalog")
    in_repository(tmp_path / "repository")
    monkeypatch.chdir(tmp_path / "repository")
    assert "Nothing" in run("diff", "HEAD:deep/catalog", "deep/catalog", code=0).stdout
    monkeypatch.chdir(tmp_path / "repository" / "deep" / "catalog")
    assert "Nothing" in run("diff", "HEAD", code=0).stdout


def test_a_path_that_exists_is_no_revision(old: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    in_repository(old)
    written(old / "HEAD", (SRC, "level: should", "level: must"))
    monkeypatch.chdir(old)
    assert "The level is lower: must \u2192 should" in run("diff", "HEAD", code=0).stdout


# Bad input


def test_the_same_id_taken_twice_is_shown_as_lint_shows_it(old: Path, tmp_path: Path, run: Run) -> None:
    """Two contributors each took the next free id."""
    changed = written(tmp_path / "new", (SRC, "- id: SRC-03\n    title: Try", "- id: SRC-02\n    title: Try"))
    said = run("diff", old, changed, code=2)
    assert "error[HR202]: control `SRC-02` is given twice" in said.stderr
    assert f"{changed.as_posix()}/{SRC}:" in said.stderr
    assert "- id: SRC-02" in said.stderr
    assert said.stdout == ""


def test_what_is_wrong_with_both_is_told_of_both(old: Path, new: Path, run: Run) -> None:
    (old / SRC).write_text("principle: [\n", encoding="utf-8")
    (new / LIST).write_text("checklist: {}\n", encoding="utf-8")
    said = run("diff", old, new, code=2).stderr
    assert f"{old.as_posix()}/{SRC}:" in said
    assert f"{new.as_posix()}/{LIST}:" in said


def test_a_broken_revision_shows_its_lines(old: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    good = (old / SRC).read_text(encoding="utf-8")
    (old / SRC).write_text(good.replace("level: should", "level: shoud"), encoding="utf-8")
    in_repository(old)
    (old / SRC).write_text(good, encoding="utf-8")
    monkeypatch.chdir(old)
    said = run("diff", "HEAD", code=2).stderr
    assert f"HEAD:{SRC}:" in said
    assert "level: shoud" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "new"], "`nowhere` is no folder and no file, and this folder lies in no git repository"),
        (["old"], "there is no `principles/catalog.yaml` here"),
        (["old", "new/principles/catalog.yaml"], "is not a bundle that this version reads"),
        (["old", "new", "--fail-on", "worse"], "'worse' is not one of editorial, clarifying"),
        (["old", "new", "-f", "html"], "'html' is not one of text, markdown, json"),
        (["old", "new", "--because", "SRC-01"], "'SRC-01' is not of the form ID=REASON"),
        (["old", "new", "--because", "SRC-77=so"], "nothing of 'SRC-77' has changed"),
        (["old", "new", "--impact", "nowhere"], "no declaration found at `nowhere`"),
        (["old", "new\x1b[2J::error::x"], "\\x1b[2J"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(
    arguments: list[str], sentence: str, old: Path, new: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(old.parent)
    said = run("diff", *arguments, code=2)
    assert sentence in said.said
    assert "\x1b" not in said.stderr


@pytest.mark.parametrize("name", ["HEAD~9", "no-such-branch", "HEAD:../..", "HEAD:/etc", "HEAD:nowhere", "-x", ":"])
def test_a_revision_that_is_none_is_a_sentence(name: str, old: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    in_repository(old)
    monkeypatch.chdir(old)
    said = run("diff", "--", name, code=2).said
    assert "help:" in said


# Impact


def test_the_impact_counts_and_names_only_where_asked(old: Path, new: Path, project: Path, run: Run) -> None:
    options = ("diff", old, new, "--impact", project, "--as-of", "2026-11-24")
    for format_ in ("text", "markdown", "json"):
        assert "painter" not in run(*options, "-f", format_, code=0).stdout
        assert "painter-one" in run(*options, "-f", format_, "--names", code=0).stdout.replace("\\", "")
    said = run(*options, code=0).stdout
    assert "Impact on 1 project, as of 2026-11-24\n  1 project is concerned, 0 not." in said
    assert (
        "SRC-02 Screen images\n      not-satisfied \u2192 not-applicable: 1 project\n      MUST gap closed: 1 project"
        in said
    )
    assert "SRC-01 Keep a register\n      Answer to be reviewed: 1 project" not in said  # it is tied to no text


def test_the_impact_is_no_veto(old: Path, tmp_path: Path, project: Path, run: Run) -> None:
    stricter = written(tmp_path / "stricter", (SRC, "messaging: [none]", "messaging: [none, private]"))
    options = ("--impact", project, "--as-of", "2026-11-24")
    said = run("diff", stricter, old, *options, "--fail-on", "weakening", code=0).stdout
    assert "MUST gap from today: 1 project" in said
    assert said.endswith("This informs and decides nothing: no exit code follows from it.\n")


def test_what_cannot_be_read_is_told_beside_what_can(old: Path, new: Path, project: Path, run: Run) -> None:
    broken = project.parent / "records.ndjson"
    broken.write_text("{}\n", encoding="utf-8")
    said = run("diff", old, new, "--impact", broken, "--impact", project, "--as-of", "2026-11-24", code=2)
    assert "Impact on 1 project" in said.stdout
    assert "error[HR102]" in said.stderr


def test_two_runs_give_the_same_bytes_in_a_process_of_their_own(old: Path, new: Path, project: Path) -> None:
    command = [sys.executable, "-m", "handrail", "diff", str(old), str(new), "--impact", str(project), "-f", "json"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795478400"}
    made = [subprocess.run(command, capture_output=True, check=True, env=environment).stdout for _ in range(2)]
    assert made[0] == made[1]
    assert json.loads(made[0])["impact"]["projects"] == 1


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")


def test_other_files_are_named_and_none_is_run(old: Path, new: Path, tmp_path: Path, run: Run) -> None:
    ran = tmp_path / "ran"
    hostile = f"open({str(ran)!r}, 'w')\n"
    for path, before, after in (
        (".github/CODEOWNERS", "* @stewards\n", "* @me\n"),
        ("sitecustomize.py", None, hostile),
        ("tests/conftest.py", None, hostile),
        ("README.md", "a\n", "b\n"),
        ("notes.txt", "as it was\n", "as it was\n"),
        ("GOVERNANCE.md", "rules\n", None),
    ):
        for folder, text in ((old, before), (new, after)):
            if text is not None:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
    (new / "linked.md").symlink_to("/etc/hostname")
    ended = run("diff", old, new, "--beside", "--format", "json", code=0)
    assert [(one["path"], one["how"]) for one in json.loads(ended.stdout)["beside"]] == [
        (".github/CODEOWNERS", "changed"),
        ("GOVERNANCE.md", "removed"),
        ("sitecustomize.py", "added"),
        ("tests/conftest.py", "added"),
        ("README.md", "changed"),
        ("linked.md", "added"),
    ]
    text = run("diff", old, new, "--beside").stdout
    assert ".github/CODEOWNERS: changed\n      It decides who reviews, or by which rules." in text
    assert "2 other files, none of which a tool runs." in text
    assert "Beside the catalog" not in run("diff", old, new).stdout
    assert not ran.exists()


def test_only_two_folders_have_other_files(old: Path, tmp_path: Path, run: Run) -> None:
    run("bundle", old, "--out", tmp_path / "b.json", code=0)
    assert "two folders" in run("diff", old, tmp_path / "b.json", "--beside", code=2).said
