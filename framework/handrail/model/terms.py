"""The closed word lists of handrail, in their order where they have one.

Belongs here: enums only. An `Ordered` enum compares by the place of its members, so `min` and `max` are the operations
that DESIGN section 4 speaks of. Never here: what a word leads to.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Self


class Ordered(StrEnum):
    """Members compare by the order in which they are written, never by spelling."""

    @cached_property
    def rank(self) -> int:
        """The place of the member, from 0."""
        return list(type(self)).index(self)

    def __lt__(self, other: Self) -> bool:  # type: ignore[override]  # narrower than str on purpose
        return self.rank < other.rank

    def __le__(self, other: Self) -> bool:  # type: ignore[override]  # as above
        return self.rank <= other.rank

    def __gt__(self, other: Self) -> bool:  # type: ignore[override]  # as above
        return self.rank > other.rank

    def __ge__(self, other: Self) -> bool:  # type: ignore[override]  # as above
        return self.rank >= other.rank


class Finding(Ordered):
    """The judgement on one control; one total order, and everything is `min` over it (DESIGN section 4)."""

    NOT_SATISFIED = "not-satisfied"
    UNDETERMINED = "undetermined"
    PARTIAL = "partial"
    SATISFIED = "satisfied"
    NOT_APPLICABLE = "not-applicable"

    @cached_property
    def is_open(self) -> bool:
        """An applicable control that is not satisfied. None of the three is worse than another in any report."""
        return self < Finding.SATISFIED


class Level(Ordered):
    """How strictly a control binds (RFC 2119); the strictest is the greatest."""

    MAY = "may"
    SHOULD = "should"
    MUST = "must"


class Assurance(Ordered):
    """How well something is shown: the tier of an observation, and the least tier a requirement asks for."""

    CLAIMED = "claimed"
    DOCUMENTED = "documented"
    VERIFIED = "verified"
    ATTESTED = "attested"


class State(StrEnum):
    """What a project declares about one control."""

    IMPLEMENTED = "implemented"
    PARTIAL = "partial"
    PLANNED = "planned"
    ALTERNATIVE = "alternative"
    NOT_IMPLEMENTED = "not-implemented"
    NOT_APPLICABLE = "not-applicable"
    INHERITED = "inherited"


class Verdict(StrEnum):
    """What a verifier saw of one entry of evidence, without judging time or tier."""

    SHOWN = "shown"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    ALTERED = "altered"
    MISMATCHED = "mismatched"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


class Phase(StrEnum):
    """Where in the life of a system a principle belongs."""

    DEVELOP = "develop"
    DEPLOY = "deploy"
    MAINTAIN = "maintain"
    THROUGHOUT = "throughout"


class Status(StrEnum):
    """The life of a principle or control. Ids are never used again."""

    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Scope(StrEnum):
    """Whose answer a control asks for."""

    ORGANISATION = "organisation"
    MODEL = "model"
    DATASET = "dataset"
    SERVICE = "service"


class Disclosure(StrEnum):
    """How finely a public report may show a finding."""

    CONTROL = "control"
    PRINCIPLE = "principle"


class Handling(StrEnum):
    """Who may see a piece of evidence."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    SEALED = "sealed"


class Confidence(Ordered):
    """How well a fact of the catalog is known; the order is from least to best."""

    UNVERIFIED = "unverified"
    MEMORY = "memory"
    SECONDARY = "secondary"
    SEEN = "seen"


class TitleStatus(StrEnum):
    """Whose words a principle's title is."""

    SEEN = "seen"
    UNVERIFIED = "unverified"
    OWN = "own"


class Relation(StrEnum):
    """How a control stands to a clause of a reference (after NIST IR 8477)."""

    EQUIVALENT = "equivalent"
    SUBSET = "subset"
    SUPERSET = "superset"
    INTERSECTS = "intersects"
    SUPPORTS = "supports"
    RELATED = "related"


class Effort(Ordered):
    """A rough size of the work."""

    S = "S"
    M = "M"
    L = "L"

    @property
    def work(self) -> int:
        """How the sizes compare: each is about twice the one before."""
        return 1 << self.rank


class ReferenceKind(StrEnum):
    """What sort of outside instrument a reference is."""

    LAW = "law"
    CODE = "code"
    STANDARD = "standard"
    FRAMEWORK = "framework"
    GUIDANCE = "guidance"
    TAXONOMY = "taxonomy"


class ReferenceStatus(StrEnum):
    """Whether an outside instrument binds today."""

    IN_FORCE = "in-force"
    PARTLY_IN_FORCE = "partly-in-force"
    NOT_YET_IN_FORCE = "not-yet-in-force"
    VOLUNTARY = "voluntary"
    DRAFT = "draft"
    UNVERIFIED = "unverified"


class SelectedBy(StrEnum):
    """Why a control is in a report."""

    CHECKLIST = "checklist"
    PREREQUISITE = "prerequisite"


class LevelReason(StrEnum):
    """What puts a level in force."""

    CATALOGUE = "catalogue"
    LAW = "law"


class FailOn(StrEnum):
    """The least level at which an open control makes `check` exit with 1."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    NEVER = "never"
