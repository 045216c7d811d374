"""All gap reports beside each other: projects by name, principles across, and only like beside like.

Belongs here: the rows, their groups, the pages of a hundred rows, and the same rows as a script for filtering in the
browser. Never here: an order by result, a score, a sum over projects. A group holds reports of the same roles,
checklists and catalog version; nothing else compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from handrail.publish.page import Page, render
from handrail.publish.pages_reports import FOLDER, Edition
from handrail.publish.report_view import Head
from handrail.publish.shell import HEADING_ID
from handrail.report.agreement import number
from handrail.report.trend import versions

ROWS = 100
"""Rows of one page."""
DATA = f"{FOLDER}/portfolio-data.js"
PATH = f"{FOLDER}/index.html"
TITLE = "Gap reports"


Cell = tuple[int, int, bool]
"""A principle of a project: how many MUST controls are open, of how many that apply and are shown one by one, and
whether others are only counted. A plain tuple, since there may be a hundred thousand."""


def cell_text(cell: Cell) -> str:
    """A cell as it stands in the table."""
    still_open, applying, counted = cell
    if not applying:
        return "counted" if counted else "\N{EN DASH}"
    return f"{still_open} of {applying}{'+' if counted else ''}"


def cell_state(cell: Cell) -> str:
    """The look of a cell."""
    return "na" if not cell[1] else "open" if cell[0] else "satisfied"


@lru_cache(maxsize=4096)
def _told(cell: Cell | None) -> tuple[str, str] | None:
    """The text and the look of a cell; there are few different ones, again and again."""
    return (cell_text(cell), cell_state(cell)) if cell else None


def _cells(card: Card) -> Markup:
    """The cells of a row as HTML, made of our own words and numbers."""
    told = map(_told, card.cells)
    return Markup("".join(f"<td class=hr-{one[1]}>{one[0]}" if one else "<td>\N{EN DASH}" for one in told))  # noqa: S704


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A report in the portfolio, small enough to hold ten thousand of."""

    id: str
    name: str
    version: str
    roles: tuple[str, ...]
    checklists: tuple[str, ...]
    catalog: str
    as_of: date
    must: int
    open_must: int
    labels: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    fictional: bool

    @property
    def group(self) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """What it may be compared within."""
        return self.roles, self.checklists, self.catalog

    @property
    def order(self) -> tuple[object, ...]:
        """By group, then by name."""
        return *self.group, self.name.casefold(), self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of one group on one page."""

    roles: str
    checklists: str
    catalog: str
    continued: bool
    cards: tuple[Card, ...]


def card(head: Head, principles: Sequence[str]) -> Card:
    """The row of a report in the portfolio; `principles` are the columns."""
    by_id = {one.id: one for one in head.principles}
    cells: list[Cell | None] = []
    for name in principles:
        one = by_id.get(name)
        if one is None:
            cells.append(None)
            continue
        still_open, shown, *_ = one.numbers
        counted = bool(one.counted) or one.wider
        cells.append((still_open, still_open + shown, counted))
    return Card(
        id=head.id,
        name=head.name,
        version=head.version,
        roles=head.roles,
        checklists=tuple(title for title, _ in head.checklists),
        catalog=versions(head.catalogs),
        as_of=head.as_of,
        must=head.must,
        open_must=head.open_must,
        labels=head.labels,
        cells=tuple(cells),
        fictional=head.fictional,
    )


def portfolio_pages(cards: Iterable[Card], edition: Edition) -> tuple[Page, ...]:
    """The pages of the portfolio, the first at `PATH`; there is always that one."""
    ordered = sorted(cards, key=lambda one: one.order)
    starts = range(0, max(len(ordered), 1), ROWS)
    return tuple(_page(ordered, start, edition, len(starts)) for start in starts)


def page_path(place: int) -> str:
    """The path of a page of the portfolio, counted from 1."""
    return PATH if place == 1 else f"{FOLDER}/index-{place}.html"


def portfolio_data(cards: Iterable[Card], edition: Edition) -> bytes:
    """The rows as a script that gives them to the page: a page from a disk can load scripts and nothing else."""
    ordered = sorted(cards, key=lambda one: one.order)
    groups = [key for key, _ in groupby(ordered, key=lambda one: one.group)]
    place = {key: at for at, key in enumerate(groups)}
    labels = list(dict.fromkeys(label for one in ordered for label in one.labels))
    data = {
        "principles": [[one.id, one.title.split(",")[0]] for one in edition.bundle.principles],
        "groups": [{"roles": roles, "checklists": lists, "catalog": version} for roles, lists, version in groups],
        "labels": labels,
        "rows": [
            [
                one.id,
                f"{one.name} {one.version}".strip(),
                place[one.group],
                one.as_of.isoformat(),
                one.open_must,
                one.must,
                [labels.index(label) for label in one.labels],
                [*map(_told, one.cells)],
            ]
            for one in ordered
        ],
    }
    return f"var handrailPortfolio = {json.dumps(data, separators=(',', ':'))};\n".encode()


def _page(ordered: Sequence[Card], start: int, edition: Edition, pages: int) -> Page:
    place = start // ROWS + 1
    shown = ordered[start : start + ROWS]
    before = ordered[start - 1].group if start else None
    groups = []
    for key, some in groupby(shown, key=lambda one: one.group):
        roles, lists, version = key
        groups.append(
            Group(
                roles=", ".join(roles) or "no role declared",
                checklists=", ".join(lists) or "the whole catalog",
                catalog=version,
                continued=key == before,
                cards=tuple(some),
            )
        )
    path = page_path(place)
    body = render(
        "portfolio.html",
        path,
        heading_id=HEADING_ID,
        groups=groups,
        edition=edition,
        place=place,
        pages=pages,
        cells=_cells,
        path_of_page=lambda at: page_path(at).rpartition("/")[2],
        first=start + 1,
        last=start + len(shown),
        total=len(ordered),
    )
    said = f"{number(len(ordered), 'gap report')}, by the name of the project."
    title = TITLE if place == 1 else f"{TITLE}, page {place}"
    return Page(path=path, title=title, description=said, body=body, wide=True)
