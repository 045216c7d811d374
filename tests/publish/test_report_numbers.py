"""Every number on a report page, worked out again from the JSON of the assessment, over the DOM.

The pages are made straight from the inputs, as a build makes them, and read by another parser. What is expected comes
from the JSON alone and from the calendar; a number that nothing here expects fails the test too.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.catalog.default import default_bundle
from handrail.catalog.resolve import alternatives
from handrail.cli.options import chosen_attestors
from handrail.model.bundle import Bundle
from handrail.publish.gap import Gap, InternalGap, NoConsent, PublicGap, RecordedGap
from handrail.publish.inputs import Build, gaps
from handrail.publish.pages_reports import Edition, report_made
from handrail.publish.report_names import Names
from handrail.report.canonical import to_json
from handrail.report.trend import TrendPoint
from handrail.source.diagnostics import Collector, Span
from tests.publish.sites import BUILT_ON, Element, elements, report
from tests.report.small import ALL_SHOWN, CATALOG, FIRST_RUN, MIXED

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = {"first-run": FIRST_RUN, "mixed": MIXED, "all-shown": ALL_SHOWN}
OPEN = ("not-satisfied", "undetermined", "partial")
NUMBER = re.compile(r"\d{4}-\d\d-\d\d|\d[\d,]*")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A page, and the assessment that it is of, as plain JSON values."""

    page: tuple[Element, ...]
    run: Values
    bundle: Bundle
    known: str

    def by_class(self, name: str) -> list[Element]:
        return [one for one in self.page if name in one.attributes.get("class", "").split()]

    def numbers(self, text: str) -> list[int]:
        return [int(one.replace(",", "")) for one in NUMBER.findall(text) if "-" not in one]

    def applying(self, level: str) -> list[Values]:
        return [one for one in counted(self.run) if one["level"] == level and one["finding"] != "not-applicable"]


def counted(run: Values) -> list[Values]:
    return [one for one in run["findings"] if one["selected_by"] == "checklist"]


def told(gap: Gap, run: Values, bundle: Bundle, digest: str) -> Told:
    assert not isinstance(gap, NoConsent)
    made = report_made(
        gap,
        Names(bundle),
        Edition(bundle=bundle, digest=digest, built_on=BUILT_ON, internal=not isinstance(gap, PublicGap)),
    )
    page = made.body.decode()
    return Told(elements(page), run, bundle, page)


def of_small(name: str, kind: str) -> Told:
    run = SMALL[name].assessment()
    values = json.loads(to_json(run))
    kinds: dict[str, Gap] = {
        "internal": InternalGap(assessment=run, fictional=SMALL[name].declaration().project.fictional),
        "recorded": RecordedGap(to_json(run).encode(), Span("x", 1, 1)),
        "public": PublicGap(report=report(SMALL[name])),
    }
    return told(kinds[kind], values, CATALOG, "sha256:" + "1" * 64)


def of_declaration(path: Path, *, internal: bool) -> tuple[Gap, Values, Bundle]:
    bundle, digest = default_bundle()
    attestors = chosen_attestors(EXAMPLES / "attestors.yaml")
    build = Build(bundle=bundle, digest=digest, as_of=BUILT_ON, attestors=attestors, internal=True)
    [whole] = gaps([path], build, Collector(), say=print)
    assert isinstance(whole, InternalGap)
    gap: Gap = whole
    if not internal:
        public = Build(bundle=bundle, digest=digest, as_of=BUILT_ON, attestors=attestors, internal=False)
        [gap] = gaps([path], public, Collector(), say=print)
    return gap, json.loads(to_json(whole.assessment)), bundle


MUTATIONS = {
    "as it is": ("", ""),
    "one answer withdrawn": ("state: implemented", "state: not-implemented"),
    "no longer in the EU": ("jurisdiction: [eu, us]", "jurisdiction: [us]"),
}


@pytest.fixture(scope="module", params=sorted(MUTATIONS))
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an example, of which one YAML was changed."""
    copy = tmp_path_factory.mktemp("examples") / "examples"
    shutil.copytree(EXAMPLES, copy)
    file = copy / "aurora-image" / "handrail.yaml"
    old, new = MUTATIONS[request.param]
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1) if old else file.read_text())
    return copy / "aurora-image"


@pytest.fixture(scope="module", params=["internal", "public"])
def aurora(request: pytest.FixtureRequest, project: Path) -> tuple[Told, Gap]:
    gap, run, bundle = of_declaration(project, internal=request.param == "internal")
    return told(gap, run, bundle, default_bundle()[1]), gap


@pytest.fixture(scope="module", params=[(name, kind) for name in SMALL for kind in ("internal", "recorded", "public")])
def small(request: pytest.FixtureRequest) -> Told:
    return of_small(*request.param)


def headline_holds(page: Told) -> None:
    must = page.applying("must")
    still_open = sum(one["finding"] in OPEN for one in must)
    first = page.by_class("hr-headline")[0].node[0].text
    if must and still_open:
        assert page.numbers(first)[:2] == [still_open, len(must)]
    satisfied = [one for one in must if one["finding"] == "satisfied"]
    well = sum(one["assurance"] in ("verified", "attested") for one in satisfied)
    if satisfied:
        [strength] = [p for p in page.by_class("hr-headline")[0].node if "satisfied" in p.text and p.text[:3] == "Of "]
        assert page.numbers(strength.text) == [len(satisfied), well, len(satisfied) - well]


def coverage_holds(page: Told) -> None:
    rows = counted(page.run)
    outside = [one for one in rows if one["reasons"] and one["reasons"][0]["code"] == "out-of-scope"]
    applicable = [one for one in rows if one["finding"] != "not-applicable"]
    determined = [one for one in applicable if one["finding"] != "undetermined"]
    expected = [
        page.run["summary"]["coverage"]["catalog_applicable"],  # of the whole catalog, which no list of findings is
        len(rows) - len(outside),
        len(determined),
        sum(one["assurance"] in ("verified", "attested") for one in determined),
        len(outside),
        len(rows) - len(applicable) - len(outside),
    ]
    assert page.numbers(page.by_class("hr-coverage")[0].text)[:6] == expected


def glance_holds(page: Told) -> None:
    """The table, and the picture beside it."""
    expected = {}
    for one in {one["principle"]: one for one in counted(page.run)}:
        rows = [row for row in counted(page.run) if row["principle"] == one]
        hidden = {row["control"] for row in rows} & hidden_controls(page)
        shown = [row for row in rows if row["control"] not in hidden]
        tally = Counter((row["level"] == "must", state_of(row)) for row in shown)
        expected[one] = [
            *(tally[must, state] for must in (True, False) for state in ("open", "satisfied")),
            tally[True, "na"] + tally[False, "na"],
        ]
    titles = {one.title.split(",")[0]: one.id for one in page.bundle.principles}
    for row in (one for table in page.by_class("hr-glance") for one in table.node.iter() if tag(one) == "tr"):
        cells = [one for one in row if tag(one) == "td"]
        if cells:
            numbers = ["".join(one.itertext()) for one in cells]
            told_numbers = [int(one) for one in (*numbers[:4], numbers[-1])]
            assert told_numbers == expected[titles["".join(row[0].itertext())]]


def state_of(row: Values) -> str:
    return "open" if row["finding"] in OPEN else "satisfied" if row["finding"] == "satisfied" else "na"


def hidden_controls(page: Told) -> set[str]:
    """Controls that a public page does not name."""
    return {one["control"] for one in page.run["findings"] if f">{one['control']}<" not in page.known}


def tag(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def everything_that_may_stand_there(page: Told) -> Counter[str]:
    """Numbers of the JSON and what follows from them by counting and by the calendar."""
    allowed: Counter[str] = Counter()
    as_of = date.fromisoformat(page.run["as_of"])
    days = {one for one in strings(page.run) if re.fullmatch(r"\d{4}-\d\d-\d\d", one)}
    for one in days:
        distance = abs((as_of - date.fromisoformat(one)).days)
        allowed.update([one, str(distance)])
    allowed.update(str(number) for number in range(len(page.run["findings"]) + 1))
    allowed.update([str(as_of.year), str(as_of.day), str(page.run["summary"]["coverage"]["catalog_applicable"])])
    return allowed


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def words_that_hold_numbers(page: Told) -> list[str]:
    """Names and sentences of the catalog and of the JSON, which are told as they are."""
    requirements = [one.title for c in page.bundle.controls.values() for g in c.evidence for one in alternatives(g)]
    named = [*page.bundle.controls, *(one.title for one in page.bundle.controls.values()), *requirements]
    named += [label.label for fact in page.bundle.facts.values() for label in fact.values.values()]
    named += [f"{one.reference.short}, {name}" for one in page.bundle.references.values() for name in one.clauses]
    named += [one.reference.short for one in page.bundle.references.values()]
    named += [one for one in strings(page.run) if not re.fullmatch(r"\d{4}-\d\d-\d\d", one)]
    return sorted({one for one in named if NUMBER.search(one)}, key=len, reverse=True)


def nothing_else_holds(page: Told, *, also: Iterable[str] = ()) -> None:
    body = re.sub(r"<svg.*?</svg>|<code>.*?</code>|<p class=\"hr-cite\">.*?</p>", " ", page.known, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]*>", " ", body)).replace("SHA-256", " ")
    text = " ".join(text.split())
    for word in words_that_hold_numbers(page):
        text = text.replace(" ".join(word.split()), " ")
    allowed = everything_that_may_stand_there(page)
    strange = [one for one in NUMBER.findall(text) if one not in allowed and one not in also]
    assert not strange, strange


def test_a_small_page_tells_the_numbers_of_its_json(small: Told) -> None:
    headline_holds(small)
    coverage_holds(small)
    glance_holds(small)
    nothing_else_holds(small, also=["2026-09-30"])  # since when a sealed record is held, as declared


def test_a_real_page_tells_the_numbers_of_its_json_also_after_a_change(aurora: tuple[Told, Gap]) -> None:
    page, gap = aurora
    headline_holds(page)
    coverage_holds(page)
    glance_holds(page)
    ahead = set() if isinstance(gap, PublicGap) else numbers_ahead(gap)
    nothing_else_holds(page, also=ahead)


def numbers_ahead(gap: Gap) -> set[str]:
    """What the forecast and the plan may bring in, which come from the declaration and the days to come."""
    assert isinstance(gap, InternalGap)
    assert gap.ahead
    weeks = gap.ahead.weeks
    days = {one.isoformat() for week in weeks for one in (week.start, week.end)}
    days |= {one.day.isoformat() for week in weeks for one in week.events}
    return days | {one.due.isoformat() for one in gap.plan if one.due}


@pytest.mark.parametrize("aurora", ["internal"], indirect=True)
def test_evidence_is_told_with_age_and_expiry_by_the_calendar(aurora: tuple[Told, Gap]) -> None:
    page, _ = aurora
    as_of = date.fromisoformat(page.run["as_of"])
    rows = {re.search(r"[A-Z]+-\d+", one.text)[0]: one.text for one in page.by_class("hr-finding")}  # type: ignore[index]
    pieces = 0
    for finding in page.run["findings"]:
        for piece in finding["evidence"] if finding["finding"] != "not-applicable" else ():
            text, pieces = rows[finding["control"]], pieces + 1
            if piece["date"]:
                day = date.fromisoformat(piece["date"])
                assert f"{piece['tier']}; of {day}, {(as_of - day).days} day" in text
            if piece["counts"] and piece["valid_until"]:
                left = (date.fromisoformat(piece["valid_until"]) - as_of).days
                assert f"until {piece['valid_until']}, {left} day" in text
            assert piece["text"].split()[0] in text
    assert pieces > 40


def test_plan_forecast_and_waivers_stand_on_the_internal_page_only(aurora: tuple[Told, Gap]) -> None:
    page, gap = aurora
    ids = {one.attributes.get("id") for one in page.page}
    assert ({"plan", "ahead", "waivers"} <= ids) == isinstance(gap, InternalGap)
    if not isinstance(gap, InternalGap):
        return
    steps = [one for one in page.by_class("hr-plan")[0].node if tag(one) == "li"]
    assert len(steps) == len(gap.plan)
    assert gap.ahead
    table = [one for one in page.by_class("hr-ahead")[0].node.iter() if tag(one) == "tr"][1:]
    for week, row in zip(gap.ahead.weeks, table, strict=True):
        cells = ["".join(one.itertext()).strip() for one in row]
        assert cells[0] == f"{week.start} to {week.end}"
        applying = sum(week.summary.must.values()) - week.summary.must.get("not-applicable", 0)  # type: ignore[call-overload]
        assert cells[1] == f"{len(week.summary.open_must)} of {applying}"
        assert cells[2].count("2026-") + cells[2].count("2027-") >= len(week.events)
    waived = [one for one in page.run["findings"] if one["waiver"]]
    assert [one["waiver"]["expires"] in row.text for one, row in zip(waived, page.by_class("hr-waiver"), strict=True)]


@pytest.mark.parametrize("small", [(name, "recorded") for name in SMALL], indirect=True)
def test_the_short_page_of_a_record_tells_every_control_that_applies(small: Told) -> None:
    rows = [one for one in small.by_class("hr-brief")[0].node.iter() if tag(one) == "tr"]
    lines = [["".join(cell.itertext()).strip() for cell in row] for row in rows if len(row) == 3][1:]
    expected = [one for one in small.run["findings"] if one["finding"] != "not-applicable"]
    assert sorted(line[0].split()[0] for line in lines) == sorted(one["control"] for one in expected)
    by_id = {line[0].split()[0]: line for line in lines}
    for one in expected:
        _, finding, shown = by_id[one["control"]]
        assert finding.split()[1] == one["finding"]
        if one["finding"] == "satisfied":
            counting = [piece for piece in one["evidence"] if piece["counts"]]
            assert f"{len(counting)} piece" in shown
            assert min(piece["date"] for piece in counting) in shown
        else:
            assert all(reason["text"].rstrip(".") in shown for reason in one["reasons"])


@pytest.mark.parametrize("kind", ["internal", "public"])
def test_earlier_days_and_an_earlier_text_are_told_as_they_are(kind: str) -> None:
    run = MIXED.assessment()
    days = [
        TrendPoint(day=date(2026, month, 3), catalog="1.0.0", applying=month, open=month - 2, satisfied=2)
        for month in (7, 9, 11)
    ]
    known: dict[str, Any] = {"trend": tuple(days), "earlier": "1.0"}
    gap: Gap = InternalGap(assessment=run, **known) if kind == "internal" else PublicGap(report=report(MIXED), **known)
    page = told(gap, json.loads(to_json(run)), CATALOG, "sha256:" + "1" * 64)
    rows = [one for one in page.by_class("hr-trend")[0].node.iter() if tag(one) == "tr"][1:]
    assert [["".join(cell.itertext()) for cell in row] for row in rows] == [
        [one.day.isoformat(), one.catalog, str(one.applying), str(one.open), str(one.satisfied)] for one in days
    ]
    [picture] = page.by_class("hr-bars")
    assert [f"{one.open}/{one.applying}" in picture.text for one in days] == [True] * len(days)
    assert "Judged against an earlier text" in page.by_class("hr-remark")[0].text
