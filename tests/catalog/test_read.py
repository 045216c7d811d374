"""Reading a catalog: which file is what, what may be absent, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.catalog.read import CatalogSources, read_catalog
from handrail.source.diagnostics import Collector, Diagnostic
from handrail.source.files import Root
from tests.catalog.cases import CHECKLIST, SRC, edited, overlaid


def read(folder: Path) -> tuple[CatalogSources, tuple[Diagnostic, ...]]:
    out = Collector()
    with Root(folder) as root:
        return read_catalog(root, out), out.sorted()


def codes(folder: Path) -> list[str]:
    return [each.code for each in read(folder)[1]]


def test_every_file_is_there_with_the_places_of_what_it_says(tmp_path: Path) -> None:
    sources, told = read(overlaid(tmp_path))
    assert told == ()
    assert list(sources.controls) == ["SRC-01", "SRC-02"]
    assert sources.controls["SRC-02"].span("requires", 0).line == 36
    assert sources.controls["SRC-02"].key_span("applies_when", "role").column == 20
    assert sources.controls["SRC-02"].principle.id == "SRC"
    assert (sources.text(SRC) or "").startswith("principle:\n")
    assert sources.text("principles/absent.yaml") is None


def test_optional_files_may_be_absent(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    for path in ("principles/stewards.yaml", "principles/lexicon.yaml", "principles/references/act.yaml", CHECKLIST):
        (folder / path).unlink()
    (folder / "checklists").rmdir()
    sources, told = read(folder)
    assert told == ()
    assert (sources.stewards, sources.attestors, sources.lexicon, sources.releases) == (None,) * 4
    assert (sources.references, sources.checklists) == ((), ())


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ("principles/catalog.yaml", "there is no `principles/catalog.yaml` here"),
        (SRC, "the catalog has no principle"),
    ],
)
def test_a_catalog_needs_its_own_file_and_a_principle(tmp_path: Path, taken: str, said: str) -> None:
    folder = overlaid(tmp_path)
    (folder / taken).unlink()
    assert [(each.code, each.message) for each in read(folder)[1]] == [("HR200", said)]


@pytest.mark.parametrize(
    "path",
    [
        "principles/notes.yaml",
        "principles/develop/deeper/more.yaml",
        "principles/elsewhere/more.yaml",
        "principles/develop/more.yml",
        "checklists/catalog.yml",
        "checklists/deeper/more.yaml",
    ],
)
def test_a_file_in_the_wrong_place_is_never_passed_over(tmp_path: Path, path: str) -> None:
    folder = overlaid(tmp_path)
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text("a: b\n", encoding="utf-8")
    (told,) = read(folder)[1]
    assert (told.code, told.span and told.span.path) == ("HR205", path)


def test_other_files_and_other_folders_are_none_of_ours(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    for path in ("principles/README.md", "checklists/.hidden.yaml", "site/mkdocs.yaml"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("a: [\n", encoding="utf-8")
    assert codes(folder) == []


def test_a_link_is_refused_by_name(tmp_path: Path) -> None:
    folder = overlaid(tmp_path / "catalog")
    outside = tmp_path / "outside.yaml"
    (folder / SRC).rename(outside)
    (folder / SRC).symlink_to(outside)
    (told,) = read(folder)[1]
    assert (told.code, told.span and told.span.path) == ("HR005", SRC)


def test_a_linked_folder_is_refused_too(tmp_path: Path) -> None:
    folder = overlaid(tmp_path / "catalog")
    (folder / "checklists").rename(tmp_path / "elsewhere")
    (folder / "checklists").symlink_to(tmp_path / "elsewhere")
    assert codes(folder) == ["HR005"]


def test_all_errors_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = edited(overlaid(tmp_path), SRC, ("level: must", "level: mandatory"), ("effort: M", "effort: XL"))
    edited(folder, CHECKLIST, ("title: Developer", "titel: Developer"))
    assert codes(folder) == ["HR102", "HR101", "HR105", "HR105"]


def test_reading_order_is_by_phase_and_then_by_path(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    text = (folder / SRC).read_text(encoding="utf-8")
    for path, principle, phase in (
        ("principles/throughout/a.yaml", "GOV", "throughout"),
        ("principles/develop/z.yaml", "TST", "develop"),
        ("principles/develop/a.yaml", "PRV", "develop"),
        ("principles/deploy/a.yaml", "HST", "deploy"),
    ):
        (folder / path).parent.mkdir(exist_ok=True)
        moved = text.replace("SRC", principle).replace("phase: develop", f"phase: {phase}")
        (folder / path).write_text(moved, encoding="utf-8")
    sources, _ = read(folder)
    assert [file.value.principle.id for file in sources.principles] == ["PRV", "SRC", "TST", "HST", "GOV"]
