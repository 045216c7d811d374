"""Assessments as canonical JSON: the same record, the same bytes, and nothing read that was not written so."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.report.canonical import from_json, to_json, values_to_json
from handrail.report.formats import FORMATS, ReportInput
from handrail.source.diagnostics import InputError
from tests.report.small import CASES, CATALOG, MIXED, Project

TOP = {"as_of", "catalog", "checklists", "facts", "findings", "handrail", "principles", "project", "summary"}
FINDING = {
    "assurance", "blocked_by", "control", "declared", "evidence", "finding", "fingerprint", "level", "level_reason",
    "own", "reasons", "selected_by", "state", "valid_until", "waiver",
}  # fmt: skip
EVIDENCE = {"date", "kind", "requirement", "text", "tier", "valid_until", "verdict"}


@pytest.mark.parametrize("case", CASES)
def test_what_is_written_is_read_back(case: str) -> None:
    made = CASES[case].assessment()
    assert from_json(to_json(made).encode(), "a.json") == made


@pytest.mark.parametrize("case", CASES)
def test_the_keys_of_the_format_are_always_there(case: str) -> None:
    given = json.loads(to_json(CASES[case].assessment()))
    assert given.keys() >= TOP
    assert all(one.keys() >= FINDING for one in given["findings"])
    assert all(entry.keys() >= EVIDENCE for one in given["findings"] for entry in one["evidence"])
    assert given["summary"].keys() >= {"must", "should", "may", "open_must", "coverage", "gate"}


def test_text_is_canonical() -> None:
    text = to_json(MIXED.assessment())
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert "\r" not in text


@given(st.text())
def test_what_a_terminal_would_obey_or_hide_is_an_escape(text: str) -> None:
    made = values_to_json({"name": text})
    assert json.loads(made) == {"name": text}
    assert made.replace("\n", "").isprintable()


def test_one_project_is_an_object_and_several_are_a_list() -> None:
    made = [MIXED.assessment(), Project(name="Other").assessment()]
    said = (MIXED.declaration(), Project(name="Other").declaration())
    one = FORMATS["json"](ReportInput(assessments=(made[0],), declarations=said[:1], bundle=CATALOG))
    both = FORMATS["json"](ReportInput(assessments=tuple(made), declarations=said, bundle=CATALOG))
    assert json.loads(one)["project"]["name"] == "Aurora"
    assert [each["project"]["name"] for each in json.loads(both)] == ["Aurora", "Other"]


def changed(change: Callable[[Any], object]) -> bytes:
    given = json.loads(to_json(MIXED.assessment()))
    change(given)
    return json.dumps(given).encode()


REFUSED = {
    "not UTF-8": (b"\xff{}", "HR001"),
    "half of a character": (b'{"handrail": "\\ud800"}', "HR001"),
    "not JSON": (b"{", "HR010"),
    "not a number": (changed(lambda a: a["summary"].update(catalog_must=float("nan"))), "HR108"),
    "empty": (b"", "HR010"),
    "a list": (b"[]", "HR103"),
    "nested without end": (b"[" * 100_000, "HR015"),
    "a number without end": (b'{"handrail": ' + b"9" * 5_000 + b"}", "HR103"),
    "a key twice": (b'{"handrail": 1, "handrail": 1}', "HR011"),
    "an unknown key": (changed(lambda a: a.update(more=1)), "HR101"),
    "a key missing": (changed(lambda a: a.pop("summary")), "HR102"),
    "another format": (changed(lambda a: a.update(handrail=2)), "HR105"),
    "a day of no calendar": (changed(lambda a: a.update(as_of="2026-02-30")), "HR104"),
    "an unknown finding": (changed(lambda a: a["findings"][0].update(finding="passed")), "HR105"),
    "a number as text": (changed(lambda a: a["summary"].update(catalog_must="8")), "HR103"),
    "true for one": (changed(lambda a: a.update(handrail=True)), "HR103"),
    "a word for a list": (changed(lambda a: a["facts"].update(role="model-developer")), "HR103"),
    "text with space around it": (changed(lambda a: a["project"].update(name=" Aurora")), "HR103"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_was_not_written_so_is_refused_with_its_place(case: str) -> None:
    data, code = REFUSED[case]
    with pytest.raises(InputError) as refused:
        from_json(data, "old/a.json")
    first = refused.value.diagnostics[0]
    assert first.code == code
    assert first.span is not None
    assert first.span.path == "old/a.json"
    assert first.help


def test_a_file_of_before_a_key_was_added_is_read() -> None:
    data = changed(lambda a: [one.pop("notes") for one in a["findings"]])
    assert from_json(data, "a.json") == MIXED.assessment()
