"""The file of a bundle: the same bytes for the same catalog, and refused whole where it does not hold together."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.catalog.bundle import compile_catalog, digest, from_bytes, release_entry, to_bytes
from handrail.catalog.fingerprint import fingerprint
from handrail.model.bundle import Bundle
from handrail.source.diagnostics import InputError
from tests.catalog.cases import bundle_of, checked, edited, overlaid


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return bundle_of(overlaid(tmp_path_factory.mktemp("catalog")))


def test_a_bundle_is_read_back_as_it_was(bundle: Bundle) -> None:
    data = to_bytes(bundle)
    assert from_bytes(data, "bundle.json") == bundle
    assert to_bytes(from_bytes(data, "bundle.json")) == data
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 1


def test_what_a_bundle_holds(bundle: Bundle) -> None:
    assert bundle.order == ("SRC-01", "SRC-02")
    assert bundle.principle_of == {"SRC-01": "SRC", "SRC-02": "SRC"}
    assert bundle.fingerprints["SRC-01"] == fingerprint("Every dataset MUST stand in a register.")
    assert list(bundle.facts) == ["role", "modality", "jurisdiction", "messaging"]
    assert set(bundle.references) == {"act"}
    assert bundle.releases == ()


Change = Callable[[dict[str, Any]], object]

BROKEN: dict[str, Change] = {
    "a key that no bundle has": lambda b: b.update(extra=1),
    "a later format": lambda b: b.update(handrail=2),
    "no order": lambda b: b.pop("order"),
    "an order that misses a control": lambda b: b["order"].pop(),
    "an order with a control twice": lambda b: b["order"].append("SRC-01"),
    "an order that stands on its head": lambda b: b["order"].reverse(),
    "a control under another id": lambda b: b["controls"]["SRC-01"].update(id="SRC-09"),
    "a principle that is not there": lambda b: b["principle_of"].update({"SRC-01": "GOV"}),
    "a prerequisite that is not there": lambda b: b["controls"]["SRC-02"].update(requires=["SRC-09"]),
    "an earlier control that is not there": lambda b: b["controls"]["SRC-02"].update(follows=["SRC-09"]),
    "a statement that was changed": lambda b: b["controls"]["SRC-01"].update(statement="Nothing MUST be done."),
    "a clause that is not there": lambda b: b["references"]["act"]["clauses"].pop("1"),
    "a reference that is not there": lambda b: b.update(references={}),
    "a fact that is not there": lambda b: b["facts"].pop("role"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_bundle_that_does_not_hold_together_is_refused(bundle: Bundle, change: Change) -> None:
    values = json.loads(to_bytes(bundle))
    change(values)
    with pytest.raises(InputError) as refused:
        from_bytes(json.dumps(values).encode(), "given.json")
    (told,) = refused.value.diagnostics
    assert told.code == "HR219"
    assert told.message.startswith("`given.json` is not a bundle that this version reads: ")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff", b"a: b\n", b"[" * 100_000, b"{}"])
def test_what_is_no_bundle_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        from_bytes(data, "given.json")
    assert [told.code for told in refused.value.diagnostics] == ["HR219"]


def released(folder: Path, entry: Any) -> Path:
    lines = "".join(f"      {one}: {mark}\n" for one, mark in entry.fingerprints.items())
    (folder / "principles/releases.yaml").write_text(
        f'releases:\n  - version: "{entry.version}"\n    date: {entry.date}\n    digest: {entry.digest}\n'
        f"    fingerprints:\n{lines}",
        encoding="utf-8",
    )
    return folder


def test_a_release_has_the_digest_that_its_own_entry_gives(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    before = bundle_of(folder)
    entry = release_entry(before, date(2026, 11, 24))
    assert (entry.version, entry.fingerprints) == ("1.1", before.fingerprints)
    after = bundle_of(released(folder, entry))
    assert digest(to_bytes(after)) == entry.digest == digest(to_bytes(before))


def test_a_catalog_changed_since_its_release_lists_that_release(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    entry = release_entry(bundle_of(folder), date(2026, 11, 24))
    changed = bundle_of(
        edited(released(folder, entry), "principles/develop/source-data.yaml", ("stand in a", "be in a"))
    )
    assert changed.releases == (entry,)
    assert changed.fingerprints["SRC-01"] != entry.fingerprints["SRC-01"]


def test_an_earlier_release_stays_listed(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    entry = release_entry(bundle_of(folder), date(2026, 10, 1)).model_copy(update={"version": "1.0"})
    assert bundle_of(released(folder, entry)).releases == (entry,)


def test_there_is_nothing_to_compile_without_a_catalog_file(tmp_path: Path) -> None:
    _, sources, _ = checked(tmp_path)
    with pytest.raises(ValueError, match="without a catalog file"):
        compile_catalog(sources)
