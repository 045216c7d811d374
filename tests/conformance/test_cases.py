"""Every language-neutral case, and those that lie beside this repository, put to handrail and to the second opinion.

Belongs here: running the cases of this folder and saying plainly what they must look like. Never here: a case.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests import naive
from tests.conformance.run import Case, cases, differences, main, run, wrong

HERE = Path(__file__).parent
BESIDE = HERE.parents[2] / "shared" / "conformance"
OURS = [(path, case) for path in sorted(HERE.glob("*.yaml")) for case in cases(path)]
THEIRS = [(path, case) for path in sorted(BESIDE.glob("*.ndjson")) for case in cases(path)]
NAMES = {"name", "because", "as_of", "catalog", "declaration", "observations", "upstream", "want"}


@pytest.mark.parametrize(("path", "case"), OURS, ids=[f"{path.stem}: {case['name']}" for path, case in OURS])
def test_case(path: Path, case: Case) -> None:
    assert not wrong(path, case), case["because"]
    assert not differences(case["want"], naive.evaluate(case), whole=False), case["because"]


@pytest.mark.skipif(not THEIRS, reason="no ../shared/conformance beside this repository; only our own cases were run")
def test_every_case_beside_the_repository() -> None:
    assert not [f"{case['name']}: {line}" for path, case in THEIRS for line in wrong(path, case)]
    assert not [case["name"] for _, case in THEIRS if naive.evaluate(case) != case["want"]]


def test_every_case_names_one_rule_and_its_sentence() -> None:
    assert len(OURS) >= 60
    assert [name for name, count in Counter(case["name"] for _, case in OURS).items() if count > 1] == []
    for _, case in OURS:
        assert case["because"]
        assert case["want"]
        assert case.keys() <= NAMES
        assert case["want"].keys() <= {"findings", "principles", "blocking"}
        assert len(case["catalog"]["controls"]) <= 4


def test_a_wrong_expectation_is_said_in_a_line_and_fails_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    text = (HERE / "scope.yaml").read_text(encoding="utf-8")
    good.write_text(text, encoding="utf-8", newline="\n")
    bad.write_text(text.replace("reasons: [undeclared]", "reasons: [planned]", 1), encoding="utf-8", newline="\n")
    count = sum(path.stem == "scope" for path, _ in OURS)
    assert main([str(good)]) == 0
    assert capsys.readouterr().out == f"{count} passed, 0 failed\n"
    assert main([str(bad)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.endswith("A-01 reasons: want ['planned'], got ['undeclared']")
    assert last == f"{count - 1} passed, 1 failed"


def test_what_a_whole_expectation_leaves_out_is_a_difference() -> None:
    got = run(OURS[0][1])
    assert differences(got, got, whole=True) == []
    less = got | {"findings": {}}
    assert differences(less, got, whole=False) == []
    assert differences(less, got, whole=True)
    assert differences({"findings": {"A-01": None, "Z-01": {"level": "must"}}}, got, whole=False)
