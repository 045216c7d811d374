"""A model card shows its sections and its front-matter fields."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.evidence.samples import MODEL_CARD, SENTENCE, look_at, mutated

MUTANTS = {
    "section renamed": ("## Child safety", "## Children", "partial", "documented"),
    "section without text": (SENTENCE, "", "partial", "documented"),
    "section still to be written": (SENTENCE, "TODO " + SENTENCE, "partial", "documented"),
    "section in capitals": ("## Child safety", "### CHILD-SAFETY:", "shown", "documented"),
    "field taken out": ("license: marmalade zeppelin\n", "", "partial", "documented"),
    "field empty": ("license: marmalade zeppelin", "license:", "partial", "documented"),
    "field is a placeholder": ("license: marmalade zeppelin", "license: <license>", "partial", "documented"),
    "field of another case": ("license:", "License:", "shown", "documented"),
    "field is a list": ("license: marmalade zeppelin", "license: [a, b]", "shown", "documented"),
    "field twice": ("license:", "license: a\nlicense:", "unreadable", "claimed"),
    "date taken out": ("last_updated: 2026-09-01\n", "", "shown", "claimed"),
    "date is no day": ("2026-09-01", "2026-13-01", "shown", "claimed"),
    "date under its other name": ("last_updated:", "date:", "shown", "documented"),
    "date with a time": ("2026-09-01", "2026-09-01T23:30:00+00:00", "shown", "documented"),
    "front matter never closed": ("zeppelin]\n---", "zeppelin]\n", "partial", "documented"),
    "front matter broken": ("tags: [image", "tags: [[image", "unreadable", "claimed"),
}


def test_a_whole_card_is_shown_documented_and_dated(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "model-card", MODEL_CARD)
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "documented", date(2026, 9, 1))


@pytest.mark.parametrize(("old", "new", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_card(tmp_path: Path, old: str, new: str, verdict: str, tier: str) -> None:
    seen = look_at(tmp_path, "model-card", mutated(MODEL_CARD, old, new))
    assert (seen.verdict, seen.tier) == (verdict, tier)


def test_the_date_may_stand_as_a_line(tmp_path: Path) -> None:
    text = MODEL_CARD.replace("last_updated: 2026-09-01\n", "").replace(
        "# Model", "Last updated: 2026-09-02\n\n# Model"
    )
    assert look_at(tmp_path, "model-card", text).date == date(2026, 9, 2)


def test_the_entry_s_date_makes_an_undated_card_documented(tmp_path: Path) -> None:
    undated = MODEL_CARD.replace("last_updated: 2026-09-01\n", "")
    seen = look_at(tmp_path, "model-card", undated, date="2026-08-01")
    assert (seen.tier, seen.date) == ("documented", date(2026, 8, 1))


def test_a_card_with_none_of_the_sections_shows_nothing(tmp_path: Path) -> None:
    text = MODEL_CARD.replace("Child safety", "Uses").replace("Misuse prevention", "Limits")
    assert look_at(tmp_path, "model-card", text).verdict == "unreadable"


def test_without_fields_asked_for_front_matter_is_not_needed(tmp_path: Path) -> None:
    text = MODEL_CARD.split("---\n", 2)[2]
    assert look_at(tmp_path, "model-card", text, parameters={"sections": ["Child safety"]}).verdict == "shown"


def test_a_card_in_another_format_is_unreadable(tmp_path: Path) -> None:
    assert look_at(tmp_path, "model-card", MODEL_CARD, name="card.txt").verdict == "unreadable"
