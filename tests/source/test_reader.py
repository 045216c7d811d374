"""The reader accepts mappings, lists and text, and refuses the rest at the very token."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.source.diagnostics import Collector, Diagnostic
from handrail.source.reader import read_text, read_yaml
from handrail.source.text import CONTROL
from handrail.source.tree import Mapping, Node, Scalar, Sequence, locate, place, plain


def read(data: bytes | str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    out = Collector()
    raw = data.encode() if isinstance(data, str) else data
    return read_yaml(raw, "f.yaml", out), out.sorted()


def told(data: bytes | str) -> list[tuple[str, int, int, int]]:
    node, diagnostics = read(data)
    assert (node is None) == bool(diagnostics)
    spans = [(each.code, each.span) for each in diagnostics]
    return [(code, s.line, s.column, s.length) for code, s in spans if s is not None]


REFUSED = [
    # what, text, code, line, column, length
    ("not UTF-8", b"a: b\nc: \xff\n", "HR001", 2, 4, 1),
    ("not UTF-8 after a mark and CRLF", b"\xef\xbb\xbfa: b\r\nc: \xff", "HR001", 2, 4, 1),
    ("half a character at the end", b"a: \xc3", "HR001", 1, 4, 1),
    ("an encoded surrogate", b"a: \xed\xa0\x80", "HR001", 1, 4, 1),
    ("UTF-16 with a mark", "a: b".encode("utf-16"), "HR001", 1, 1, 1),
    ("UTF-16 without a mark", "a: b".encode("utf-16-le"), "HR002", 1, 2, 1),
    ("NUL", "a: b\0", "HR002", 1, 5, 1),
    ("bell", "a: b\nc: \x07", "HR002", 2, 4, 1),
    ("escape", "a: \x1b[31m", "HR002", 1, 4, 1),
    ("delete", "a: \x7f", "HR002", 1, 4, 1),
    ("C1", "a: \x9b31m", "HR002", 1, 4, 1),
    ("next line", "a: b\x85c: d", "HR002", 1, 5, 1),
    ("line separator", "a: b\u2028c: d", "HR002", 1, 5, 1),
    ("paragraph separator", "a: b\u2029c: d", "HR002", 1, 5, 1),
    ("byte order mark inside", "a: \ufeffb", "HR002", 1, 4, 1),
    ("two byte order marks", "\ufeff\ufeffa: b", "HR002", 1, 1, 1),
    ("lone carriage return", "a: b\rc: d", "HR002", 1, 5, 1),
    ("escaped escape", 'a: "x\\e[31m"', "HR002", 1, 4, 9),
    ("escaped NUL", 'a: "\\0"', "HR002", 1, 4, 4),
    ("escaped line separator", 'a: "\\L"', "HR002", 1, 4, 4),
    ("escaped control in a key", '"a\\x07": b', "HR002", 1, 1, 7),
    ("tab as indentation", "a:\n\tb: c", "HR010", 2, 1, 1),
    ("colon in a plain text", "a: b: c", "HR010", 1, 5, 1),
    ("open bracket", "a: [b,\n", "HR010", 2, 1, 1),
    ("open quote", "a: 'b\n", "HR010", 2, 1, 1),
    ("at sign", "a: @b", "HR010", 1, 4, 1),
    ("unknown escape", 'a: "\\q"', "HR010", 1, 5, 1),
    ("escape beyond Unicode", 'a: "\\UFFFFFFFF"', "HR010", 1, 7, 1),
    ("escaped surrogate", 'a: "\\ud800"', "HR010", 1, 7, 1),
    ("bad list indentation", "a:\n  - b\n - c", "HR010", 3, 2, 1),
    ("content after the end", "a: b\n...\nc: d", "HR010", 3, 1, 1),
    ("key twice", "a: b\nc: d\na: e", "HR011", 3, 1, 1),
    ("key twice, once quoted", "1: b\n'1': e", "HR011", 2, 1, 3),
    ("key twice after normalisation", "\u00e9: b\ne\u0301: c", "HR011", 2, 1, 2),
    ("key twice in a flow mapping", "a: {b: c, b: d}", "HR011", 1, 11, 1),
    ("anchor", "a: &x b", "HR012", 1, 4, 2),
    ("anchor after wide characters", "a: [\u65e5\u672c, &x b]", "HR012", 1, 9, 2),
    ("anchor on a mapping", "a: &x\n  b: c", "HR012", 1, 4, 2),
    ("anchor on a list", "a: &x [b]", "HR012", 1, 4, 2),
    ("anchor on a key", "&x a: b", "HR012", 1, 1, 2),
    ("alias", "a: *x", "HR012", 1, 4, 2),
    ("alias as a key", "*x : b", "HR012", 1, 1, 2),
    ("merge key", "<<: {a: b}", "HR012", 1, 1, 2),
    ("tag", "a: !!str b", "HR013", 1, 4, 5),
    ("tag that asks for an object", "a: !!python/object/apply:os.system [b]", "HR013", 1, 4, 31),
    ("non-specific tag", "a: ! b", "HR013", 1, 4, 1),
    ("tag on a mapping", "a: !x\n  b: c", "HR013", 1, 4, 2),
    ("tag of an unknown handle", "a: !x!y b", "HR013", 1, 4, 1),
    ("version directive", "%YAML 1.1\n---\na: b", "HR013", 1, 1, 9),
    ("tag directive", "%TAG ! tag:x,2000:\n---\na: b", "HR013", 1, 1, 18),
    ("unknown directive", "%X y\n---\na: b", "HR013", 1, 3, 1),
    ("second document", "a: b\n---\nc: d", "HR014", 2, 1, 1),
    ("second document, empty", "a: b\n---\n", "HR014", 2, 1, 1),
    ("first document empty", "---\n---\na: b", "HR014", 2, 1, 1),
    ("list as a key", "? [a]\n: b", "HR018", 1, 3, 1),
    ("mapping as a key", "{a: b}: c", "HR018", 1, 1, 1),
    ("block of text as a key", "? |\n  a\n: b", "HR018", 1, 3, 1),
    ("nothing as a key", "?\n: b", "HR018", 1, 2, 1),
    ("empty text as a key", "'': b", "HR018", 1, 1, 2),
    ("nothing at all", "", "HR019", 1, 1, 1),
    ("only a comment", "# a\n", "HR019", 1, 1, 1),
    ("only a document start", "---\n", "HR019", 1, 1, 1),
]


@pytest.mark.parametrize(
    ("data", "code", "line", "column", "length"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_refused_at_the_token(data: bytes | str, code: str, line: int, column: int, length: int) -> None:
    assert told(data) == [(code, line, column, length)]


def test_anchor_and_tag_on_one_node_are_told_apart() -> None:
    assert told("a: !!str &x b") == [("HR013", 1, 4, 5), ("HR012", 1, 10, 2)]


def test_one_run_tells_every_refusal() -> None:
    text = "a: &x 1\nb: *x\nb: 2\n? [c]\n: d\n<<: e\nf: ! g\n"
    assert [told_[0] for told_ in told(text)] == [
        "HR012",
        "HR012",
        "HR011",
        "HR018",
        "HR012",
        "HR013",
    ]


def test_a_duplicate_names_both_places() -> None:
    _, (diagnostic,) = read("key: 1\nother: 2\nkey: 3\n")
    ((first, label),) = diagnostic.also
    assert (first.line, first.column, first.length) == (1, 1, 3)
    assert label == "first given here"
    assert diagnostic.message == "key `key` is given twice"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: NO", {"a": "NO"}),
        (
            "a: 010\nb: 1:20\nc: .inf\nd: 2026-11-24",
            {"a": "010", "b": "1:20", "c": ".inf", "d": "2026-11-24"},
        ),
        ("a:", {"a": None}),
        ("a: ''", {"a": ""}),
        ("a: ~", {"a": "~"}),
        ("a:\nb: c", {"a": None, "b": "c"}),
        ("a: |\n  b\n  c\n", {"a": "b\nc\n"}),
        ("a: >-\n  b\n  c\n", {"a": "b c"}),
        ("- a\n- [b, {c: d}]\n-\n", ["a", ["b", {"c": "d"}], None]),
        ("a: {}\nb: []", {"a": {}, "b": []}),
        ("\ufeffa: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("---\na: b\n", {"a": "b"}),
        ("a: b\n...\n", {"a": "b"}),
        ("'<<': b", {"<<": "b"}),
        ('a: "\\t\\n\\u263a"', {"a": "\t\n\u263a"}),
        ("e\u0301: b", {"\u00e9": "b"}),
        ("text", "text"),
    ],
)
def test_types_are_not_guessed_from_spelling(text: str, value: object) -> None:
    node, diagnostics = read(text)
    assert diagnostics == ()
    assert node is not None
    assert plain(node) == value


def test_positions_are_those_an_editor_shows() -> None:
    text = "\ufeffé: x\r\nlist:\r\n  - 日本: 'two\r\n      lines'\r\n    z: |\r\n      text\r\n"
    root, _ = read(text)
    assert isinstance(root, Mapping)
    assert locate(root, ["é"]) == (1, 4, 1)
    assert locate(root, ["list"], at_key=True) == (2, 1, 4)
    assert locate(root, ["list", 0]) == (3, 5, 2)
    assert locate(root, ["list", 0, "日本"]) == (3, 9, 4)
    assert locate(root, ["list", 0, "z"]) == (5, 8, 1)
    assert locate(root, ["list", 0, "absent", 4]) == (3, 5, 2)


def test_a_branch_name_never_hides_a_key() -> None:
    root, _ = read("a: {<b>: c, d: e}")
    assert root is not None
    assert locate(root, ["a", "<b>", "d"]) == (1, 16, 1)
    assert locate(root, ["a", "<b>"], at_key=True) == (1, 5, 3)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "[" * 1_000_000,
        "{a: " * 200_000,
        "- " * 400_000,
        "? " * 400_000,
        "[{" * 400_000,
        "a: &" + "x" * 1_000_000,
        "!" * 1_000_000,
        "a: '" + "x\n" * 400_000,
        "&a " * 300_000,
        "\n" * 1_000_000,
        "#" * 1_000_000,
        "{" + "a: b, " * 170_000,
        "a: b\n" * 200_000,
        "? a\n" * 200_000,
        "*a " * 300_000,
        '"' + "\\" * 1_000_000,
        "%" * 1_000_000,
        "a" * 1_000_000,
        "a: " * 300_000,
        "- - \n" * 200_000,
        "- &a b\n" * 140_000,
        "- !a b\n" * 140_000,
        "- *a\n" * 190_000,
        "- [" + "!a b, " * 150_000,
        "\t" * 1_000_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_a_hostile_megabyte_is_refused(text: str) -> None:
    assert told(text)


# --- laws -------------------------------------------------------------------------------------

PARSERS = [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader]


@settings(max_examples=300)
@given(st.binary(max_size=200))
@example(b'"\\UFFFFFFFF"')
def test_random_bytes_never_crash(data: bytes) -> None:
    told(data)


_YAML_BITS = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", ": ", "? ", "&x ", "*x", "!t ", "'", '"',
     "|\n", ">\n", "#", "%", "---\n", "...\n", "<<: ", "\\", "\t", "é", "~", "\\x00", "\r\n"]
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(_YAML_BITS, max_size=30).map("".join), st.sampled_from(PARSERS))
def test_random_yaml_never_crashes_and_places_lie_in_the_text(text: str, parser: object) -> None:
    out = Collector()
    clean = text.replace("\r\n", "\n")
    read_text(clean, "f.yaml", out, parser=parser)  # type: ignore[arg-type]  # a class, called
    lines = clean.split("\n")
    for each in out.sorted():
        assert each.span is not None
        assert 1 <= each.span.line <= len(lines) + 1
        line = lines[each.span.line - 1] if each.span.line <= len(lines) else ""
        assert 1 <= each.span.column <= len(line) + 1


_TEXT = st.text(max_size=20).filter(lambda text: not CONTROL.search(text))
_KEYS = _TEXT.filter(lambda key: bool(key) and key != "<<")
_TREES = st.recursive(
    _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


def _nfc(value: object) -> object:
    import unicodedata

    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", k): _nfc(v) for k, v in value.items()}
    return [_nfc(item) for item in value] if isinstance(value, list) else value


def _keys_distinct(value: object) -> bool:
    if isinstance(value, dict):
        normal = _nfc(dict.fromkeys(value))
        assert isinstance(normal, dict)
        return len(normal) == len(value) and all(_keys_distinct(v) for v in value.values())
    return all(map(_keys_distinct, value)) if isinstance(value, list) else True


@settings(max_examples=300)
@given(_TREES.filter(_keys_distinct), st.booleans(), st.booleans())
def test_what_yaml_writes_is_read_back(tree: object, flow: bool, wide: bool) -> None:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    text = yaml.dump(
        tree,
        Dumper=Dumper,
        default_flow_style=flow,
        allow_unicode=wide,
        width=40,
    )
    node, diagnostics = read(text)
    assert diagnostics == ()
    assert node is not None
    assert plain(node) == _nfc(tree)


def _all(node: Node) -> list[Node]:
    if isinstance(node, Scalar):
        return [node]
    children = node.value if isinstance(node, Sequence) else node.value.values()
    return [node, *(below for child in children for below in _all(child))]


@settings(max_examples=200)
@given(_TREES.filter(_keys_distinct), st.booleans())
def test_the_place_of_a_text_is_where_it_is_written(tree: object, flow: bool) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=None if flow else 1)
    node, diagnostics = read(text)
    if node is None:
        assert {each.code for each in diagnostics} <= {
            "HR010",
            "HR018",
        }  # JSON that YAML 1.1 is not
        return
    lines = text.split("\n")
    for each in _all(node):
        line, column, length = place(each)
        written = lines[line - 1][column - 1 : column - 1 + length]
        if isinstance(each, Scalar):
            assert json.loads(written) == each.value
        else:
            assert written in ("{", "[")


@settings(max_examples=200)
@given(st.lists(_YAML_BITS, max_size=20).map("".join))
def test_the_reader_without_c_reads_the_same(text: str) -> None:
    clean = text.replace("\r\n", "\n")
    results = []
    for parser in PARSERS:
        out = Collector()
        root = read_text(clean, "f.yaml", out, parser=parser)
        results.append(None if root is None or out.errors else plain(root))
    with_c, without = results
    # The two scanners differ in what they refuse (tabs, `?`); where both read, they read the same.
    assert with_c is None or without is None or with_c == without
