"""Evidence that lies in a project is proposed where its kind fits, and nothing else is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handrail.catalog.default import default_bundle
from handrail.workspace.discover import FILES_READ, Found, discover

BUNDLE, _ = default_bundle()
ROOT = Path(__file__).parents[2]
AURORA = ROOT / "examples" / "aurora-image"
WORDS = "We look at every report that reaches us within one day and write down what was decided and by whom. "
CARD = f"---\nlicense: mit\n---\n# Card\n\n## Child safety\n\n{WORDS}\n\n## Misuse prevention\n\n{WORDS}\n"

CONTACT = "Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\n"
JUNIT = '<testsuite name="a" tests="1" failures="0"><testcase name="b"/></testsuite>'
ROUTE = f"# Reports\n\n## How to report\n\n{WORDS}\n\n## What happens next\n\n{WORDS}"


def found_in(folder: Path) -> dict[str, Found]:
    found, cut = discover(folder, BUNDLE.controls.values())
    assert cut is None
    return {f"{one.control} {one.requirement}": one for one in found}


def test_a_fresh_project_has_none(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A project\n\nIt does things.\n")
    (tmp_path / "package.json").write_text('{"name": "x"}')
    assert found_in(tmp_path) == {}


@pytest.mark.parametrize(
    ("path", "text", "place", "fits"),
    [
        ("README.md", CARD, "OWN-01 card", True),
        ("README.md", CARD.replace(WORDS, ""), "OWN-01 card", False),
        ("SECURITY.md", "Write to security@example.org.\n", "SAF-04 contact", False),
        (".well-known/security.txt", CONTACT, "SAF-04 contact", True),
        (".github/CODEOWNERS", "* @org/child-safety\n", "GOV-01 code-owners", True),
        ("reports/junit.xml", JUNIT, "TST-04 regression", False),
        ("scan.sarif", '{"$schema": "sarif-2.1.0.json", "runs": []}', "TST-04 regression", False),
        ("docs/report.md", ROUTE, "SAF-04 route", False),
    ],
)
def test_what_is_there_is_found_and_told_for_what_it_is(
    tmp_path: Path, path: str, text: str, place: str, fits: bool
) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    one = found_in(tmp_path)[place]
    assert (one.path, one.fits) == (path, fits)
    assert one.text


def test_an_ownership_file_is_no_contact_and_a_contact_no_ownership_file(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text("* @org/child-safety\n")
    (tmp_path / "security.txt").write_text(CONTACT)
    assert {place: one.path for place, one in found_in(tmp_path).items()} == {
        "GOV-01 code-owners": "CODEOWNERS",
        "SAF-04 contact": "security.txt",
        "OWN-03 contact": "security.txt",
    }


def test_the_evidence_of_an_example_is_found_again() -> None:
    found = found_in(AURORA)
    assert found["SRC-01 register"].path == "evidence/data/source-register.csv"
    assert found["SRC-01 dataset-metadata"].path == "evidence/data/aurora-train-4.croissant.json"
    assert found["TST-01 plan"].path == "evidence/testing/test-plan.md"
    assert found["GOV-05 bom"].path == "evidence/release/aurora-2.1.cdx.json"
    assert found["OWN-01 card"].path == "public/MODEL_CARD.md"
    assert not found["TST-04 regression"].fits, "a test report could be for many a requirement"


def test_links_and_folders_of_others_are_not_followed(tmp_path: Path) -> None:
    away, project = tmp_path / "away", tmp_path / "project"
    for folder in (away, project / "node_modules" / "x", project / ".hidden"):
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(CARD)
    (project / "linked").symlink_to(away)
    (project / "README.md").symlink_to(away / "README.md")
    assert found_in(project) == {}


def test_a_dump_of_content_is_never_proposed(tmp_path: Path) -> None:
    head = "matches confirmed, items removed, reports made, versions issued"
    dump = f'{{"prompt": "{head} over a quiet lake, please.", "output": "Here it is, over the lake."}}\n' * 3
    (tmp_path / "counts.json").write_text(dump)
    assert found_in(tmp_path) == {}


def test_a_name_that_does_not_show_is_passed_over(tmp_path: Path) -> None:
    for name in ("a\u202eb", "c\nd", os.fsdecode(b"\xff")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(CARD)
    assert found_in(tmp_path) == {}


def test_a_project_of_too_many_files_is_told_of(tmp_path: Path) -> None:
    for number in range(FILES_READ + 3):
        (tmp_path / f"{number:03}.md").write_text("x")
    assert discover(tmp_path, BUNDLE.controls.values()) == ((), "3 more files were not looked at for evidence")
