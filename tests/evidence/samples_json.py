"""Good evidence that tools write as JSON: a dataset screening, Croissant, a bill of materials, a scan.

Belongs here: one whole file of each kind, as plain values, and files made of it with one place changed. Like every
sample it carries the canary wherever somebody could write something of his own.
"""

from __future__ import annotations

import copy
import json
from typing import Any

MODEL, DATASET = "a" * 64, "b" * 64
OTHER = "c" * 64
NOTHING = object()
"""Stands for a member that is taken out."""

SCREENING: dict[str, Any] = {
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [{"name": "marmalade zeppelin 4", "digest": {"sha256": DATASET}}],
    "predicateType": "urn:handrail:predicate:dataset-screening:v1",
    "predicate": {
        "datasetVersion": "4",
        "tool": {"name": "Marmalade Matcher", "version": "2.1.0"},
        "list": {"provider": "Zeppelin Hotline (list B)", "version": "2026-08", "date": "2026-08-20"},
        "items": {"declared": 471100, "screened": 471100},
        "matches": 7,
        "handled": {"reported": 4, "removed": 1, "referred": 1, "clearedOnReview": 1},
        "reviewer": {"role": "Head of marmalade"},
        "startedOn": "2026-08-30T22:10:00Z",
        "finishedOn": "2026-09-01T03:10:00Z",
    },
}
SCREENING_ASKS: dict[str, Any] = {"max_list_age": "P30D"}

CROISSANT: dict[str, Any] = {
    "@context": {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "fileObject": "cr:fileObject",
        "dct": "http://purl.org/dc/terms/",
        "sc": "https://schema.org/",
    },
    "@type": "sc:Dataset",
    "name": "marmalade zeppelin",
    "description": "Pictures of marmalade, 4711 of them",
    "conformsTo": "http://mlcommons.org/croissant/1.1",
    "creator": {"@type": "Organization", "name": "Marmalade"},
    "datePublished": "2026-06-01",
    "dateModified": "2026-09-01T03:10:00Z",
    "version": "4.0.0",
    "sha256": DATASET,
    "rai:dataCollection": "Bought from zeppelin makers",
    "rai:dataCollectionType": ["Direct measurement", "marmalade"],
    "distribution": [
        {
            "@type": "cr:FileObject",
            "@id": "manifest",
            "contentUrl": "https://zeppelin.example/marmalade.json",
            "encodingFormat": "application/json",
            "sha256": OTHER,
        }
    ],
    "recordSet": [
        {
            "@type": "cr:RecordSet",
            "@id": "parts",
            "field": [
                {"@type": "cr:Field", "@id": "parts/name", "source": {"fileObject": {"@id": "manifest"}}},
            ],
        }
    ],
}
CROISSANT_ASKS: dict[str, Any] = {"fields": ["rai:dataCollection", "rai:dataCollectionType"]}

ML_BOM: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "version": 1,
    "metadata": {
        "timestamp": "2026-09-01T03:10:00Z",
        "component": {
            "bom-ref": "model",
            "type": "machine-learning-model",
            "name": "marmalade zeppelin",
            "hashes": [{"alg": "SHA-256", "content": MODEL}],
            "modelCard": {"modelParameters": {"task": "zeppelin", "datasets": [{"ref": "data"}]}},
        },
    },
    "components": [
        {
            "bom-ref": "data",
            "type": "data",
            "name": "marmalade",
            "description": "4711 jars",
            "data": [{"type": "dataset", "name": "marmalade"}],
        }
    ],
}
ML_BOM_ASKS: dict[str, Any] = {"datasets": "true"}

MODELSCAN: dict[str, Any] = {
    "subject": [{"name": "marmalade", "digest": {"sha256": MODEL}}],
    "summary": {
        "total_issues_by_severity": {"LOW": 0, "MEDIUM": 0, "HIGH": 0, "CRITICAL": 0},
        "total_issues": 0,
        "input_path": "/home/marmalade/zeppelin",
        "absolute_path": "/home/marmalade/zeppelin",
        "modelscan_version": "0.8.8",
        "timestamp": "2026-09-01T03:10:00.471100",
        "scanned": {"total_scanned": 2, "scanned_files": ["zeppelin.pt", "zeppelin.pt:marmalade/data.pkl"]},
        "skipped": {
            "total_skipped": 1,
            "skipped_files": [{"category": "SCAN_NOT_SUPPORTED", "description": "marmalade", "source": "zeppelin.md"}],
        },
    },
    "issues": [],
    "errors": [],
}

PICKLESCAN: dict[str, Any] = {
    "subject": [{"digest": {"sha256": MODEL}}],
    "timestamp": "2026-09-01T03:10:00Z",
    "globals": [{"module": "marmalade", "name": "zeppelin", "safety": "innocuous"}],
    "scanned_files": 2,
    "issues_count": 0,
    "infected_files": 0,
    "scan_err": False,
    "suspicious_count": 0,
}


def written(tree: object) -> str:
    """A file of such values."""
    return json.dumps(tree, indent=1, ensure_ascii=False)


def changed(good: dict[str, Any], path: str, value: object) -> str:
    """The file with one place changed: members and places in lists, apart by blanks; `NOTHING` takes it out."""
    tree = copy.deepcopy(good)
    *above, last = [int(step) if step.isdecimal() else step for step in path.split(" ")]
    node: Any = tree
    for step in above:
        node = node[step]
    if value is NOTHING:
        del node[last]
    elif isinstance(node, list) and last == len(node):
        node.append(value)
    else:
        node[last] = value
    return written(tree)
