"""The crosswalk and the references: every mapping stands there, from both sides, and the numbers are the catalog's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handrail.model.bundle import Bundle
from handrail.publish.page import Page
from handrail.publish.pages import bundle_pages
from handrail.publish.pages_references import anchors
from handrail.publish.words import CONFIDENCE, CONFIDENCE_SIGNS, RELATION_SIGNS, RELATIONS
from tests.publish.sites import BUILT_ON, DIGEST, elements
from tests.report.small import ACT, bundle_of, control

Pages = Mapping[str, Page]


def test_the_matrix_holds_every_mapping_by_sign_and_by_word(pages: Pages, catalog: Bundle) -> None:
    names = anchors(catalog)
    found = [
        (one.attributes["href"], one.text)
        for one in elements(pages["crosswalk.html"].body)
        if one.tag == "a" and one.attributes.get("class") == "hr-sign"
    ]
    wanted = [
        (
            f"references/{m.reference}.html#{names[m.reference, m.clause]}",
            f"{RELATION_SIGNS[m.relation]}{CONFIDENCE_SIGNS[m.confidence]}"
            f"{RELATIONS[m.relation]} {m.clause}, {CONFIDENCE[m.confidence]}",
        )
        for one in catalog.controls.values()
        for m in one.mappings
    ]
    assert sorted(found) == sorted(wanted)


def test_the_matrix_has_a_row_for_every_control_and_a_column_for_every_reference(pages: Pages, catalog: Bundle) -> None:
    body = pages["crosswalk.html"].body
    tables = re.findall(r"<table.*?</table>", body, re.DOTALL)
    columns = [
        one for table in tables for one in re.findall(r'<th scope="col"><a href="references/([^"]+)\.html"', table)
    ]
    assert sorted(columns) == sorted(catalog.references)
    for table in tables:
        rows = [one.text.split()[0] for one in elements(table) if one.tag == "th" and one.attributes["scope"] == "row"]
        assert rows == [
            one for p in catalog.principles for one in catalog.controls if catalog.principle_of[one] == p.id
        ]
        width = len(re.findall(r'<th scope="col">', table))
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL):
            assert row.count("<td>") == width - 1


def test_every_sign_of_the_matrix_is_explained(pages: Pages) -> None:
    explained = [one.text for one in elements(pages["crosswalk.html"].body) if one.tag == "li"]
    for relation, words in RELATIONS.items():
        assert f"{RELATION_SIGNS[relation]} {words} the clause" in explained
    for confidence, words in CONFIDENCE.items():
        assert f"{CONFIDENCE_SIGNS[confidence]} {words}" in explained


def test_every_clause_names_the_controls_that_answer_it(pages: Pages, catalog: Bundle) -> None:
    names = anchors(catalog)
    sections = {
        (one, anchor): section
        for one in catalog.references
        for anchor, section in re.findall(
            r'<section class="hr-clause" aria-labelledby="([^"]+)">(.*?)</section>',
            pages[f"references/{one}.html"].body,
            re.DOTALL,
        )
    }
    assert set(sections) == {(reference, anchor) for (reference, _), anchor in names.items()}
    for one in catalog.controls.values():
        for mapping in one.mappings:
            rows = [
                row.text
                for row in elements(f"<table>{sections[mapping.reference, names[mapping.reference, mapping.clause]]}")
                if row.tag == "tr" and row.text.startswith(one.id)
            ]
            assert any(
                f"{RELATIONS[mapping.relation]} it" in row and row.endswith(CONFIDENCE[mapping.confidence])
                for row in rows
            ), (one.id, mapping)
        for duty in one.escalates:
            assert "made stricter by it" in sections[duty.reference, names[duty.reference, duty.clause]]


def test_coverage_counts_the_clauses_that_a_control_maps_to(pages: Pages, catalog: Bundle) -> None:
    rows = {
        re.findall(r"references/([^\"]+)\.html", row)[0]: re.findall(r"<td[^>]*>([^<]*)</td>", row)[-2:]
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", pages["references/index.html"].body, re.DOTALL)
    }
    assert set(rows) == set(catalog.references)
    for one, file in catalog.references.items():
        mapped = {(m.clause, c.id) for c in catalog.controls.values() for m in c.mappings if m.reference == one}
        answered = len({clause for clause, _ in mapped})
        shown = f"{answered} of {len(file.clauses)}" if file.clauses else "none named"
        assert rows[one] == [shown, str(len({control for _, control in mapped}))]


def test_a_clause_that_only_makes_stricter_is_shown_and_not_counted_as_answered() -> None:
    bundle = bundle_of(control("DAT-01", "One", escalates=[ACT]))
    page = next(p for p in bundle_pages(bundle, DIGEST, built_on=BUILT_ON) if p.path == "references/law.html")
    assert "0 are answered" in page.body
    row = next(one.text for one in elements(page.body) if one.tag == "tr" and one.text.startswith("DAT-01"))
    assert "made stricter by it" in row
    assert row.endswith("from a secondary source")
