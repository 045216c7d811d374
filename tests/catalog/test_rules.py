"""Every folder of `tests/rules/HR2xx` shows one code: a good catalog, a bad one, its text.

`ok/` and `bad/` hold files that stand in place of those of `minimal/` beside this file (`remove.txt` lists those that
are taken away). `expected.txt` is written by `pytest --update-golden` and reviewed in the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.source.codes import CODES
from handrail.source.render import render
from tests.catalog.cases import checked, overlaid

RULES = Path(__file__).parent.parent / "rules"
FOLDERS = sorted(folder for folder in RULES.glob("HR2??") if folder.is_dir())

NOT_BY_A_CATALOG = {"HR219": "test_bundle.py", **dict.fromkeys((f"HR28{n}" for n in range(8)), "test_pack_rules.py")}


def test_the_minimal_catalog_has_no_defect(tmp_path: Path) -> None:
    out, _, bundle = checked(overlaid(tmp_path))
    assert out.total == 0
    assert bundle is not None


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_good_catalog_is_accepted(folder: Path, tmp_path: Path) -> None:
    assert any((folder / "ok").rglob("*.yaml"))
    out, _, _ = checked(overlaid(tmp_path, folder / "ok"))
    assert [f"{each.code} {each.message}" for each in out.sorted()] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_bad_catalog_is_told_as_expected(folder: Path, tmp_path: Path, update_golden: bool) -> None:
    out, sources, _ = checked(overlaid(tmp_path, folder / "bad"))
    text = render(out.sorted(), sources.text)
    expected = folder / "expected.txt"
    if update_golden:
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")
    assert {each.code for each in out.sorted()} == {folder.name}


def test_every_code_has_a_folder_or_a_reason_why_not() -> None:
    wanted = {code for code in CODES if code.startswith("HR2")}
    assert {folder.name for folder in FOLDERS} == wanted - set(NOT_BY_A_CATALOG)
