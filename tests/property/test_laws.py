"""Laws of the design that hold for every project, tried on random ones; each test's docstring is the law.

Belongs here: what must be true whatever the answers are. Never here: what one case gives (`tests/conformance`).
"""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from handrail.model.terms import Finding
from tests.conformance.run import judged, run
from tests.property.generate import SILENT, cases

Case = dict[str, Any]
RANK = {finding.value: finding.rank for finding in Finding}
UNDETERMINED = RANK["undetermined"]
law = settings(max_examples=150, deadline=None, derandomize=True, database=None)
ANY = st.integers(min_value=0, max_value=10**9)


def random_case(seed: int) -> tuple[Case, Random]:
    """A case of its own to change at will, and dice to choose what to change."""
    case = copy.deepcopy(next(cases(seed, 1)))
    note(json.dumps(case))  # YAML is read as JSON, too
    return case, Random(seed)


def ranks(case: Case) -> dict[str, int]:
    return {one: RANK[finding["finding"]] for one, finding in run(case)["findings"].items()}


def days_from(case: Case, days: int) -> str:
    return (date.fromisoformat(case["as_of"]) + timedelta(days)).isoformat()


def requirements(control: Case) -> list[Case]:
    return [member for one in control["evidence"] for member in one.get("any_of", [one])]


def shuffled(dice: Random, value: dict[str, Any]) -> dict[str, Any]:
    keys = list(value)
    dice.shuffle(keys)
    return {key: value[key] for key in keys}


@law
@given(ANY)
def test_more_evidence_that_does_not_contradict_never_lowers_a_finding(seed: int) -> None:
    """Of several entries the best counts; only a contradiction lowers (and own evidence beside what is inherited)."""
    case, dice = random_case(seed)
    answers, seen = case["declaration"]["controls"], case["observations"]
    places = [
        (control["id"], one["id"])
        for control in case["catalog"]["controls"]
        for one in requirements(control)
        if answers.get(control["id"], {}).get("state") != "inherited" or any(seen.get(control["id"], {}).values())
    ]
    assume(places)
    before = ranks(case)
    entry = {
        "verdict": dice.choice(["shown", "shown", "partial", *SILENT]),
        "tier": dice.choice(["claimed", "attested"]),
    }
    control, requirement = dice.choice(places)
    given_for_it = seen.setdefault(control, {}).setdefault(requirement, [])
    given_for_it.append(entry | dice.choice([{}, {"date": days_from(case, dice.choice([-400, -10, 0, 1]))}]))
    assert all(rank >= before[one] for one, rank in ranks(case).items())


@law
@given(ANY)
def test_one_contradiction_always_tells(seed: int) -> None:
    """Any contradicted -> not-satisfied, whatever else was shown, for every answer that evidence is looked at for."""
    case, dice = random_case(seed)
    for control in case["catalog"]["controls"]:
        for one in requirements(control):
            entries = case["observations"].setdefault(control["id"], {}).setdefault(one["id"], [])
            entries.insert(dice.randint(0, len(entries)), {"verdict": "contradicted"})
    for one, finding in run(case)["findings"].items():
        if "evidence-contradicts" in finding["reasons"]:
            assert finding["finding"] == "not-satisfied"
        elif case["declaration"]["controls"].get(one, {}).get("state") in ("implemented", "partial"):
            unread = {"out-of-scope", "unreviewed", "requirement-changed", "no-evidence-asked"}
            assert unread & set(finding["reasons"])


@law
@given(ANY)
def test_an_answer_in_good_faith_never_lowers_a_finding(seed: int) -> None:
    """Nothing declared is undetermined; to claim a control, or to declare it away, is never worse, for any control."""
    case, dice = random_case(seed)
    answers = case["declaration"]["controls"]
    silent = [control["id"] for control in case["catalog"]["controls"] if control["id"] not in answers]
    assume(silent)
    one = dice.choice(silent)
    for entries in case["observations"].get(one, {}).values():
        entries[:] = [entry for entry in entries if entry["verdict"] != "contradicted"]
    before = ranks(case)
    answers[one] = {"state": dice.choice(["implemented", "partial", "alternative", "not-applicable"])}
    answers[one] |= dice.choice([{}, {"justification": "because"}]) | dice.choice([{}, {"statement": "current"}])
    assert all(rank >= before[control] for control, rank in ranks(case).items())


@law
@given(ANY)
def test_bad_evidence_never_satisfies(seed: int) -> None:
    """Missing, unreadable, stale, altered, mismatched, future, undated, refused, unavailable, too low: undetermined."""
    case, dice = random_case(seed)
    for checklist in case["catalog"]["checklists"]:  # one may ask for less than the control, and then that is asked
        checklist.pop("set", None)
    for control in case["catalog"]["controls"]:
        for one in requirements(control):
            one |= {"max_age": "P90D", "assurance": "verified"}
            good = {"verdict": dice.choice(["shown", "partial"]), "tier": "attested", "date": days_from(case, -5)}
            bad = [{"verdict": verdict} for verdict in SILENT]
            bad += [good | {"date": days_from(case, -91)}, good | {"date": days_from(case, 1)}]
            bad += [good | {"tier": "documented"}, {key: good[key] for key in ("verdict", "tier")}]
            case["observations"].setdefault(control["id"], {})[one["id"]] = dice.sample(bad, dice.randint(1, 3))
    for one, finding in run(case)["findings"].items():
        if finding["finding"] != "not-applicable" and case["declaration"]["controls"].get(one, {}).get("from") is None:
            assert RANK[finding["finding"]] <= UNDETERMINED


@law
@given(ANY)
def test_prerequisites_only_lower_and_never_below_undetermined(seed: int) -> None:
    """Finding = min(own, cap) with cap = max(undetermined, ...): a dependent is blocked, not failed."""
    case, _ = random_case(seed)
    for finding in run(case)["findings"].values():
        own, all_in_all = RANK[finding["own"]], RANK[finding["finding"]]
        assert min(own, UNDETERMINED) <= all_in_all <= own
        assert (all_in_all < own) == bool(finding["blocked_by"]) == ("blocked-by" in finding["reasons"])


@law
@given(ANY)
def test_requiring_less_never_lowers_a_finding(seed: int) -> None:
    """A prerequisite can only cap."""
    case, dice = random_case(seed)
    before = ranks(case)
    with_some = [control for control in case["catalog"]["controls"] if control.get("requires")]
    assume(with_some)
    control = dice.choice(with_some)
    control["requires"].pop(dice.randrange(len(control["requires"])))
    assert all(rank >= before[one] for one, rank in ranks(case).items())


@law
@given(ANY)
def test_what_is_out_of_scope_is_neutral_everywhere(seed: int) -> None:
    """As the top, N/A is neutral in a minimum: as a prerequisite, as an alternative, in a principle and at the gate."""
    case, _ = random_case(seed)
    before = run(case)
    catalog = case["catalog"]
    catalog["facts"] = catalog["facts"] | {"planet": ["earth", "mars"]}
    case["declaration"]["facts"]["planet"] = ["earth"]
    for control in catalog["controls"]:
        control["requires"] = [
            one if isinstance(one, str) else {"any_of": [*one["any_of"], "N-01"]} for one in control.get("requires", [])
        ]
        control["requires"].append("N-01")
    first = catalog["controls"][0]
    nowhere = {"id": "N-01", "principle": first["principle"], "level": "must", "applies_when": {"planet": ["mars"]}}
    catalog["controls"].append(nowhere)
    after = run(case)
    added = after["findings"].pop("N-01", {"finding": "not-applicable"})
    assert added["finding"] == "not-applicable"
    assert after["findings"] == before["findings"]
    assert after["blocking"] == before["blocking"]
    assert {k: v for k, v in after["principles"].items() if k in before["principles"]} == before["principles"]


@law
@given(ANY)
def test_a_waiver_never_changes_a_finding(seed: int) -> None:
    """Findings never change; only the gate passes over."""
    case, _ = random_case(seed)
    waived = run(case)
    case["declaration"].pop("waivers", None)
    plain = run(case)
    assert waived["findings"] == plain["findings"]
    assert waived["principles"] == plain["principles"]
    assert set(waived["blocking"]) <= set(plain["blocking"])


@law
@given(ANY)
def test_one_more_checklist_only_asks_for_more(seed: int) -> None:
    """The strictest of what each selecting checklist gives: nothing that counted is dropped or asked less strictly."""
    case, dice = random_case(seed)
    lists = [one["id"] for one in case["catalog"]["checklists"]]
    assume(lists)
    chosen = dice.sample(lists, dice.randint(1, len(lists)))
    few, many = (run(with_checklists(case, some)) for some in (chosen[:1], chosen))
    levels = ["may", "should", "must"]
    for one, finding in few["findings"].items():
        assert one in many["findings"]
        if finding["selected_by"] == "checklist":
            more = many["findings"][one]
            assert more["selected_by"] == "checklist"
            assert levels.index(more["level"]) >= levels.index(finding["level"])


def with_checklists(case: Case, chosen: list[str]) -> Case:
    return case | {"declaration": case["declaration"] | {"checklists": chosen}}


@law
@given(ANY)
def test_the_order_in_which_things_are_written_never_matters(seed: int) -> None:
    """Only of entries for one requirement, and of its alternatives, does the first of equals count."""
    case, dice = random_case(seed)
    before = run(case)
    catalog, declaration = case["catalog"], case["declaration"]
    lists = [catalog["controls"], catalog["checklists"], declaration.get("waivers", [])]
    lists += [declaration.get("checklists", []), *declaration["facts"].values()]
    for one in catalog["controls"]:
        lists += [one.get("requires", []), one.get("escalates", []), one["evidence"]]
        lists += [*one.get("applies_when", {}).values(), *one.get("unless", {}).values()]
        for key in one.keys() & {"applies_when", "unless"}:
            one[key] = shuffled(dice, one[key])
    for some in lists:
        dice.shuffle(some)
    assert run(case) == before


@law
@given(ANY)
def test_the_same_project_written_in_another_order_gives_the_same_bytes(seed: int) -> None:
    """Same inputs and `as_of` = byte-identical outputs; in what order a project writes its keys is no input.

    (The order of a selector's facts is settled when the catalog is compiled.)
    """
    case, dice = random_case(seed)
    before = canonical(case)
    declaration = case["declaration"]
    for key in ("controls", "facts", "catalog"):
        declaration[key] = shuffled(dice, declaration.get(key, {}))
    case["observations"], case["upstream"] = shuffled(dice, case["observations"]), shuffled(dice, case["upstream"])
    assert canonical(case) == before


def canonical(case: Case) -> str:
    return json.dumps(judged(case).model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)


def only_time_matters(case: Case) -> Case:
    """The case without what else a day can change: escalations, plans, waivers, and what is dated in the future."""
    for control in case["catalog"]["controls"]:
        control.pop("escalates", None)
    for answer in case["declaration"]["controls"].values():
        answer.pop("due", None)
    for by_requirement in case["observations"].values():
        for entries in by_requirement.values():
            entries[:] = [one for one in entries if one.get("date", "") <= case["as_of"]]
    for upstream in case["upstream"].values():
        upstream["as_of"] = min(upstream["as_of"], case["as_of"])
    case["declaration"].pop("waivers", None)
    return case


@law
@given(ANY)
def test_a_finding_holds_to_the_end_of_its_last_day(seed: int) -> None:
    """What `valid_until` promises: until then the same observations give the same finding."""
    case = only_time_matters(random_case(seed)[0])
    for one in judged(case).findings:
        if one.finding in (Finding.SATISFIED, Finding.PARTIAL):
            last = one.valid_until or date.fromisoformat(days_from(case, 4000))
            later = judged(case | {"as_of": last.isoformat()})
            assert next(f.finding for f in later.findings if f.control == one.control) == one.finding, one.control


@law
@given(ANY)
def test_the_day_after_a_finding_is_at_most_undetermined(seed: int) -> None:
    """After `valid_until` the record gives at most undetermined, where nothing else was given in place of what ended.

    Where several entries or alternatives were given another may still hold then; the last day is that of those chosen.
    """
    case = only_time_matters(random_case(seed)[0])
    for control in case["catalog"]["controls"]:
        control["evidence"] = [one.get("any_of", [one])[0] for one in control["evidence"]]
        control["requires"] = [one for one in control.get("requires", []) if isinstance(one, str)]
    for by_requirement in case["observations"].values():
        for entries in by_requirement.values():
            del entries[1:]
    for one in judged(case).findings:
        if one.finding in (Finding.SATISFIED, Finding.PARTIAL) and one.valid_until is not None:
            later = judged(case | {"as_of": (one.valid_until + timedelta(1)).isoformat()})
            assert next(f.finding for f in later.findings if f.control == one.control) <= Finding.UNDETERMINED
