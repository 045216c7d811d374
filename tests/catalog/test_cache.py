"""The cache saves work and changes nothing: not after an edit, not when it is cut, not when it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handrail.catalog.bundle import to_bytes
from handrail.catalog.cache import ENTRIES_KEPT, FileCache, user_cache
from handrail.catalog.default import load_bundle
from handrail.model.vocabulary import StewardsFile
from tests.catalog.cases import SRC, checked, edited, overlaid

RULES = Path(__file__).parent.parent / "rules"
STEWARDS = b"stewards:\n  us: {name: We}\n"
VALUE = StewardsFile.model_validate({"stewards": {"us": {"name": "We"}}})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def primed(tmp_path: Path, kept: Path) -> Path:
    """A catalog whose principle the cache holds under another title, which shows where it was taken from."""
    folder = overlaid(tmp_path / "catalog")
    data = (folder / SRC).read_bytes()
    _, sources, _ = checked(folder)
    file = sources.principles[0].value
    other = file.model_copy(update={"principle": file.principle.model_copy(update={"title": "From the cache"})})
    FileCache(kept).keep_valid(other, data)
    return folder


def title(folder: Path, kept: Path) -> str:
    _, sources, _ = checked(folder, FileCache(kept))
    return sources.principles[0].value.principle.title


def test_a_file_whose_bytes_are_known_is_not_parsed_again(primed: Path, kept: Path) -> None:
    assert title(primed, kept) == "From the cache"


def test_a_new_time_of_a_file_changes_nothing(primed: Path, kept: Path) -> None:
    os.utime(primed / SRC, (1, 1))
    assert title(primed, kept) == "From the cache"


def test_an_edited_file_is_parsed_again(primed: Path, kept: Path) -> None:
    edited(primed, SRC, ("Keep a register", "Keep one register"))
    assert title(primed, kept) == "Source data with care"


def test_without_a_cache_every_file_is_parsed(primed: Path, kept: Path) -> None:
    assert kept.is_dir()
    assert checked(primed)[1].principles[0].value.principle.title == "Source data with care"


@pytest.mark.parametrize("code", ["HR201", "HR203", "HR213", "HR233", "HR245", "HR252"])
def test_diagnostics_of_cached_files_have_the_same_places(tmp_path: Path, kept: Path, code: str) -> None:
    folder = overlaid(tmp_path / "catalog", RULES / code / "bad")
    first, _, _ = checked(folder, FileCache(kept))
    second, _, _ = checked(folder, FileCache(kept))
    assert second.sorted() == first.sorted()
    assert second.total > 0


def test_a_file_with_errors_is_told_again_every_time(tmp_path: Path, kept: Path) -> None:
    folder = edited(overlaid(tmp_path / "catalog"), SRC, ("level: must", "level: mandatory"))
    first, _, _ = checked(folder, FileCache(kept))
    second, _, _ = checked(folder, FileCache(kept))
    assert [each.code for each in second.sorted()] == ["HR105"]
    assert second.sorted() == first.sorted()


@pytest.mark.parametrize("damage", [b"", b"{", b"x" * 64 + b"\n{}", b"\xff\xfe"])
def test_a_damaged_entry_is_as_good_as_absent(kept: Path, damage: bytes) -> None:
    FileCache(kept).keep_valid(VALUE, STEWARDS)
    (entry,) = kept.iterdir()
    assert FileCache(kept).valid(StewardsFile, STEWARDS) == VALUE
    entry.write_bytes(damage)
    assert FileCache(kept).valid(StewardsFile, STEWARDS) is None


def test_an_edited_entry_is_as_good_as_absent(kept: Path) -> None:
    FileCache(kept).keep_valid(VALUE, STEWARDS)
    (entry,) = kept.iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"We", b"Me"))
    assert FileCache(kept).valid(StewardsFile, STEWARDS) is None


def test_the_same_bytes_read_as_another_format_are_another_entry(kept: Path) -> None:
    from handrail.model.vocabulary import AttestorsFile

    FileCache(kept).keep_valid(VALUE, STEWARDS)
    assert FileCache(kept).valid(AttestorsFile, STEWARDS) is None


def test_a_compiled_bundle_is_found_by_the_paths_and_digests_of_its_files(kept: Path) -> None:
    FileCache(kept).keep_bundle({"a": "1", "b": "2"}, b"{}\n")
    assert FileCache(kept).bundle({"b": "2", "a": "1"}) == b"{}\n"
    assert FileCache(kept).bundle({"a": "2", "b": "1"}) is None
    assert FileCache(kept).bundle({"a": "1"}) is None


def test_the_oldest_entries_beyond_the_limit_are_forgotten(kept: Path) -> None:
    kept.mkdir()
    for number in range(ENTRIES_KEPT):
        (kept / str(number)).touch()
        os.utime(kept / str(number), (number, number))
    FileCache(kept).keep_bundle({}, b"{}\n")
    assert len(list(kept.iterdir())) == ENTRIES_KEPT
    assert not (kept / "0").exists()
    assert FileCache(kept).bundle({}) == b"{}\n"


def test_an_unwritable_place_is_no_error(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("", encoding="utf-8")
    cache = FileCache(taken / "below")
    cache.keep_valid(VALUE, STEWARDS)
    cache.keep_bundle({}, b"{}\n")
    assert cache.valid(StewardsFile, STEWARDS) is None
    assert cache.bundle({}) is None


def keeps_in(cache: FileCache, folder: Path) -> bool:
    cache.keep_valid(VALUE, STEWARDS)
    return folder.is_dir() and any(folder.iterdir())


def test_the_environment_says_where(tmp_path: Path) -> None:
    xdg, named, home = tmp_path / "xdg", tmp_path / "named", tmp_path / "home"
    assert keeps_in(user_cache({"HANDRAIL_CACHE_DIR": str(named), "XDG_CACHE_HOME": str(xdg)}), named)
    assert not xdg.exists()
    assert keeps_in(user_cache({"XDG_CACHE_HOME": str(xdg)}), xdg / "handrail")
    assert user_cache({"HANDRAIL_CACHE_DIR": "", "XDG_CACHE_HOME": str(home)}).bundle({}) is None
    assert not keeps_in(user_cache({"HANDRAIL_CACHE_DIR": "", "XDG_CACHE_HOME": str(home)}), home)


def test_without_names_it_is_below_the_home_and_a_relative_name_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert keeps_in(user_cache({"XDG_CACHE_HOME": "relative"}), tmp_path / ".cache" / "handrail")
    assert not (tmp_path / "relative").exists()


def test_a_folder_that_others_can_write_is_not_trusted(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    assert not keeps_in(user_cache({"HANDRAIL_CACHE_DIR": str(shared)}), shared)


def test_a_bundle_from_the_cache_is_the_bundle_that_was_compiled(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = overlaid(tmp_path / "catalog")
    monkeypatch.setenv("HANDRAIL_CACHE_DIR", "")
    plain = load_bundle(folder)
    monkeypatch.setenv("HANDRAIL_CACHE_DIR", str(kept))
    assert load_bundle(folder) == plain
    assert load_bundle(folder) == plain
    edited(folder, SRC, ("Keep a register", "Keep one register"))
    fresh, fresh_digest = load_bundle(folder)
    assert fresh.controls["SRC-01"].title == "Keep one register"
    assert fresh_digest != plain[1]
    assert to_bytes(load_bundle(folder)[0]) == to_bytes(fresh)
