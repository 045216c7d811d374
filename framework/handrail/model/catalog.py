"""A principle and its controls, as one file of `principles/` holds them (DESIGN section 3).

Belongs here: the shape of a principle file. Never here: what ids resolve to (that is `catalog.link`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from handrail.model.base import (
    Count,
    Day,
    Days,
    Field,
    Fingerprint,
    Flag,
    Id,
    JsonValue,
    Key,
    Record,
    Selector,
    Text,
    Version,
)
from handrail.model.terms import (
    Assurance,
    Confidence,
    Disclosure,
    Effort,
    Handling,
    Level,
    Phase,
    Relation,
    Scope,
    Status,
    TitleStatus,
)


class Source(Record):
    """Where a principle comes from: a reference and a place in it."""

    reference: Key
    locator: Text
    confidence: Confidence


class ChangeReason(Record):
    """Why a version of the catalog asks for something else than the one before."""

    version: Version
    because: Text


class Principle(Record):
    """A principle (OSCAL: group): a duty in prose that its controls make judgeable.

    `order` is its place within its phase; principles without one come after, by the name of their file.
    """

    id: Id
    phase: Phase
    order: Count | None = None
    title: Text
    title_status: TitleStatus
    statement: Text
    rationale: Text
    steward: Key
    status: Status = Status.ACTIVE
    replaced_by: Id | None = None
    since: Version
    sources: tuple[Source, ...] = ()
    changes: tuple[ChangeReason, ...] = ()


class Requirement(Record):
    """The evidence that a control asks for. `parameters` is written `with` and belongs to the kind."""

    id: Key
    title: Text
    kind: Key
    parameters: dict[str, JsonValue] = Field(default={}, alias="with")
    max_age: Days | None = None
    assurance: Assurance
    handling: Handling = Handling.PUBLIC


class AnyOfRequirements(Record):
    """Requirements of which one suffices."""

    any_of: tuple[Requirement, ...] = Field(min_length=2)


class AnyOfControls(Record):
    """Prerequisites of which one suffices."""

    any_of: tuple[Id, ...] = Field(min_length=2)


def requirement_tag(value: object) -> str:
    """Which of the two a requirement is written as; the tags are words that no key can be."""
    any_of = "any_of" in value if isinstance(value, dict) else hasattr(value, "any_of")
    return "<any-of>" if any_of else "<requirement>"


def prerequisite_tag(value: object) -> str:
    """Which of the two a prerequisite is written as."""
    return "<any-of>" if isinstance(value, dict) or hasattr(value, "any_of") else "<id>"


if TYPE_CHECKING:
    EvidenceRequirement: TypeAlias = Requirement | AnyOfRequirements
    Prerequisite: TypeAlias = Id | AnyOfControls
else:
    EvidenceRequirement = (
        'Annotated[Annotated[Requirement, Tag("<requirement>")] | Annotated[AnyOfRequirements, Tag("<any-of>")],'
        " Discriminator(requirement_tag)]"
    )
    Prerequisite = (
        'Annotated[Annotated[Id, Tag("<id>")] | Annotated[AnyOfControls, Tag("<any-of>")],'
        " Discriminator(prerequisite_tag)]"
    )


class Escalation(Record):
    """Stricter for some projects, or from a date, because a clause of a reference says so.

    `from` and `until` are inclusive UTC days.
    """

    level: Level
    when: Selector = {}
    start: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    max_age: Days | None = None
    reference: Key
    clause: Text


class Mapping(Record):
    """Control -> clause of a reference."""

    reference: Key
    clause: Text
    relation: Relation
    confidence: Confidence
    note: Text | None = None


class Allow(Record):
    """What a declaration may answer besides doing it."""

    not_applicable: Flag = False
    inherit: Flag = True
    waive: Flag = True


class SameMeaning(Record):
    """An earlier fingerprint whose answers still stand, because only the wording changed."""

    fingerprint: Fingerprint
    reason: Text


class Control(Record):
    """One judgeable duty and the evidence it asks for."""

    id: Id
    title: Text
    statement: Text
    question: Text
    rationale: Text | None = None
    level: Level
    escalates: tuple[Escalation, ...] = ()
    scope: Scope
    applies_when: Selector = {}
    unless: Selector = {}
    requires: tuple[Prerequisite, ...] = ()
    follows: tuple[Id, ...] = ()
    allow: Allow = Field(default_factory=Allow)
    disclosure: Disclosure
    evidence: tuple[EvidenceRequirement, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    guidance: Text
    effort: Effort
    status: Status | None = None
    replaced_by: Id | None = None
    since: Version | None = None
    same_meaning_as: tuple[SameMeaning, ...] = ()
    changes: tuple[ChangeReason, ...] = ()


class PrincipleFile(Record):
    """`principles/<phase>/<slug>.yaml`: one principle, its controls inside it."""

    principle: Principle
    controls: tuple[Control, ...] = ()
