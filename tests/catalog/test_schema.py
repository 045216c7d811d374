"""The JSON Schemas: valid, relative, closed, and true of the files that we accept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from handrail.catalog.bundle import to_bytes
from handrail.catalog.schema import FORMATS, Draft, schema, schemas
from tests.catalog.cases import MINIMAL, bundle_of, overlaid

DRAFTS: dict[Draft, type[Any]] = {"2020-12": jsonschema.Draft202012Validator, "07": jsonschema.Draft7Validator}
FILES = {
    "principle": "principles/develop/source-data.yaml",
    "catalog": "principles/catalog.yaml",
    "reference": "principles/references/act.yaml",
    "checklist": "checklists/developer.yaml",
    "stewards": "principles/stewards.yaml",
    "lexicon": "principles/lexicon.yaml",
}


class _Editor(yaml.SafeLoader):
    """Reads as an editor does (YAML 1.2): numbers and truth values have types, dates are text."""


_OLD = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Editor.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] not in _OLD]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), "tf")


def as_in_an_editor(name: str) -> Any:
    return yaml.load((MINIMAL / FILES[name]).read_text(encoding="utf-8"), Loader=_Editor)  # noqa: S506  a safe loader


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_schema_is_valid_and_says_what_it_is(name: str, draft: Draft) -> None:
    made = schemas(draft=draft)[name]
    DRAFTS[draft].check_schema(made)
    assert made["$id"] == f"{name}.schema.json"
    assert jsonschema.validators.validator_for(made) is DRAFTS[draft]
    assert made["description"]
    assert made == schema(name, draft=draft)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_we_accept_is_valid(name: str, draft: Draft) -> None:
    assert list(DRAFTS[draft](schema(name, draft=draft)).iter_errors(as_in_an_editor(name))) == []


def test_a_bundle_is_valid(tmp_path: Path) -> None:
    bundle = json.loads(to_bytes(bundle_of(overlaid(tmp_path))))
    assert list(DRAFTS["2020-12"](schema("bundle")).iter_errors(bundle)) == []


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", FILES)
def test_a_key_that_we_refuse_is_refused(name: str, draft: Draft) -> None:
    content = as_in_an_editor(name)
    content["Not a key"] = "x"
    assert list(DRAFTS[draft](schema(name, draft=draft)).iter_errors(content))


@pytest.mark.parametrize("draft", DRAFTS)
def test_an_id_of_the_wrong_form_is_refused_as_a_key(draft: Draft) -> None:
    answer = {"handrail": 1, "project": {"id": "a", "name": "A"}, "controls": {"src-3": {"state": "implemented"}}}
    assert list(DRAFTS[draft](schema("handrail", draft=draft)).iter_errors(answer))


def test_draft_07_has_only_its_own_words() -> None:
    text = json.dumps(schemas(draft="07"))
    assert "$defs" not in text
    for made in schemas(draft="07").values():
        assert all(len(node) == 1 for node in _nodes(made) if "$ref" in node)


def _nodes(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for one in node for found in _nodes(one)]
    if isinstance(node, dict):
        return [node, *(found for one in node.values() for found in _nodes(one))]
    return []
