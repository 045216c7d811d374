"""A project at a git revision: the same judgement as if it had been checked out, and nothing left behind."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from handrail.catalog.default import default_bundle
from handrail.model.assessment import Assessment
from handrail.source import revision as git
from handrail.source.diagnostics import Collector, InputError
from handrail.workspace.at_revision import Earlier, project_at
from handrail.workspace.check import check_project
from tests.repository import Repository

ROOT = Path(__file__).parents[2]
EXAMPLES = ("organisation.yaml", "organisation", "attestors.yaml", "aurora-image", "harbor-hub", "lumen-chat")
BUNDLE, DIGEST = default_bundle()
JUDGE = partial(check_project, bundle=BUNDLE, digest=DIGEST, as_of=date(2026, 11, 24))


def judge(path: Path, out: Collector) -> object:
    return JUDGE(path, out=out)


def at(revision: str, declaration: Path) -> Earlier:
    return project_at(revision, declaration, BUNDLE, judge)  # type: ignore[arg-type]


def now(declaration: Path) -> Assessment:
    out = Collector()
    checked = JUDGE(declaration, out=out)
    assert checked is not None, out.sorted()
    return checked.assessment


@pytest.fixture
def examples(tmp_path: Path) -> Repository:
    shutil.copytree(ROOT / "examples", tmp_path / "r")
    return Repository(tmp_path / "r")


@pytest.mark.parametrize("name", ["aurora-image", "harbor-hub", "lumen-chat"])
def test_the_worked_examples_are_judged_as_when_they_lie_there(name: str, examples: Repository) -> None:
    declaration = examples.folder / name / "handrail.yaml"
    before = now(declaration)
    examples.commit_folder(*EXAMPLES)
    for one in EXAMPLES[:3]:
        path = examples.folder / one
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(examples.folder / name / "evidence")
    assert at("HEAD", declaration).assessment == before


def test_a_project_at_the_root_of_its_repository(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "aurora-image", tmp_path / "r")
    declaration = tmp_path / "r" / "handrail.yaml"
    declaration.write_text(declaration.read_text().replace("organisation: ../organisation.yaml\n", ""))
    repository = Repository(tmp_path / "r")
    repository.commit_folder("handrail.yaml", "evidence", "artifacts", "public")
    assert at("main", declaration).assessment == now(declaration)


def test_only_what_the_project_names_is_read(examples: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    real = git.files_at

    def noted(*arguments: object, **named: object) -> object:
        files = real(*arguments, **named)  # type: ignore[arg-type]
        read.update(files)
        return files

    monkeypatch.setattr("handrail.workspace.at_revision.files_at", noted)
    examples.commit_folder(*EXAMPLES)
    at("HEAD", examples.folder / "harbor-hub" / "handrail.yaml")
    assert {path.split("/")[0] for path in read} == {"organisation.yaml", "organisation", "harbor-hub"}
    assert "harbor-hub/public/index.html" not in read


def test_nothing_is_left_behind(examples: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "private"))
    modes: list[int] = []

    def looking(path: Path, out: Collector) -> object:
        modes.append((tmp_path / "private" / path.relative_to(tmp_path / "private").parts[0]).stat().st_mode & 0o777)
        return judge(path, out)

    examples.commit_folder(*EXAMPLES)
    declaration = examples.folder / "harbor-hub" / "handrail.yaml"
    assert project_at("HEAD", declaration, BUNDLE, looking).assessment is not None  # type: ignore[arg-type]
    assert modes == [0o700]
    with pytest.raises(InputError):
        at("HEAD~1", declaration)
    assert list((tmp_path / "private").iterdir()) == []


DECLARATION = b"handrail: 1\nproject: {id: mine, name: Mine}\nchecklists: [first-steps]\n"
ANSWER = b"controls:\n  GOV-01:\n    state: implemented\n    evidence:\n      - {for: appointment, path: %s}\n"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"other": b""}, "there is no `p/handrail.yaml` at `HEAD`"),
        ({"p/handrail.yaml": b"handrail: [\n"}, "cannot be judged by this catalog: "),
        ({"p/handrail.yaml": b"handrail: 1\n"}, "cannot be judged by this catalog: "),
        ({"p/handrail.yaml": DECLARATION + b"controls: {XXX-01: {state: planned}}\n"}, "there is no control `XXX-01`"),
        ({"p/handrail.yaml": DECLARATION + b"organisation: ../../o.yaml\n"}, "`o.yaml` does not exist"),
        ({"p/handrail.yaml": DECLARATION + b"organisation: ../../../../../o.yaml\n"}, "4 folders up"),
        ({"p/handrail.yaml": DECLARATION + ANSWER % b"'..\\x'"}, "is not a plain path downwards"),
        ({"p/handrail.yaml": DECLARATION + ANSWER % b"/etc/passwd"}, "is an absolute path"),
        ({"p/handrail.yaml": DECLARATION + ANSWER % b"../../../../etc/passwd"}, "is not a plain path downwards"),
    ],
)
def test_what_cannot_be_judged_there_is_a_clause_and_no_error(
    files: dict[str, bytes], says: str, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "r")
    repository.commit(files)
    (repository.folder / "p").mkdir()
    earlier = at("HEAD", repository.folder / "p" / "handrail.yaml")
    assert earlier.assessment is None
    assert says in earlier.why_not


def test_a_file_kept_in_lfs_says_nothing_of_then(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    repository.commit({"handrail.yaml": DECLARATION + ANSWER % b"a/b.md", "a/b.md": pointer})
    with pytest.raises(InputError, match=r"`a/b\.md` at `HEAD` is kept in git LFS"):
        at("HEAD", repository.folder / "handrail.yaml")


def test_no_way_up_leads_out_of_the_private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for folder in (tmp_path, tmp_path.parent):
        (folder / "o.yaml").write_bytes(b"handrail: 1\norganisation: {id: they, name: They}\n")
    repository = Repository(tmp_path / "r")
    for ups in range(1, 5):
        repository.commit({"handrail.yaml": DECLARATION + b"organisation: " + b"../" * ups + b"o.yaml\n"})
        assert "`o.yaml` does not exist" in at("HEAD", repository.folder / "handrail.yaml").why_not


def test_outside_of_any_repository_there_is_no_revision(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lies in no git repository"):
        at("main", tmp_path / "handrail.yaml")
