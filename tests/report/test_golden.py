"""Whole reports of small projects, byte for byte. `pytest --update-golden` rewrites them; review the difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.assess.project import project_publicly
from handrail.report.canonical import to_json
from handrail.report.formats import FORMATS, ReportInput
from tests.report.small import CASES, CATALOG, Project

GOLDEN = Path(__file__).parents[1] / "golden"


def _in_format(name: str) -> Callable[[Project], str]:
    return lambda one: FORMATS[name](
        ReportInput(assessments=(one.assessment(),), declarations=(one.declaration(),), bundle=CATALOG)
    )


def _public(one: Project) -> str:
    return to_json(project_publicly(one.assessment(), CATALOG, one.declaration()))


MADE = {
    "report.txt": _in_format("text"),
    "report.md": _in_format("markdown"),
    "report.json": _in_format("json"),
    "public.json": _public,
}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("case", CASES)
def test_report_is_what_was_reviewed(case: str, name: str, update_golden: bool) -> None:
    made = MADE[name](CASES[case]).encode()
    file = GOLDEN / case / name
    if update_golden:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    assert made.decode() == file.read_bytes().decode()


def test_every_golden_folder_of_a_report_has_its_case() -> None:
    assert {file.parent.name for file in GOLDEN.glob("*/report.txt")} == set(CASES)
