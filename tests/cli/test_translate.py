"""`handrail translate`: what is translated, and a file of what is not, which can be filled in and is then used."""

from __future__ import annotations

import json
from pathlib import Path

from tests.catalog.cases import SRC, edited, overlaid
from tests.cli.in_process import Run


def filled(text: str) -> str:
    """What a translator makes of a file with blanks."""
    return text.replace("... who translates, and answers for it", "Tests").replace("... ", "Auf Deutsch: ")


def test_what_is_to_be_translated_comes_as_a_file_that_can_be_filled_in(run: Run, tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    file = folder / "principles" / "i18n" / "de" / "src.yaml"
    file.parent.mkdir(parents=True)
    file.touch()  # as a shell does
    to_do = run("translate", "de", "-f", "yaml", "--of", "SRC", "--catalog", folder, code=0).stdout
    file.write_text(to_do, encoding="utf-8")
    assert "HR254" in run("lint", folder, code=1).stdout
    file.write_text(filled(to_do), encoding="utf-8")
    run("lint", folder, code=0)
    told = run("translate", "de", "--catalog", folder, code=0).stdout
    assert "SRC        13 of 13 translated" in told
    assert "role" not in told
    assert run("translate", "de", "-f", "yaml", "--of", "SRC", "--catalog", folder).stdout.endswith("texts: {}\n")


def test_what_changed_since_is_named(run: Run, tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    file = folder / "principles" / "i18n" / "de" / "src.yaml"
    file.parent.mkdir(parents=True)
    to_do = run("translate", "de", "-f", "yaml", "--of", "SRC-01.t", "--catalog", folder).stdout
    file.write_text(filled(to_do), encoding="utf-8")
    edited(folder, SRC, ("Keep a register", "Keep one register"))
    assert (
        "1 changed since\n\nChanged since they were translated:\n  SRC-01.title\n"
        in run("translate", "de", "--catalog", folder, code=0).stdout
    )
    rows = json.loads(run("translate", "de", "-f", "json", "--of", "SRC-01.t", "--catalog", folder).stdout)
    assert [(row["id"], row["state"], row["text"]) for row in rows] == [("SRC-01.title", "stale", "Keep one register")]


def test_a_language_and_a_beginning_that_there_cannot_be_are_told(run: Run) -> None:
    assert "no language tag in lower case" in run("translate", "German", code=2).said
    assert "the address of no text begins with 'SCR'" in run("translate", "de", "--of", "SCR", code=2).said
