"""What each key of `pack.yaml` means, as an editor shows it.

Belongs here: one sentence for each key. Never here: their shape (`model.pack`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_FROM = "The first version that it can be used with."
_BEFORE = "The first version that it cannot be used with. Left out, the next whole number."

PACKS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PackFile": {
            "pack": "What the pack is and who answers for it.",
            "depends": "What it cannot be used without.",
            "overlays": "What it asks of controls of the catalog beyond the catalog.",
        },
        "PackInfo": {
            "prefix": "Capitals and digits. Every id of the pack begins with it and a hyphen; keys, in lower case.",
            "title": "Title as people read it.",
            "version": "Version of the pack, such as 1.0.0. It is raised with every release.",
            "steward": "Who keeps it: a key of the pack's `principles/stewards.yaml`.",
            "licence": "Licence of its texts, as an SPDX expression.",
            "summary": "What it is for, in a sentence.",
        },
        "Depends": {
            "catalog": "The catalog that it adds to.",
            "packs": "Packs whose controls its own require or follow, by their prefixes.",
        },
        "BaseVersions": {"from": _FROM, "before": _BEFORE, "id": "The id of the catalog."},
        "Versions": {"from": _FROM, "before": _BEFORE},
        "Overlay": {
            "control": "A control of the catalog.",
            "because": "Why more is asked of it.",
            "level": "A stricter level: should or must.",
            "max_age": "A shorter age, for every requirement that allows more, such as P90D.",
            "assurance": "A higher tier, by the id of the requirement.",
            "evidence": "Requirements to add. Their ids begin with the prefix in lower case and a hyphen.",
            "mappings": "Clauses of outside instruments that it speaks to as well.",
        },
    }
)
