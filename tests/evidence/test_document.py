"""A document shows what it says under the headings asked for, with an owner and an approval date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.evidence import limits
from tests.evidence.samples import DOCUMENT, SENTENCE, look_at, mutated

MUTANTS = {
    "owner taken out": ("owner: Head of marmalade zeppelin\n", "", "partial", "claimed"),
    "owner is a placeholder": ("Head of marmalade zeppelin", "<name>", "partial", "claimed"),
    "owner still to be named": ("Head of marmalade zeppelin", "TBD", "partial", "claimed"),
    "date taken out": ("approved: 2026-09-01\n", "", "partial", "claimed"),
    "date is no day": ("2026-09-01", "2026-02-30", "partial", "claimed"),
    "date in another order": ("2026-09-01", "01.09.2026", "partial", "claimed"),
    "date is a wish": ("2026-09-01", "soon, by 2026-12-01", "partial", "claimed"),
    "date of another event": ("approved:", "printed:", "partial", "claimed"),
    "date far outside of the calendar": ("2026-09-01", "9999-12-31", "partial", "claimed"),
    "heading renamed": ("Who may halt?", "Who may not", "partial", "documented"),
    "heading in capitals": ("Who may halt?", "WHO MAY HALT", "shown", "documented"),
    "heading numbered otherwise": ("## 2. Who", "## B) Who", "shown", "documented"),
    "heading underlined": ("## 1. Triggers\n", "Triggers\n--------\n", "shown", "documented"),
    "heading in a code block": ("## 1. Triggers\n", "```\n## 1. Triggers\n```\n", "partial", "documented"),
    "heading in a comment": ("## 1. Triggers\n", "<!-- \n## 1. Triggers\n-->\n", "partial", "documented"),
    "section is a placeholder": (SENTENCE, "TODO: " + SENTENCE, "partial", "documented"),
    "section is filler": (SENTENCE, f"Lorem ipsum dolor sit amet. {SENTENCE}", "partial", "documented"),
    "section is slots": (SENTENCE, "<say here who may do what and when> " * 5, "partial", "documented"),
    "section is an address": (SENTENCE, "https://x.example/" + "a-b/" * 30, "partial", "documented"),
    "section is a link": (SENTENCE, "[see there](" + "a/b/" * 30 + ")", "partial", "documented"),
    "section of one word too few": (SENTENCE, "word " * 14, "partial", "documented"),
    "section of just enough words": (SENTENCE, "word " * 15, "shown", "documented"),
    "front matter of another YAML": ("owner: Head", "owner: &a Head", "unreadable", "claimed"),
    "front matter that is no mapping": ("owner: Head", "- owner: Head", "unreadable", "claimed"),
    "control character": ("Introduction", "Intro\x00duction", "unreadable", "claimed"),
}  # fmt: skip


def test_a_whole_document_is_shown_documented_and_dated_by_its_approval(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "document", DOCUMENT)
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "documented", date(2026, 9, 1))


@pytest.mark.parametrize(("old", "new", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_document(tmp_path: Path, old: str, new: str, verdict: str, tier: str) -> None:
    seen = look_at(tmp_path, "document", mutated(DOCUMENT, old, new))
    assert (seen.verdict, seen.tier) == (verdict, tier)


def test_owner_and_date_may_stand_as_lines_at_the_top(tmp_path: Path) -> None:
    body = DOCUMENT.split("---\n", 2)[2]
    lines = "**Owner:** Head of marmalade zeppelin\n- Approved: 2026-09-01, by the board\n\n"
    seen = look_at(tmp_path, "document", lines + body)
    assert (seen.verdict, seen.date) == ("shown", date(2026, 9, 1))
    assert look_at(tmp_path, "document", body + "\n" * 30 + lines).verdict == "partial"


@pytest.mark.parametrize(("more", "verdict"), [(-1, "shown"), (0, "shown"), (1, "partial")])
def test_the_top_reaches_to_the_limit(tmp_path: Path, more: int, verdict: str) -> None:
    body = DOCUMENT.split("---\n", 2)[2]
    lines = ["Owner: Marmalade", *[""] * (limits.TOP_LINES + more - 2), "Approved: 2026-09-01"]
    assert look_at(tmp_path, "document", "\n".join(lines) + "\n" + body).verdict == verdict


@pytest.mark.parametrize(("more", "verdict"), [(-1, "shown"), (0, "shown"), (1, "unreadable")])
def test_size_up_to_the_limit(tmp_path: Path, more: int, verdict: str) -> None:
    padding = "\n" * (limits.TEXT_BYTES + more - len(DOCUMENT.encode()))
    assert look_at(tmp_path, "document", DOCUMENT + padding).verdict == verdict


def test_plain_text_has_headings_that_stand_alone(tmp_path: Path) -> None:
    text = (
        f"Owner: Marmalade\nApproved: 2026-09-01\n\nTRIGGERS\n{SENTENCE}\n\n2) Who may halt:\n{SENTENCE}\n{SENTENCE}\n"
    )
    assert look_at(tmp_path, "document", text, name="policy.txt").verdict == "shown"
    assert look_at(tmp_path, "document", text, name="policy.md").verdict == "unreadable"


def test_an_empty_template_shows_nothing(tmp_path: Path) -> None:
    template = (
        "Owner: Marmalade\nApproved: 2026-09-01\n\n## Triggers\n\nTBD\n\n## Who may halt\n\n<who>\n" + "word " * 200
    )
    assert look_at(tmp_path, "document", template.replace("word", "<word>")).verdict == "unreadable"


def test_fewer_words_than_asked_is_a_part(tmp_path: Path) -> None:
    asks = {"headings": ["Triggers"], "min_words": "500"}
    seen = look_at(tmp_path, "document", DOCUMENT, parameters=asks)
    assert seen.verdict == "partial"
    assert "500" in seen.text


def test_a_script_without_spaces_has_words_too(tmp_path: Path) -> None:
    japanese = "子どもの安全を守るための手順を定め、毎日新しい報告を読み、判断を記録する。" * 3
    text = DOCUMENT.replace(SENTENCE, japanese)
    assert look_at(tmp_path, "document", text).verdict == "shown"


@pytest.mark.parametrize("name", ["policy.pdf", "policy.docx", "policy.html", "policy.json"])
def test_another_format_is_unreadable_whatever_it_holds(tmp_path: Path, name: str) -> None:
    assert look_at(tmp_path, "document", DOCUMENT, name=name).verdict == "unreadable"


def test_a_missing_heading_is_named_by_the_catalog_s_name(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "document", mutated(DOCUMENT, "Who may halt?", "Marmalade"))
    assert "Who may halt" in seen.text
