"""JSON Schemas of every file format, made from the models.

Belongs here: which model is which format, and the two dialects. Never here: a rule about a format; what a schema
cannot say (that names resolve, that dates are in order) is told by `handrail lint` and `handrail check`.

`$id` is relative (`<name>.schema.json`): it means the same wherever the schemas are put. The dialect is JSON Schema
2020-12, or draft-07 for editors whose YAML support stops there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel

from handrail.catalog.schema_choices import CHOOSING, with_choices
from handrail.catalog.schema_words import with_words
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.catalog import PrincipleFile
from handrail.model.declaration import Declaration, Organisation
from handrail.model.endorsement import EndorsementFile
from handrail.model.pack import PackFile
from handrail.model.predicates import DatasetScreeningStatement
from handrail.model.predicates_test_run import RunStatement
from handrail.model.translation import TranslationFile
from handrail.model.vocabulary import (
    AttestorsFile,
    CatalogFile,
    ChecklistFile,
    LexiconFile,
    ReferenceFile,
    ReleasesFile,
    StewardsFile,
)

Draft = Literal["2020-12", "07"]

FORMATS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "principle": PrincipleFile,
        "catalog": CatalogFile,
        "reference": ReferenceFile,
        "checklist": ChecklistFile,
        "stewards": StewardsFile,
        "attestors": AttestorsFile,
        "lexicon": LexiconFile,
        "releases": ReleasesFile,
        "endorsement": EndorsementFile,
        "translation": TranslationFile,
        "pack": PackFile,
        "handrail": Declaration,
        "organisation": Organisation,
        "bundle": Bundle,
        "assessment": Assessment,
        "dataset-screening": DatasetScreeningStatement,
        "test-run-binding": RunStatement,
    }
)
"""Name of a format -> its model."""

_DIALECT: Mapping[str, str] = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "07": "http://json-schema.org/draft-07/schema#",
}


def schema(name: str, *, draft: Draft = "2020-12", choices: Bundle | None = None) -> dict[str, Any]:
    """Give the JSON Schema of one format.

    Args:
        name: a key of `FORMATS`.
        draft: the dialect.
        choices: a catalog to which the formats of a project are narrowed; other formats stay as they are.

    Raises:
        KeyError: there is no format of that name.
    """
    made = _of_model(name)
    if choices is not None and name in CHOOSING:
        made = with_choices(name, made, choices)
    body = _draft_07(made) if draft == "07" else made
    return {"$schema": _DIALECT[draft], "$id": f"{name}.schema.json", **body}


def schemas(*, draft: Draft = "2020-12", choices: Bundle | None = None) -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of every format, by its name; the arguments are those of `schema`."""
    return {name: schema(name, draft=draft, choices=choices) for name in FORMATS}


@cache
def _of_model(name: str) -> dict[str, Any]:
    """The schema as the model gives it. Nobody changes it: every dialect and every catalog has it made anew from it."""
    # Files that we write hold what a model gives out; files that people write hold what it takes.
    mode: Literal["serialization", "validation"] = "serialization" if name == "assessment" else "validation"
    made: dict[str, Any] = with_words(_closed(FORMATS[name].model_json_schema(by_alias=True, mode=mode)))
    return made


def _closed(node: Any) -> Any:
    """Refuse the keys that no pattern takes: a pattern alone says nothing of them, and a misspelt id would go through.

    A key that looks like a schema word (`patternProperties`) never is one in our formats.
    """
    if isinstance(node, list):
        return [_closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _closed(value) for key, value in node.items()}
    return {**made, "additionalProperties": False} if "patternProperties" in made else made


def _draft_07(node: Any) -> Any:
    """Rewrite what draft-07 spells otherwise: `$defs`, and `$ref`, beside which it reads no other key."""
    if isinstance(node, list):
        return [_draft_07(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {"definitions" if key == "$defs" else key: _draft_07(value) for key, value in node.items()}
    if isinstance(made.get("$ref"), str):
        made["$ref"] = made["$ref"].replace("#/$defs/", "#/definitions/")
        if len(made) > 1:
            made = {"allOf": [{"$ref": made.pop("$ref")}], **made}
    return made
