"""Inheritance on disk: every row of DESIGN 4c, chains of any depth, and evidence that is bound to an artifact."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.assess.assess import Subject, assess
from handrail.model.assessment import Assessment, ControlFinding
from handrail.model.declaration import Declaration
from handrail.model.observation import Observation
from handrail.report.canonical import to_json
from handrail.source.diagnostics import Collector
from handrail.workspace.check import check_project
from handrail.workspace.upstream import ASSESSMENT_BYTES
from tests.attest.throwaway import attestor, key_of, public_pem, signed, statement
from tests.report.small import DIGEST, bundle_of, control

AS_OF = date(2026, 11, 24)
MODEL, OTHER, DATASET = "a" * 64, "b" * 64, "c" * 64
BUNDLE = bundle_of(
    control("POL-01", "Write the plan", evidence={"plan": {"max_age": "P365D"}}),
    control("WRD-01", "Say so", evidence={"word": {"kind": "statement", "assurance": "claimed"}}),
    control("RUN-01", "Test the model", evidence={"run": {"kind": "red-team", "assurance": "verified"}}),
    control("ORG-01", "Train people", scope="organisation", evidence={"run": {"kind": "red-team"}}),
    control(
        "GAT-01",
        "Decide on the release",
        evidence={"signed": {"kind": "attestation", "with": {"predicates": ["release-gate"]}}},
    ),
    control("OWN-01", "Answer yourself", allow={"inherit": "false"}),
)
KINDS = {
    "POL-01": "document",
    "WRD-01": "statement",
    "RUN-01": "red-team",
    "ORG-01": "red-team",
    "GAT-01": "attestation",
}
REQUIREMENT = {
    "POL-01": "plan",
    "WRD-01": "word",
    "RUN-01": "run",
    "ORG-01": "run",
    "GAT-01": "signed",
    "OWN-01": "record",
}


def seen(one: str, verdict: str = "shown", **given: Any) -> dict[str, Any]:
    """What the upstream's verifier saw for a control."""
    tier = {"WRD-01": "claimed", "POL-01": "documented", "GAT-01": "documented"}.get(one, "verified")
    kind = KINDS.get(one, "document")
    return {"requirement": REQUIREMENT[one], "kind": kind, "verdict": verdict, "tier": tier, "date": "2026-10-01",
            "text": "Seen.", **given}  # fmt: skip


@dataclass
class There:
    """An upstream: what it declares and what its verifiers saw."""

    id: str = "base"
    seen: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    controls: dict[str, Any] = field(default_factory=dict)
    artifacts: dict[str, str] = field(default_factory=lambda: {"model": MODEL})
    as_of: date = AS_OF

    def assessment(self) -> Assessment:
        """Its assessment; a control that something was seen for is implemented, unless it says otherwise."""
        controls = {one: {"state": "implemented"} for one in self.seen} | self.controls
        declaration = Declaration.model_validate(
            {
                "handrail": "1",
                "catalog": {"digest": DIGEST},
                "project": {"id": self.id, "name": self.id},
                "artifacts": {name: {"sha256": digest} for name, digest in self.artifacts.items()},
                "controls": controls,
            }
        )
        observations = {
            one: tuple(Observation.model_validate(entry) for entry in entries) for one, entries in self.seen.items()
        }
        return assess(BUNDLE, DIGEST, Subject(declaration=declaration, observations=observations), as_of=self.as_of)

    def data(self) -> bytes:
        """The file of its assessment."""
        return to_json(self.assessment()).encode()


def vouched(data: bytes, by: str = "lab", **more: Any) -> bytes:
    """An envelope in which somebody vouches for an assessment."""
    given = {"predicate": "assessment", "body": {"time": "2026-11-01"}, **more}
    return signed(statement(hashlib.sha256(data).hexdigest(), **given), by)


def write(
    folder: Path,
    data: bytes,
    *,
    signature: bytes | None = None,
    controls: tuple[str, ...] = tuple(REQUIREMENT),
    artifacts: dict[str, str] | None = None,
    project: str = "ours",
    sha256: str | None = None,
    more: str = "",
) -> Path:
    """A project that inherits these controls from one upstream; gives its declaration."""
    folder.mkdir(exist_ok=True)
    (folder / "base.json").write_bytes(data)
    pointer = {"assessment": "base.json", "sha256": sha256 or hashlib.sha256(data).hexdigest()}
    if signature is not None:
        (folder / "base.dsse.json").write_bytes(signature)
        pointer["signature"] = "base.dsse.json"
    answers = {one: {"state": "inherited", "from": "base"} for one in controls}
    own = {name: {"sha256": digest} for name, digest in (artifacts or {}).items()}
    path = folder / "handrail.yaml"
    path.write_text(
        f"handrail: 1\ncatalog: {{digest: '{DIGEST}'}}\nproject: {{id: {project}, name: Ours}}\n"
        f"artifacts: {json.dumps(own)}\nupstream: {{base: {json.dumps(pointer)}}}\n"
        f"controls: {json.dumps(answers)}\n{more}"
    )
    return path


def checked(path: Path, *, as_of: date = AS_OF, trust: bool = True, **days: str) -> Assessment:
    out = Collector()
    attestors = {"lab": attestor("lab", **days)} if trust else {}
    one = check_project(path, BUNDLE, DIGEST, out, as_of=as_of, attestors=attestors)
    assert one is not None, [each.message for each in out.sorted()]
    assert not out.total
    return one.assessment


def finding(assessment: Assessment, one: str = "POL-01") -> ControlFinding:
    return next(each for each in assessment.findings if each.control == one)


def told(one: ControlFinding) -> tuple[str, list[str]]:
    return one.finding.value, [reason.code for reason in one.reasons]


GOOD = There(seen={one: [seen(one)] for one in REQUIREMENT})
DATA = GOOD.data()


def test_a_signed_assessment_gives_its_findings_and_is_named(tmp_path: Path) -> None:
    made = checked(write(tmp_path, DATA, signature=vouched(DATA), artifacts={"model": MODEL}))
    assert {one.control: told(one) for one in made.findings} == {
        "POL-01": ("satisfied", ["inherited"]),
        "WRD-01": ("satisfied", ["inherited"]),
        "RUN-01": ("satisfied", ["inherited"]),
        "ORG-01": ("satisfied", ["inherited"]),
        "GAT-01": ("satisfied", ["inherited"]),
        "OWN-01": ("undetermined", ["upstream-not-inheritable"]),
    }
    assert finding(made).reasons[0].upstream == "base"
    assert [(one.project, one.sha256) for one in made.rests_on] == [("base", hashlib.sha256(DATA).hexdigest())]
    assert made.artifacts == {"model": MODEL}


@dataclass
class Case:
    """One change to a good upstream -> what becomes of the plan's control."""

    data: bytes = DATA
    signature: Callable[[bytes], bytes | None] = vouched
    finding: str = "undetermined"
    reasons: tuple[str, ...] = ("upstream-unverified",)
    write: dict[str, Any] = field(default_factory=dict)
    trust: bool = True


ROWS: dict[str, Case] = {
    "as it is": Case(finding="satisfied", reasons=("inherited",)),
    "another digest than declared": Case(write={"sha256": "0" * 64}),
    "no JSON": Case(data=b"hello"),
    "another JSON": Case(data=b'{"handrail": 1}'),
    "nested deep": Case(data=b"[" * 100_000),
    "larger than any assessment": Case(data=b" " * (ASSESSMENT_BYTES + 1)),
    "a million wrong values": Case(data=b'{"rests_on":[' + b"{}," * 1_000_000 + b"{}]}"),
    "not signed": Case(signature=lambda data: None, reasons=("upstream-unsigned",)),
    "signed by a stranger": Case(signature=lambda data: vouched(data, "stranger"), reasons=("upstream-unsigned",)),
    "signed by a key that nobody accepts": Case(trust=False, reasons=("upstream-unsigned",)),
    "signed by a key that the project names": Case(
        trust=False,
        reasons=("upstream-unsigned",),
        write={
            "more": "attestors:\n  lab:\n    name: Lab\n    since: 2026-01-01\n    public_key: |\n      "
            + public_pem("lab").strip().replace("\n", "\n      ")
            + "\n"
        },
    ),
    "signed without a day": Case(signature=lambda data: vouched(data, body={}), reasons=("upstream-unsigned",)),
    "signed before the key counted": Case(
        signature=lambda data: vouched(data, body={"time": "2025-12-31"}), reasons=("upstream-unsigned",)
    ),
    "signed on a day to come": Case(
        signature=lambda data: vouched(data, body={"time": "2026-11-25"}), reasons=("upstream-unsigned",)
    ),
    "signed as something else": Case(
        signature=lambda data: vouched(data, predicate="evidence"), reasons=("upstream-unsigned",)
    ),
    "another file signed": Case(signature=lambda data: vouched(data + b"\n")),
    "a known key named that did not sign": Case(
        signature=lambda data: vouched(data, "stranger").replace(
            key_of("stranger").public.id.encode(), key_of("lab").public.id.encode()
        )
    ),
    "a signature that is none": Case(signature=lambda data: b"hello"),
    "of our own project": Case(data=There(id="ours", seen=GOOD.seen).data()),
    "of a later day": Case(data=There(seen=GOOD.seen, as_of=date(2026, 11, 25)).data()),
    "of this very day": Case(finding="satisfied", reasons=("inherited",)),
    "not assessed there": Case(data=DATA.replace(b'"control": "POL-01"', b'"control": "POL-02"'),
                               reasons=("upstream-not-applicable",)),
    "another text there": Case(
        data=DATA.replace(BUNDLE.fingerprints["POL-01"].encode(), b"0" * 16), reasons=("requirement-changed",)
    ),
    "planned there": Case(
        data=There(controls={"POL-01": {"state": "planned"}}).data(), finding="not-satisfied", reasons=("inherited",)
    ),
    "not answered there": Case(data=There().data(), finding="undetermined", reasons=("inherited",)),
    "partial there": Case(
        data=There(seen=GOOD.seen, controls={"POL-01": {"state": "partial"}}).data(),
        finding="partial",
        reasons=("inherited",),
    ),
    "contradicted there": Case(
        data=There(seen={"POL-01": [seen("POL-01", "contradicted")]}).data(),
        finding="not-satisfied",
        reasons=("inherited", "evidence-contradicts"),
    ),
    "missing there": Case(
        data=There(seen={"POL-01": [seen("POL-01", "missing")]}).data(), reasons=("inherited", "evidence-missing")
    ),
    "stale by our day": Case(
        data=There(seen={"POL-01": [seen("POL-01", date="2025-11-23")]}, as_of=date(2026, 11, 1)).data(),
        reasons=("inherited", "evidence-stale"),
    ),
    "current on its last day": Case(
        data=There(seen={"POL-01": [seen("POL-01", date="2025-11-24")]}, as_of=date(2026, 11, 1)).data(),
        finding="satisfied",
        reasons=("inherited",),
    ),
    "a key that ran out in its evidence": Case(
        data=There(seen={"POL-01": [seen("POL-01", valid_until="2026-11-23")]}, as_of=date(2026, 11, 1)).data(),
        reasons=("inherited", "evidence-stale"),
    ),
    "evidence of another kind than we ask for": Case(
        data=There(seen={"POL-01": [seen("POL-01", kind="file")]}).data(), reasons=("inherited", "evidence-missing")
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS.values(), ids=ROWS)
def test_every_row_of_inheritance(tmp_path: Path, case: Case) -> None:
    path = write(tmp_path, case.data, signature=case.signature(case.data), controls=("POL-01",), **case.write)
    made = checked(path, trust=case.trust)
    assert told(finding(made)) == (case.finding, list(case.reasons))


def test_no_file_at_all_is_not_relied_on(tmp_path: Path) -> None:
    path = write(tmp_path, DATA, signature=vouched(DATA), controls=("POL-01",))
    (tmp_path / "base.json").unlink()
    made = checked(path)
    assert told(finding(made)) == ("undetermined", ["upstream-unverified"])
    assert made.rests_on == ()


def test_a_signature_that_is_not_there_is_none(tmp_path: Path) -> None:
    path = write(tmp_path, DATA, signature=vouched(DATA), controls=("POL-01", "WRD-01"))
    (tmp_path / "base.dsse.json").unlink()
    made = checked(path)
    assert told(finding(made)) == ("undetermined", ["upstream-unsigned"])
    assert told(finding(made, "WRD-01")) == ("satisfied", ["inherited"])


@pytest.mark.parametrize("name", ["base.json", "base.dsse.json"])
def test_a_link_is_a_defect_of_the_declaration(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, DATA, signature=vouched(DATA))
    (tmp_path / name).rename(tmp_path / "elsewhere")
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    out = Collector()
    assert check_project(path, BUNDLE, DIGEST, out, as_of=AS_OF) is None
    assert [one.code for one in out.sorted()] == ["HR005"]
    assert out.sorted()[0].span is not None


def test_a_key_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    more = "attestors: {lab: {name: Lab, since: 2026-01-01, public_key: nonsense}}\n"
    out = Collector()
    assert check_project(write(tmp_path, DATA, more=more), BUNDLE, DIGEST, out, as_of=AS_OF) is None
    assert [one.code for one in out.sorted()] == ["HR315"]


@pytest.mark.parametrize(("as_of", "finding_then"), [("2026-12-31", "satisfied"), ("2027-01-01", "undetermined")])
def test_a_signature_counts_as_long_as_its_key(tmp_path: Path, as_of: str, finding_then: str) -> None:
    path = write(tmp_path, DATA, signature=vouched(DATA), controls=("POL-01", "WRD-01"))
    made = checked(path, as_of=date.fromisoformat(as_of), until="2026-12-31")
    assert finding(made).finding.value == finding_then
    assert finding(made, "WRD-01").finding.value == "satisfied"
    today = checked(path, until="2026-12-31")
    assert finding(today).valid_until == date(2026, 12, 31)
    assert finding(today, "WRD-01").valid_until is None


def test_what_its_record_holds_until_is_taken_over(tmp_path: Path) -> None:
    made = checked(write(tmp_path, DATA, signature=vouched(DATA), controls=("POL-01",)))
    assert finding(made).valid_until == date(2027, 10, 1)


# Evidence that is bound to an artifact. Ours -> what is inherited.

BOUND: dict[str, tuple[dict[str, str], dict[str, str], str | None, str]] = {
    "the same artifact": ({"model": MODEL}, {"weights": MODEL}, None, "satisfied"),
    "a fine-tune of it": ({"model": MODEL}, {"model": OTHER}, None, "undetermined"),
    "no artifact of ours": ({"model": MODEL}, {}, None, "undetermined"),
    "no artifact of theirs": ({}, {"model": OTHER}, None, "undetermined"),
    "one of theirs, and it is not said which": (
        {"model": MODEL, "data": DATASET},
        {"model": MODEL},
        None,
        "undetermined",
    ),
    "both of theirs": ({"model": MODEL, "data": DATASET}, {"model": MODEL, "data": DATASET}, None, "satisfied"),
    "one of theirs, of which it speaks": ({"model": MODEL, "data": DATASET}, {"m": MODEL}, "model", "satisfied"),
    "one of theirs, and another spoken of": ({"model": MODEL, "data": DATASET}, {"m": MODEL}, "data", "undetermined"),
    "a name that it does not declare": ({"model": MODEL}, {"m": MODEL}, "data", "undetermined"),
}  # fmt: skip


@pytest.mark.parametrize(("theirs", "ours", "artifact", "value"), BOUND.values(), ids=BOUND)
@pytest.mark.parametrize("one", ["RUN-01", "GAT-01"])
def test_tests_of_a_model_say_nothing_of_another(
    tmp_path: Path, one: str, theirs: dict[str, str], ours: dict[str, str], artifact: str | None, value: str
) -> None:
    entries = {name: [seen(name, artifact=artifact)] for name in ("RUN-01", "GAT-01", "POL-01", "ORG-01")}
    data = There(seen=entries, artifacts=theirs).data()
    made = checked(write(tmp_path, data, signature=vouched(data), artifacts=ours, controls=tuple(entries)))
    reasons = ["inherited"] if value == "satisfied" else ["inherited", "evidence-mismatch"]
    assert told(finding(made, one)) == (value, reasons)
    assert told(finding(made)) == ("satisfied", ["inherited"])  # a plan is a plan, whatever the model
    assert told(finding(made, "ORG-01")) == ("satisfied", ["inherited"])  # an organisation has no artifact


def test_a_bad_run_on_another_model_does_not_condemn_ours(tmp_path: Path) -> None:
    data = There(seen={"RUN-01": [seen("RUN-01", "contradicted")]}).data()
    foreign = write(tmp_path / "a", data, signature=vouched(data), artifacts={"model": OTHER}, controls=("RUN-01",))
    assert told(finding(checked(foreign), "RUN-01")) == ("undetermined", ["inherited", "evidence-mismatch"])
    same = write(tmp_path / "b", data, signature=vouched(data), artifacts={"model": MODEL}, controls=("RUN-01",))
    assert told(finding(checked(same), "RUN-01")) == ("not-satisfied", ["inherited", "evidence-contradicts"])


# Chains.


def chained(folder: Path, names: list[str], controls: tuple[str, ...], artifacts: dict[str, str]) -> bytes:
    """Assess project after project, each inheriting from the one before; the bytes of the last assessment."""
    data = There(id=names[0], seen=GOOD.seen, artifacts={"model": MODEL}).data()
    for at, name in enumerate(names[1:]):
        path = write(
            folder / str(at), data, signature=vouched(data), project=name, controls=controls, artifacts=artifacts
        )
        data = to_json(checked(path)).encode()
    return data


def test_a_chain_of_any_depth_carries_what_it_rests_on(tmp_path: Path) -> None:
    names = [f"p{at}" for at in range(40)]
    data = chained(tmp_path, names, ("POL-01",), {"model": MODEL})
    made = checked(write(tmp_path / "last", data, signature=vouched(data), controls=("POL-01",)))
    assert told(finding(made)) == ("satisfied", ["inherited"])
    assert sorted(one.project for one in made.rests_on) == sorted(names)
    assert finding(made).valid_until == date(2027, 10, 1)


def test_a_chain_five_thousand_long_is_read_without_recursion(tmp_path: Path) -> None:
    given = json.loads(DATA)
    given["rests_on"] = [{"project": f"p{at}", "sha256": "a" * 64} for at in range(5000)]
    data = json.dumps(given).encode()
    made = checked(write(tmp_path, data, signature=vouched(data), controls=("POL-01",)))
    assert finding(made).finding == "satisfied"
    assert len(made.rests_on) == 5001


def test_every_link_of_a_chain_ages_on_our_day(tmp_path: Path) -> None:
    data = chained(tmp_path, ["a", "b", "c"], ("POL-01",), {"model": MODEL})
    path = write(tmp_path / "last", data, signature=vouched(data), controls=("POL-01",))
    assert finding(checked(path, as_of=date(2027, 10, 1))).finding == "satisfied"
    late = finding(checked(path, as_of=date(2027, 10, 2)))
    assert told(late) == ("undetermined", ["inherited"])
    assert "held until 2027-10-01" in late.reasons[0].text


@pytest.mark.parametrize("names", [["ours", "b"], ["a", "b", "a"], ["ours", "b", "c"]])
def test_a_chain_that_comes_back_is_not_relied_on(tmp_path: Path, names: list[str]) -> None:
    data = chained(tmp_path, names, ("POL-01",), {"model": MODEL})
    made = checked(write(tmp_path / "last", data, signature=vouched(data), controls=("POL-01",)))
    assert told(finding(made)) == ("undetermined", ["upstream-unverified"])


def test_tests_do_not_pass_through_a_fine_tune_in_the_middle(tmp_path: Path) -> None:
    data = chained(tmp_path, ["a", "b"], ("RUN-01", "POL-01"), {"model": MODEL})
    for name, ours, value in (("same", MODEL, "satisfied"), ("tuned", OTHER, "undetermined")):
        path = write(
            tmp_path / name, data, signature=vouched(data), artifacts={"m": ours}, controls=("RUN-01", "POL-01")
        )
        made = checked(path)
        assert finding(made, "RUN-01").finding == value
        assert finding(made).finding == "satisfied"
    assert [reason.code for reason in finding(made, "RUN-01").reasons] == ["inherited", "evidence-mismatch"]


def test_an_upstream_that_nothing_is_inherited_from_is_not_rested_on(tmp_path: Path) -> None:
    assert checked(write(tmp_path, DATA, signature=vouched(DATA), controls=())).rests_on == ()


@pytest.mark.parametrize("at", range(0, len(DATA), 211))
def test_a_byte_changed_in_the_assessment_lifts_nothing(tmp_path: Path, at: int) -> None:
    changed = DATA[:at] + bytes([DATA[at] ^ 1]) + DATA[at + 1 :]
    declared = hashlib.sha256(DATA).hexdigest()
    made = checked(write(tmp_path, changed, signature=vouched(DATA), sha256=declared, controls=("POL-01",)))
    assert told(finding(made)) == ("undetermined", ["upstream-unverified"])
