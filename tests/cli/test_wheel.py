"""Built as a wheel and installed outside the repository, handrail works from the catalog inside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.long


def run(*command: str, cwd: Path, code: int = 0) -> str:
    return ended(*command, cwd=cwd, code=code).stdout


def ended(*command: str, cwd: Path, code: int) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    process = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert process.returncode == code, process.stdout + process.stderr
    return process


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of a copy of the sources, so that a build cannot litter the checkout."""
    sources = tmp_path_factory.mktemp("sources") / "handrail"
    left_out = shutil.ignore_patterns(".venv", ".git", "__pycache__", "public", "shots", ".*_cache", "dist")
    shutil.copytree(ROOT, sources, ignore=left_out)
    out = tmp_path_factory.mktemp("dist")
    # The build tools are here already; fetching them into an environment of their own would cost more than the build.
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    run(*pip, "--wheel-dir", str(out), str(sources), cwd=out)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that holds the wheel, what it needs for the examples, and no checkout."""
    folder = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "venv", "--without-pip", str(folder / "env"), cwd=folder)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "env"), "install", "--quiet"]
    options = ["--disable-pip-version-check", "--constraint", str(ROOT / "constraints.txt")]
    run(*pip, *options, f"{wheel}[cyclonedx]", cwd=folder)
    return folder / "env" / "bin"


def test_the_wheel_carries_the_catalog_and_the_site_sources_and_no_built_site(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "handrail/_data/bundle.json" in names
    assert "handrail/_data/site/mkdocs.yml" in names
    assert not [name for name in names if "/public/" in name or "__pycache__" in name]


def test_check_works_from_the_bundled_catalog(fresh: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    made = run(str(fresh / "handrail"), "check", "examples/aurora-image", "--as-of", "2026-11-24", "--format", "json",
               cwd=tmp_path, code=1)  # fmt: skip
    here = run(sys.executable, "-m", "handrail", "check", "examples/aurora-image", "--as-of", "2026-11-24", "--format",
               "json", cwd=ROOT, code=1)  # fmt: skip
    assert made == here


def test_without_the_extra_a_site_of_records_is_refused_in_a_sentence(fresh: Path, tmp_path: Path) -> None:
    """Records are read before the engine is asked for, by a library of the same extra."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    handrail = str(fresh / "handrail")
    run(handrail, "check", "examples/aurora-image", "--output", "json=run.json", cwd=tmp_path, code=1)
    said = ended(handrail, "site", "build", "run.json", "--internal", cwd=tmp_path, code=2)
    assert "error[HR502]" in said.stderr
    assert 'pip install "handrail[site]"' in said.stderr


def test_the_site_is_built_from_the_wheel(fresh: Path, tmp_path: Path) -> None:
    """The engine, whose icons alone are ten thousand files, is that of the environment in which tests run."""
    (packages,) = fresh.parent.glob("lib/python*/site-packages")
    (packages / "engine.pth").write_text(sysconfig.get_path("purelib") + "\n")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    run(str(fresh / "handrail"), "site", "build", "examples", "--out", "public", "--as-of", "2026-11-24", cwd=tmp_path)
    assert (tmp_path / "public" / "index.html").is_file()
    assert (tmp_path / "public" / "reports" / "aurora-image.html").is_file()
