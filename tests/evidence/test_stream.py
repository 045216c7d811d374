"""Files that are read once and in pieces: every byte is hashed, no line or value may grow, and JSON reads as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.evidence import limits, stream
from handrail.evidence.shaped_json import DROPPED, SCALAR, Each, Kept, first_names, pick
from handrail.evidence.stream import EntryFile, Malformed, Pieces
from handrail.source.files import FileReason, FileRefused, Root


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of seven bytes."""
    monkeypatch.setattr(stream, "PIECE_BYTES", 7)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("content", [b"", b"a", b"a\n", b"\n\na", b"a" * 50 + b"\n" + b"b" * 7, b"a\r\nb"])
def test_lines_are_those_of_the_file_and_the_digest_is_of_all_of_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with Root(tmp_path) as root:
        file = EntryFile(root, "file")
        assert file.digest is None
        with file.opened() as pieces:
            assert content.startswith(pieces.head())
            assert pieces.digest is None or content == b""
            assert list(pieces.lines()) == content.split(b"\n")[: None if content[-1:] not in (b"", b"\n") else -1]
        assert file.digest == hashlib.sha256(content).hexdigest()


def test_what_was_not_read_to_its_end_has_no_digest(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\n" * 3 * limits.PIECE_BYTES)
    with Root(tmp_path) as root:
        file = EntryFile(root, "file")
        with file.opened() as pieces:
            assert next(iter(pieces.lines())) == b""
        assert file.digest is None


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a\n")

    def read(root: Root) -> Iterator[bytes]:
        with EntryFile(root, "file").opened() as pieces:
            yield from pieces.lines()
            path.write_bytes(b"a\nb\n")

    with Root(tmp_path) as root, pytest.raises(FileRefused) as refused:
        list(read(root))
    assert refused.value.reason is FileReason.CHANGED


@pytest.mark.parametrize(("more", "whole"), [(-1, True), (0, True), (1, False)])
def test_a_line_is_read_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, whole: bool) -> None:
    monkeypatch.setattr(stream, "REPORT_LINE_BYTES", 20)
    monkeypatch.setattr(stream, "PIECE_BYTES", 8)
    for end in (b"", b"\n", b"\nb"):
        (tmp_path / "file").write_bytes(b"a" * (20 + more) + end)
        with Root(tmp_path) as root, EntryFile(root, "file").opened() as pieces:
            if whole:
                assert next(iter(pieces.lines())) == b"a" * (20 + more)
            else:
                with pytest.raises(Malformed):
                    list(pieces.lines())


def pieces_of(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(("a", "b", 'c"\\', "")), inner, max_size=3)
    ),
    max_leaves=15,
)


def kept_of(value: Any) -> Any:
    """What is kept of a value where a scalar is asked for."""
    return DROPPED if isinstance(value, dict | list) else value


@settings(deadline=None)
@given(
    document=st.fixed_dictionaries({"a": JSON, "b": st.lists(st.dictionaries(st.sampled_from("ab"), JSON)), "c": JSON}),
    size=st.integers(1, 30),
    indent=st.sampled_from([None, 0, 2]),
    escape=st.booleans(),
)
def test_what_is_picked_is_what_the_library_reads(
    document: dict[str, Any], size: int, indent: int | None, escape: bool
) -> None:
    data = json.dumps(document, indent=indent, ensure_ascii=escape).encode()
    items: list[Kept] = []
    kept = pick(pieces_of(data, size), {"a": SCALAR, "b": Each({"a": SCALAR}, items.append)})
    assert kept == {"a": kept_of(document["a"]), "b": DROPPED}
    assert items == [{"a": kept_of(one["a"])} if "a" in one else {} for one in document["b"]]
    assert first_names(data) == {"a", "b", "c"}


def read_strictly(data: bytes) -> object:
    """What the library reads; None where it refuses, or takes what is no JSON or can be read in two ways."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError
        return dict(pairs)

    def never(word: str) -> object:
        raise ValueError(word)

    try:
        return json.loads(data.decode(), object_pairs_hook=once, parse_constant=never)
    except ValueError:
        return None


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
)
SPOILERS = ["{", "}", "[", "]", ",", ":", '"', "\\", "\x00", "nul", "\ud800", "'", "NaN", "0", ".", "e", "-", " "]


@settings(deadline=None, max_examples=300)
@given(
    st.dictionaries(st.sampled_from("ab"), SCALARS), st.integers(0, 40), st.sampled_from(SPOILERS), st.integers(1, 9)
)
def test_what_the_library_refuses_is_refused(document: dict[str, Any], at: int, spoiler: str, size: int) -> None:
    text = json.dumps(document)
    data = (text[:at] + spoiler + text[at:]).encode("utf-8", "surrogatepass")
    read = read_strictly(data)
    try:
        kept = pick(pieces_of(data, size), {"*": SCALAR})
    except Malformed:
        kept = None
    assert kept == read


@pytest.mark.parametrize(
    "text",
    ["", " ", "{", "[", '"', "}", "]", ",", ":", "{,}", '{"a"}', '{"a":}', '{"a":1,}', '{"a":1 "b":2}', "{1:2}", "nul",
     "01", "1.", "+1", "-", ".5", "0x1", "NaN", "Infinity", "'a'", "[1,]", "[,1]", "[1 2]", "1 2", "{}{}", "[}", "{]",
     '"\n"', '"\\x"', '"\\u12"', "\ufeff\ufeff1", '{"a":1,"a":2}'],
)  # fmt: skip
def test_what_is_no_json_is_not_read(text: str) -> None:
    with pytest.raises(Malformed):
        pick([text.encode()], {"a": Each(SCALAR, lambda _: None)} if text.startswith("{") else Each(SCALAR, print))


@pytest.mark.parametrize("data", [b'"\xff"', b'"\xed\xa0\x80"', b'"\xc3', b'{"b": "\xff"}', "1".encode("utf-16")])
def test_what_is_no_utf_8_is_not_read(data: bytes) -> None:
    with pytest.raises(Malformed):
        pick(pieces_of(data, 2), {})


def test_long_texts_and_other_shapes_are_dropped() -> None:
    data = json.dumps({"a": "x" * 300, "b": {"c": 1}, "c": [1], "d": 5, "e": None, "f": {"g": "x"}}).encode()
    shape = {"a": SCALAR, "b": SCALAR, "c": {"d": SCALAR}, "d": {"e": SCALAR}, "e": {"f": SCALAR}, "f": {"*": SCALAR}}
    assert pick([data], shape) == {"a": DROPPED, "b": DROPPED, "c": DROPPED, "d": DROPPED, "e": None, "f": {"g": "x"}}


@pytest.mark.parametrize(("count", "read"), [(999, True), (1_000, True), (1_001, False)])
def test_members_are_kept_up_to_a_limit(count: int, read: bool) -> None:
    data = json.dumps({"a": {f"m{at}": at for at in range(count)}}).encode()
    shape = {"a": {"*": SCALAR}}
    if read:
        kept = pick([data], shape)
        assert isinstance(kept, dict)
        assert len(kept["a"]) == count  # type: ignore[arg-type]  # an object, by its shape
    else:
        with pytest.raises(Malformed):
            pick([data], shape)
    assert pick([data], {"a": SCALAR}) == {"a": DROPPED}


def test_the_first_names_are_those_of_the_first_object() -> None:
    assert first_names(b'{"a": {"b": 1}, "c": [{"d": 2}], "e": "f:') == {"a", "c", "e"}
    assert first_names(b'\xef\xbb\xbf {"a": "\xff"}\n{"b": 1}') == {"a"}
    assert first_names(b'{:1} [{"a": 1}]') == frozenset()
    assert first_names(b"no JSON") == frozenset()


def test_a_small_file_may_be_read_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a" * 100)
    with Root(tmp_path) as root, root.stream("file") as raw:
        assert Pieces(raw).whole(100) == b"a" * 100
    with Root(tmp_path) as root, root.stream("file") as raw, pytest.raises(Malformed):
        Pieces(raw).whole(99)
