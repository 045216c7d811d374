"""What a changed catalog does to projects, held against checking them by each catalog on every day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from handrail.assess.assess import Subject, assess
from handrail.assess.impact import Impact, ProjectImpact
from handrail.assess.recall import recalled
from handrail.catalog.bundle import digest, to_bytes
from handrail.catalog.compare import compare
from handrail.catalog.default import default_bundle
from handrail.catalog.fingerprint import fingerprint
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Escalation
from handrail.model.terms import Level
from handrail.report.canonical import to_json
from handrail.source.diagnostics import Collector
from handrail.workspace.check import read_subject
from handrail.workspace.impact import impact_on
from tests.conformance.run import DIGEST, bundle_of, subject_of
from tests.property.generate import cases

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 24)
EXAMPLES = ("aurora-image", "harbor-hub", "lumen-chat")
OLD, OLD_DIGEST = default_bundle()


def with_control(one: str, **changes: Any) -> tuple[Bundle, str]:
    """The catalog with one control changed, and its digest."""
    control = OLD.controls[one].model_copy(update=changes)
    new = OLD.model_copy(
        update={
            "controls": {**OLD.controls, one: control},
            "fingerprints": {**OLD.fingerprints, one: fingerprint(control.statement)},
        }
    )
    return new, digest(to_bytes(new))


def aged(control: Control, days: int) -> dict[str, Any]:
    """The control's evidence with another greatest age for all that has one."""
    groups = [
        one.model_copy(update={"max_age": timedelta(days)}) if getattr(one, "max_age", None) else one
        for one in control.evidence
    ]
    return {"evidence": tuple(groups)}


def prepared(new: tuple[Bundle, str]) -> Impact:
    comparison = compare(OLD, new[0], new_digest=new[1])
    return Impact.of((OLD, OLD_DIGEST), new, comparison, as_of=AS_OF)


@pytest.fixture(scope="module")
def subjects() -> dict[str, Subject]:
    found = {}
    for name in EXAMPLES:
        read = read_subject(ROOT / "examples" / name / "handrail.yaml", OLD, OLD_DIGEST, Collector(), as_of=AS_OF)
        assert read is not None
        found[name] = read[1]
    return found


def runs(subject: Subject, new: tuple[Bundle, str], day: date) -> tuple[Assessment, Assessment]:
    """The whole assessments by both catalogs. The old one counts as a release, so that answers stay tied to it."""
    listing = prepared(new).new.bundle
    return assess(OLD, OLD_DIGEST, subject, as_of=day), assess(listing, new[1], subject, as_of=day)


def seen(subject: Subject, new: tuple[Bundle, str]) -> ProjectImpact:
    return prepared(new).on("p", subject, subject, ())


RAISED = ("TST-05", "TRN-03", "PRV-06", "RES-01", "GOV-08", "SAF-06")


def test_raising_a_control_to_must_opens_exactly_the_gaps_that_a_check_shows(subjects: dict[str, Subject]) -> None:
    opened = 0
    for control in RAISED:
        new = with_control(control, level=Level.MUST)
        for subject in subjects.values():
            before, after = runs(subject, new, AS_OF)
            gained = set(after.summary.open_must) - set(before.summary.open_must)
            shifts = seen(subject, new).shifts
            assert {one.control for one in shifts if one.gap_from == AS_OF} == gained
            assert not any(one.moved or one.review or one.gap_closed for one in shifts)
            opened += bool(gained)
    assert 0 < opened < len(RAISED) * len(subjects)


CHANGES = {
    "another statement": with_control("SRC-01", statement="Every dataset MUST be listed twice."),
    "evidence must be newer": with_control("SRC-01", **aged(OLD.controls["SRC-01"], 60)),
    "evidence must be newer soon": with_control("SRC-02", **aged(OLD.controls["SRC-02"], 100)),
    "evidence may be older": with_control("TST-04", **aged(OLD.controls["TST-04"], 3_000)),
    "fewer projects": with_control("GOV-05", applies_when={"role": ("search-engine",)}),
    "more evidence": with_control(
        "GOV-05", evidence=(*OLD.controls["GOV-05"].evidence, *OLD.controls["SRC-03"].evidence)
    ),
    "a requirement is gone": with_control("SRC-01", evidence=OLD.controls["SRC-01"].evidence[1:]),
    "an escalation": with_control(
        "TRN-03",
        escalates=(
            Escalation.model_validate(
                {"level": "must", "from": "2027-02-01", "reference": "eu-ai-act", "clause": "50(2)"}
            ),
        ),
    ),
}


@pytest.mark.parametrize("new", CHANGES.values(), ids=list(CHANGES))
def test_findings_and_gaps_are_those_of_whole_checks(new: tuple[Bundle, str], subjects: dict[str, Subject]) -> None:
    for name in EXAMPLES:
        before, after = runs(subjects[name], new, AS_OF)
        was = {one.control: one.finding for one in before.findings if one.selected_by == "checklist"}
        now = {one.control: one.finding for one in after.findings if one.selected_by == "checklist"}
        shifts = seen(subjects[name], new).shifts
        moved = {one.control: (one.before, one.after) for one in shifts if one.moved}
        assert moved == {one: (was[one], now[one]) for one in was if was[one] is not now[one]}
        old_gaps, new_gaps = set(before.summary.open_must), set(after.summary.open_must)
        assert {one.control for one in shifts if one.gap_from == AS_OF} == new_gaps - old_gaps
        assert {one.control for one in shifts if one.gap_closed} == old_gaps - new_gaps


@pytest.mark.parametrize("change", ["evidence must be newer soon", "an escalation"])
def test_a_gap_to_come_is_told_with_its_very_day(change: str, subjects: dict[str, Subject]) -> None:
    new, subject = CHANGES[change], subjects["aurora-image"]
    impact = prepared(new)
    days = [AS_OF + timedelta(n) for n in range(75)]
    first: dict[str, date] = {}
    for day in days:
        was, now = ({f.control: f for f in judge.judge(subject, day)[0].values()} for judge in (impact.old, impact.new))
        for one, finding in now.items():
            gap, gap_before = ((f.level is Level.MUST and f.finding.is_open) for f in (finding, was[one]))
            if finding.selected_by == "checklist" and gap and not gap_before:
                first.setdefault(one, day)
    assert max(first.values()) > AS_OF
    found = {one.control: one.gap_from for one in seen(subject, new).shifts if one.gap_from}
    assert {one: day for one, day in found.items() if day <= days[-1]} == first


@pytest.mark.parametrize("new", CHANGES.values(), ids=list(CHANGES))
def test_a_record_and_the_project_it_is_of_feel_the_same(new: tuple[Bundle, str], subjects: dict[str, Subject]) -> None:
    for subject in subjects.values():
        record = assess(OLD, OLD_DIGEST, subject, as_of=AS_OF)
        again = recalled(Assessment.model_validate_json(to_json(record)), OLD)
        assert seen(again, new) == seen(subject, new)


def test_only_a_clarified_statement_leaves_its_answers_alone(subjects: dict[str, Subject]) -> None:
    same = [{"fingerprint": OLD.fingerprints["SRC-01"], "reason": "Only the grammar."}]
    clarified = Control.model_validate({**OLD.controls["SRC-01"].model_dump(by_alias=True), "same_meaning_as": same})
    new = with_control("SRC-01", statement="Every dataset MUST be listed.", same_meaning_as=clarified.same_meaning_as)
    for subject in subjects.values():
        assert not seen(subject, new).concerned
    reopened = [seen(one, CHANGES["another statement"]).shifts for one in subjects.values()]
    assert [any(one.review for one in shifts) for shifts in reopened] == [True, True, False]


def test_a_record_judged_again_is_what_it_was() -> None:
    """On random projects: findings, levels and what each rests on come back from the record alone."""
    catalog, bundle = None, None
    for case in cases(17, 240):
        if case["catalog"] is not catalog:
            catalog, bundle = case["catalog"], bundle_of(case["catalog"])
        assert bundle is not None
        day = date.fromisoformat(case["as_of"])
        record = assess(bundle, DIGEST, subject_of(case), as_of=day)
        again = assess(bundle, DIGEST, recalled(record, bundle), as_of=day)
        assert [(f.control, f.level, f.own, f.finding) for f in again.findings] == [
            (f.control, f.level, f.own, f.finding) for f in record.findings
        ]


# From files


@pytest.fixture(scope="module")
def records(subjects: dict[str, Subject]) -> list[Assessment]:
    return [assess(OLD, OLD_DIGEST, one, as_of=AS_OF) for one in subjects.values()]


def on(paths: list[Path], new: tuple[Bundle, str], out: Collector) -> tuple[ProjectImpact, ...]:
    return impact_on(paths, prepared(new), out)


def test_declarations_records_and_lists_give_the_same(tmp_path: Path, records: list[Assessment]) -> None:
    new = CHANGES["another statement"]
    lines, listed = tmp_path / "all.ndjson", tmp_path / "all.json"
    texts = [json.dumps(json.loads(to_json(one))) for one in records]
    lines.write_text("\n".join(texts) + "\n\n", encoding="utf-8")
    listed.write_text(f"[{','.join(texts)}]", encoding="utf-8")
    out = Collector()
    found = [on([path], new, out) for path in (lines, listed, ROOT / "examples")]
    assert out.errors == 0
    assert [one.project for one in found[0]] == list(EXAMPLES)
    assert found[0] == found[1] == found[2]
    assert on([lines, ROOT / "examples" / EXAMPLES[0]], new, out) == found[0]


def test_of_two_records_of_a_project_the_later_counts(tmp_path: Path, records: list[Assessment]) -> None:
    later = records[0]
    earlier = later.model_copy(update={"as_of": AS_OF - timedelta(1), "checklists": ("model-host",)})
    path = tmp_path / "two.jsonl"
    for order in ((earlier, later), (later, earlier)):
        path.write_text("\n".join(json.dumps(json.loads(to_json(one))) for one in order), encoding="utf-8")
        found = on([path], CHANGES["another statement"], Collector())
        assert [one.review for one in found[0].shifts if one.control == "SRC-01"] == [True]


def test_what_the_new_catalog_does_not_have_is_named_and_the_rest_is_judged(
    records: list[Assessment], tmp_path: Path
) -> None:
    """A project whose every checklist is gone is judged by nothing, not by everything."""
    hub = records[1]
    new = OLD.model_copy(
        update={
            "controls": {one: control for one, control in OLD.controls.items() if one != "RES-01"},
            "order": tuple(one for one in OLD.order if one != "RES-01"),
            "checklists": tuple(
                _leaving_out(one, "RES-01") for one in OLD.checklists if one.checklist.id not in hub.checklists
            ),
        }
    )
    lines = tmp_path / "all.ndjson"
    lines.write_text("\n".join(json.dumps(json.loads(to_json(one))) for one in records), encoding="utf-8")
    for path in (ROOT / "examples", lines):
        found = {one.project: one for one in on([path], (new, "sha256:" + "3" * 64), Collector())}
        assert set(found["aurora-image"].unread) == {"answer RES-01"}
        assert {one.control for one in found["aurora-image"].shifts} == {"RES-01"}
        assert set(found["harbor-hub"].unread) == {"answer RES-01", *(f"checklist {one}" for one in hub.checklists)}
        assert all(one.after is None for one in found["harbor-hub"].shifts)
        assert len(found["harbor-hub"].shifts) > 20


def _leaving_out(file: Any, control: str) -> Any:
    kept = tuple(one for one in file.selects.controls if one != control)
    return file.model_copy(update={"selects": file.selects.model_copy(update={"controls": kept})})


@pytest.mark.parametrize(
    ("line", "code"),
    [("{", "HR010"), ('{"handrail": 1}', "HR102"), ("[]", "HR103"), ('"x"', "HR103"), ("\udcff", "HR001")],
)
def test_a_broken_line_is_told_at_its_line_and_the_others_count(
    line: str, code: str, tmp_path: Path, records: list[Assessment]
) -> None:
    path = tmp_path / "some.ndjson"
    good = json.dumps(json.loads(to_json(records[0])))
    path.write_bytes(f"{good}\n{line}\n".encode("utf-8", "surrogateescape"))
    out = Collector()
    assert len(on([path], CHANGES["another statement"], out)) == 1
    first = out.sorted()[0]
    assert first.code == code
    assert first.span is not None
    assert first.span.line == 2


def test_a_declaration_that_cannot_be_read_is_told_and_the_others_count(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "handrail.yaml").write_text(
        "handrail: 1\nproject: {id: x, name: X}\ncontrols: {XXX-01: {state: planned}}\n"
    )
    out = Collector()
    found = on([folder, ROOT / "examples" / EXAMPLES[0]], CHANGES["another statement"], out)
    assert [one.project for one in found] == [EXAMPLES[0]]
    assert [one.code for one in out.sorted()] == ["HR301"]
    on([tmp_path / "nowhere"], CHANGES["another statement"], out)
    assert "HR006" in [one.code for one in out.sorted()]
