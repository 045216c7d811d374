"""The section of a catalog's release in a change log: written once, rewritten in place, and nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.report.changelog import with_section
from tests.catalog.cases import SRC, edited, overlaid
from tests.cli.in_process import Run

HEAD = "# Changes\n\n## Unreleased\n\n- Mine.\n"
FIRST = "## Catalog 1.0.0, 2026-01-01\n\nThe first.\n"
NEXT = "## Catalog 1.1.0, 2026-02-01\n\nMore.\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", NEXT),
        (HEAD, f"{HEAD}\n{NEXT}"),
        (f"{HEAD}\n{FIRST}", f"{HEAD}\n{NEXT}\n{FIRST}"),
        (f"{HEAD}\n{NEXT.replace('More', 'Less')}\n{FIRST}", f"{HEAD}\n{NEXT}\n{FIRST}"),
        (f"{HEAD}\n{NEXT.replace('1.1.0', '1.1.01')}", f"{HEAD}\n{NEXT}\n{NEXT.replace('1.1.0', '1.1.01')}"),
    ],
)
def test_a_section_finds_its_place(text: str, wanted: str) -> None:
    assert with_section(text, NEXT) == wanted
    assert with_section(wanted, NEXT) == wanted, "written twice, it is as written once"


def test_diff_writes_it_once_the_version_is_raised(tmp_path: Path, run: Run) -> None:
    old, new, log = overlaid(tmp_path / "old"), overlaid(tmp_path / "new"), tmp_path / "CHANGELOG.md"
    log.write_text(f"{HEAD}\n{FIRST}")
    edited(new, SRC, ("MUST stand in a register", "MUST stand in a dated register"))
    assert "raise `version` first" in run("diff", old, new, "--changelog", log, code=2).said
    assert log.read_text() == f"{HEAD}\n{FIRST}"
    edited(new, "principles/catalog.yaml", ('version: "1.1"', 'version: "2.0.0"'))
    run("diff", old, new, "--changelog", log, "--as-of", "2026-12-01", code=0)
    text = log.read_text()
    assert text.startswith(f"{HEAD}\n## Catalog 2.0.0, 2026-12-01\n\n1 change: 1 breaking.")
    assert "- **SRC-01 Keep a register**" in text
    assert text.endswith(FIRST)


def test_a_file_that_is_no_text_is_left_as_it_is(tmp_path: Path, run: Run) -> None:
    old, new, log = overlaid(tmp_path / "old"), overlaid(tmp_path / "new"), tmp_path / "CHANGELOG.md"
    edited(new, "principles/catalog.yaml", ('version: "1.1"', 'version: "1.0.1"'))
    log.write_bytes(b"a\xff")
    run("diff", old, new, "--changelog", log, code=2)
    assert log.read_bytes() == b"a\xff"
