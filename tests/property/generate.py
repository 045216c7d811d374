"""Random conformance cases (shape: `tests/conformance/README.md`), far wider than any hand-written list.

Belongs here: the dice, loaded so that rare rules are met often and every date is tried on both of its sides. Never
here: what a case should give.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

Case = dict[str, Any]
FACTS = {
    "role": ["model-developer", "model-host", "generative-service"],
    "modality": ["text", "image", "video"],
    "distribution": ["internal-only", "api", "open-weights"],
    "jurisdiction": ["eu", "us", "us-ca", "us-ca-la", "uk"],
}
PARENTS = {"us-ca": "us", "us-ca-la": "us-ca"}
CLAUSES = {"1": "seen", "2": "secondary", "3": "memory", "4": "unverified"}
DAYS = ["2026-11-24", "2026-12-31", "2027-03-01", "2028-02-29"]
AGES = [30, 90, 180, 365]
LEVELS = ["must", "should", "may"]
TIERS = ["claimed", "documented", "verified", "attested"]
FINDINGS = ["satisfied", "partial", "undetermined", "not-satisfied", "not-applicable"]
SILENT = ["missing", "unreadable", "altered", "mismatched", "refused", "unavailable"]
DECLARATIONS_PER_CATALOG = 8


def cases(seed: int, count: int) -> Iterator[Case]:
    """`count` cases; the same seed gives the same cases. Those of one catalog share it as one object."""
    dice = Random(seed)
    for number in range(0, count, DECLARATIONS_PER_CATALOG):
        today = date.fromisoformat(dice.choice(DAYS))
        catalog = _catalog(dice, today)
        for one in range(min(DECLARATIONS_PER_CATALOG, count - number)):
            yield {"name": f"{seed}-{number + one}", "as_of": today.isoformat(), "catalog": catalog} | _project(
                dice, today, catalog
            )


def _maybe(dice: Random, chance: float, key: str, value: Any) -> Case:  # the value is thrown away where chance fails
    return {key: value} if dice.random() < chance else {}


def _around(dice: Random, today: date, *far: int) -> str:
    """A day at `today`, next to it, or far from it."""
    return (today + timedelta(dice.choice([-1, 0, 1, *far]))).isoformat()


def _selector(dice: Random, most: int = 2) -> Case:
    facts = dice.sample(list(FACTS), dice.randint(1, most))
    return {fact: dice.sample(FACTS[fact], dice.randint(1, len(FACTS[fact]) - 1)) for fact in facts}


def _catalog(dice: Random, today: date) -> Case:
    chained = dice.random() < 0.4
    controls: list[Case] = []
    for number in range(dice.randint(3, 7)):
        ids = [control["id"] for control in controls]
        controls.append(_control(dice, today, f"C{number % 3}-0{number}", ids, chained))
    ids = [control["id"] for control in controls]
    checklists = [
        {"id": f"l{number}", "controls": dice.sample(ids, dice.randint(1, len(ids)))} | _tailoring(dice, ids)
        for number in range(dice.randint(0, 3))
    ]
    dice.shuffle(controls)
    return {
        "facts": FACTS,
        "fact_parents": PARENTS,
        "references": [{"id": "law", "clauses": CLAUSES}],
        "controls": controls,
        "checklists": checklists,
    }


def _tailoring(dice: Random, ids: list[str]) -> Case:
    """Also of controls that the checklist does not select, which must do nothing."""
    chosen = dice.sample(ids, dice.randint(0, 2))
    changes = {
        one: _maybe(dice, 0.7, "level", dice.choice(LEVELS)) | _maybe(dice, 0.5, "max_age", _age(dice))
        for one in chosen
    }
    return {"set": changes} if changes else {}


def _control(dice: Random, today: date, name: str, earlier: list[str], chained: bool) -> Case:
    some = dice.sample(earlier, min(len(earlier), dice.choice([0, 0, 1, 2])))
    requires: list[Any] = earlier[-1:] if chained else some
    if len(earlier) > 1 and dice.random() < 0.4:
        requires = [*requires, {"any_of": dice.sample(earlier, dice.randint(2, min(3, len(earlier))))}]
    return {
        "id": name,
        "principle": name[:2],
        "level": dice.choice(LEVELS),
        "evidence": [_requirement(dice, f"e{number}") for number in range(dice.choice([0, 1, 1, 1, 1, 1, 2, 2]))],
        **_maybe(dice, 0.3, "applies_when", _selector(dice)),
        **_maybe(dice, 0.25, "unless", _selector(dice)),
        **({"requires": requires} if requires else {}),
        **_maybe(dice, 0.4, "escalates", [_escalation(dice, today) for _ in range(dice.randint(1, 2))]),
        "allow": _maybe(dice, 0.7, "not_applicable", dice.random() < 0.7)
        | _maybe(dice, 0.4, "inherit", dice.random() < 0.6)
        | _maybe(dice, 0.4, "waive", dice.random() < 0.6),
    }


def _escalation(dice: Random, today: date) -> Case:
    return {
        "level": dice.choice(["must", "must", "should"]),
        "reference": "law",
        "clause": dice.choice(list(CLAUSES)),
        **_maybe(dice, 0.5, "when", _selector(dice)),
        **_maybe(dice, 0.5, "from", _around(dice, today, -300)),
        **_maybe(dice, 0.5, "until", _around(dice, today, 300)),
        **_maybe(dice, 0.2, "max_age", _age(dice)),
    }


def _age(dice: Random) -> str:
    return f"P{dice.choice(AGES)}D"


def _requirement(dice: Random, name: str) -> Case:
    if dice.random() < 0.3:
        return {"any_of": [_plain(dice, f"{name}{letter}") for letter in "abc"[: dice.randint(2, 3)]]}
    return _plain(dice, name)


def _plain(dice: Random, name: str) -> Case:
    return {"id": name, "assurance": dice.choice(TIERS), **_maybe(dice, 0.6, "max_age", _age(dice))}


def _project(dice: Random, today: date, catalog: Case) -> Case:
    controls = catalog["controls"]
    lists = [one["id"] for one in catalog["checklists"]]
    digest = dice.choice(["current"] * 9 + ["other", None])
    answers = {one["id"]: _answer(dice, today) for one in controls if dice.random() < 0.92}
    good = dice.random() < 0.5  # half of the projects show most of what is asked, so that caps and gates come to matter
    seen = {one["id"]: _observed(dice, today, one, good) for one in controls if dice.random() < 0.9}
    return {
        "declaration": {
            "project": {"id": "p"},
            "facts": {
                fact: dice.sample(values, dice.choice([1, 1, 2, 3]))
                for fact, values in FACTS.items()
                if dice.random() < 0.7
            },
            **_maybe(dice, 0.6, "checklists", dice.sample(lists, dice.randint(0, len(lists)))),
            **({"catalog": {"digest": digest}} if digest else {}),
            "controls": answers,
            **_maybe(dice, 0.6, "waivers", [_waiver(dice, today, dice.choice(controls)["id"]) for _ in range(3)]),
        },
        "observations": seen,
        "upstream": {key: _upstream(dice, today, controls) for key in ("base", "next")},
    }


def _answer(dice: Random, today: date) -> Case:
    weights = {
        "implemented": 50,
        "partial": 8,
        "planned": 6,
        "not-implemented": 4,
        "alternative": 10,
        "not-applicable": 8,
        "inherited": 14,
    }
    state = dice.choices(list(weights), list(weights.values()))[0]
    return {
        "state": state,
        **_maybe(dice, 0.7 if state in ("alternative", "not-applicable") else 0.1, "justification", "because"),
        **_maybe(dice, 0.2, "statement", dice.choice(["current", "current", "other"])),
        **_maybe(dice, 0.8 if state == "planned" else 0, "due", _around(dice, today, -90, 90)),
        **_maybe(dice, state == "inherited", "from", dice.choice(["base", "base", "next", "nowhere"])),
        **_maybe(dice, 0.5, "owner", dice.choice(["x", "y"])),
    }


def _waiver(dice: Random, today: date, control: str) -> Case:
    granted = date.fromisoformat(_around(dice, today, -300, -364, -365, -366))
    expires = _around(dice, today, 60) if dice.random() < 0.5 else (granted + timedelta(dice.choice([364, 365, 366])))
    return {
        "control": control,
        "reason": "because",
        "granted": granted.isoformat(),
        "expires": str(expires),
        "approved_by": dice.choice(["y", "y", "z"]),
    }


def _observed(dice: Random, today: date, control: Case, good: bool) -> Case:
    asked = [member for one in control["evidence"] for member in one.get("any_of", [one])]
    return {one["id"]: _entries(dice, today, one, good) for one in asked if dice.random() < (0.95 if good else 0.7)}


def _entries(dice: Random, today: date, asked: Case, good: bool) -> list[Case]:
    entries = [_entry(dice, today, asked, good) for _ in range(dice.choice([0, 1, 1, 1, 1, 1, 2, 3]))]
    if entries and dice.random() < 0.12:  # a run that went badly, and perhaps a run that says it takes its place
        day = _around(dice, today, -20)
        entries.append({"verdict": "contradicted", "run": "r1", **_maybe(dice, 0.8, "date", day)})
        if dice.random() < 0.8:
            around = _around(dice, date.fromisoformat(day), 10)
            later = _entry(dice, today, asked, good=True) | _maybe(dice, 0.7, "date", around)
            entries.append(later | {"supersedes": "r1"} | _maybe(dice, 0.5, "run", dice.choice(["r1", "r2", "r2"])))
        if dice.random() < 0.2:  # a run that supersedes one that showed what was asked
            entries[0] = entries[0] | {"run": "r0"}
            entries.append({"verdict": dice.choice(SILENT), "supersedes": "r0"})
        if dice.random() < 0.5:
            dice.shuffle(entries)
    return entries


def _entry(dice: Random, today: date, asked: Case, good: bool) -> Case:
    roll = dice.random()
    if not good and roll < 0.35:
        return {"verdict": dice.choice(SILENT)}
    if not good and roll < 0.4:
        return {"verdict": "contradicted", **_maybe(dice, 0.5, "date", _around(dice, today))}
    ages = [int(asked["max_age"][1:-1])] if "max_age" in asked else AGES
    edge = dice.choice(ages) + dice.choice([-1, 0, 0, 1, 1])
    back = dice.choice([0, -1, edge, edge, 5]) if not good else dice.choice([0, 5, 5, 5, 5, edge])
    tier = dice.choice(TIERS) if not good and roll < 0.6 else dice.choice([asked["assurance"], "attested"])
    return {
        "verdict": "partial" if roll > 0.9 else "shown",
        "tier": tier,
        **_maybe(dice, 0.9, "date", (today - timedelta(back)).isoformat()),
    }


def _upstream(dice: Random, today: date, controls: list[Case]) -> Case:
    return {
        "project": dice.choice(["b"] * 12 + ["p"]),
        "as_of": _around(dice, today, -60, -60, -60, -60),
        "digest_ok": dice.random() < 0.93,
        "signature": dice.choice(["good"] * 6 + ["none"] * 3 + ["bad"]),
        **_maybe(dice, 0.3, "seen", dice.choice([["c"], ["c", "d"], ["c", "p"], ["b"], ["c", "c"]])),
        "findings": {
            one["id"]: {
                "finding": dice.choice([*FINDINGS, "satisfied", "satisfied", "partial"]),
                "fingerprint": dice.choice(["current"] * 7 + ["other"]),
                "assurance": dice.choice(TIERS),
                **_maybe(dice, 0.6, "valid_until", _around(dice, today, 90, 90)),
            }
            for one in controls
            if dice.random() < 0.85
        },
    }
