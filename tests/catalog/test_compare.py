"""Scripted edits through the comparison: what each is, of which class, and which version it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.catalog.bundle import digest, from_bytes, release_entry
from handrail.catalog.classes import KINDS, Class, Step
from handrail.catalog.compare import Comparison, compare
from handrail.catalog.compiling import compile_directory
from handrail.model.bundle import Bundle
from tests.catalog.compare_cases import ACT, EDITS, FILES, FIRST, RELEASES, SRC, Edit


def compiled(folder: Path, *edits: tuple[str, str, str], without: str = "") -> tuple[Bundle, str]:
    """The catalog with edits as (path, old, new); an edit of no text writes the file."""
    for path, text in FILES.items():
        for where, old, new in edits:
            if where == path:
                assert old in text, old
                text = text.replace(old, new, 1)
        if path != without:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    for path, _, text in edits:
        if path not in FILES:
            (folder / path).write_text(text, encoding="utf-8")
    data = compile_directory(folder)
    return from_bytes(data, "bundle"), digest(data)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return compiled(tmp_path_factory.mktemp("base"))[0]


def changed(base: Bundle, folder: Path, *edits: tuple[str, str, str], without: str = "") -> Comparison:
    after, new_digest = compiled(folder, *edits, without=without)
    return compare(base, after, new_digest=new_digest)


def told(comparison: Comparison) -> list[str]:
    return sorted(f"{one.at} {one.kind}" for one in comparison.changes)


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_an_edit_is_told_with_its_class_and_step_and_so_is_undoing_it(edit: Edit, base: Bundle, tmp_path: Path) -> None:
    texts = [(edit.path, old, new) for old, new in edit.texts]
    after, new_digest = compiled(tmp_path, *texts, without="" if texts else edit.path)
    comparison = compare(base, after, new_digest=new_digest)
    assert told(comparison) == sorted(edit.told)
    assert max(one.class_ for one in comparison.changes) == edit.class_
    assert comparison.needed == edit.step
    back = {one.at for one in compare(after, base, new_digest="").changes}
    assert back == {one.at for one in comparison.changes}


def test_the_edits_are_of_every_class() -> None:
    assert {edit.class_ for edit in EDITS} == {one.value for one in Class}


def test_a_comment_changes_nothing(base: Bundle, tmp_path: Path) -> None:
    comparison = changed(base, tmp_path, (SRC, "controls:", "# here they are\ncontrols:"))
    assert comparison.changes == ()
    assert comparison.needed is Step.NONE


def test_a_dropped_control_is_named_and_a_released_one_is_an_error(base: Bundle, tmp_path: Path) -> None:
    text = FILES[SRC]
    first, second = text.index("  - id: SRC-01"), text.index("  - id: SRC-02")
    edits = [
        (SRC, text[first:second], ""),
        (SRC, "    requires: [SRC-01]\n", ""),
        ("checklists/developer.yaml", "SRC-01, ", ""),
    ]
    comparison = changed(base, tmp_path, *edits)
    assert told(comparison) == ["SRC-01 id-dropped", "SRC-02 prerequisite-dropped", "developer prose-changed"]
    assert [one.at for one in comparison.errors()] == ["SRC-01"]
    assert "released in 1.0.0" in (comparison.errors()[0].before or "")


def test_an_unreleased_control_under_another_id_is_renamed(base: Bundle, tmp_path: Path) -> None:
    edits = [
        (SRC, "- id: SRC-02", "- id: SRC-12"),
        ("checklists/developer.yaml", "SRC-02", "SRC-12"),
        ("checklists/developer.yaml", "  SRC-02:", "  SRC-12:"),
    ]
    comparison = changed(base, tmp_path, *edits)
    assert told(comparison) == ["SRC-12 control-renamed", "developer prose-changed"]
    assert comparison.changes[0].before == "SRC-02"


def test_a_catalog_that_becomes_a_release_keeps_its_list(base: Bundle) -> None:
    """The next release lists the one before; the bundle of a release does not list itself."""
    entry = release_entry(base, base.releases[0].date)
    listing = base.model_copy(update={"releases": (*base.releases, entry)})
    assert compare(base, listing, new_digest="other").changes == ()
    assert compare(listing, base, new_digest=entry.digest).changes == ()
    assert told(compare(listing, base, new_digest="other")) == ["catalog release-rewritten"]


@pytest.mark.parametrize(
    ("least", "because", "failing"),
    [
        (None, {}, []),
        (Class.BREAKING, {}, []),
        (Class.WEAKENING, {}, ["SRC-01"]),
        (Class.STRENGTHENING, {}, ["SRC-01", "SRC-02"]),
        (Class.STRENGTHENING, {"SRC-01": "the register changes once a year"}, ["SRC-02"]),
    ],
)
def test_what_fails_is_what_carries_no_reason(
    least: Class | None, because: dict[str, str], failing: list[str], base: Bundle, tmp_path: Path
) -> None:
    after, new_digest = compiled(
        tmp_path, (SRC, "max_age: P90D", "max_age: P365D"), (SRC, "level: should", "level: must")
    )
    comparison = compare(base, after, new_digest=new_digest, because=because)
    assert [one.at for one in comparison.failing(least)] == failing


def test_no_reason_excuses_an_error(base: Bundle, tmp_path: Path) -> None:
    after, new_digest = compiled(tmp_path, (RELEASES, "2026-01-01", "2026-01-02"))
    comparison = compare(base, after, new_digest=new_digest, because={"catalog": "a slip"})
    assert [one.kind for one in comparison.failing(None)] == ["release-rewritten"]


def test_a_reason_in_the_checklist_is_carried(base: Bundle, tmp_path: Path) -> None:
    path = "checklists/developer.yaml"
    comparison = changed(base, tmp_path, (path, "{level: must}", "{level: may, because: A small team begins here.}"))
    assert comparison.failing(Class.WEAKENING) == ()
    weaker = next(one for one in comparison.changes if one.kind == "tailoring-weaker")
    assert weaker.because == "A small team begins here."


CHANGED = "changes: [{version: '1.1', because: Registers move slowly.}]"


@pytest.mark.parametrize(
    ("there_before", "failing"),
    [(False, []), (True, ["SRC-01"])],
    ids=["a reason of this change", "a reason of an earlier one"],
)
def test_a_reason_in_the_principle_file_is_carried_by_the_change_that_brings_it(
    there_before: bool, failing: list[str], tmp_path: Path
) -> None:
    said, weaker = (
        (SRC, "    level: must\n", f"    level: must\n    {CHANGED}\n"),
        (SRC, "max_age: P90D", "max_age: P365D"),
    )
    before, _ = compiled(tmp_path / "before", *([said] if there_before else []))
    after, digest = compiled(tmp_path / "after", said, weaker)
    comparison = compare(before, after, new_digest=digest)
    assert [one.at for one in comparison.failing(Class.WEAKENING)] == failing
    (change,) = (one for one in comparison.changes if one.class_ is Class.WEAKENING)
    assert change.because == (None if there_before else "Registers move slowly.")


def test_a_changed_scope_names_a_project(base: Bundle, tmp_path: Path) -> None:
    comparison = changed(base, tmp_path, (SRC, "messaging: [none]", "messaging: [none, private]"))
    (change,) = comparison.changes
    assert change.kind == "scope-narrowed"
    assert change.witness == {"messaging": ("private",)}


@pytest.mark.parametrize(
    ("version", "given", "enough"),
    [
        ("1.1.0", Step.NONE, False),
        ("1.1.1", Step.PATCH, False),
        ("1.2.0", Step.MINOR, True),
        ("2.0.0", Step.MAJOR, True),
        ("1.0.9", None, False),
    ],
)
def test_the_version_given_is_held_against_the_step_needed(
    version: str, given: Step | None, enough: bool, base: Bundle, tmp_path: Path
) -> None:
    edits = [("principles/catalog.yaml", '"1.1.0"', f'"{version}"'), (SRC, "level: should", "level: must")]
    comparison = changed(base, tmp_path, *edits)
    assert comparison.given is given
    assert (given is not None and given >= comparison.needed) is enough
    assert comparison.next_version == "1.2.0"


def test_worse_classes_come_first_and_errors_before_all(base: Bundle, tmp_path: Path) -> None:
    edits = [
        (SRC, "Ask whoever", "Ask anyone who"),
        (SRC, "level: should", "level: must"),
        (SRC, FIRST, "Every dataset MUST stand in two registers."),
        (RELEASES, "2026-01-01", "2026-01-02"),
        (ACT, "Registers", "A register"),
    ]
    kinds = [one.kind for one in changed(base, tmp_path, *edits).changes]
    assert kinds == ["release-rewritten", "statement-changed", "level-raised", "clause-changed", "prose-changed"]


def test_every_kind_says_what_it_is_in_a_clause() -> None:
    for name, kind in KINDS.items():
        assert name == name.lower()
        assert kind.says[0].islower()
        assert not kind.says.endswith(".")
        assert ":" not in kind.says
