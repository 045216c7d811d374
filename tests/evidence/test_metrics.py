"""Metrics show measures that are whole: definition, period, denominator, count."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.evidence.samples import METRICS, look_at, mutated

MUTANTS = {
    "measure renamed": ("name: reports_received", "name: reports", "partial"),
    "name spelled otherwise": ("name: reports_received", "name: Reports received", "shown"),
    "definition taken out": ("definition: Reports that it answered.", "note: a", "partial"),
    "definition still to be written": ("Reports that it answered.", "TBD", "partial"),
    "denominator taken out": ("  denominator: all visits\n", "", "partial"),
    "denominator is a placeholder": ("all visits", "<what>", "partial"),
    "denominator is a number": ("all visits", "90", "shown"),
    "period without an end": (", to: 2026-09-30}", "}", "partial"),
    "period that ends before it starts": ("to: 2026-09-30", "to: 2026-06-30", "partial"),
    "period of one day": ("from: 2026-07-01", "from: 2026-09-30", "shown"),
    "period in words": ("{from: 2026-07-01, to: 2026-09-30}", "third quarter", "partial"),
    "count taken out": ("  count: 12.5\n", "", "partial"),
    "count below nothing": ("count: 12.5", "count: -1", "partial"),
    "count of nothing": ("count: 12.5", "count: 0", "shown"),
    "count in words": ("count: 12.5", "count: few", "partial"),
    "a key twice": ("  count: 12.5", "  count: 1\n  count: 12.5", "unreadable"),
    "no list": ("- name: reports_received", "a:\n- name: reports_received", "unreadable"),
}


def test_whole_measures_are_shown_and_dated_by_the_one_least_recently_kept(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "metrics", METRICS)
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "documented", date(2026, 6, 30))


@pytest.mark.parametrize(("old", "new", "verdict"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_the_measures(tmp_path: Path, old: str, new: str, verdict: str) -> None:
    assert look_at(tmp_path, "metrics", mutated(METRICS, old, new)).verdict == verdict


def test_of_a_measure_kept_over_several_periods_the_latest_counts(tmp_path: Path) -> None:
    later = METRICS.split("- name")[2].replace("2026-04-01", "2026-07-01").replace("2026-06-30", "2026-09-29")
    assert look_at(tmp_path, "metrics", METRICS + "- name" + later).date == date(2026, 9, 29)


def test_json_reads_as_yaml_does(tmp_path: Path) -> None:
    period = {"from": "2026-07-01", "to": "2026-09-30"}
    measure = {"definition": "Marmalade", "denominator": 4711, "count": 4711, "period": period}
    measures = [{"name": name, **measure} for name in ("reports_received", "reports_answered")]
    assert look_at(tmp_path, "metrics", json.dumps(measures), name="a.json").verdict == "shown"


@pytest.mark.parametrize("content", ["[]", "[1, [], {}, null]", '["reports_received"]', "{}", "null", "3"])
def test_nothing_whole_shows_nothing(tmp_path: Path, content: str) -> None:
    assert look_at(tmp_path, "metrics", content, name="a.json").verdict == "unreadable"


def test_another_format_is_unreadable(tmp_path: Path) -> None:
    assert look_at(tmp_path, "metrics", METRICS, name="a.toml").verdict == "unreadable"
