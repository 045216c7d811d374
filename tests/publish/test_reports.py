"""Report pages print the public report: its words, its counts, and nothing that is not in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import pytest

from handrail.model.public import PublicControl, PublicReport
from handrail.model.terms import Disclosure, Finding, Level, SelectedBy
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


def test_every_control_that_applies_has_its_row_with_its_word_and_level(report: PublicReport, page: bytes) -> None:
    rows = texts(page, "hr-finding")
    applying = [one for one in controls(report) if one.finding is not Finding.NOT_APPLICABLE]
    assert len(rows) == len(applying)
    for one in applying:
        row = next(text for text in rows if f" {one.control} {one.title} " in text)
        sign, word = wording.SIGNS[one.finding], wording.finding_label(one.finding, public=True)
        assert row.startswith(f"{sign} {word} {one.control} {one.title} {one.level.value.upper()} (")
        assert all(reason.text in row for reason in one.reasons)
        assert all(piece.title in row for piece in one.evidence)


def test_open_must_controls_stand_first_and_every_control_once(report: PublicReport, page: bytes) -> None:
    text = page.decode()
    first = text[text.index('id="open"') :].split("<h2")[0]
    for one in controls(report):
        leads = one.finding.is_open and one.level is Level.MUST and one.selected_by is SelectedBy.CHECKLIST
        assert (f">{one.control}</span>" in first) == leads
        assert text.count(f'<span class="hr-id">{one.control}</span>') == 1


def test_a_control_that_does_not_apply_is_told_with_its_reason(report: PublicReport, page: bytes) -> None:
    told = " ".join(texts(page, "hr-outside"))
    for one in controls(report):
        assert (f"{one.control} {one.title}" in told) == (one.finding is Finding.NOT_APPLICABLE)


def test_counts_are_told_as_they_are(report: PublicReport, page: bytes) -> None:
    told = " ".join(texts(page, "hr-counted"))
    counts = [principle.counted for phase in report.phases for principle in phase.principles]
    counts += [*(phase.counted for phase in report.phases), report.counted]
    for count in counts:
        if count is not None:
            assert f"{count.satisfied} satisfied, {count.open} open" in told


def test_a_control_that_is_only_counted_is_named_nowhere(report: PublicReport, page: bytes, small_site: Site) -> None:
    shown = {one.control for one in controls(report)}
    files = (page, small_site[f"reports/{report.project.id}.json"], small_site[f"reports/{report.project.id}.csv"])
    text = b"".join(files).decode()
    hidden = {one for one, c in CATALOG.controls.items() if c.disclosure is Disclosure.PRINCIPLE} - shown
    assert hidden
    assert not [one for one in hidden if one in text]


def test_a_public_page_tells_no_plan_no_forecast_and_no_day_until_which_anything_holds(
    report: PublicReport, page: bytes, small_site: Site
) -> None:
    ids = {one.attributes.get("id") for one in elements(page)}
    assert not ids & {"plan", "ahead", "waivers", "inherited"}
    assert "until" not in " ".join(texts(page, "hr-finding"))
    rows = small_site[f"reports/{report.project.id}.csv"].decode().splitlines()
    assert rows[0].split(",")[6] == "valid_until"
    assert all(row.split(",")[6] == "" for row in rows[1:] if '"' not in row)


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


def test_the_citation_names_day_catalog_and_the_digest_of_the_download(
    report: PublicReport, page: bytes, small_site: Site
) -> None:
    data = small_site[f"reports/{report.project.id}.json"]
    [cited] = texts(page, "hr-cite")
    assert f"gap report of {report.as_of.isoformat()}" in cited
    assert f"{report.catalog[0].version} ({report.catalog[0].digest})" in cited
    assert f"sha256:{hashlib.sha256(data).hexdigest()}" in cited
    assert cited.endswith(f"reports/{report.project.id}.html")


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


def test_the_picture_has_a_name_a_description_and_a_sign_in_every_square(report: PublicReport, page: bytes) -> None:
    [picture] = [one for one in elements(page) if "hr-strip" in one.attributes.get("class", "").split()]
    names = picture.attributes["aria-labelledby"].split()
    there = {one.attributes.get("id"): one for one in elements(page)}
    assert [there[name].tag for name in names] == ["title", "desc"]
    signs = [one for one in controls(report) if one.selected_by is SelectedBy.CHECKLIST]
    signs = [one for one in signs if one.finding is not Finding.NOT_APPLICABLE]
    groups = [one for one in elements(page) if one.attributes.get("class") == "hr-strip__signs"]
    assert sorted("".join(one.text.replace(" ", "") for one in groups)) == sorted(
        wording.SIGNS[one.finding] for one in signs
    )


def test_reports_stand_in_no_menu_and_search_has_their_headline_only(small_site: Site) -> None:
    menu = small_site["index.html"].decode()
    assert "reports/anvil.html" not in menu
    docs = json.loads(small_site["search/search_index.json"])["docs"]
    found = [one for one in docs if one["location"].startswith("reports/anvil.html")]
    assert [(one["title"], one["text"]) for one in found] == [("Anvil", wording.headline(REPORTS["anvil"].headline)[0])]
