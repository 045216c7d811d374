"""Which rules and which sides of which dates a random case put to the test.

Belongs here: names for what a case and its findings show was met, so that a test can prove that nothing was missed.
Never here: right or wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests import naive

Case = dict[str, Any]

WANTED = frozenset(
    f"{subject}: {what}"
    for subject, whats in {
        "undeclared fact under": ["applies_when", "unless", "when"],
        "scope": ["a declared mismatch beats an undeclared fact", "a value is matched through its parent's parent"],
        "any_of": ["some members out of scope", "all members out of scope", "best member not alone", "contradicted"],
        "chain": ["four controls blocked in a row", "blocked at partial", "waived root passed over", "open root"],
        "entry": ["today", "tomorrow", "exactly max_age", "one day past max_age", "undated without max_age"],
        "escalation": ["from today", "from tomorrow", "until today", "until yesterday", "shortens max_age"],
        "clause": ["seen", "secondary", "memory", "unverified"],
        "planned": ["due today", "due yesterday", "no due"],
        "waiver": [
            *("granted today", "granted tomorrow", "expires today", "expired yesterday", "366 days", "367 days"),
            *("approved by its owner", "not allowed", "under law", "on a prerequisite", "two of one control"),
        ],
        "inherited": [
            *("as_of today", "as_of tomorrow", "valid_until today", "valid_until yesterday", "own evidence too"),
            *("digest fails", "signature bad", "unsigned but only claimed asked", "same project", "project in chain"),
            *("an id twice in the chain", "no such upstream", "unassessed there", "not-applicable there"),
        ],
        "supersedes": ["a later day", "the same day", "undated", "an earlier day", "itself", "what was shown"],
        "checklists": [
            *("two select with different levels", "one weakens", "sets what it does not select", "set changes max_age"),
            "prerequisite only",
        ],
        "alternative": ["attested"],
        "statement": ["own text saves an unknown catalog"],
        "principle": ["no MUST applies", "prerequisites only"],
    }.items()
    for what in whats
)
NOT_JUDGED = {"out-of-scope", "undeclared", "unreviewed", "requirement-changed", "no-evidence-asked"}


def hits(case: Case, got: Case) -> Iterator[str]:
    """The names of what this case met; `got` is what an evaluator made of it."""
    yield from (f"reason: {code}" for finding in got["findings"].values() for code in finding["reasons"])
    for finder in (_scope, _chains, _entries, _escalations, _planned, _waivers, _inherited, _checklists, _rest):
        yield from finder(case, got)


def _judged(case: Case, got: Case) -> Iterator[tuple[Case, Case, Case]]:
    """Control, answer and finding of every control in the report that applies."""
    for control in case["catalog"]["controls"]:
        finding = got["findings"].get(control["id"])
        if finding and finding["reasons"] != ["out-of-scope"]:
            yield control, case["declaration"]["controls"].get(control["id"], {}), finding


def _beside(case: Case, day: str | None) -> str:
    """`yesterday`, `today`, `tomorrow`, or nothing of note."""
    away = (date.fromisoformat(day) - date.fromisoformat(case["as_of"])).days if day else 99
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away, "")


def _scope(case: Case, got: Case) -> Iterator[str]:
    facts = case["declaration"]["facts"]
    for control, _, _ in _judged(case, got):
        for key in ("applies_when", "unless"):
            if control.get(key, {}).keys() - facts.keys():
                yield f"undeclared fact under: {key}"
        if any(e.get("when", {}).keys() - facts.keys() for e in naive.escalations(case, control)):
            yield "undeclared fact under: when"
        wanted = control.get("applies_when", {}).get("jurisdiction", [])
        if "us" in wanted and facts.get("jurisdiction") == ["us-ca-la"] and not {"us-ca", "us-ca-la"} & set(wanted):
            yield "scope: a value is matched through its parent's parent"
    for control in case["catalog"]["controls"]:
        applies = control.get("applies_when", {})
        if control["id"] in got["findings"] and applies.keys() - facts.keys() and not naive.when_holds(case, applies):
            yield "scope: a declared mismatch beats an undeclared fact"


def _chains(case: Case, got: Case) -> Iterator[str]:
    findings = got["findings"]

    def length(one: str) -> int:
        return 1 + max((length(blocker) for blocker in findings[one]["blocked_by"]), default=0)

    for control, _, finding in _judged(case, got):
        groups = [one["any_of"] for one in control.get("requires", []) if isinstance(one, dict)]
        for group in groups:
            out = [findings[one]["reasons"] == ["out-of-scope"] for one in group]
            if any(out):
                yield f"any_of: {'all' if all(out) else 'some'} members out of scope"
            if len(set(group) & set(finding["blocked_by"])) > 1:
                yield "any_of: best member not alone"
        if length(control["id"]) >= 4:
            yield "chain: four controls blocked in a row"
        if finding["finding"] == "partial" and finding["own"] == "satisfied":
            yield "chain: blocked at partial"
        at_gate = finding["level"] == "must" and finding["selected_by"] == "checklist"
        if at_gate and finding["blocked_by"] and finding["own"] == "satisfied":
            passed = control["id"] not in got["blocking"] and not _waivers_of(case, control)
            yield f"chain: {'waived root passed over' if passed else 'open root'}"


def _entries(case: Case, got: Case) -> Iterator[str]:
    for control, answer, finding in _judged(case, got):
        if answer.get("state") not in ("implemented", "partial", "alternative") or NOT_JUDGED & set(finding["reasons"]):
            continue
        seen = case["observations"].get(control["id"], {})
        for requirement in control["evidence"]:
            given = [entry for one in requirement.get("any_of", [requirement]) for entry in seen.get(one["id"], [])]
            yield from _superseding(given)
            if "any_of" in requirement and "evidence-contradicts" in finding["reasons"]:
                yield "any_of: contradicted"
            for one in requirement.get("any_of", [requirement]):
                age = naive.max_age(case, control, one)
                for entry in (e for e in seen.get(one["id"], []) if e["verdict"] in ("shown", "partial")):
                    if age is None and "date" not in entry:
                        yield "entry: undated without max_age"
                    yield f"entry: {_beside(case, entry.get('date'))}"
                    if age is not None and "date" in entry:
                        over = date.fromisoformat(case["as_of"]) - date.fromisoformat(entry["date"]) - timedelta(age)
                        yield f"entry: {({0: 'exactly', 1: 'one day past'}).get(over.days, '')} max_age"


def _superseding(given: list[Case]) -> Iterator[str]:
    for old in (e for e in given if "run" in e):
        for new in (e for e in given if e.get("supersedes") == old["run"]):
            if old["verdict"] != "contradicted":
                yield "supersedes: what was shown"
            elif new.get("run") == old["run"]:
                yield "supersedes: itself"
            elif "date" not in new or "date" not in old:
                yield "supersedes: undated"
            elif new["date"] == old["date"]:
                yield "supersedes: the same day"
            else:
                yield f"supersedes: {'a later' if new['date'] > old['date'] else 'an earlier'} day"


def _escalations(case: Case, got: Case) -> Iterator[str]:
    for control, _, _ in _judged(case, got):
        for escalation in control.get("escalates", []):
            confidence = case["catalog"]["references"][0]["clauses"][escalation["clause"]]
            yield f"clause: {confidence}"
            if naive.when_holds(case, escalation.get("when", {})) and confidence in ("seen", "secondary"):
                yield f"escalation: from {_beside(case, escalation.get('from'))}"
                yield f"escalation: until {_beside(case, escalation.get('until'))}"
                if "max_age" in escalation and escalation in naive.escalations(case, control):
                    yield "escalation: shortens max_age"


def _planned(case: Case, got: Case) -> Iterator[str]:
    for _, answer, _ in _judged(case, got):
        if answer.get("state") == "planned":
            yield f"planned: due {_beside(case, answer.get('due'))}" if "due" in answer else "planned: no due"


def _waivers_of(case: Case, control: Case) -> list[Case]:
    return [one for one in case["declaration"].get("waivers", []) if one["control"] == control["id"]]


def _waivers(case: Case, got: Case) -> Iterator[str]:
    for control, answer, finding in _judged(case, got):
        given = _waivers_of(case, control)
        if finding["finding"] in ("satisfied", "not-applicable") or finding["level"] != "must":
            continue
        for one in given:
            if finding["selected_by"] == "prerequisite":
                yield "waiver: on a prerequisite"
            yield f"waiver: granted {_beside(case, one['granted'])}"
            beside = _beside(case, one["expires"])
            yield f"waiver: {'expired' if beside == 'yesterday' else 'expires'} {beside}"
            days = (date.fromisoformat(one["expires"]) - date.fromisoformat(one["granted"])).days + 1
            if one["granted"] <= case["as_of"] <= one["expires"]:
                yield f"waiver: {days} days"
                yield "waiver: " + ("approved by its owner" if one["approved_by"] == answer.get("owner") else "")
                yield "waiver: " + ("not allowed" if not control["allow"].get("waive", True) else "")
                yield "waiver: " + ("under law" if finding["level_reason"] == "law" else "")
        if len(given) > 1:
            yield "waiver: two of one control"


def _inherited(case: Case, got: Case) -> Iterator[str]:
    own = case["declaration"]["project"]["id"]
    for control, answer, finding in _judged(case, got):
        reasons = finding["reasons"]
        if answer.get("state") != "inherited" or not {"inherited", "upstream-unverified"} & set(reasons):
            if "upstream-not-applicable" in reasons:
                there = case["upstream"][answer["from"]]["findings"]
                yield f"inherited: {'not-applicable' if control['id'] in there else 'unassessed'} there"
            continue
        upstream = case["upstream"].get(answer["from"])
        if upstream is None:
            yield "inherited: no such upstream"
            continue
        chain = [upstream["project"], *upstream.get("seen", [])]
        yield f"inherited: as_of {_beside(case, upstream['as_of'])}"
        yield "inherited: " + ("" if upstream["digest_ok"] else "digest fails")
        yield f"inherited: signature {upstream['signature']}"
        yield "inherited: " + ("same project" if upstream["project"] == own else "")
        yield "inherited: " + ("project in chain" if own in chain[1:] else "")
        yield "inherited: " + ("an id twice in the chain" if len(set(chain)) < len(chain) else "")
        if "inherited" in reasons:
            there = upstream["findings"][control["id"]]
            yield f"inherited: valid_until {_beside(case, there.get('valid_until'))}"
            yield "inherited: " + (
                "own evidence too" if any(case["observations"].get(control["id"], {}).values()) else ""
            )
            yield "inherited: " + ("unsigned but only claimed asked" if upstream["signature"] == "none" else "")


def _checklists(case: Case, got: Case) -> Iterator[str]:
    chosen = case["declaration"].get("checklists") or []
    lists = [one for one in case["catalog"]["checklists"] if one["id"] in chosen]
    for control, _, finding in _judged(case, got):
        sets = naive.settings(case, control)
        levels = [naive.LEVELS.index(str(one.get("level", control["level"]))) for one in sets]
        if len(set(levels)) > 1:
            yield "checklists: two select with different levels"
        if levels and max(levels) < naive.LEVELS.index(control["level"]):
            yield "checklists: one weakens"
        if any("max_age" in one for one in sets) and control["evidence"]:
            yield "checklists: set changes max_age"
        if any(control["id"] in one.get("set", {}) and control["id"] not in one["controls"] for one in lists):
            yield "checklists: sets what it does not select"
        if finding["selected_by"] == "prerequisite":
            yield "checklists: prerequisite only"


def _rest(case: Case, got: Case) -> Iterator[str]:
    for _, answer, finding in _judged(case, got):
        if answer.get("state") == "alternative" and finding["own"] == "satisfied":
            yield "alternative: attested"
        unknown = case["declaration"].get("catalog", {}).get("digest") != "current"
        if unknown and answer.get("statement") == "current" and finding["own"] == "satisfied":
            yield "statement: own text saves an unknown catalog"
    of = {control["id"]: control["principle"] for control in case["catalog"]["controls"]}
    asked = {of[one] for one, finding in got["findings"].items() if finding["selected_by"] == "checklist"}
    for principle, finding in got["principles"].items():
        if finding is None:
            yield f"principle: {'no MUST applies' if principle in asked else 'prerequisites only'}"
