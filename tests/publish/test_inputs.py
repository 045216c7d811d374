"""What a person names becomes reports: declarations with consent, records for an internal site, nothing else."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from handrail.model.assessment import Assessment
from handrail.model.terms import Finding
from handrail.publish.gap import Gap, InternalGap, NoConsent, PublicGap, RecordedGap, left_behind
from handrail.publish.inputs import Build, gaps
from handrail.publish.many import ALONE, Finished, Maker, finished
from handrail.publish.pages_reports import Edition
from handrail.publish.record import looked_at
from handrail.report.canonical import to_json
from handrail.report.trend import trend
from handrail.source.diagnostics import Collector, InputError, Span
from handrail.workspace.history import record
from tests.publish.sites import BUILT_ON, DIGEST
from tests.report.small import CATALOG, FIRST_RUN, MIXED

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGE_BYTES = 25 * 1024
"""DESIGN section 9: a report page of a large build."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES / "harbor-hub", tmp_path / "harbor-hub")
    shutil.copytree(EXAMPLES / "organisation", tmp_path / "organisation")
    shutil.copy(EXAMPLES / "organisation.yaml", tmp_path)
    return tmp_path / "harbor-hub"


def made(paths: list[Path], *, internal: bool, said: list[str] | None = None) -> list[Gap]:
    from handrail.catalog.default import default_bundle

    bundle, digest = default_bundle()
    build = Build(bundle=bundle, digest=digest, as_of=BUILT_ON, attestors={}, internal=internal)
    out = Collector()
    return list(gaps(paths, build, out, say=(said if said is not None else []).append))


def records(path: Path, count: int) -> Path:
    """A file of so many recorded assessments."""
    values = json.loads(to_json(MIXED.assessment()))
    with path.open("w") as stream:
        for number in range(count):
            values["project"] = {"id": f"p{number}", "name": f"Project {number}"}
            stream.write(json.dumps(values) + "\n")
    return path


def test_a_declaration_with_consent_becomes_a_public_report(project: Path) -> None:
    [gap] = made([project], internal=False)
    assert isinstance(gap, PublicGap)


def test_a_declaration_without_consent_gets_no_public_page_and_a_word_why(project: Path) -> None:
    file = project / "handrail.yaml"
    file.write_text(file.read_text().split("\npublish:")[0] + "\n")
    said: list[str] = []
    assert made([project], internal=False, said=said) == [NoConsent(project="harbor-hub")]
    assert "gives no consent" in said[0]
    [gap] = made([project], internal=True)
    assert isinstance(gap, InternalGap)


def test_the_history_beside_a_declaration_becomes_the_trend(project: Path) -> None:
    [before] = made([project], internal=True)
    assert isinstance(before, InternalGap)
    assert before.trend == ()
    earlier = before.assessment.model_copy(update={"as_of": BUILT_ON.replace(month=9)})
    later = before.assessment.model_copy(update={"as_of": BUILT_ON.replace(month=12)})
    record(project, earlier)
    record(project, later)
    [gap] = made([project], internal=False)
    assert isinstance(gap, PublicGap)
    assert [one.day for one in gap.trend] == [earlier.as_of, BUILT_ON]


def test_a_point_of_the_trend_counts_what_is_open_in_any_way() -> None:
    run = MIXED.assessment()
    [point] = trend([run])
    must = run.summary.must
    assert point.open == sum(count for finding, count in must.items() if finding.is_open)
    assert point.applying == point.open + point.satisfied
    assert point.satisfied == must.get(Finding.SATISFIED, 0)


def test_an_error_in_a_declaration_stops_the_build(project: Path) -> None:
    file = project / "handrail.yaml"
    file.write_text(file.read_text().replace("handrail: 1", "handrail: 7"))
    with pytest.raises(InputError):
        made([project], internal=False)


def test_records_get_pages_in_an_internal_build_only(tmp_path: Path) -> None:
    lines = records(tmp_path / "fleet.ndjson", 3)
    said: list[str] = []
    assert made([lines], internal=False, said=said) == []
    assert "carries no consent" in said[0]
    assert all(isinstance(one, RecordedGap) for one in made([lines], internal=True))
    one = tmp_path / "one.json"
    one.write_text(to_json(FIRST_RUN.assessment()))
    assert len(made([one], internal=True)) == 1


def test_a_line_that_is_no_assessment_is_told_with_its_place(tmp_path: Path) -> None:
    lines = records(tmp_path / "fleet.ndjson", 2)
    lines.write_text(lines.read_text() + '{"handrail": 1}\n')
    with pytest.raises(InputError) as raised:
        list(finished(made([lines], internal=True), maker()))
    first = raised.value.diagnostics[0]
    assert first.span is not None
    assert (Path(first.span.path).name, first.span.line) == ("fleet.ndjson", 3)


def maker() -> Maker:
    return Maker(Edition(bundle=CATALOG, digest=DIGEST, built_on=BUILT_ON, internal=True))


def test_an_internal_report_has_no_place_in_a_public_edition() -> None:
    run = MIXED.assessment()
    public = Maker(Edition(bundle=CATALOG, digest=DIGEST, built_on=BUILT_ON))
    for gap in (InternalGap(assessment=run), RecordedGap(to_json(run).encode(), Span("x", 1, 1))):
        with pytest.raises(ValueError, match="no place"):
            public.finished(gap)


def test_reports_are_made_one_by_one_and_none_is_waited_for() -> None:
    run = MIXED.assessment()
    taken: list[int] = []

    def source() -> Iterator[Gap]:
        for number in range(10):
            taken.append(number)
            yield InternalGap(assessment=run)

    reports = finished(source(), maker())
    next(reports)
    assert taken == [0]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_several_processes_make_the_same_reports_as_one(tmp_path: Path) -> None:
    lines = made([records(tmp_path / "fleet.ndjson", ALONE + 60)], internal=True)
    alone = {one.path: one for one in finished(lines, maker(), workers=1) if isinstance(one, Finished)}
    together = {one.path: one for one in finished(lines, maker(), workers=2) if isinstance(one, Finished)}
    assert len(together) == ALONE + 60
    assert together == alone


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_build_that_stops_leaves_no_process_behind(tmp_path: Path) -> None:
    import multiprocessing

    lines = made([records(tmp_path / "fleet.ndjson", ALONE + 60)], internal=True)
    before = set(multiprocessing.active_children())
    reports = finished(lines, maker(), workers=2)
    next(reports)
    assert set(multiprocessing.active_children()) - before
    reports.close()
    assert not set(multiprocessing.active_children()) - before


@pytest.mark.parametrize("run", [MIXED.assessment(), FIRST_RUN.assessment()], ids=["mixed", "first run"])
def test_what_is_looked_at_is_what_the_strict_reading_gives(run: Assessment) -> None:
    def same(looked: Any, read: Any) -> int:
        if isinstance(looked, msgspec.Struct):
            return sum(same(getattr(looked, name), getattr(read, name)) for name in looked.__struct_fields__)
        if isinstance(looked, tuple):
            return sum(same(*both) for both in zip(looked, read, strict=True))
        assert (type(looked), looked) == (type(read), read)
        return 1

    assert same(looked_at(to_json(run).encode(), Span("x", 1, 1)), run) > 100


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b'"id": "aurora"', b'"id": "../aurora"'), "HR106"),
        ((b'"name": "Aurora"', b'"name": "Aur\xffora"'), "HR001"),
        ((b'"name": "Aurora"', b'"name": "Aur\\ud800ora"'), "HR001"),
        ((b'"as_of": "2', b'"as_of": "x'), "HR104"),
        ((b'"finding": "', b'"finding": "very-'), "HR105"),
        ((b'"handrail": 1', b'"handrail": 2'), "HR105"),
    ],
)
def test_a_record_that_is_no_assessment_is_refused_at_its_place(change: tuple[bytes, bytes], code: str) -> None:
    data = to_json(MIXED.assessment()).encode()
    assert change[0] in data
    with pytest.raises(InputError) as refused:
        looked_at(data.replace(*change), Span("fleet.ndjson", 7, 1))
    assert refused.value.diagnostics[0].code == code
    assert {str(one.span) for one in refused.value.diagnostics} == {str(Span("fleet.ndjson", 7, 1))}


@pytest.mark.parametrize("text", ["<i>plain</i>", "two\nlines of <i>text</i>", "\n<i>\n", "</table>\n" * 100])
def test_a_text_of_a_record_stays_a_text_in_its_own_row(text: str) -> None:
    values = json.loads(to_json(FIRST_RUN.assessment()))
    changed = [one for one in values["findings"] if one["reasons"] and one["finding"] != "not-applicable"][1]
    changed["reasons"][0]["text"] = text
    gap = RecordedGap(json.dumps(values).encode(), Span("x", 1, 1))
    [page] = [one.body.decode() for one in finished([gap], maker()) if isinstance(one, Finished)]
    rows = re.findall(r"<tr><th scope=row>(?:(?!<t).)*(?:<td>(?:(?!<t).)*){2}", page, re.DOTALL)
    assert len(rows) == sum(one["finding"] != "not-applicable" for one in values["findings"])
    [own] = [row for row in rows if row.startswith(f"<tr><th scope=row>{changed['control']} ")]
    assert html.escape(text).strip().split("\n")[0] in own
    assert "<i>" not in page
    assert page.count("</table>") == 1


def test_the_page_of_a_record_is_small() -> None:
    from handrail.catalog.default import default_bundle

    bundle, digest = default_bundle()
    edition = Edition(bundle=bundle, digest=digest, built_on=BUILT_ON, internal=True)
    runs = [gap.assessment for gap in made([EXAMPLES], internal=True) if isinstance(gap, InternalGap)]
    whole = [RecordedGap(to_json(run).encode(), Span("x", 1, 1)) for run in runs]
    pages = [one.body for one in finished(whole, Maker(edition)) if isinstance(one, Finished)]
    shell = 8_600  # test_build holds the theme's shell to that
    assert sum(map(len, pages)) / len(pages) + shell < PAGE_BYTES


@pytest.mark.parametrize(("days", "said"), [(180, ""), (181, "1.0")])
def test_an_answer_to_a_text_of_long_ago_is_said_to_be_one(days: int, said: str) -> None:
    from datetime import timedelta

    releases = [
        {"version": version, "date": day.isoformat(), "digest": "sha256:" + digit * 64, "fingerprints": {}}
        for version, day, digit in (("1.0", BUILT_ON - timedelta(days=400), "a"), ("1.1", BUILT_ON, "b"))
    ]
    bundle = CATALOG.model_copy(update={"releases": tuple(_release(one) for one in releases)})
    day = BUILT_ON + timedelta(days=days)
    assert left_behind("a" * 64, bundle, on=day) == said
    assert left_behind("sha256:" + "b" * 64, bundle, on=day) == ""
    assert left_behind("c" * 64, bundle, on=day) == ""
    assert left_behind(None, bundle, on=day) == ""


def _release(values: Mapping[str, object]) -> object:
    from handrail.model.vocabulary import Release

    return Release.model_validate(values)
