"""`handrail explain`: the proof says what was judged, and every code has its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handrail.source.codes import CODES
from tests.cli.in_process import handrail
from tests.cli.test_check import AURORA


@pytest.fixture(scope="module")
def findings() -> list[dict[str, object]]:
    made = handrail("check", str(AURORA), "--as-of", "2026-11-24", "--format", "json").stdout
    found: list[dict[str, object]] = json.loads(made)["findings"]
    return found


def test_the_proof_of_every_control_ends_in_its_finding(findings: list[dict[str, object]]) -> None:
    for one in findings[::10]:
        control = str(one["control"])
        text = handrail("explain", control, str(AURORA), "--as-of", "2026-11-24", code=0).stdout
        last = next(line for line in text.splitlines() if " Finding" in line)
        assert last.endswith(f"\u2192 {one['finding']}"), control
        for blocker in one["blocked_by"]:  # type: ignore[attr-defined]
            assert blocker in text


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_page(code: str) -> None:
    from handrail.report.proof import code_page

    page = code_page(CODES[code], colour=False)
    assert page.startswith(f"{code} ")
    assert "Example" in page
    assert "Instead" in page


def test_the_page_of_a_code_is_shown() -> None:
    assert "HR203" in handrail("explain", "hr203", code=0).stdout


def test_a_folder_of_several_projects_is_ambiguous(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "handrail.yaml").write_text(f"handrail: 1\nproject: {{id: {name}, name: A}}\n")
    assert "2 projects" in handrail("explain", "GOV-01", str(tmp_path), code=2).stderr
