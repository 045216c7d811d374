"""The JSON Schemas: valid, relative, closed, and true of the files that we accept."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from handrail.catalog.bundle import to_bytes
from handrail.catalog.default import default_bundle
from handrail.catalog.schema import FORMATS, Draft, schema, schemas
from handrail.catalog.schema_words import WORDS
from handrail.model.bundle import Bundle
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


@cache
def every(draft: Draft) -> dict[str, dict[str, Any]]:
    """All schemas of a dialect; making them costs more than all else here."""
    return schemas(draft=draft)


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
    made = every(draft)[name]
    DRAFTS[draft].check_schema(made)
    assert made["$id"] == f"{name}.schema.json"
    assert jsonschema.validators.validator_for(made) is DRAFTS[draft]
    assert made["description"]


def test_one_schema_is_the_same_by_itself() -> None:
    assert schema("handrail", draft="07") == every("07")["handrail"]


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_we_accept_is_valid(name: str, draft: Draft) -> None:
    assert list(DRAFTS[draft](every(draft)[name]).iter_errors(as_in_an_editor(name))) == []


def test_a_bundle_is_valid(tmp_path: Path) -> None:
    bundle = json.loads(to_bytes(bundle_of(overlaid(tmp_path))))
    assert list(DRAFTS["2020-12"](every("2020-12")["bundle"]).iter_errors(bundle)) == []


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", FILES)
def test_a_key_that_we_refuse_is_refused(name: str, draft: Draft) -> None:
    content = as_in_an_editor(name)
    content["Not a key"] = "x"
    assert list(DRAFTS[draft](every(draft)[name]).iter_errors(content))


@pytest.mark.parametrize("draft", DRAFTS)
def test_an_id_of_the_wrong_form_is_refused_as_a_key(draft: Draft) -> None:
    answer = {"handrail": 1, "project": {"id": "a", "name": "A"}, "controls": {"src-3": {"state": "implemented"}}}
    assert list(DRAFTS[draft](every(draft)["handrail"]).iter_errors(answer))


def test_draft_07_has_only_its_own_words() -> None:
    text = json.dumps(every("07"))
    assert "$defs" not in text
    for made in every("07").values():
        assert all(len(node) == 1 for node in _nodes(made) if "$ref" in node)


def _nodes(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for one in node for found in _nodes(one)]
    if isinstance(node, dict):
        return [node, *(found for one in node.values() for found in _nodes(one))]
    return []


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_key_of_every_file_is_explained(name: str, draft: Draft) -> None:
    objects = _objects(every(draft)[name])
    assert objects
    missing = [
        f"{one['title']}.{key}" for one in objects for key, value in one["properties"].items() if not told(value)
    ]
    assert missing == []


def test_every_sentence_explains_a_key_that_there_is() -> None:
    known = {
        (one["title"], key) for name in FORMATS for one in _objects(every("2020-12")[name]) for key in one["properties"]
    }
    assert {(title, key) for title, words in WORDS.items() for key in words} == known


def test_a_sentence_is_short_and_plain() -> None:
    for words in WORDS.values():
        for said in words.values():
            assert said.endswith(".")
            assert len(said) < 160


def _objects(made: Any) -> list[dict[str, Any]]:
    """Every object with named keys, wherever it stands; each has a title."""
    found = [node for node in _nodes(made) if isinstance(node.get("properties"), dict)]
    assert all("title" in one for one in found)
    return found


def told(value: Any) -> bool:
    return bool(value.get("description"))


GOOD = {
    "handrail": 1,
    "project": {"id": "a", "name": "A"},
    "facts": {"role": ["model-developer"], "messaging": "none"},
    "checklists": ["model-developer"],
    "controls": {"SRC-01": {"state": "implemented", "evidence": [{"for": "register", "path": "r.csv"}]}},
    "waivers": [
        {"control": "PRV-03", "reason": "r", "granted": "2026-01-01", "expires": "2026-02-01", "approved_by": "b"}
    ],
}
BAD = {
    "a control that there is not": {"controls": {"SRC-99": {"state": "planned"}}},
    "a fact that there is not": {"facts": {"roles": ["model-developer"]}},
    "a value that there is not": {"facts": {"role": ["model-developers"]}},
    "a lone value that there is not": {"facts": {"role": "model-developers"}},
    "two values of a fact that takes one": {"facts": {"messaging": ["none", "e2ee"]}},
    "a checklist that there is not": {"checklists": ["everything"]},
    "evidence that the control does not ask for": {
        "controls": {"SRC-01": {"state": "implemented", "evidence": [{"for": "log", "path": "r.csv"}]}}
    },
    "a key that an answer does not have": {"controls": {"SRC-01": {"state": "implemented", "stat": "x"}}},
    "a waiver that the catalog does not allow": {
        "waivers": [{**GOOD["waivers"][0], "control": "REP-04"}]  # type: ignore[index]  # a list, by its place
    },
}


@cache
def narrowed(draft: Draft) -> dict[str, Any]:
    """The schema of a declaration with the choices of this checkout's catalog."""
    return schema("handrail", draft=draft, choices=default_bundle()[0])


@pytest.fixture(scope="module")
def own_catalog() -> Bundle:
    return default_bundle()[0]


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_schema_with_choices_takes_what_the_catalog_knows(draft: Draft) -> None:
    made = narrowed(draft)
    DRAFTS[draft].check_schema(made)
    assert list(DRAFTS[draft](made).iter_errors(GOOD)) == []


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("what", BAD)
def test_a_schema_with_choices_refuses(what: str, draft: Draft) -> None:
    made = narrowed(draft)
    assert list(DRAFTS[draft](made).iter_errors({**GOOD, **BAD[what]}))


def test_an_organisation_is_offered_its_own_controls_only(own_catalog: Bundle) -> None:
    offered = set(schema("organisation", choices=own_catalog)["properties"]["controls"]["properties"])
    assert offered == {one.id for one in own_catalog.controls.values() if one.scope == "organisation"}


def test_a_catalog_file_has_no_choices(own_catalog: Bundle) -> None:
    assert schema("principle", choices=own_catalog) == schema("principle")
