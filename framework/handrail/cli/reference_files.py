"""The reference page of the files, from their JSON Schemas.

Belongs here: keys, values and meanings as Markdown. Never here: a format of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from handrail.catalog.schema import FORMATS, schema
from handrail.cli.reference_markdown import cell, code

SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "handrail": "`handrail.yaml`",
        "organisation": "`organisation.yaml`",
        "principle": "A principle: `principles/PHASE/*.yaml`",
        "checklist": "A checklist: `checklists/*.yaml`",
        "reference": "A reference: `principles/references/*.yaml`",
        "assessment": "An assessment: `handrail check --format json`",
    }
)
"""Formats that people write or read, and their headings; of the others the page says how to print the schema."""

_INTRO = """\
# Files { #files }

The keys of each file. A key that must be there is marked with a star. `handrail schema NAME` prints the whole JSON
Schema, with the pattern of each value. [How to let the editor use it](../how-to/editor.md)
{ .hr-lead }

YAML is read as UTF-8 without anchors, aliases, merge keys and tags, and no key twice. `NO` is text and dates are
written `2026-11-24`; durations are `P30D`, in days.
"""

Schema = Mapping[str, Any]


def files_page() -> str:
    """The page, ended by a line end."""
    lines = [_INTRO]
    shown: dict[str, str] = {}
    for name, heading in SHOWN.items():
        made = schema(name)
        lines += [f"## {heading} {{ #{name} }}\n", _said(made), f"    handrail schema {name}\n"]
        lines += _tables(name, made, shown)
    others = ", ".join(code(name) for name in FORMATS if name not in SHOWN)
    lines.append(f"## Others {{ #others }}\n\n`handrail schema` lists all; these have no table here: {others}.")
    return "\n".join(lines) + "\n"


def _tables(name: str, made: Schema, shown: dict[str, str]) -> Iterator[str]:
    """The table of a format, and of everything in it that no format before it has shown."""
    definitions: Mapping[str, Schema] = made.get("$defs", {})
    anchors = {}
    fresh = []
    for one, of_it in definitions.items():
        if "properties" not in of_it:
            continue
        text = json.dumps(of_it, sort_keys=True)
        if text not in shown:
            shown[text] = f"{name}-{one.lower()}"
            fresh.append(one)
        anchors[one] = shown[text]
    yield from _table(made, definitions, anchors)
    for one in fresh:
        yield f"### {_words(one)} {{ #{anchors[one]} }}\n"
        yield _said(definitions[one])
        yield from _table(definitions[one], definitions, anchors)


def _table(of: Schema, definitions: Mapping[str, Schema], anchors: Mapping[str, str]) -> Iterator[str]:
    properties: Mapping[str, Schema] = of.get("properties", {})
    told = any("description" in value for value in properties.values())
    yield "| Key | Value | Meaning |\n|---|---|---|" if told else "| Key | Value |\n|---|---|"
    for key, value in properties.items():
        star = " &#42;" if key in of.get("required", ()) else ""
        meaning = f" {cell(value.get('description', ''))} |" if told else ""
        yield f"| {code(key)}{star} | {_value(value, definitions, anchors)} |{meaning}"
    yield ""


def _value(value: Schema, definitions: Mapping[str, Schema], anchors: Mapping[str, str]) -> str:
    """What may stand there, in a few words."""

    def of(one: Schema) -> str:
        return _value(one, definitions, anchors)

    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{_words(name)}](#{anchors[name]})" if name in anchors else of(definitions[name])
    for several in ("anyOf", "oneOf", "allOf"):
        if several in value:
            return " or ".join(dict.fromkeys(of(one) for one in value[several] if one.get("type") != "null"))
    if "enum" in value or "const" in value:
        return ", ".join(dict.fromkeys(code(str(one)) for one in value.get("enum", [value.get("const")])))
    if value.get("type") == "array":
        items = value.get("items", {})
        return f"list: {of(items)}" if items else "list"
    if value.get("type") == "object":
        inner = next(iter(value.get("patternProperties", {}).values()), value.get("additionalProperties"))
        return f"mapping: {of(inner)}" if isinstance(inner, dict) and inner else "mapping"
    kinds = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}
    return "date" if value.get("format") == "date" else kinds.get(value.get("type", ""), "any value")


def _said(of: Schema) -> str:
    return cell(of.get("description", "")) + "\n"


def _words(name: str) -> str:
    """`ControlFinding` as `Control finding`."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return spaced[:1].upper() + spaced[1:]
