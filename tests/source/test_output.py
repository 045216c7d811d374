"""Output is written whole or not at all, and never over what we did not write."""

# The calls of `os` are what fails here, one at a time, or does not.
# ruff: noqa: PT017, PTH208
from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.source.files import MARKER, OutputError, write_file, write_tree

TREE = {"index.html": b"<p>", "reports/a.html": b"a", "reports/b/c.html": b"c"}


def tree_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def test_a_file_is_written_and_replaced_with_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "f"
    write_file(target, b"one")
    target.chmod(0o640)
    write_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["f"]


@pytest.mark.parametrize("kind", ["folder", "link", "fifo"])
def test_what_is_no_regular_file_is_not_replaced_by_one(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "f"
    if kind == "folder":
        target.mkdir()
    elif kind == "link":
        (tmp_path / "other").write_bytes(b"other")
        target.symlink_to("other")
    else:
        os.mkfifo(target)
    with pytest.raises(OutputError, match="not a regular file"):
        write_file(target, b"x")
    if kind == "link":
        assert (tmp_path / "other").read_bytes() == b"other"


@pytest.mark.parametrize("name", ["absent/f", "f" * 300, "a\0b"])
def test_what_the_system_refuses_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        write_file(tmp_path / name, b"x")


def test_a_tree_replaces_the_one_before_entirely(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "public"
    write_tree(out, {**TREE, "old.html": b"old"})
    write_tree(out, TREE)
    assert tree_of(out) == TREE
    assert (out / MARKER).is_file()
    assert os.listdir(out.parent) == ["public"]


@pytest.mark.parametrize("count", [199, 200, 201])
def test_a_large_tree_is_written_too(tmp_path: Path, count: int) -> None:
    files = {f"p/{number}.html": b"x" for number in range(count)}
    write_tree(tmp_path / "out", files)
    assert tree_of(tmp_path / "out") == files


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    write_tree(tmp_path / "out", {})
    (tmp_path / "empty").mkdir()
    write_tree(tmp_path / "empty", TREE)
    assert tree_of(tmp_path / "empty") == TREE


def test_pages_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_tree(tmp_path / "out", TREE)
        write_file(tmp_path / "f", b"")
    finally:
        os.umask(mask)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "out" / "index.html").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o644


def test_a_folder_with_content_of_others_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "home"
    out.mkdir()
    (out / "letter.txt").write_text("mine")
    with pytest.raises(OutputError, match="did not write"):
        write_tree(out, TREE)
    assert tree_of(out) == {"letter.txt": b"mine"}
    assert os.listdir(tmp_path) == ["home"]


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to(".")])
def test_a_file_or_link_is_not_replaced_by_a_folder(tmp_path: Path, make: Callable[[Path], None]) -> None:
    out = tmp_path / "out"
    make(out)
    with pytest.raises(OutputError, match="not a folder"):
        write_tree(out, TREE)


@pytest.mark.parametrize(
    "paths",
    [
        ("a.html", "A.html"),
        ("d/x", "D/y"),
        ("a", "a/b"),
        ("A", "a/b"),
        ("\ufb01.html", "fi.html"),
        ("e\u0301", "\u00e9"),
        ("stra\u00dfe", "STRASSE"),
        ("/a",),
        ("../a",),
        ("a//b",),
        ("./a",),
        ("a\\b",),
        ("a\0b",),
        ("",),
        ("con",),
        ("d/NUL.html",),
        ("com1.tar.gz",),
        ("a.",),
        ("a /b",),
        (MARKER,),
    ],
    ids=repr,
)
def test_paths_that_some_system_cannot_hold_are_refused(tmp_path: Path, paths: tuple[str, ...]) -> None:
    with pytest.raises(OutputError):
        write_tree(tmp_path / "out", dict.fromkeys(paths, b""))
    assert os.listdir(tmp_path) == []


CALLS = ["open", "mkdir", "makedirs", "fsync", "rename"]


def _failing(real: Callable[..., Any], at: int, counter: list[int]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        counter[0] += 1
        if counter[0] == at:
            raise OSError(28, "No space left on device")
        return real(*arguments, **options)

    return call


def test_whichever_call_fails_the_old_tree_or_the_new_one_is_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = {"old.html": b"old", "reports/a.html": b"old"}
    failures = 0
    for name in CALLS:
        for at in range(1, 40):
            write_tree(out, old)
            counter = [0]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, name, _failing(getattr(os, name), at, counter))
                try:
                    write_tree(out, TREE)
                except OutputError as error:
                    failures += 1
                    assert "no space left" in str(error)
                    assert tree_of(out) in (old, TREE)
                else:
                    assert tree_of(out) == TREE
            # What could not be removed is the old tree, and never the name that is published.
            assert not [name for name in os.listdir(tmp_path) if name.endswith(".new")]
            if counter[0] < at:
                break
    assert failures > 20


def test_whichever_call_fails_the_old_file_or_the_new_one_is_there(tmp_path: Path) -> None:
    target = tmp_path / "f"
    failures = 0
    for name in ["open", "fsync", "replace", "chmod", "lstat"]:
        for at in range(1, 5):
            write_file(target, b"old")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, name, _failing(getattr(os, name), at, [0]))
                try:
                    write_file(target, b"new")
                except OutputError:
                    failures += 1
            assert target.read_bytes() in (b"old", b"new")
            assert os.listdir(tmp_path) == ["f"]
    assert failures >= 6
