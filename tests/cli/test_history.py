"""`check --record`, `progress --since` and `check --changed-since REV`, on copies of the worked examples."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from handrail.cli import check_run, messages
from tests.cli.in_process import Run
from tests.repository import Repository

ROOT = Path(__file__).parents[2]
DAY = ("--as-of", "2026-11-24")
RECORD = ".handrail/history/aurora-image/2026-11-24.json"
PARTS = ("organisation.yaml", "organisation", "attestors.yaml", "aurora-image", "harbor-hub", "lumen-chat")


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path / "examples"


@pytest.fixture
def aurora(examples: Path) -> Path:
    return examples / "aurora-image"


# --- Recording ------------------------------------------------------------------------------------


def test_the_record_is_the_assessment_of_the_day(run: Run, aurora: Path) -> None:
    ended = run("check", aurora, *DAY, "--record", "--format", "json", code=1)
    assert (aurora / RECORD).read_text() == ended.stdout
    assert ended.stderr == f"recorded in {aurora / RECORD}\n"


def test_without_being_asked_nothing_is_recorded(run: Run, aurora: Path) -> None:
    run("check", aurora, *DAY, code=1)
    assert not (aurora / ".handrail").exists()


def test_each_project_of_a_run_is_recorded_beside_its_declaration(run: Run, examples: Path) -> None:
    assert run("check", examples, *DAY, "--record", "--quiet", code=1).stderr == ""
    found = sorted(path.relative_to(examples).as_posix() for path in examples.rglob(".handrail/**/*.json"))
    names = ("aurora-image", "harbor-hub", "lumen-chat")
    assert found == [f"{name}/.handrail/history/{name}/2026-11-24.json" for name in names]


def test_a_history_that_is_a_link_is_not_written_to(run: Run, aurora: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (aurora / ".handrail").symlink_to(tmp_path / "elsewhere")
    ended = run("check", aurora, *DAY, "--record", code=2)
    assert "error[HR501]" in ended.stderr
    assert "lies behind a link" in ended.said
    assert list((tmp_path / "elsewhere").iterdir()) == []


# --- Progress -------------------------------------------------------------------------------------


def test_progress_since_a_day_is_progress_since_its_newest_record(run: Run, aurora: Path, tmp_path: Path) -> None:
    for day in ("2026-10-01", "2026-11-24", "2027-03-01"):
        run("check", aurora, "--as-of", day, "--record", "-q")
    later = ("--as-of", "2027-03-24")
    (tmp_path / "now.json").write_text(run("check", aurora, *later, "-f", "json").stdout)
    for since, record in (("2026-11-24", "2026-11-24"), ("2027-02-28", "2026-11-24"), ("2030-01-01", "2027-03-01")):
        old = aurora / f".handrail/history/aurora-image/{record}.json"
        told = run("progress", "--since", since, aurora, *later, "-f", "json", code=0).stdout
        assert told == run("progress", old, tmp_path / "now.json", "-f", "json", code=0).stdout
    assert run("progress", aurora, "--since", "2026-11-24", *later, "-f", "html", code=0).stdout.startswith("<!doctype")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--since", "2026-11-23"], "has no record of 2026-11-23 or before; the first is of 2026-11-24"),
        (["--since", "soon"], "YYYY-MM-DD"),
        (["a.json", "b.json", "--since", "2026-11-24"], "one project at most"),
        ([], "give two assessments, or --since"),
        (["a.json"], "give two assessments, or --since"),
    ],
)
def test_bad_usage_is_a_sentence(arguments: list[str], says: str, run: Run, aurora: Path) -> None:
    run("check", aurora, *DAY, "--record", "-q")
    given = [*arguments, str(aurora)] if len(arguments) == 2 else arguments
    assert says in run("progress", *given, *DAY, code=2).said


def test_without_any_record_the_way_to_one_is_told(run: Run, aurora: Path) -> None:
    assert "`handrail check --record` keeps one" in run("progress", "--since", "2026-11-24", aurora, *DAY, code=2).said


def test_a_damaged_record_is_told_and_nothing_is_made_of_it(run: Run, aurora: Path) -> None:
    run("check", aurora, *DAY, "--record", "-q")
    (aurora / RECORD).write_text((aurora / RECORD).read_text()[:1000])
    ended = run("progress", "--since", "2026-11-24", aurora, *DAY, code=2)
    assert "error[HR405]" in ended.stderr
    assert RECORD in ended.stderr
    assert ended.stdout == ""


# --- New gaps since a revision --------------------------------------------------------------------


def gaps(run: Run, path: Path, revision: str, *, code: int) -> tuple[str, str]:
    ended = run("check", path, *DAY, "--changed-since", revision, code=code)
    return " ".join(ended.stdout.split()), ended.stderr


def test_only_what_opened_since_the_revision_is_a_new_gap(run: Run, examples: Path) -> None:
    repository, aurora = Repository(examples), examples / "aurora-image"
    repository.commit_folder(*PARTS)
    assert "0 gaps at the gate are new" in gaps(run, aurora, "HEAD", code=0)[0]
    (aurora / "evidence" / "data" / "excluded-sources.csv").unlink()
    text, told = gaps(run, aurora, "main", code=1)
    assert "1 gap at the gate is new" in text
    assert told == ""
    repository.commit_folder(*PARTS)
    assert "0 gaps at the gate are new" in gaps(run, aurora, "main", code=0)[0]
    assert "1 gap at the gate is new" in gaps(run, aurora, "main~1", code=1)[0]
    assert gaps(run, examples, "main", code=0)[0].count("0 gaps at the gate are new") == 3


def test_a_project_that_was_not_there_is_all_new(run: Run, examples: Path) -> None:
    Repository(examples).commit_folder("organisation.yaml")
    _, told = gaps(run, examples / "aurora-image", "HEAD", code=1)
    assert told == "there is no `aurora-image/handrail.yaml` at `HEAD`: every gap of aurora-image is new\n"


def test_a_project_that_was_another_is_all_new(run: Run, examples: Path) -> None:
    file = examples / "aurora-image" / "handrail.yaml"
    now = file.read_text()
    file.write_text(now.replace("  id: aurora-image", "  id: borealis"))
    Repository(examples).commit_folder(*PARTS)
    file.write_text(now)
    _, told = gaps(run, file, "HEAD", code=1)
    assert told == "at `HEAD` the project was `borealis`, not `aurora-image`: every gap of aurora-image is new\n"


def test_a_file_of_that_name_is_read_as_a_file(run: Run, examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Repository(examples).commit_folder(*PARTS)
    monkeypatch.chdir(examples)
    (examples / "main").write_text(run("check", "aurora-image", *DAY, "-f", "json").stdout)
    (examples / "aurora-image" / "evidence" / "data" / "excluded-sources.csv").unlink()
    Path("main").write_text(run("check", "aurora-image", *DAY, "-f", "json").stdout)
    assert "0 gaps at the gate are new" in gaps(run, Path("aurora-image"), "main", code=0)[0]
    Path("main").unlink()
    assert "1 gap at the gate is new" in gaps(run, Path("aurora-image"), "main", code=1)[0]


@pytest.mark.parametrize(
    ("in_git", "revision", "says"),
    [
        (True, "before.json", "there is no revision `before.json` in the repository"),
        (True, "aurora-image", "there is no revision `aurora-image`"),
        (False, "HEAD", "lies in no git repository that could have such a revision"),
    ],
)
def test_what_is_neither_a_file_nor_a_revision_is_told(
    in_git: bool, revision: str, says: str, run: Run, examples: Path
) -> None:
    if in_git:
        Repository(examples).commit_folder("organisation.yaml")
    ended = run("check", examples / "aurora-image", *DAY, "--changed-since", revision, code=2)
    assert "error[HR507]" in ended.stderr
    assert says in ended.said
    assert ended.stdout == ""


def test_without_the_extra_a_sentence_names_it(run: Run, examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Repository(examples).commit_folder(*PARTS)
    monkeypatch.setitem(sys.modules, "dulwich", None)
    ended = run("check", examples / "aurora-image", *DAY, "--changed-since", "HEAD", code=2)
    assert "error[HR506]: reading a git revision needs the package `dulwich`" in ended.stderr
    assert 'pip install "handrail[git]"' in ended.stderr


# --- Those who wait, and whom to trust ------------------------------------------------------------


class Screen(io.StringIO):
    """Standard error that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "patience", "quiet", "told"),
    [(True, 0.0, False, True), (True, 60.0, False, False), (False, 0.0, False, False), (True, 0.0, True, False)],
)
def test_how_far_a_long_run_is_is_told_to_a_person_only(
    terminal: bool, patience: float, quiet: bool, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(messages, "PATIENCE", patience)
    monkeypatch.setattr(messages, "PAUSE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    paths = [Path("a"), Path("b"), Path("c")]
    assert list(check_run._told(paths, quiet=quiet)) == paths
    wanted = "".join(f"\r\x1b[Kchecking project {number} of 3" for number in (1, 2, 3)) + "\r\x1b[K" if told else ""
    assert screen.getvalue() == wanted


def test_a_line_that_stays_is_not_written_behind_one_that_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(messages, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with messages.Waiting() as waiting:
        waiting.tell("half of it")
        waiting.say("Aurora: no page")
    assert screen.getvalue() == "\r\x1b[Khalf of it\r\x1b[KAurora: no page\n"


@pytest.mark.parametrize("verb", [["plan"], ["forecast", "--days", "1"], ["progress", "--since", "2026-11-24"]])
def test_the_readers_attestors_count_in_every_verb_that_judges(verb: list[str], run: Run, examples: Path) -> None:
    lumen = examples / "lumen-chat"
    run("check", lumen, *DAY, "--record", "-q")
    plain = run(*verb, lumen, *DAY, "-f", "json", code=0).stdout
    trusting = run(*verb, lumen, *DAY, "-f", "json", "--trust", examples / "attestors.yaml", code=0).stdout
    assert trusting != plain
