"""The figures of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.catalog.stats import Readability, longest_sentence, readability, reading_ease, sentences, words
from tests.catalog.cases import bundle_of, overlaid


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two three.", 3),
        ("It's a two-person team\u2019s record (v1.5).", 7),
        ("- - ...", 0),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, count: int) -> None:
    assert len(words(text)) == count


@pytest.mark.parametrize(
    ("text", "count", "longest"),
    [
        ("", 0, 0),
        ("One two. Three?", 2, 2),
        ("Version 1.5 is here", 1, 5),
        ("Write: a list; then stop.", 3, 2),
        ("1. First thing\n2. Second thing here\n\nAnd a paragraph", 3, 3),
    ],
)
def test_sentences_end_with_their_mark_or_their_line(text: str, count: int, longest: int) -> None:
    assert (len(sentences(text)), longest_sentence(text)) == (count, longest)


def test_short_words_read_more_easily_than_long_ones() -> None:
    assert reading_ease("The cat sat on the mat.") > 90
    assert reading_ease("Organisational accountability necessitates comprehensive documentation.") < 0
    assert reading_ease("") == 100.0


def test_every_control_has_its_figures(tmp_path: Path) -> None:
    first, second = readability(bundle_of(overlaid(tmp_path)))
    assert first == Readability(
        control="SRC-01", statement_words=7, question_words=7, longest_sentence=8, guidance_words=8, ease=first.ease
    )
    assert 0 < second.ease < 120
