"""A bill of materials shows which models and datasets there are; its schema is the library's, its content read here."""

from __future__ import annotations

import copy
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.evidence.kinds import ml_bom
from tests.evidence.samples import look_at
from tests.evidence.samples_json import DATASET, ML_BOM, MODEL, NOTHING, OTHER, changed, written

CANARY = "harmless-canary-7f3a"
SHARED = Path(__file__).parents[3] / "shared" / "interop" / "cyclonedx"

pytest.importorskip("cyclonedx", reason='needs the extra: pip install "handrail[cyclonedx]"')
pytest.importorskip("jsonschema_rs")

CARD = "metadata component modelCard modelParameters datasets"
HASH = "metadata component hashes 0"
MUTANTS: dict[str, tuple[str, object, str, str]] = {
    "another model": (f"{HASH} content", OTHER, "mismatched", "claimed"),
    "no digest": ("metadata component hashes", NOTHING, "shown", "documented"),
    "digest by another algorithm": (HASH, {"alg": "SHA-1", "content": "a" * 40}, "shown", "documented"),
    "digest in capitals": (f"{HASH} content", MODEL.upper(), "shown", "verified"),
    "the dataset's digest beside": (
        "components 0 hashes",
        [{"alg": "SHA-256", "content": DATASET}],
        "shown",
        "verified",
    ),
    "a service": ("metadata component type", "application", "shown", "verified"),
    "no date": ("metadata timestamp", NOTHING, "partial", "claimed"),
    "a date of no form": ("metadata timestamp", "yesterday", "partial", "claimed"),
    "no dataset": ("components", [{"bom-ref": "data", "type": "library", "name": "n"}], "partial", "verified"),
    "data that is no dataset": ("components 0 data 0 type", "configuration", "partial", "verified"),
    "data that does not say what it is": ("components 0 data", NOTHING, "shown", "verified"),
    "a dataset described in the card": (f"{CARD} 0", {"type": "dataset", "name": "jars"}, "shown", "verified"),
    "a card that refers to nothing": (f"{CARD} 0 ref", "jars", "partial", "verified"),
    "a licence of the list": ("components 0 licenses", [{"license": {"id": "CC0-1.0"}}], "shown", "verified"),
    "a licence of no list": ("components 0 licenses", [{"license": {"id": "zeppelin"}}], "unreadable", "claimed"),
    "no card": ("metadata component modelCard", NOTHING, "shown", "verified"),
    "a member that CycloneDX does not have": ("metadata component modelCard zeppelin", 1, "unreadable", "claimed"),
    "a hash that is none": (f"{HASH} content", "zeppelin", "unreadable", "claimed"),
    "a component twice": ("components 1", ML_BOM["components"][0], "unreadable", "claimed"),
    "another format": ("bomFormat", "SPDX", "unreadable", "claimed"),
    "a version before models": ("specVersion", "1.4", "unreadable", "claimed"),
    "a version of the future": ("specVersion", "1.8", "unreadable", "claimed"),
    "a version that is no text": ("specVersion", ["1.6"], "unreadable", "claimed"),
    "an older version": ("specVersion", "1.5", "shown", "verified"),
    "a newer version": ("specVersion", "1.7", "shown", "verified"),
}


def look(folder: Path, content: str | bytes, **more: Any) -> Any:
    return look_at(folder, "ml-bom", content, **more)


def without_subject(*components: dict[str, Any]) -> str:
    tree = copy.deepcopy(ML_BOM)
    del tree["metadata"]["component"]
    tree["components"] += components
    return written(tree)


@pytest.mark.parametrize(("path", "value", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_bill(tmp_path: Path, path: str, value: object, verdict: str, tier: str) -> None:
    seen = look(tmp_path, changed(ML_BOM, path, value))
    assert (seen.verdict, seen.tier) == (verdict, tier)


def test_a_whole_bill_is_verified_by_the_artifact_that_it_names(tmp_path: Path) -> None:
    seen = look(tmp_path, written(ML_BOM))
    assert (seen.verdict, seen.tier, seen.date, seen.artifact) == ("shown", "verified", date(2026, 9, 1), "model")


def test_datasets_are_missed_only_where_they_are_asked_for(tmp_path: Path) -> None:
    tree = copy.deepcopy(ML_BOM)
    del tree["components"], tree["metadata"]["component"]["modelCard"]
    assert look(tmp_path, written(tree)).verdict == "partial"
    assert look(tmp_path, written(tree), parameters={}).verdict == "shown"


def test_a_service_is_bound_by_its_own_digest(tmp_path: Path) -> None:
    tree = copy.deepcopy(ML_BOM)
    del tree["metadata"]["component"]["modelCard"]
    tree["metadata"]["component"]["type"] = "application"
    seen = look(tmp_path, written(tree))
    assert (seen.verdict, seen.tier) == ("shown", "verified")
    tree["metadata"]["component"]["hashes"][0]["content"] = OTHER
    assert look(tmp_path, written(tree)).verdict == "mismatched"


def test_an_inventory_of_what_others_made_is_of_no_other_subject(tmp_path: Path) -> None:
    tree = copy.deepcopy(ML_BOM)
    del tree["metadata"]["component"]["hashes"]
    tree["components"][0]["hashes"] = [{"alg": "SHA-256", "content": OTHER}]
    seen = look(tmp_path, written(tree))
    assert (seen.verdict, seen.tier) == ("shown", "documented")


def test_without_a_subject_it_is_of_the_models_and_datasets_that_it_lists(tmp_path: Path) -> None:
    hashed = {"type": "machine-learning-model", "name": "n", "hashes": [{"alg": "SHA-256", "content": OTHER}]}
    assert look(tmp_path, without_subject(hashed)).verdict == "mismatched"
    seen = look(tmp_path, without_subject(hashed), artifacts={})
    assert (seen.verdict, seen.tier) == ("shown", "documented")
    inner = {"type": "application", "name": "n", "components": [hashed]}
    seen = look(tmp_path, without_subject(inner), artifacts={"base": OTHER})
    assert (seen.verdict, seen.tier, seen.artifact) == ("shown", "verified", "base")


def test_a_bill_of_programs_only_shows_nothing_of_models(tmp_path: Path) -> None:
    library = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "n"}]}
    assert look(tmp_path, json.dumps(library)).verdict == "unreadable"


@pytest.mark.parametrize("missing", ["cyclonedx", "jsonschema_rs"])
def test_without_the_extra_it_is_unavailable_and_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    ml_bom._validator.cache_clear()
    for name in [one for one in sys.modules if one.split(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    seen = look(tmp_path, written(ML_BOM))
    assert (seen.verdict, seen.tier, seen.date) == ("unavailable", "claimed", None)
    assert 'pip install "handrail[cyclonedx]"' in seen.text
    assert look(tmp_path, "{}").verdict == "unreadable"
    ml_bom._validator.cache_clear()


@pytest.mark.parametrize(
    "place",
    ["metadata component name", "metadata component description", "components 0 name", "components 0 bom-ref",
     "metadata component modelCard modelParameters task", "serialNumber", "metadata timestamp", CANARY]
)  # fmt: skip
def test_canary_text_is_repeated_nowhere(tmp_path: Path, place: str) -> None:
    assert CANARY not in repr(look(tmp_path, changed(ML_BOM, place, CANARY)))


def test_checking_takes_time_in_line_with_the_length(tmp_path: Path) -> None:
    """The library's own validator takes 25 s for a third of these components, and longer for the address."""
    tree = copy.deepcopy(ML_BOM)
    tree["components"] += [{"bom-ref": f"c{one}", "type": "data", "name": f"n{one}"} for one in range(15_000)]
    tree["externalReferences"] = [{"type": "website", "url": "https://a.example/" + "a" * 100_000}]
    look(tmp_path, written(ML_BOM))  # the schema is read
    assert look(tmp_path, json.dumps(tree)).verdict == "shown"


def test_the_real_one_keeps_its_model_card(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("no ../shared/interop beside this repository")
    content = (SHARED / "valid-machine-learning-1.6.json").read_bytes()
    seen = look(tmp_path, content)
    assert (seen.verdict, seen.tier) == ("partial", "claimed")  # it gives no date
    assert "lists no dataset" not in seen.text  # its only dataset stands in the model card, which the library drops
    assert look(tmp_path, content.replace(b'"datasets"', b'"inputs2"')).verdict == "unreadable"
    assert look(tmp_path, content[:-4]).verdict == "unreadable"
