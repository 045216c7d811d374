"""HR401: a file beside the evidence that no answer declares, and that looks like content, is warned of by its name."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from handrail.catalog.default import default_bundle
from handrail.source.diagnostics import Collector, Diagnostic, Severity
from handrail.source.render import render
from handrail.workspace.check import check_project
from handrail.workspace.undeclared import UNDECLARED_FILES

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 24)
CANARY = "marmalade zeppelin"
DUMP = json.dumps({"prompt": f"Draw a {CANARY} over a quiet lake.", "output": f"Here is the {CANARY} of the lake."})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path / "examples" / "aurora-image"


def told(project: Path) -> tuple[Diagnostic, ...]:
    bundle, digest = default_bundle()
    out = Collector()
    assert check_project(project / "handrail.yaml", bundle, digest, out, as_of=AS_OF) is not None
    assert out.errors == 0
    return out.sorted()


def test_the_examples_hold_nothing_that_is_warned_of(project: Path) -> None:
    assert told(project) == ()


@pytest.mark.parametrize("name", ["run.jsonl", "deeper/run.jsonl", "kept/a/b/run.txt"])
def test_a_dump_beside_the_evidence_is_warned_of_and_not_shown(project: Path, name: str) -> None:
    dump = project / "evidence" / "data" / name
    dump.parent.mkdir(parents=True, exist_ok=True)
    dump.write_text(f"{DUMP}\n")
    (one,) = told(project)
    assert (one.code, one.severity) == ("HR401", Severity.WARNING)
    assert one.message == (
        f"`evidence/data/{name}` is declared by no answer and looks like prompts or outputs of a model"
    )
    assert one.span is not None
    declaration = (project / "handrail.yaml").read_text()
    assert "path: evidence/data/" in declaration.split("\n")[one.span.line - 1]
    shown = render([one], lambda path: Path(path).read_text(), colour=False)
    assert CANARY not in shown
    assert "= help: take it out of the project" in shown


def test_a_dump_that_is_declared_is_refused_and_not_warned_of(project: Path) -> None:
    (project / "evidence" / "data" / "source-register.csv").write_text(f"{DUMP}\n")
    assert told(project) == ()


def test_a_dump_in_a_folder_without_evidence_is_not_looked_for(project: Path) -> None:
    (project / "notes").mkdir()
    (project / "notes" / "run.jsonl").write_text(f"{DUMP}\n")
    (project / "run.jsonl").write_text(f"{DUMP}\n")
    assert told(project) == ()


def test_evidence_at_the_top_does_not_make_the_whole_project_looked_at(project: Path) -> None:
    shutil.move(project / "public" / "MODEL_CARD.md", project / "MODEL_CARD.md")
    declaration = project / "handrail.yaml"
    declaration.write_text(declaration.read_text().replace("path: public/MODEL_CARD.md", "path: MODEL_CARD.md"))
    (project / "run.jsonl").write_text(f"{DUMP}\n")
    assert told(project) == ()


def test_a_dump_beside_the_organisations_evidence_is_warned_of(project: Path) -> None:
    (project.parent / "organisation" / "people" / "run.jsonl").write_text(f"{DUMP}\n")
    (one,) = told(project)
    assert one.message.startswith("`organisation/people/run.jsonl` ")


def test_projects_that_share_an_organisation_are_told_once_of_what_lies_there(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    (project.parent / "organisation" / "people" / "run.jsonl").write_text(f"{DUMP}\n")
    bundle, digest = default_bundle()
    out = Collector()
    for one in ("aurora-image", "harbor-hub"):
        assert check_project(project.parent / one / "handrail.yaml", bundle, digest, out, as_of=AS_OF) is not None
    assert len(out.sorted()) == 1


def test_artifacts_are_declared_too(project: Path) -> None:
    artifact = project / "evidence" / "data" / "weights"
    artifact.mkdir()
    (artifact / "run.jsonl").write_text(f"{DUMP}\n")
    assert len(told(project)) == 1
    declaration = project / "handrail.yaml"
    old = "model: {sha256: 5cd330ab6620ee8919fba723300a6c3ae431b941e126e36b6d6ab58a408b6584}"
    text = declaration.read_text()
    assert old in text
    declaration.write_text(text.replace(old, f"{old[:-1]}, path: evidence/data/weights}}"))
    assert told(project) == ()


def test_what_cannot_be_opened_shows_nothing(project: Path) -> None:
    folder = project / "evidence" / "data"
    (folder / "link.jsonl").symlink_to("/etc/hostname")
    (folder / "linked").symlink_to(project)
    os.mkfifo(folder / "pipe.jsonl")
    (folder / ".hidden.jsonl").write_text(f"{DUMP}\n")
    assert told(project) == ()


@pytest.mark.parametrize(("count", "more"), [(-1, False), (0, False), (1, True)])
def test_so_many_files_are_opened_and_the_rest_is_told_of(project: Path, count: int, more: bool) -> None:
    folder = project / "evidence" / "data" / "many"
    folder.mkdir()
    for number in range(UNDECLARED_FILES + count):
        (folder / f"{number:04}.txt").write_text("A note about the work of a day.\n")
    messages = [one.message for one in told(project)]
    said = f"more than {UNDECLARED_FILES} files that no answer declares lie beside the evidence"
    assert messages == ([f"{said}; the others were not looked at"] if more else [])
