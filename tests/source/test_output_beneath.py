"""One file written beneath a folder: whole, and never through a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.source.files import FileRefused, OutputError
from handrail.source.output_beneath import write_beneath


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_folders_are_made_and_an_old_file_is_replaced(tmp_path: Path) -> None:
    for data in (b"old", b"new"):
        write_beneath(tmp_path, ".a/b/c.json", data)
    assert (tmp_path / ".a/b/c.json").read_bytes() == b"new"
    assert names(tmp_path) == [".a", ".a/b", ".a/b/c.json"]


def test_the_root_may_be_a_link_since_the_person_chose_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "way").symlink_to("real")
    write_beneath(tmp_path / "way", "a", b"x")
    assert (tmp_path / "real" / "a").read_bytes() == b"x"


@pytest.mark.parametrize("at", ["a", "a/b", "a/b/c"])
@pytest.mark.parametrize("leads_to", ["folder", "file", "nowhere"])
def test_no_link_on_the_way_is_followed_or_replaced(at: str, leads_to: str, tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    outside.mkdir(parents=True)
    (outside / "file").write_bytes(b"mine")
    (root / at).parent.mkdir(parents=True)
    (root / at).symlink_to({"folder": outside, "file": outside / "file", "nowhere": outside / "none"}[leads_to])
    with pytest.raises(OutputError, match="lies behind a link"):
        write_beneath(root, "a/b/c", b"x")
    assert (root / at).is_symlink()
    assert names(outside) == ["file"]
    assert (outside / "file").read_bytes() == b"mine"
    assert len(names(root)) == at.count("/") + 1, "nothing is left behind"


def test_what_is_no_file_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(OutputError, match="was left as it is"):
        write_beneath(tmp_path, "a/b", b"x")
    (tmp_path / "f").write_bytes(b"mine")
    with pytest.raises(OutputError, match="was left as it is"):
        write_beneath(tmp_path, "f/b", b"x")
    assert (tmp_path / "f").read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file or directory"):
        write_beneath(tmp_path / "none", "a", b"x")


@pytest.mark.parametrize("path", ["/a", "../a", "a/../b", "a//b", ""])
def test_only_a_plain_path_downwards_is_taken(path: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        write_beneath(tmp_path, path, b"x")
