"""Whose signature counts.

Belongs here: the two circles of keys. Never here: checking a signature.
Source: DESIGN section 4, "Assurance": `attested` needs a key of the catalog, a pack or the reader; a key that only the
project names reaches `documented`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handrail.model.vocabulary import Attestor


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Attestors by name: `accepted` by the catalog or the reader, `named` only by the project itself."""

    accepted: Mapping[str, Attestor] = field(default_factory=dict)
    named: Mapping[str, Attestor] = field(default_factory=dict)

    @classmethod
    def nobody(cls) -> Trust:
        """No key at all."""
        return cls()
