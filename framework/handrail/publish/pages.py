"""All pages that come out of a bundle, and the menu and fragments that hand-written pages take from it.

Belongs here: putting the subjects together. Never here: a subject (`pages_*.py`).
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import date

from handrail.model.bundle import Bundle
from handrail.model.endorsement import EndorsementFile
from handrail.model.pack import packs_of
from handrail.publish.downloads import download_pages, downloads
from handrail.publish.engine import NavItem, source_path
from handrail.publish.feed import PATH as FEED
from handrail.publish.feed import feed
from handrail.publish.language import ENGLISH, current, speaking
from handrail.publish.page import Page, render
from handrail.publish.pages_applies import DATA, applies_data, applies_pages
from handrail.publish.pages_catalog import catalog_pages, phases
from handrail.publish.pages_changes import change_pages
from handrail.publish.pages_checklists import checklist_pages, in_order
from handrail.publish.pages_crosswalk import crosswalk_pages
from handrail.publish.pages_form import DATA as FORM_DATA
from handrail.publish.pages_form import form_data, form_page
from handrail.publish.pages_graph import graph_pages
from handrail.publish.pages_home import narrow, wide
from handrail.publish.pages_meaning import meaning_pages
from handrail.publish.pages_propose import DATA as PROPOSE_DATA
from handrail.publish.pages_propose import propose_data
from handrail.publish.pages_references import by_kind, reference_pages
from handrail.publish.pages_timeline import timeline_pages
from handrail.publish.words import PHASES, REFERENCE_KINDS


def bundle_pages(
    bundle: Bundle,
    digest: str,
    *,
    built_on: date,
    endorsements: Sequence[EndorsementFile] = (),
    source: Bundle | None = None,
) -> tuple[Page, ...]:
    """Every page that needs nothing but the catalog and what is said of it."""
    return (
        *catalog_pages(bundle, built_on=built_on, endorsements=endorsements, source=source),
        *graph_pages(bundle),
        *checklist_pages(bundle),
        *applies_pages(bundle),
        form_page(bundle),
        *reference_pages(bundle),
        *crosswalk_pages(bundle),
        *timeline_pages(bundle, built_on=built_on),
        *meaning_pages(bundle),
        *change_pages(source or bundle, digest),
        *download_pages(source or bundle, digest, as_of=built_on),
    )


def bundle_files(bundle: Bundle, digest: str, *, built_on: date, source: Bundle | None = None) -> dict[str, bytes]:
    """Every file beside the pages that needs nothing but the catalog, by its path.

    What scripts show is in the current language. What is taken away, and the feed, is of `source`, and in English.
    """
    written = source or bundle
    with speaking(ENGLISH):
        plain = {
            **{one.path: one.data for one in downloads(written, as_of=built_on)},
            PROPOSE_DATA: propose_data(written),
            FEED: feed(written, digest),
        }
    return {**plain, DATA: applies_data(bundle, digest), FORM_DATA: form_data(bundle, digest)}


def navigation(bundle: Bundle, pages: tuple[Page, ...]) -> Mapping[str, tuple[NavItem, ...]]:
    """The generated parts of the menu, by the names that `mkdocs.yml` gives in braces."""
    say = current().gettext
    titles = {page.path: page.nav_title or page.title for page in pages}

    def item(path: str) -> NavItem:
        return {html.escape(titles[path]): source_path(path)}

    principles: list[NavItem] = [item("principles/index.html")]
    for phase, of_phase in phases(bundle):
        paths = (f"phases/{phase.value}.html", *(f"principles/{p.id.lower()}.html" for p in of_phase))
        principles.append({say(PHASES[phase][0]): [item(path) for path in paths]})
    references: list[NavItem] = [item(path) for path in ("references/index.html", "crosswalk.html", "timeline.html")]
    for kind, of_kind in by_kind(bundle):
        references.append({say(REFERENCE_KINDS[kind][1]): [item(f"references/{one.id}.html") for one in of_kind]})
    lists = ("checklists/index.html", *(f"checklists/{one.checklist.id}.html" for one in in_order(bundle)))
    meaning = (path for path in titles if path.startswith("meaning/"))
    return {
        "principles": (*principles, item("graph.html"), item("themes.html")),
        "checklists": (*(item(path) for path in lists), item("applies.html"), item("self-assessment.html")),
        "references": tuple(references),
        "about": tuple(item(path) for path in ("changes.html", "downloads.html")),
        "meaning": tuple(item(path) for path in (*meaning, "lexicon.html", "diagnostics.html")),
    }


def fragments(bundle: Bundle, digest: str, *, built_on: date, version: str) -> Mapping[str, str]:
    """What hand-written pages may hold of the bundle, by the name in their comments."""
    values = {"bundle": bundle, "groups": phases(bundle), "digest": digest, "built_on": built_on, "version": version}
    return {
        "phases": render("fragment_phases.html", "index.html", wide=wide(bundle), narrow=narrow(bundle), **values),
        "figures": render("fragment_figures.html", "index.html", **values),
        "notice": render("fragment_notice.html", "index.html", **values),
        "edition": render("fragment_edition.html", "index.html", packs=packs_of(bundle), **values),
    }
