"""Edits made for real in a conformance case, and every edit that could be made in it.

Belongs here: writing an edit into a case as a person would write it into the files, and listing, without thought of
use, what could be written. Never here: which edits help.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from datetime import date
from random import Random
from typing import Any

from handrail.assess.answers import tied_answers
from handrail.assess.assess import Subject, controls_in_force, judge_subject
from handrail.assess.edits import Deed, Edit
from handrail.assess.flip import Ways, ways_to_close
from handrail.model.assessment import ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.terms import Assurance
from tests.conformance.run import DIGEST, subject_of

Case = dict[str, Any]
SIZES = {"S": 1, "M": 2, "L": 4}


def dressed(case: Case, dice: Random) -> Case:
    """The case with sizes of work, and with kinds of evidence of which only some can be signed by others."""
    case = copy.deepcopy(case)
    for control in case["catalog"]["controls"]:
        control["effort"] = dice.choice("SML")
        for one in requirements(control):
            one["kind"] = "attestation" if one["assurance"] == "attested" else dice.choice(["attestation", "document"])
    return case


def requirements(control: Case) -> list[Case]:
    return [member for one in control["evidence"] for member in one.get("any_of", [one])]


def with_edits(case: Case, edits: Iterable[Edit]) -> Case:
    """The case with the edits written into it."""
    answers, observations = dict(case["declaration"]["controls"]), dict(case["observations"])
    for edit in edits:
        if edit.deed is Deed.TIE:
            answers[edit.control] = answers[edit.control] | {"statement": "current"}
        elif edit.deed is Deed.DECLARE:
            answer = answers.get(edit.control, {"statement": "current"})
            answers[edit.control] = {key: value for key, value in answer.items() if key != "from"}
            answers[edit.control]["state"] = "implemented"
        else:
            new = {"verdict": "shown", "tier": str(edit.tier), "date": case["as_of"]}
            if edit.run is not None:
                new["supersedes"] = edit.run
            seen = observations.get(edit.control, {})
            observations[edit.control] = seen | {edit.requirement: [new, *seen.get(edit.requirement, ())]}
    return case | {"declaration": case["declaration"] | {"controls": answers}, "observations": observations}


def possible_edits(case: Case, control: Case) -> Iterator[Edit]:
    """Every edit of the four kinds that could be written for a control, useful or not."""
    name, answer = control["id"], case["declaration"]["controls"].get(control["id"])
    work = SIZES[control["effort"]]
    pinned = (case["declaration"].get("catalog") or {}).get("digest") == "current"
    if answer is None or answer["state"] != "implemented":
        yield Edit(deed=Deed.DECLARE, control=name, code="", effort=work)
    if answer is not None and answer.get("statement", "current" if pinned else "other") != "current":
        yield Edit(deed=Deed.TIE, control=name, code="", effort=1)
    signs = answer is not None and answer["state"] == "alternative"
    for one in requirements(control):
        tier = Assurance(one["assurance"])
        seen = case["observations"].get(name, {}).get(one["id"], [])
        tiers = {tier, Assurance.ATTESTED} if signs and one["kind"] == "attestation" else {tier}
        for wanted in sorted(tiers):
            yield Edit(
                deed=Deed.SUPPLY,
                control=name,
                code="",
                requirement=one["id"],
                tier=wanted,
                effort=wanted.rank + (1 if seen else 2),
            )
            for run in sorted({str(e["run"]) for e in seen if e["verdict"] == "contradicted" and "run" in e}):
                yield Edit(
                    deed=Deed.SUPERSEDE,
                    control=name,
                    code="",
                    requirement=one["id"],
                    tier=wanted,
                    run=run,
                    effort=work + wanted.rank + 1,
                )


def open_ways(case: Case, bundle: Bundle) -> tuple[Ways, dict[str, ControlFinding]]:
    """What would close each open control of a case, and the findings as they are."""
    subject: Subject = subject_of(case)
    day = date.fromisoformat(case["as_of"])
    controls = controls_in_force(bundle, subject.declaration, as_of=day)
    findings, _ = judge_subject(bundle, DIGEST, subject, controls, as_of=day)
    answers = tied_answers(subject.declaration, None, bundle, DIGEST)
    return ways_to_close(controls, answers, subject, findings, as_of=day), findings
