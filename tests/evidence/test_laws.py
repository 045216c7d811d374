"""What holds of every built-in kind for any bytes: it never raises, and what is no text never shows anything."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.evidence.parameters import typed
from handrail.evidence.plugin import Given, Seen
from handrail.evidence.registry import IMPLEMENTED, find
from handrail.evidence.stream import EntryFile
from handrail.evidence.structured import read_structured
from handrail.evidence.values import day, filled, folded, moment, number
from handrail.model.declaration import Evidence
from handrail.model.kinds import KINDS
from handrail.model.terms import Assurance, Verdict
from handrail.source.files import Root
from tests.evidence.samples import BANNED, CANARY, GOOD, requirement

ENDINGS = {
    "data": (".json", ".yaml", ".toml"),
    "register": (".csv", ".md"),
    "document": (".md", ".txt", ""),
    "metrics": (".json", ".yaml"),
    "security-contact": (".txt", ""),
}
READING = sorted(kind for kind in GOOD if kind != "file")


def examine(kind: str, content: bytes | None, ending: str | None = None) -> Seen:
    name, _, parameters = GOOD[kind]
    path = name if ending is None else PurePosixPath(name).stem + ending
    verifier = find(kind)
    assert verifier is not None
    assert verifier.examine is not None
    values = typed(parameters, verifier.kind)
    assert values is not None
    given = Given(
        data=None if verifier.streamed else content,
        entry=Evidence.model_validate({"for": "asked", "path": path}),
        requirement=requirement(kind, parameters),
        parameters=values,
        artifacts={},
    )
    if not verifier.streamed or content is None:
        seen = verifier.examine(given)
    else:
        with TemporaryDirectory() as folder, Root(folder) as root:
            (Path(folder) / path).write_bytes(content)
            seen = verifier.examine(replace(given, root=root, file=EntryFile(root, path)))
    assert seen.tier <= verifier.kind.highest
    assert BANNED.search(seen.text) is None
    return seen


def edits(good: str) -> st.SearchStrategy[bytes]:
    """The good sample with one stretch replaced: hits the paths behind the readers, where plain noise never comes."""
    size = len(good)
    return st.builds(
        lambda at, length, new: good[:at].encode() + new + good[at + length :].encode(),
        st.integers(0, size),
        st.integers(0, 40),
        st.one_of(
            st.binary(max_size=8), st.sampled_from([b"", b"-", b"|", b"#", b"\n", b":", b"[", b'"', b"null", b"---"])
        ),
    )


@pytest.mark.parametrize("kind", sorted(GOOD))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_kind_raises_on_any_bytes_or_repeats_them(kind: str, data: st.DataObject) -> None:
    content = data.draw(
        st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "surrogatepass")), edits(GOOD[kind][1]))
    )
    seen = examine(kind, content, data.draw(st.sampled_from((None, *ENDINGS.get(kind, ())))))
    assert "marmalade" not in seen.text


@pytest.mark.parametrize("kind", READING)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_bytes_that_are_no_text_show_nothing(kind: str, data: st.DataObject) -> None:
    good = GOOD[kind][1].encode()
    at = data.draw(st.integers(0, len(good)))
    spoiled = (
        good[:at] + data.draw(st.sampled_from([b"\xff", b"\x00", b"\x1b", b"\xed\xa0\x80", b"\xc0\xaf"])) + good[at:]
    )
    assert examine(kind, spoiled).verdict is Verdict.UNREADABLE


@pytest.mark.parametrize("kind", sorted(IMPLEMENTED))
def test_a_kind_given_nothing_shows_nothing(kind: str) -> None:
    verifier = find(kind)
    assert verifier is not None
    assert verifier.examine is not None
    parameters = GOOD[kind][2] if kind in GOOD else {}
    values = typed(parameters, verifier.kind)
    assert values is not None
    entry = Evidence.model_validate({"for": "asked", "path": GOOD[kind][0] if kind in GOOD else "a"})
    nothing = Given(data=None, entry=entry, requirement=requirement(kind), parameters=values, artifacts={})
    assert verifier.examine(nothing).verdict is Verdict.UNREADABLE


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
PATHS = st.sampled_from(
    ["a", "a.b", "a[0]", "a[*].b", "length(@)", "sum(a)", "avg(a)", "max(a)", "sort(a)", "a[?b > `1`]", "keys(@)",
     "a[::0]", "to_number(a)", "join(',', a)", "max_by(a, &b)", "not_null(a, b)", "nothing(@)", "a || b", "merge(@, a)",
     "reverse(a)"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(tree=st.dictionaries(st.sampled_from("abc"), JSON, max_size=3), path=PATHS)
def test_any_path_over_any_values_gives_a_verdict(tree: dict[str, Any], path: str) -> None:
    kind = KINDS["data"]
    values = typed({"checks": [{"path": path, "at_least": "1"}]}, kind)
    verifier = find("data")
    assert values is not None
    assert verifier is not None
    assert verifier.examine is not None
    entry = Evidence.model_validate({"for": "asked", "path": "a.json"})
    asked = requirement("data")
    seen = verifier.examine(
        Given(data=json.dumps(tree).encode(), entry=entry, requirement=asked, parameters=values, artifacts={})
    )
    assert seen.verdict in (Verdict.PARTIAL, Verdict.UNREADABLE, Verdict.CONTRADICTED)
    assert seen.tier is Assurance.CLAIMED  # neither an owner nor a date is in any of these


@given(JSON)
def test_json_reads_as_it_was_written(tree: object) -> None:
    read = read_structured(json.dumps(tree, ensure_ascii=True).encode(), ".json")
    assert read == tree


@given(st.text())
def test_values_are_read_or_not_but_never_raise(text: str) -> None:
    day(text), moment(text), number(text), filled(text)
    assert folded(folded(text)) == folded(text)


def test_the_samples_carry_the_canary() -> None:
    assert all("marmalade" in content for _, content, _ in GOOD.values())
    assert "marmalade" in CANARY
