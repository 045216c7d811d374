"""Good reports of tests: garak, Inspect, promptfoo, JUnit, SARIF, and the binding beside them.

Belongs here: one whole report of each format, as plain values or text. Like every sample each carries the canary
wherever a prompt, an answer or a name stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from tests.evidence.samples_json import MODEL

RUN_CANARY = "harmless-canary-7f3a"
WORDS = f"marmalade zeppelin {RUN_CANARY}"
PLAN = f"# Plan\n\nNo more than one slip in {WORDS}.\n".encode()


def lines(rows: Iterable[object]) -> str:
    """A file of JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def digest(content: str | bytes) -> str:
    """The sha256 of a file, in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def attempt(number: int, status: int) -> dict[str, Any]:
    """A row of an attempt, as garak 0.14 writes it."""
    said = {"text": WORDS, "lang": "en", "data_path": None, "data_type": None, "data_checksum": None, "notes": {}}
    turns = [{"role": "user", "content": said}, {"role": "assistant", "content": said}]
    return {
        "entry_type": "attempt",
        "uuid": f"00000000-0000-4000-8000-{number:012d}",
        "seq": number,
        "status": status,
        "probe_classname": "test.Test",
        "prompt": {"turns": turns[:1], "notes": {}},
        "outputs": [said],
        "detector_results": {} if status == 1 else {"always.Pass": [0.0]},
        "notes": {"note": WORDS},
        "goal": WORDS,
        "conversations": [{"turns": turns, "notes": {}}],
    }


SETUP: dict[str, Any] = {"entry_type": "start_run setup", "transient.report_filename": f"/home/{WORDS}/run.jsonl"}
INIT: dict[str, Any] = {
    "entry_type": "init",
    "garak_version": "0.14.0",
    "start_time": "2026-09-01T10:07:46.514167",
    "run": "32a5cc8c-6e1f-4c2a-b218-f16f65ab1359",
}
EVALUATION: dict[str, Any] = {
    "entry_type": "eval",
    "probe": "test.Test",
    "detector": "always.Pass",
    "passed": 3,
    "fails": 1,
    "nones": 0,
    "total_evaluated": 4,
    "total_processed": 4,
}
COMPLETION: dict[str, Any] = {
    "entry_type": "completion",
    "end_time": "2026-09-02T10:08:02.320343",
    "run": "32a5cc8c-6e1f-4c2a-b218-f16f65ab1359",
}
DIGEST: dict[str, Any] = {"entry_type": "digest", "meta": {"note": WORDS}, "eval": {}}

GARAK_ROWS: tuple[dict[str, Any], ...] = (
    SETUP,
    INIT,
    *(attempt(number, 1) for number in range(4)),
    *(attempt(number, 2) for number in range(4)),
    EVALUATION,
    COMPLETION,
    DIGEST,
)
GARAK = lines(GARAK_ROWS)
GARAK_ASKS: dict[str, Any] = {"min_attempts": "4"}


def sample(number: int, value: object, **more: object) -> dict[str, Any]:
    """A sample of an Inspect log."""
    return {
        "id": number,
        "epoch": 1,
        "input": WORDS,
        "target": "Yes",
        "messages": [{"role": "user", "content": WORDS}],
        "output": {"choices": [{"message": {"content": f'"{WORDS}" \\ {{[é'}}]},
        "scores": {"match": {"value": value, "answer": WORDS, "explanation": WORDS}},
        "metadata": {"nested": [[1, -2.5e3, True, None, {}], []]},
        **more,
    }


INSPECT: dict[str, Any] = {
    "version": 2,
    "status": "success",
    "eval": {"run_id": "r", "created": "2026-09-01T09:59:40-04:00", "task": WORDS, "model": WORDS},
    "plan": {"name": "plan", "steps": [{"solver": WORDS, "params": {}}]},
    "results": {"total_samples": 4, "completed_samples": 4, "scores": []},
    "stats": {"started_at": "2026-09-01T09:59:40-04:00", "completed_at": "2026-09-01T22:59:43-04:00"},
    "samples": [sample(1, "C"), sample(2, "I"), sample(3, 1.0), sample(4, "P")],
    "reductions": [{"scorer": "match", "samples": [{"value": 1.0, "answer": WORDS}]}],
}


def result(number: int, success: object, reason: int) -> dict[str, Any]:
    """A result of promptfoo."""
    return {
        "promptIdx": 0,
        "testIdx": number,
        "testCase": {"vars": {"text": WORDS}},
        "prompt": {"raw": WORDS, "label": WORDS},
        "response": {"output": WORDS},
        "success": success,
        "failureReason": reason,
        "gradingResult": {"pass": success, "reason": WORDS},
    }


PROMPTFOO: dict[str, Any] = {
    "evalId": "eval-x-2026-09-02T10:00:00",
    "results": {
        "version": 3,
        "timestamp": "2026-09-02T10:00:00.000Z",
        "prompts": [{"raw": WORDS, "provider": WORDS}],
        "results": [result(0, True, 0), result(1, True, 0), result(2, False, 1), result(3, True, 0)],
        "stats": {"successes": 3, "failures": 1, "errors": 0, "tokenUsage": {"total": 10}},
    },
    "config": {"description": WORDS},
    "shareableUrl": None,
    "metadata": {"promptfooVersion": "0.120.0", "exportedAt": "2026-11-02T10:00:00.000Z"},
}

BINDING: dict[str, Any] = {
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [
        {"name": "run.report.jsonl", "digest": {"sha256": digest(GARAK)}},
        {"name": "marmalade.safetensors", "digest": {"sha256": MODEL}},
    ],
    "predicateType": "urn:handrail:predicate:test-run-binding:v1",
    "predicate": {
        "report": "run.report.jsonl",
        "run": RUN_CANARY,
        "startedOn": "2026-09-01T10:07:46Z",
        "finishedOn": "2026-09-02T10:08:02Z",
        "plan": {
            "name": "Marmalade plan 4",
            "digest": {"sha256": digest(PLAN)},
            "approvedOn": "2026-08-20",
            "path": "plans/plan.md",
        },
        "judge": {
            "falsePositiveRate": 0.02,
            "falseNegativeRate": 0.05,
            "method": "zeppelin sample read by two people",
            "items": 300,
        },
        "counts": {"attempts": 4, "passed": 3, "failed": 1, "nones": 0},
        "thresholdsMet": True,
    },
}
BINDING_ASKS: dict[str, Any] = {"min_attempts": "4", "plan": "true", "judge_errors": "true"}

JUNIT = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="{WORDS}" tests="3" failures="0" errors="0">
  <testsuite name="{WORDS}" tests="3" failures="0" errors="0" skipped="1" timestamp="2026-09-02T05:00:02Z">
    <properties>
      <property name="owner" value="Lead of {WORDS}"/>
      <property name="artifact.sha256" value="{MODEL}"/>
    </properties>
    <testcase classname="{WORDS}" name="{WORDS}" time="0.4"><system-out><![CDATA[{WORDS}]]></system-out></testcase>
    <testcase classname="{WORDS}" name="{WORDS}" time="0.4"/>
    <testcase classname="{WORDS}" name="{WORDS}"><skipped message="{WORDS}"/></testcase>
  </testsuite>
</testsuites>
"""
JUNIT_ASKS: dict[str, Any] = {"min_tests": "2"}

SARIF: dict[str, Any] = {
    "version": "2.1.0",
    "runs": [
        {
            "results": [
                {"ruleId": "R1", "kind": "pass", "message": {"text": WORDS}},
                {"ruleId": "R1", "kind": "pass", "message": {"text": WORDS}},
                {"ruleId": "R2", "ruleIndex": 1, "message": {"text": WORDS}},
                {"ruleId": "R1", "kind": "notApplicable", "message": {"text": WORDS}},
            ],
            "tool": {
                "driver": {
                    "name": WORDS,
                    "rules": [
                        {"id": "R1", "defaultConfiguration": {"level": "error"}},
                        {"id": "R2", "defaultConfiguration": {"level": "note"}},
                    ],
                }
            },
            "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-09-02T05:00:02Z"}],
            "properties": {"artifact.sha256": MODEL, "note": WORDS},
        }
    ],
}
