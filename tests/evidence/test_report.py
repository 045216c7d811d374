"""Test reports: tests that ran on the project's artifact and ended well, and what each lack makes of them."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.evidence import limits
from handrail.evidence.kinds import test_report_sarif
from handrail.model.observation import Observation
from tests.evidence.samples import look, look_at, mutated, requirement
from tests.evidence.samples_json import DATASET, MODEL, NOTHING, OTHER, changed, written
from tests.evidence.samples_runs import JUNIT, RUN_CANARY, SARIF, digest

SHARED = Path(__file__).parents[3] / "shared" / "interop"
DAY = date(2026, 9, 2)


def seen(folder: Path, content: str | bytes, **more: Any) -> Observation:
    one = look_at(folder, "test-report", content, **more)
    assert RUN_CANARY not in one.text
    return one


def short(one: Observation) -> tuple[str, str]:
    return one.verdict.value, one.tier.value


PROPERTY = f'<property name="artifact.sha256" value="{MODEL}"/>'
SECOND = "</testsuite>\n  <testsuite>%s<testcase/></testsuite>\n</testsuites>"

# A place of the JUnit report, what is put there, and verdict and tier that this gives.
REPORTS: dict[str, tuple[str, str, str, str]] = {
    "as it is": (JUNIT, JUNIT, "shown", "verified"),
    "a failure": ("<skipped", "<failure", "contradicted", "claimed"),
    "an error": ("<skipped", "<error", "contradicted", "claimed"),
    "a failure of a suite": ("<properties>", "<failure/><properties>", "contradicted", "claimed"),
    "failures that are only counted": ('failures="0"', 'failures="1"', "contradicted", "claimed"),
    "errors that are only counted": ('errors="0"', 'errors="2"', "contradicted", "claimed"),
    "a count that is none": ('failures="0"', 'failures="many"', "shown", "verified"),
    "a failure in the words of a test": ("<![CDATA[", "<![CDATA[<failure/>", "shown", "verified"),
    "a failure within an answer": ("<system-out>", "<system-out><failure/>", "shown", "verified"),
    "fewer that ran": ("</system-out>", "</system-out><skipped/>", "partial", "verified"),
    "fewer tests than it counts": ('tests="3"', 'tests="4"', "partial", "verified"),
    "more tests than it counts": ('tests="3"', 'tests="2"', "shown", "verified"),
    "no time": ("timestamp", "time", "partial", "verified"),
    "a day that is none": ("2026-09-02", "2026-09-32", "partial", "verified"),
    "no artifact": (PROPERTY, "", "shown", "documented"),
    "another artifact": (MODEL, OTHER, "mismatched", "claimed"),
    "another of ours": (MODEL, DATASET, "shown", "verified"),
    "a digest with its prefix": (MODEL, f"sha256:{MODEL}", "shown", "verified"),
    "a digest in capitals": (MODEL, MODEL.upper(), "shown", "verified"),
    "a digest that is none": (MODEL, MODEL[:-1], "unreadable", "claimed"),
    "a digest left open": (f'value="{MODEL}"', "", "unreadable", "claimed"),
    "an artifact of a test only": (
        f'{PROPERTY}\n    </properties>\n    <testcase classname="',
        f'</properties><testcase><properties>{PROPERTY}</properties></testcase><testcase a="',
        "shown",
        "documented",
    ),
    "an artifact of the suites": (
        '  <testsuite name="',
        f'<properties>{PROPERTY}</properties><testsuite id="',
        "shown",
        "verified",
    ),
    "a second suite of none": ("</testsuite>\n</testsuites>", SECOND % "", "shown", "documented"),
    "a second suite of another": (
        "</testsuite>\n</testsuites>",
        SECOND % f"<properties>{PROPERTY.replace(MODEL, OTHER)}</properties>",
        "mismatched",
        "claimed",
    ),
    "another root": ("testsuites", "testsuits", "unreadable", "claimed"),
    "a test within a test": ("<system-out>", "<testcase/><system-out>", "unreadable", "claimed"),
    "no end": ("</testsuites>", "", "unreadable", "claimed"),
    "more than one": ("</testsuites>", "</testsuites><testsuites/>", "unreadable", "claimed"),
    "another encoding by its own word": ("UTF-8", "ISO-8859-1", "shown", "verified"),
    "a document type": ("<testsuites", "<!DOCTYPE testsuites><testsuites", "unreadable", "claimed"),
    "an entity": ("<testsuites", '<!DOCTYPE t [<!ENTITY a "b">]><testsuites', "unreadable", "claimed"),
    "an entity from elsewhere": (
        "<testsuites",
        '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/hostname">]><testsuites',
        "unreadable",
        "claimed",
    ),
    "an entity that nobody declared": ("<system-out>", "<system-out>&a;", "unreadable", "claimed"),
}


@pytest.mark.parametrize(("old", "new", "verdict", "tier"), REPORTS.values(), ids=REPORTS)
def test_one_change_to_a_junit_report(tmp_path: Path, old: str, new: str, verdict: str, tier: str) -> None:
    assert short(seen(tmp_path, mutated(JUNIT, old, new))) == (verdict, tier)


# A place of the SARIF log, what is put there, and verdict and tier that this gives. R1 is a rule of level error.
RESULT: dict[str, object] = {"ruleId": "R1", "message": {"text": RUN_CANARY}}
LOGS: dict[str, tuple[str, object, str, str]] = {
    "as it is": ("version", "2.1.0", "shown", "verified"),
    "an error": ("runs 0 results 0", {"level": "error"}, "contradicted", "claimed"),
    "an error by its rule's name": ("runs 0 results 0", RESULT, "contradicted", "claimed"),
    "an error by its rule's place": ("runs 0 results 0", {"ruleIndex": 0}, "contradicted", "claimed"),
    "no error by the place, whatever the name": (
        "runs 0 results 0",
        {"ruleIndex": 1, "ruleId": "R1"},
        "shown",
        "verified",
    ),
    "a place that no rule has": ("runs 0 results 0", {"ruleIndex": 9}, "shown", "verified"),
    "a place before the first": ("runs 0 results 0", {"ruleIndex": -1, "ruleId": "R1"}, "contradicted", "claimed"),
    "a warning": ("runs 0 results 0", {"ruleId": "R1", "level": "warning"}, "shown", "verified"),
    "an error under review": ("runs 0 results 0", {**RESULT, "kind": "review"}, "shown", "verified"),
    "an error that is gone": ("runs 0 results 0", {**RESULT, "baselineState": "absent"}, "shown", "verified"),
    "an error that is suppressed": (
        "runs 0 results 0",
        {**RESULT, "suppressions": [{"kind": "external", "status": "accepted"}]},
        "partial",
        "verified",
    ),
    "an error that is suppressed in the code": (
        "runs 0 results 0",
        {"level": "error", "suppressions": [{"kind": "inSource"}]},
        "partial",
        "verified",
    ),
    "an error whose suppression was rejected": (
        "runs 0 results 0",
        {**RESULT, "suppressions": [{"kind": "external", "status": "rejected"}]},
        "contradicted",
        "claimed",
    ),
    "an error that nothing suppresses": ("runs 0 results 0", {**RESULT, "suppressions": []}, "contradicted", "claimed"),
    "a warning that is suppressed": (
        "runs 0 results 0",
        {"level": "warning", "suppressions": [{"kind": "inSource"}]},
        "shown",
        "verified",
    ),
    "fewer tests": ("runs 0 results", [{"kind": "pass"}], "partial", "verified"),
    "no tests": ("runs 0 results", [], "unreadable", "claimed"),
    "no results": ("runs 0 results", NOTHING, "unreadable", "claimed"),
    "none that ran": ("runs 0 results", [{"kind": "notApplicable"}, {"kind": "open"}], "unreadable", "claimed"),
    "no runs": ("runs", [], "unreadable", "claimed"),
    "results elsewhere": ("runs 0 externalPropertyFileReferences", {"results": []}, "partial", "verified"),
    "broken off": ("runs 0 invocations 0 executionSuccessful", False, "partial", "verified"),
    "no word of its end": ("runs 0 invocations 0 executionSuccessful", NOTHING, "shown", "verified"),
    "no time": ("runs 0 invocations", NOTHING, "partial", "verified"),
    "no artifact": ("runs 0 properties", NOTHING, "shown", "documented"),
    "another artifact": ("runs 0 properties artifact.sha256", OTHER, "mismatched", "claimed"),
    "a digest that is none": ("runs 0 properties artifact.sha256", "model", "unreadable", "claimed"),
    "a second run of none": ("runs 1", {"results": [{"kind": "pass"}]}, "shown", "documented"),
    "a second run of another": (
        "runs 1",
        {"results": [{"kind": "pass"}], "properties": {"artifact.sha256": OTHER}},
        "mismatched",
        "claimed",
    ),
    "a second run whose rule gives no level": (
        "runs 1",
        {"results": [{"ruleId": "R1"}], "tool": {"driver": {"rules": [{"id": "R1"}]}}},
        "shown",
        "documented",
    ),
    "another version": ("version", "2.0.0", "unreadable", "claimed"),
    "no version": ("version", NOTHING, "unreadable", "claimed"),
}


@pytest.mark.parametrize(("path", "value", "verdict", "tier"), LOGS.values(), ids=LOGS)
def test_one_change_to_a_sarif_log(tmp_path: Path, path: str, value: object, verdict: str, tier: str) -> None:
    assert short(seen(tmp_path, changed(SARIF, path, value), name="log.sarif")) == (verdict, tier)


LISTS: dict[str, tuple[list[object], str, str]] = {
    "ours among others": (
        [{"hashes": {"sha-256": OTHER}}, {"hashes": {"sha-256": MODEL.upper()}}],
        "shown",
        "verified",
    ),
    "ours before others": ([{"hashes": {"sha-256": MODEL}}, {"hashes": {"sha-256": OTHER}}], "shown", "verified"),
    "others only": ([{"hashes": {"sha-256": OTHER}}], "mismatched", "claimed"),
    "other algorithms": ([{"hashes": {"sha-1": "a" * 40}}, {"location": {"uri": "a.bin"}}], "shown", "documented"),
    "a digest that is none": ([{"hashes": {"sha-256": "model"}}], "unreadable", "claimed"),
}


@pytest.mark.parametrize(("artifacts", "verdict", "tier"), LISTS.values(), ids=LISTS)
def test_a_sarif_log_may_list_the_artifact(tmp_path: Path, artifacts: list[object], verdict: str, tier: str) -> None:
    log = json.loads(changed(SARIF, "runs 0 properties", NOTHING))
    assert short(seen(tmp_path, changed(log, "runs 0 artifacts", artifacts))) == (verdict, tier)


def test_the_day_is_the_latest_and_the_artifact_is_named(tmp_path: Path) -> None:
    one = seen(tmp_path, JUNIT)
    assert (one.date, one.artifact) == (DAY, "model")
    later = JUNIT.replace("</testsuites>", '<testsuite timestamp="2026-09-04T01:00:00"/></testsuites>')
    assert seen(tmp_path, later).date == date(2026, 9, 4)
    assert seen(tmp_path, written(SARIF)).date == DAY
    begun = changed(SARIF, "runs 0 invocations 0", {"startTimeUtc": "2026-09-01T05:00:00Z"})
    assert seen(tmp_path, begun).date == date(2026, 9, 1)
    assert seen(tmp_path, JUNIT, date="2026-08-01").date == date(2026, 8, 1)


def test_a_failure_keeps_its_day_and_artifact(tmp_path: Path) -> None:
    one = seen(tmp_path, JUNIT.replace("<skipped", "<failure"))
    assert (one.verdict, one.date, one.artifact) == ("contradicted", DAY, "model")


def test_failures_of_another_artifact_say_nothing_here(tmp_path: Path) -> None:
    assert seen(tmp_path, JUNIT.replace("<skipped", "<failure"), artifacts={"model": OTHER}).verdict == "mismatched"
    assert seen(tmp_path, JUNIT, artifacts={}).verdict == "mismatched"


@pytest.mark.parametrize("name", ["report.json", "report", "report.jsonl"])
def test_a_format_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    for report in (JUNIT, "\ufeff" + JUNIT, " \n" + JUNIT.partition("\n")[2], written(SARIF), json.dumps(SARIF)):
        assert seen(tmp_path, report, name=name).verdict == "shown"


def test_all_skipped_is_not_success(tmp_path: Path) -> None:
    report = JUNIT.replace('time="0.4"/>', "><skipped/></testcase>").replace("<system-out>", "<skipped/><system-out>")
    assert seen(tmp_path, report, parameters={"min_tests": "0"}).verdict == "unreadable"


LAUGHS = "".join(f'<!ENTITY l{at} "&l{at - 1};&l{at - 1};&l{at - 1};&l{at - 1};">' for at in range(1, 30))
HOSTILE: dict[str, bytes] = {
    "nothing but a root": b"<testsuites/>",
    "a billion laughs": f'<!DOCTYPE t [<!ENTITY l0 "ha">{LAUGHS}]><testsuites>&l29;</testsuites>'.encode(),
    "gzip": gzip.compress(JUNIT.encode()),
    "UTF-16": JUNIT.encode("utf-16"),
    "another encoding": JUNIT.encode().replace(b"zeppelin", b"zeppel\xefn", 1),
    "another encoding by its own word": JUNIT.encode()
    .replace(b"zeppelin", b"zeppel\xefn")
    .replace(b"UTF-8", b"latin1"),
    "a control character": JUNIT.encode().replace(b"zeppelin", b"zeppel\x1bn", 1),
    "a control character, spelt out": JUNIT.encode().replace(b"zeppelin", b"zeppel&#27;n", 1),
    "tags nested deeply": b"<testsuites>" * 100_000,
    "a tag without end": b"<testsuites " + b"a" * (2 * limits.REPORT_LINE_BYTES),
    "a long tag": b"<testsuites><" + b"a" * 1_000 + b"/>" + JUNIT.encode().partition(b"<testsuites")[2],
    "a comment without end": b"<testsuites><!--" + b"a" * (2 * limits.REPORT_LINE_BYTES),
    "attributes": b"<testsuites " + b"".join(b'a%d="" ' % at for at in range(100_000)) + b">",
    "a web page": b"<!doctype html><html><body><testsuites/></body></html>",
    "a log cut off": written(SARIF).encode()[:-2],
    "a log nested deeply": b'{"version": "2.1.0", "runs": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a log of nothing": b"{}",
    "a version twice": written(SARIF).encode().replace(b'"runs"', b'"version": "2.1.0", "runs"'),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_reports_show_nothing(tmp_path: Path, content: bytes) -> None:
    one = seen(tmp_path, content, parameters={})
    assert (*short(one), one.date) == ("unreadable", "claimed", None)


def test_the_declared_digest_is_that_of_the_bytes_that_were_judged(tmp_path: Path) -> None:
    for report in (JUNIT, written(SARIF)):
        assert seen(tmp_path, report, sha256=digest(report)).verdict == "shown"
        assert seen(tmp_path, report + "\n", sha256=digest(report)).verdict == "altered"


@pytest.mark.parametrize(("deep", "verdict"), [(99, "shown"), (100, "shown"), (101, "unreadable")])
def test_suites_nest_up_to_a_limit(tmp_path: Path, deep: int, verdict: str) -> None:
    tags = "<testsuite>" * (deep - 1) + "</testsuite>" * (deep - 1)
    assert seen(tmp_path, JUNIT.replace("</testsuites>", f"{tags}</testsuites>")).verdict == verdict


@pytest.mark.parametrize(("most", "verdict"), [(3, "shown"), (2, "shown"), (1, "unreadable")])
def test_rules_are_held_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, verdict: str) -> None:
    monkeypatch.setattr(test_report_sarif, "REPORT_RULES", most)  # the sample has two rules
    assert seen(tmp_path, written(SARIF)).verdict == verdict


THEIRS = {
    "junit/junit.xml": ("contradicted", None),
    "junit/pytest-report.xml": ("contradicted", date(2020, 10, 12)),
    "junit/test_multiple_errors.xml": ("contradicted", None),
    "junit/bad-TEST-test.CorruptTest.xml": ("unreadable", None),
    "sarif/check1.sarif": ("contradicted", None),
    "sarif/check-remediation.sarif": ("contradicted", None),
    "sarif/sarif_input.sarif": ("contradicted", None),
    "sarif/sarif-2.1.0-rtm.5.json": ("unreadable", None),
    "garak/report_test.report.jsonl": ("unreadable", None),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/interop beside this repository")
@pytest.mark.parametrize("name", THEIRS)
def test_reports_of_the_tools_themselves(name: str) -> None:
    path = SHARED / name
    one = look(path.parent, requirement("test-report"), path=path.name)
    assert (one.verdict, one.date) == THEIRS[name]


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/interop beside this repository")
def test_a_report_of_pytest_without_its_failures_is_shown(tmp_path: Path) -> None:
    text = (SHARED / "junit" / "pytest-report.xml").read_text(encoding="utf-8")
    good = text[: text.index('<testcase classname="python.test_sample" name="test_which_fails"')]
    good = good.replace('failures="2"', 'failures="0"').replace('tests="3"', 'tests="1"') + "</testsuite></testsuites>"
    one = seen(tmp_path, good, parameters={})
    assert (*short(one), one.date) == ("shown", "documented", date(2020, 10, 12))
