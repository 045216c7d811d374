"""Files at a git revision: what is read, what is left out, and what is refused with a sentence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dulwich.objects import ObjectID, Tag, Tree
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.model import limits
from handrail.source.diagnostics import InputError
from handrail.source.revision import Caps, files_at, repository_of
from tests.repository import FILE, LINK, SUBMODULE, Repository

ALL = Caps()
FIRST = {"a.txt": b"one", "dir/b.txt": b"two", "dir/deep/c.txt": b"three", "other/d.txt": b"four"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, list[str]]:
    """Three commits on `main`, the last a merge; tags `light` and `heavy` on the first."""
    repository = Repository(tmp_path_factory.mktemp("made"))
    first = repository.commit(FIRST)
    side = repository.commit({"a.txt": b"side"}, parents=[first])
    merge = repository.commit({"a.txt": b"merged"}, parents=[first, side])
    tag = Tag()
    tag.name, tag.message, tag.tagger = b"heavy", b"", b"A Tester <tester@example.org>"
    tag.tag_time, tag.tag_timezone = 1_795_478_400, 0
    tag.object = (type(repository.repo[ObjectID(first.encode())]), ObjectID(first.encode()))
    repository.repo.object_store.add_object(tag)
    repository.repo.refs[b"refs/tags/heavy"] = tag.id
    repository.repo.refs[b"refs/tags/light"] = ObjectID(first.encode())
    return repository, [first, side, merge]


def said(caught: pytest.ExceptionInfo[InputError]) -> str:
    (one,) = caught.value.diagnostics
    return f"{one.code} {one.message}"


@pytest.mark.parametrize(
    ("revision", "content"),
    [
        ("HEAD", b"merged"),
        ("@", b"merged"),
        ("main", b"merged"),
        ("refs/heads/main", b"merged"),
        ("HEAD~", b"one"),
        ("main~1", b"one"),
        ("HEAD^1", b"one"),
        ("HEAD^2", b"side"),
        ("HEAD^2~1", b"one"),
        ("HEAD^2^", b"one"),
        ("HEAD^0", b"merged"),
        ("light", b"one"),
        ("heavy", b"one"),
        ("heavy~0", b"one"),
    ],
)
def test_a_revision_is_named_as_for_git(revision: str, content: bytes, made: tuple[Repository, list[str]]) -> None:
    assert files_at(made[0].folder, revision, "", caps=ALL)["a.txt"] == content


@pytest.mark.parametrize("length", [40, 12, 7])
def test_a_commit_may_be_shortened(length: int, made: tuple[Repository, list[str]]) -> None:
    assert files_at(made[0].folder, made[1][1][:length], "", caps=ALL)["a.txt"] == b"side"


@pytest.mark.parametrize(
    "revision",
    [
        "",
        "nope",
        "HEAD~9",
        "HEAD^3",
        "HEAD~99999",
        "HEAD~999999999",
        "/",
        "/main",
        "main/",
        "a//b",
        "../HEAD",
        "../../HEAD",
        "refs/../HEAD",
        "refs/heads/../../HEAD",
        "HEAD@{1}",
        "@{u}",
        ":/A",
        "main:a.txt",
        "-x",
        "ä",
    ],
)
def test_what_is_no_revision_is_told(revision: str, made: tuple[Repository, list[str]]) -> None:
    with pytest.raises(InputError) as caught:
        files_at(made[0].folder, revision, "", caps=ALL)
    assert said(caught).startswith(f"HR507 there is no revision `{revision}` in the repository")


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="HEADmain~^@{}:/.-0129ä\x00\n ", max_size=12))
def test_no_spelling_of_a_revision_is_an_error_of_ours(made: tuple[Repository, list[str]], revision: str) -> None:
    try:
        assert files_at(made[0].folder, revision, "", caps=ALL)
    except InputError as error:
        assert error.diagnostics[0].code == "HR507"  # noqa: PT017 - both ways out are right


@pytest.mark.parametrize(
    ("under", "only", "found"),
    [
        ("", (), list(FIRST)),
        ("dir", (), ["b.txt", "deep/c.txt"]),
        ("dir/deep", (), ["c.txt"]),
        ("a.txt", (), []),
        ("none", (), []),
        ("", ("a.txt", "dir/deep", "none/x"), ["a.txt", "dir/deep/c.txt"]),
        ("dir", ("deep/c.txt",), ["deep/c.txt"]),
        ("", ("a.txt/b",), []),
    ],
)
def test_the_files_of_a_folder_by_their_path_from_it(
    under: str, only: tuple[str, ...], found: list[str], made: tuple[Repository, list[str]]
) -> None:
    files = files_at(made[0].folder, "light", under, caps=ALL, only=only)
    assert list(files) == found
    assert all(data == FIRST[f"{under}/{path}".removeprefix("/")] for path, data in files.items())


def test_links_and_submodules_are_left_out(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    repository.commit(
        {"a": b"1", "link": (LINK, b"/etc/passwd"), "sub": (SUBMODULE, b"1" * 40), "run": (0o100755, b"2")}
    )
    assert files_at(repository.folder, "HEAD", "", caps=ALL) == {"a": b"1", "run": b"2"}


def test_names_that_no_checkout_holds_are_left_out(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    tree, store = Tree(), repository.repo.object_store
    for name in (b"..", b".", b".git", b".GIT", b"a\\b", b"\xff", b"fine"):
        tree[name] = (FILE, repository.blob(b"x"))
    store.add_object(tree)
    repository.tree = lambda files: tree.id  # type: ignore[method-assign]
    repository.commit({})
    assert list(files_at(repository.folder, "HEAD", "", caps=ALL)) == ["fine"]


@pytest.mark.parametrize(
    ("caps", "fits"),
    [
        (Caps(files=7), True),  # four files and three folders are met
        (Caps(files=6), False),
        (Caps(file_bytes=5), True),
        (Caps(file_bytes=4), False),
        (Caps(all_bytes=15), True),
        (Caps(all_bytes=14), False),
    ],
)
def test_no_more_is_read_than_the_caps_allow(caps: Caps, fits: bool, made: tuple[Repository, list[str]]) -> None:
    if fits:
        assert len(files_at(made[0].folder, "light", "", caps=caps)) == len(FIRST)
        return
    with pytest.raises(InputError) as caught:
        files_at(made[0].folder, "light", "", caps=caps)
    assert said(caught).startswith("HR507 there ")


@pytest.mark.parametrize(("depth", "fits"), [(limits.FOLDER_DEPTH, True), (limits.FOLDER_DEPTH + 1, False)])
def test_folders_go_no_deeper_than_a_walk_does(depth: int, fits: bool, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    repository.commit({"d/" * depth + "f": b""})
    try:
        assert len(files_at(repository.folder, "HEAD", "", caps=ALL)) == 1
        assert fits
    except InputError:
        assert not fits


def test_only_what_is_asked_for_is_read_and_a_partial_clone_is_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    repository.commit({"here/a": b"is here", "gone": b"is not here"})
    repository.forget(b"is not here")
    assert files_at(repository.folder, "HEAD", "here", caps=ALL) == {"a": b"is here"}
    assert files_at(repository.folder, "HEAD", "", caps=ALL, only=["here"]) == {"here/a": b"is here"}
    with pytest.raises(InputError) as caught:
        files_at(repository.folder, "HEAD", "", caps=ALL)
    assert "a shallow or partial clone lacks objects" in caught.value.diagnostics[0].help


def test_a_damaged_object_is_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    repository.commit({"a": b"whole"})
    sha = repository.blob(b"whole").decode()
    path = repository.folder / ".git" / "objects" / sha[:2] / sha[2:]
    path.chmod(0o644)
    path.write_bytes(b"\x78\x9cbroken")
    with pytest.raises(InputError) as caught:
        files_at(repository.folder, "HEAD", "", caps=ALL)
    assert said(caught).startswith("HR507 `HEAD` cannot be read")


def test_without_the_extra_a_sentence_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dulwich", None)
    with pytest.raises(InputError) as caught:
        files_at(tmp_path, "HEAD", "", caps=ALL)
    assert said(caught).startswith("HR506 ")
    assert 'pip install "handrail[git]"' in caught.value.diagnostics[0].help


def test_a_folder_that_is_no_repository_is_told(tmp_path: Path) -> None:
    assert repository_of(tmp_path) is None
    with pytest.raises(InputError) as caught:
        files_at(tmp_path, "HEAD", "", caps=ALL)
    assert said(caught).startswith("HR507 ")


def test_the_repository_is_the_nearest_above(tmp_path: Path) -> None:
    Repository(tmp_path / "r")
    (tmp_path / "r" / "a" / "b").mkdir(parents=True)
    (tmp_path / "way").symlink_to(tmp_path / "r" / "a")
    assert repository_of(tmp_path / "r" / "a" / "b") == (tmp_path / "r", "a/b")
    assert repository_of(tmp_path / "r") == (tmp_path / "r", "")
    assert repository_of(tmp_path / "way" / "b") == (tmp_path / "r", "a/b")


@pytest.mark.skipif(shutil.which("git") is None, reason="git, which is the oracle here, is not installed")
def test_packs_worktrees_and_alternates_are_read_as_git_reads_them(tmp_path: Path) -> None:
    def git(*arguments: str, cwd: Path) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        return subprocess.run(["git", *who, *arguments], cwd=cwd, capture_output=True, text=True, check=True).stdout

    main = tmp_path / "main"
    main.mkdir()
    git("init", "-q", cwd=main)
    text = "\n".join(f"line {number} of a register" for number in range(400))
    for day in range(3):
        (main / "a.txt").write_text(f"{text}\nday {day}\n")
        git("add", "-A", cwd=main)
        git("commit", "-qm", f"day {day}", cwd=main)
    git("repack", "-adq", "--depth=50", cwd=main)
    git("pack-refs", "--all", cwd=main)
    git("worktree", "add", "-q", str(tmp_path / "tree"), "HEAD~1", cwd=main)
    git("clone", "-q", "-s", str(main), str(tmp_path / "borrowed"), cwd=tmp_path)
    for name in ("main", "tree", "borrowed"):
        here = tmp_path / name
        for revision in ("HEAD", "HEAD~1", "main"):
            shown = git("show", f"{revision}:a.txt", cwd=here).encode()
            assert files_at(here, revision, "", caps=ALL) == {"a.txt": shown}
