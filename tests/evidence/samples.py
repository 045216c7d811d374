"""Good evidence of every kind, as text, and one way to look at it: through a real file in a real folder.

Every sample carries `CANARY` wherever a project could write something of its own; no observation may repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handrail.attest.trust import Trust
from handrail.evidence.observe import ProjectFiles, observe
from handrail.model.catalog import Requirement
from handrail.model.declaration import Evidence
from handrail.model.observation import Observation
from handrail.model.terms import Scope
from handrail.source.files import Root
from tests.attest.throwaway import signed, statement
from tests.evidence.samples_json import (
    CROISSANT,
    CROISSANT_ASKS,
    ML_BOM,
    ML_BOM_ASKS,
    MODELSCAN,
    SCREENING,
    SCREENING_ASKS,
    written,
)
from tests.evidence.samples_runs import GARAK, GARAK_ASKS, JUNIT, JUNIT_ASKS

CANARY = "marmalade zeppelin"
SENTENCE = f"The {CANARY} team reads every new case on the day it comes in and writes down what it decided and why."
BANNED = re.compile(r"\b(safe|compliant|conformant|certified|approved|passed|failed|false)\b", re.IGNORECASE)

ARTIFACTS = {"model": "a" * 64, "dataset": "b" * 64}
"""What the project declares, unless a test says otherwise."""

DOCUMENT = f"""\
---
owner: Head of {CANARY}
approved: 2026-09-01
---
# Halting a release

Introduction by the {CANARY} team.

## 1. Triggers

{SENTENCE}

## 2. Who may halt?

{SENTENCE}

### In the night

{SENTENCE}
"""
DOCUMENT_ASKS: dict[str, Any] = {"headings": ["Triggers", "Who may halt"], "min_words": "50"}

MODEL_CARD = f"""\
---
license: {CANARY}
last_updated: 2026-09-01
tags: [image, {CANARY}]
---
# Model card

## Child safety

{SENTENCE}

## Misuse prevention

{SENTENCE}
"""
MODEL_CARD_ASKS: dict[str, Any] = {"sections": ["Child safety", "Misuse prevention"], "fields": ["license"]}

DATA = f"""\
{{
  "training_uploads": {{"accepted": false, "formats": ["png", "jpeg"], "limit": 20, "note": "{CANARY}"}},
  "owner": "Head of {CANARY}",
  "date": "2026-09-01"
}}
"""
DATA_ASKS: dict[str, Any] = {
    "checks": [
        {"path": "training_uploads.accepted", "equals": "false"},
        {"path": "training_uploads.limit", "at_least": "10"},
        {"path": "training_uploads.limit", "at_most": "20"},
        {"path": "training_uploads.formats", "contains": "png"},
        {"path": "training_uploads.note", "exists": "true"},
        {"path": "exceptions", "exists": "false"},
    ]
}

REGISTER = f"""\
Area,Role,Stand-in,Reviewed
{CANARY},"Lead, trust",Deputy,2026-08-01
Training,Head of {CANARY},None,2026-09-01
"""
REGISTER_ASKS: dict[str, Any] = {
    "columns": ["area", "role", "stand_in", "reviewed"],
    "date_column": "reviewed",
    "min_rows": "2",
}

METRICS = f"""\
- name: reports_received
  definition: Reports that the {CANARY} desk opened.
  period: {{from: 2026-07-01, to: 2026-09-30}}
  denominator: all visits
  count: 4711
- name: reports_answered
  definition: Reports that it answered.
  period: {{from: 2026-04-01, to: 2026-06-30}}
  denominator: 4711
  count: 12.5
"""
METRICS_ASKS: dict[str, Any] = {"measures": ["reports received", "reports-answered"]}

SECURITY_TXT = f"""\
# {CANARY}
Contact: mailto:marmalade@zeppelin.example
Contact: https://zeppelin.example/marmalade
Expires: 2027-04-30T12:00:00Z
Preferred-Languages: en
"""

ATTESTATION = signed(
    statement(ARTIFACTS["model"], predicate="release-gate", body={"time": "2026-09-01", "note": CANARY}, name=CANARY),
    by="stranger",
    hint=CANARY,
).decode()
ATTESTATION_ASKS: dict[str, Any] = {"predicates": ["release-gate", "https://in-toto.io/attestation/test-result/v0.1"]}

GOOD: dict[str, tuple[str, str, dict[str, Any]]] = {
    "document": ("policy.md", DOCUMENT, DOCUMENT_ASKS),
    "model-card": ("card.md", MODEL_CARD, MODEL_CARD_ASKS),
    "data": ("limits.json", DATA, DATA_ASKS),
    "register": ("register.csv", REGISTER, REGISTER_ASKS),
    "metrics": ("counts.yaml", METRICS, METRICS_ASKS),
    "security-contact": ("security.txt", SECURITY_TXT, {}),
    "file": ("report.pdf", CANARY, {}),
    "attestation": ("gate.dsse.json", ATTESTATION, ATTESTATION_ASKS),
    "dataset-screening": ("screening.json", written(SCREENING), SCREENING_ASKS),
    "croissant": ("croissant.json", written(CROISSANT), CROISSANT_ASKS),
    "ml-bom": ("bom.cdx.json", written(ML_BOM), ML_BOM_ASKS),
    "artifact-scan": ("scan.json", written(MODELSCAN), {}),
    "red-team": ("run.report.jsonl", GARAK, GARAK_ASKS),
    "test-report": ("tests.junit.xml", JUNIT, JUNIT_ASKS),
}
"""Kind -> file name, content, parameters: what is `shown`."""


def requirement(kind: str, parameters: dict[str, Any] | None = None, **more: str) -> Requirement:
    """A requirement of a catalog, as its YAML gives it."""
    given = {"id": "asked", "title": "What is asked", "kind": kind, "assurance": "claimed", "with": parameters or {}}
    return Requirement.model_validate(given | more)


def look(
    folder: Path,
    asked: Requirement,
    *,
    artifacts: Mapping[str, str] = ARTIFACTS,
    artifact_paths: Mapping[str, str] = MappingProxyType({}),
    trust: Trust = Trust.nobody(),  # noqa: B008  # frozen and empty
    scope: Scope | None = None,
    **entry: object,
) -> Observation:
    """Observe one entry in a folder; what it says must be a plain sentence that repeats nothing of the project."""
    with Root(folder) as root:
        files = ProjectFiles(root, artifacts, artifact_paths, trust=trust)
        seen = observe(Evidence.model_validate({"for": "asked", **entry}), asked, files, scope=scope)
    assert not any(part in seen.text.lower() for part in ("marmalade", "zeppelin", "4711")), seen.text
    assert BANNED.search(seen.text) is None, seen.text
    assert seen.text.endswith((".", ")."))
    return seen


def look_at(
    folder: Path,
    kind: str,
    content: str | bytes,
    *,
    name: str | None = None,
    parameters: dict[str, Any] | None = None,
    **entry: Any,
) -> Observation:
    """Write content to a file and observe it; the name and the parameters are those of the good sample."""
    good_name, _, good_parameters = GOOD[kind]
    path = folder / (name or good_name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    asked = requirement(kind, good_parameters if parameters is None else parameters)
    return look(folder, asked, path=path.name, **entry)


def mutated(good: str, old: str, new: str) -> str:
    """The good sample with one place changed."""
    assert old in good
    return good.replace(old, new, 1)
