"""A statement edited in the catalog: the examples' answers to it are undetermined until `review` ties them to it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import Run
from tests.conftest import ROOT

FILE = "principles/throughout/account-for-child-safety.yaml"
OLD, NEW = "MUST name, in a dated", "MUST name, in a published, dated"
EXAMPLES = ("aurora-image", "harbor-hub", "lumen-chat")
EDITED = "GOV-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalog and of the examples, in which one statement is edited; nothing is released."""
    for name in ("principles", "checklists", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert text.count(OLD) == 1
    (tmp_path / FILE).write_text(text.replace(OLD, NEW), encoding="utf-8")
    return tmp_path


def findings(run: Run, project: Path, catalog: Path) -> dict[str, Any]:
    given = json.loads(run("check", project, "--catalog", catalog, "--as-of", "2026-11-24", "-f", "json").stdout)
    return {one["control"]: one for one in given["findings"]}


def test_an_edit_opens_its_control_alone_and_a_review_brings_every_finding_back(run: Run, folder: Path) -> None:
    projects = {name: folder / "examples" / name for name in EXAMPLES}
    before = {name: findings(run, path, ROOT) for name, path in projects.items()}
    for name, path in projects.items():
        assert before[name][EDITED]["finding"] == "satisfied"
        edited = findings(run, path, folder)
        assert edited[EDITED]["finding"] == "undetermined"
        assert [one["code"] for one in edited[EDITED]["reasons"]] == ["requirement-changed"]
        others = {one for one in edited if edited[one]["own"] != before[name][one]["own"]}
        assert others == {EDITED}, "every other answer stands as it stood"
    for path in projects.values():
        run("review", path, "--catalog", folder, "--yes", EDITED)
    for name, path in projects.items():
        again = findings(run, path, folder)
        assert {one: f["finding"] for one, f in again.items()} == {one: f["finding"] for one, f in before[name].items()}
