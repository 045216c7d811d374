"""How many MUST controls were open on each recorded day: the trend of one project, and never of two.

Belongs here: the counts of a day, taken from its record. Never here: a picture, a slope, or a word on whether a change
is good. Not satisfied, undetermined and partial are one count here, so that losing evidence never looks like progress.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.model.assessment import Assessment, CatalogRef, Counts
from handrail.model.terms import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """MUST controls on one day, by the catalog of that day; `applying` is the sum of the other two."""

    day: date
    catalog: str
    applying: int
    open: int
    satisfied: int


def trend(runs: Iterable[Assessment]) -> tuple[TrendPoint, ...]:
    """A point for each day, in order of days; of two runs of one day the later given stands."""
    points = {one.as_of: _point(one) for one in runs}
    return tuple(points[day] for day in sorted(points))


def versions(catalogs: Iterable[CatalogRef]) -> str:
    """The versions of a catalog and of its packs, as a reader compares them."""
    return ", ".join(f"pack {one.pack} {one.version}" if one.pack else one.version for one in catalogs)


def _point(run: Assessment) -> TrendPoint:
    must: Counts = run.summary.must
    applying = sum(count for finding, count in must.items() if finding is not Finding.NOT_APPLICABLE)
    return TrendPoint(
        day=run.as_of,
        catalog=versions(run.catalog),
        applying=applying,
        open=len(run.summary.open_must),
        satisfied=must.get(Finding.SATISFIED, 0),
    )
