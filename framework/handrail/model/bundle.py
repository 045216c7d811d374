"""The compiled catalog: every file of `principles/` and `checklists/`, linked and ordered, as one value.

Belongs here: the shape of the bundle. Never here: compiling it (`catalog.bundle`) or asking it (`catalog.query`).
"""

from __future__ import annotations

from typing import Literal

from handrail.model.base import Fingerprint, Id, Key, Record
from handrail.model.catalog import Control, Principle
from handrail.model.vocabulary import (
    Attestor,
    CatalogInfo,
    ChecklistFile,
    Fact,
    ReferenceFile,
    Release,
    Steward,
    Term,
    Theme,
)


class Bundle(Record):
    """A linked catalog.

    Principles, controls, facts and checklists stand in reading order (phase, then file order), which the file of a
    bundle keeps; `order` lists control ids so that every prerequisite stands before its dependents; `fingerprints`
    holds the first 16 hex digits of the SHA-256 over each statement, NFC and with white space collapsed (DESIGN
    section 4).
    """

    handrail: Literal[1] = 1
    catalog: CatalogInfo
    facts: dict[Key, Fact]
    themes: tuple[Theme, ...] = ()
    principles: tuple[Principle, ...]
    controls: dict[Id, Control]
    principle_of: dict[Id, Id]
    order: tuple[Id, ...]
    fingerprints: dict[Id, Fingerprint]
    checklists: tuple[ChecklistFile, ...] = ()
    references: dict[Key, ReferenceFile] = {}
    stewards: dict[Key, Steward] = {}
    attestors: dict[Key, Attestor] = {}
    terms: dict[Key, Term] = {}
    releases: tuple[Release, ...] = ()
