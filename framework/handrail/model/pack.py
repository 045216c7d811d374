"""A pack: an organisation's own principles, kept in its own repository, and what it asks of the catalog's controls.

Belongs here: the shape of `pack.yaml`, of a pack's bundle, and of a catalog composed with packs. Never here: what a
pack may say (`catalog.pack_rules`), composing (`catalog.compose`).
"""

from __future__ import annotations

from typing import Literal

from handrail.model.base import Days, Field, Fingerprint, Id, Key, Record, Sha256, Text, Version
from handrail.model.bundle import Bundle
from handrail.model.catalog import (
    AnyOfRequirements,  # noqa: F401  # a word of `EvidenceRequirement`, which is read where it is used
    EvidenceRequirement,
    Mapping,
    PrincipleFile,
    Requirement,  # noqa: F401
    requirement_tag,  # noqa: F401
)
from handrail.model.terms import Assurance, Level
from handrail.model.vocabulary import Attestor, ChecklistFile, ReferenceFile, Release, Steward, Term


class PackInfo(Record):
    """What the pack is and who answers for it. Every id of it begins with `prefix`, every key with it in lower case."""

    prefix: Id
    title: Text
    version: Version
    steward: Key
    licence: Text
    summary: Text


class Versions(Record):
    """Versions that a pack can be used with: from the first, and before the second, else before the next whole one."""

    start: Version = Field(alias="from")
    before: Version | None = None


class BaseVersions(Versions):
    """The catalog that a pack adds to."""

    id: Key


class Depends(Record):
    """What a pack cannot be used without."""

    catalog: BaseVersions
    packs: dict[Id, Versions] = {}


class Overlay(Record):
    """What a pack asks of a control of the catalog beyond the catalog: only ever more.

    `max_age` holds for every requirement that allows more, `assurance` for the requirement named.
    """

    control: Id
    because: Text
    level: Level | None = None
    max_age: Days | None = None
    assurance: dict[Key, Assurance] = {}
    evidence: tuple[EvidenceRequirement, ...] = ()
    mappings: tuple[Mapping, ...] = ()

    def _whole(self) -> None:
        from pydantic_core import PydanticCustomError

        if not (self.level or self.max_age or self.assurance or self.evidence or self.mappings):
            raise PydanticCustomError(
                "handrail_overlay", "needs one of `level`, `max_age`, `assurance`, `evidence` and `mappings`"
            )


class PackFile(Record):
    """`pack.yaml`."""

    pack: PackInfo
    depends: Depends
    overlays: tuple[Overlay, ...] = ()


class PackBundle(Record):
    """A pack in one file. Its principles stand in reading order; the bytes depend on the pack's own files alone."""

    handrail: Literal[1] = 1
    pack: PackInfo
    depends: Depends
    overlays: tuple[Overlay, ...] = ()
    principles: tuple[PrincipleFile, ...] = ()
    fingerprints: dict[Id, Fingerprint] = {}
    checklists: tuple[ChecklistFile, ...] = ()
    references: dict[Key, ReferenceFile] = {}
    stewards: dict[Key, Steward] = {}
    attestors: dict[Key, Attestor] = {}
    terms: dict[Key, Term] = {}
    releases: tuple[Release, ...] = ()


class Part(Record):
    """A catalog or a pack that another catalog is composed of; the base is the one without `prefix`."""

    prefix: Id | None = None
    title: Text
    version: Version
    digest: Sha256
    fingerprints: dict[Id, Fingerprint]
    releases: tuple[Release, ...] = ()
    overlays: tuple[Overlay, ...] = ()


class Composed(Bundle):
    """A catalog with packs: what is judged by, and the parts that it was made of, the base first.

    `releases` are the base's; each part keeps its own.
    """

    parts: tuple[Part, ...]


def packs_of(bundle: Bundle) -> tuple[Part, ...]:
    """The packs that a catalog was composed with; none for a plain one."""
    return bundle.parts[1:] if isinstance(bundle, Composed) else ()


def pack_of(name: str, bundle: Bundle) -> Part | None:
    """The pack whose principle or control this is; None for the catalog's own."""
    return next((part for part in packs_of(bundle) if f"{name}-".startswith(f"{part.prefix}-")), None)


def asked_beyond(control: str, bundle: Bundle) -> tuple[tuple[Part, Overlay], ...]:
    """What packs ask of a control of the catalog, in the order in which they were given."""
    return tuple((part, one) for part in packs_of(bundle) for one in part.overlays if one.control == control)


def base_texts(bundle: Bundle) -> dict[Id, Fingerprint]:
    """The fingerprints of the catalog's own controls."""
    return bundle.parts[0].fingerprints if isinstance(bundle, Composed) else bundle.fingerprints
