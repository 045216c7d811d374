"""A data file shows values at paths; a value that says the opposite contradicts, and nothing there never does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.samples import DATA, DATA_ASKS, look_at, mutated

MUTANTS = {
    "other truth value": ('"accepted": false', '"accepted": true', "contradicted"),
    "same as text": ('"accepted": false', '"accepted": "false"', "shown"),
    "a word that is no truth value": ('"accepted": false', '"accepted": "no"', "partial"),
    "a placeholder": ('"accepted": false', '"accepted": "TBD"', "partial"),
    "null": ('"accepted": false', '"accepted": null', "partial"),
    "a list": ('"accepted": false', '"accepted": [true]', "partial"),
    "key taken out": ('"accepted": false, ', "", "partial"),
    "below the least": ('"limit": 20', '"limit": 9', "contradicted"),
    "just the least": ('"limit": 20', '"limit": 10', "shown"),
    "above the most": ('"limit": 20', '"limit": 20.5', "contradicted"),
    "number as text": ('"limit": 20', '"limit": "12"', "shown"),
    "no number": ('"limit": 20', '"limit": "some"', "partial"),
    "a truth value is no number": ('"limit": 20', '"limit": true', "partial"),
    "list that does not name it": ('["png", "jpeg"]', '["gif"]', "partial"),
    "text that names it": ('["png", "jpeg"]', '"gif and png"', "shown"),
    "value that must be there is empty": ('"marmalade zeppelin"}', '""}', "partial"),
    "value that must not be there": ('"owner"', '"exceptions": 1, "owner"', "contradicted"),
    "value that must not be there, null": ('"owner"', '"exceptions": null, "owner"', "shown"),
    "owner taken out": ('"owner": "Head of marmalade zeppelin",', "", "partial"),
    "owner is a placeholder": ("Head of marmalade zeppelin", "<owner>", "partial"),
    "date is no day": ("2026-09-01", "2026-9-1", "partial"),
    "key twice": ('"accepted": false', '"accepted": true, "accepted": false', "unreadable"),
    "no JSON number": ('"limit": 20', '"limit": NaN', "unreadable"),
    "infinite number": ('"limit": 20', '"limit": 1e999', "unreadable"),
    "number of 100 digits": ('"limit": 20', '"limit": ' + "9" * 100, "unreadable"),
    "cut short": ('"date": "2026-09-01"\n}', '"date": "2026-09-01"\n', "unreadable"),
}


def asks(*checks: dict[str, Any]) -> dict[str, Any]:
    return {"checks": list(checks)}


def test_a_whole_file_is_shown_documented_and_dated(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "data", DATA)
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "documented", date(2026, 9, 1))


@pytest.mark.parametrize(("old", "new", "verdict"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_file(tmp_path: Path, old: str, new: str, verdict: str) -> None:
    assert look_at(tmp_path, "data", mutated(DATA, old, new)).verdict == verdict


@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.toml"])
def test_the_same_values_in_every_format(tmp_path: Path, name: str) -> None:
    content = {
        "a.json": DATA,
        "a.yaml": "owner: Marmalade\ndate: 2026-09-01\ntraining_uploads:\n  accepted: false\n  limit: 20\n"
        "  formats: [png, jpeg]\n  note: here\n",
        "a.toml": 'owner = "Marmalade"\ndate = 2026-09-01\n[training_uploads]\naccepted = false\nlimit = 20\n'
        'formats = ["png"]\nnote = "here"\n',
    }
    seen = look_at(tmp_path, "data", content[name], name=name)
    assert (seen.verdict, seen.date) == ("shown", date(2026, 9, 1))
    contradicting = content[name].replace("false", "true")
    assert look_at(tmp_path, "data", contradicting, name=name).verdict == "contradicted"


def test_absence_alone_is_no_success(tmp_path: Path) -> None:
    only = asks({"path": "exceptions", "exists": "false"})
    content = '{"owner": "Marmalade", "date": "2026-09-01"}'
    assert look_at(tmp_path, "data", content, parameters=only).verdict == "unreadable"


def test_date_and_owner_are_read_at_the_paths_given(tmp_path: Path) -> None:
    parameters = asks({"path": "u.accepted", "equals": False}) | {"date": "u.reviewed", "owner": "u.owner"}
    content = '{"u": {"accepted": false, "reviewed": "2026-09-01T23:30:00-02:00", "owner": "Marmalade"}}'
    seen = look_at(tmp_path, "data", content, parameters=parameters)
    assert (seen.verdict, seen.date) == ("shown", date(2026, 9, 2))


@pytest.mark.parametrize("path", ["[", "a b", "(" * 100, "a[?b"])
def test_a_path_of_the_catalog_that_does_not_compile_is_not_held_against_the_file(tmp_path: Path, path: str) -> None:
    assert look_at(tmp_path, "data", DATA, parameters=asks({"path": path, "exists": True})).verdict == "unavailable"


@pytest.mark.parametrize(
    "path", ["items[?@ > `1`] | [0]", "avg(items)", "items[::0]", "sort(items)", "join('', items)"]
)
def test_a_path_that_stumbles_over_the_types_of_the_file_shows_nothing(tmp_path: Path, path: str) -> None:
    content = '{"items": ["marmalade", 2, null], "owner": "Marmalade", "date": "2026-09-01"}'
    assert look_at(tmp_path, "data", content, parameters=asks({"path": path, "exists": True})).verdict == "unreadable"


def test_the_text_names_the_path_and_never_the_value(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "data", mutated(DATA, '"limit": 20', '"limit": 4711'))
    assert "training_uploads.limit" in seen.text


def test_another_ending_is_unreadable(tmp_path: Path) -> None:
    assert look_at(tmp_path, "data", DATA, name="limits.txt", parameters=DATA_ASKS).verdict == "unreadable"
