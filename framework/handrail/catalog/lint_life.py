"""Lint rules about ids over time: their order, what replaces what, and what was once released.

Belongs here: one function a rule. Never here: whether an id is known or given twice (`link`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.read import CatalogSources
from handrail.model.terms import Status
from handrail.source.diagnostics import Collector, Span
from handrail.source.tree import Step

_ENDING = (Status.DEPRECATED, Status.RETIRED)
_PARTS = re.compile(r"[0-9]+|[^0-9]+")


def id_order(sources: CatalogSources, out: Collector) -> None:
    """HR236: the controls of a principle stand in the order of their ids."""
    for file in sources.principles:
        controls = file.value.controls
        for i, (before, after) in enumerate(pairwise(controls)):
            if by_number(after.id) < by_number(before.id):
                out.error(
                    "HR236",
                    f"control `{after.id}` stands after `{before.id}`",
                    file.span("controls", i + 1, "id"),
                    help="put the controls of a file in the order of their ids",
                )


def by_number(one: str) -> list[tuple[int, str]]:
    """`SRC-10` comes after `SRC-9`."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _PARTS.findall(one)]


def replacement(sources: CatalogSources, out: Collector) -> None:
    """HR247: `replaced_by` stands only on what is going away and names something in use."""
    controls = {one.id: one.status for one in sources.controls.values()}
    for placed in sources.controls.values():
        told = partial(placed.span)
        _replacement("control", placed.id, placed.status, placed.control.replaced_by, controls, told, out)
    principles = {file.value.principle.id: file.value.principle.status for file in sources.principles}
    for file in sources.principles:
        one = file.value.principle
        told = partial(file.span, "principle")
        _replacement("principle", one.id, one.status, one.replaced_by, principles, told, out)


def _replacement(
    what: str,
    name: str,
    status: Status,
    replaced_by: str | None,
    states: Mapping[str, Status],
    place: Callable[[Step], Span],
    out: Collector,
) -> None:
    if replaced_by is None or replaced_by not in states:
        return
    if status not in _ENDING:
        problem = f"{what} `{name}` is {status} and names a replacement"
        advice = "write `status: deprecated` or `status: retired`, or take `replaced_by` out"
    elif replaced_by == name:
        problem = f"{what} `{name}` is replaced by itself"
        advice = "name another one, or leave `replaced_by` out"
    elif states[replaced_by] is Status.RETIRED:
        problem = f"{what} `{name}` is replaced by `{replaced_by}`, which is retired"
        advice = "name the one that is in use today"
    else:
        return
    out.error("HR247", problem, place("replaced_by"), help=advice)


def released_id_gone(sources: CatalogSources, out: Collector) -> None:
    """HR248: every control that was ever released is still there, retired at most."""
    if sources.releases is None:
        return
    told: set[str] = set()
    for i, release in enumerate(sources.releases.value.releases):
        for one in release.fingerprints:
            if one not in sources.controls and one not in told:
                told.add(one)
                out.error(
                    "HR248",
                    f"control `{one}` was released in {release.version} and is no longer there",
                    sources.releases.key_span("releases", i, "fingerprints", one),
                    help="bring its entry back with `status: retired`; this list itself is never edited",
                )


def same_meaning(sources: CatalogSources, out: Collector) -> None:
    """HR249: `same_meaning_as` lists earlier texts only."""
    for placed in sources.in_use():
        current = fingerprint(placed.control.statement)
        for i, same in enumerate(placed.control.same_meaning_as):
            if same.fingerprint == current:
                out.error(
                    "HR249",
                    f"`{current}` is the fingerprint of the current statement of `{placed.id}`",
                    placed.span("same_meaning_as", i, "fingerprint"),
                    help="list the fingerprint of the earlier statement; `principles/releases.yaml` has it",
                )
