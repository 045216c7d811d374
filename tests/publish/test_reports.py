"""Report pages print the public report: its numbers, its words, and nothing that is not in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest

from handrail.model.public import PublicControl, PublicReport
from handrail.model.terms import Disclosure, Finding, SelectedBy
from handrail.report import wording
from tests.publish.sites import DIGEST, elements, small_reports, texts
from tests.report.small import CATALOG

Site = Mapping[str, bytes]
REPORTS = {one.project.id: one for one in small_reports()}


def controls(report: PublicReport) -> list[PublicControl]:
    return [one for phase in report.phases for principle in phase.principles for one in principle.controls]


@pytest.fixture(params=sorted(REPORTS))
def report(request: pytest.FixtureRequest) -> PublicReport:
    return REPORTS[request.param]


@pytest.fixture
def page(report: PublicReport, small_site: Site) -> bytes:
    return small_site[f"reports/{report.project.id}.html"]


def test_the_headline_stands_word_for_word_with_its_note(report: PublicReport, page: bytes) -> None:
    headline = next(one.text for one in elements(page) if one.attributes.get("class") == "hr-headline")
    note = wording.fixed_note(report.project.name)
    assert headline == " ".join([*wording.headline(report.headline), note])


def test_every_shown_control_has_its_row_with_its_word_and_level(report: PublicReport, page: bytes) -> None:
    rows = texts(page, "hr-finding")
    assert len(rows) == len(controls(report))
    for one in controls(report):
        row = next(text for text in rows if f" {one.control} {one.title} " in text)
        sign, word = wording.SIGNS[one.finding], wording.finding_label(one.finding, public=True)
        assert row.startswith(f"{sign} {word} {one.control} {one.title} {one.level.value.upper()} (")
        assert all(reason.text in row for reason in one.reasons)
        assert all(piece.title in row for piece in one.evidence)


def test_the_numbers_at_a_glance_are_those_of_the_report(report: PublicReport, page: bytes) -> None:
    text = page.decode()
    table = text[text.index("hr-glance") :].split("</table>")[0]
    shown = dict(re.findall(r'href="#([A-Z]+)">[^<]*</a></th>((?:\s*<td>[^<]*</td>)+)', table))
    for phase in report.phases:
        for principle in phase.principles:
            counted = [one for one in principle.controls if one.selected_by is SelectedBy.CHECKLIST]
            wider = "in a wider count" if principle.counted_wider else "0"
            assert re.findall(r"<td>([^<]*)</td>", shown[principle.id]) == [
                str(sum(one.finding.is_open for one in counted)),
                str(sum(one.finding is Finding.SATISFIED for one in counted)),
                str(principle.counted.controls) if principle.counted else wider,
                str(sum(one.finding is Finding.NOT_APPLICABLE for one in counted)),
            ]


def test_counts_are_told_as_they_are(report: PublicReport, page: bytes) -> None:
    told = " ".join(texts(page, "hr-counted"))
    counts = [principle.counted for phase in report.phases for principle in phase.principles]
    counts += [*(phase.counted for phase in report.phases), report.counted]
    for count in counts:
        if count is not None:
            assert f"{count.satisfied} satisfied, {count.open} open" in told


def test_a_control_that_is_only_counted_is_named_nowhere(report: PublicReport, page: bytes, small_site: Site) -> None:
    shown = {one.control for one in controls(report)}
    text = page.decode() + small_site[f"reports/{report.project.id}.json"].decode()
    hidden = {one for one, c in CATALOG.controls.items() if c.disclosure is Disclosure.PRINCIPLE} - shown
    assert hidden
    assert not [one for one in hidden if one in text]


def test_coverage_dates_and_digest_are_on_the_page(report: PublicReport, page: bytes) -> None:
    text = " ".join(one.text for one in elements(page) if one.tag == "article")
    for line in wording.coverage_lines(report.coverage):
        assert line in text
    assert b"<dt>Judged on</dt><dd>24 November 2026</dd>" in page
    assert b"<dt>Page built on</dt><dd>24 November 2026</dd>" in page
    assert report.catalog[0].digest in text
    assert DIGEST in text


def test_the_download_is_the_public_report_itself(report: PublicReport, small_site: Site) -> None:
    data = small_site[f"reports/{report.project.id}.json"]
    assert PublicReport.model_validate(json.loads(data)) == report
    assert data.endswith(b"}\n")


def test_the_portfolio_stands_by_name_and_ranks_nothing(small_site: Site) -> None:
    assert texts(small_site["reports/index.html"], "hr-principles__title") == ["Anvil", "beacon", "Zephyr"]


def test_a_fictional_project_says_so_on_every_page_that_names_it(small_site: Site) -> None:
    for one in REPORTS.values():
        said = b"Worked example; the project is fictional." in small_site[f"reports/{one.project.id}.html"]
        assert said == one.headline.fictional


def test_open_findings_share_one_look(report: PublicReport, page: bytes) -> None:
    looks = {
        (one.text.split()[1], one.attributes["class"].split()[1])
        for one in elements(page)
        if one.tag == "li" and "hr-finding" in one.attributes.get("class", "").split()
    }
    for word, look in looks:
        assert (look == "hr-finding--open") == (word in ("not-satisfied", "not", "partial"))
