"""The picture of the home page: three steps, and the handrail that is held at each of them.

Belongs here: where its parts stand, once across for a wide page and once down for a narrow one. Never here: its SVG
(`templates/fragment_phases.html`). The widths of texts are reckoned, so no font may be much wider than the usual ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from handrail.model.bundle import Bundle
from handrail.model.catalog import Principle
from handrail.model.terms import Phase
from handrail.publish.pictures import wrapped

_LINE, _GAP, _HEAD = 20, 9, 60
"""Height of a line, the space between two principles, and the space that a phase's title takes."""
_RISE, _STEP, _RAIL = 44, 300, 66
_INDENT, _MARGIN, _FEET = 18, 4, 14


@dataclass(frozen=True, slots=True)
class Line:
    """A principle's title: (y, text) of each of its lines."""

    principle: Principle
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A phase as a box with its principles; the one that runs throughout has no box."""

    phase: Phase
    x: int
    y: int
    width: int
    height: int
    titles: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The rail with its text, and the steps; `rail` is a line (x1, y1, x2, y2), `posts` are such lines too."""

    width: int
    height: int
    rail: tuple[int, int, int, int]
    posts: tuple[tuple[int, int, int, int], ...]
    throughout: Step
    steps: tuple[Step, ...]


def wide(bundle: Bundle) -> Picture:
    """The steps rise from the left; the rail runs above them, with what it stands for in the corner above it."""
    throughout = _step(Phase.THROUGHOUT, bundle, x=-_INDENT, y=0, width=_STEP, characters=42)
    others = [phase for phase in Phase if phase is not Phase.THROUGHOUT]
    # The text in the corner stands clear of the rail.
    lowest = throughout.height + _RAIL + _RISE
    steps = [
        _step(phase, bundle, x=_MARGIN + _STEP * at, y=lowest - _RISE * at, width=_STEP, characters=35)
        for at, phase in enumerate(others)
    ]
    floor = max(step.y + step.height for step in steps)
    standing = tuple(replace(step, height=floor - step.y) for step in steps)
    slope = _RISE / _STEP
    posts = tuple((x := s.x + _STEP // 2, s.y - _RAIL, x, s.y) for s in standing)
    ends = (_MARGIN, _MARGIN + _STEP * len(steps))
    first = posts[0]
    levels = [round(first[1] - (x - first[0]) * slope) for x in ends]
    return Picture(
        width=_MARGIN * 2 + _STEP * len(steps),
        height=floor + 2,
        rail=(ends[0], levels[0], ends[1], levels[1]),
        posts=posts,
        throughout=throughout,
        steps=standing,
    )


def narrow(bundle: Bundle) -> Picture:
    """The same from the top down: the rail at the left."""
    left, width, y = 30, 300, 0
    boxes = []
    for phase in (Phase.THROUGHOUT, *(phase for phase in Phase if phase is not Phase.THROUGHOUT)):
        box = _step(phase, bundle, x=left, y=y, width=width, characters=36)
        boxes.append(box)
        y += box.height + _FEET
    rail = _MARGIN
    return Picture(
        width=left + width + 2,
        height=y,
        rail=(rail, 8, rail, y - _FEET),
        posts=tuple((rail, box.y + 26, left, box.y + 26) for box in boxes[1:]),
        throughout=boxes[0],
        steps=tuple(boxes[1:]),
    )


def _step(phase: Phase, bundle: Bundle, *, x: int, y: int, width: int, characters: int) -> Step:
    at = y + _HEAD
    titles = []
    for principle in bundle.principles:
        if principle.phase is phase:
            lines = wrapped(principle.title.split(",")[0], width=characters, lines=3)
            titles.append(Line(principle, tuple((at + _LINE * row, line) for row, line in enumerate(lines))))
            at += _LINE * len(lines) + _GAP
    return Step(phase=phase, x=x, y=y, width=width, height=at - y, titles=tuple(titles))
