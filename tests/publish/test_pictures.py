"""Pictures: where things stand in them, that they leave nothing out, and that each says in words what it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.catalog.graph import blocking_counts, requires_graph
from handrail.model.bundle import Bundle
from handrail.model.terms import ReferenceKind
from handrail.publish.dates import legal_dates
from handrail.publish.page import Page
from handrail.publish.pages import bundle_pages, fragments
from handrail.publish.pages_graph import all_edges
from handrail.publish.pictures import HEIGHT, WIDTH, layered, wrapped
from tests.publish.sites import BUILT_ON, DIGEST, elements, texts
from tests.report.small import ACT, bundle_of, control

Pages = Mapping[str, Page]
PICTURES = ("graph.html", "timeline.html")


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, str]]]:
    """Ids and edges from an earlier id to a later one, so that there is no cycle."""
    ids = [f"N-{at}" for at in range(draw(st.integers(1, 9)))]
    pairs = list(combinations(ids, 2))
    return ids, draw(st.lists(st.sampled_from(pairs), max_size=14)) if pairs else []


@settings(max_examples=60)
@given(graphs())
def test_every_box_has_its_own_place_and_every_line_leads_to_the_right(
    graph: tuple[list[str], list[tuple[str, str]]],
) -> None:
    ids, edges = graph
    drawn = layered(ids, edges)
    at = {box.id: box for box in drawn.boxes}
    assert list(at) == ids
    for one, other in combinations(drawn.boxes, 2):
        assert one.x != other.x or abs(one.y - other.y) >= HEIGHT
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - WIDTH
        assert 0 <= box.y <= drawn.height - HEIGHT
    assert {(arrow.before, arrow.after) for arrow in drawn.arrows} == set(edges)
    for arrow in drawn.arrows:
        before, after = at[arrow.before], at[arrow.after]
        assert before.x < after.x
        assert arrow.path.startswith(f"M{before.x + WIDTH} {before.y + HEIGHT // 2}C")
        assert arrow.path.endswith(f" {after.x} {after.y + HEIGHT // 2}")
    assert layered(ids, edges) == drawn


def test_nothing_to_draw_takes_no_room() -> None:
    assert (layered([], []).width, layered([], []).height) == (0, 0)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Keep a list", ("Keep a list",)),
        ("Keep a list\nof datasets", ("Keep a list", "of datasets")),
        ("Keep a list of datasets and more", ("Keep a list", "of datasets\N{HORIZONTAL ELLIPSIS}")),
        ("", ()),
    ],
)
def test_a_text_is_wrapped_and_what_is_left_out_is_marked(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, width=13, lines=2) == lines


def test_the_graph_names_every_line_in_a_picture_and_in_a_table(pages: Pages, catalog: Bundle) -> None:
    body = pages["graph.html"].body
    lines = {one.text for one in elements(body) if one.tag == "title" and "-" in one.text}
    wanted = {
        f"{e.control} rests on {e.on}{', or on another in its place' if e.choice else ''}" for e in all_edges(catalog)
    }
    assert lines == wanted
    rows = dict(
        re.findall(
            r'<tr><th scope="row">.*?#([A-Z0-9-]+)".*?</th>\s*<td>(.*?)</td>',
            body.partition('id="pictures"')[2],
            re.DOTALL,
        )
    )
    for edge in all_edges(catalog):
        assert f'#{edge.on}"' in rows[edge.control]


def test_every_control_stands_in_the_graph_page(pages: Pages, catalog: Bundle) -> None:
    links = {one.attributes["href"].rpartition("#")[2] for one in elements(pages["graph.html"].body) if one.tag == "a"}
    assert set(catalog.controls) <= links


def test_what_most_rests_on_is_told_with_its_number(pages: Pages, catalog: Bundle) -> None:
    counts = blocking_counts(requires_graph(catalog.controls.values()), catalog.order)
    first = max(counts, key=counts.__getitem__)
    row = next(one.text for one in elements(pages["graph.html"].body) if one.tag == "tr" and first in one.text)
    assert row.endswith(f" {counts[first]}")


def test_a_choice_of_prerequisites_is_drawn_apart() -> None:
    bundle = bundle_of(
        control("DAT-01", "One"),
        control("DAT-02", "Two"),
        control("DAT-03", "Three", requires=[{"any_of": ["DAT-01", "DAT-02"]}]),
        control("DAT-04", "Four"),
    )
    body = _page(bundle, "graph.html")
    assert body.count("hr-svg__edge--choice") == 2
    assert "DAT-01</a> or <a" in body
    assert any(text.startswith("These stand alone") and "DAT-04" in text for text in texts(body.encode(), "hr-quiet"))


def test_a_catalog_without_prerequisites_has_no_picture_of_them() -> None:
    body = _page(bundle_of(control("DAT-01", "One")), "graph.html")
    assert "<svg" not in body
    assert "0 such lines" in body


def test_the_timeline_has_every_day_in_its_picture_and_in_its_tables(pages: Pages, catalog: Bundle) -> None:
    body = pages["timeline.html"].body
    marks = [one for one in elements(body) if one.tag == "circle"]
    dates = legal_dates(catalog)
    assert dates
    assert len(marks) == len(dates)
    ahead = [one for one in marks if one.attributes["class"] == "hr-svg__ahead"]
    assert len(ahead) == sum(one.day > BUILT_ON for one in dates)
    anchors = [one.attributes["id"] for one in elements(body) if one.tag == "h3"]
    assert anchors == [one.anchor for one in dates]
    for one in dates:
        for clause in one.clauses:
            assert f"references/{one.reference.id}.html#" in body
            assert all(f">{control}</a>" in body for control in clause.stricter)


def test_every_duty_of_law_stands_on_the_timeline_on_its_day(catalog: Bundle) -> None:
    told = {
        (one.day, one.reference.id, clause.name, control)
        for one in legal_dates(catalog)
        for clause in one.clauses
        for control in clause.stricter
    }
    for control_ in catalog.controls.values():
        for duty in control_.escalates:
            if catalog.references[duty.reference].reference.kind is ReferenceKind.LAW and duty.start:
                assert (duty.start, duty.reference, duty.clause, control_.id) in told


def test_the_last_day_of_a_duty_ends_its_lane() -> None:
    until = {**ACT, "until": "2026-06-30"}
    bundle = bundle_of(control("DAT-01", "One", escalates=[until]))
    assert [(one.day, one.begins) for one in legal_dates(bundle)] == [
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), False),
    ]
    body = _page(bundle, "timeline.html")
    lane = next(one for one in elements(body) if one.attributes.get("class") == "hr-svg__lane")
    last = [one for one in elements(body) if one.tag == "circle"][-1]
    assert lane.attributes["x2"] == last.attributes["cx"]
    assert "30 June 2026, last day" in body


def test_a_law_without_a_day_is_named_and_not_left_out() -> None:
    body = _page(bundle_of(control("DAT-01", "One")), "timeline.html")
    assert "<svg" not in body
    assert 'href="references/law.html"' in body


@pytest.mark.parametrize("years", [0, 1, 4, 30, 400])
def test_ticks_of_a_timeline_never_touch(years: int) -> None:
    late = {**ACT, "from": (date(2026, 1, 1) + timedelta(days=365 * years)).isoformat()}
    body = _page(bundle_of(control("DAT-01", "One", escalates=[ACT, late])), "timeline.html")
    ticks = [int(one.attributes["x1"]) for one in elements(body) if one.attributes.get("class") == "hr-svg__tick"]
    assert all(right - left >= 56 for left, right in pairwise(ticks))
    assert len(ticks) <= 12


def test_the_home_picture_links_every_phase_and_principle_wide_and_narrow(catalog: Bundle) -> None:
    drawn = fragments(catalog, DIGEST, built_on=BUILT_ON, version="0.1.0")["phases"]
    wanted = [f"phases/{p.phase.value}.html" for p in catalog.principles]
    wanted += [f"principles/{p.id.lower()}.html" for p in catalog.principles]
    for picture in re.findall(r"<svg.*?</svg>", drawn, re.DOTALL):
        links = re.findall(r'href="([^"]+)"', picture)
        assert set(links) == set(wanted)
        assert len(links) == len(set(links))


def test_every_picture_has_a_title_and_a_description_and_no_style(pages: Pages, catalog: Bundle) -> None:
    drawn = fragments(catalog, DIGEST, built_on=BUILT_ON, version="0.1.0")["phases"]
    for body in (drawn, *(pages[path].body for path in PICTURES)):
        found = list(elements(body))
        ids = {one.attributes["id"]: one.text for one in found if "id" in one.attributes}
        pictures = [one for one in found if one.tag == "svg"]
        assert pictures
        for one in pictures:
            named = one.attributes["aria-labelledby"].split()
            assert all(ids[name] for name in named)
            assert len(named) == (1 if "hr-bar" in one.attributes["class"] else 2)
        assert not [one for one in found if "style" in one.attributes]


def _page(bundle: Bundle, path: str) -> str:
    return next(page.body for page in bundle_pages(bundle, DIGEST, built_on=BUILT_ON) if page.path == path)
