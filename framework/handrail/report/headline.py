"""The headline of a report: one sentence for each case that applies, in a fixed order.

Belongs here: the cases of report-wording, word for word; only numbers agree with their nouns, and a part of a case
whose count is 0 is left out. Never here: counting (`assess.headline`).
"""

from __future__ import annotations

from handrail.model.headline import HeadlineFacts
from handrail.report.agreement import listed, number, plural, verb


def headline(facts: HeadlineFacts) -> tuple[str, ...]:
    """The sentences of the headline: those cases that apply, in their fixed order."""
    cases = (
        _always(facts),
        _under_half_determined(facts),
        *_narrow_scope(facts),
        _kinds_of_open(facts),
        _strength(facts),
        _waivers(facts),
        *_inherited(facts),
        _aged(facts),
        _redacted(facts),
        _made_by(facts),
        "Worked example; the project is fictional." if facts.fictional else "",
    )
    return tuple(one for one in cases if one)


def _always(facts: HeadlineFacts) -> str:
    day, n, project = facts.as_of.isoformat(), facts.must, facts.project
    if n == 0:
        return f"On {day}, no MUST control in this report applied to {project}."
    which = f"{n} MUST {plural(n, 'control')} in this report that {verb(n, 'applies', 'apply')} to"
    if facts.open_must == 0:
        what = f"{which} it, the evidence that the catalogue asks for"
        return f"On {day}, {project} had supplied, for each of the {what}."
    return f"On {day}, {facts.open_must} of the {which} {project} {verb(facts.open_must, 'was', 'were')} open."


def _under_half_determined(facts: HeadlineFacts) -> str:
    if 2 * (facts.must - facts.undetermined) >= facts.must:
        return ""
    them = verb(facts.undetermined, "it", "them")
    return (
        f"{facts.undetermined} of {facts.must} could not be determined. This says nothing good or bad about {them}: "
        "nothing current and readable was supplied."
    )


def _narrow_scope(facts: HeadlineFacts) -> list[str]:
    sentences = []
    n, m = facts.must, facts.catalog_must
    if facts.checklists and n < m:
        lists = f"{plural(len(facts.checklists), 'checklist')} {listed(facts.checklists)}"
        which = f"{m} MUST {plural(m, 'control')} that {verb(m, 'applies', 'apply')}"
        sentences.append(
            f"This report covers the {lists} only: {n} of the {which} to {facts.project} by its own description."
        )
    if facts.roles_not_chosen:
        roles = f"{plural(len(facts.roles_not_chosen), 'role')} {listed(facts.roles_not_chosen)}"
        have = verb(len(facts.roles_not_chosen), "has a checklist of its own that was", "have checklists that were")
        sentences.append(f"Its declared {roles} {have} not chosen.")
    return sentences


def _kinds_of_open(facts: HeadlineFacts) -> str:
    kinds = facts.kinds
    if kinds is None or not facts.open_must:
        return ""
    if kinds.undetermined == facts.open_must and not kinds.waiting and _under_half_determined(facts):
        return ""  # said already
    a, p, b, c = kinds.reported_absent, kinds.reported_partial, kinds.not_as_declared, kinds.undetermined
    reported = [f"{a} the project itself reports as not in place"] if a else []
    if p:
        reported.append(f"{p} as in place in part" if a else f"{p} the project itself reports as in place in part")
    parts = [", ".join(reported)] if reported else []
    if b:
        parts.append(f"for {b} the files supplied do not show what was declared")
    if c:
        wait = f", of which {kinds.waiting} {verb(kinds.waiting, 'waits', 'wait')} for another control"
        parts.append(f"{c} could not be determined{wait if kinds.waiting else ''}")
    if kinds.held_at_part:
        h = kinds.held_at_part
        parts.append(f"{h} {verb(h, 'counts', 'count')} in part because another control does")
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _strength(facts: HeadlineFacts) -> str:
    if not facts.satisfied:
        return ""
    v, w = facts.well_shown, facts.satisfied - facts.well_shown
    return (
        f"Of the {facts.satisfied} that {verb(facts.satisfied, 'is', 'are')} satisfied, {v} {verb(v, 'was', 'were')} "
        f"checked by program or signed by another organisation; {w} {verb(w, 'rests', 'rest')} on the project's own "
        "documents or word."
    )


def _waivers(facts: HeadlineFacts) -> str:
    if not facts.waived:
        return ""
    days = [f"{one.count} open" + (f" until {one.until.isoformat()}" if one.until else "") for one in facts.waived]
    them = verb(sum(one.count for one in facts.waived), "it", "them")
    return f"The project has chosen to leave {listed(days)}; that does not close {them}."


def _inherited(facts: HeadlineFacts) -> list[str]:
    day = facts.as_of.isoformat()
    return [
        f"{one.count} {verb(one.count, 'rests', 'rest')} on the assessment of {one.upstream}, judged again on {day}."
        for one in facts.inherited
    ]


def _aged(facts: HeadlineFacts) -> str:
    aged = facts.aged
    if aged is None:
        return ""
    pieces = f"{number(aged.pieces, 'piece')} of evidence {verb(aged.pieces, 'has', 'have')} passed"
    their = verb(aged.pieces, "its", "their")
    return (
        f"Since {facts.as_of.isoformat()}, {pieces} {their} date; judged on {aged.today.isoformat()}, {aged.open_must} "
        "would be open."
    )


def _redacted(facts: HeadlineFacts) -> str:
    r = facts.counted_only
    are = verb(r, "is", "are")
    return f"{number(r, 'result')} {are} counted here but not shown control by control." if r else ""


def _made_by(facts: HeadlineFacts) -> str:
    if facts.made_by is None:
        return ""
    reply = facts.made_by.replied
    did = f"replied on {reply.isoformat()}" if reply else "has not replied"
    return f"Made by {facts.made_by.who}, not by {facts.project}, which {did}."
