"""Every defect of a declaration is told at the very token, wherever it stands, and nothing is written."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from handrail.catalog.default import default_bundle
from handrail.source.diagnostics import Collector
from handrail.workspace.check import check_project
from tests.hostile.injections import DEFECTS, Defect

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
AS_OF = date(2026, 11, 24)
PLACES = 20


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the worked example, with links that a hostile declaration may point at."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    folder = tmp_path / "examples" / "aurora-image"
    (folder / "linked.md").symlink_to("/etc/hostname")
    (folder / "linked").symlink_to(folder / "evidence")
    return folder


def told(path: Path) -> Collector:
    """What checking the declaration tells."""
    bundle, digest = default_bundle()
    out = Collector()
    assert check_project(path, bundle, digest, out, as_of=AS_OF) is None
    return out


@pytest.mark.parametrize("inject", DEFECTS, ids=lambda one: one.__name__)
def test_a_defect_is_told_at_its_token(inject: Callable[[str, random.Random], Defect], project: Path) -> None:
    declaration = project / "handrail.yaml"
    good = declaration.read_text(encoding="utf-8")
    for seed in range(PLACES):
        defect = inject(good, random.Random(f"{inject.__name__} {seed}"))
        declaration.write_bytes(defect.data)
        found = told(declaration)
        spans = [(d.code, d.span.line, d.span.column) for d in found.sorted() if d.span]
        wanted = (defect.code, defect.line, defect.column)
        assert wanted in spans or (not defect.column and wanted[:2] in [one[:2] for one in spans]), (wanted, spans)


@pytest.mark.parametrize("inject", DEFECTS, ids=lambda one: one.__name__)
def test_the_command_exits_2_without_traceback_and_writes_nothing(
    inject: Callable[[str, random.Random], Defect], project: Path
) -> None:
    declaration = project / "handrail.yaml"
    defect = inject(declaration.read_text(encoding="utf-8"), random.Random(f"cli {inject.__name__}"))
    declaration.write_bytes(defect.data)
    before = sorted(project.rglob("*"))
    ended = subprocess.run(
        [sys.executable, "-m", "handrail", "check", str(project), "--output", f"json={project / 'out.json'}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert f"error[{defect.code}]" in ended.stderr
    assert f"handrail.yaml:{defect.line}:" in ended.stderr
    assert "= help:" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert sorted(project.rglob("*")) == before


def test_two_defects_in_two_files_are_both_told(project: Path) -> None:
    declaration, organisation = project / "handrail.yaml", project.parent / "organisation.yaml"
    declaration.write_text(declaration.read_text().replace("project:", "projekt:", 1))
    organisation.write_text(organisation.read_text() + "\nnonsense: 1\n")
    files = {Path(d.span.path).name for d in told(declaration).sorted() if d.span}
    assert files == {"handrail.yaml", "organisation.yaml"}


def test_no_declaration_is_an_error_and_not_a_clean_run(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "handrail", "check", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "error[HR006]" in ended.stderr


def test_a_missing_evidence_file_is_undetermined_and_no_crash(project: Path) -> None:
    bundle, digest = default_bundle()
    for one in (project / "evidence").rglob("*"):
        if one.is_file():
            one.unlink()
    out = Collector()
    checked = check_project(project / "handrail.yaml", bundle, digest, out, as_of=AS_OF)
    assert checked is not None
    assert out.errors == 0
    reasons = {reason.code for one in checked.assessment.findings for reason in one.reasons}
    assert "evidence-missing" in reasons
