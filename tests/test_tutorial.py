"""The tutorial: its shell blocks are run as they stand, from an empty folder, and print what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "site" / "pages" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", PAGE, flags=re.MULTILINE | re.DOTALL)
DAY = "2026-11-24"
END = "=== end of block, exit"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """What each block prints, both streams as one, and the exit code of its last command."""
    folder = tmp_path_factory.mktemp("tutorial")
    script = f"exec 2>&1\ndate() {{ echo {DAY}; }}\n"
    script += "".join(f"{block}printf '\\n%s %d\\n' '{END}' $?\n" for block, _ in BLOCKS)
    midnight = subprocess.run(["date", "-ud", DAY, "+%s"], capture_output=True, text=True, check=True).stdout.strip()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": midnight, "COLUMNS": "80"}
    ended = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return [(text, int(code)) for text, code in re.findall(rf"(.*?)\n{END} (\d+)\n", ended.stdout, flags=re.DOTALL)]


def pattern(shown: str) -> re.Pattern[str]:
    """The shown output, in which a line of three dots stands for any lines."""
    parts = [r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown.splitlines()]
    return re.compile("".join(parts))


def test_there_are_blocks_and_most_show_what_they_print() -> None:
    assert len(BLOCKS) > 7
    assert sum(bool(shown) for _, shown in BLOCKS) > 6


@pytest.mark.parametrize("number", range(len(BLOCKS)), ids=[block.split("\n")[-2].strip()[:40] for block, _ in BLOCKS])
def test_a_block_prints_what_the_page_shows(printed: list[tuple[str, int]], number: int) -> None:
    text, code = printed[number]
    assert code in (0, 1), text
    assert pattern(BLOCKS[number][1]).fullmatch(text if text.endswith("\n") or not text else f"{text}\n"), text


def test_it_ends_with_a_satisfied_control_and_no_new_gap(printed: list[tuple[str, int]]) -> None:
    text = "".join(one for one, _ in printed)
    assert re.search(r"Finding +\S* satisfied", text)
    assert printed[-1][1] == 0
