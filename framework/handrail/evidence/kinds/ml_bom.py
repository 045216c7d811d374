"""`ml-bom`: a bill of materials for models and datasets (CycloneDX, JSON, 1.5 to 1.7).

| what is there | verdict |
|---|---|
| no CycloneDX of these versions; not valid by its schema; no model and no dataset in it | unreadable |
| the extra is not installed | unavailable |
| what it is of has a SHA-256, and no component has that of an artifact of the project | mismatched |
| datasets are asked for and none is listed, a model card that refers to one that is not listed, no date | partial |
| else | shown |

It cannot contradict: a list that does not name a thing is silent. What it is of is its `metadata.component`, or where
there is none, the models and datasets that it lists; a project that declares no artifact has nothing to compare.
Listed as a dataset is a component of type `data` (whose parts, if it names any, include a dataset), or a dataset
described inside a model card.

Verified if a component has the digest of an artifact, whatever its type (a service is an `application`); else
documented; claimed without a date. The date is `metadata.timestamp`. The schema is that of the library
cyclonedx-python-lib; the content is read here, because the library's own model has no `modelCard` and drops it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from handrail.evidence.plugin import Given, Seen, shown, unavailable, unreadable
from handrail.evidence.structured import Plain, read_structured
from handrail.evidence.values import day
from handrail.model.terms import Assurance, Verdict

KIND = "ml-bom"

_VERSIONS = ("1.5", "1.6", "1.7")
_MODEL, _DATA = "machine-learning-model", "data"

_BASE = "http://cyclonedx.org/schema/"
_SCHEMA = ".SNAPSHOT.schema.json"
_NAMED_BY_IT = tuple(f"{name}{_SCHEMA}" for name in ("spdx", "jsf-0.82", "cryptography-defs"))

_ANOTHER = unreadable("The file is not a bill of materials in CycloneDX 1.5 to 1.7, written as JSON.")
_NEEDS_EXTRA = 'Its schema cannot be checked by this installation: pip install "handrail[cyclonedx]".'

_Object: TypeAlias = "dict[str, Plain]"


def examine(given: Given) -> Seen:
    """Say whether the bill is well formed, names the project's artifact and lists datasets."""
    bom = read_structured(given.data or b"", ".json")
    if not isinstance(bom, dict) or bom.get("bomFormat") != "CycloneDX" or bom.get("specVersion") not in _VERSIONS:
        return _ANOTHER
    try:
        valid = _validator(str(bom["specVersion"])).is_valid(bom)
    except ImportError:
        return unavailable(_NEEDS_EXTRA)
    if not valid:
        return unreadable("The file is not valid by the schema of the version of CycloneDX that it names.")
    subject = _object(bom.get("metadata"), "component")
    components = tuple(_components([subject, *_objects(bom, "components")]))
    learned = [one for one in components if one.get("type") in (_MODEL, _DATA)]
    if not learned:
        return unreadable("The bill of materials lists no model and no dataset.")
    digests = set().union(*map(_digests, components))
    artifact = next((name for name in sorted(given.artifacts) if given.artifacts[name] in digests), None)
    if given.artifacts and artifact is None and any(map(_digests, [subject] if subject else learned)):
        text = "The bill of materials names no digest that the project declares under `artifacts`."
        return Seen(verdict=Verdict.MISMATCHED, text=text)
    dated = day(_object(bom, "metadata").get("timestamp"))
    lacking = _lacking(components, datasets_asked=given.parameters.flag("datasets"))
    if dated is None:
        lacking.append("It gives no date (metadata.timestamp).")
    tier = Assurance.VERIFIED if artifact else Assurance.DOCUMENTED
    what = "It names the digest of an artifact of the project." if artifact else "It is bound to no artifact."
    seen = shown(
        "It is valid CycloneDX with a date, and lists what is asked for.",
        lacking,
        tier=tier if dated else Assurance.CLAIMED,
        date=dated,
    )
    return replace(seen, text=f"{seen.text} {what}", artifact=artifact)


def _lacking(components: tuple[_Object, ...], *, datasets_asked: bool) -> list[str]:
    listed = [one for one in components if one.get("type") == _DATA and _is_dataset(one)]
    named = {one.get("bom-ref") for one in components} - {None}
    described = [one for component in components for one in _described(component)]
    inside = [one for one in described if "ref" not in one and one.get("type") == "dataset"]
    lacking = []
    if datasets_asked and not listed and not inside:
        lacking.append("It lists no dataset.")
    if any("ref" in one and one["ref"] not in named for one in described):
        lacking.append("A model card refers to a dataset that is not listed.")
    return lacking


def _is_dataset(component: _Object) -> bool:
    """A component of type `data` may also be configuration or source code, if it says so."""
    parts = _objects(component, "data")
    return not parts or any(one.get("type") == "dataset" for one in parts)


def _described(component: _Object) -> list[_Object]:
    """The datasets that a component's model card describes or refers to."""
    return _objects(_object(_object(component, "modelCard"), "modelParameters"), "datasets")


def _components(waiting: list[_Object]) -> Iterator[_Object]:
    while waiting:
        component = waiting.pop()
        if component:
            yield component
            waiting += _objects(component, "components")


def _digests(component: _Object) -> set[str]:
    hashes = _objects(component, "hashes")
    return {str(one.get("content")).lower() for one in hashes if one.get("alg") == "SHA-256"}


def _object(value: Plain, name: str) -> _Object:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _objects(value: _Object, name: str) -> list[_Object]:
    found = value.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


@cache  # the schemas are megabytes of JSON
def _validator(version: str) -> Any:
    """The schema of a version, from the library that ships it, in a validator that starts in a blink.

    `jsonschema` with the extras that the library asks for takes over a second to import and checks lists for doubles in
    the square of their length. Nothing is fetched: every schema that another names is at hand.

    Raises:
        ImportError: the extra is not installed.
    """
    import cyclonedx.schema
    import jsonschema_rs

    folder = files(cyclonedx.schema) / "_res"
    schemas = {
        name: json.loads((folder / name).read_bytes())
        for name in (f"bom-{version}{_SCHEMA}", *_NAMED_BY_IT)
        if (folder / name).is_file()
    }
    registry = jsonschema_rs.Registry(
        [(f"{_BASE}{name}", schema) for name, schema in schemas.items()], retriever=_never
    )
    return jsonschema_rs.validator_for(schemas[f"bom-{version}{_SCHEMA}"], registry=registry, validate_formats=False)


def _never(address: str) -> Any:
    raise LookupError(address)  # a schema that is not at hand is never fetched
