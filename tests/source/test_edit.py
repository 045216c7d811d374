"""Editing in place: what was asked for changes, every other line stays as it was written, or nothing is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.source.diagnostics import Collector
from handrail.source.edit import EDITED_LINES, ONE_LINE, EditRefused, edited
from handrail.source.reader import read_yaml
from handrail.source.tree import plain

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "examples").rglob("handrail.yaml")), ROOT / "examples" / "organisation.yaml"]
DIGEST = "0123456789abcdef" * 4
ENTRY = {"for": "asked", "path": "evidence/a file.md", "sha256": DIGEST, "date": "2026-11-24"}
SEALED = {
    "for": "asked",
    "sealed": {"sha256": DIGEST, "custodian": "Trust & Safety: the office", "since": "2026-11-24"},
}


def with_entry(entry: dict[str, Any], state: str = "") -> Callable[[dict[str, Any]], None]:
    def change(answer: dict[str, Any]) -> None:
        if state:
            answer.setdefault("state", state)
        if not answer.get("evidence"):
            answer["evidence"] = []
        answer["evidence"].append({**entry})

    return change


def read(data: bytes) -> Any:
    tree = read_yaml(data, "", Collector())
    assert tree is not None, data
    return plain(tree)


def difference(old: bytes, new: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines in which two files differ, between their common beginning and their common end."""
    before, after = old.split(b"\n"), new.split(b"\n")
    start = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(map(len, (before, after)))
    )
    before, after = before[start:], after[start:]
    end = 0
    while end < min(len(before), len(after)) and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[: len(before) - end], after[: len(after) - end]


def is_one_insertion(old: bytes, new: bytes) -> bool:
    return difference(old, new)[0] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
@pytest.mark.parametrize("entry", [ENTRY, SEALED], ids=["path", "sealed"])
def test_an_entry_for_any_answer_of_the_examples_is_one_insertion_of_lines(file: Path, entry: dict[str, Any]) -> None:
    old = file.read_bytes()
    for one, answer in read(old)["controls"].items():
        new = edited(old, ("controls", one), with_entry(entry))
        assert is_one_insertion(old, new), one
        expected = read(old)
        expected["controls"][one] = {**answer, "evidence": [*answer.get("evidence", []), entry]}
        assert read(new) == expected
        assert list(read(new)["controls"][one]) == [*answer, *(() if "evidence" in answer else ("evidence",))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_new_answer_of_the_examples_stands_after_the_one_that_is_named(file: Path) -> None:
    old = file.read_bytes()
    names = list(read(old)["controls"])
    for place, one in enumerate(names):
        new = edited(old, ("controls", "NEW-01"), with_entry(ENTRY, "partial"), after=one)
        assert is_one_insertion(old, new), one
        assert list(read(new)["controls"]) == [*names[: place + 1], "NEW-01", *names[place + 1 :]]
        assert read(new)["controls"]["NEW-01"] == {"state": "partial", "evidence": [ENTRY]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_changed_entry_of_the_examples_changes_its_own_lines(file: Path) -> None:
    old = file.read_bytes()

    def change(answer: dict[str, Any]) -> None:
        answer["evidence"][-1].update({"sha256": DIGEST, "date": "2026-11-24"})

    for one, answer in read(old)["controls"].items():
        if not answer.get("evidence"):
            continue
        new = edited(old, ("controls", one), change)
        before, after = difference(old, new)
        assert len(before) <= 1
        assert len(after) <= 2
        expected = read(old)
        expected["controls"][one]["evidence"][-1] |= {"sha256": DIGEST, "date": "2026-11-24"}
        assert read(new) == expected


ODD = """\
controls:
  A-1:   # why
    state:   x
    summary: some words
      that go on
    owner: 'it''s'  # 1
"""
LAYOUTS: dict[str, tuple[str, str]] = {
    "a list in the style of the file": (
        "controls:\n  A-1:\n    evidence:\n      - {for: a, path: b}\n    state: x\n",
        "controls:\n  A-1:\n    evidence:\n      - {for: a, path: b}\n      - {for: n, path: p}\n    state: x\n",
    ),
    "dashes under the key": (
        "controls:\n  A-1:\n    evidence:\n    - for: a\n      path: b\n    state: x\n",
        "controls:\n  A-1:\n    evidence:\n    - for: a\n      path: b\n    - {for: n, path: p}\n    state: x\n",
    ),
    "wide steps": (
        "controls:\n    A-1:\n        state: x\n",
        "controls:\n    A-1:\n        state: x\n        evidence:\n          - {for: n, path: p}\n",
    ),
    "learnt from another answer": (
        "controls:\n  A-1:\n    evidence:\n    - {for: a, path: b}\n  A-2:\n    state: x\n",
        "controls:\n  A-1:\n    evidence:\n    - {for: a, path: b}\n    - {for: n, path: p}\n  A-2:\n    state: x\n",
    ),
    "odd lines stay": (
        ODD,
        f"{ODD}    evidence:\n      - {{for: n, path: p}}\n",
    ),
    "braces with spaces stay": (
        "controls:\n  A-1:\n    evidence:\n      - { for: a, path: b }\n\n  # next\n  A-2: {state: x}\n",
        "controls:\n  A-1:\n    evidence:\n      - { for: a, path: b }\n      - {for: n, path: p}\n\n  # next\n"
        "  A-2: {state: x}\n",
    ),
    "one line": (
        "controls:\n  A-1: {state: x}  # why\nwaivers: []\n",
        "controls:\n  A-1: {state: x, evidence: [{for: n, path: p}]}  # why\nwaivers: []\n",
    ),
    "an empty list": (
        "controls:\n  A-1:\n    evidence: []\n",
        "controls:\n  A-1:\n    evidence:\n      - {for: n, path: p}\n",
    ),
    "what looks like a comment, in a block": (
        "controls:\n  A-1:\n    summary: |\n      text\n      # words\n# end\n",
        "controls:\n  A-1:\n    summary: |\n      text\n      # words\n"
        "    evidence:\n      - {for: n, path: p}\n# end\n",
    ),
    "no answers yet": (
        "handrail: 1\ncontrols:\n# end\n",
        "handrail: 1\ncontrols:\n  A-1:\n    evidence:\n      - {for: n, path: p}\n# end\n",
    ),
    "no key for them either": (
        "handrail: 1\n\n# end\n",
        "handrail: 1\ncontrols:\n  A-1:\n    evidence:\n      - {for: n, path: p}\n\n# end\n",
    ),
    "the end of the document": (
        "controls:\n  A-1:\n    state: x\n...\n",
        "controls:\n  A-1:\n    state: x\n    evidence:\n      - {for: n, path: p}\n...\n",
    ),
    "remarks between": (
        "controls:\n  A-1:\n    evidence:  # 1\n      - {for: a, path: b}  # 2\n    # why this state\n    state: x\n",
        "controls:\n  A-1:\n    evidence:  # 1\n      - {for: a, path: b}  # 2\n      - {for: n, path: p}\n"
        "    # why this state\n    state: x\n",
    ),
    "folded text": (
        "controls:\n  A-1:\n    summary: >\n      some\n      # words\n\n# end\n",
        "controls:\n  A-1:\n    summary: >\n      some\n      # words\n"
        "    evidence:\n      - {for: n, path: p}\n\n# end\n",
    ),
    "no line end at the end": (
        "controls:\n  A-1:\n    state: x",
        "controls:\n  A-1:\n    state: x\n    evidence:\n      - {for: n, path: p}\n",
    ),
    "words that other readers take for something else": (
        "controls:\n  A-1:\n    state: NO\n    due: 2026-02-30\n    x: 010\n    y: 1:20\n    z: ~\n",
        "controls:\n  A-1:\n    state: NO\n    due: 2026-02-30\n    x: 010\n    y: 1:20\n    z: ~\n"
        "    evidence:\n      - {for: n, path: p}\n",
    ),
}


@pytest.mark.parametrize(("old", "new"), LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_layouts(old: str, new: str, ends: str, mark: str) -> None:
    if ends == "\r\n" and "\n" not in old.rstrip("\n"):
        pytest.skip("one line has no ends to keep")
    given, wanted = ((mark + text.replace("\n", ends)).encode() for text in (old, new))
    got = edited(given, ("controls", "A-1"), with_entry({"for": "n", "path": "p"}))
    assert got.decode() == wanted.decode()


def without_summary(answer: dict[str, Any]) -> None:
    del answer["summary"]


def test_a_key_is_taken_out_with_its_lines() -> None:
    old = "controls:\n  A-1:\n    state: x  # 1\n    summary: >\n      some words\n    # 2\n    owner:  y\n"
    new = old.replace("    summary: >\n      some words\n", "")
    assert edited(old.encode(), ("controls", "A-1"), without_summary).decode() == new


def test_a_remark_is_not_lost_with_the_line_that_it_is_about() -> None:
    old = b"controls:\n  A-1:\n    state: x\n    summary: y  # why\n"
    with pytest.raises(EditRefused):
        edited(old, ("controls", "A-1"), without_summary)


@pytest.mark.parametrize(
    "old",
    [
        "{handrail: 1, controls: {A-1: {state: x}}}\n",
        '{"handrail": 1,\n "controls": {"A-1":\n  {"state": "x"}}}\n',
        "controls: text\n",
        "controls:\n  A-1: text\n",
        "controls:\n  A-1:\n    evidence: [{for: a,\n      path: b}]\n",
        "controls:\n  A-1: {state: x,\n    summary: y}\n",
        "controls:\n  ? A-1\n  : state: x\n",
        "controls:\n  A-1: {<<: x}\n",
        "controls:\n  A-1:\n    summary: |+\n      text\n\n",
        "- a\n",
        "not: [closed\n",
    ],
)
def test_what_cannot_be_changed_for_certain_is_refused(old: str) -> None:
    with pytest.raises(EditRefused) as refused:
        edited(old.encode(), ("controls", "A-1"), with_entry(ENTRY))
    assert str(refused.value)
    assert not str(refused.value).endswith(".")


def test_an_item_is_written_on_one_line_up_to_the_limit() -> None:
    old = b"controls:\n  A-1:\n    state: x\n"
    fits = "p" * (ONE_LINE - len("for: n, path: "))
    for path, lines in ((fits, 1), (fits + "p", 2)):
        _, added = difference(old, edited(old, ("controls", "A-1"), with_entry({"for": "n", "path": path})))
        assert len(added) == 1 + lines


def test_a_node_of_too_many_lines_is_refused() -> None:
    for count, refused in ((EDITED_LINES - 1, False), (EDITED_LINES, False), (EDITED_LINES + 1, True)):
        old = b"controls:\n  A-1:\n" + b"".join(b"    k%d: x\n" % i for i in range(count - 1))
        if refused:
            with pytest.raises(EditRefused, match="more than 2,000 lines"):
                edited(old, ("controls", "A-1"), with_entry(ENTRY))
        else:
            assert is_one_insertion(old, edited(old, ("controls", "A-1"), with_entry(ENTRY)))


def test_only_this_module_knows_ruamel() -> None:
    users = {
        path.name
        for path in (ROOT / "framework").rglob("*.py")
        if re.search(r"^\s*(from|import) ruamel", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert users == {"edit.py"}


WORDS = st.sampled_from(
    ["x", "some words", "yes", "2026-11-24", "1.0", "it's", "a: b", "a #b", "- a", "ü ö", "~", "{x}"]
)


def quoted(word: str, style: str) -> str:
    if style == "'":
        return "'" + word.replace("'", "''") + "'"
    if style == '"' or not re.fullmatch(r"[\w. ü-]+", word) or word.startswith("- "):
        return f'"{word}"'
    return word


@st.composite
def declarations(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A declaration in any ordinary layout, and its controls."""
    step = draw(st.sampled_from([2, 3, 4]))
    dash = draw(st.sampled_from([0, 2]))
    lines = ["# A comment at the top", "handrail: 1", "controls:"]
    names = [f"A-{number}" for number in range(draw(st.integers(1, 4)))]
    comment = st.sampled_from(["", "", "  # a remark", " # one: two"])

    def scalar() -> str:
        return quoted(draw(WORDS), draw(st.sampled_from(["", "", "'", '"'])))

    def noise(deep: int) -> None:
        for one in draw(
            st.lists(st.sampled_from(["", f"{' ' * deep}# a remark", "# a remark at the edge"]), max_size=1)
        ):
            lines.append(one)

    for name in names:
        noise(step)
        if draw(st.integers(0, 5)) == 0:
            lines.append(f"{' ' * step}{name}: {{state: x, summary: {scalar()}}}{draw(comment)}")
            continue
        lines.append(f"{' ' * step}{name}:{draw(comment)}")
        deep = " " * (2 * step)
        for key in draw(st.permutations(["state", "summary", "evidence", "justification"])):
            noise(2 * step)
            if key == "state":
                lines.append(f"{deep}{key}:{' ' * draw(st.integers(1, 3))}{scalar()}{draw(comment)}")
            elif key == "summary":
                lines.append(f"{deep}{key}: some words")
                lines.extend(f"{deep}{' ' * draw(st.integers(1, 4))}that go on" for _ in range(draw(st.integers(0, 2))))
            elif key == "justification":
                lines.append(f"{deep}{key}: {draw(st.sampled_from(['|', '>', '>-', '|-']))}")
                lines.extend(
                    f"{deep}  {one}" for one in draw(st.lists(st.sampled_from(["words", "# words"]), min_size=1))
                )
            elif draw(st.booleans()):
                lines.append(f"{deep}{key}:{draw(comment)}")
                for _ in range(draw(st.integers(1, 3))):
                    item = f"{deep}{' ' * dash}"
                    if draw(st.booleans()):
                        lines.append(f"{item}- {{for: a, path: {scalar()}}}{draw(comment)}")
                    else:
                        lines += [f"{item}- for: a{draw(comment)}", f"{item}  path: {scalar()}"]
    noise(0)
    return "\n".join(lines) + "\n", names


@settings(max_examples=120, deadline=None)
@given(declarations(), st.data())
def test_in_any_ordinary_layout_an_entry_changes_nothing_else(
    given: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, names = given
    old = text.encode()
    one = data.draw(st.sampled_from([*names, "NEW-1"]))
    entry = {"for": data.draw(st.sampled_from(["asked", "a"])), "path": data.draw(WORDS), "sha256": DIGEST}
    after = data.draw(st.sampled_from([None, *names]))
    new = edited(old, ("controls", one), with_entry(entry, "partial"), after=after)
    before, added = difference(old, new)
    # An answer in braces has one line, and only that one is written anew.
    assert before == [] or (len(before) == len(added) == 1 and f"{one}: {{" in text)
    for remark in (b"}  # a remark", b"} # one: two"):
        assert [line.endswith(remark) for line in before] == [line.endswith(remark) for line in added[: len(before)]]
    expected = read(old)
    answer = expected["controls"].setdefault(one, {"state": "partial"})
    answer["evidence"] = [*answer.get("evidence", []), entry]
    assert read(new) == expected


@settings(max_examples=120, deadline=None)
@given(st.text(st.sampled_from("abA-1:{}[]#'\"|>\n\n  ,"), max_size=120))
def test_whatever_the_file_holds_the_result_is_the_change_or_a_refusal(text: str) -> None:
    old = ("controls:\n  A-1:\n    " + text).encode()
    try:
        new = edited(old, ("controls", "A-1"), with_entry(ENTRY))
    except EditRefused:
        return
    expected = read(old)
    expected["controls"]["A-1"] = answer = expected["controls"].get("A-1") or {}
    with_entry(ENTRY)(answer)
    assert read(new) == expected
