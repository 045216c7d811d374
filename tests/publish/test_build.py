"""Building: the same bytes again, all or nothing, and a clear word when it cannot be done."""

from __future__ import annotations

import gzip
import importlib.util
import json
import logging
import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from handrail.publish.engine import SiteBroken, SiteEngineMissing
from handrail.publish.gap import InternalGap, NoConsent
from handrail.publish.kept import Kept
from handrail.publish.source import site_source
from handrail.report.canonical import to_json
from handrail.source.files import MARKER, OutputError
from tests.publish.sites import BUILT_ON, build, contents, elements, renamed, small_reports
from tests.report.small import CATALOG, MIXED

Site = Mapping[str, bytes]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the site's hand-written part, to be broken."""
    copy = tmp_path / "source"
    shutil.copytree(site_source(), copy, ignore=shutil.ignore_patterns("public", "shots"))
    return copy


@pytest.fixture(scope="module")
def kept() -> Kept:
    """An engine that renders the pages of the menu once; what is asked here is not about them."""
    return Kept()


def standing(site: Site, folder: Path) -> Path:
    """A site that was written before."""
    out = folder / "out"
    for path, data in site.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    return out


def test_the_same_inputs_give_the_same_bytes(small_site: Site, tmp_path: Path) -> None:
    summary = build(tmp_path / "out", reports=reversed(small_reports()))
    assert contents(tmp_path / "out") == small_site
    assert summary.reports == 3
    assert summary.pages == sum(path.endswith(".html") for path in small_site)


def test_another_day_changes_the_pages_that_show_it_and_nothing_is_read_from_the_clock(
    small_site: Site, tmp_path: Path
) -> None:
    build(tmp_path / "out", reports=small_reports(), built_on=date(2027, 3, 1))
    changed = {path for path, data in contents(tmp_path / "out").items() if small_site[path] != data}
    assert "reports/anvil.html" in changed
    assert "principles/rep.html" not in changed


def test_a_build_changes_nothing_beside_the_site(source: Path, tmp_path: Path) -> None:
    logger = logging.getLogger("mkdocs")
    before = (contents(source), dict(os.environ), logger.level, logger.propagate, list(logger.handlers))
    build(tmp_path / "out" / "public", site_source=source)
    assert (contents(source), dict(os.environ), logger.level, logger.propagate, list(logger.handlers)) == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["public"]
    assert not [path for path in contents(tmp_path / "out") if "__pycache__" in path or path.endswith(".pyc")]


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("about.md", "# About { #about }\n[lost](nowhere.md)", "nowhere.md"),
        ("about.md", "# About { #about }\n[lost](index.md#nowhere)", "`about.html` links to `index.html#nowhere`"),
        ("about.md", '# About { #about }\n<a href="reports/none.html">lost</a>', "`about.html` links to"),
        ("principles/index.md", "# Written by hand", "both written by hand and generated"),
    ],
)
def test_a_broken_page_fails_the_build_and_the_old_site_stays(
    small_site: Site, source: Path, tmp_path: Path, file: str, text: str, says: str
) -> None:
    out = standing(small_site, tmp_path)
    (source / "pages" / file).parent.mkdir(exist_ok=True)
    (source / "pages" / file).write_text(text)
    with pytest.raises(SiteBroken) as caught:
        build(out, site_source=source)
    assert any(says in problem for problem in caught.value.problems)
    assert contents(out) == small_site


def test_a_menu_that_names_no_page_fails_the_build(source: Path, tmp_path: Path) -> None:
    config = source / "mkdocs.yml"
    config.write_text(config.read_text().replace("index.md", "none.md", 1))
    with pytest.raises(SiteBroken, match=r"none\.md"):
        build(tmp_path / "out", site_source=source)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_handrail_did_not_write_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError):
        build(tmp_path)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_without_the_engine_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "material" else found(name))
    with pytest.raises(SiteEngineMissing, match=r'pip install "handrail\[site\]"'):
        build(tmp_path / "out")


def test_nothing_is_loaded_from_elsewhere_and_no_script_or_style_stands_in_a_page(
    real_site: Site, small_site: Site
) -> None:
    for path, data in {**real_site, **small_site}.items():
        if not path.endswith(".html"):
            continue
        for one in elements(data):
            where = (path, one)
            if one.tag in ("script", "link", "img", "iframe"):
                address = one.attributes.get("src") or one.attributes.get("href", "")
                assert "//" not in address, where
            if one.tag == "script":
                assert "src" in one.attributes or one.attributes.get("type") == "application/json", where
            assert one.tag != "style", where
            assert not [name for name in one.attributes if name == "style" or name.startswith("on")], where


def test_every_page_carries_the_policy(small_site: Site) -> None:
    for path, data in small_site.items():
        if path.endswith(".html"):
            policies = [one for one in elements(data) if one.attributes.get("http-equiv") == "Content-Security-Policy"]
            assert len(policies) == 1, path
            assert "'unsafe-" not in policies[0].attributes["content"], path


def test_the_shell_itself_is_not_published(small_site: Site) -> None:
    assert not [path for path in small_site if "_shell" in path]
    assert not [path for path, data in small_site.items() if b"_shell" in data or b"handrail-mark" in data]


def test_search_finds_pages_and_reports_and_is_the_same_from_a_disk(small_site: Site) -> None:
    index = small_site["search/search_index.json"]
    found = {one["location"]: one for one in json.loads(index)["docs"]}
    assert found["reports/anvil.html"]["title"] == "Anvil"
    assert "MUST controls in this report" in found["reports/anvil.html"]["text"]
    assert "principles/rep.html#REP-01" in found
    assert small_site["search/search_index.js"] == b"var __index = " + index.rstrip(b"\n") + b";\n"
    assert index.isascii()


def test_a_site_without_an_address_of_its_own_has_no_map(small_site: Site) -> None:
    assert not [path for path in small_site if path.startswith("sitemap")]


def test_the_map_lists_reports_and_not_the_shell(source: Path, tmp_path: Path) -> None:
    config = source / "mkdocs.yml"
    config.write_text(f"site_url: https://example.org/handrail/\n{config.read_text()}")
    build(tmp_path / "out", reports=small_reports(), site_source=source)
    site = contents(tmp_path / "out")
    plain = site["sitemap.xml"].decode()
    assert "<loc>https://example.org/handrail/reports/anvil.html</loc>" in plain
    assert "<loc>https://example.org/handrail/principles/rep.html</loc>" in plain
    assert "_shell" not in plain
    assert gzip.decompress(site["sitemap.xml.gz"]).decode() == plain
    report = site["reports/anvil.html"].decode()
    assert '<link rel="canonical" href="https://example.org/handrail/reports/anvil.html">' in report


def test_a_written_site_is_marked_so_that_the_next_build_may_replace_it(
    small_site: Site, kept: Kept, tmp_path: Path
) -> None:
    out = standing(small_site, tmp_path)
    assert (out / MARKER).is_file()
    build(out, CATALOG, built_on=BUILT_ON, engine=kept)
    assert not (out / "reports" / "anvil.html").exists()


def test_a_report_withdrawn_leaves_a_dated_page_and_nothing_else(small_site: Site, tmp_path: Path) -> None:
    out = standing(small_site, tmp_path)
    given = {one.project.id: one for one in small_reports()}
    gone = [NoConsent(project=one) for one in ("anvil", "zephyr", "never-was")]
    summary = build(out, reports=[given["beacon"], *gone], built_on=date(2026, 12, 1))
    site = contents(out)
    assert (summary.reports, summary.withdrawn) == (1, 2)
    page = site["reports/anvil.html"].decode()
    assert "Report withdrawn" in page
    assert "1 December 2026" in page
    assert [path for path, data in site.items() if b"anvil" in data.lower()] == ["reports/_published.json"]
    assert not [path for path in site if path in ("reports/anvil.json", "reports/anvil.csv", "reports/never-was.html")]
    # A new consent ends it; elsewhere the day stays the first one, also where the project is not named again.
    build(out, reports=[given["anvil"]], built_on=date(2027, 1, 1))
    site = contents(out)
    assert b"Report withdrawn" not in site["reports/anvil.html"]
    assert b"1 December 2026" in site["reports/zephyr.html"]


def test_an_internal_site_says_so_and_publishes_nothing(kept: Kept, tmp_path: Path) -> None:
    run = MIXED.assessment()
    given = [InternalGap(assessment=run)]
    build(tmp_path / "out", reports=given, internal=True, contact="https://example.org/reply", engine=kept)
    site = contents(tmp_path / "out")
    page = site["reports/aurora.html"].decode()
    assert "Internal, not for publication" in page
    assert 'href="https://example.org/reply"' in page
    assert site["reports/aurora.json"].decode() == to_json(run)
    assert "reports/_published.json" not in site


def test_the_shell_of_report_pages_is_lean_and_keeps_the_menu(small_site: Site) -> None:
    page = small_site["reports/anvil.html"].decode()
    begin, end = page.index("<article"), page.index("</article>")
    assert len(page) - (end - begin) < 8_600
    assert "md-sidebar" not in page
    assert all(f'href="../{path}"' in page for path in ("index.html", "principles/index.html", "about.html"))


def test_what_is_kept_of_a_site_takes_new_bodies_without_the_engine(source: Path, tmp_path: Path) -> None:
    out, kept = tmp_path / "out", Kept()
    build(out, reports=small_reports(), site_source=source, engine=kept)
    principle = CATALOG.principles[0].model_copy(update={"rationale": "Another reason."})
    changed = CATALOG.model_copy(update={"principles": (principle, *CATALOG.principles[1:])})
    build(out, changed, small_reports()[1:], site_source=source, engine=kept, digest="sha256:" + "2" * 64)
    assert kept.whole_runs == 1
    quick = contents(out)
    build(out, changed, small_reports()[1:], site_source=source, digest="sha256:" + "2" * 64)
    whole = contents(out)
    assert {path for path in whole if whole[path] != quick.get(path)} <= {
        "search/search_index.json",
        "search/search_index.js",
    }
    assert b"Another reason." in quick["principles/dat.html"]
    (source / "pages" / "about.md").write_text("# About { #about }\n")
    build(out, changed, site_source=source, engine=kept)
    assert kept.whole_runs == 2


@pytest.mark.parametrize("taken", ["index", "how-to-read", "anvil"])
def test_a_report_never_takes_the_place_of_another_page(kept: Kept, tmp_path: Path, taken: str) -> None:
    reports = [*small_reports(), renamed(small_reports()[0], taken, "Another")]
    with pytest.raises(SiteBroken, match=f"two pages would have the address `reports/{taken}.html`"):
        build(tmp_path / "out", reports=reports, engine=kept)
    assert not (tmp_path / "out").exists()
