"""The statement of applicability and the requests: who says what, in every format, and what the public sees of it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handrail.assess.applicability import Says
from handrail.assess.assess import Subject, assess
from handrail.assess.requests import Supply, requests
from handrail.model.observation import Observation
from handrail.model.terms import Assurance, Handling, State
from handrail.report.applicability import scope_lines
from handrail.report.columns import columns
from handrail.report.requests import request_line
from handrail.report.sheet import Sheet
from tests.report.audited import AUDITED, AUDITED_CATALOG, NAMES, asked_for, output, statement
from tests.report.small import AS_OF, CASES, CATALOG, DIGEST, MIXED, SEALED, Project, bundle_of, control, done, seen
from tests.report.test_ahead import HOSTILE
from tests.report.test_wording import BANNED, _without_the_fixed_words

GOLDEN = Path(__file__).parents[1] / "golden" / "audited"
ENDINGS = {"text": "txt", "markdown": "md", "csv": "csv", "json": "json"}
SECRETS = re.compile(r"SECRET-[A-Z]+")


@pytest.mark.parametrize("name", NAMES)
def test_report_is_what_was_reviewed(name: str, update_golden: bool) -> None:
    stem, _, format_ = name.rpartition(".")
    file = GOLDEN / f"{stem}.{ENDINGS[format_]}"
    made = output(name).encode()
    if update_golden:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    assert made.decode() == file.read_bytes().decode()


# --- In or out, and who says so -----------------------------------------------------------------

IN_OR_OUT = {
    "INN-01": (True, Says.CHECKLIST, Says.CATALOG),
    "INN-02": (False, Says.DECLARATION, Says.CATALOG),
    "INN-03": (True, Says.CHECKLIST, Says.LAW),
    "INN-04": (True, Says.CHECKLIST, Says.CATALOG),
    "INN-05": (True, Says.CHECKLIST, Says.CHECKLIST),
    "INN-06": (True, Says.CHECKLIST, Says.CATALOG),
    "INN-07": (True, Says.CHECKLIST, Says.CATALOG),
    "INN-08": (True, Says.CHECKLIST, Says.CATALOG),
    "INN-09": (False, Says.DECLARATION, Says.CATALOG),
    "OUT-01": (False, Says.FACTS, Says.CATALOG),
    "OUT-02": (False, Says.FACTS, Says.CATALOG),
    "OUT-03": (False, Says.DECLARATION, Says.CATALOG),
    "OUT-04": (False, Says.CHECKLIST, Says.CATALOG),
    "OUT-05": (False, Says.CATALOG, Says.CATALOG),
    "OUT-06": (False, Says.CATALOG, Says.CATALOG),
    "REQ-01": (True, Says.CATALOG, Says.CATALOG),
    "ELS-01": (False, Says.CHECKLIST, Says.CATALOG),
}


def test_every_control_of_the_catalog_is_in_or_out_and_somebody_says_so() -> None:
    rows = {one.control: (one.applies, one.said_by, one.standing.said_by) for one in statement().rows}
    assert list(rows) == list(AUDITED_CATALOG.controls)
    assert rows == IN_OR_OUT


@pytest.mark.parametrize("case", CASES)
def test_what_is_in_is_what_the_assessment_holds_to_apply(case: str) -> None:
    made = statement(CASES[case], CATALOG)
    applying = {one.control for one in made.assessment.findings if one.finding != "not-applicable"}
    assert {one.control for one in made.rows if one.applies} == applying


@pytest.mark.parametrize(
    ("control_", "says"),
    [
        ("OUT-01", "It applies where modality is text; declared: modality image."),
        ("OUT-04", "Checklist ours leaves it out: It is for makers of hardware."),
        ("INN-01", "The project does not declare its users, so this control is taken to apply."),
        ("INN-02", "The organisation declares it not applicable, which the catalog accepts here."),
        ("REQ-01", "INN-04 cannot be relied on without it"),
    ],
)
def test_the_reason_names_the_fact_its_values_or_who_says_so(control_: str, says: str) -> None:
    made = statement()
    (row,) = [one for one in made.rows if one.control == control_]
    assert says in " ".join(scope_lines(row, made))


def test_without_a_checklist_the_whole_catalog_is_in() -> None:
    made = statement(Project(facts={}))
    assert {one.control for one in made.rows if not one.applies} == {"OUT-05", "OUT-06", "INN-02"}
    assert {one.said_by for one in made.rows if one.applies} == {Says.CATALOG}
    assert not [one for one in made.rows if one.needed_by]


def test_level_waiver_and_inheritance_stand_in_one_word_each() -> None:
    rows = {one["id"]: one for one in json.loads(output("applicability.json"))["controls"]}
    assert (rows["INN-03"]["level"], rows["INN-03"]["level_said_by"]) == ("must", "law")
    assert rows["INN-08"]["waived_until"] == "2027-03-01"
    assert rows["INN-07"]["inherited_from"] == "base"
    assert "Inherited from base (project base-model)." in rows["INN-07"]["note"]


# --- What to ask for ----------------------------------------------------------------------------


def test_a_request_says_tiers_days_and_whom_to_ask() -> None:
    rows = {(one.control, one.requirement): one for one in asked_for().rows}
    log = rows["REQ-01", "log"]
    assert (log.custodian, log.path, log.handling) == ("Trust and Safety", None, Handling.SEALED)
    assert (log.asked, log.shown, log.supply) == (Assurance.DOCUMENTED, Assurance.CLAIMED, Supply.DOES_NOT_COUNT)
    assert rows["INN-07", "record"].supply is Supply.UPSTREAM
    assert str(rows["INN-07", "other"].expires) == "2027-01-31"
    assert rows["INN-01", "record"].owner == "SECRET-OWNER"
    assert {one.control for one in asked_for().rows}.isdisjoint({"OUT-01", "OUT-03", "INN-02", "ELS-01"})


def test_each_entry_stands_beside_its_own_record() -> None:
    bundle = bundle_of(control("A-01", "One", evidence={"a": "document", "b": "document"}))
    entries = [{"for": "b", "path": "b1.md"}, {"for": "a", "path": "a1.md"}, {"for": "b", "path": "b2.md"}]
    made = Project(controls={"A-01": {"state": "implemented", "evidence": entries}}).declaration()
    sights = (seen(requirement="b"), seen(requirement="a"), seen("missing", requirement="b"))
    observed = tuple(
        Observation.model_validate({"kind": "document", "tier": "documented", "text": "Seen.", **one}) for one in sights
    )
    subject = Subject(declaration=made, observations={"A-01": observed})
    rows = requests(assess(bundle, DIGEST, subject, as_of=AS_OF), bundle, subject)
    assert [(one.requirement, one.path, one.supply) for one in rows] == [
        ("a", "a1.md", Supply.COUNTS),
        ("b", "b1.md", Supply.COUNTS),
        ("b", "b2.md", Supply.DOES_NOT_COUNT),
    ]


WAYS = [{"id": one, "title": one, "kind": "document", "assurance": "documented"} for one in ("a", "b")]


def test_of_alternatives_only_the_one_supplied_is_asked_for() -> None:
    bundle = bundle_of(control("A-01", "One"))
    data = bundle.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["controls"]["A-01"]["evidence"] = [{"any_of": WAYS}]
    bundle = type(bundle).model_validate(data)
    none = asked_for(Project(), bundle).rows
    assert [(one.requirement, one.one_of) for one in none] == [("a", ("b",)), ("b", ("a",))]
    one = Project(controls={"A-01": done("b")}, seen={"A-01": {"b": seen()}})
    assert [each.requirement for each in asked_for(one, bundle).rows] == ["b"]
    assert "; or a; " in request_line(asked_for(one, bundle).rows[0])


# --- What the public may see --------------------------------------------------------------------


@pytest.mark.parametrize("name", [one for one in NAMES if ".public." in one])
def test_a_public_report_names_no_owner_and_tells_no_secret(name: str) -> None:
    assert SECRETS.findall(output(name)) == []
    assert SECRETS.findall(output(name, MIXED, CATALOG)) == []
    assert ".md" not in output(name)


def test_the_way_to_a_sealed_record_and_its_digest_are_in_no_report() -> None:
    sealed = {**SEALED["sealed"], "sha256": "a" * 64}  # type: ignore[dict-item]  # a pointer
    one = replace(
        AUDITED, controls={**AUDITED.controls, "REQ-01": {**done(), "evidence": [{**SEALED, "sealed": sealed}]}}
    )
    for name in NAMES:
        assert "SECRET-ACCESS" not in output(name, one)
        assert "a" * 64 not in output(name, one)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", [one for one in NAMES if ".public." in one])
def test_a_control_that_is_only_counted_reads_the_same_whatever_is_declared(name: str, state: State) -> None:
    """INN-08 and INN-09 are only counted, so neither's answer may change a byte."""
    more: dict[str, Any] = {"from": "base"} if state is State.INHERITED else {}
    answer = {"state": state.value, "justification": "x", **more}
    changed = replace(AUDITED, controls={**AUDITED.controls, "INN-08": answer, "INN-09": answer}, waivers=())
    assert output(name, changed) == output(name)


# --- Hostile text -------------------------------------------------------------------------------


def hostile() -> tuple[Project, Any]:
    bundle = bundle_of(
        control("A-01", HOSTILE, evidence={"record": {"title": HOSTILE}}),
        control("A-02", HOSTILE, allow={"not_applicable": "true"}),
        control("A-03", HOSTILE, evidence={"log": {"title": HOSTILE, "kind": "sealed-record", "handling": "sealed"}}),
    )
    held = {"for": "log", "sealed": {"custodian": HOSTILE, "since": "2026-01-01", "access": HOSTILE}}
    answers = {
        "A-01": {"state": "implemented", "owner": HOSTILE, "evidence": [{"for": "record", "path": "=a/::error::.md"}]},
        "A-02": {"state": "not-applicable", "justification": HOSTILE},
        "A-03": {"state": "implemented", "owner": HOSTILE, "evidence": [held]},
    }
    sights = {"A-01": {"record": seen()}, "A-03": {"log": seen(kind="sealed-record")}}
    return Project(controls=answers, seen=sights, name=HOSTILE), bundle


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_inert_in_every_format(name: str) -> None:
    text = output(name, *hostile())
    assert not set("\x1b\u202e\r") & set(text)
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    if name.endswith("csv"):
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    elif name.endswith("json"):
        json.loads(text)
    elif name.endswith("markdown"):
        from markdown_it import MarkdownIt

        rendered = MarkdownIt("commonmark", {"html": False}).render(text)
        assert "src=x" in rendered
        assert not re.search(r"<code>|<img|<strong>b", rendered)


# --- All of them --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_no_output_judges_a_project_and_the_same_run_gives_the_same_bytes(name: str) -> None:
    text = output(name, MIXED, CATALOG)
    assert not BANNED.findall(_without_the_fixed_words(text))
    assert text == output(name, MIXED, CATALOG)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", [one for one in NAMES if one.endswith("text")])
def test_no_line_is_wider_than_the_terminal_and_colour_changes_no_word(name: str, width: int) -> None:
    plain = output(name, sheet=Sheet(width=width))
    assert max(map(columns, plain.splitlines())) <= width
    coloured = output(name, sheet=Sheet(width=width, colour=True))
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9]*m", "", coloured) == plain


@pytest.mark.parametrize("report", ["applicability", "requests"])
def test_markdown_csv_and_json_tell_of_the_same_rows(report: str) -> None:
    key = {"applicability": "controls", "requests": "requests"}[report]
    values = json.loads(output(f"{report}.json"))[key]
    rows = list(csv.DictReader(io.StringIO(output(f"{report}.csv"))))
    ids = [one["id"].partition("/")[0] for one in values]
    assert [row["control"] for row in rows] == ids
    assert set(re.findall(r"^- \*\*([A-Z]+-[0-9]+) ", output(f"{report}.markdown"), re.MULTILINE)) == set(ids)
