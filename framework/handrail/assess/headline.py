"""The counts behind the headline of a report.

Belongs here: taking each count of `model.headline` from an assessment. Never here: a sentence (`report.wording`).
Source: report-wording, the cases of the headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from handrail.assess.summary import counted
from handrail.assess.waivers import is_waived
from handrail.model.assessment import Assessment, ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.headline import Aged, HeadlineFacts, Inherited, MadeBy, OpenKinds, Waived
from handrail.model.terms import Assurance, Finding, Level, State

_WELL_SHOWN = frozenset(one for one in Assurance if one >= Assurance.VERIFIED)


def headline_facts(
    assessment: Assessment,
    bundle: Bundle,
    *,
    fictional: bool = False,
    today: date | None = None,
    made_by: MadeBy | None = None,
) -> HeadlineFacts:
    """Count what the headline says.

    Args:
        assessment: the run to speak of.
        bundle: gives titles of checklists and labels of roles; an id that it does not know stands for itself.
        fictional: the project is a worked example.
        today: the UTC day of reading, where that is later than the day of the run.
        made_by: who made the report, if not the project.
    """
    titles = {one.checklist.id: one.checklist.title for one in bundle.checklists}
    labels = bundle.facts["role"].values if "role" in bundle.facts else {}
    must = musts(assessment)
    satisfied = [one for one in must if one.finding is Finding.SATISFIED]
    still_open = [one for one in must if one.finding.is_open]
    return HeadlineFacts(
        project=assessment.project.name,
        as_of=assessment.as_of,
        must=len(must),
        open_must=len(still_open),
        undetermined=sum(one.finding is Finding.UNDETERMINED for one in must),
        satisfied=len(satisfied),
        well_shown=sum(one.assurance in _WELL_SHOWN for one in satisfied),
        catalog_must=assessment.summary.catalog_must,
        checklists=tuple(titles.get(one, one) for one in assessment.checklists),
        roles_not_chosen=tuple(
            labels[one].label if one in labels else one for one in assessment.summary.roles_not_chosen
        ),
        kinds=open_kinds(still_open),
        waived=_waived(still_open),
        inherited=_inherited(must),
        aged=_aged(assessment, must, today),
        made_by=made_by,
        fictional=fictional,
    )


def musts(assessment: Assessment) -> list[ControlFinding]:
    """The MUST controls that the checklists select and that apply, in reading order."""
    return [
        one
        for one in counted(assessment.findings)
        if one.level is Level.MUST and one.finding is not Finding.NOT_APPLICABLE
    ]


def open_kinds(still_open: Iterable[ControlFinding]) -> OpenKinds:
    """Sort open controls by what is known of them; each falls under the first kind that fits."""
    kinds = Counter(_kind(one) for one in still_open)
    return OpenKinds(
        reported_absent=kinds["absent"],
        reported_partial=kinds["partial"],
        not_as_declared=kinds["not-as-declared"],
        undetermined=kinds["undetermined"] + kinds["waiting"],
        waiting=kinds["waiting"],
        held_at_part=kinds["held-at-part"],
    )


def _kind(one: ControlFinding) -> str:
    if one.finding is Finding.UNDETERMINED:
        return "waiting" if one.blocked_by else "undetermined"
    if one.declared is Finding.NOT_SATISFIED:
        return "absent"
    if one.finding is Finding.PARTIAL and one.state is State.PARTIAL:
        return "partial"
    return "held-at-part" if one.blocked_by else "not-as-declared"


def _waived(still_open: Iterable[ControlFinding]) -> tuple[Waived, ...]:
    days = Counter(one.waiver.expires for one in still_open if one.waiver is not None and is_waived(one))
    return tuple(Waived(count=days[day], until=day) for day in sorted(days))


def _inherited(must: Iterable[ControlFinding]) -> tuple[Inherited, ...]:
    upstreams = Counter(
        reason.upstream
        for one in must
        for reason in one.reasons
        if reason.code == "inherited" and reason.upstream is not None
    )
    return tuple(Inherited(upstream=one, count=upstreams[one]) for one in sorted(upstreams))


def _aged(assessment: Assessment, must: Iterable[ControlFinding], today: date | None) -> Aged | None:
    if today is None or today <= assessment.as_of:
        return None
    lapsed = sum(
        entry.counts and entry.valid_until is not None and entry.valid_until < today
        for one in counted(assessment.findings)
        for entry in one.evidence
    )
    open_then = sum(one.finding.is_open or (one.valid_until is not None and one.valid_until < today) for one in must)
    if not lapsed and open_then == len(assessment.summary.open_must):
        return None
    return Aged(today=today, pieces=lapsed, open_must=open_then)
