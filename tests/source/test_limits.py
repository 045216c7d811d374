"""Every limit of the source room: one less and exactly the limit are accepted, one more is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.model import limits
from handrail.source.diagnostics import Collector, Span
from handrail.source.files import FileReason, FileRefused, Root
from handrail.source.reader import read_yaml
from handrail.source.render import render


def file_of(size: int) -> bytes:
    comment = b"#" + b"x" * 1_000 + b"\n"
    filling = comment * ((size - 5) // len(comment))
    return filling + b"a: b\n" + b" " * (size - 5 - len(filling))


def text_of(size: int) -> bytes:
    return b"a: " + b"x" * size


def wide_text_of(size: int) -> bytes:
    return b"a: '" + b"x" * (size % 3) + "\u65e5".encode() * (size // 3) + b"'"


def nesting_of(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def block_nesting_of(depth: int) -> bytes:
    return b"- " * depth + b"a"


def nodes_of(count: int) -> bytes:
    return b"[" + b"a," * (count - 1) + b"]"


LIMITS: list[tuple[Callable[[int], bytes], int, str]] = [
    (file_of, limits.YAML_BYTES, "HR003"),
    (text_of, limits.YAML_SCALAR_BYTES, "HR016"),
    (wide_text_of, limits.YAML_SCALAR_BYTES, "HR016"),
    (nesting_of, limits.YAML_DEPTH, "HR015"),
    (block_nesting_of, limits.YAML_DEPTH, "HR015"),
    (nodes_of, limits.YAML_NODES, "HR017"),
]


@pytest.mark.parametrize(("make", "limit", "code"), LIMITS, ids=[make.__name__ for make, _, _ in LIMITS])
def test_a_limit_is_inclusive(make: Callable[[int], bytes], limit: int, code: str) -> None:
    for size, accepted in ((limit - 1, True), (limit, True), (limit + 1, False)):
        out = Collector()
        root = read_yaml(make(size), "f.yaml", out)
        assert (root is not None) is accepted, size
        assert [each.code for each in out.sorted()] == ([] if accepted else [code])


@pytest.mark.parametrize(
    ("data", "code", "span"),
    [
        (file_of(limits.YAML_BYTES + 1), "HR003", (1, 1, 1)),
        (b"a: b\nc: " + b"x" * 70_000, "HR016", (2, 4, 70_000)),
        (b"a:\n  " + b"[" * 40, "HR015", (2, 34, 1)),
        (b"[\n" + b"a," * limits.YAML_NODES, "HR017", (2, limits.YAML_NODES * 2 - 1, 1)),
    ],
)
def test_a_limit_is_told_at_the_token(data: bytes, code: str, span: tuple[int, int, int]) -> None:
    out = Collector()
    assert read_yaml(data, "f.yaml", out) is None
    (diagnostic,) = out.sorted()
    assert (diagnostic.code, diagnostic.span) == (code, Span("f.yaml", *span))


def test_the_size_of_a_file_can_be_set_by_its_reader() -> None:
    out = Collector()
    assert read_yaml(b"a: b", "f.yaml", out, max_bytes=4) is not None
    assert read_yaml(b"a: bc", "f.yaml", out, max_bytes=4) is None


@pytest.mark.parametrize("size", [9, 10, 11])
def test_a_read_takes_at_most_its_cap(tmp_path: Path, size: int) -> None:
    (tmp_path / "f").write_bytes(b"x" * size)
    with Root(tmp_path) as root:
        if size <= 10:
            assert len(root.read("f", cap=10)) == size
        else:
            with pytest.raises(FileRefused) as caught:
                root.read("f", cap=10)
            assert caught.value.reason is FileReason.TOO_LARGE
            assert "11 of 10 bytes" in str(caught.value)


def test_a_walk_meets_at_most_so_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PROJECT_FILES", 5)
    with Root(tmp_path) as root:
        for count in range(1, 6):
            (tmp_path / f"{count}.yaml").touch()
            assert len(root.files((".yaml",))) == count
        (tmp_path / "6.txt").touch()
        with pytest.raises(FileRefused, match="more than 5 files"):
            root.files((".yaml",))


def test_a_walk_goes_down_so_many_folders(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(limits.FOLDER_DEPTH):
        folder = folder / "d"
        folder.mkdir()
    (folder / "f.yaml").touch()
    with Root(tmp_path) as root:
        assert len(root.files((".yaml",))) == 1
        (folder / "d").mkdir()
        with pytest.raises(FileRefused, match="too deep"):
            root.files((".yaml",))


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_so_many_diagnostics_are_shown_and_the_total_is_said(extra: int) -> None:
    count = limits.DIAGNOSTICS_SHOWN + extra
    out = Collector()
    for line in range(count):
        out.error("HR101", "unknown key", Span("f.yaml", line + 1, 1))
    text = render(out.sorted(), lambda _: None)
    assert text.count("error[HR101]") == min(count, limits.DIAGNOSTICS_SHOWN)
    said = f"{count} errors; the first 100 are shown\n" if extra > 0 else f"{count} errors\n"
    assert text.endswith(f"\n{said}")


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_so_many_diagnostics_of_one_file_are_kept_and_all_are_counted(extra: int) -> None:
    count = limits.DIAGNOSTICS_KEPT + extra
    out = Collector()
    for line in range(count):
        out.error("HR101", "unknown key", Span("f.yaml", line + 1, 1))
    out.error("HR101", "unknown key", Span("other.yaml", 1, 1))
    assert len(out.sorted()) == min(count, limits.DIAGNOSTICS_KEPT) + 1
    assert out.unlisted == max(extra, 0)
    assert out.total == out.errors == count + 1
