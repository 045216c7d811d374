"""A register shows columns that are filled and dated in every row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.evidence import limits
from tests.evidence.samples import REGISTER, REGISTER_ASKS, look_at, mutated

MUTANTS = {
    "column renamed": ("Role,", "Person,", "partial", "documented"),
    "column spelled as in the catalog": ("Stand-in", "stand_in", "shown", "documented"),
    "column twice": ("Area,Role,Stand-in", "Area,Role,Role", "unreadable", "claimed"),
    "date column taken away": ("Reviewed", "Seen", "partial", "claimed"),
    "cell empty": ("Deputy", "", "partial", "documented"),
    "cell is a placeholder": ("Deputy", "TBD", "partial", "documented"),
    "cell is a slot": ("Deputy", "<name>", "partial", "documented"),
    "cell is a dash": ("Deputy", "-", "partial", "documented"),
    "cell says none": ("Deputy", "none", "shown", "documented"),
    "a row without a date": ("Deputy,2026-08-01", "Deputy,", "partial", "claimed"),
    "a row with no day": ("2026-08-01", "August 2026", "partial", "claimed"),
    "a row too long": ("Deputy,2026", "Deputy,more,2026", "unreadable", "claimed"),
    "a row too short": ("Deputy,2026-08-01", "Deputy", "partial", "claimed"),
    "a row taken out": ("marmalade zeppelin,", "", "partial", "claimed"),
    "empty cells at the end": ("2026-08-01", "2026-08-01,,", "shown", "documented"),
    "an empty row": ("Training", ",,,\n\nTraining", "shown", "documented"),
    "quote never closed": ("Deputy", '"Deputy', "unreadable", "claimed"),
    "byte order mark": ("Area", "\ufeffArea", "shown", "documented"),
    "a cell as long as the limit": ("Deputy", "d" * limits.CELL_CHARACTERS, "shown", "documented"),
    "a cell beyond the limit": ("Deputy", "d" * (limits.CELL_CHARACTERS + 1), "unreadable", "claimed"),
}


def test_a_whole_register_is_shown_and_dated_by_its_latest_row(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "register", REGISTER)
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "documented", date(2026, 9, 1))


@pytest.mark.parametrize(("old", "new", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_register(tmp_path: Path, old: str, new: str, verdict: str, tier: str) -> None:
    seen = look_at(tmp_path, "register", mutated(REGISTER, old, new))
    assert (seen.verdict, seen.tier) == (verdict, tier)


def test_semicolons_part_cells_as_well(tmp_path: Path) -> None:
    text = REGISTER.replace('"Lead, trust"', "Lead").replace(",", ";").replace("\n", "\r\n")
    assert look_at(tmp_path, "register", text).verdict == "shown"


def test_a_markdown_table_among_others(tmp_path: Path) -> None:
    table = [line.split(",") for line in REGISTER.replace('"Lead, trust"', "Lead \\| trust").splitlines()]
    table.insert(1, [":--", "---", "--:", ":-:"])
    rows = "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    text = f"# Register\n\n| Area | Other |\n|---|---|\n| a | b |\n\n{rows}\n\nThe end.\n"
    seen = look_at(tmp_path, "register", text, name="register.md")
    assert (seen.verdict, seen.date) == ("shown", date(2026, 9, 1))
    assert look_at(tmp_path, "register", f"```\n{rows}\n```\n", name="register.md").verdict == "unreadable"


@pytest.mark.parametrize("content", ["Area,Role,Stand-in,Reviewed\n", "a,b\n1,2\n", "\n", "Area"])
def test_a_table_without_rows_or_columns_asked_for_shows_nothing(tmp_path: Path, content: str) -> None:
    assert look_at(tmp_path, "register", content).verdict == "unreadable"


def test_fewer_rows_than_asked_is_a_part(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "register", REGISTER, parameters=REGISTER_ASKS | {"min_rows": "3"})
    assert (seen.verdict, seen.date) == ("partial", date(2026, 9, 1))


@pytest.mark.parametrize(("more", "verdict"), [(-1, "shown"), (0, "shown"), (1, "unreadable")])
def test_rows_up_to_the_limit(tmp_path: Path, more: int, verdict: str) -> None:
    text = "area,role,stand_in,reviewed\n" + "a,b,c,2026-09-01\n" * (limits.TABLE_ROWS + more)
    assert look_at(tmp_path, "register", text).verdict == verdict


@pytest.mark.parametrize(("more", "verdict"), [(-1, "shown"), (0, "shown"), (1, "unreadable")])
def test_columns_up_to_the_limit(tmp_path: Path, more: int, verdict: str) -> None:
    extra = "".join(f",c{at}" for at in range(limits.TABLE_COLUMNS + more - 4))
    text = f"area,role,stand_in,reviewed{extra}\na,b,c,2026-09-01\nd,e,f,2026-09-01\n"
    assert look_at(tmp_path, "register", text).verdict == verdict


def test_a_spreadsheet_file_is_unreadable(tmp_path: Path) -> None:
    assert look_at(tmp_path, "register", REGISTER, name="register.xlsx").verdict == "unreadable"
