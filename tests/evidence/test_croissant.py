"""Croissant shows what a dataset's metadata says, under any alias; files that are here are hashed again."""

from __future__ import annotations

import copy
import hashlib
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.samples import look as observed
from tests.evidence.samples import look_at, requirement
from tests.evidence.samples_json import CROISSANT, CROISSANT_ASKS, DATASET, MODEL, NOTHING, OTHER, changed, written

CANARY = "harmless-canary-7f3a"
SHARED = Path(__file__).parents[3] / "shared" / "interop" / "croissant"

MUTANTS: dict[str, tuple[str, object, str, str]] = {
    "a digest of nobody": ("sha256", OTHER, "shown", "documented"),
    "no digest": ("sha256", NOTHING, "shown", "documented"),
    "digest in capitals": ("sha256", DATASET.upper(), "shown", "verified"),
    "another artifact of the project": ("sha256", MODEL, "shown", "verified"),
    "a remote file with the artifact's digest is not here": ("distribution 0 sha256", DATASET, "shown", "verified"),
    "field taken out": ("rai:dataCollection", NOTHING, "partial", "verified"),
    "field empty": ("rai:dataCollection", " ", "partial", "verified"),
    "field of placeholders": ("rai:dataCollection", ["TBD", "<text>", None], "partial", "verified"),
    "field in a language": ("rai:dataCollection", {"@value": "Gekauft", "@language": "de"}, "shown", "verified"),
    "field that only refers": ("rai:dataCollection", {"@id": "elsewhere"}, "partial", "verified"),
    "prefix of another vocabulary": ("@context rai", "https://zeppelin.example/", "unreadable", "claimed"),
    "prefix from a context elsewhere": ("@context rai", NOTHING, "shown", "verified"),
    "only a context elsewhere": ("@context", "https://mlcommons.org/croissant/1.1/context", "shown", "verified"),
    "https in place of http": ("@context rai", "https://mlcommons.org/croissant/RAI/", "shown", "verified"),
    "a prefix of a prefix": ("@context rai", "cr:RAI/", "shown", "verified"),
    "a prefix of itself": ("@context rai", "rai:", "unreadable", "claimed"),
    "creator taken out": ("creator", NOTHING, "partial", "claimed"),
    "creator without a name": ("creator", {"@type": "Organization", "name": ""}, "partial", "claimed"),
    "an older date": ("dateModified", NOTHING, "shown", "verified"),
    "a date that is no day": ("dateModified", "September", "shown", "verified"),
    "another type": ("@type", "sc:DataCatalog", "unreadable", "claimed"),
    "type by its full name": ("@type", ["http://schema.org/Dataset"], "shown", "verified"),
    "another format": ("conformsTo", "https://zeppelin.example/1.0", "unreadable", "claimed"),
    "format not said": ("conformsTo", NOTHING, "unreadable", "claimed"),
    "format by reference": ("conformsTo", {"@id": "http://mlcommons.org/croissant/1.0"}, "shown", "verified"),
    "refers to a file that is not described": ("distribution 0 @id", "other", "partial", "verified"),
}


def look(folder: Path, content: str | bytes, **more: Any) -> Any:
    return look_at(folder, "croissant", content, **more)


def with_file(folder: Path, url: str, digest: str | None = None, data: bytes = b"marmalade") -> str:
    """Metadata of one file that lies in the folder, under the digest that it has or another."""
    (folder / "parts").mkdir(exist_ok=True)
    (folder / "parts" / "a.csv").write_bytes(data)
    described = {"@type": "cr:FileObject", "@id": "manifest", "contentUrl": url,
                 "sha256": digest or hashlib.sha256(data).hexdigest()}  # fmt: skip
    tree = copy.deepcopy(CROISSANT) | {"distribution": [described]}
    del tree["sha256"]
    return written(tree)


@pytest.mark.parametrize(("path", "value", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_metadata(tmp_path: Path, path: str, value: object, verdict: str, tier: str) -> None:
    seen = look(tmp_path, changed(CROISSANT, path, value))
    assert (seen.verdict, seen.tier) == (verdict, tier)


def test_whole_metadata_is_verified_by_the_digest_of_the_dataset(tmp_path: Path) -> None:
    seen = look(tmp_path, written(CROISSANT))
    assert (seen.verdict, seen.tier, seen.date, seen.artifact) == ("shown", "verified", date(2026, 9, 1), "dataset")


@pytest.mark.parametrize(
    ("path", "value", "day"),
    [
        ("dateModified", NOTHING, date(2026, 6, 1)),
        ("dateModified", "soon", date(2026, 6, 1)),
        ("dateModified", {"@type": "sc:Date", "@value": "2026-09-02"}, date(2026, 9, 2)),
        ("dateModified", ["2026-08-01", "2026-09-03"], date(2026, 9, 3)),
    ],
)
def test_the_day_is_that_of_the_last_change(tmp_path: Path, path: str, value: object, day: date) -> None:
    assert look(tmp_path, changed(CROISSANT, path, value)).date == day


def test_without_any_day_a_version_may_be_one(tmp_path: Path) -> None:
    tree = copy.deepcopy(CROISSANT)
    del tree["dateModified"], tree["datePublished"]
    seen = look(tmp_path, written(tree))
    assert (seen.verdict, seen.tier, seen.date) == ("partial", "claimed", None)
    assert look(tmp_path, written(tree | {"version": "2026-08-15"})).date == date(2026, 8, 15)


def test_without_fields_asked_for_the_rest_still_counts(tmp_path: Path) -> None:
    bare = changed(CROISSANT, "rai:dataCollection", NOTHING)
    assert look(tmp_path, bare, parameters={}).verdict == "shown"


def test_a_field_is_found_under_an_alias_of_the_file(tmp_path: Path) -> None:
    tree = copy.deepcopy(CROISSANT)
    tree["@context"] = [tree["@context"], {"gathered": {"@id": "rai:dataCollection", "@language": "en"}}]
    tree["gathered"] = tree.pop("rai:dataCollection")
    assert look(tmp_path, written(tree)).verdict == "shown"


def test_a_file_that_is_here_binds_the_metadata_to_the_artifact(tmp_path: Path) -> None:
    content = with_file(tmp_path, "parts/a.csv")
    seen = look(tmp_path, content)
    assert (seen.verdict, seen.tier) == ("shown", "documented")
    seen = look(tmp_path, content, artifacts={"parts": hashlib.sha256(b"marmalade").hexdigest()})
    assert (seen.verdict, seen.tier, seen.artifact) == ("shown", "verified", "parts")


@pytest.mark.parametrize("url", ["parts/a.csv", "./parts/a.csv", "parts/../parts/a.csv"])
def test_a_file_that_is_here_under_another_digest_is_altered(tmp_path: Path, url: str) -> None:
    seen = look(tmp_path, with_file(tmp_path, url, digest=DATASET))
    assert (seen.verdict, seen.tier, seen.date) == ("altered", "claimed", None)


def test_one_byte_more_is_altered(tmp_path: Path) -> None:
    content = with_file(tmp_path, "parts/a.csv")
    assert look(tmp_path, content).verdict == "shown"
    (tmp_path / "parts" / "a.csv").write_bytes(b"marmalade.")
    assert look(tmp_path, content).verdict == "altered"


@pytest.mark.parametrize(
    "url",
    ["https://zeppelin.example/a.csv", "file:///etc/hostname", "/etc/hostname", "//zeppelin.example/a.csv",
     "../../../etc/hostname", "parts", "parts/b.csv", "link.csv", "C:\\a.csv", "pipe", "", "\u0000", "a" * 5000]
)  # fmt: skip
def test_what_is_not_a_file_of_the_project_is_not_here(tmp_path: Path, url: str) -> None:
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    content = with_file(tmp_path, url, digest=DATASET)
    seen = look(tmp_path, content)
    assert (seen.verdict, seen.tier) == ("shown", "documented")


def test_paths_are_from_the_folder_of_the_metadata(tmp_path: Path) -> None:
    deep = tmp_path / "deep"
    deep.mkdir()
    content = with_file(tmp_path, "../parts/a.csv", digest=DATASET)
    assert look(deep, content).verdict == "shown"  # here the project ends at the folder itself
    seen = observed(tmp_path, requirement("croissant", CROISSANT_ASKS), path="deep/croissant.json")
    assert seen.verdict == "altered"


@pytest.mark.parametrize(
    "place",
    [
        *("name", "description", "license", "creator name", "rai:dataCollection", "keywords", CANARY),
        *("distribution 0 name", "distribution 0 contentUrl", "recordSet 0 field 0 data"),
    ],
)
def test_canary_text_is_repeated_nowhere(tmp_path: Path, place: str) -> None:
    assert CANARY not in repr(look(tmp_path, changed(CROISSANT, place, CANARY)))


INTEROP = {
    "titanic-1.0.json": ("rai:dataCollection", "partial"),
    "squad_v2-1.1.json": ("rai:dataCollection", "partial"),
}


@pytest.mark.parametrize("name", INTEROP)
def test_real_metadata_says_what_is_lacking(tmp_path: Path, name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("no ../shared/interop beside this repository")
    content = (SHARED / name).read_bytes()
    field, verdict = INTEROP[name]
    seen = look(tmp_path, content, parameters={})
    assert (seen.verdict, seen.tier, seen.date) == (verdict, "claimed", None)
    assert "It gives no date" in seen.text
    assert look(tmp_path, content, parameters={"fields": [field]}).verdict == "unreadable"
    assert look(tmp_path, content, parameters={"fields": [field, "sc:license"]}).verdict == "partial"


def test_a_real_file_beside_real_metadata_is_hashed(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("no ../shared/interop beside this repository")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "titanic.csv").write_text("marmalade")
    content = (SHARED / "titanic-1.0.json").read_bytes()
    assert look(tmp_path, content, parameters={}).verdict == "altered"
