"""The statement of applicability for people and programs: text, Markdown, CSV, JSON.

Belongs here: the sentences about one control being in or out, and layout. Never here: whether it is
(`assess.applicability`). Internal unless its rows were projected: a justification and a waiver's reason stand in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from handrail.assess.applicability import Applicability, FactTest, Says
from handrail.model.reasons import sentence
from handrail.model.terms import Status
from handrail.report.agreement import listed, number, plural
from handrail.report.auditor import AuditorInput, Told, day, either, envelope, markdown, table, text
from handrail.report.canonical import values_to_json
from handrail.report.wording import duty_text, finding_label, level_text, waiver_line

Statement = AuditorInput[Applicability]

COUNTED_ONLY = "The public report counts it and does not show how it stands."
WAIVED = "The project has chosen to leave it open."


def scope_word(row: Applicability) -> str:
    """In or out, and who says so."""
    return f"{'in' if row.applies else 'out'}, by {_BY[row.said_by]}"


_BY: Mapping[Says, str] = MappingProxyType(
    {
        Says.CATALOG: "the catalog",
        Says.FACTS: "the declared facts",
        Says.CHECKLIST: "checklist",
        Says.DECLARATION: "declaration",
    }
)


def scope_lines(row: Applicability, given: Statement) -> tuple[str, ...]:
    """Why a control is in or out, in plain sentences."""
    return tuple(_scope(row, given))


def _scope(row: Applicability, given: Statement) -> Iterator[str]:
    if row.status is not None:
        yield _unjudged(row, given)
    elif row.said_by is Says.FACTS:
        yield _tested(row.facts)
    elif row.said_by is Says.DECLARATION:
        because = f" It says why: {row.justification}" if row.justification else ""
        yield f"{_who(row)} declares it not applicable, which the catalog accepts here.{because}"
    elif row.needed_by:
        yield (
            f"No chosen checklist holds it. {listed(row.needed_by)} cannot be relied on without it, so it is judged, "
            "and counted in no total."
        )
    elif row.checklists:
        yield f"Held by {plural(len(row.checklists), 'checklist')} {listed(row.checklists)}."
    elif row.applies:
        yield "No checklist is chosen, so the whole catalog is in the report."
    else:
        yield f"No chosen checklist holds it ({listed(given.assessment.checklists)})."
    for word in row.left_out:
        yield f"Checklist {word.checklist} leaves it out: {word.because}"
    if row.applies:
        yield from (_tested(row.facts),) if row.facts else ()
        yield from (sentence("undeclared-fact", fact=one) for one in row.undeclared)
    if row.refused:
        yield f"{_who(row)} declares it not applicable. {row.refused}"


def _who(row: Applicability) -> str:
    return "The organisation" if row.answered_by == "organisation" else "The project"


def _unjudged(row: Applicability, given: Statement) -> str:
    if row.status is not Status.RETIRED:
        return "The catalog does not judge it yet: it is a draft."
    by = given.bundle.controls[row.control].replaced_by
    return f"The catalog no longer judges it: it is retired{f', replaced by {by}' if by else ''}."


def _tested(tests: tuple[FactTest, ...]) -> str:
    named = " and ".join(f"{one.fact} is {either(one.named)}" for one in tests)
    declared = "; ".join(f"{one.fact} {', '.join(one.declared)}" for one in tests)
    if tests[0].rule == "unless":
        return f"It does not apply where {named} and nothing else; declared: {declared}."
    return f"It applies where {named}; declared: {declared}."


def level_lines(row: Applicability, given: Statement) -> tuple[str, ...]:
    """The level in force and who set it; then the other duties that apply, in force or not."""
    standing = row.standing
    level = level_text(standing.level, standing.reason, standing.duties, given.bundle)
    lines = [level if row.applies else f"If it were in: {level}"]
    for word in standing.set_by:
        lines.append(f"Set by checklist {word.checklist}{f': {word.because}' if word.because else '.'}")
    for duty in standing.duties:
        if duty.in_force:
            if standing.said_by is not Says.LAW:
                lines.append(f"Also {duty.level.upper()} by {duty_text(duty, given.bundle)}.")
        else:
            days = (f"from {day(duty.start)}" if duty.start else "", f"until {day(duty.until)}" if duty.until else "")
            when = "".join(f", {one}" for one in days if one)
            lines.append(f"Not in force: {duty.level.upper()} by {duty_text(duty, given.bundle)}{when}.")
    return tuple(lines)


def standing_lines(row: Applicability, given: Statement) -> tuple[str, ...]:
    """How the control stands in the report: answer, finding, whom it is inherited from, waiver."""
    return tuple(_standing(row, given))


def _standing(row: Applicability, given: Statement) -> Iterator[str]:
    if row.counted_only:
        yield COUNTED_ONLY
    if row.applies and row.finding is not None:
        found = f"Finding: {finding_label(row.finding, public=given.public)}."
        if given.public:
            yield found
        elif row.state is None:
            yield f"No answer. {found}"
        else:
            yield f"Declared by the {row.answered_by}: {row.state}. {found}"
    if row.upstream:
        behind = row.upstream_project
        yield f"Inherited from {row.upstream}{f' (project {behind})' if behind and behind != row.upstream else ''}."
    if row.waiver is not None:
        yield waiver_line(row.waiver, as_of=given.assessment.as_of)
    elif row.waived:
        yield WAIVED


def _counts(rows: tuple[Applicability, ...]) -> str:
    out = Counter(_BY[one.said_by] for one in rows if not one.applies)
    parts = [f"{sum(one.applies for one in rows)} in", *(f"{count} out by {by}" for by, count in out.items())]
    return f"Of {number(len(rows), 'control')} of the catalog: {', '.join(parts)}."


def _told(given: Statement) -> Told:
    return Told(
        title="Statement of applicability",
        lead=(_counts(given.rows),),
        words={row.control: scope_word(row) for row in given.rows},
        lines={
            row.control: (*scope_lines(row, given), *level_lines(row, given), *standing_lines(row, given))
            for row in given.rows
        },
    )


def _text(given: Statement) -> str:
    return text(_told(given), given)


def _markdown(given: Statement) -> str:
    return markdown(_told(given), given)


_COLUMNS = (
    *("control", "title", "phase", "principle", "applies", "said_by", "why", "level", "level_said_by", "level_why"),
    *("state", "answered_by", "finding", "inherited_from", "waived_until", "note"),
)


def _csv(given: Statement) -> str:
    return table(_COLUMNS, (_cells(row, given) for row in given.rows))


def _cells(row: Applicability, given: Statement) -> dict[str, str]:
    return {
        **{key: value or "" for key, value in _named(row, given).items()},
        "title": given.bundle.controls[row.control].title,
        "applies": "in" if row.applies else "out",
        "why": " ".join(scope_lines(row, given)),
        "level_why": " ".join(level_lines(row, given)),
        "note": " ".join(standing_lines(row, given)),
    }


def _named(row: Applicability, given: Statement) -> dict[str, str | None]:
    """What a row says in one word each."""
    principle = given.bundle.principle_of[row.control]
    return {
        "control": row.control,
        "phase": next(one.phase.value for one in given.bundle.principles if one.id == principle),
        "principle": principle,
        "said_by": row.said_by.value,
        "level": row.standing.level.value,
        "level_said_by": row.standing.said_by.value,
        "state": row.state.value if row.state else None,
        "answered_by": row.answered_by,
        "finding": row.finding.value if row.finding else None,
        "inherited_from": row.upstream,
        "waived_until": day(row.waiver.expires) if row.waiver and row.waived else None,
    }


def _json(given: Statement) -> str:
    return values_to_json(envelope(given, "controls", [_values(row, given) for row in given.rows]))


def _values(row: Applicability, given: Statement) -> dict[str, Any]:
    named = _named(row, given)
    return {
        "id": named.pop("control"),
        **named,
        "title": given.bundle.controls[row.control].title,
        "applies": row.applies,
        "why": list(scope_lines(row, given)),
        "level_why": list(level_lines(row, given)),
        "facts": [
            {"fact": one.fact, "declared": list(one.declared), "named": list(one.named), "rule": one.rule}
            for one in row.facts
        ],
        "checklists": list(row.checklists),
        "required_by": list(row.needed_by),
        "waived": row.waived,
        "counted_only": row.counted_only,
        "note": list(standing_lines(row, given)),
    }


FORMATS: Mapping[str, Callable[[Statement], str]] = MappingProxyType(
    {"text": _text, "markdown": _markdown, "csv": _csv, "json": _json}
)
"""Format -> the statement, ended by a line end."""
