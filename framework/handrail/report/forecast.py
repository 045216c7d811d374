"""A forecast for people and programs: text, Markdown, JSON.

Belongs here: one sentence for each kind of event, and layout. Never here: what happens when (`assess.forecast`).
Internal: days to come are never published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType

from handrail.assess.forecast import Event, Forecast, Happens, Week
from handrail.catalog.resolve import alternatives
from handrail.model.assessment import LegalDuty, Summary
from handrail.model.bundle import Bundle
from handrail.model.terms import Confidence, Finding
from handrail.report.agreement import number, verb
from handrail.report.canonical import values, values_to_json
from handrail.report.sheet import Sheet
from handrail.report.wording import duty_text
from handrail.source.escape import markdown_inline

UNCHANGED = "The same declaration and evidence, judged on every day that can change something; nothing is guessed."
NOTHING = "Nothing changes in this time."


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastInput:
    """A forecast and how to show it."""

    forecast: Forecast
    bundle: Bundle
    sheet: Sheet = field(default_factory=Sheet)


def event_line(event: Event, bundle: Bundle) -> str:
    """What a day brings for one control, in a sentence."""
    was, now = (str(one) for one in (event.before, event.after))
    match event.happens:
        case Happens.EVIDENCE_ENDS:
            return f"What was supplied for {_asked(event, bundle)} no longer counts."
        case Happens.EVIDENCE_BEGINS:
            return f"What was supplied for {_asked(event, bundle)} begins to count."
        case Happens.WAIVER_ENDS:
            return "Its waiver no longer holds; the gate does not pass over it."
        case Happens.WAIVER_BEGINS:
            return "Its waiver begins to hold; the finding stays what it is."
        case Happens.DUTY_BEGINS:
            return f"A duty begins: {_duty(event.duty, bundle)}."
        case Happens.DUTY_ENDS:
            return f"A duty ends: {_duty(event.duty, bundle)}."
        case Happens.DUE_PASSES:
            return f"The day it was planned for, {event.due}, has gone by."
        case Happens.LEVEL:
            return f"Level: {was.upper()} until now, {now.upper()} from this day on."
        case Happens.FINDING:
            return f"Finding: {was} until now, {now} from this day on."


def _asked(event: Event, bundle: Bundle) -> str:
    asked = (one for group in bundle.controls[event.control].evidence for one in alternatives(group))
    return next((f"\u201c{one.title}\u201d" for one in asked if one.id == event.requirement), "it")


def _duty(duty: LegalDuty | None, bundle: Bundle) -> str:
    if duty is None:
        return ""
    only = "" if duty.confidence > Confidence.MEMORY else "; shown only, it changes no level"
    return f"{duty.level.upper()}, {duty_text(duty, bundle)}{only}"


def sums_line(summary: Summary) -> str:
    """How many MUST controls are open, and how many open controls the gate would stop at."""
    still_open = len(summary.open_must)
    applying = sum(count for finding, count in summary.must.items() if finding is not Finding.NOT_APPLICABLE)
    return (
        f"{still_open} of {number(applying, 'MUST control')} {verb(still_open, 'is', 'are')} open; "
        f"{number(len(summary.gate.blocking), 'blocking gap')} at {summary.gate.fail_on.upper()}."
    )


def _head(given: ForecastInput) -> tuple[str, ...]:
    now = given.forecast.now
    return (
        f"{now.project.name}, {number(given.forecast.days, 'day')} from {now.as_of.isoformat()} on, if nothing is done",
        UNCHANGED,
        f"On {now.as_of.isoformat()}: {sums_line(now.summary)}",
    )


def _tail(given: ForecastInput) -> tuple[str, ...]:
    weeks = given.forecast.weeks
    quiet = sum(not week.events for week in weeks)
    if quiet == len(weeks):
        return (NOTHING,)
    return (f"Nothing changes in the other {number(quiet, 'week')}.",) if quiet else ()


def _title(week: Week) -> str:
    return f"{week.start.isoformat()} to {week.end.isoformat()}"


def _by_day(week: Week) -> Iterator[tuple[str, str, list[Event]]]:
    for (day, control), events in groupby(week.events, key=lambda one: (one.day, one.control)):
        yield day.isoformat(), control, list(events)


def _text(given: ForecastInput) -> str:
    return "\n".join((*_text_lines(given), ""))


def _text_lines(given: ForecastInput) -> Iterator[str]:
    sheet = given.sheet
    for place, sentence in enumerate(_head(given)):
        yield from sheet.text(sentence, bold=not place, first="  " if place else "")
    for week in given.forecast.weeks:
        if week.events:
            yield from sheet.title(_title(week))
            for day, control, events in _by_day(week):
                yield from sheet.text(f"{day}  {control} {given.bundle.controls[control].title}", first="  ")
                yield from sheet.items((event_line(one, given.bundle) for one in events), first=" " * 14)
            yield from sheet.text(f"On {week.end.isoformat()}: {sums_line(week.summary)}", first="  ")
    yield ""
    yield from sheet.items(_tail(given))


def _markdown(given: ForecastInput) -> str:
    return "\n".join((*_markdown_lines(given), ""))


def _markdown_lines(given: ForecastInput) -> Iterator[str]:
    first, *rest = _head(given)
    yield from (f"## {markdown_inline(first)}", "", markdown_inline(" ".join(rest)))
    for week in given.forecast.weeks:
        if week.events:
            yield from ("", f"### {_title(week)}", "")
            for day, control, events in _by_day(week):
                title = markdown_inline(given.bundle.controls[control].title)
                yield f"- {day} **{control} {title}**"
                yield from (f"  <br>{markdown_inline(event_line(one, given.bundle))}" for one in events)
            yield from ("", f"On {week.end.isoformat()}: {markdown_inline(sums_line(week.summary))}")
    yield from (line for sentence in _tail(given) for line in ("", markdown_inline(sentence)))


def _json(given: ForecastInput) -> str:
    now = given.forecast.now
    return values_to_json(
        {
            "handrail": 1,
            "as_of": now.as_of.isoformat(),
            "days": given.forecast.days,
            "project": now.project.id,
            "catalog": [values(one) for one in now.catalog],
            "summary": values(now.summary),
            "weeks": [
                {
                    "start": week.start.isoformat(),
                    "end": week.end.isoformat(),
                    "events": [_event(one, given.bundle) for one in week.events],
                    "summary": values(week.summary),
                }
                for week in given.forecast.weeks
            ],
        }
    )


def _event(event: Event, bundle: Bundle) -> dict[str, object]:
    """The event as JSON values; a key that does not concern it is left out."""
    known = {
        "requirement": event.requirement,
        "duty": values(event.duty) if event.duty else None,
        "due": event.due.isoformat() if event.due else None,
        "before": event.before.value if event.before else None,
        "after": event.after.value if event.after else None,
    }
    return {
        "day": event.day.isoformat(),
        "event": event.happens.value,
        "control": event.control,
        "text": event_line(event, bundle),
        **{key: value for key, value in known.items() if value is not None},
    }


FORMATS: Mapping[str, Callable[[ForecastInput], str]] = MappingProxyType(
    {"text": _text, "markdown": _markdown, "json": _json}
)
"""Format -> the forecast, ended by a line end."""
