"""Statements, sealed records and files: what a declaration points at without its content being read."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.samples import CANARY, SENTENCE, look, look_at, requirement

STATEMENT: dict[str, Any] = {"owner": f"Head of {CANARY}", "date": "2026-09-01", "text": f"{SENTENCE} {SENTENCE}"}
SEALED: dict[str, Any] = {"sha256": "a" * 64, "custodian": CANARY, "since": "2026-09-01", "access": CANARY}

STATEMENTS = {
    "whole": ({}, "shown"),
    "one sentence": ({"text": SENTENCE}, "partial"),
    "one word": ({"text": "Done"}, "partial"),
    "just one word too few": ({"text": "word " * 29}, "partial"),
    "just enough words": ({"text": "word " * 30}, "shown"),
    "words that are placeholders": ({"text": "<word> " * 40}, "unreadable"),
    "still to be written": ({"text": "TODO " + SENTENCE * 3}, "unreadable"),
    "filler": ({"text": "Lorem ipsum " + "dolor " * 40}, "unreadable"),
    "no letters": ({"text": "... --- ..."}, "unreadable"),
    "an owner still to be named": ({"owner": "TBD"}, "partial"),
    "an owner that is a slot": ({"owner": "<owner>"}, "partial"),
}

RECORDS = {
    "whole": ({}, "shown"),
    "without a digest": ({"sha256": None}, "shown"),
    "without a way to it": ({"access": None}, "shown"),
    "digest with its prefix": ({"sha256": "sha256:" + "b" * 64}, "shown"),
    "a custodian still to be named": ({"custodian": "TBD"}, "unreadable"),
    "a custodian that is a slot": ({"custodian": "<custodian>"}, "unreadable"),
    "a custodian without a letter": ({"custodian": "-"}, "unreadable"),
    "a custodian and a remark": ({"custodian": f"{CANARY} <legal>"}, "shown"),
}


@pytest.mark.parametrize(("change", "verdict"), STATEMENTS.values(), ids=STATEMENTS)
def test_one_change_to_a_statement(tmp_path: Path, change: dict[str, Any], verdict: str) -> None:
    seen = look(tmp_path, requirement("statement"), statement=STATEMENT | change)
    assert (seen.verdict, seen.tier) == (verdict, "claimed")
    assert seen.date == (None if verdict == "unreadable" else date(2026, 9, 1))


def test_the_catalog_says_how_many_words_a_statement_needs(tmp_path: Path) -> None:
    asked = requirement("statement", {"min_words": "60"})
    assert look(tmp_path, asked, statement=STATEMENT).verdict == "partial"


@pytest.mark.parametrize(("change", "verdict"), RECORDS.values(), ids=RECORDS)
def test_one_change_to_a_sealed_record(tmp_path: Path, change: dict[str, Any], verdict: str) -> None:
    seen = look(tmp_path, requirement("sealed-record", handling="sealed"), sealed=SEALED | change)
    assert (seen.verdict, seen.tier) == (verdict, "claimed")
    assert seen.date == (None if verdict == "unreadable" else date(2026, 9, 1))


@pytest.mark.parametrize(
    ("kind", "handling", "entry"),
    [
        ("sealed-record", "sealed", {"path": "there"}),
        ("sealed-record", "public", {"path": "there"}),
        ("sealed-record", "public", {"path": "../outside"}),
        ("document", "sealed", {"path": "there"}),
        ("red-team", "sealed", {"path": "there"}),
        ("acme-unknown", "sealed", {"path": "there"}),
        ("sealed-record", "sealed", {"statement": STATEMENT}),
        ("document", "public", {"sealed": SEALED}),
        ("document", "public", {"statement": STATEMENT}),
        ("file", "public", {"sealed": SEALED}),
        ("red-team", "restricted", {"statement": STATEMENT}),
        ("statement", "public", {"path": "there"}),
        ("statement", "public", {"sealed": SEALED}),
    ],
)
def test_a_pointer_that_does_not_fit_is_refused_unopened(
    tmp_path: Path, kind: str, handling: str, entry: dict[str, Any]
) -> None:
    # A link would raise if anything were opened.
    (tmp_path / "there").symlink_to(tmp_path / "elsewhere")
    seen = look(tmp_path, requirement(kind, handling=handling), **entry)
    assert (seen.verdict, seen.date) == ("refused", None)


DIGEST = hashlib.sha256(CANARY.encode()).hexdigest()
FILES: dict[str, tuple[dict[str, Any], str, str]] = {
    "digest and date": ({"sha256": DIGEST, "date": "2026-09-01"}, "shown", "documented"),
    "digest with its prefix": ({"sha256": f"sha256:{DIGEST}", "date": "2026-09-01"}, "shown", "documented"),
    "digest only": ({"sha256": DIGEST}, "shown", "claimed"),
    "date only": ({"date": "2026-09-01"}, "shown", "claimed"),
    "neither": ({}, "shown", "claimed"),
    "another digest": ({"sha256": "0" * 64, "date": "2026-09-01"}, "altered", "claimed"),
}


@pytest.mark.parametrize(("entry", "verdict", "tier"), FILES.values(), ids=FILES)
def test_a_file_is_documented_only_with_digest_and_date(
    tmp_path: Path, entry: dict[str, Any], verdict: str, tier: str
) -> None:
    seen = look_at(tmp_path, "file", CANARY, **entry)
    assert (seen.verdict, seen.tier) == (verdict, tier)
    dated = date(2026, 9, 1) if verdict == "shown" and "date" in entry else None
    assert seen.date == dated


def test_a_changed_byte_and_an_empty_file(tmp_path: Path) -> None:
    assert look_at(tmp_path, "file", CANARY + "!", sha256=DIGEST, date="2026-09-01").verdict == "altered"
    empty = hashlib.sha256(b"").hexdigest()
    assert look_at(tmp_path, "file", b"", sha256=empty, date="2026-09-01").verdict == "unreadable"
