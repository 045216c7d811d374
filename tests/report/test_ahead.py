"""Plan, forecast, progress and the smallest change in words: nothing banned, nothing hostile, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from handrail.assess.assess import Subject, controls_in_force, judge_subject
from handrail.assess.edits import Deed, Edit
from handrail.assess.explain import prove
from handrail.assess.flip import Ways, smallest_change, ways_to_close
from handrail.assess.forecast import Event, Happens, forecast
from handrail.assess.plan import remediation_plan
from handrail.assess.progress import Move, progress, public_progress
from handrail.model.bundle import Bundle
from handrail.model.terms import Assurance, State
from handrail.report import change, progress_page
from handrail.report import forecast as forecast_report
from handrail.report import plan as plan_report
from handrail.report import progress as progress_report
from handrail.report.columns import columns
from handrail.report.proof import proof_json, proof_text
from handrail.report.sheet import Sheet
from tests.report.small import ALL_SHOWN, AS_OF, CASES, CATALOG, DIGEST, FIRST_RUN, MIXED, Project, bundle_of, control
from tests.report.test_wording import BANNED, _without_the_fixed_words

HOSTILE = "=cmd()\x1b[31m\n::error::x \u202e@someone <img src=x> ]]> **b** `c`"


def subject(one: Project) -> Subject:
    return Subject(declaration=one.declaration(), observations=one.observations())


def ways(one: Project, bundle: Bundle) -> Ways:
    controls = controls_in_force(bundle, one.declaration(), as_of=AS_OF)
    findings, answers = judge_subject(bundle, DIGEST, subject(one), controls, as_of=AS_OF)
    return ways_to_close(controls, answers, subject(one), findings, as_of=AS_OF)


def plan_input(one: Project, bundle: Bundle = CATALOG) -> plan_report.PlanInput:
    controls = controls_in_force(bundle, one.declaration(), as_of=AS_OF)
    _, answers = judge_subject(bundle, DIGEST, subject(one), controls, as_of=AS_OF)
    made = one.assessment(bundle)
    steps = remediation_plan(made, bundle, answers, ways(one, bundle))
    return plan_report.PlanInput(steps=steps, assessment=made, bundle=bundle)


def forecast_input(one: Project, bundle: Bundle = CATALOG) -> forecast_report.ForecastInput:
    made = forecast(bundle, DIGEST, subject(one), as_of=AS_OF, days=120)
    return forecast_report.ForecastInput(forecast=made, bundle=bundle)


def progress_input(one: Project, bundle: Bundle = CATALOG) -> progress_report.ProgressInput:
    bare = Project(name=one.name, facts=one.facts)
    made = progress(bare.assessment(bundle), one.assessment(bundle))
    return progress_report.ProgressInput(progress=made, bundle=bundle)


def page(one: Project, bundle: Bundle = CATALOG) -> str:
    bare = Project(name=one.name, facts=one.facts)
    made = public_progress(bare.assessment(bundle), one.assessment(bundle), bundle, one.declaration())
    return progress_page.progress_page(made, bundle)


def explained(one: Project, bundle: Bundle = CATALOG, *, as_json: bool = False) -> str:
    """The proofs of all controls, one after the other."""
    controls = controls_in_force(bundle, one.declaration(), as_of=AS_OF)
    findings, answers = judge_subject(bundle, DIGEST, subject(one), controls, as_of=AS_OF)
    texts = []
    for each in controls:
        name = each.control.id
        proof = prove(each, answers.get(name), one.observations().get(name, ()), findings, as_of=AS_OF)
        flip = smallest_change(name, ways(one, bundle))
        made = one.assessment(bundle)
        texts.append(
            proof_json(proof, made, bundle, flip) if as_json else proof_text(proof, made, bundle, flip, colour=False)
        )
    return "\n".join(texts)


Output = Callable[[Project, Bundle], str]
OUTPUTS: dict[str, Output] = {
    **{f"plan {name}": lambda one, b, f=f: f(plan_input(one, b)) for name, f in plan_report.FORMATS.items()},
    **{f"forecast {n}": lambda one, b, f=f: f(forecast_input(one, b)) for n, f in forecast_report.FORMATS.items()},
    **{f"progress {n}": lambda one, b, f=f: f(progress_input(one, b)) for n, f in progress_report.FORMATS.items()},
    "progress html": page,
    "explain text": explained,
    "explain json": lambda one, b: explained(one, b, as_json=True),
}


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("case", CASES)
def test_no_output_judges_a_project(case: str, name: str) -> None:
    text = OUTPUTS[name](CASES[case], CATALOG)
    assert text.endswith("\n")
    assert not BANNED.findall(_without_the_fixed_words(text))


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_same_run_gives_the_same_bytes(name: str) -> None:
    assert OUTPUTS[name](MIXED, CATALOG) == OUTPUTS[name](MIXED, CATALOG)


def hostile() -> tuple[Project, Bundle]:
    bundle = bundle_of(
        control("A-01", HOSTILE, evidence={"record": {"title": HOSTILE, "max_age": "P60D"}}, disclosure="control"),
        control("B-01", HOSTILE),
    )
    answers = {"A-01": {"state": "implemented"}, "B-01": {"state": "planned", "owner": HOSTILE, "due": "2026-12-01"}}
    sight = {"A-01": {"record": {"verdict": "shown", "date": "2026-10-24", "run": HOSTILE}}}
    return Project(controls=answers, seen=sight, name=HOSTILE), bundle


@pytest.mark.parametrize("name", OUTPUTS)
def test_hostile_text_is_inert_in_every_format(name: str) -> None:
    text = OUTPUTS[name](*hostile())
    if name.endswith("csv"):
        rows = list(csv.reader(io.StringIO(text)))
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
        return
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not [line for line in text.splitlines() if line.startswith("::")]
    if name.endswith(("markdown", "html")):
        assert "<img" not in text
    if name.endswith("json") and not name.startswith("explain"):
        json.loads(text)


@pytest.mark.parametrize("name", [one for one in OUTPUTS if one.endswith("markdown")])
def test_markdown_shows_hostile_text_as_text(name: str) -> None:
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark", {"html": False}).render(OUTPUTS[name](*hostile()))
    assert "src=x" in rendered
    assert "<code>" not in rendered
    assert "<strong>b" not in rendered


LINES: dict[str, Callable[[Project, Sheet], str]] = {
    "plan": lambda one, sheet: plan_report.FORMATS["text"](replace(plan_input(one), sheet=sheet)),
    "forecast": lambda one, sheet: forecast_report.FORMATS["text"](replace(forecast_input(one), sheet=sheet)),
    "progress": lambda one, sheet: progress_report.FORMATS["text"](replace(progress_input(one), sheet=sheet)),
}


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("name", LINES)
def test_no_line_is_wider_than_the_terminal_and_colour_changes_no_word(name: str, width: int) -> None:
    plain = LINES[name](MIXED, Sheet(width=width))
    assert max(map(columns, plain.splitlines())) <= width
    coloured = LINES[name](MIXED, Sheet(width=width, colour=True))
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9]*m", "", coloured) == plain


def edit(deed: Deed, **given: Any) -> Edit:
    return Edit(deed=deed, control="DAT-01", effort=1, **{"code": "evidence-missing", **given})


ENTRY: dict[str, Any] = {"requirement": "record", "tier": Assurance.VERIFIED}
SAID = [
    (edit(Deed.DECLARE, code="undeclared"), "Do what DAT-01 asks, and answer it: state implemented."),
    (edit(Deed.DECLARE, code="planned"), "Do what DAT-01 asks, and raise its state from planned to implemented."),
    (
        edit(Deed.TIE, code="unreviewed"),
        "Read the statement of DAT-01 as it stands, and confirm the answer with handrail review.",
    ),
    (
        edit(Deed.SUPPLY, **ENTRY),
        "Supply \u201cKeep a list of datasets: record\u201d (document). It must reach verified.",
    ),
    (
        edit(Deed.SUPPLY, **ENTRY, code="evidence-stale"),
        "Repeat the work behind \u201cKeep a list of datasets: record\u201d (document) and supply the new record. It "
        "must reach verified.",
    ),
    (
        edit(Deed.SUPERSEDE, requirement="record", tier=Assurance.CLAIMED, run="SECRET"),
        "Mend what the run given for \u201cKeep a list of datasets: record\u201d shows, run it again, and supply the "
        "later run with the earlier one's name under supersedes.",
    ),
]


@pytest.mark.parametrize(("one", "line"), SAID)
def test_an_edit_is_told_in_a_sentence_without_text_from_evidence(one: Edit, line: str) -> None:
    assert change.edit_line(one, CATALOG) == line


def test_every_state_that_is_raised_is_named_by_its_word() -> None:
    for state in State:
        assert f"from {state} to" in change.edit_line(edit(Deed.DECLARE, code=state.value), CATALOG)


def test_every_event_and_every_class_of_change_has_its_words() -> None:
    for happens in Happens:
        line = forecast_report.event_line(Event(day=AS_OF, happens=happens, control="DAT-01"), CATALOG)
        assert line.endswith(".")
    assert set(progress_report.TITLES) == set(progress_page.PLAIN) == set(Move)


def test_the_smallest_change_is_told_after_the_proof_with_its_count() -> None:
    text = explained(MIXED)
    assert "Smallest change that would make it satisfied: 1 edit\n  REP-01 Prepare the route\n" in text
    assert text.index("Finding") < text.index("Smallest change")


def test_a_control_that_is_not_open_has_no_change() -> None:
    assert "Smallest change" not in explained(ALL_SHOWN)
    values = [json.loads(one) for one in explained(ALL_SHOWN, as_json=True).split("\n\n")]
    assert {one["smallest_change"] for one in values} == {None}


def test_what_nothing_could_close_says_so_and_why() -> None:
    bundle = bundle_of(control("A-01", "Nothing asked", evidence={}), control("A-02", "Waits", requires=["A-01"]))
    text = explained(Project(), bundle)
    assert text.count("Smallest change that would make it satisfied: none") == 2
    assert text.count("Tell the catalog's steward that A-01 asks for no evidence.") == 2


def test_past_the_budget_it_says_not_proven_smallest() -> None:
    flip = smallest_change("SRV-02", ways(FIRST_RUN, CATALOG))
    assert flip is not None
    assert "Not proven smallest" not in "\n".join(change.change_lines(flip, CATALOG, Sheet()))
    lines = change.change_lines(replace(flip, proven=False), CATALOG, Sheet())
    assert "Not proven smallest" in " ".join(" ".join(lines).split())


@pytest.mark.parametrize("by", plan_report.By)
def test_grouping_keeps_every_step_and_its_number(by: plan_report.By) -> None:
    given = replace(plan_input(MIXED), by=by)
    steps = json.loads(plan_report.FORMATS["json"](given))["steps"]
    assert sorted((one["step"], one["id"]) for one in steps) == [
        (place, step.control) for place, step in enumerate(given.steps, 1)
    ]
    rows = list(csv.DictReader(io.StringIO(plan_report.FORMATS["csv"](given))))
    assert [(row["step"], row["control"]) for row in rows] == [(str(one["step"]), one["id"]) for one in steps]


def test_groups_are_by_owner_and_by_day_with_those_that_have_none_last() -> None:
    owners = plan_report.FORMATS["text"](replace(plan_input(MIXED), by=plan_report.By.OWNER))
    assert owners.index("SECRET-OWNER\n") < owners.index("No owner declared")
    days = plan_report.FORMATS["text"](replace(plan_input(MIXED), by=plan_report.By.DUE))
    assert days.index("Due 2026-11-01, which has gone by") < days.index("No day declared")


def test_nothing_open_gives_an_empty_plan_that_says_so() -> None:
    assert "no control in this report is open" in plan_report.FORMATS["text"](plan_input(ALL_SHOWN))
    assert json.loads(plan_report.FORMATS["json"](plan_input(ALL_SHOWN)))["steps"] == []


def test_a_quiet_forecast_says_that_nothing_changes() -> None:
    bundle = bundle_of(control("A-01", "One"))
    assert forecast_report.NOTHING in forecast_report.FORMATS["text"](forecast_input(Project(), bundle))


def test_the_page_is_whole_html_without_script_and_without_anything_loaded() -> None:
    import html5lib

    text = page(MIXED)
    html5lib.HTMLParser(strict=True).parse(text)
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=", text)
    assert "has endorsed it." in text
