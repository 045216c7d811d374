"""A scan of model files shows that nothing was found in them; without a digest beside it, not in which version."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.attest.throwaway import signed, statement, trusting
from tests.evidence.samples import look_at
from tests.evidence.samples_json import DATASET, MODEL, MODELSCAN, NOTHING, OTHER, PICKLESCAN, changed, written

CANARY = "harmless-canary-7f3a"

ISSUE = {"description": CANARY, "operator": CANARY, "module": CANARY, "source": "zeppelin.pt", "severity": "HIGH"}
ERROR = {"category": "PATH", "description": CANARY, "source": CANARY}
BAD_ZIP = {"category": "BAD_ZIP", "description": CANARY, "source": CANARY}
UNNAMED = {"sha512": "a" * 128}
SEVERITY = "summary total_issues_by_severity"

MUTANTS: dict[str, tuple[dict[str, Any], str, object, str, str]] = {
    "another model": (MODELSCAN, "subject 0 digest sha256", OTHER, "mismatched", "claimed"),
    "another artifact of the project": (MODELSCAN, "subject 0 digest sha256", DATASET, "shown", "verified"),
    "one of several": (MODELSCAN, "subject 1", {"digest": {"sha256": OTHER}}, "shown", "verified"),
    "no digest": (MODELSCAN, "subject", NOTHING, "shown", "documented"),
    "a digest that is none": (MODELSCAN, "subject 0 digest sha256", "zeppelin", "shown", "documented"),
    "a digest by another algorithm": (MODELSCAN, "subject 0 digest", UNNAMED, "shown", "documented"),
    "an issue counted": (MODELSCAN, f"{SEVERITY} HIGH", 1, "contradicted", "claimed"),
    "a critical issue counted": (MODELSCAN, f"{SEVERITY} CRITICAL", 1, "contradicted", "claimed"),
    "an issue listed and not counted": (MODELSCAN, "issues 0", ISSUE, "contradicted", "claimed"),
    "a lesser issue": (MODELSCAN, f"{SEVERITY} MEDIUM", 1, "partial", "verified"),
    "an issue of a severity to come": (MODELSCAN, "issues 0", {"severity": "ODD"}, "partial", "verified"),
    "an issue that says nothing": (MODELSCAN, "issues 0", None, "partial", "verified"),
    "an issue counted in all": (MODELSCAN, "summary total_issues", 1, "partial", "verified"),
    "an error": (MODELSCAN, "errors 0", ERROR, "partial", "verified"),
    "a file that could not be read": (MODELSCAN, "summary skipped skipped_files 0", BAD_ZIP, "partial", "verified"),
    "files passed over are not told": (MODELSCAN, "summary skipped", NOTHING, "shown", "verified"),
    "nothing scanned": (MODELSCAN, "summary scanned total_scanned", 0, "unreadable", "claimed"),
    "a count that is none": (MODELSCAN, "summary scanned total_scanned", "2", "unreadable", "claimed"),
    "a severity without a count": (MODELSCAN, f"{SEVERITY} LOW", None, "unreadable", "claimed"),
    "no list of errors": (MODELSCAN, "errors", NOTHING, "unreadable", "claimed"),
    "no list of issues": (MODELSCAN, "issues", {}, "unreadable", "claimed"),
    "no summary": (MODELSCAN, "summary", NOTHING, "unreadable", "claimed"),
    "no time": (MODELSCAN, "summary timestamp", NOTHING, "partial", "claimed"),
    "a time with its zone": (MODELSCAN, "summary timestamp", "2026-09-01T03:10:00+02:00", "shown", "verified"),
    "another pickle": (PICKLESCAN, "subject 0 digest sha256", OTHER, "mismatched", "claimed"),
    "a dangerous global counted": (PICKLESCAN, "issues_count", 1, "contradicted", "claimed"),
    "an infected file": (PICKLESCAN, "infected_files", 1, "contradicted", "claimed"),
    "a dangerous global listed": (PICKLESCAN, "globals 0 safety", "dangerous", "contradicted", "claimed"),
    "a suspicious global listed": (PICKLESCAN, "globals 0 safety", "suspicious", "partial", "verified"),
    "a suspicious global counted": (PICKLESCAN, "suspicious_count", 1, "partial", "verified"),
    "a scan that met an error": (PICKLESCAN, "scan_err", True, "partial", "verified"),
    "a scan that does not say": (PICKLESCAN, "scan_err", NOTHING, "partial", "verified"),
    "no pickle scanned": (PICKLESCAN, "scanned_files", 0, "unreadable", "claimed"),
    "a pickle of no date": (PICKLESCAN, "timestamp", NOTHING, "partial", "claimed"),
    "a truth value is no count": (PICKLESCAN, "issues_count", False, "unreadable", "claimed"),
    "an older picklescan": (PICKLESCAN, "suspicious_count", NOTHING, "shown", "verified"),
}


def look(folder: Path, content: str | bytes, **more: Any) -> Any:
    return look_at(folder, "artifact-scan", content, **more)


@pytest.mark.parametrize("good", [MODELSCAN, PICKLESCAN], ids=["modelscan", "picklescan"])
def test_a_clean_scan_of_the_artifact_is_verified(tmp_path: Path, good: dict[str, Any]) -> None:
    seen = look(tmp_path, written(good))
    assert (seen.verdict, seen.tier, seen.date, seen.artifact) == ("shown", "verified", date(2026, 9, 1), "model")


@pytest.mark.parametrize(("good", "path", "value", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_scan(
    tmp_path: Path, good: dict[str, Any], path: str, value: object, verdict: str, tier: str
) -> None:
    seen = look(tmp_path, changed(good, path, value))
    assert (seen.verdict, seen.tier) == (verdict, tier)
    assert CANARY not in repr(seen)


def test_a_date_of_the_entry_stands_in_but_verifies_nothing(tmp_path: Path) -> None:
    seen = look(tmp_path, changed(PICKLESCAN, "timestamp", NOTHING), date="2026-08-01")
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "documented", date(2026, 8, 1))


def test_issues_of_another_model_contradict_nothing(tmp_path: Path) -> None:
    tree = json.loads(changed(PICKLESCAN, "issues_count", 1))
    tree["subject"][0]["digest"]["sha256"] = OTHER
    assert look(tmp_path, written(tree)).verdict == "mismatched"


def test_a_project_without_artifacts_has_nothing_that_a_digest_could_be_of(tmp_path: Path) -> None:
    assert look(tmp_path, written(MODELSCAN), artifacts={}).verdict == "mismatched"
    assert look(tmp_path, changed(MODELSCAN, "subject", NOTHING), artifacts={}).verdict == "shown"


def lay(folder: Path, files: Iterable[str]) -> None:
    for name in files:
        path = folder / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"marmalade")


def scan_of(*files: str, digest: str | None = None) -> str:
    tree = copy.deepcopy(MODELSCAN)
    tree["summary"]["scanned"] = {"total_scanned": len(files), "scanned_files": list(files)}
    if digest is None:
        del tree["subject"]
    else:
        tree["subject"] = [{"digest": {"sha256": digest}}]
    return written(tree)


LISTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "all of them": (("a.pt", "deep/b.bin", "card.md"), ("a.pt", "a.pt:data.pkl", "deep/b.bin"), "shown"),
    "from a folder above": (("a.pt",), ("release/model/a.pt",), "shown"),
    "with the other slash": (("deep/a.pt",), ("deep\\a.pt",), "shown"),
    "one that may hold code left out": (("a.pt", "deep/b.bin"), ("a.pt",), "partial"),
    "only others left out": (("a.pt", "b.safetensors", "c.md"), ("a.pt",), "shown"),
    "files of another model": (("a.pt",), ("b.pt",), "mismatched"),
    "a name that only ends alike": (("a.pt",), ("extra.pt",), "mismatched"),
    "of the same name elsewhere": (("deep/a.pt",), ("a.pt",), "mismatched"),
    "nothing there to compare": ((), ("b.pt",), "shown"),
}


@pytest.mark.parametrize(("there", "scanned", "verdict"), LISTS.values(), ids=LISTS)
def test_without_a_digest_the_names_of_files_say_which_model(
    tmp_path: Path, there: tuple[str, ...], scanned: tuple[str, ...], verdict: str
) -> None:
    lay(tmp_path, there)
    seen = look(tmp_path, scan_of(*scanned), artifact_paths={"model": "model"})
    assert seen.verdict == verdict
    assert seen.tier == ("claimed" if verdict == "mismatched" else "documented")


def test_a_single_file_is_known_by_its_name(tmp_path: Path) -> None:
    lay(tmp_path, ["a.pt"])
    assert look(tmp_path, scan_of("a.pt"), artifact_paths={"model": "model/a.pt"}).verdict == "shown"
    assert look(tmp_path, scan_of("b.pt"), artifact_paths={"model": "model/a.pt"}).verdict == "mismatched"


def test_with_a_digest_names_only_say_what_was_left_out(tmp_path: Path) -> None:
    lay(tmp_path, ["a.pt", "b.bin"])
    paths = {"model": "model"}
    assert look(tmp_path, scan_of("c.pt", digest=MODEL), artifact_paths=paths).verdict == "shown"
    seen = look(tmp_path, scan_of("a.pt", digest=MODEL), artifact_paths=paths)
    assert (seen.verdict, seen.tier) == ("partial", "verified")
    assert look(tmp_path, scan_of("a.pt", "b.bin", digest=OTHER), artifact_paths=paths).verdict == "mismatched"


def test_the_report_may_be_the_predicate_of_a_statement(tmp_path: Path) -> None:
    report = {name: value for name, value in MODELSCAN.items() if name != "subject"}
    bare = statement(MODEL, predicate="evidence", body=report)
    seen = look(tmp_path, bare)
    assert (seen.verdict, seen.tier, seen.artifact) == ("shown", "verified", "model")
    assert look(tmp_path, statement(OTHER, predicate="evidence", body=report)).verdict == "mismatched"
    seen = look(tmp_path, signed(bare, "marmalade"), trust=trusting("marmalade"))
    assert (seen.verdict, seen.tier, seen.artifact) == ("shown", "verified", "model")
    assert look(tmp_path, signed(statement(MODEL), "marmalade")).verdict == "unreadable"


def test_an_envelope_that_was_changed_after_it_was_signed_is_altered(tmp_path: Path) -> None:
    report = {name: value for name, value in PICKLESCAN.items() if name != "subject"}
    opened = json.loads(signed(statement(MODEL, predicate="evidence", body=report), "marmalade"))
    other = json.loads(signed(statement(DATASET, predicate="evidence", body=report), "marmalade"))
    content = json.dumps(opened | {"payload": other["payload"]})
    assert look(tmp_path, content, trust=trusting("marmalade")).verdict == "altered"


@pytest.mark.parametrize("place", ["subject 0 name", "summary input_path", "summary timestamp", "errors 0", "issues 0",
                                   "summary modelscan_version", "summary scanned scanned_files 0", CANARY])  # fmt: skip
def test_canary_text_is_repeated_nowhere(tmp_path: Path, place: str) -> None:
    assert CANARY not in repr(look(tmp_path, changed(MODELSCAN, place, CANARY)))
