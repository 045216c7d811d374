"""Hostile text in every text of a catalog and of a public report comes out as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel, ValidationError

from handrail.model.bundle import Bundle
from handrail.model.public import PublicReport
from handrail.publish.gap import InternalGap, RecordedGap
from handrail.publish.pages_reports import Edition, report_made
from handrail.publish.report_names import Names
from handrail.report.canonical import to_json
from handrail.source.diagnostics import Span
from tests.publish.sites import BUILT_ON, build, contents, elements, small_reports
from tests.report.small import ACT, CATALOG, MIXED, bundle_of, control

CANARY = "canary-7f3a"
HOSTILE = (
    f"</title></script></textarea>--><script>{CANARY}</script><img src=x onerror={CANARY}> \"'><svg/onload={CANARY}> "
    f'[x](javascript:{CANARY}) <a href="javascript:{CANARY}">x</a> ![x](//{CANARY}.example/x.png) {{{{ 7*7 }}}} '
    f"{{% raw %}} <!-- handrail:notice --> <!-- rows --> handrail-mark-title handrail-mark-body reports/_shell.html "
    f"&lt;script&gt; &#60;iframe src=//{CANARY}.example&#62;"
)
# Names of things in the catalog: with other text there, the catalog would not hold together.
_NAMES = {"clause", "with", "handrail"}

M = TypeVar("M", bound=BaseModel)
Site = Mapping[str, bytes]


def poisoned(value: M, *, at_least: int, text: str = HOSTILE) -> M:
    """The model with hostile text in the place of every text that takes any."""
    data = value.model_dump(mode="json", by_alias=True)
    count = 0
    for holder, key in list(_texts(data)):
        good = holder[key]
        holder[key] = text
        try:
            type(value).model_validate(data)
            count += 1
        except ValidationError:
            holder[key] = good
    assert count >= at_least, "hardly any text was replaced"
    return type(value).model_validate(data)


def _texts(data: Any) -> Iterator[tuple[Any, Any]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(pairs):
        if isinstance(value, str) and key not in _NAMES:
            yield data, key
        elif key not in _NAMES:
            yield from _texts(value)


def hostile_bundle(text: str = HOSTILE) -> Bundle:
    """A catalog that has every optional text there is."""
    asked = {
        "one": {"kind": "data", "with": {"checks": [{"path": HOSTILE, "equals": HOSTILE}], "date": HOSTILE}},
        "two": {"kind": "unheard-of", "with": {HOSTILE: HOSTILE}},
    }
    mapping = {"reference": "law", "clause": HOSTILE, "relation": "supports", "confidence": "seen", "note": "x"}
    small = bundle_of(
        control(
            "DAT-01", "x", rationale="x", mappings=[mapping], evidence=asked, applies_when={"role": ["model-host"]}
        ),
        control("DAT-02", "x", escalates=[{**ACT, "clause": HOSTILE}], requires=["DAT-01"], status="deprecated"),
    )
    data = small.model_dump(mode="json", by_alias=True)
    law = data["references"]["law"]
    law["clauses"] = {HOSTILE: {**law["clauses"]["5"], "url": "x", "note": "x"}}
    law["reference"] |= {"url": "x", "note": "x", "jurisdiction": "eu"}
    data["stewards"] = {"us": {"name": "x", "summary": "x", "url": "x"}}
    data["terms"] = {"one": {"title": "x", "definition": "x", "see": ["two"]}, "two": {"title": "x", "definition": "x"}}
    data["themes"] = [{"id": "t", "title": "x", "summary": "x", "principles": ["DAT"], "controls": ["DAT-01"]}]
    data["facts"]["role"] |= {"help": "x"}
    data["facts"]["role"]["values"]["model-host"] |= {"help": "x", "parent": "model-developer"}
    data["principles"][0]["sources"] = [{"reference": "law", "locator": "x", "confidence": "seen"}]
    checklist = data["checklists"][0]
    checklist["selects"]["exclude"] = [{"control": "DAT-02", "reason": "x"}]
    checklist["set"] = {"DAT-01": {"level": "may", "because": "x"}}
    return poisoned(Bundle.model_validate(data), at_least=40, text=text)


def hostile_reports(text: str = HOSTILE) -> list[PublicReport]:
    """The small reports, all their texts replaced, and with only those controls that the hostile catalog has."""
    poisonous = [poisoned(one, at_least=20, text=text) for one in small_reports()]
    return [one.model_copy(update={"phases": _known(one)}) for one in poisonous]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of nothing but hostile text; its reports are of a catalog that it does not even have."""
    out: Path = tmp_path_factory.mktemp("hostile") / "public"
    build(out, hostile_bundle(), hostile_reports(), version=HOSTILE, digest=HOSTILE)
    return contents(out)


def _known(report: PublicReport) -> tuple[Any, ...]:
    """The phases of a report, with only those controls that the hostile catalog has."""
    kept = []
    for phase in report.phases:
        principles = tuple(
            one.model_copy(update={"controls": tuple(c for c in one.controls if c.control in ("DAT-01", "DAT-02"))})
            for one in phase.principles
            if one.id == "DAT"
        )
        if principles:
            kept.append(phase.model_copy(update={"principles": principles}))
    return tuple(kept)


def test_no_text_becomes_a_script_a_handler_or_a_foreign_address(hostile_site: Site, small_site: Site) -> None:
    known = {
        (one.tag, *sorted(one.attributes))
        for path, data in small_site.items()
        if path.endswith(".html")
        for one in elements(data)
        if one.tag in ("script", "img", "iframe", "svg", "meta", "link", "base", "form", "object", "embed")
    }
    seen = 0
    for path, data in hostile_site.items():
        if not path.endswith(".html"):
            continue
        for one in elements(data):
            where = (path, one.tag, dict(one.attributes))
            assert not [name for name in one.attributes if name.startswith("on")], where
            for name in ("href", "src", "action", "formaction", "srcdoc", "xlink:href"):
                address = one.attributes.get(name, "").strip().lower()
                assert not address.startswith(("javascript:", "data:", "vbscript:")), where
                # A link of contributed Markdown may lead elsewhere; nothing may be loaded from there.
                assert one.tag == "a" or not address.startswith("//"), where
            if one.tag in ("script", "img", "iframe", "svg", "meta", "link", "base", "form", "object", "embed"):
                assert (one.tag, *sorted(one.attributes)) in known, where
            if one.tag == "script":
                assert CANARY not in one.text, where
        seen += data.count(CANARY.encode())
    assert seen > 100, "the hostile text is not on the pages at all"


def test_search_holds_hostile_text_as_text(hostile_site: Site) -> None:
    docs = json.loads(hostile_site["search/search_index.json"])["docs"]
    assert any(CANARY in one["title"] for one in docs)
    for one in docs:
        for found in elements(one["title"] + one["text"]):
            assert found.tag not in ("script", "img", "iframe", "svg", "style"), one["location"]
            assert not [name for name in found.attributes if name.startswith("on")], one["location"]
            assert not found.attributes.get("href", "").lower().startswith("javascript:"), one["location"]


def test_a_mark_of_the_shell_in_a_text_stays_a_text(hostile_site: Site) -> None:
    page = hostile_site["reports/anvil.html"].decode()
    assert page.count("<html") == 1
    assert page.count('<h1 id="handrail-title">') == 1
    assert "handrail-mark-body" in page


def test_nothing_in_a_text_is_run_as_a_template_or_replaced(hostile_site: Site) -> None:
    page = hostile_site["principles/dat.html"].decode()
    assert "{{ 7*7 }}" in page
    assert "&lt;!-- handrail:notice --&gt;" in page


@pytest.mark.parametrize("kind", ["internal", "recorded"])
def test_hostile_text_of_an_assessment_stays_text_on_an_internal_page(kind: str) -> None:
    run = poisoned(MIXED.assessment(), at_least=15)
    record = RecordedGap(to_json(run).encode(), Span("x", 1, 1))
    gap = record if kind == "recorded" else InternalGap(assessment=run, homepage=HOSTILE)
    made = report_made(
        gap, Names(CATALOG), Edition(bundle=CATALOG, digest="x", built_on=BUILT_ON, contact=HOSTILE, internal=True)
    )
    page = made.body.decode()
    assert page.count(CANARY) > 5
    assert page.count("&lt;!-- rows --&gt;") > 5
    assert kind == "internal" or page.count("<tbody>") == len(run.principles)
    for one in elements(page):
        assert one.tag not in ("script", "img", "iframe", "object", "embed", "base", "form"), one
        assert not [name for name in one.attributes if name.startswith("on")], one
        assert not one.attributes.get("href", "").lower().startswith(("javascript:", "data:")), one
    cells = made.files.get("reports/aurora.csv", b"").decode().replace('"', "").splitlines()
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
