# fmt: off
"""A second opinion: the findings of DESIGN section 4 (and 4c), written from that page alone.

Belongs here: the rules in the design's order and words, over the dicts of `conformance/README.md` (a case in, its
`want` out). Never here: an import of handrail, speed, cleverness. A rule stays a sentence: the formatter is off.
"""
from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

Dict = dict[str, Any]
Judgement = tuple[str, str | None, str]  # finding, reason if there is one, tier
FINDINGS = ["not-satisfied", "undetermined", "partial", "satisfied", "not-applicable"]  # the one order, worst first
LEVELS = ["may", "should", "must"]
TIERS = ["claimed", "documented", "verified", "attested"]
SILENT = ["missing", "unreadable", "altered", "mismatched", "refused", "unavailable"]  # shows nothing, good or bad
worst = partial(min, key=FINDINGS.index, default="not-applicable")  # of none: not-applicable, which is neutral
best = partial(max, key=FINDINGS.index, default="not-applicable")


def listed(case: Dict, value: str | None, values: list[str]) -> bool:
    while value is not None and value not in values:  # `us` in a list also means everything under `us`
        value = case["catalog"].get("fact_parents", {}).get(value)
    return value is not None


def when_holds(case: Dict, when: Dict) -> bool:
    facts = case["declaration"].get("facts", {})
    return all(fact not in facts or any(listed(case, v, values) for v in facts[fact]) for fact, values in when.items())


def in_scope(case: Dict, control: Dict) -> bool:
    facts, unless = case["declaration"].get("facts", {}), control.get("unless", {})
    excepted = [fact in facts and all(listed(case, v, values) for v in facts[fact]) for fact, values in unless.items()]
    return when_holds(case, control.get("applies_when", {})) and not (excepted and all(excepted))


def settings(case: Dict, control: Dict) -> list[Dict]:
    """What each selecting checklist sets for the control; choosing no checklist asks for every control as it stands."""
    chosen = case["declaration"].get("checklists")
    return [{}] if not chosen else [
        checklist.get("set", {}).get(control["id"], {}) for checklist in case["catalog"].get("checklists", [])
        if checklist["id"] in chosen and control["id"] in checklist["controls"]]


def escalations(case: Dict, control: Dict) -> list[Dict]:
    today, clauses = case["as_of"], {r["id"]: r["clauses"] for r in case["catalog"].get("references", [])}
    return [e for e in control.get("escalates", []) if when_holds(case, e.get("when", {}))
            and e.get("from", today) <= today <= e.get("until", today)
            and clauses[e["reference"]][e["clause"]] not in ("memory", "unverified")]


def level_in_force(case: Dict, control: Dict) -> tuple[str, str]:
    asked = [str(s.get("level", control["level"])) for s in settings(case, control)] or [control["level"]]
    level = max([*asked, *(e["level"] for e in escalations(case, control))], key=LEVELS.index)
    return level, "catalogue" if level in asked else "law"


def max_age(case: Dict, control: Dict, requirement: Dict) -> int | None:
    own = requirement.get("max_age")
    ages = [s.get("max_age", own) for s in settings(case, control)] or [own]
    ages += [e.get("max_age") for e in escalations(case, control)]
    return min((int(age[1:-1]) for age in ages if age is not None), default=None)  # P30D: 30 days


def judge_entry(case: Dict, control: Dict, requirement: Dict, entry: Dict) -> Judgement:
    verdict, tier, days = entry["verdict"], entry.get("tier", "claimed"), max_age(case, control, requirement)
    if verdict == "contradicted":
        return "not-satisfied", "evidence-contradicts", "claimed"
    if verdict in SILENT:
        return "undetermined", "evidence-mismatch" if verdict == "mismatched" else f"evidence-{verdict}", "claimed"
    if "date" not in entry and days is not None:
        return "undetermined", "evidence-undated", "claimed"
    if "date" in entry and entry["date"] > case["as_of"]:
        return "undetermined", "evidence-future", "claimed"
    if days is not None and date.fromisoformat(case["as_of"]) > date.fromisoformat(entry["date"]) + timedelta(days):
        return "undetermined", "evidence-stale", "claimed"
    if TIERS.index(tier) < TIERS.index(requirement["assurance"]):
        return "undetermined", "evidence-tier", "claimed"
    return ("satisfied", None, tier) if verdict == "shown" else ("partial", "evidence-partial", tier)


def superseded(entry: Dict, entries: list[Dict]) -> bool:
    """A later run names this one. A run is not later than itself, nor than a run of an earlier day."""
    return "run" in entry and any(
        e.get("supersedes") == entry["run"] and e.get("run") != entry["run"]
        and e.get("date", "9999") >= entry.get("date", "0000") for e in entries)


def judge_requirement(case: Dict, control: Dict, requirement: Dict) -> Judgement:
    """Any contradiction that is not superseded; else the best entry, and of equals the first (`max` keeps it)."""
    given = [(member, entry) for member in requirement.get("any_of", [requirement])
             for entry in case.get("observations", {}).get(control["id"], {}).get(member["id"], [])]
    judged = [judge_entry(case, control, member, e) for member, e in given
              if e["verdict"] != "contradicted" or not superseded(e, [other for _, other in given])]
    bad = [judgement for judgement in judged if judgement[0] == "not-satisfied"]
    return max(bad or judged or [("undetermined", "evidence-missing", "claimed")], key=lambda j: FINDINGS.index(j[0]))


def judge_evidence(case: Dict, control: Dict) -> tuple[str, set[str], list[str]]:
    judged = [judge_requirement(case, control, requirement) for requirement in control.get("evidence", [])]
    judged = judged or [("undetermined", "no-evidence-asked", "claimed")]
    return worst([j[0] for j in judged]), {j[1] for j in judged if j[1]}, [j[2] for j in judged]


def judge_upstream(case: Dict, control: Dict, key: str) -> tuple[str, set[str], str]:
    today, up = case["as_of"], case.get("upstream", {}).get(key, {"digest_ok": False, "project": None})
    if not control.get("allow", {}).get("inherit", True):
        return "undetermined", {"upstream-not-inheritable"}, "claimed"
    chain = [case["declaration"]["project"]["id"], up["project"], *up.get("seen", [])]
    if not up["digest_ok"] or up["signature"] == "bad" or up["as_of"] > today or len(set(chain)) < len(chain):
        return "undetermined", {"upstream-unverified"}, "claimed"
    theirs = up["findings"].get(control["id"])
    if theirs is None or theirs["finding"] == "not-applicable":
        return "undetermined", {"upstream-not-applicable"}, "claimed"
    if theirs["fingerprint"] != "current":
        return "undetermined", {"requirement-changed"}, "claimed"
    asked = [member["assurance"] for r in control.get("evidence", []) for member in r.get("any_of", [r])]
    if up["signature"] == "none" and any(assurance != "claimed" for assurance in asked):
        return "undetermined", {"upstream-unsigned"}, "claimed"
    finding, expired = theirs["finding"], theirs.get("valid_until", today) < today
    return worst([finding, "undetermined"]) if expired else finding, {"inherited"}, theirs["assurance"]


def judge_own(case: Dict, control: Dict) -> tuple[str, set[str], str | None]:
    """The first row of the table that matches: finding, reasons, assurance."""
    answer, allowed = case["declaration"]["controls"].get(control["id"]), control.get("allow", {}).get("not_applicable")
    if not in_scope(case, control):
        return "not-applicable", {"out-of-scope"}, None
    if answer is None:
        return "undetermined", {"undeclared"}, None
    state, tied_to, justified = answer["state"], answer.get("statement"), bool(answer.get("justification"))
    if state in ("not-implemented", "planned"):
        overdue = state == "planned" and answer.get("due", case["as_of"]) < case["as_of"]
        return "not-satisfied", {state, "overdue"} if overdue else {state}, "claimed"
    if tied_to is None and case["declaration"].get("catalog", {}).get("digest") != "current":
        return "undetermined", {"unreviewed"}, "claimed"
    if tied_to not in (None, "current"):
        return "undetermined", {"requirement-changed"}, "claimed"
    if state == "not-applicable":
        return ("not-applicable", {"justified-na"}, None) if allowed and justified else (
            "undetermined", {"na-unjustified" if allowed else "na-not-allowed"}, None)
    shown, why, tiers = judge_evidence(case, control)
    tier = min(tiers, key=TIERS.index)
    if state == "inherited":
        theirs, reasons, their_tier = judge_upstream(case, control, answer["from"])
        if reasons != {"inherited"} or not any(case.get("observations", {}).get(control["id"], {}).values()):
            return theirs, reasons, their_tier
        return worst([theirs, shown]), reasons | why, min(their_tier, tier, key=TIERS.index)
    if state == "alternative" and not justified:
        return "undetermined", {"alternative-unjustified"}, tier
    if state == "partial" or (state == "alternative" and "attested" not in tiers):
        return worst(["partial", shown]), why | {"partial" if state == "partial" else "alternative-unattested"}, tier
    return shown, why, tier


def waiver_holds(case: Dict, control: Dict, level_reason: str) -> bool:
    owner, today = case["declaration"]["controls"].get(control["id"], {}).get("owner"), case["as_of"]
    return control.get("allow", {}).get("waive", True) and level_reason != "law" and any(
        w["control"] == control["id"] and w["granted"] <= today <= w["expires"] and w["approved_by"] != owner
        and date.fromisoformat(w["expires"]) - date.fromisoformat(w["granted"]) < timedelta(366)  # both days counted
        for w in case["declaration"].get("waivers", []))


def evaluate(case: Dict) -> Dict:
    controls = {control["id"]: control for control in case["catalog"]["controls"]}
    asked = [i for i in controls if settings(case, controls[i])]
    findings: Dict = {}
    def judge(control_id: str) -> str:
        """Judge a control after everything it requires; what it counts as for a control that requires it."""
        if control_id not in findings:
            own, reasons, assurance = judge_own(case, controls[control_id])
            level, level_reason = level_in_force(case, controls[control_id])
            required = [[p] if isinstance(p, str) else p["any_of"] for p in controls[control_id].get("requires", [])]
            groups = [{m: value for m, value in {m: judge(m) for m in group}.items() if in_scope(case, controls[m])}
                      for group in required]
            bests = [best(group.values()) for group in groups]
            cap = best(["undetermined", worst(bests)])
            blocked = own != "not-applicable" and worst([own, cap]) != own
            blocked_by = {m for group, value in zip(groups, bests, strict=True) for m in group
                          if blocked and group[m] == value and best(["undetermined", value]) == cap}
            findings[control_id] = {
                "level": level, "level_reason": level_reason, "own": own, "finding": cap if blocked else own,
                "selected_by": "checklist" if control_id in asked else "prerequisite", "assurance": assurance,
                "reasons": sorted(reasons | {"blocked-by"} if blocked else reasons), "blocked_by": sorted(blocked_by)}
        return "undetermined" if "justified-na" in findings[control_id]["reasons"] else findings[control_id]["finding"]
    def roots(control_id: str) -> list[str]:
        return [root for one in findings[control_id]["blocked_by"] for root in roots(one)] or [control_id]
    for control_id in asked:
        judge(control_id)
    must = [i for i in asked if findings[i]["level"] == "must" and findings[i]["finding"] != "not-applicable"]
    principles = {p: worst([findings[i]["finding"] for i in must if controls[i]["principle"] == p], default=None)
                  for p in {controls[i]["principle"] for i in findings}}
    is_open = {i for i in findings if findings[i]["finding"] not in ("satisfied", "not-applicable")}
    waived = {i for i in is_open if waiver_holds(case, controls[i], findings[i]["level_reason"])}
    passed_over = {i for i in is_open if findings[i]["own"] == "satisfied" and waived.issuperset(roots(i))}
    blocking = sorted(is_open.intersection(must) - waived - passed_over)
    return {"findings": findings, "principles": principles, "blocking": blocking}
