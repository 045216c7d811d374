"""What stands around the controls: facts, themes, references, stewards, attestors, lexicon, checklists, releases.

Belongs here: the shape of every catalog file that is not a principle. Never here: what ids resolve to.
"""

from __future__ import annotations

from handrail.model.base import Day, Days, Field, Fingerprint, Flag, Id, Key, Record, Sha256, Text, Version
from handrail.model.terms import Confidence, Level, Phase, ReferenceKind, ReferenceStatus


class CatalogInfo(Record):
    """What the catalog is and who answers for it."""

    id: Key
    title: Text
    version: Version
    publisher: Text
    licence: Text
    languages: tuple[Key, ...] = ("en",)
    summary: Text
    notice: Text


class FactValue(Record):
    """One value a fact may have; `parent` makes a tree, and a selector matches descendants."""

    label: Text
    help: Text | None = None
    parent: Key | None = None


class Fact(Record):
    """Something a project says it is, in a closed vocabulary."""

    title: Text
    question: Text
    help: Text | None = None
    many: Flag
    values: dict[Key, FactValue] = Field(min_length=1)


class Theme(Record):
    """A theme of the founding initiative and where the catalog answers it."""

    id: Key
    title: Text
    summary: Text
    principles: tuple[Id, ...] = ()
    controls: tuple[Id, ...] = ()


class CatalogFile(Record):
    """`principles/catalog.yaml`."""

    catalog: CatalogInfo
    facts: dict[Key, Fact]
    themes: tuple[Theme, ...] = ()


class Reference(Record):
    """An outside instrument: a law, a standard, a framework."""

    id: Key
    title: Text
    short: Text
    publisher: Text
    kind: ReferenceKind
    jurisdiction: Key | None = None
    status: ReferenceStatus
    effective_from: Day | None = None
    reviewed_on: Day
    url: Text | None = None
    confidence: Confidence
    note: Text | None = None


class Clause(Record):
    """A part of a reference, glossed in our words."""

    title: Text
    confidence: Confidence
    effective_from: Day | None = None
    url: Text | None = None
    note: Text | None = None


class ReferenceFile(Record):
    """`principles/references/<id>.yaml`."""

    reference: Reference
    clauses: dict[Text, Clause]


class Steward(Record):
    """An organisation that keeps a principle."""

    name: Text
    summary: Text | None = None
    url: Text | None = None


class StewardsFile(Record):
    """`principles/stewards.yaml`."""

    stewards: dict[Key, Steward]


class Attestor(Record):
    """An organisation whose key is accepted for the tier `attested`."""

    name: Text
    url: Text | None = None
    public_key: Text
    since: Day
    until: Day | None = None


class AttestorsFile(Record):
    """`principles/attestors.yaml`, and a reader's `--trust` file."""

    attestors: dict[Key, Attestor]


class Term(Record):
    """A word of the lexicon."""

    title: Text
    definition: Text
    see: tuple[Key, ...] = ()


class LexiconFile(Record):
    """`principles/lexicon.yaml`."""

    terms: dict[Key, Term]


class Release(Record):
    """A published catalog version: its digest and the fingerprint of every statement in it."""

    version: Version
    date: Day
    digest: Sha256
    fingerprints: dict[Id, Fingerprint]


class ReleasesFile(Record):
    """`principles/releases.yaml`, written by `bundle --release` and never edited."""

    releases: tuple[Release, ...] = ()


class ChecklistInfo(Record):
    """Who a checklist is for."""

    id: Key
    title: Text
    role: Key | None = None
    introduction: Text


class Exclusion(Record):
    """A control that a checklist leaves out, and why."""

    control: Id
    reason: Text


class Selects(Record):
    """Listed in `controls`, or matching every one of `phases`, `levels`, `principles` that is given."""

    phases: tuple[Phase, ...] = ()
    levels: tuple[Level, ...] = ()
    principles: tuple[Id, ...] = ()
    controls: tuple[Id, ...] = ()
    exclude: tuple[Exclusion, ...] = ()


class Tailoring(Record):
    """A change that a checklist makes to a control; a weakening says why."""

    level: Level | None = None
    max_age: Days | None = None
    because: Text | None = None


class ChecklistFile(Record):
    """`checklists/<id>.yaml` (OSCAL: profile)."""

    checklist: ChecklistInfo
    selects: Selects
    tailoring: dict[Id, Tailoring] = Field(default={}, alias="set")
