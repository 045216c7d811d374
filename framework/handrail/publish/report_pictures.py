"""Geometry of the pictures in a report: the strip of controls by principle, and bars over days.

Belongs here: numbers for drawings, and the texts that the strip of every report has by the dozen. Never here: the rest
of their SVG (`report_frame.html` and `report_pictures.html` among the templates), or what is counted. Lengths are in
units of the drawing, about a CSS pixel each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from markupsafe import Markup

from handrail.publish.report_view import LOOKS, PrincipleSum
from handrail.publish.words import MONTHS

_CELL, _PITCH, _LINE = 17, 20, 22
_LEFT, _GAP, _HEAD = 44, 8, 20
BARS = 13
"""So many bars stand side by side; the table beside a picture has all of its days."""
_BAR, _STEP, _TALL, _ABOVE = 26, 50, 110, 18
_STATES = {look.sign: look.state for look in LOOKS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The strip: names of phases and principles, squares by look, and the signs in them.

    `squares` are (state, is a MUST, path of all of them, each a stroke as thick as it is long); `signs` are a text for
    each principle; `more` are texts of what is only counted.
    """

    width: int
    height: int
    phases: Markup
    names: Markup
    squares: tuple[tuple[str, bool, str], ...]
    signs: Markup
    more: Markup


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
    y, widest, phase = 0, 0, ""
    for principle in principles:
        if principle.phase != phase:
            phase = principle.phase
            y += _HEAD
            phases.append(_text(phase.capitalize(), y - 5))
        names.append(_text(principle.id, y + 13))
        end, line_squares, line_signs = _line(principle.must, principle.other, y)
        for look, path in line_squares:
            squares[look].append(path)
        signs.append(line_signs)
        if principle.counted:
            more.append(_text(f"+{principle.counted}", y + 13, end))
            end += 30
        widest = max(widest, end)
        y += _LINE
    return Strip(
        width=max(widest, 120),
        height=y,
        phases=_joined(phases),
        names=_joined(names),
        squares=tuple((state, must, "".join(paths)) for (state, must), paths in sorted(squares.items())),
        signs=_joined(signs),
        more=_joined(more),
    )


@lru_cache(maxsize=4096)
def _line(must: str, other: str, y: int) -> tuple[int, Sequence[tuple[tuple[str, bool], str]], Markup]:
    """The line of a principle: its end, its squares by look, and its signs. Few differ, and there are very many."""
    x, xs = _LEFT, []
    paths: defaultdict[tuple[str, bool], str] = defaultdict(str)
    shown = [[sign for sign in signs if _STATES[sign] != "na"] for signs in (must, other)]
    for wanted, signs in zip((True, False), shown, strict=True):
        for sign in signs:
            paths[_STATES[sign], wanted] += f"M{x} {y + 9}h{_CELL}"
            xs.append(x + _CELL // 2)
            x += _PITCH
        x += _GAP if wanted and signs else 0
    text = "".join(chain(*shown))
    return x, tuple(paths.items()), _text(text, y + 13, *xs) if text else Markup("")


@lru_cache(maxsize=4096)
def _text(text: str, y: int, *xs: int) -> Markup:
    """A text; each of its letters may have a place of its own."""
    across = Markup(' x="{}"').format(" ".join(map(str, xs))) if xs else ""
    return Markup('<text y="{}"{}>{}</text>').format(y, across, text)


def _joined(texts: Iterable[Markup]) -> Markup:
    return Markup("".join(texts))  # noqa: S704  each is finished; Markup's own would look at each of them again


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
