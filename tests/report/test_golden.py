"""Whole reports of small projects, byte for byte. `pytest --update-golden` rewrites them; review the difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.assess.project import project_publicly
from handrail.report.canonical import to_json
from handrail.report.formats import FORMATS
from tests.report.rendered import SITE, in_format
from tests.report.small import CASES, CATALOG, Project

GOLDEN = Path(__file__).parents[1] / "golden"


def _in_format(name: str, *, public: bool = False) -> Callable[[Project], str]:
    return lambda one: in_format(name, one, public=public, site=SITE)


def _public(one: Project) -> str:
    return to_json(project_publicly(one.assessment(), CATALOG, one.declaration()))


MADE = {
    "report.txt": _in_format("text"),
    "report.md": _in_format("markdown"),
    "report.json": _in_format("json"),
    "report.html": _in_format("html"),
    "report.sarif": _in_format("sarif"),
    "report.junit.xml": _in_format("junit"),
    "report.github.txt": _in_format("github"),
    "report.csv": _in_format("csv"),
    "badge.json": _in_format("badge"),
    "badge.svg": _in_format("badge-svg"),
    "public.json": _public,
    "public.txt": _in_format("text", public=True),
    "public.html": _in_format("html", public=True),
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


def test_every_format_has_its_golden_file() -> None:
    assert len(MADE) == len(FORMATS) + 3  # and what would be published, as JSON, as text and as HTML


def test_every_golden_folder_of_a_report_has_its_case() -> None:
    assert {file.parent.name for file in GOLDEN.glob("*/report.txt")} == set(CASES)
