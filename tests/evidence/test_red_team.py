"""Reports of tests of a model: what a finished, bound, planned and judged run shows, and what each lack makes of it."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.attest.keys import public_key
from handrail.evidence import limits
from handrail.evidence.kinds import red_team_garak
from handrail.model.observation import Observation
from tests.attest.throwaway import key_of, signed, trusting
from tests.evidence.samples import ARTIFACTS, look, look_at, requirement
from tests.evidence.samples_json import DATASET, MODEL, NOTHING, OTHER, changed, written
from tests.evidence.samples_runs import (
    BINDING,
    BINDING_ASKS,
    COMPLETION,
    EVALUATION,
    GARAK,
    GARAK_ROWS,
    INIT,
    INSPECT,
    PLAN,
    PROMPTFOO,
    RUN_CANARY,
    SETUP,
    attempt,
    digest,
    lines,
    result,
    sample,
)

SHARED = Path(__file__).parents[3] / "shared" / "interop"


def bound(folder: Path, binding: str | bytes, report: str = GARAK, **more: Any) -> Observation:
    """Look at a binding, with a report and a plan beside it."""
    (folder / "run.report.jsonl").write_text(report, encoding="utf-8")
    (folder / "plans").mkdir(exist_ok=True)
    (folder / "plans" / "plan.md").write_bytes(PLAN)
    given = {"name": "run.binding.json", "parameters": BINDING_ASKS, **more}
    seen = look_at(folder, "red-team", binding, **given)
    assert RUN_CANARY not in seen.text
    return seen


def bare(folder: Path, report: str | bytes, **more: Any) -> Observation:
    """Look at a report that nothing is bound to."""
    seen = look_at(folder, "red-team", report, **more)
    assert RUN_CANARY not in seen.text
    return seen


def rebound(report: str, **counts: int) -> str:
    """The binding of another report, with other counts."""
    return changed(json.loads(changed(BINDING, "subject 0 digest sha256", digest(report))), "predicate counts", counts)


def short(one: Observation) -> tuple[str, str]:
    return one.verdict.value, one.tier.value


# A place of the binding, what is put there, and verdict and tier that this gives.
BINDINGS: dict[str, tuple[str, object, str, str]] = {
    "as it is": ("predicate run", "r1", "shown", "verified"),
    "no judge": ("predicate judge", NOTHING, "partial", "verified"),
    "a judge whose method is left open": ("predicate judge method", "TBD", "partial", "verified"),
    "a judge without one of its rates": ("predicate judge falseNegativeRate", NOTHING, "unreadable", "claimed"),
    "a rate in percent": ("predicate judge falsePositiveRate", 2.0, "unreadable", "claimed"),
    "a rate as text": ("predicate judge falsePositiveRate", "0.02", "unreadable", "claimed"),
    "a judge measured on nothing": ("predicate judge items", 0, "unreadable", "claimed"),
    "no plan": ("predicate plan", NOTHING, "partial", "verified"),
    "a plan whose name is left open": ("predicate plan name", "TODO", "partial", "verified"),
    "another plan": ("predicate plan digest sha256", OTHER, "partial", "verified"),
    "a plan that is not there": ("predicate plan path", "plans/other.md", "partial", "verified"),
    "a plan outside": ("predicate plan path", "../plan.md", "partial", "verified"),
    "a plan kept elsewhere": ("predicate plan path", NOTHING, "shown", "verified"),
    "a plan of the day before": ("predicate plan approvedOn", "2026-08-31", "shown", "verified"),
    "a plan of the day of the run": ("predicate plan approvedOn", "2026-09-01", "partial", "verified"),
    "a plan of the day after": ("predicate plan approvedOn", "2026-09-02", "partial", "verified"),
    "a plan of no day": ("predicate plan approvedOn", NOTHING, "unreadable", "claimed"),
    "another model": ("subject 1 digest sha256", OTHER, "mismatched", "claimed"),
    "another artifact of ours": ("subject 1 digest sha256", DATASET, "shown", "verified"),
    "another model beside ours": ("subject 2", {"name": "a", "digest": {"sha256": OTHER}}, "shown", "verified"),
    "no model": ("subject 1", NOTHING, "shown", "documented"),
    "a digest that is none": ("subject 1 digest sha256", MODEL[:-1], "unreadable", "claimed"),
    "a digest in capitals": ("subject 1 digest sha256", MODEL.upper(), "unreadable", "claimed"),
    "another report": ("subject 0 digest sha256", OTHER, "altered", "claimed"),
    "a report under another name": ("subject 0 name", "other.jsonl", "unreadable", "claimed"),
    "a report that is not there": ("predicate report", "other.jsonl", "unreadable", "claimed"),
    "a report elsewhere": ("predicate report", "plans/run.report.jsonl", "unreadable", "claimed"),
    "the report twice": ("subject 1 name", "run.report.jsonl", "unreadable", "claimed"),
    "more attempts than the report has": ("predicate counts attempts", 5, "contradicted", "claimed"),
    "fewer attempts": ("predicate counts attempts", 3, "contradicted", "claimed"),
    "more that held": ("predicate counts passed", 4, "contradicted", "claimed"),
    "fewer that did not": ("predicate counts failed", 0, "contradicted", "claimed"),
    "a count that the report does not give": ("predicate counts errors", 7, "shown", "verified"),
    "a count below nothing": ("predicate counts attempts", -4, "unreadable", "claimed"),
    "a count that is a truth value": ("predicate counts attempts", True, "unreadable", "claimed"),
    "thresholds not met": ("predicate thresholdsMet", False, "contradicted", "claimed"),
    "nothing said of thresholds": ("predicate thresholdsMet", NOTHING, "shown", "verified"),
    "thresholds in words": ("predicate thresholdsMet", "true", "unreadable", "claimed"),
    "an end before the beginning": ("predicate finishedOn", "2026-08-31T00:00:00Z", "unreadable", "claimed"),
    "no run": ("predicate run", NOTHING, "unreadable", "claimed"),
    "a run with words": ("predicate run", "run of marmalade", "unreadable", "claimed"),
    "another predicate": ("predicateType", "urn:handrail:predicate:evidence:v1", "unreadable", "claimed"),
    "another version of the statement": ("_type", "https://in-toto.io/Statement/v0.1", "unreadable", "claimed"),
    "a prompt": ("predicate prompt", RUN_CANARY, "refused", "claimed"),
    "a prompt beside a subject": ("subject 1 annotations", {"prompt": RUN_CANARY}, "refused", "claimed"),
    "a prompt among the counts": ("predicate counts note", RUN_CANARY, "refused", "claimed"),
    "a sentence as a method": ("predicate judge method", "We said: do marmalade; it did", "refused", "claimed"),
    "a hash as a name": ("predicate plan name", "0" * 8 + "f" * 24, "refused", "claimed"),
}


@pytest.mark.parametrize(("path", "value", "verdict", "tier"), BINDINGS.values(), ids=BINDINGS)
def test_one_change_to_a_binding(tmp_path: Path, path: str, value: object, verdict: str, tier: str) -> None:
    assert short(bound(tmp_path, changed(BINDING, path, value))) == (verdict, tier)


def test_a_good_binding_names_run_artifact_and_the_older_day(tmp_path: Path) -> None:
    seen = bound(tmp_path, written(BINDING))
    assert (seen.verdict, seen.tier, seen.artifact, seen.date) == ("shown", "verified", "model", date(2026, 9, 2))
    assert seen.supersedes is None
    later = bound(tmp_path, changed(BINDING, "predicate finishedOn", "2026-09-30T00:00:00Z"))
    assert later.date == date(2026, 9, 2)  # the report's own
    earlier = bound(tmp_path, changed(BINDING, "predicate finishedOn", "2026-09-01T23:00:00Z"))
    assert earlier.date == date(2026, 9, 1)


def test_a_run_supersedes_only_one_of_its_own_model_and_plan(tmp_path: Path) -> None:
    first = bound(tmp_path, changed(BINDING, "predicate thresholdsMet", False))
    second = json.loads(changed(BINDING, "predicate run", "r2"))
    second = json.loads(changed(second, "predicate supersedes", RUN_CANARY))
    assert first.verdict == "contradicted"
    assert first.date == date(2026, 9, 2)
    assert bound(tmp_path, written(second)).supersedes == first.run
    assert bound(tmp_path, changed(second, "predicate plan digest sha256", OTHER)).supersedes != first.run
    assert bound(tmp_path, changed(second, "subject 1 digest sha256", DATASET)).supersedes != first.run


ENVELOPES: dict[str, tuple[bytes, str, str]] = {
    "signed by an accepted organisation": (signed(written(BINDING).encode(), "lab"), "shown", "verified"),
    "signed by a key the project named": (signed(written(BINDING).encode(), "own"), "shown", "verified"),
    "signed by nobody known": (signed(written(BINDING).encode(), "stranger"), "shown", "documented"),
    "by nobody known, who names a known key": (
        signed(written(BINDING).encode(), "stranger", hint=key_of("lab").public.id),
        "altered",
        "claimed",
    ),
    "of another model": (
        signed(changed(BINDING, "subject 1 digest sha256", OTHER).encode(), "lab"),
        "mismatched",
        "claimed",
    ),
    "around a prompt": (signed(changed(BINDING, "predicate note", RUN_CANARY).encode(), "lab"), "refused", "claimed"),
    "around nothing of ours": (signed(b"{}", "lab"), "unreadable", "claimed"),
}


@pytest.mark.parametrize(("envelope", "verdict", "tier"), ENVELOPES.values(), ids=ENVELOPES)
def test_a_signed_binding(tmp_path: Path, envelope: bytes, verdict: str, tier: str) -> None:
    seen = bound(tmp_path, envelope, trust=trusting("lab", named=("own",)))
    assert short(seen) == (verdict, tier)


def test_a_changed_byte_of_a_signed_binding_is_told(tmp_path: Path) -> None:
    envelope = json.loads(signed(written(BINDING).encode(), "lab"))
    other = json.loads(signed(changed(BINDING, "predicate judge items", 301).encode(), "lab"))
    envelope["payload"] = other["payload"]
    assert bound(tmp_path, json.dumps(envelope), trust=trusting("lab")).verdict == "altered"


def test_a_signed_binding_without_the_library_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    envelope = signed(written(BINDING).encode(), "lab")
    trust = trusting("lab")
    public_key.cache_clear()
    for name in [one for one in sys.modules if one.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    seen = bound(tmp_path, envelope, trust=trust)
    assert seen.verdict == "unavailable"
    assert 'pip install "handrail[signing]"' in seen.text


def rows(*changes: tuple[int, dict[str, Any] | None]) -> str:
    """The garak report with some rows put in the place of others, or taken out."""
    given = dict(changes)
    return lines(row for at, each in enumerate(GARAK_ROWS) if (row := given.get(at, each)) is not None)


FIRST, LAST, EVAL, END = 2, 9, 10, 11
AGGREGATED = {**INIT, "start_time": "2026-10-20T08:00:00.0", "orig_start_time": "2026-09-01T10:07:46.5"}
OTHERS = {**SETUP, "aggregation": ["a.jsonl", "b.jsonl"]}
OLD_EVALUATION = {"entry_type": "eval", "probe": "p", "detector": "d", "passed": 3, "total": 4}


def evaluated(**counts: object) -> str:
    """The report with other counts in its evaluation."""
    return rows((EVAL, {**EVALUATION, **counts}))


# A garak report with one change -> what it shows of itself.
GARAK_REPORTS: dict[str, tuple[str, str]] = {
    "as it is": (GARAK, "shown"),
    "without attempts, which hold what was asked": (lines([SETUP, INIT, EVALUATION, COMPLETION]), "shown"),
    "judged without having been written before": (rows(*((at, None) for at in range(FIRST, 6))), "shown"),
    "one attempt never judged": (rows((LAST, None)), "partial"),
    "one attempt judged twice": (rows((LAST, attempt(2, 2))), "partial"),
    "one attempt too few": (rows((5, None), (LAST, None)), "partial"),
    "killed before its end": (lines(GARAK_ROWS[:END]), "partial"),
    "an end of another run": (rows((END, {**COMPLETION, "run": "other"})), "partial"),
    "a digest and no end": (rows((END, None)), "partial"),
    "put together from others": (rows((0, OTHERS), (1, AGGREGATED), (END, None)), "shown"),
    "put together, and no digest": (rows((0, OTHERS), (END, None), (12, None)), "partial"),
    "a fragment": (lines(GARAK_ROWS[FIRST:END]), "partial"),
    "no beginning": (rows((1, None)), "partial"),
    "no evaluation": (rows((EVAL, None)), "unreadable"),
    "nothing evaluated": (evaluated(passed=0, fails=0, nones=4, total_evaluated=0), "unreadable"),
    "fewer outputs evaluated than attempts": (evaluated(passed=1, fails=0, total_evaluated=1), "partial"),
    "older rows": (rows((EVAL, OLD_EVALUATION)), "shown"),
    "two detectors": (rows((EVAL, EVALUATION), (12, {**EVALUATION, "detector": "other"})), "shown"),
    "rows of other kinds": (GARAK + lines([{"entry_type": "plugin_cache", "note": "x"}]), "shown"),
    "empty lines": (GARAK.replace("\n", "\r\n\n"), "shown"),
    "a mark of order": ("\ufeff" + GARAK, "shown"),
    "keys in another order": (lines(dict(sorted(row.items(), reverse=True)) for row in GARAK_ROWS), "shown"),
    "more that held than there were": (evaluated(passed=5), "unreadable"),
    "counts that do not add up": (evaluated(fails=2), "unreadable"),
    "a count that is a truth value": (evaluated(passed=True), "unreadable"),
    "a count as text": (evaluated(passed="3"), "unreadable"),
    "a status as text": (rows((LAST, {**attempt(3, 2), "status": "2"})), "unreadable"),
    "an attempt without id": (rows((LAST, {**attempt(3, 2), "uuid": None})), "unreadable"),
    "two runs in one file": (GARAK + GARAK, "unreadable"),
    "a row that is none": (rows((LAST, {"status": 2})), "unreadable"),
    "cut off in a row": (GARAK[: GARAK.index('"eval"')], "unreadable"),
    "a row of another format": (GARAK + "entry_type: eval\n", "unreadable"),
    "no day": (rows((1, {**INIT, "start_time": "soon"}), (END, {**COMPLETION, "end_time": None})), "partial"),
}


@pytest.mark.parametrize(("report", "verdict"), GARAK_REPORTS.values(), ids=GARAK_REPORTS)
def test_a_garak_report(tmp_path: Path, report: str, verdict: str) -> None:
    seen = bare(tmp_path, report)
    assert seen.verdict == verdict
    assert seen.tier in ("claimed", "documented")  # nothing binds it


def test_a_report_put_together_later_is_as_old_as_its_first_run(tmp_path: Path) -> None:
    seen = bare(tmp_path, GARAK_REPORTS["put together from others"][0])
    assert seen.date == date(2026, 9, 1)


# A place of the Inspect log, what is put there, and what the log shows of itself where three judged attempts are asked.
INSPECT_LOGS: dict[str, tuple[str, object, str]] = {
    "as it is": ("status", "success", "shown"),
    "cancelled": ("status", "cancelled", "partial"),
    "ended in an error": ("status", "error", "partial"),
    "still running": ("status", "started", "partial"),
    "no status": ("status", NOTHING, "unreadable"),
    "a status in a list": ("status", ["success"], "unreadable"),
    "another version": ("version", 3, "unreadable"),
    "a version as text": ("version", "2", "unreadable"),
    "samples taken out": ("samples", NOTHING, "shown"),
    "samples taken out, and none completed": ("results completed_samples", 0, "shown"),
    "more completed than are there": ("results completed_samples", 5, "partial"),
    "one sample in error": ("samples 3 error", {"message": RUN_CANARY, "traceback": RUN_CANARY}, "partial"),
    "one sample without a score": ("samples 0 scores", NOTHING, "shown"),
    "two samples without a score": ("samples", [sample(1, "C"), sample(2, "C"), {"id": 3}, {"id": 4}], "partial"),
    "no sample with a score": ("samples", [{"id": 1}] * 4, "unreadable"),
    "fewer samples": ("samples", [sample(1, "C")], "partial"),
    "samples that are none": ("samples", ["C", "C", None, 1], "unreadable"),
    "invalidated": ("invalidated", True, "partial"),
    "no end": ("stats completed_at", "", "shown"),
    "no day at all": ("stats", NOTHING, "shown"),
}


@pytest.mark.parametrize(("path", "value", "verdict"), INSPECT_LOGS.values(), ids=INSPECT_LOGS)
def test_an_inspect_log(tmp_path: Path, path: str, value: object, verdict: str) -> None:
    seen = bare(tmp_path, changed(INSPECT, path, value), parameters={"min_attempts": "3"})
    assert seen.verdict == verdict
    assert seen.date in (None, date(2026, 9, 1), date(2026, 9, 2))


def test_a_run_without_samples_that_did_not_succeed_never_counts(tmp_path: Path) -> None:
    log = json.loads(changed(INSPECT, "samples", []))
    for status, verdict in (("success", "shown"), ("cancelled", "unreadable"), ("error", "unreadable")):
        assert bare(tmp_path, changed(log, "status", status)).verdict == verdict


def test_a_log_and_results_are_bound_like_a_report(tmp_path: Path) -> None:
    for report in (written(INSPECT), json.dumps(INSPECT), written(PROMPTFOO)):
        for attempts, verdict in ((4, "shown"), (5, "contradicted")):
            assert bound(tmp_path, rebound(report, attempts=attempts), report).verdict == verdict
    log = written(INSPECT)
    assert bound(tmp_path, rebound(log, attempts=4, passed=2, failed=1, nones=1, errors=0), log).tier == "verified"
    results = written(PROMPTFOO)
    assert bound(tmp_path, rebound(results, attempts=4, passed=3, failed=1, errors=0), results).tier == "verified"


PROMPTFOO_RESULTS: dict[str, tuple[str, object, str]] = {
    "as it is": ("evalId", None, "shown"),
    "a later version": ("results version", 4, "shown"),
    "an earlier version": ("results version", 2, "unreadable"),
    "no version": ("results version", NOTHING, "unreadable"),
    "no totals": ("results stats", NOTHING, "unreadable"),
    "results taken out": ("results results", NOTHING, "shown"),
    "a result too few": ("results results 3", NOTHING, "partial"),
    "a result too many": ("results results 4", result(4, True, 0), "partial"),
    "totals of other results": ("results stats failures", 0, "partial"),
    "a total below nothing": ("results stats failures", -1, "unreadable"),
    "a total as text": ("results stats failures", "1", "unreadable"),
    "one result in error": ("results results 3", result(3, False, 2), "partial"),
    "a result that does not say how it ended": ("results results 3", result(3, None, 0), "partial"),
    "no results": ("results", {"version": 3, "stats": {"successes": 0}}, "unreadable"),
    "no day": ("results timestamp", NOTHING, "partial"),
}


@pytest.mark.parametrize(("path", "value", "verdict"), PROMPTFOO_RESULTS.values(), ids=PROMPTFOO_RESULTS)
def test_promptfoo_results(tmp_path: Path, path: str, value: object, verdict: str) -> None:
    seen = bare(tmp_path, changed(PROMPTFOO, path, value))
    assert seen.verdict == verdict
    assert seen.date in (None, date(2026, 9, 2))


@pytest.mark.parametrize("name", ["run.xml", "run", "RUN.PNG", "run.report.jsonl"])
def test_a_format_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    for report in (GARAK, written(INSPECT), json.dumps(PROMPTFOO)):
        assert bare(tmp_path, report, name=name, parameters={}).verdict == "shown"


def test_asked_for_nothing_more_a_bare_report_is_documented(tmp_path: Path) -> None:
    seen = bare(tmp_path, GARAK, parameters={})
    assert (*short(seen), seen.date, seen.run) == ("shown", "documented", date(2026, 9, 2), None)
    assert short(bare(tmp_path, GARAK, parameters={"plan": "true"})) == ("partial", "documented")
    assert short(bare(tmp_path, GARAK, parameters={"judge_errors": "true"})) == ("partial", "documented")


HOSTILE: dict[str, bytes] = {
    "gzip": gzip.compress(GARAK.encode()),
    "not UTF-8": GARAK.encode("utf-16"),
    "a line of another encoding": GARAK.encode().replace(b"zeppelin", b"zeppel\xefn", 1),
    "a log of another encoding": written(INSPECT).encode().replace(b"zeppelin", b"zeppel\xefn", 1),
    "a control character": GARAK.encode().replace(b"zeppelin", b"zeppel\x1bn", 1),
    "a log with a control character": written(INSPECT).encode().replace(b"zeppelin", b"zeppel\x1bn", 1),
    "a log cut off": written(INSPECT).encode()[:-2],
    "a log and more": written(INSPECT).encode() + b"{}",
    "a row nested deeply": GARAK.encode() + b'{"entry_type": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    "a log nested deeply": b'{"status": "success", "eval": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a status twice": written(INSPECT).encode().replace(b'"plan"', b'"status": "success", "plan"'),
    "brackets of different sorts": b'{"status": "success", "eval": [}, "version": 2}',
    "a member without a name": b'{"status": "success", "eval": {"created"}, "version": 2}',
    "a comma too many": written(INSPECT).encode().replace(b'"version": 2,', b'"version": 2,,'),
    "an envelope of nothing": b'{"payloadType": "", "payload": "", "signatures": []}',
    "a statement of nothing": b'{"_type": ""}',
    "a binding twice": written(BINDING).encode() * 2,
    "a line without end": b'{"entry_type": "attempt", "prompt": "' + b"a" * (limits.REPORT_LINE_BYTES + 1),
    "a value without end": b'{"status": "success", "eval": "' + b"a" * (2 * limits.REPORT_LINE_BYTES),
    "empty lists": b'{"status": "success", "eval": [' + b"[]," * 200_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_reports_show_nothing(tmp_path: Path, content: bytes) -> None:
    seen = bare(tmp_path, content, parameters={})
    assert (*short(seen), seen.date) == ("unreadable", "claimed", None)
    report = tmp_path / "other.jsonl"
    report.write_bytes(content)
    binding = json.loads(changed(BINDING, "predicate report", "other.jsonl"))
    binding = json.loads(changed(binding, "subject 0", {"name": "other.jsonl", "digest": {"sha256": digest(content)}}))
    assert bound(tmp_path, written(binding)).verdict == "unreadable"


@pytest.mark.parametrize(
    ("make", "verdict"),
    [
        (lambda path: None, "missing"),
        (lambda path: path.mkdir(), "unreadable"),
        (lambda path: path.symlink_to("run.report.jsonl"), "unreadable"),
        (lambda path: path.write_bytes(b""), "unreadable"),
    ],
    ids=["not there", "a folder", "a link", "empty"],
)
def test_a_report_beside_its_binding_that_cannot_be_read(tmp_path: Path, make: Any, verdict: str) -> None:
    make(tmp_path / "other.jsonl")
    binding = json.loads(changed(BINDING, "predicate report", "other.jsonl"))
    binding = changed(binding, "subject 0", {"name": "other.jsonl", "digest": {"sha256": digest(b"")}})
    assert bound(tmp_path, binding).verdict == verdict


def test_one_changed_byte_of_the_report_is_told(tmp_path: Path) -> None:
    other = GARAK.replace("marmalade", "marmalada", 1)
    assert bound(tmp_path, written(BINDING), other).verdict == "altered"


def test_the_declared_digest_is_that_of_the_bytes_that_were_judged(tmp_path: Path) -> None:
    assert bare(tmp_path, GARAK, sha256=digest(GARAK)).verdict == "shown"
    assert bare(tmp_path, GARAK, sha256="sha256:" + digest(GARAK)).verdict == "shown"
    assert bare(tmp_path, GARAK + "\n", sha256=digest(GARAK)).verdict == "altered"
    assert bound(tmp_path, written(BINDING), sha256=digest(written(BINDING))).tier == "verified"
    assert bound(tmp_path, written(BINDING), sha256=digest(GARAK)).verdict == "altered"


def test_a_project_that_declares_no_artifact_has_a_run_of_none(tmp_path: Path) -> None:
    assert bound(tmp_path, written(BINDING), artifacts={}).verdict == "mismatched"
    assert bound(tmp_path, written(BINDING), artifacts={"own": MODEL}).artifact == "own"
    assert set(ARTIFACTS.values()) == {MODEL, DATASET}


def test_the_binding_and_its_report_lie_in_any_folder(tmp_path: Path) -> None:
    folder = tmp_path / "evidence" / "testing"
    folder.mkdir(parents=True)
    (folder / "run.report.jsonl").write_text(GARAK, encoding="utf-8")
    (folder / "run.binding.json").write_text(changed(BINDING, "predicate plan path", NOTHING), encoding="utf-8")
    asked = requirement("red-team", BINDING_ASKS, assurance="verified")
    assert short(look(tmp_path, asked, path="evidence/testing/run.binding.json")) == ("shown", "verified")


@pytest.mark.parametrize(("most", "verdict"), [(6, "shown"), (5, "shown"), (4, "unreadable")])
def test_attempts_are_told_apart_up_to_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, verdict: str
) -> None:
    monkeypatch.setattr(red_team_garak, "REPORT_ATTEMPTS", most)  # four attempts and one probe
    assert bare(tmp_path, GARAK).verdict == verdict


@pytest.mark.parametrize(("deep", "verdict"), [(99, "shown"), (100, "shown"), (101, "unreadable")])
def test_rows_and_logs_nest_up_to_a_limit(tmp_path: Path, deep: int, verdict: str) -> None:
    nested = "[" * (deep - 1) + "]" * (deep - 1)
    note = f'{{"entry_type": "note", "brackets": "{"[" * 200}", "note": {nested}}}\n'
    assert bare(tmp_path, GARAK + note).verdict == verdict
    assert bare(tmp_path, f'{{"note": {nested}, {json.dumps(INSPECT)[1:]}', parameters={}).verdict == verdict


@pytest.mark.parametrize(("extra", "verdict"), [(-1, "shown"), (0, "shown"), (1, "unreadable")])
def test_lines_are_read_up_to_a_limit(tmp_path: Path, extra: int, verdict: str) -> None:
    row = '{"entry_type": "note", "note": "%s"}'
    note = row % ("a" * (limits.REPORT_LINE_BYTES - len(row) + 2 + extra))
    assert bare(tmp_path, f"{GARAK}{note}\n").verdict == verdict
    assert bare(tmp_path, f"{GARAK}{note}").verdict == verdict


THEIRS = {
    "garak/report_test.report.jsonl": ("shown", "documented", date(2025, 11, 21)),
    "garak/test_with_ci.report.jsonl": ("shown", "documented", date(2025, 8, 28)),
    "inspect/log_read_sample.json": ("shown", "documented", date(2025, 7, 5)),
    # Four samples completed by its own numbers; one is there, and that has no score.
    "inspect/log_tool_call_error.json": ("unreadable", "claimed", None),
    # Cancelled, and without samples.
    "inspect/2025-05-12T20-28-13-04-00_no-samples.json": ("unreadable", "claimed", None),
    "sarif/check1.sarif": ("unreadable", "claimed", None),
    "junit/pytest-report.xml": ("unreadable", "claimed", None),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/interop beside this repository")
@pytest.mark.parametrize("name", THEIRS)
def test_reports_of_the_tools_themselves(name: str) -> None:
    path = SHARED / name
    seen = look(path.parent, requirement("red-team"), path=path.name)
    assert (*short(seen), seen.date) == THEIRS[name]
    fewer = look(path.parent, requirement("red-team", {"min_attempts": "100"}), path=path.name)
    assert fewer.verdict == ("partial" if seen.verdict == "shown" else "unreadable")
