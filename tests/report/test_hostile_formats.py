"""Hostile text in every place that reaches a report, inert in every format: each report is read back by its reader."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.model.bundle import Bundle
from handrail.report.formats import FORMATS, PUBLIC_FORMATS
from tests.report.rendered import in_format
from tests.report.small import Project, bundle_of, control

HOSTILE = {
    "workflow command": "x\n::error file=a::pwned\n##[add-matcher]y ::stop-commands::z",
    "formula": "=cmd|' /C calc'!A0",
    "formula after space": " \t@SUM(1+1)*cmd|' /C calc'!A0",
    "end of a CDATA section": "a]]>b<![CDATA[c",
    "bidi override": "safe\u202eelif\u202c\u2066x",
    "terminal": "\x1b[2J\x1b]8;;http://x\x07link\x9b31m",
    "script": "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "style": "</style><style>*{display:none}</style>",
    "attribute": "\" onmouseover='x' y=\"",
    "template": "{{ 7*7 }}{% raw %}{0}${7*7}",
    "link": "[click](javascript:alert(1)) [1](2)",
    "entities": "&lt;b&gt;&#x202e;&amp;",
    "line ends": "a\r\nb\u2028c\u2029d\x85e\vf",
    "hidden": "a\u200bb\ufeffc\u00add\u3164e\U000e0041f",
    "percent": "%0A::error::x%25",
}


def everywhere(text: str) -> tuple[Project, Bundle]:
    """A project and a catalog with the text in every place that a person or a partner writes."""
    waiver = {
        "control": "A-01",
        "reason": text,
        "granted": "2026-09-01",
        "expires": "2027-03-01",
        "approved_by": text,
    }
    answer = {"state": "alternative", "summary": text, "owner": text, "reviewed_by": text, "justification": text}
    sealed = {"custodian": text, "since": "2026-09-30", "access": text}
    project = Project(
        name=text,
        more={"version": text, "owner": text, "summary": text, "homepage": text},
        controls={
            "A-01": {**answer, "evidence": [{"for": "record", "path": "a.md"}, {"for": "log", "sealed": sealed}]}
        },
        seen={
            "A-01": {"record": {"verdict": "shown", "text": text, "date": "2026-10-01"}, "log": {"verdict": "shown"}}
        },
        waivers=(waiver,),
    )
    evidence = {"record": {"title": text, "kind": "document"}, "log": {"title": text, "kind": "sealed-record"}}
    bundle = bundle_of(
        control("A-01", text, evidence=evidence, statement=text, question=text, allow={"waive": "true"}),
        control("A-02", text),
        titles={"A": text},
    )
    return project, bundle


def report(name: str, text: str, *, public: bool = False) -> str:
    project, bundle = everywhere(text)
    return in_format(name, project, bundle=bundle, public=public, path=f"{text.replace('/', '')}/handrail.yaml")


def strings(value: Any) -> list[str]:
    """Every text of a JSON document, keys included."""
    if isinstance(value, dict):
        return [one for key, child in value.items() for one in (key, *strings(child))]
    if isinstance(value, list):
        return [one for child in value for one in strings(child)]
    return [value] if isinstance(value, str) else []


def hidden(text: str, *, allowed: str = "") -> list[str]:
    """The characters that a screen would obey or not show."""
    return [c for c in text if c not in allowed and unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")]


def xml_texts(text: str) -> list[str]:
    found = list(ET.fromstring(text).iter())  # noqa: S314  our own output
    return [one for e in found for one in (*e.attrib.values(), e.text or "", e.tail or "")]


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize(
    ("name", "public"), [*((name, False) for name in FORMATS), *((name, True) for name in PUBLIC_FORMATS)]
)
def test_no_byte_of_a_report_is_one_that_a_terminal_obeys_or_hides(name: str, public: bool, what: str) -> None:
    made = report(name, HOSTILE[what], public=public)
    if name == "markdown":  # a word joiner keeps a mention or a link plain text
        made = made.replace("\N{WORD JOINER}", "")
    assert hidden(made, allowed="\n") == []
    assert "##[" not in made
    if name != "github":
        assert not [line for line in made.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_log_read_back_holds_no_hidden_character_no_link_and_no_placeholder(what: str) -> None:
    (run,) = json.loads(report("sarif", HOSTILE[what]))["runs"]
    texts = strings(run)
    assert not [one for one in texts if hidden(one)]
    shown = [one for one in texts if "A-01" in one]
    assert shown
    assert not [one for one in texts if "](" in one]
    assert not [one for one in texts if re.search(r"(?<!\{)\{[0-9]", one)]
    uris = [place["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"] for place in r["locations"]]
    assert all(re.fullmatch(r"([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", one) for one in uris)


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", ["junit", "badge-svg"])
def test_xml_read_back_has_our_elements_only(name: str, what: str) -> None:
    made = report(name, HOSTILE[what])
    plain = report(name, "plain")
    assert [e.tag for e in ET.fromstring(made).iter()] == [e.tag for e in ET.fromstring(plain).iter()]  # noqa: S314
    assert not [one for one in xml_texts(made) if hidden(one, allowed="\n")]
    assert "<!" not in made


COMMAND = re.compile(r"::(error|warning|notice) file=[^,:]*,line=\d+,col=\d+,endColumn=\d+,title=[^,:]*::.*")


@pytest.mark.parametrize("what", HOSTILE)
def test_only_our_own_commands_stand_at_the_start_of_a_line(what: str) -> None:
    lines = report("github", HOSTILE[what]).split("\n")
    assert all(COMMAND.fullmatch(line) or line.startswith("handrail: ") or not line for line in lines)
    assert sum(line.startswith("::") for line in lines) == 2


FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize("what", HOSTILE)
def test_no_cell_is_a_formula_and_no_row_is_torn(what: str) -> None:
    made = report("csv", HOSTILE[what])
    rows = list(csv.reader(io.StringIO(made)))
    assert [len(row) for row in rows] == [len(rows[0])] * 3
    assert not [
        cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20")[:8] and cell
    ]
    assert made.count("\n") == 3


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("public", [False, True])
def test_a_page_read_back_has_our_elements_and_attributes_only(public: bool, what: str) -> None:
    def shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        return [(one.tag, tuple(sorted(one.attrib))) for one in tree.iter()]

    assert shape(report("html", HOSTILE[what], public=public)) == shape(report("html", "plain", public=public))


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", ["json", "badge"])
def test_json_read_back_is_what_was_declared(name: str, what: str) -> None:
    read = json.loads(report(name, HOSTILE[what]))
    if name == "json":
        assert read["project"]["name"] == unicodedata.normalize("NFC", HOSTILE[what]).strip()
    else:
        assert re.fullmatch(r"\d+ open MUST, \d{4}-\d\d-\d\d", read["message"])


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1).filter(lambda one: one.strip()))
def test_any_text_gives_reports_that_can_be_read_back(text: str) -> None:
    assert json.loads(report("sarif", text))["runs"]
    assert ET.fromstring(report("junit", text)).tag == "testsuites"  # noqa: S314  our own output
    assert len(list(csv.reader(io.StringIO(report("csv", text))))) == 3
    assert sum(line.startswith("::") for line in report("github", text).split("\n")) == 2
    assert not hidden(report("html", text), allowed="\n")
