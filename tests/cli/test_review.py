"""`handrail review` as a person and a pipeline run it, on a copy of the worked examples and a newer catalog."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.in_process import Run
from tests.repository import Repository

ROOT = Path(__file__).parents[2]
OLD = "an exclusion list that is\n      reviewed at a stated interval."
NEW = "an exclusion list that is\n      reviewed every quarter."
DATED, PUBLISHED = "MUST name, in a dated document", "MUST name, in a published document"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog with two statements changed, one of them answered by the organisation."""
    folder = tmp_path_factory.mktemp("newer")
    for name in ("principles", "checklists"):
        shutil.copytree(ROOT / name, folder / name)
    for path, old, new in (
        ("catalog.yaml", 'version: "1.0.0"', 'version: "1.1.0"'),
        ("develop/source-datasets.yaml", OLD, NEW),
        ("throughout/account-for-child-safety.yaml", DATED, PUBLISHED),
    ):
        text = (folder / "principles" / path).read_text()
        assert old in text
        (folder / "principles" / path).write_text(text.replace(old, new))
    return folder


@pytest.fixture
def aurora(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path / "examples" / "aurora-image"


def tree_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def changed(folder: Path, before: dict[str, bytes]) -> set[str]:
    return {name for name, data in tree_of(folder).items() if before.get(name) != data}


def test_where_all_is_current_there_is_nothing_to_review(run: Run, aurora: Path) -> None:
    assert (
        run("review", aurora, code=0).stdout
        == "Nothing to review: every answer is tied to a statement of catalog 1.0.0.\n"
    )


def test_without_a_terminal_it_lists_and_changes_nothing(run: Run, aurora: Path, newer: Path) -> None:
    before = tree_of(aurora.parent)
    ended = run("review", aurora, "--catalog", newer, code=1)
    assert ended.stdout.startswith("2 answers need review; until then none is satisfied.\n")
    text = " ".join(ended.stdout.split())
    assert "SRC-02 Exclude sources with known risk" in text
    assert "The earlier text of catalog 1.0.0 is not at hand; --against shows it from that catalog." in text
    assert "an exclusion list that is reviewed every quarter." in text
    assert "organisation.yaml: implemented" in text
    assert ended.stderr == ""
    assert tree_of(aurora.parent) == before


def test_with_the_earlier_catalog_the_words_that_changed_are_marked(run: Run, aurora: Path, newer: Path) -> None:
    ended = run("review", aurora, "--catalog", newer, "--against", ROOT, code=1)
    text = " ".join(ended.stdout.split())
    assert "that is reviewed [-at a stated interval.-] {+every quarter.+}" in text
    assert "MUST name, in a [-dated-] {+published+} document" in text


def test_the_earlier_catalog_may_be_a_git_revision(
    run: Run, aurora: Path, newer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path / "r")
    for name in ("principles", "checklists"):
        shutil.copytree(ROOT / name, tmp_path / "r" / name)
    repository.commit_folder("principles", "checklists")
    monkeypatch.chdir(tmp_path / "r")
    ended = run("review", aurora, "--catalog", newer, "--against", "HEAD", code=1)
    assert "[-at a stated interval.-] {+every quarter.+}" in " ".join(ended.stdout.split())


def test_as_json_with_both_texts(run: Run, aurora: Path, newer: Path) -> None:
    made = json.loads(run("review", aurora, "--catalog", newer, "--against", ROOT, "-f", "json", code=1).stdout)
    assert [one["id"] for one in made["answers"]] == ["SRC-02", "GOV-01"]
    first = made["answers"][0]
    assert first["reason"] == "requirement-changed"
    assert first["earlier_statement"].endswith("reviewed at a stated interval.")
    assert first["statement"].endswith("reviewed every quarter.")
    assert first["tied_to"] != first["fingerprint"]


def test_what_a_person_confirms_is_written_and_the_rest_stays_open(run: Run, aurora: Path, newer: Path) -> None:
    before = tree_of(aurora.parent)
    ended = run("review", aurora, "--catalog", newer, code=1, typed="what\ny\nn\n")
    assert "SRC-02 Exclude sources with known risk (1 of 2)" in ended.stdout
    assert "1 of 2 still to review" in ended.stderr
    assert changed(aurora.parent, before) == {"aurora-image/handrail.yaml"}
    left = json.loads(run("review", aurora, "--catalog", newer, "-f", "json", code=1).stdout)["answers"]
    assert [one["id"] for one in left] == ["GOV-01"]
    run("review", aurora, "--catalog", newer, code=0, typed="y\n")
    checked = json.loads(run("check", aurora, "--catalog", newer, "-f", "json", "--as-of", "2026-11-24", code=1).stdout)
    codes = {reason["code"] for one in checked["findings"] for reason in one["reasons"]}
    assert not {"requirement-changed", "unreviewed"} & codes


def test_ending_early_keeps_what_was_confirmed(run: Run, aurora: Path, newer: Path) -> None:
    before = tree_of(aurora.parent)
    run("review", aurora, "--catalog", newer, code=1, typed="y\ne\n")
    assert changed(aurora.parent, before) == {"aurora-image/handrail.yaml"}


@pytest.mark.parametrize("typed", ["", "y\n", "n\n"])
def test_interrupted_nothing_is_changed(typed: str, run: Run, aurora: Path, newer: Path) -> None:
    before = tree_of(aurora.parent)
    assert "interrupted: nothing was changed" in run("review", aurora, "--catalog", newer, code=130, typed=typed).stderr
    assert tree_of(aurora.parent) == before


def test_named_answers_are_confirmed_unasked(run: Run, aurora: Path, newer: Path) -> None:
    before = tree_of(aurora.parent)
    ended = run("review", aurora, "--catalog", newer, "--yes", "gov-01", "--yes", "GOV-03", code=1)
    assert "GOV-03 needs no review" in ended.stderr
    assert "1 answer is confirmed as still true:" in ended.stdout
    assert changed(aurora.parent, before) == {"organisation.yaml"}


def test_all_are_confirmed_and_shown(run: Run, aurora: Path, newer: Path) -> None:
    ended = run("review", aurora, "--catalog", newer, "--all", code=0)
    assert "2 answers are confirmed as still true:" in ended.stdout
    assert "reviewed every quarter" in " ".join(ended.stdout.split())
    assert ended.stderr.count("is now tied to catalog 1.1.0.") == 2


def test_answers_for_a_catalog_of_an_earlier_age_can_be_reviewed(
    run: Run, aurora: Path, newer: Path, tmp_path: Path
) -> None:
    shutil.copytree(newer, tmp_path / "next")
    catalog = tmp_path / "next" / "principles" / "catalog.yaml"
    catalog.write_text(catalog.read_text().replace('version: "1.1.0"', 'version: "2.0.0"'))
    assert "HR314" in run("check", aurora, "--catalog", tmp_path / "next", code=2).stderr
    run("review", aurora, "--catalog", tmp_path / "next", "--all", code=0)
    run("check", aurora, "--catalog", tmp_path / "next", "--quiet", code=1)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--yes", "SRC-99"], "there is no control 'SRC-99'"),
        (["--format", "html"], "not one of text, json"),
        (["--against", "no-such-catalog"], "no-such-catalog"),
    ],
)
def test_bad_usage_is_a_sentence(arguments: list[str], says: str, run: Run, aurora: Path) -> None:
    assert says in run("review", aurora, *arguments, code=2).said


def test_where_there_is_no_declaration_a_sentence_says_so(run: Run, tmp_path: Path) -> None:
    assert "no declaration found" in run("review", tmp_path, code=2).said


def test_a_declaration_with_an_error_is_not_reviewed(run: Run, aurora: Path, newer: Path) -> None:
    file = aurora / "handrail.yaml"
    file.write_text(file.read_text().replace("  SRC-02:", "  SRC-99:"))
    assert "error[HR301]" in run("review", aurora, "--catalog", newer, "--all", code=2).said


def test_hostile_text_is_inert(run: Run, aurora: Path, newer: Path) -> None:
    file = aurora / "handrail.yaml"
    file.write_text(file.read_text().replace("Seven classes of source are out", "Oh ::error::x ##[group]"))
    text = run("review", aurora, "--catalog", newer, code=1).stdout
    assert "error" in text
    assert not any(given in text for given in ("::error", "##["))
