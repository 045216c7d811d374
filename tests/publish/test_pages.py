"""Every id of the catalog has its page and its permanent anchor, and the pages say what the catalog says."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from datetime import date

import pytest

from handrail.catalog.resolve import selected
from handrail.cli.app import VERBS
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.kinds import KINDS
from handrail.model.reasons import REASONS
from handrail.model.terms import Finding, TitleStatus
from handrail.model.vocabulary import ChecklistFile
from handrail.publish.page import first_sentence, headings, web_address
from handrail.publish.pages import bundle_pages
from handrail.publish.pages_references import anchors
from handrail.publish.source import site_source
from handrail.source.codes import CODES
from handrail.source.diagnostics import Collector
from handrail.source.load import load
from tests.publish.sites import DIGEST, elements, ids, texts
from tests.report.small import ACT, bundle_of, control

Site = Mapping[str, bytes]


def test_every_control_stands_at_its_permanent_address(real_site: Site, catalog: Bundle) -> None:
    for one in catalog.controls:
        assert ids(real_site[f"principles/{catalog.principle_of[one].lower()}.html"]).count(one) == 1


def test_every_phase_checklist_and_reference_has_a_page(real_site: Site, catalog: Bundle) -> None:
    wanted = {f"phases/{p.phase.value}.html" for p in catalog.principles}
    wanted |= {f"checklists/{c.checklist.id}.html" for c in catalog.checklists}
    wanted |= {f"references/{one}.html" for one in catalog.references}
    assert wanted <= real_site.keys()


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("diagnostics.html", list(CODES)),
        ("meaning/evidence-kinds.html", list(KINDS)),
        ("meaning/index.html", [f"reason-{code}" for code in REASONS]),
    ],
)
def test_tables_of_the_program_are_whole_and_in_order(real_site: Site, page: str, wanted: list[str]) -> None:
    assert [one for one in ids(real_site[page]) if one in set(wanted)] == wanted


def test_lexicon_themes_and_facts_have_their_anchors(real_site: Site, catalog: Bundle) -> None:
    assert set(catalog.terms) <= set(ids(real_site["lexicon.html"]))
    assert {theme.id for theme in catalog.themes} <= set(ids(real_site["themes.html"]))
    assert set(catalog.facts) <= set(ids(real_site["meaning/facts.html"]))


def test_no_id_stands_twice_on_a_page(real_site: Site) -> None:
    for path, data in real_site.items():
        if path.endswith(".html"):
            found = ids(data)
            assert len(found) == len(set(found)), path


def test_every_page_has_one_main_heading_a_title_and_a_language(real_site: Site, small_site: Site) -> None:
    for path, data in {**real_site, **small_site}.items():
        if path.endswith(".html") and path not in ("404.html", "assets/handrail/search-worker.html"):
            tags = [one.tag for one in elements(data)]
            assert tags.count("h1") == 1, path
            assert data.partition(b"</head>")[0].count(b"<title>") == 1, path
            assert next(one for one in elements(data) if one.tag == "html").attributes["lang"] == "en", path


def test_meaning_page_names_every_finding(real_site: Site) -> None:
    page = real_site["meaning/index.html"].decode()
    for finding in Finding:
        assert f'<th scope="row">{finding.value.replace("-", " ")}</th>' in page


def test_a_title_that_was_not_verified_says_so(real_site: Site, catalog: Bundle) -> None:
    for principle in catalog.principles:
        marks = texts(real_site[f"principles/{principle.id.lower()}.html"], "hr-title-mark")
        assert bool(marks) == (principle.title_status is not TitleStatus.SEEN)


def test_a_checklist_lists_its_controls_in_its_own_order(real_site: Site, catalog: Bundle) -> None:
    for checklist in catalog.checklists:
        rows = texts(real_site[f"checklists/{checklist.checklist.id}.html"], "hr-rows")[0]
        assert re.findall(r"\b[A-Z]{3}-[0-9]{2}\b", rows) == list(selected(checklist, catalog))


def test_a_checklist_has_a_question_and_a_box_to_tick_for_every_control(real_site: Site, catalog: Bundle) -> None:
    for checklist in catalog.checklists:
        page = real_site[f"checklists/{checklist.checklist.id}.html"]
        asked = [catalog.controls[one].question for one in selected(checklist, catalog)]
        assert texts(page, "hr-rows__question") == asked
        assert len(texts(page, "hr-tick")) == len(asked)


def test_errata_are_dated_newest_first(real_site: Site) -> None:
    days = [one[1:] for one in ids(real_site["errata.html"]) if re.fullmatch(r"d\d{4}-\d\d-\d\d", one)]
    assert days
    assert days == sorted(days, reverse=True)


def test_first_steps_come_first(real_site: Site) -> None:
    page = real_site["checklists/index.html"].decode()
    listed = page[page.index("hr-principles") :]
    assert (
        re.findall(r'<a class="hr-principles__title" href="\.\./checklists/([a-z-]+)\.html"', listed)[0]
        == "first-steps"
    )


@pytest.mark.parametrize(
    ("built_on", "says"),
    [(date(2025, 12, 31), "from 1 January 2026"), (date(2026, 1, 1), "since 1 January 2026")],
)
def test_a_legal_duty_says_when_it_begins_and_how_well_it_is_known(built_on: date, says: str) -> None:
    bundle = bundle_of(control("DAT-01", "Keep a list", level="should", escalates=[ACT]))
    page = next(p for p in bundle_pages(bundle, DIGEST, built_on=built_on) if p.path == "principles/dat.html")
    duty = next(one.text for one in elements(page.body) if one.tag == "li" and "The Act, 5" in one.text)
    assert duty.startswith(f"MUST (law: The Act, 5, from a secondary source), {says}.")
    assert "Shown only" not in duty


def test_a_clause_known_from_memory_is_shown_and_changes_nothing() -> None:
    bundle = bundle_of(control("DAT-01", "Keep a list", escalates=[{**ACT, "clause": "9"}]))
    page = next(p for p in bundle_pages(bundle, DIGEST, built_on=date(2026, 11, 24)) if p.path == "principles/dat.html")
    assert "Shown only" in page.body


@pytest.mark.parametrize(
    ("given", "word"),
    [({"status": "draft"}, "Draft."), ({"status": "retired", "replaced_by": "DAT-02"}, "Retired.")],
)
def test_the_status_of_a_control_is_marked(given: dict[str, str], word: str) -> None:
    bundle = bundle_of(control("DAT-01", "Keep a list", **given), control("DAT-02", "Keep a better list"))
    page = next(p for p in bundle_pages(bundle, DIGEST, built_on=date(2026, 11, 24)) if p.path == "principles/dat.html")
    assert any(text.startswith(word) for text in texts(page.body.encode(), "hr-status"))


def test_tailoring_is_shown_with_its_reason() -> None:
    changed = ChecklistFile.model_validate(
        {
            "checklist": {"id": "small", "title": "Small", "introduction": "For small teams."},
            "selects": {"controls": ["DAT-01"]},
            "set": {"DAT-01": {"level": "should", "max_age": "P30D", "because": "it is small"}},
        }
    )
    bundle = bundle_of(control("DAT-01", "Keep a list")).model_copy(update={"checklists": (changed,)})
    page = next(
        p for p in bundle_pages(bundle, DIGEST, built_on=date(2026, 11, 24)) if p.path == "checklists/small.html"
    )
    note = texts(page.body.encode(), "hr-rows__note")
    assert note == ["MUST in the catalog, SHOULD here; evidence of at most 30 days: it is small"]


def test_clauses_with_like_names_keep_anchors_of_their_own() -> None:
    bundle = bundle_of(control("DAT-01", "Keep a list"))
    law = bundle.references["law"]
    clause = law.clauses["5"]
    twins = law.model_copy(update={"clauses": {"5(1)": clause, "5 (1)": clause, "5-1": clause, "§": clause}})
    found = anchors(bundle.model_copy(update={"references": {"law": twins}}))
    assert list(found.values()) == ["c-5-1", "c-5-1-2", "c-5-1-3", "c-clause"]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ('https://example.org/"onclick="x', False),
        ("//example.org", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None, kept: bool) -> None:
    assert bool(web_address(url)) == kept


def test_headings_carry_no_permalink_text_and_nest_by_level() -> None:
    body = '<h1 id="a">A</h1><h2 id="b">B <a class="headerlink" href="#b">#</a></h2><h2>no id</h2>'
    assert [(one.level, one.id, one.text) for one in headings(body)] == [(1, "a", "A"), (2, "b", "B")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("One. Two.", "One"), ("a " * 150, "a " * 99 + "a\N{HORIZONTAL ELLIPSIS}"), ("one\nline", "one line")],
)
def test_a_description_is_one_short_line(text: str, kept: str) -> None:
    assert first_sentence(text) == kept


def test_hand_written_pages_name_only_verbs_that_exist() -> None:
    verbs = set(VERBS)
    text = "\n".join(path.read_text() for path in sorted(site_source().glob("pages/**/*.md")))
    named = set(re.findall(r"(?:`| {4})handrail ([a-z][a-z-]*)", text))
    assert named
    assert named <= verbs


def test_the_first_declaration_on_the_site_is_a_good_one(catalog: Bundle) -> None:
    text = (site_source() / "pages" / "get-started.md").read_text()
    block = text[text.index("    handrail: 1") :].split("\n\n")[0]
    out = Collector()
    loaded = load(Declaration, textwrap.dedent(block).encode() + b"\n", "handrail.yaml", out)
    assert loaded is not None
    assert not out.total
    assert set(loaded.value.facts) <= set(catalog.facts)
    assert set(loaded.value.checklists) <= {one.checklist.id for one in catalog.checklists}


def test_every_block_of_code_is_within_reach_of_the_keyboard(real_site: Site) -> None:
    blocks = [
        (path, one)
        for path, data in real_site.items()
        if path.endswith(".html")
        for one in re.findall(r"<pre[^>]*><code[^>]*>", data.decode())
        if "hr-code" not in one  # stands in a region that is reached itself
    ]
    assert len(blocks) > 50
    assert [(path, one) for path, one in blocks if 'tabindex="0"' not in one] == []
