"""The timeline of legal duties: a picture with a lane for each law, and the same days as tables.

Belongs here: gathering what the page shows, and where its marks stand. Never here: which days there are (`dates`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.model.bundle import Bundle
from handrail.model.vocabulary import Reference
from handrail.publish.dates import LegalDate, legal_dates, undated
from handrail.publish.page import Page, render
from handrail.publish.pages_references import anchors, places
from handrail.publish.words import MONTHS, counted, day

PATH = "timeline.html"
LEFT, WIDTH, RIGHT = 8, 740, 8
"""The axis of the picture: where it begins, how long it is, and what is kept free behind it."""
TOP, LANE = 52, 70
_MONTH = timedelta(days=31)
# Months between ticks, and how many ticks there is room for.
_STEPS, _TICKS = (1, 3, 6, 12, 24, 60, 120, 300, 600, 1200), 11
# What the labels of a tick and of a mark need; a mark's goes below the line where its neighbour is nearer than that.
_TICK, _LABEL = 56, 150


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on a lane; `below` is where its label goes, and `ahead` that the day is still to come."""

    x: int
    below: bool
    at_end: bool
    ahead: bool
    begins: bool
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A law with its marks; `end` is how far its line is drawn."""

    reference: Reference
    y: int
    marks: tuple[Mark, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole timeline; `ticks` are (x, label), `now` is where the day of this edition stands."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[int, str], ...]
    now: int


def timeline_pages(bundle: Bundle, *, built_on: date) -> Iterator[Page]:
    """The one page, with or without days."""
    dates = legal_dates(bundle)
    yield Page(
        path=PATH,
        title="Timeline of legal duties",
        description="When the laws that the catalog knows begin to bind, clause by clause.",
        body=render(
            "timeline.html",
            PATH,
            bundle=bundle,
            dates=dates,
            picture=_picture(dates, built_on) if dates else None,
            built_on=built_on,
            ahead=sum(one.day > built_on for one in dates),
            undated=tuple(undated(bundle)),
            anchors=anchors(bundle),
            places=places(bundle),
        ),
    )


def _picture(dates: tuple[LegalDate, ...], built_on: date) -> Picture:
    first = min(dates[0].day, built_on) - _MONTH
    last = max(dates[-1].day, built_on) + 3 * _MONTH
    first = first.replace(day=1)

    def across(one: date) -> int:
        return LEFT + round(WIDTH * (one - first).days / (last - first).days)

    lanes = []
    for at, one in enumerate(dict.fromkeys(one.reference.id for one in dates)):
        own = [found for found in dates if found.reference.id == one]
        lanes.append(_lane(own, TOP + LANE * at, built_on, across))
    return Picture(
        width=LEFT + WIDTH + RIGHT,
        height=TOP + LANE * len(lanes) + 8,
        lanes=tuple(lanes),
        ticks=tuple(_ticks(first, last, across)),
        now=across(built_on),
    )


def _lane(dates: list[LegalDate], y: int, built_on: date, across: Callable[[date], int]) -> Lane:
    marks: list[Mark] = []
    for one in dates:
        x = across(one.day)
        what = counted(len(one.clauses), "clause") if one.clauses else "the whole"
        marks.append(
            Mark(
                x=x,
                below=bool(marks) and not marks[-1].below and x - marks[-1].x < _LABEL,
                at_end=x + _LABEL > LEFT + WIDTH,
                ahead=one.day > built_on,
                begins=one.begins,
                label=f"{day(one.day)}{'' if one.begins else ', last day'}: {what}",
            )
        )
    end = LEFT + WIDTH if dates[-1].begins else marks[-1].x
    return Lane(reference=dates[0].reference, y=y, marks=tuple(marks), end=end)


def _ticks(first: date, last: date, across: Callable[[date], int]) -> Iterator[tuple[int, str]]:
    """The first days of months, as many as can carry their labels."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in _STEPS if months / step <= _TICKS), _STEPS[-1])
    for at in range(months + 1):
        year, month = first.year + (first.month - 1 + at) // 12, (first.month - 1 + at) % 12
        x = across(date(year, month + 1, 1))
        if (year * 12 + month) % step == 0 and x < LEFT + WIDTH - _TICK:
            yield x, f"{MONTHS[month][:3]} {year}"
