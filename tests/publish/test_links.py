"""Internal links and anchors: what is broken, and what is not for us to say."""

from __future__ import annotations

import pytest

from handrail.publish.links import Links, broken_links, scan_escaped

FILES = {
    "index.html": '<h1 id="top">Home</h1>',
    "a/one.html": '<p id="x&amp;y">One</p><script>s = \'<a href="no.html">\'</script><!-- <a href="no.html"> -->',
    "a/data.json": "{}",
}


@pytest.mark.parametrize(
    "link",
    [
        "one.html",
        "#x&amp;y",
        "../index.html",
        "../index.html#top",
        "..",
        "../",
        "one.html?q=a#x&amp;y",
        "data.json#anything",
        "https://example.org/nowhere",
        "mailto:someone@example.org",
        "//example.org/nowhere",
    ],
)
def test_a_link_that_leads_somewhere_is_quiet(link: str) -> None:
    assert _check(link) == ()


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("two.html", "and there is no such page"),
        ("../a", "and there is no such page"),
        ("../../index.html", "and there is no such page"),
        ("#y", "and that page has no such anchor"),
        ("../index.html#bottom", "and that page has no such anchor"),
        ("/index.html", "which leads nowhere from a disk; link to it from the page's own place"),
    ],
)
@pytest.mark.parametrize("attribute", ["href", "src"])
def test_a_broken_link_names_page_and_link(link: str, says: str, attribute: str) -> None:
    assert _check(link, attribute) == (f"`a/two-links.html` links to `{link}`, {says}",)


@pytest.mark.parametrize("base", ["/", "/handrail/"])
def test_the_404_page_links_from_the_top_of_its_server(base: str) -> None:
    files = {name: text.encode() for name, text in FILES.items()}
    good = {**files, "404.html": f'<a href="{base}index.html#top"><a href="{base}">'.encode()}
    assert broken_links(good, base=base) == ()
    bad = {**files, "404.html": f'<a href="{base}none.html">'.encode()}
    assert broken_links(bad, base=base) == (f"`404.html` links to `{base}none.html`, and there is no such page",)


def test_the_same_broken_link_is_told_for_every_page() -> None:
    files = {**FILES, "a/two.html": '<a href="no.html">', "a/three.html": '<a href="no.html">'}
    pages = {name: text.encode() for name, text in files.items()}
    assert [text.split("`")[1] for text in broken_links(pages, base="/")] == ["a/three.html", "a/two.html"]


def test_of_many_bodies_with_one_broken_link_one_is_told() -> None:
    links = Links("/")
    first = '<h1 id="top">Report</h1><a href="#top">up</a><a href="no.html">go</a>'
    links.add_page("reports/1.html", f"<body>{first}</body>")
    for number in (1, 2, 3):
        links.add_body(f"reports/{number}.html", scan_escaped(first))
    links.add_body("reports/4.html", scan_escaped('<a href="#top">up</a><a href="other.html">go</a>'))
    assert links.broken() == (
        "`reports/1.html` links to `no.html`, and there is no such page",
        "`reports/4.html` links to `#top`, and that page has no such anchor",
        "`reports/4.html` links to `other.html`, and there is no such page",
    )


def _check(link: str, attribute: str = "href") -> tuple[str, ...]:
    files = {
        **FILES,
        "a/two-links.html": f'<p>text with href="none.html"</p><a id="x&amp;y" {attribute}="{link}">go</a>',
    }
    return broken_links({name: text.encode() for name, text in files.items()}, base="/")
