"""`endorsements/`: read with places, linted beside the catalog, and no part of what is judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handrail.catalog.beside import Why, why
from handrail.catalog.compiling import compile_directory, lint_directory
from handrail.catalog.default import default_bundle, load_bundle
from handrail.catalog.endorsements import FOLDER, endorsements_of
from handrail.catalog.fix import fix_directory
from handrail.catalog.since import brought
from handrail.model.endorsement import EndorsementFile
from handrail.source.diagnostics import Collector, InputError
from handrail.source.load import load
from tests.catalog.cases import AS_OF, SRC, checked, edited, overlaid
from tests.conftest import ROOT

GOOD = """organisation: {id: guild, name: The Guild, url: "https://guild.example"}
endorsements:
  - of: SRC-01
    position: endorses
    statement: "f2fb37961a463cef"
    consent: {by: Board, date: 2026-01-12}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """The minimal catalog."""
    return overlaid(tmp_path / "catalog")


def said(folder: Path, text: str, name: str = "guild.yaml") -> Path:
    file = folder / "endorsements" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def codes(folder: Path) -> list[str]:
    return [one.code for one in checked(folder)[0].sorted()]


def test_a_good_file_is_told_of_nothing_and_changes_no_byte_of_the_bundle(catalog: Path) -> None:
    before = compile_directory(catalog), load_bundle(catalog)[1]
    assert codes(said(catalog, GOOD)) == []
    assert (compile_directory(catalog), load_bundle(catalog)[1]) == before
    (found,) = endorsements_of([catalog], load_bundle(catalog)[0])
    assert found.organisation.name == "The Guild"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("position: endorses", "position: approves", ["HR105"]),
        ("    consent: {by: Board, date: 2026-01-12}\n", "", ["HR102"]),
        ("date: 2026-01-12", "date: 2026-02-30", ["HR104"]),
        ("f2fb37961a463cef", "f2fb", ["HR106"]),
        ("id: guild", "id: gild", ["HR205"]),
        ("of: SRC-01", "of: SRC-1", ["HR201"]),
        ("https://guild.example", "javascript:alert(1)", ["HR260"]),
        ("The Guild", "The Gu\u0456ld", ["HR259"]),
        ("by: Board", "by: ... who agreed", ["HR254"]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(old: str, new: str, wanted: list[str], catalog: Path) -> None:
    assert GOOD.count(old) == 1
    out, sources, bundle = checked(said(catalog, GOOD.replace(old, new)))
    found = out.sorted()
    assert [one.code for one in found] == wanted
    assert all(one.span and one.span.path == "endorsements/guild.yaml" for one in found)
    assert sources.text("endorsements/guild.yaml") is not None
    assert bundle is not None, "the catalog itself is linted all the same"


@pytest.mark.parametrize("name", ["guild.yml", "sitecustomize.py", ".hidden", "deep/notes.txt"])
def test_a_file_that_does_not_belong_is_told_by_its_name(name: str, catalog: Path) -> None:
    assert codes(said(catalog, "x\n", name)) == ["HR258"]


def test_a_link_is_refused(catalog: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(GOOD)
    (catalog / "endorsements").mkdir()
    (catalog / "endorsements" / "guild.yaml").symlink_to(tmp_path / "secret.yaml")
    (found,) = checked(catalog)[0].sorted()
    assert "link" in found.message


def test_an_error_of_the_catalog_hides_none_here(catalog: Path) -> None:
    edited(said(catalog, GOOD.replace("endorses", "approves")), SRC, ("effort: S", "effort: XXL"))
    assert {one.span.path for one in checked(catalog)[0].sorted() if one.span} == {SRC, "endorsements/guild.yaml"}


def test_a_change_of_a_statement_is_told_of_whoever_endorsed_the_earlier_text(catalog: Path, tmp_path: Path) -> None:
    earlier = lint_directory(said(catalog, GOOD), as_of=AS_OF)
    changed = said(overlaid(tmp_path / "changed"), GOOD)
    edited(changed, SRC, ("MUST stand in a register", "MUST stand in a dated register"))
    new = [one.code for one in brought(earlier, lint_directory(changed, as_of=AS_OF)).sorted()]
    assert new == ["HR271"]


def test_fix_mends_its_spaces(catalog: Path) -> None:
    said(catalog, GOOD.replace("endorses\n", "endorses  \n"))
    assert codes(catalog) == ["HR256"]
    assert [one.path for one in fix_directory(catalog)] == ["endorsements/guild.yaml"]
    assert codes(catalog) == []


def test_a_site_is_not_built_of_what_cannot_be_read(catalog: Path) -> None:
    bundle = load_bundle(catalog)[0]
    with pytest.raises(InputError) as told:
        endorsements_of([said(catalog, GOOD.replace("SRC-01", "SRC-77"))], bundle)
    assert [one.code for one in told.value.diagnostics] == ["HR201"]


def test_a_bundle_has_none_and_the_shipped_folder_names_no_organisation() -> None:
    assert endorsements_of([ROOT / "CITATION.cff"], default_bundle()[0]) == ()
    assert endorsements_of([], default_bundle()[0]) == ()


def test_the_example_of_the_readme_is_a_good_file() -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", (ROOT / FOLDER / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    out = Collector()
    assert load(EndorsementFile, example.encode(), "example-alliance.yaml", out) is not None, out.sorted()


def test_a_change_here_is_named_to_whoever_reviews_it() -> None:
    assert why("endorsements/guild.yaml") is Why.SPEAKS
    assert why("endorsements/sitecustomize.py") is Why.RUN
