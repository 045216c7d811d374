"""Every folder of `tests/rules/HR0xx` and `HR1xx` shows one code: a good file, a bad one, its text.

Adding a case is adding a folder with `ok.yaml`, `bad.yaml` and `expected.txt`; the last is written
by `pytest --update-golden` and reviewed in the diff. The files are read as a small format that
stands in `conftest.py` beside this file, so that the cases do not change with the catalog's.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from handrail.source.codes import CODES
from handrail.source.diagnostics import Collector
from handrail.source.load import load
from handrail.source.render import render
from handrail.source.text import displayable

RULES = Path(__file__).parent.parent / "rules"
FOLDERS = sorted(folder for folder in RULES.glob("HR[01]??") if folder.is_dir())

# Codes that no file can show: they are about a path, or a file too large to keep here.
NOT_BY_A_FILE = {
    "HR003": "test_limits.py",
    "HR004": "test_files.py",
    "HR005": "test_files.py",
    "HR006": "the command line's tests",
    "HR017": "test_limits.py",
}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_good_file_is_accepted(folder: Path, specimen: type[BaseModel]) -> None:
    out = Collector()
    assert load(specimen, (folder / "ok.yaml").read_bytes(), "ok.yaml", out) is not None
    assert out.total == 0


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_bad_file_is_told_as_expected(
    folder: Path, specimen: type[BaseModel], request: pytest.FixtureRequest
) -> None:
    data = (folder / "bad.yaml").read_bytes()
    out = Collector()
    assert load(specimen, data, "bad.yaml", out) is None
    assert {each.code for each in out.sorted()} == {folder.name}
    text = render(out.sorted(), lambda _: displayable(data))
    expected = folder / "expected.txt"
    if request.config.getoption("--update-golden", default=False):
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")


def test_every_code_has_a_folder_or_a_reason_why_not() -> None:
    shown = {folder.name for folder in FOLDERS}
    wanted = {code for code in CODES if code[:3] in ("HR0", "HR1")}
    assert shown == wanted - set(NOT_BY_A_FILE)
