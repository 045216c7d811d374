"""`metrics`: a JSON or YAML list of `{name, definition, period: {from, to}, denominator, count}`.

| what is there | verdict |
|---|---|
| every measure asked for, whole: definition, period in order, denominator, a count of 0 or more | shown |
| at least one measure whole, another lacking or not whole | partial |
| no measure whole | unreadable |
| no list, no JSON or YAML, too large or too deep | unreadable |

A count cannot contradict: the catalog asks that it is kept, not how high it is, and a high one never looks worse than
not looking. Documented: a period is part of every measure. The date is the end of the latest period of each measure,
and of those the oldest, so that one fresh measure does not cover for another that is no longer kept.
"""

from __future__ import annotations

from datetime import date

from handrail.evidence.plugin import Given, Seen, listed, shown, unreadable
from handrail.evidence.structured import Plain, read_structured
from handrail.evidence.values import day, filled, folded, number
from handrail.model.terms import Assurance

KIND = "metrics"


def examine(given: Given) -> Seen:
    """Say whether every measure asked for is there, whole."""
    if given.suffix not in (".json", ".yaml", ".yml"):
        return unreadable("The file is neither JSON (.json) nor YAML (.yaml).")
    measures = read_structured(given.data or b"", given.suffix)
    if not isinstance(measures, list):
        return unreadable("The file cannot be read as a list of measures.")
    ends: dict[str, date] = {}
    for measure in measures:
        if (whole := _whole(measure)) is not None:
            name, end = whole
            ends[name] = max(end, ends.get(name, end))
    asked = given.parameters.texts("measures")
    kept = [ends[folded(name)] for name in asked if folded(name) in ends]
    if not kept:
        return unreadable("None of the measures asked for is there with definition, period, denominator and count.")
    absent = [name for name in asked if folded(name) not in ends]
    return shown(
        "Every measure asked for has a definition, a period, a denominator and a count.",
        [f"Not there with definition, period, denominator and count: {listed(absent)}."] if absent else [],
        tier=Assurance.DOCUMENTED,
        date=min(kept),
    )


def _whole(measure: Plain) -> tuple[str, date] | None:
    """Give the folded name and the period's end of a measure that is whole."""
    if not isinstance(measure, dict):
        return None
    name, period, count = measure.get("name"), measure.get("period"), number(measure.get("count"))
    if not isinstance(name, str) or not isinstance(period, dict) or count is None or count < 0:
        return None
    start, end = day(period.get("from")), day(period.get("to"))
    if start is None or end is None or start > end:
        return None
    whole = filled(measure.get("definition")) and filled(measure.get("denominator"))
    return (folded(name), end) if whole else None
