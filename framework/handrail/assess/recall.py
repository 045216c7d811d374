"""A subject made again from an assessment that recorded it, to be judged by another catalog or on another day.

Belongs here: what a record tells of answers, waivers and observations. Never here: judging them (`evaluate`); what an
upstream's record is worth to whom inherits from it (`rejudge`).

What a record does not hold is taken for the worse, so that nothing is made to look better than it was:

| not recorded | taken as |
|---|---|
| a justification where the answer fell for another reason | none |
| the earlier text that an answer stands for, where it stands for none known | none known |
| the upstream's assessment | its value as it was taken over then |
| the day by which planned work is due | none |

Waivers are kept to be named where they are no longer allowed; whether one held for its control's owner is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date, timedelta

from handrail.assess.assess import Subject
from handrail.catalog.resolve import alternatives
from handrail.model.assessment import Assessment, ControlFinding, EvidenceRecord
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, CatalogPin, Declaration, Project, Waiver
from handrail.model.observation import Observation, Signature, UpstreamFinding, UpstreamReading
from handrail.model.terms import Finding, State

_UPSTREAM = "recorded"
_NO_TEXT = "0" * 16
"""A fingerprint that no statement has."""


def recalled(there: Assessment, bundle: Bundle, *, wanted: Set[str] | None = None) -> Subject:
    """Make the subject again.

    Args:
        there: the record.
        bundle: the catalog that it was made by, which tells how much of an entry's last day is its greatest age.
        wanted: the controls to recall; None: all.
    """
    findings = [one for one in there.findings if wanted is None or one.control in wanted]
    answered = [one for one in findings if one.state is not None]
    inherited = {one.control: _upstream(one) for one in answered if one.state is State.INHERITED}
    reading = UpstreamReading(
        project=_UPSTREAM,
        as_of=there.as_of,
        digest_ok=True,
        signature=Signature.GOOD,
        findings=inherited,
    )
    return Subject(
        declaration=Declaration.made(
            {
                "handrail": 1,
                "catalog": CatalogPin.made({}),
                "project": Project.made({"id": there.project.id, "name": there.project.name}),
                "facts": there.facts,
                "checklists": there.checklists,
                "controls": {one.control: _answer(one) for one in answered},
                "waivers": tuple(_waiver(one) for one in findings if one.waiver is not None),
            }
        ),
        observations={one.control: tuple(_observations(one, bundle)) for one in answered if _looked_at(one)},
        upstream={_UPSTREAM: reading} if inherited else {},
    )


def _answer(there: ControlFinding) -> Answer:
    codes = {one.code for one in there.reasons}
    words = {"justification": "recorded"} if _was_justified(there.state, codes) else {}
    return Answer.made(
        {
            "state": there.state,
            "statement": _text(there, codes),
            "upstream": _UPSTREAM if there.state is State.INHERITED else None,
            **words,
        }
    )


def _text(there: ControlFinding, codes: set[str]) -> str | None:
    """The text that the answer stands for: the one it was judged by, unless the record says otherwise."""
    if "unreviewed" in codes:
        return None
    changed = any(one.code == "requirement-changed" and one.upstream is None for one in there.reasons)
    return _NO_TEXT if changed else there.fingerprint


def _was_justified(state: State | None, codes: set[str]) -> bool:
    if state is State.NOT_APPLICABLE:
        return "justified-na" in codes
    return state is State.ALTERNATIVE and not codes & {"alternative-unjustified", "unreviewed", "requirement-changed"}


def _looked_at(there: ControlFinding) -> bool:
    """Evidence beside an inherited answer counts only where the upstream's judgement was taken over."""
    return there.state is not State.INHERITED or any(one.code == "inherited" for one in there.reasons)


def _upstream(there: ControlFinding) -> UpstreamFinding:
    changed = any(one.code == "requirement-changed" for one in there.reasons)
    return UpstreamFinding(
        finding=there.own if _looked_at(there) else Finding.UNDETERMINED,
        fingerprint=_NO_TEXT if changed else there.fingerprint,
        assurance=there.assurance,
        valid_until=there.valid_until,
    )


def _waiver(there: ControlFinding) -> Waiver:
    one = there.waiver
    given = (
        {} if one is None else {name: getattr(one, name) for name in ("reason", "granted", "expires", "approved_by")}
    )
    return Waiver.made({"control": there.control, **given})


def _observations(there: ControlFinding, bundle: Bundle) -> Iterable[Observation]:
    ages = _ages(there.control, bundle)
    for one in there.evidence:
        yield Observation(
            requirement=one.requirement,
            kind=one.kind,
            verdict=one.verdict,
            tier=one.tier,
            date=one.date,
            run=one.run,
            supersedes=one.supersedes,
            artifact=one.artifact,
            valid_until=_limit(one, ages),
            text=one.text,
        )


def _limit(one: EvidenceRecord, ages: frozenset[timedelta]) -> date | None:
    """The last day of what is in the evidence itself; one that an age of the catalog set is none."""
    if one.date is None or one.valid_until is None or one.valid_until - one.date not in ages:
        return one.valid_until
    return None


def _ages(control: str, bundle: Bundle) -> frozenset[timedelta]:
    """Every greatest age that the catalog can put in force for some evidence of a control."""
    known = bundle.controls.get(control)
    if known is None:
        return frozenset()
    given = [r.max_age for group in known.evidence for r in alternatives(group)]
    given += [one.max_age for one in known.escalates]
    given += [one.tailoring[control].max_age for one in bundle.checklists if control in one.tailoring]
    return frozenset(age for age in given if age is not None)
