"""`handrail new` as a contributor runs it, in a catalog's folder, with a terminal and without."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from handrail.catalog.scaffold_rows_around import FORMS
from tests.catalog.cases import SRC, overlaid
from tests.cli.in_process import Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog, in which the contributor stands."""
    monkeypatch.chdir(overlaid(tmp_path))
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_control_is_begun_and_lint_names_what_is_left_to_write(run: Run, folder: Path) -> None:
    ended = run("new", "control", "SRC", "--title", "List the readers", "--level", "must", code=0)
    assert ended.stdout == ""
    assert f"Wrote {SRC}:46: control SRC-03, with 5 blanks." in ended.said
    assert "handrail lint" in ended.said
    told = run("lint", "--as-of", "2026-11-24", code=1).stdout
    assert told.count("error[HR254]") == 5
    assert "`statement` of `SRC-03` is still to be written: who MUST, SHOULD or MAY do what" in told
    assert "5 errors" in told


def test_with_every_answer_given_nothing_is_left(run: Run, folder: Path) -> None:
    run(
        *("new", "control", "SRC", "--title", "List the readers", "--level", "must", "--scope", "organisation"),
        *("--statement", "The organisation MUST list who may read the data.", "--effort", "S"),
        *("--question", "Is there a list of who may read the data?", "--applies-when", "role=developer"),
        *("--guidance", "1. Write the names down.\n2. Ask who else there is.", "--disclosure", "principle"),
        code=0,
    )
    ended = run("lint", "--as-of", "2026-11-24", code=0)
    assert ended.stdout == ""
    assert "applies_when: {role: [developer]}" in (folder / SRC).read_text()


def test_it_is_found_from_a_folder_below(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "principles" / "develop")
    run("new", "reference", "--id", "code", code=0)
    assert (folder / "principles/references/code.yaml").is_file()


def test_where_there_is_no_catalog_it_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "holds a catalog" in run("new", "control", "SRC", code=2).said
    assert "there is no catalog in" in run("new", "control", "SRC", "--catalog", tmp_path, code=2).said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["control"], "PRINCIPLE: say it: Which principle does it belong to?"),
        (["control", "SCR"], "did you mean `SRC`?"),
        (["control", "SRC", "--level", "mst"], "--level: there is no 'mst'; did you mean `must`?"),
        (["control", "SRC", "--kind", "movie"], "--kind: there is no 'movie'"),
        (["control", "SRC", "--applies-when", "rol=developer"], "there is no fact 'rol'; did you mean `role`?"),
        (["control", "SRC", "--applies-when", "role"], "'role' has no ''; there are: developer, host"),
        (["control", "SRC", "--title", "\x1b[2J"], "--title: it holds a character that cannot be shown"),
        (["principle", "--id", "CAR"], "--phase: say it"),
        (["principle", "--id", "SRC", "--phase", "deploy"], "is a principle already: Source data with care"),
        (["principle", "--id", "CAR", "--phase", "deploy", "--steward", "them"], "--steward: there is no 'them'"),
        (["checklist", "--id", "developer"], "there is a checklist `developer` already"),
        (["checklist", "--id", "../../x"], "small letters and hyphens"),
        (["checklist", "--id", "one", "--control", "SRC-99"], "--control: there is no 'SRC-99'"),
        (["reference"], "--id: say it"),
        (["steward", "--id", "us"], "there is a steward `us` already"),
    ],
)
def test_what_cannot_stand_is_told_and_nothing_is_written(
    arguments: list[str], said: str, run: Run, folder: Path
) -> None:
    before = files(folder)
    assert said in run("new", *arguments, code=2).said
    assert files(folder) == before


def test_a_file_that_is_there_is_never_written_over(run: Run, folder: Path) -> None:
    path = folder / "principles/deploy/take-care.yaml"
    path.parent.mkdir()
    path.write_text("# mine\n")
    arguments = ("new", "principle", "--id", "CAR", "--phase", "deploy", "--title", "Take care")
    assert "is there already and stays as it is" in run(*arguments, code=2).said
    assert path.read_text() == "# mine\n"


def test_nothing_is_written_behind_a_link(run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "principles/deploy").symlink_to(elsewhere)
    run("new", "principle", "--id", "CAR", "--phase", "deploy", code=2)
    assert list(elsewhere.iterdir()) == []


def test_at_a_terminal_it_asks_and_a_mistake_is_asked_again(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    typed = "\n".join(
        ["nothing", "1", "List the readers", "", "?", "Is there?", "3", "1", "role", "1", "", "", "S", ""]
    )
    ended = run("new", "control", typed=typed + "\n", code=0)
    assert "is none of them" in ended.said
    assert "Which values of role?" in ended.said
    text = (folder / SRC).read_text()
    for line in ("title: List the readers", "Is there?", "level: must", "scope: organisation", "effort: S"):
        assert line in text
    assert "... who MUST, SHOULD or MAY do what" in text
    assert "applies_when: {role: [developer]}" in text
    assert "guidance: |\n      ..." in text, "a text of several lines is left to an editor"


def test_interrupted_nothing_is_written(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    before = files(folder)
    assert "Stopped; nothing was written." in run("new", "steward", typed="them\nThey who help\n", code=130).said
    assert files(folder) == before


@pytest.mark.parametrize("form", FORMS)
def test_every_question_has_an_option_with_its_words(form: str, run: Run) -> None:
    shown = " ".join(run("new", form, "--help", code=0).stdout.split())
    for field in FORMS[form].fields:
        if field.question:
            assert f"--{field.key} " in shown
            assert field.question in shown
