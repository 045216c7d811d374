"""The schemas on the site, at addresses with a version; the page of the test-run binding against its schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from handrail.catalog.schema import FORMATS, schema
from handrail.model.predicates_test_run import RunStatement
from handrail.publish.pages_schemas import FILES, PATH, schema_files, schema_page
from tests.report.small import CATALOG

BINDING_PAGE = Path(__file__).parents[2] / "site" / "pages" / "evidence" / "test-run-binding.md"


@pytest.fixture(scope="module")
def made() -> Mapping[str, dict[str, Any]]:
    return {path: json.loads(data) for path, data in schema_files(CATALOG, "9.8.7").items()}


def test_every_format_has_its_addresses(made: Mapping[str, Any]) -> None:
    assert set(FILES) == set(FORMATS)
    plain = {f"schemas/9.8.7/{name}.json" for name in FORMATS}
    newer = {f"schemas/9.8.7/2020-12/{name}.json" for name in FORMATS}
    narrowed = {f"schemas/9.8.7/catalog-1.0.0/{name}.json" for name in ("handrail", "organisation")}
    assert set(made) == plain | newer | narrowed


def test_every_schema_is_of_its_dialect_and_named_as_its_file(made: Mapping[str, dict[str, Any]]) -> None:
    for path, one in made.items():
        dialect = jsonschema.Draft202012Validator if "/2020-12/" in path else jsonschema.Draft7Validator
        assert jsonschema.validators.validator_for(one) is dialect
        dialect.check_schema(one)
        assert one["$id"] == path.rpartition("/")[2]


def test_only_a_narrowed_schema_names_the_controls(made: Mapping[str, Any]) -> None:
    naming = [path for path, one in made.items() if '"DAT-01"' in json.dumps(one)]
    assert naming == ["schemas/9.8.7/catalog-1.0.0/handrail.json"]  # it has no control of scope organisation


def test_the_page_links_every_schema(made: Mapping[str, Any]) -> None:
    body = schema_page(CATALOG, "9.8.7").body
    assert [path for path in made if f'href="../{path}"' not in body] == []


def test_the_site_carries_them(small_site: Mapping[str, bytes]) -> None:
    assert {path for path in schema_files(CATALOG, "0.1.0") if path not in small_site} == set()
    assert b"schemas/0.1.0/handrail.json" in small_site[PATH]


@pytest.fixture
def example() -> dict[str, Any]:
    text = BINDING_PAGE.read_text(encoding="utf-8").partition("{ #example }")[2].partition("{ #fields }")[0]
    read: dict[str, Any] = json.loads("\n".join(line for line in text.splitlines() if line.startswith("    ")))
    return read


def test_the_example_of_the_page_is_what_its_schema_says(example: dict[str, Any]) -> None:
    RunStatement.model_validate(example)
    validator = jsonschema.Draft202012Validator(schema("test-run-binding"))
    assert list(validator.iter_errors(example)) == []
    example["predicate"]["prompt"] = "x"
    assert list(validator.iter_errors(example))


def test_the_page_explains_every_member(example: dict[str, Any]) -> None:
    table = BINDING_PAGE.read_text(encoding="utf-8").partition("{ #fields }")[2].partition("{ #read }")[0]
    definitions = schema("test-run-binding")["$defs"]
    members = {
        key for name in ("RunBinding", "RunPlan", "JudgeErrors", "RunCounts") for key in definitions[name]["properties"]
    }
    assert {one for one in members if f"`{one}`" not in table} == set()
    assert set(example["predicate"]) == set(definitions["RunBinding"]["properties"]) - {"supersedes"}
