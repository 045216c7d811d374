"""A requirement's parameters are typed by the table of kinds: strictly, and without ever raising."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.catalog.resolve import alternatives
from handrail.evidence.limits import PATH_CHARACTERS
from handrail.evidence.parameters import Check, Operator, typed
from handrail.model.catalog import PrincipleFile
from handrail.model.kinds import KINDS
from handrail.model.terms import Phase
from handrail.source.diagnostics import Collector
from handrail.source.files import Root
from handrail.source.load import load_file

PRINCIPLES = Path(__file__).parents[2] / "principles"
FILES = sorted(path for phase in Phase for path in (PRINCIPLES / phase).glob("*.yaml"))


def test_defaults_stand_where_nothing_is_given() -> None:
    values = typed({"headings": ["Steps"]}, KINDS["document"])
    assert values is not None
    assert (values.texts("headings"), values.count("min_words")) == (("Steps",), 120)


def test_text_and_json_give_the_same_values() -> None:
    for given_ in ({"source_type": "x", "min_samples": "3", "trusted": "true"}, {"min_samples": 3, "trusted": True}):
        values = typed(given_, KINDS["c2pa"])
        assert values is not None
        assert (values.count("min_samples"), values.flag("trusted")) == (3, True)


def test_a_duration() -> None:
    values = typed({"max_list_age": "P30D"}, KINDS["dataset-screening"])
    assert values is not None
    assert values.days("max_list_age") == timedelta(days=30)
    without = typed({}, KINDS["dataset-screening"])
    assert without is not None
    assert without.days("max_list_age") is None


def test_checks_expect_text() -> None:
    values = typed({"checks": [{"path": " a.b ", "equals": False}, {"path": "a", "at_least": 3}]}, KINDS["data"])
    assert values is not None
    assert values.checks("checks") == (
        Check(path="a.b", operator=Operator.EQUALS, expected="false"),
        Check(path="a", operator=Operator.AT_LEAST, expected="3"),
    )


@pytest.mark.parametrize(
    ("kind", "given_"),
    [
        ("document", {}),
        ("document", {"headings": "Steps"}),
        ("document", {"headings": []}),
        ("document", {"headings": ["Steps", ""]}),
        ("document", {"headings": ["Steps", 1]}),
        ("document", {"headings": None}),
        ("document", {"headings": ["Steps"], "heading": ["Steps"]}),
        ("document", {"headings": ["Steps"], "min_words": "-1"}),
        ("document", {"headings": ["Steps"], "min_words": "1.5"}),
        ("document", {"headings": ["Steps"], "min_words": True}),
        ("document", {"headings": ["Steps"], "min_words": None}),
        ("ml-bom", {"datasets": "yes"}),
        ("dataset-screening", {"max_list_age": "30 days"}),
        ("dataset-screening", {"max_list_age": 30}),
        ("register", {"columns": ["a"]}),
        ("data", {"checks": {"path": "a", "exists": True}}),
        ("data", {"checks": [{"path": "a"}]}),
        ("data", {"checks": [{"exists": True}]}),
        ("data", {"checks": [{"path": "", "exists": True}]}),
        ("data", {"checks": [{"path": "a", "exists": "yes"}]}),
        ("data", {"checks": [{"path": "a", "equals": ""}]}),
        ("data", {"checks": [{"path": "a", "equals": ["b"]}]}),
        ("data", {"checks": [{"path": "a", "equals": None}]}),
        ("data", {"checks": [{"path": "a", "at_least": "many"}]}),
        ("data", {"checks": [{"path": "a", "at_least": 1, "at_most": 2}]}),
        ("data", {"checks": [{"path": "a", "matches": "b"}]}),
        ("data", {"checks": [{"path": "a" * (PATH_CHARACTERS + 1), "exists": True}]}),
    ],
)
def test_parameters_that_do_not_fit_are_unusable(kind: str, given_: dict[str, Any]) -> None:
    assert typed(given_, KINDS[kind]) is None


def test_a_path_as_long_as_the_limit() -> None:
    assert typed({"checks": [{"path": "a" * PATH_CHARACTERS, "exists": True}]}, KINDS["data"]) is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["path", "equals", "exists"]), inner),
    max_leaves=6,
)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_any_parameters_are_typed_or_unusable(kind: str, data: st.DataObject) -> None:
    names = sorted(KINDS[kind].parameters)
    keys = st.sampled_from([*names, "other"])
    given_ = data.draw(st.dictionaries(keys, JSON, max_size=4))
    values = typed(given_, KINDS[kind])
    if values is not None:
        assert given_.keys() <= values.values.keys() <= set(names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_requirement_of_the_catalog_has_usable_parameters(path: Path) -> None:
    out = Collector()
    with Root(PRINCIPLES) as root:
        loaded = load_file(PrincipleFile, root, path.relative_to(PRINCIPLES).as_posix(), out)
    assert loaded is not None, [diagnostic.message for diagnostic in out.sorted()]
    for control in loaded.value.controls:
        for group in control.evidence:
            for one in alternatives(group):
                assert typed(one.parameters, KINDS[one.kind]) is not None, f"{control.id} {one.id}"
