"""Signed statements: as evidence of their own, and beside other evidence, whose tier they lift."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.attest.predicates import type_uri
from handrail.attest.statement import Subject, statement_bytes
from handrail.attest.trust import Trust
from handrail.model.observation import Observation
from handrail.model.terms import Scope
from handrail.source.files import FileReason, FileRefused
from tests.attest.throwaway import key_of, signed, statement, trusting
from tests.evidence.samples import ARTIFACTS, ATTESTATION_ASKS, CANARY, GOOD, look, look_at, requirement
from tests.evidence.samples_json import SCREENING

MODEL, DATASET, OTHER = ARTIFACTS["model"], ARTIFACTS["dataset"], "f" * 64
TRUST = trusting("lab", named=("own",))
TESTED = "https://in-toto.io/attestation/test-result/v0.1"
DAY = date(2026, 9, 15)


def gate(*digests: str, **more: Any) -> bytes:
    return statement(*(digests or (MODEL,)), **{"predicate": "release-gate", **more})


def seen(folder: Path, data: bytes, **more: Any) -> Observation:
    return look_at(folder, "attestation", data, **{"trust": TRUST, **more})


def short(one: Observation) -> tuple[str, str]:
    return one.verdict.value, one.tier.value


LAB = key_of("lab").public.id
BODY = {"note": CANARY, "steps": [CANARY]}

# One change to a statement that an accepted organisation signed -> verdict and tier.
MUTANTS: dict[str, tuple[bytes, str, str]] = {
    "as it is": (signed(gate(), "lab"), "shown", "attested"),
    "with words of its own": (
        signed(gate(body={"time": "2026-09-15", **BODY}, name=CANARY), "lab"),
        "shown",
        "attested",
    ),
    "signed by a key the project named": (signed(gate(), "own"), "shown", "documented"),
    "signed by nobody known": (signed(gate(), "stranger"), "shown", "claimed"),
    "signed by nobody known, who names a known key": (signed(gate(), "stranger", hint=LAB), "altered", "claimed"),
    "on another subject": (signed(gate(OTHER), "lab"), "mismatched", "claimed"),
    "on the other artifact": (signed(gate(DATASET), "lab"), "shown", "attested"),
    "on one of ours among others": (signed(gate(OTHER, MODEL), "lab"), "shown", "attested"),
    "of another type": (signed(statement(MODEL, predicate="evidence"), "lab"), "unreadable", "claimed"),
    "of a type not asked for here": (
        signed(statement(MODEL, predicate="progress-report"), "lab"),
        "unreadable",
        "claimed",
    ),
    "without a day": (signed(gate(body={}), "lab"), "shown", "documented"),
    "with a day that is none": (signed(gate(body={"time": "soon"}), "lab"), "shown", "documented"),
    "before its key counted": (signed(gate(body={"time": "2025-12-31"}), "lab"), "shown", "claimed"),
    "no envelope around it": (gate(), "unreadable", "claimed"),
    "another payload in the envelope": (signed(b'{"hello": 1}', "lab"), "unreadable", "claimed"),
    "a digest cut short": (signed(gate().replace(MODEL.encode(), b"aaaa"), "lab"), "unreadable", "claimed"),
    "a result that held": (
        signed(statement(MODEL, predicate=TESTED, body={"time": "2026-09-15", "result": "PASSED"}), "lab"),
        "shown",
        "attested",
    ),
    "a result that held in part": (
        signed(statement(MODEL, predicate=TESTED, body={"time": "2026-09-15", "result": "WARNED"}), "lab"),
        "partial",
        "attested",
    ),
    "a result that did not hold": (
        signed(statement(MODEL, predicate=TESTED, body={"time": "2026-09-15", "result": "FAILED"}), "lab"),
        "contradicted",
        "attested",
    ),
    "a result that is no word": (
        signed(statement(MODEL, predicate=TESTED, body={"time": "2026-09-15", "result": {"a": [CANARY]}}), "lab"),
        "partial",
        "attested",
    ),
}


@pytest.mark.parametrize(("data", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_signed_statement(tmp_path: Path, data: bytes, verdict: str, tier: str) -> None:
    assert short(seen(tmp_path, data)) == (verdict, tier)


def test_a_statement_changed_after_it_was_signed_is_never_more_than_claimed(tmp_path: Path) -> None:
    good = json.loads(signed(gate(), "lab"))
    verdicts = set()
    for name, at in [("payload", at) for at in range(0, len(good["payload"]), 7)] + [
        ("sig", at) for at in range(0, 80, 9)
    ]:
        holder = good if name == "payload" else good["signatures"][0]
        before = holder[name]
        holder[name] = before[:at] + ("A" if before[at] != "A" else "B") + before[at + 1 :]
        one = seen(tmp_path, json.dumps(good).encode())
        holder[name] = before
        verdicts.add(one.verdict.value)
        assert one.verdict.value in ("altered", "unreadable"), (name, at)
        assert one.tier.value == "claimed"
    assert verdicts == {"altered", "unreadable"}


def test_the_day_is_the_statements_own_and_the_last_day_that_of_the_key(tmp_path: Path) -> None:
    one = seen(tmp_path, signed(gate(), "lab"), trust=trusting("lab", until="2027-01-31"))
    assert (one.date, one.valid_until, one.artifact) == (DAY, date(2027, 1, 31), "model")
    assert seen(tmp_path, signed(gate(), "lab"), date="2026-08-01").date == date(2026, 8, 1)
    assert seen(tmp_path, signed(gate(), "stranger"), trust=trusting("lab", until="2027-01-31")).valid_until is None


@pytest.mark.parametrize(
    "body",
    [
        {"time": "2026-09-15T23:30:00Z"},
        {"date": "2026-09-15"},
        {"timeVerified": "2026-09-15T01:00:00Z"},
        {"metadata": {"finishedOn": "2026-09-16T00:30:00+02:00"}},
        {"time": "soon", "date": "2026-09-15"},
    ],
)
def test_a_day_is_found_where_predicates_say_it(tmp_path: Path, body: dict[str, Any]) -> None:
    assert seen(tmp_path, signed(gate(body=body), "lab")).date == DAY


def test_a_project_without_artifacts_has_nothing_that_a_statement_could_speak_of(tmp_path: Path) -> None:
    assert seen(tmp_path, signed(gate(), "lab"), artifacts={}).verdict == "mismatched"


FILE = hashlib.sha256(CANARY.encode()).hexdigest()


@pytest.mark.parametrize(
    ("digest", "name", "scope", "verdict"),
    [
        (FILE, "report.md", Scope.ORGANISATION, "shown"),
        (FILE, "report.md", Scope.MODEL, "mismatched"),
        (FILE, "report.md", None, "mismatched"),
        (OTHER, "report.md", Scope.ORGANISATION, "mismatched"),
        (MODEL, "report.md", Scope.ORGANISATION, "shown"),
        (FILE, "other.md", Scope.ORGANISATION, "mismatched"),
        (FILE, "../secret.md", Scope.ORGANISATION, "mismatched"),
        (FILE, "link.md", Scope.ORGANISATION, "mismatched"),
        (FILE, "..", Scope.ORGANISATION, "mismatched"),
        (FILE, ".", Scope.ORGANISATION, "mismatched"),
        (FILE, "a\0b", Scope.ORGANISATION, "mismatched"),
        (FILE, "x" * 4000, Scope.ORGANISATION, "mismatched"),
    ],
)
def test_an_organisation_may_have_a_file_beside_the_statement_signed(
    tmp_path: Path, digest: str, name: str, scope: Scope | None, verdict: str
) -> None:
    public = tmp_path / "public"
    public.mkdir()
    (tmp_path / "secret.md").write_text(CANARY)
    (public / "report.md").write_text(CANARY)
    (public / "link.md").symlink_to(tmp_path / "secret.md")
    (public / "report.dsse.json").write_bytes(signed(statement(digest, predicate="progress-report", name=name), "lab"))
    asked = requirement("attestation", {"predicates": ["progress-report"]})
    assert look(tmp_path, asked, path="public/report.dsse.json", trust=TRUST, scope=scope).verdict == verdict


def screening(**change: Any) -> bytes:
    predicate = SCREENING["predicate"] | change
    return json.dumps(SCREENING | {"predicate": predicate}).encode()


RUN: dict[str, Any] = {
    "report": "run.jsonl",
    "run": "r1",
    "startedOn": "2026-09-14T10:00:00Z",
    "finishedOn": "2026-09-15T10:00:00Z",
    "counts": {"attempts": 100},
}


def run(*digests: str, **change: Any) -> bytes:
    names = ["run.jsonl", *("model" for _ in digests[1:])]
    subjects = [Subject(name, digest) for name, digest in zip(names, digests, strict=True)]
    return statement_bytes(subjects, type_uri("test-run-binding"), RUN | change)


# What a predicate that handrail gives a shape says -> the verdict on it, signed by an accepted organisation.
SHAPED: dict[str, tuple[bytes, str]] = {
    "a whole screening": (screening(), "shown"),
    "a screening of a part": (screening(items={"declared": 471100, "screened": 400000}), "partial"),
    "a screening with a match left": (screening(matches=8), "contradicted"),
    "a screening that says nothing": (json.dumps(SCREENING | {"predicate": {}}).encode(), "unreadable"),
    "a screening with a sentence": (screening(remark=CANARY), "refused"),
    "a screening of another dataset": (screening().replace(DATASET.encode(), OTHER.encode()), "mismatched"),
    "a whole run": (run(OTHER, MODEL), "shown"),
    "a run that met its thresholds": (run(OTHER, MODEL, thresholdsMet=True), "shown"),
    "a run that did not meet its thresholds": (run(OTHER, MODEL, thresholdsMet=False), "contradicted"),
    "a run on another model": (run(OTHER, "e" * 64), "mismatched"),
    "a run whose report is all it names": (run(MODEL), "mismatched"),
    "a run that says nothing": (statement(MODEL, predicate="test-run-binding", body={}), "unreadable"),
    "a run with a sentence": (run(OTHER, MODEL, remark=CANARY), "refused"),
}


@pytest.mark.parametrize(("payload", "verdict"), SHAPED.values(), ids=SHAPED)
def test_a_predicate_that_has_a_shape_must_have_it(tmp_path: Path, payload: bytes, verdict: str) -> None:
    asks = {"predicates": ["dataset-screening", "test-run-binding"]}
    tier = "attested" if verdict in ("shown", "partial", "contradicted") else "claimed"
    assert short(seen(tmp_path, signed(payload, "lab"), parameters=asks)) == (verdict, tier)
    lower = {"attested": "documented", "claimed": "claimed"}[tier]
    assert short(seen(tmp_path, signed(payload, "own"), parameters=asks)) == (verdict, lower)


def without_cryptography(monkeypatch: pytest.MonkeyPatch) -> None:
    from handrail.attest.keys import public_key

    public_key.cache_clear()
    for name in [one for one in sys.modules if one.split(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)


def test_without_a_library_for_signatures_nothing_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = signed(gate(), "lab")
    trust = TRUST
    without_cryptography(monkeypatch)
    one = seen(tmp_path, data, trust=trust)
    assert one.verdict == "unavailable"
    assert "handrail[signing]" in one.text
    (tmp_path / "beside.json").write_bytes(data)
    beside = look_at(tmp_path, "document", GOOD["document"][1], attestation="beside.json", trust=trust)
    assert beside.verdict == "unavailable"


# What stands beside a document, and what becomes of it.

DOCUMENT = hashlib.sha256(GOOD["document"][1].encode()).hexdigest()

BESIDE: dict[str, tuple[bytes | None, str, str]] = {
    "nothing there": (None, "shown", "documented"),
    "no envelope": (b"hello", "shown", "documented"),
    "a statement without an envelope": (statement(DOCUMENT), "shown", "documented"),
    "signed by an accepted organisation": (signed(statement(DOCUMENT), "lab"), "shown", "attested"),
    "signed by it among others": (signed(statement(OTHER, DOCUMENT), "lab"), "shown", "attested"),
    "signed by a key the project named": (signed(statement(DOCUMENT), "own"), "shown", "documented"),
    "signed by nobody known": (signed(statement(DOCUMENT), "stranger"), "shown", "documented"),
    "signed without a day": (signed(statement(DOCUMENT, body={}), "lab"), "shown", "documented"),
    "signed before the key counted": (
        signed(statement(DOCUMENT, body={"time": "2025-12-31"}), "lab"),
        "shown",
        "documented",
    ),
    "a type that vouches for nothing": (
        signed(statement(DOCUMENT, predicate="https://example.com/complaint/v1"), "lab"),
        "shown",
        "documented",
    ),
    "signed as an assessment": (signed(statement(DOCUMENT, predicate="assessment"), "lab"), "shown", "documented"),
    "on another file": (signed(statement(OTHER), "lab"), "altered", "claimed"),
    "on another file by nobody known": (signed(statement(OTHER), "stranger"), "altered", "claimed"),
    "broken": (signed(statement(DOCUMENT), "stranger", hint=LAB), "altered", "claimed"),
}


def beside(folder: Path, data: bytes | None, **more: Any) -> Observation:
    if data is not None:
        (folder / "beside.dsse.json").write_bytes(data)
    given = {"trust": TRUST, "attestation": "beside.dsse.json", **more}
    return look_at(folder, "document", GOOD["document"][1], **given)


@pytest.mark.parametrize(("data", "verdict", "tier"), BESIDE.values(), ids=BESIDE)
def test_a_statement_beside_evidence_lifts_its_tier(
    tmp_path: Path, data: bytes | None, verdict: str, tier: str
) -> None:
    assert short(beside(tmp_path, data)) == (verdict, tier)


def test_what_is_lifted_counts_as_long_as_the_key_that_lifted_it(tmp_path: Path) -> None:
    until = trusting("lab", named=("own",), until="2027-01-31")
    assert beside(tmp_path, signed(statement(DOCUMENT), "lab"), trust=until).valid_until == date(2027, 1, 31)
    assert beside(tmp_path, signed(statement(DOCUMENT), "own"), trust=until).valid_until is None


def test_of_the_two_days_the_older_counts(tmp_path: Path) -> None:
    older = signed(statement(DOCUMENT, body={"time": "2026-08-15"}), "lab")
    assert beside(tmp_path, older).date == date(2026, 8, 15)
    assert beside(tmp_path, signed(statement(DOCUMENT), "lab")).date == date(2026, 9, 1)
    stranger = signed(statement(DOCUMENT, body={"time": "2026-08-15"}), "stranger")
    assert beside(tmp_path, stranger).date == date(2026, 9, 1)


def test_what_shows_nothing_is_not_lifted(tmp_path: Path) -> None:
    data = signed(statement(hashlib.sha256(b"nothing").hexdigest()), "lab")
    (tmp_path / "beside.dsse.json").write_bytes(data)
    one = look_at(tmp_path, "document", b"nothing", attestation="beside.dsse.json", trust=TRUST)
    assert short(one) == ("unreadable", "claimed")


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/etc/hostname", FileReason.ABSOLUTE), ("../a.json", FileReason.CLIMBS), ("link.json", FileReason.LINK)],
)
def test_a_path_that_leads_elsewhere_is_told_to_the_caller(tmp_path: Path, path: str, reason: FileReason) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileRefused) as refused:
        beside(tmp_path, None, attestation=path)
    assert refused.value.reason is reason


JUNIT = b'<testsuite name="s" tests="1" timestamp="2026-09-10T10:00:00"><testcase name="a"/></testsuite>'


def test_a_report_that_no_artifact_binds_is_bound_by_a_statement_that_names_both(tmp_path: Path) -> None:
    (tmp_path / "run.junit.xml").write_bytes(JUNIT)
    digest = hashlib.sha256(JUNIT).hexdigest()
    tiers = {}
    for name, digests in {"report": (digest,), "report and model": (digest, MODEL)}.items():
        (tmp_path / "run.dsse.json").write_bytes(signed(statement(*digests), "lab"))
        asked = requirement("test-report")
        one = look(tmp_path, asked, path="run.junit.xml", attestation="run.dsse.json", trust=TRUST)
        if one.verdict == "unavailable":
            pytest.skip("this version has no checker for test reports")
        tiers[name] = (one.tier.value, one.artifact)
    assert tiers == {"report": ("documented", None), "report and model": ("attested", "model")}


# Sealed records.

SEALED_DIGEST = "d" * 64
SEALED: dict[str, Any] = {"sha256": SEALED_DIGEST, "custodian": CANARY, "since": "2026-09-30"}

RECORDS: dict[str, tuple[dict[str, Any], bytes | None, str, str]] = {
    "signed over its digest": ({}, signed(statement(SEALED_DIGEST), "lab"), "shown", "attested"),
    "digest with its prefix": (
        {"sha256": f"sha256:{SEALED_DIGEST}"},
        signed(statement(SEALED_DIGEST), "lab"),
        "shown",
        "attested",
    ),
    "by a key the project named": ({}, signed(statement(SEALED_DIGEST), "own"), "shown", "documented"),
    "by nobody known": ({}, signed(statement(SEALED_DIGEST), "stranger"), "shown", "claimed"),
    "without a day": ({}, signed(statement(SEALED_DIGEST, body={}), "lab"), "shown", "documented"),
    "over another digest": ({}, signed(statement(OTHER), "lab"), "altered", "claimed"),
    "no digest to speak of": ({"sha256": None}, signed(statement(SEALED_DIGEST), "lab"), "shown", "claimed"),
    "nothing there": ({}, None, "shown", "claimed"),
    "broken": ({}, signed(statement(SEALED_DIGEST), "stranger", hint=LAB), "altered", "claimed"),
    "of nobody": ({"custodian": "TBD"}, signed(statement(SEALED_DIGEST), "lab"), "unreadable", "claimed"),
}


@pytest.mark.parametrize(("change", "data", "verdict", "tier"), RECORDS.values(), ids=RECORDS)
def test_a_sealed_record_is_attested_over_its_digest(
    tmp_path: Path, change: dict[str, Any], data: bytes | None, verdict: str, tier: str
) -> None:
    if data is not None:
        (tmp_path / "log.dsse.json").write_bytes(data)
    asked = requirement("sealed-record", handling="sealed")
    one = look(tmp_path, asked, sealed=SEALED | change, attestation="log.dsse.json", trust=TRUST)
    assert short(one) == (verdict, tier)
    assert OTHER not in one.text
    assert SEALED_DIGEST[:8] not in one.text


def test_an_attestation_goes_with_something_that_has_a_digest(tmp_path: Path) -> None:
    words = {"owner": "A", "date": "2026-09-01", "text": "word " * 40}
    with pytest.raises(ValueError, match="goes with `path` or `sealed`"):
        look(tmp_path, requirement("statement"), statement=words, attestation="a.json", trust=Trust.nobody())


def test_the_good_sample_is_signed_by_a_stranger(tmp_path: Path) -> None:
    assert short(seen(tmp_path, GOOD["attestation"][1].encode(), parameters=ATTESTATION_ASKS)) == ("shown", "claimed")
