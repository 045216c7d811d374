"""The feed keeps RFC 4287; the page of changes says what the fingerprints of the releases say."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from handrail.model.bundle import Bundle
from handrail.publish.dates import legal_dates
from handrail.publish.feed import feed
from handrail.publish.pages import bundle_pages
from handrail.publish.pages_changes import versions
from tests.publish.sites import BUILT_ON, DIGEST, elements, ids
from tests.report.small import ACT, bundle_of, control

ATOM = "{http://www.w3.org/2005/Atom}"
OLD = "0" * 16


def released(*releases: tuple[str, str, dict[str, str]], **given: Any) -> Bundle:
    """A catalog of three controls with releases: (version, day, fingerprints)."""
    bundle = bundle_of(
        control("DAT-01", "One", **given), control("DAT-02", "Two"), control("DAT-03", "Three", escalates=[ACT])
    )
    data = bundle.model_dump(mode="json", by_alias=True)
    data["releases"] = [
        {"version": version, "date": day, "digest": DIGEST, "fingerprints": prints} for version, day, prints in releases
    ]
    data["catalog"]["version"] = "1.1.0"
    return Bundle.model_validate(data)


def prints(bundle: Bundle, **changed: str) -> dict[str, str]:
    """The fingerprints of the small catalog, some of them other ones."""
    return {**bundle.fingerprints, **{one.replace("_", "-"): value for one, value in changed.items()}}


def parsed(data: bytes) -> ET.Element:
    """The feed as a tree."""
    return ET.fromstring(data)  # noqa: S314  our own output


def entries(data: bytes) -> list[ET.Element]:
    """The entries of a feed."""
    return parsed(data).findall(f"{ATOM}entry")


def test_the_feed_has_all_that_the_standard_asks_for(catalog: Bundle, real_site: Mapping[str, bytes]) -> None:
    data = real_site["feed.xml"]
    root = parsed(data)
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    assert root.tag == f"{ATOM}feed"
    for holder in (root, *entries(data)):
        for name in ("id", "title", "updated"):  # RFC 4287, 4.1.1 and 4.1.2: exactly one of each
            assert len(holder.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(holder, "id"))
        datetime.strptime(text(holder, "updated"), "%Y-%m-%dT%H:%M:%SZ")  # RFC 3339
    assert root.find(f"{ATOM}author/{ATOM}name") is not None  # 4.1.1: one author, as no entry has its own
    assert text(root, "updated") == max(text(one, "updated") for one in entries(data))
    every = [text(one, "id") for one in (root, *entries(data))]
    assert len(every) == len(set(every))
    for one in entries(data):  # 4.1.2: an entry without content has a link `alternate`; and ours lead somewhere
        links = [link.attrib for link in one.findall(f"{ATOM}link")]
        assert [link["rel"] for link in links] == ["alternate"]
        page, _, anchor = links[0]["href"].partition("#")
        assert anchor in ids(real_site[page])
    assert len(entries(data)) == 1 + len(legal_dates(catalog))


def test_every_page_names_the_feed(real_site: Mapping[str, bytes]) -> None:
    for path in ("index.html", "principles/src.html"):
        links = [
            one.attributes for one in elements(real_site[path]) if one.attributes.get("type") == "application/atom+xml"
        ]
        assert [one["href"] for one in links] == ["../" * path.count("/") + "feed.xml"]


def test_a_feed_is_the_same_on_another_day_and_its_ids_outlive_a_version(catalog: Bundle) -> None:
    first = released()
    later = released(
        ("1.1.0", "2026-12-24", dict(first.fingerprints)), ("1.2.0", "2027-01-24", prints(first, DAT_01=OLD))
    )
    assert feed(catalog, DIGEST) == feed(catalog, DIGEST)
    before = {text(one, "title"): text(one, "id") for one in entries(feed(first, DIGEST))}
    after = {text(one, "title"): text(one, "id") for one in entries(feed(later, DIGEST))}
    assert before.items() <= after.items()


def test_a_title_that_no_xml_may_hold_leaves_the_feed_whole() -> None:
    bundle = released()
    named = bundle.catalog.model_copy(update={"title": "<b>&\x0b</feed>"})
    root = parsed(feed(bundle.model_copy(update={"catalog": named}), DIGEST))
    assert "<b>&\N{REPLACEMENT CHARACTER}</feed>" in text(root, "title")


def test_the_first_version_compares_with_nothing() -> None:
    (only,) = versions(released(), DIGEST)
    assert (only.first, only.version, only.day, only.controls, only.digest) == (True, "1.1.0", None, 3, DIGEST)


def test_added_changed_reworded_and_removed_are_told_apart() -> None:
    kept = released(same_meaning_as=[{"fingerprint": OLD, "reason": "a comma"}])
    before = prints(kept, DAT_01=OLD, DAT_02="1" * 16, GON_01="2" * 16)
    del before["DAT-03"]
    bundle = released(("1.0.0", "2026-01-01", before), same_meaning_as=[{"fingerprint": OLD, "reason": "a comma"}])
    now, first = versions(bundle, DIGEST)
    assert (now.added, now.changed, now.reworded, now.removed) == (("DAT-03",), ("DAT-02",), ("DAT-01",), ("GON-01",))
    assert (first.first, first.day, first.controls) == (True, date(2026, 1, 1), 3)
    page = next(p for p in bundle_pages(bundle, DIGEST, built_on=BUILT_ON) if p.path == "changes.html")
    titles = [one.text for one in elements(page.body) if one.tag == "h3"]
    assert titles == ["Added", "Changed in meaning", "Reworded, the meaning kept", "Removed"]
    assert "no longer in the catalog" in page.body


@pytest.mark.parametrize(("version", "shown"), [("1.1.0", 1), ("1.0.0", 2)])
def test_a_release_of_the_same_version_and_text_is_the_catalog_itself(version: str, shown: int) -> None:
    bundle = released((version, "2026-01-01", dict(released().fingerprints)))
    found = versions(bundle, DIGEST)
    assert len(found) == shown
    assert found[-1].day == date(2026, 1, 1)


def text(holder: ET.Element, name: str) -> str:
    """The text of a child."""
    return holder.findtext(f"{ATOM}{name}") or ""
