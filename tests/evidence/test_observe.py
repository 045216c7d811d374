"""The steps that all kinds share, and hostile files: a verdict for each, at once, and never content."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from handrail.evidence.registry import IMPLEMENTED
from handrail.model import limits
from handrail.model.kinds import KINDS
from handrail.source.files import FileReason, FileRefused
from tests.evidence.samples import GOOD, look, look_at, requirement

PATH_KINDS = sorted(GOOD)
READING_KINDS = sorted(kind for kind in GOOD if kind != "file")


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(300 * limits.MIB)


HOSTILE_BYTES: dict[str, bytes] = {
    "empty": b"",
    "spaces": b" \n" * 1000,
    "binary": bytes(range(256)) * 100,
    "nested lists": b"[" * 100_000,
    "nested lists, closed": b"[" * 100_000 + b"]" * 100_000,
    "nested mappings": b'{"a":' * 100_000,
    "nested in TOML": b"a=" + b"[" * 100_000,
    "key of many parts": b"a." * 500_000 + b"a=1",
    "invalid UTF-8": b"owner: \xff\xfe\n",
    "half of a surrogate pair": b"\xed\xa0\x80",
    "UTF-16": "owner: marmalade".encode("utf-16"),
    "gzip": b"\x1f\x8b\x08\x00" + b"\x00" * 1000,
    "zip": b"PK\x03\x04" + b"\x00" * 1000,
    "aliases": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "tag": b"!!python/object/apply:os.system ['true']\n",
    "quotes": b'"' * 1_000_000,
    "one long word": b"a" * limits.MIB,
    "one long word and more": b"a" * (limits.MIB + 1),
    "unclosed comments": b"<!--" * 200_000,
    "unclosed slots": b"<" * 1_000_000,
    "unclosed links": b"](" * 500_000,
    "headings": b"# Triggers\n" * 90_000,
    "headings in headings": b"# Triggers\n## Triggers\n### Triggers\n###### Triggers\n" * 18_000,
    "underlines": b"a\n--\n" * 200_000,
    "fences": b"```\n````\n" * 100_000,
    "bars": b"|" * 1_000_000,
    "tables": b"a|b\n-|-\n" * 100_000,
    "front matter without end": b"---\n" + b"a: b\n" * 100_000,
    "numbering": b"# " + b"1." * 400_000,
    "contact that nearly is one": b"Contact: mailto:a@" + b"." * 1_000 + b"@",
    "lorem": b"lorem ipsum\n\n" * 70_000,
    "commas": b"," * 1_000_000,
}


@pytest.mark.parametrize("kind", READING_KINDS)
@pytest.mark.parametrize("content", HOSTILE_BYTES.values(), ids=HOSTILE_BYTES)
def test_hostile_bytes_show_nothing_and_end(tmp_path: Path, kind: str, content: bytes) -> None:
    endings = {"data": (".json", ".yaml", ".toml"), "register": (".csv", ".md"), "document": (".md", ".txt")}
    name = GOOD[kind][0]
    for ending in endings.get(kind, (Path(name).suffix,)):
        seen = look_at(tmp_path, kind, content, name=Path(name).stem + ending)
        assert (seen.verdict, seen.date) == ("unreadable", None)


HOSTILE_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing there": (lambda path: None, "missing"),
    "a folder": (lambda path: path.mkdir(), "unreadable"),
    "a pipe without a writer": (lambda path: os.mkfifo(path), "unreadable"),
    "300 MiB of nothing": (sparse, "unreadable"),
}


@pytest.mark.parametrize("kind", PATH_KINDS)
@pytest.mark.parametrize(("make", "verdict"), HOSTILE_FILES.values(), ids=HOSTILE_FILES)
def test_hostile_files_show_nothing_and_end(
    tmp_path: Path, kind: str, make: Callable[[Path], object], verdict: str
) -> None:
    name, _, parameters = GOOD[kind]
    make(tmp_path / name)
    seen = look(tmp_path, requirement(kind, parameters), path=name, sha256="0" * 64, date="2026-09-01")
    assert (seen.verdict, seen.date) == (verdict, None)


def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"marmalade")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file, whatever its permissions")
    assert look(tmp_path, requirement("file"), path="report.pdf").verdict == "unreadable"
    path.chmod(stat.S_IRUSR)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/etc/hostname", FileReason.ABSOLUTE),
        ("C:\\report.pdf", FileReason.ABSOLUTE),
        ("../outside.pdf", FileReason.CLIMBS),
        ("a/../../outside.pdf", FileReason.CLIMBS),
        ("link.pdf", FileReason.LINK),
        ("folder/report.pdf", FileReason.LINK),
    ],
)
def test_a_path_that_leads_elsewhere_is_told_to_the_caller(tmp_path: Path, path: str, reason: FileReason) -> None:
    (tmp_path / "outside.pdf").write_bytes(b"marmalade")
    (tmp_path / "outside").mkdir()
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    (inside / "folder").symlink_to(tmp_path / "outside")
    with pytest.raises(FileRefused) as refused:
        look(inside, requirement("file"), path=path)
    assert refused.value.reason is reason


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_a_good_sample_is_shown_and_an_altered_one_is_not_read(tmp_path: Path, kind: str) -> None:
    _, content, _ = GOOD[kind]
    assert look_at(tmp_path, kind, content).verdict == "shown"
    seen = look_at(tmp_path, kind, content, sha256="0" * 64)
    assert (seen.verdict, seen.tier, seen.date) == ("altered", "claimed", None)


@pytest.mark.parametrize(
    ("declared", "counts"),
    [("2026-08-01", date(2026, 8, 1)), ("2026-09-01", date(2026, 9, 1)), ("2026-10-01", date(2026, 9, 1))],
)
def test_of_two_dates_the_older_counts(tmp_path: Path, declared: str, counts: date) -> None:
    assert look_at(tmp_path, "document", GOOD["document"][1], date=declared).date == counts


def test_the_declared_date_stands_where_the_content_has_none(tmp_path: Path) -> None:
    undated = GOOD["document"][1].replace("approved: 2026-09-01\n", "")
    seen = look_at(tmp_path, "document", undated, date="2026-08-01")
    assert (seen.verdict, seen.tier, seen.date) == ("partial", "claimed", date(2026, 8, 1))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - IMPLEMENTED))
def test_a_kind_without_a_checker_is_unavailable_but_its_file_must_be_the_one_declared(
    tmp_path: Path, kind: str
) -> None:
    (tmp_path / "there").write_bytes(b"marmalade")
    assert look(tmp_path, requirement(kind), path="there").verdict == "unavailable"
    assert look(tmp_path, requirement(kind), path="there", sha256="0" * 64).verdict == "altered"
    assert look(tmp_path, requirement(kind), path="absent").verdict == "missing"


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("document", {}),
        ("document", {"headings": []}),
        ("document", {"headings": ["Triggers"], "min_words": "many"}),
        ("document", {"headings": ["Triggers"], "colour": "red"}),
        ("data", {"checks": [{"path": "a", "matches": ".*"}]}),
    ],
)
def test_parameters_that_do_not_fit_are_not_held_against_the_file(
    tmp_path: Path, kind: str, parameters: dict[str, object]
) -> None:
    assert look_at(tmp_path, kind, GOOD[kind][1], parameters=parameters).verdict == "unavailable"
