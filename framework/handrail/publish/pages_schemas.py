"""The JSON Schemas at addresses that carry the version of handrail, and the page that lists them.

Belongs here: which schema lies where, and whose file it is of. Never here: a schema (`catalog.schema`).

draft-07 stands first because editors read it and every validator does; 2020-12 lies in a folder beside it. The schemas
of a project's files come a second time, narrowed to the controls, facts and checklists of the catalog that is shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from handrail.model.bundle import Bundle
from handrail.publish.page import Page, render

PATH = "schemas/index.html"

FILES: Mapping[str, str] = MappingProxyType(
    {
        "handrail": "handrail.yaml, a project's declaration",
        "organisation": "organisation.yaml, answers given once for all projects",
        "assessment": "an assessment, as handrail check --format json writes it",
        "principle": "principles/PHASE/NAME.yaml, a principle with its controls",
        "checklist": "checklists/NAME.yaml",
        "catalog": "principles/catalog.yaml",
        "reference": "principles/references/NAME.yaml",
        "lexicon": "principles/lexicon.yaml",
        "stewards": "principles/stewards.yaml",
        "attestors": "principles/attestors.yaml, and a reader's --trust file",
        "releases": "principles/releases.yaml",
        "endorsement": "endorsements/ORGANISATION.yaml",
        "translation": "principles/i18n/LANGUAGE/NAME.yaml, the catalog's texts in a language",
        "bundle": "a compiled catalog, as handrail bundle writes it",
        "pack": "pack.yaml, what an organisation adds to a catalog",
        "dataset-screening": "the predicate dataset-screening, as an in-toto statement",
        "test-run-binding": "the predicate test-run-binding, as an in-toto statement",
    }
)
"""Name of a format -> the file that it is of."""


def schema_files(bundle: Bundle, version: str) -> dict[str, bytes]:
    """Path -> bytes of every schema; `version` is that of handrail."""
    return dict(_files(bundle, _segment(version)))


def _segment(version: str) -> str:
    """A version as one segment of an address, whatever it holds."""
    return re.sub("[^A-Za-z0-9.+-]+", "-", version)[:64]


def _files(bundle: Bundle, version: str) -> Iterator[tuple[str, bytes]]:
    from handrail.catalog.schema import schema, schemas  # pydantic's schemas cost a fifth of a second
    from handrail.catalog.schema_choices import CHOOSING

    for name, made in schemas(draft="07").items():
        yield f"schemas/{version}/{name}.json", _json(name, made)
    for name, made in schemas().items():
        yield f"schemas/{version}/2020-12/{name}.json", _json(name, made)
    for name in sorted(CHOOSING):
        yield f"{_narrowed(bundle, version)}/{name}.json", _json(name, schema(name, draft="07", choices=bundle))


def schema_page(bundle: Bundle, version: str) -> Page:
    """The page that lists them."""
    folder = f"schemas/{_segment(version)}"
    body = render(
        "schemas.html",
        PATH,
        rows=[(name, file, f"{folder}/{name}.json", f"{folder}/2020-12/{name}.json") for name, file in FILES.items()],
        narrowed=[
            (name, FILES[name], f"{_narrowed(bundle, _segment(version))}/{name}.json")
            for name in ("handrail", "organisation")
        ],
        version=version,
        bundle=bundle,
    )
    return Page(
        path=PATH,
        title="JSON Schemas",
        description="The schemas of all files, at addresses that carry their version.",
        body=body,
    )


def _narrowed(bundle: Bundle, version: str) -> str:
    return f"schemas/{version}/catalog-{_segment(bundle.catalog.version)}"


def _json(name: str, made: dict[str, Any]) -> bytes:
    """The schema under the name that it has here."""
    return (json.dumps({**made, "$id": f"{name}.json"}, indent=2, ensure_ascii=False) + "\n").encode()
