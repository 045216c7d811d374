"""The catalog's closed words as a reader meets them: labels, dates and durations in plain English.

Belongs here: a phrase for every member of an enum that the pages show. Never here: sentences about a finding or a
project (those are `report.wording`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from handrail.model.terms import (
    Confidence,
    Disclosure,
    Effort,
    Handling,
    Phase,
    ReferenceKind,
    ReferenceStatus,
    Relation,
    Scope,
    Status,
    TitleStatus,
)
from handrail.publish.language import current

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

PHASES: Mapping[Phase, tuple[str, str]] = MappingProxyType(
    {
        Phase.DEVELOP: ("Develop", "Before a model exists: its data, its tests and the marks that its output carries."),
        Phase.DEPLOY: ("Deploy", "When people can reach it: services, hosting and what is passed on with a model."),
        Phase.MAINTAIN: ("Maintain", "While it lives: access to harmful tools, abuse material, and learning."),
        Phase.THROUGHOUT: ("Throughout", "At every step: who answers, how a find is reported, what is made public."),
    }
)
"""Phase -> its title and one line on what it covers."""

TITLE_STATUS: Mapping[TitleStatus, str] = MappingProxyType(
    {
        TitleStatus.SEEN: "",
        TitleStatus.UNVERIFIED: "Our short label; the official wording was not verified.",
        TitleStatus.OWN: "Our own principle; it is not one of the nine of 2024.",
    }
)
"""What the quiet mark beside a principle's title says; empty where the title is quoted from a source that was read."""

STATUS_TEXT: Mapping[Status, tuple[str, str] | None] = MappingProxyType(
    {
        Status.DRAFT: ("Draft", "Listed, and judged only where a reader asks for drafts."),
        Status.ACTIVE: None,
        Status.DEPRECATED: ("Deprecated", "Still judged, and on its way out."),
        Status.RETIRED: ("Retired", "No longer judged. Its id is never used again."),
    }
)
"""The mark of a principle or control that is not simply active: a word and what it means."""

CONFIDENCE: Mapping[Confidence, str] = MappingProxyType(
    {
        Confidence.SEEN: "read at the source",
        Confidence.SECONDARY: "from a secondary source",
        Confidence.MEMORY: "from memory, not checked",
        Confidence.UNVERIFIED: "not verified",
    }
)

RELATIONS: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.EQUIVALENT: "asks for the same as",
        Relation.SUBSET: "is part of",
        Relation.SUPERSET: "covers all of",
        Relation.INTERSECTS: "overlaps with",
        Relation.SUPPORTS: "helps to meet",
        Relation.RELATED: "is related to",
    }
)

RELATION_SIGNS: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.EQUIVALENT: "=",
        Relation.SUBSET: "\N{SUBSET OF}",
        Relation.SUPERSET: "\N{SUPERSET OF}",
        Relation.INTERSECTS: "\N{INTERSECTION}",
        Relation.SUPPORTS: "+",
        Relation.RELATED: "~",
    }
)
"""How a control stands to a clause, where there is room for one character only; the words stand beside it."""

CONFIDENCE_SIGNS: Mapping[Confidence, str] = MappingProxyType(
    {
        Confidence.SEEN: "\N{BLACK CIRCLE}",
        Confidence.SECONDARY: "\N{CIRCLE WITH LEFT HALF BLACK}",
        Confidence.MEMORY: "\N{WHITE CIRCLE}",
        Confidence.UNVERIFIED: "?",
    }
)

SCOPES: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.ORGANISATION: "the organisation, once for all its projects",
        Scope.MODEL: "each model",
        Scope.DATASET: "each dataset",
        Scope.SERVICE: "each service",
    }
)

EFFORT: Mapping[Effort, str] = MappingProxyType({Effort.S: "small", Effort.M: "medium", Effort.L: "large"})

HANDLING: Mapping[Handling, str] = MappingProxyType(
    {
        Handling.PUBLIC: "may be public",
        Handling.RESTRICTED: "restricted",
        Handling.SEALED: "sealed: only a pointer",
    }
)

DISCLOSURE: Mapping[Disclosure, str] = MappingProxyType(
    {
        Disclosure.CONTROL: "A public report may show the finding on this control.",
        Disclosure.PRINCIPLE: "A public report counts this control within its principle and never shows it singly.",
    }
)

REFERENCE_KINDS: Mapping[ReferenceKind, tuple[str, str]] = MappingProxyType(
    {
        ReferenceKind.LAW: ("Law", "Laws"),
        ReferenceKind.CODE: ("Code of practice", "Codes of practice"),
        ReferenceKind.STANDARD: ("Standard", "Standards"),
        ReferenceKind.FRAMEWORK: ("Framework", "Frameworks"),
        ReferenceKind.GUIDANCE: ("Guidance", "Guidance"),
        ReferenceKind.TAXONOMY: ("Taxonomy", "Taxonomies"),
    }
)
"""Kind of reference -> one of them, several of them."""

REFERENCE_STATUS: Mapping[ReferenceStatus, str] = MappingProxyType(
    {
        ReferenceStatus.IN_FORCE: "in force",
        ReferenceStatus.PARTLY_IN_FORCE: "partly in force",
        ReferenceStatus.NOT_YET_IN_FORCE: "not yet in force",
        ReferenceStatus.VOLUNTARY: "voluntary",
        ReferenceStatus.DRAFT: "draft",
        ReferenceStatus.UNVERIFIED: "status not verified",
    }
)


def day(value: date) -> str:
    """A date as `2 December 2026`, whatever the locale of the machine, in the language of the page."""
    language = current()
    if language.source:
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    parts = {"day": value.day, "month": language.gettext(MONTHS[value.month - 1]), "year": value.year}
    return language.gettext("%(day)s %(month)s %(year)s") % parts


def how_fresh(max_age: timedelta | None) -> str:
    """How old a piece of evidence may be."""
    if max_age is None:
        return current().gettext("any age")
    return current().gettext("at most %(days)s") % {"days": counted(max_age.days, "day")}


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, agreeing."""
    several = many or one + "s"
    return current().ngettext(f"%(number)s {one}", f"%(number)s {several}", number) % {"number": number}
