"""Geometry of the pictures in a report: the strip of controls by principle, and bars over days.

Belongs here: numbers for drawings. Never here: their SVG (`templates/report_pictures.html`), or what is counted.
Lengths are in units of the drawing, about a CSS pixel each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from handrail.publish.report_view import PrincipleSum
from handrail.publish.words import MONTHS

_CELL, _PITCH, _LINE = 17, 20, 22
_LEFT, _GAP, _HEAD = 44, 8, 20
BARS = 13
"""So many bars stand side by side; the table beside a picture has all of its days."""
_BAR, _STEP, _TALL, _ABOVE = 26, 50, 110, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The strip: names of phases and principles with their height, squares by look, and the signs in them.

    `squares` are (state, is a MUST, path of all of them, each a stroke as thick as it is long); `signs` are (y, x of
    each, signs) of one principle; `more` are (x, y, text) of what is only counted.
    """

    width: int
    height: int
    phases: tuple[tuple[int, str], ...]
    names: tuple[tuple[int, str], ...]
    squares: tuple[tuple[str, bool, str], ...]
    signs: tuple[tuple[int, str, str], ...]
    more: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A day: how many controls apply and how many of them are open, as heights from the top of the drawing."""

    x: int
    day: str
    year: str
    label: str
    whole: int
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars of one scale, and the line that they stand on."""

    width: int
    height: int
    floor: int
    bar: int
    bars: tuple[Bar, ...]


def strip(principles: Sequence[PrincipleSum]) -> Strip:
    """A square for each control that applies and counts: MUST first, a gap, then SHOULD and MAY."""
    phases, names, signs, more = [], [], [], []
    squares: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    y, widest = 0, 0
    for phase, group in groupby(principles, key=lambda one: one.phase):
        y += _HEAD
        phases.append((y - 5, phase.capitalize()))
        for principle in group:
            names.append((y + 13, principle.id))
            x, xs, text = _LEFT, [], ""
            for wanted in (True, False):
                for look, must in principle.marks:
                    if must is wanted and look.state != "na":
                        squares[look.state, must].append(f"M{x} {y + 9}h{_CELL}")
                        xs.append(str(x + _CELL // 2))
                        text += look.sign
                        x += _PITCH
                x += _GAP if wanted and xs else 0
            if text:
                signs.append((y + 13, " ".join(xs), text))
            if principle.counted:
                more.append((x, y + 13, f"+{principle.counted}"))
            widest = max(widest, x + (30 if principle.counted else 0))
            y += _LINE
    return Strip(
        width=max(widest, 120),
        height=y,
        phases=tuple(phases),
        names=tuple(names),
        squares=tuple((state, must, "".join(paths)) for (state, must), paths in sorted(squares.items())),
        signs=tuple(signs),
        more=tuple(more),
    )


def bars(days: Iterable[tuple[date, int, int]]) -> Bars:
    """A bar for each (day, how many apply, how many of them are open), the last `BARS` of them."""
    wanted = list(days)[-BARS:]
    highest = max((applying for _, applying, _ in wanted), default=0) or 1
    floor = _ABOVE + _TALL
    made = tuple(
        Bar(
            x=12 + at * _STEP,
            day=f"{day.day} {MONTHS[day.month - 1][:3]}",
            year=str(day.year),
            label=f"{still_open}/{applying}",
            whole=round(_TALL * applying / highest),
            part=round(_TALL * still_open / highest),
        )
        for at, (day, applying, still_open) in enumerate(wanted)
    )
    return Bars(width=24 + len(made) * _STEP, height=floor + 34, floor=floor, bar=_BAR, bars=made)
