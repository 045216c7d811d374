"""The word diff: both texts can be read out of it, and nothing in it is obeyed by a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.report.word_diff import WORDS_COMPARED, in_colour, word_diff

WORDS = st.lists(st.sampled_from(["every", "image", "MUST", "be", "screened", "by", "quarter"]), max_size=12)


@settings(max_examples=100)
@given(WORDS, WORDS)
def test_both_texts_are_in_it(old: list[str], new: list[str]) -> None:
    made = word_diff("\n ".join(old), "  ".join(new))
    before = re.sub(r"\{\+.*?\+\}", "", made).replace("[-", "").replace("-]", "")
    after = re.sub(r"\[-.*?-\]", "", made).replace("{+", "").replace("+}", "")
    assert (before.split(), after.split()) == (old, new)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a b c", "a b c", "a b c"),
        ("a b c", "a x c", "a [-b-] {+x+} c"),
        ("a b c", "a c", "a [-b-] c"),
        ("a c", "a b c", "a {+b+} c"),
        ("a b c d e f", "u v w x y f", "[-a b c d e f-] {+u v w x y f+}"),
        ("", "a", "{+a+}"),
        ("a", "", "[-a-]"),
    ],
)
def test_marks_stand_around_what_is_gone_and_new(old: str, new: str, shown: str) -> None:
    assert word_diff(old, new) == shown


def test_texts_longer_than_any_statement_are_shown_whole() -> None:
    words = ["a"] * WORDS_COMPARED
    assert word_diff(" ".join(words), " ".join([*words[1:], "b"])).startswith("a a")
    assert word_diff(" ".join([*words, "a"]), " ".join([*words, "b"])).startswith("[-a a")


def test_a_colour_ends_with_its_line_and_begins_again() -> None:
    assert list(in_colour(["  a [-b", "  c", "  d-] e {+f+}"])) == [
        "  a \x1b[31m[-b\x1b[0m",
        "  \x1b[31mc\x1b[0m",
        "  \x1b[31md-]\x1b[0m e \x1b[32m{+f+}\x1b[0m",
    ]
