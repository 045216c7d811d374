"""CONTRIBUTING.md: the commands of its walk-through are run in a copy of the catalog and print what the page shows."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.in_process import completed
from tests.conftest import ROOT
from tests.repository import Repository
from tests.test_tutorial import pattern

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", PAGE, flags=re.MULTILINE | re.DOTALL)
ENVIRONMENT = {"COLUMNS": "80", "SOURCE_DATE_EPOCH": "1795478400"}
FOLDERS = ("principles", "checklists", "endorsements", "examples")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each block prints, in a copy whose catalog is committed on `main`."""
    folder = tmp_path_factory.mktemp("contributing")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    Repository(folder).commit_folder(*FOLDERS)
    return ["".join(_run(line, folder) for line in block.splitlines()) for block, _ in BLOCKS]


def _run(line: str, folder: Path) -> str:
    command = shlex.split(line)
    if command[0] == "handrail":
        ended = completed(folder, *command[1:], env=ENVIRONMENT)
        assert ended.returncode in (0, 1), ended.stderr
        return ended.stdout + ended.stderr
    subprocess.run(command, cwd=folder, check=True)
    return ""


def test_the_walk_through_has_an_error_a_preview_and_a_scaffold() -> None:
    lines = [line for block, _ in BLOCKS for line in block.splitlines()]
    assert {"handrail lint", "handrail diff main", "handrail diff main --impact examples"} <= set(lines)
    assert sum(bool(shown) for _, shown in BLOCKS) > 5


@pytest.mark.parametrize("number", range(len(BLOCKS)), ids=[block.split("\n")[-2].strip()[:40] for block, _ in BLOCKS])
def test_a_block_prints_what_the_page_shows(printed: list[str], number: int) -> None:
    assert pattern(BLOCKS[number][1]).fullmatch(printed[number]), printed[number]


def test_what_the_page_links_to_is_there() -> None:
    with contextlib.chdir(ROOT):
        targets = [Path(one) for one in re.findall(r"\]\((?!https:)([^)#]+)\)", PAGE)]
        assert targets
        assert [one for one in targets if not one.exists()] == []
