"""The pages about CI and editors: what they tell to type exists, and does what they say."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest

from handrail.report.formats import FORMATS
from tests.cli.in_process import ROOT, handrail

PAGES = [ROOT / "site" / "pages" / "how-to" / name for name in ("ci.md", "editor.md")]
COMMANDS = sorted(
    {
        line.strip().removesuffix(" || true").removeprefix("- ").partition(" > ")[0]
        for page in PAGES
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("    ") and line.strip().removeprefix("- ").startswith("handrail ")
    }
)


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) > 8


@pytest.mark.parametrize("command", [one for one in COMMANDS if "--watch" not in one])
def test_every_command_of_the_pages_runs(command: str, tmp_path: Path) -> None:
    here, before = tmp_path / "here", tmp_path / "before"
    for folder in (here, before):
        folder.mkdir()
        (folder / "handrail.yaml").write_text("handrail: 1\nproject: {id: a, name: A}\nchecklists: [first-steps]\n")
    handrail("check", ".", "--output", "json=before.json", cwd=here)
    ended = handrail(*shlex.split(command)[1:], cwd=here)
    assert ended.returncode in (0, 1), ended.stderr


def test_the_formats_that_the_pages_name_are_formats() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"--(?:output|format) ([a-z-]+)", text))
    assert named
    assert named <= set(FORMATS)


def test_all_schemas_are_written_and_one_goes_to_standard_output(tmp_path: Path) -> None:
    handrail("schema", "--out", str(tmp_path / "s"), "--draft", "draft-07", "--with-catalog", code=0)
    names = handrail("schema", code=0).stdout.split()
    assert sorted(one.name for one in (tmp_path / "s").iterdir()) == sorted(f"{one}.schema.json" for one in names)
    written = (tmp_path / "s" / "handrail.schema.json").read_text()
    assert written == handrail("schema", "handrail", "--draft", "draft-07", "--with-catalog", code=0).stdout
    jsonschema.Draft7Validator.check_schema(json.loads(written))
    assert '"SRC-03"' in written
    assert '"SRC-03"' not in handrail("schema", "handrail", code=0).stdout


def test_schemas_that_cannot_be_written_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = handrail("schema", "--out", str(tmp_path / "file" / "s"), code=2)
    assert "error[HR501]" in ended.stderr
