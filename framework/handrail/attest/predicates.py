"""The predicate types that handrail defines for in-toto statements, by their short names.

Belongs here: names and type URIs. Never here: what a predicate must hold.

The URIs are names and not addresses (in-toto's TypeURI allows both): whoever runs handrail need not own a domain for
them to stay what they are. A change of meaning makes a new version at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

PREDICATES = MappingProxyType(
    {
        name: f"urn:handrail:predicate:{name}:v1"
        for name in (
            "assessment",
            "evidence",
            "dataset-screening",
            "release-gate",
            "progress-report",
            "test-run-binding",
        )
    }
)
"""Short name -> type URI.

`assessment`: the signer vouches for this assessment. `evidence`: the signer vouches for this file or sealed record.
`test-run-binding`: this report is of a run on this artifact; both are subjects.
"""

ASSESSMENT = PREDICATES["assessment"]


def type_uri(name: str) -> str:
    """The type URI that a short name stands for; any other text stands for itself."""
    return PREDICATES.get(name, name)


def type_uris(names: Iterable[str]) -> frozenset[str]:
    """The type URIs of several names."""
    return frozenset(map(type_uri, names))
