"""The schema of a project's file, narrowed to one catalog: its controls, facts and checklists as choices.

Belongs here: the choices, for an editor to offer and to explain. Never here: the shape of the file (`schema`); what no
choice can say is told by `handrail check`. A schema of this kind fits one version of a catalog only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handrail.catalog.resolve import alternatives
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.terms import Scope, Status
from handrail.model.vocabulary import Fact

CHOOSING = frozenset({"handrail", "organisation"})
"""The formats whose content a catalog gives choices for."""


def with_choices(name: str, made: Mapping[str, Any], bundle: Bundle) -> dict[str, Any]:
    """The schema of a format of `CHOOSING` (2020-12), narrowed to what the catalog knows."""
    known = [one for one in bundle.controls.values() if one.status is not Status.RETIRED]
    if name == "organisation":
        known = [one for one in known if one.scope is Scope.ORGANISATION]
    properties = dict(made["properties"])
    properties["controls"] = _keys(properties["controls"], {one.id: _answer(one) for one in known})
    narrowed = {**made, "properties": properties}
    if name == "handrail":
        properties["facts"] = _keys(properties["facts"], {key: _fact(one) for key, one in bundle.facts.items()})
        checklists = [one.checklist.id for one in bundle.checklists]
        properties["checklists"] = {**properties["checklists"], "items": {"enum": checklists}}
        narrowed["$defs"] = _waivable(made["$defs"], [one.id for one in known if one.allow.waive])
    return narrowed


def _keys(node: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with these keys and no others, in place of one with any key of a pattern."""
    kept = {key: value for key, value in node.items() if key not in ("patternProperties", "propertyNames")}
    return {**kept, "properties": dict(properties), "additionalProperties": False}


def _answer(control: Control) -> dict[str, Any]:
    asked = [one.id for group in control.evidence for one in alternatives(group)]
    return {
        "$ref": "#/$defs/Answer",
        "title": control.title,
        "description": f"{control.question} ({control.level.value.upper()}) {control.statement}",
        "properties": {"evidence": {"items": {"properties": {"for": {"enum": asked}}}}},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    value = {"anyOf": [{"const": key, "description": one.label} for key, one in fact.values.items()]}
    several: dict[str, Any] = {"type": "array", "items": {"enum": list(fact.values)}, "minItems": 1}
    if not fact.many:
        several["maxItems"] = 1
    return {"title": fact.title, "description": fact.question, "anyOf": [value, several]}


def _waivable(definitions: Mapping[str, Any], controls: Iterable[str]) -> dict[str, Any]:
    waiver = definitions["Waiver"]
    control = {**waiver["properties"]["control"], "enum": list(controls)}
    return {**definitions, "Waiver": {**waiver, "properties": {**waiver["properties"], "control": control}}}
