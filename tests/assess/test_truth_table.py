"""The published truth table, row by row: `model/truth-table.csv` is written by hand from DESIGN section 4.

Belongs here: what each word of the table stands for as a case, and the check of every row against both evaluators.
Never here: expected findings (those are the table).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests import naive
from tests.conformance.run import run

Case = dict[str, Any]
Row = dict[str, str]
TABLE = Path(__file__).parents[2] / "framework" / "handrail" / "model" / "truth-table.csv"
TODAY, YESTERDAY, TOMORROW = "2026-11-24", "2026-11-23", "2026-11-25"
NINETY_DAYS_AGO, THE_DAY_BEFORE = "2026-08-26", "2026-08-25"
SAMPLED = 30  # combinations of a row's free columns tried besides every single value
VERIFIED = {"verdict": "shown", "tier": "verified", "date": "2026-11-20"}
RUN = {"verdict": "contradicted", "run": "r1", "date": "2026-11-10"}
EVIDENCE: dict[str, list[Case]] = {
    "shown": [VERIFIED],
    "attested": [VERIFIED | {"tier": "attested"}],
    "last day": [VERIFIED | {"date": NINETY_DAYS_AGO}],
    "superseded": [RUN, VERIFIED | {"supersedes": "r1"}],
    "superseded by an earlier run": [RUN, VERIFIED | {"supersedes": "r1", "date": "2026-11-09"}],
    "part": [VERIFIED | {"verdict": "partial"}],
    "part attested": [VERIFIED | {"verdict": "partial", "tier": "attested"}],
    **{
        verdict: [{"verdict": verdict}]
        for verdict in ("contradicted", "missing", "unreadable", "altered", "mismatched", "refused", "unavailable")
    },
    "stale": [VERIFIED | {"date": THE_DAY_BEFORE}],
    "future": [VERIFIED | {"date": TOMORROW}],
    "undated": [{"verdict": "shown", "tier": "verified"}],
    "tier too low": [VERIFIED | {"tier": "documented"}],
    "not given": [],
    "none asked": [],
}
THERE = {"finding": "satisfied", "fingerprint": "current", "assurance": "verified"}
GOOD = {"project": "base", "as_of": "2026-11-01", "digest_ok": True, "signature": "good", "findings": {"C-01": THERE}}
UPSTREAM: dict[str, Case] = {
    **{
        finding: {"base": GOOD | {"findings": {"C-01": THERE | {"finding": finding}}}}
        for finding in ("satisfied", "partial", "undetermined", "not-satisfied", "not-applicable")
    },
    "last day": {"base": GOOD | {"findings": {"C-01": THERE | {"valid_until": TODAY}}}},
    "expired": {"base": GOOD | {"findings": {"C-01": THERE | {"valid_until": YESTERDAY}}}},
    "changed there": {"base": GOOD | {"findings": {"C-01": THERE | {"fingerprint": "other"}}}},
    "unassessed": {"base": GOOD | {"findings": {}}},
    "unsigned": {"base": GOOD | {"signature": "none"}},
    "digest fails": {"base": GOOD | {"digest_ok": False}},
    "signature fails": {"base": GOOD | {"signature": "bad"}},
    "of a later day": {"base": GOOD | {"as_of": TOMORROW}},
    "of this project": {"base": GOOD | {"project": "p"}},
    "chain leads back": {"base": GOOD | {"seen": ["c", "base"]}},
    "no such upstream": {},
}
STATES: dict[str, Case] = {
    "none": {},
    **{one: {"state": one} for one in ("implemented", "partial", "not-implemented", "alternative", "not-applicable")},
    "inherited": {"state": "inherited", "from": "base"},
    "planned": {"state": "planned", "due": TODAY},
    "planned past due": {"state": "planned", "due": YESTERDAY},
}
PREREQUISITE: dict[str, Case] = {
    "none": {},
    "satisfied": {"state": "implemented"},
    "partial": {"state": "partial"},
    "undetermined": {},
    "not-satisfied": {"state": "not-implemented"},
    "out of scope": {"state": "implemented"},
    "justified-na": {"state": "not-applicable", "justification": "because"},
}
COLUMNS: dict[str, list[str]] = {
    "scope": ["in", "out"],
    "state": list(STATES),
    "tied": ["current", "changed", "unknown"],
    "allowed": ["yes", "no"],
    "justified": ["yes", "no"],
    "evidence": list(EVIDENCE),
    "upstream": list(UPSTREAM),
    "prerequisite": list(PREREQUISITE),
    "level": ["must", "should", "may"],
}
OUT = {"applies_when": {"role": ["model-host"]}}


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expanded(row: Row, dice: Random) -> Iterator[Row]:
    """Every value of each free column once, the others at their first, and a sample of whole combinations."""
    choices = {c: known if row[c] == "*" else row[c].split("|") for c, known in COLUMNS.items()}
    first = {column: values[0] for column, values in choices.items()}
    yield first
    yield from (first | {column: value} for column, values in choices.items() for value in values[1:])
    for _ in range(SAMPLED):
        yield {column: dice.choice(values) for column, values in choices.items()}


def case_of(row: Row) -> Case:
    """The words of one row as a case: control C-01, perhaps with its prerequisite P-01."""
    allowed = row["allowed"] == "yes"
    answer = STATES[row["state"]] and {
        **STATES[row["state"]],
        **({"justification": "because"} if row["justified"] == "yes" else {}),
        **({"statement": "other"} if row["tied"] == "changed" else {}),
    }
    before = PREREQUISITE[row["prerequisite"]] and {**PREREQUISITE[row["prerequisite"]], "statement": "current"}
    asked = {"id": "e", "assurance": "verified", "max_age": "P90D"}
    return {
        "as_of": TODAY,
        "catalog": {
            "facts": {"role": ["model-developer", "model-host"]},
            "controls": [
                {
                    "id": "P-01",
                    "principle": "P",
                    "level": "may",
                    "evidence": [asked],
                    "allow": {"not_applicable": True},
                    **(OUT if row["prerequisite"] == "out of scope" else {}),
                },
                {
                    "id": "C-01",
                    "principle": "C",
                    "level": row["level"],
                    "evidence": [] if row["evidence"] == "none asked" else [asked],
                    "allow": {"not_applicable": allowed, "inherit": allowed},
                    **({} if row["prerequisite"] == "none" else {"requires": ["P-01"]}),
                    **(OUT if row["scope"] == "out" else {}),
                },
            ],
            "checklists": [{"id": "list", "controls": ["C-01"]}],
        },
        "declaration": {
            "project": {"id": "p"},
            "facts": {"role": ["model-developer"]},
            "checklists": ["list"],
            **({} if row["tied"] == "unknown" else {"catalog": {"digest": "current"}}),
            "controls": {name: one for name, one in (("C-01", answer), ("P-01", before)) if one},
        },
        "observations": {"C-01": {"e": EVIDENCE[row["evidence"]]}, "P-01": {"e": [VERIFIED]}},
        "upstream": UPSTREAM[row["upstream"]],
    }


@pytest.mark.parametrize("number", range(len(rows())), ids=lambda number: f"line {number + 2}")
@pytest.mark.parametrize("evaluate", [run, naive.evaluate], ids=["handrail", "naive"])
def test_every_row_of_the_table_holds(number: int, evaluate: Any) -> None:
    row = rows()[number]
    for one in expanded(row, Random(number)):
        made = evaluate(case_of(one))
        finding = made["findings"]["C-01"]
        assert (finding["own"], finding["finding"]) == (row["own"], row["finding"]), one
        assert ";".join(finding["reasons"]) == row["reasons"], one
        blocks = row["blocks"] == "at must" and one["level"] == "must"
        assert made["blocking"] == (["C-01"] if blocks else []), one


def test_the_table_leaves_no_situation_out_and_gives_each_one_answer() -> None:
    ruled: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for row in rows():
        answer = (row["own"], row["finding"], row["reasons"], row["blocks"])
        for situation in situations(row):
            ruled.setdefault(situation, set()).add(answer)
    anything = dict.fromkeys(COLUMNS, "*")
    left_out = [s for s in situations(anything) if s not in ruled and spoken_of(dict(zip(COLUMNS, s, strict=True)))]
    assert not [situation for situation, answers in ruled.items() if len(answers) > 1]
    assert not left_out


def situations(row: Row) -> Iterator[tuple[str, ...]]:
    """Every combination that a row speaks of; the level is left out, and the upstream where nothing is inherited."""
    choices = {c: known if row[c] == "*" else row[c].split("|") for c, known in COLUMNS.items()} | {"level": ["must"]}
    for state in choices["state"]:
        upstream = choices["upstream"] if state == "inherited" else ["satisfied"]
        yield from product(*(choices | {"state": [state], "upstream": upstream}).values())


def spoken_of(row: Row) -> bool:
    """The table need not repeat for every state what it says of evidence, nor of evidence beside what is inherited."""
    if row["state"] == "inherited":
        return row["evidence"] == "not given"
    return (
        row["evidence"] not in ("attested", "last day", "part attested", "not given") and "super" not in row["evidence"]
    )
