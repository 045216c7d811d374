"""Lint rules about outside instruments: how lately, and how well, what is cited is known.

Belongs here: one function a rule. Never here: whether a clause exists (`link`).
"""

from __future__ import annotations

from datetime import date, timedelta

from handrail.catalog.read import CatalogSources
from handrail.model.bundle import Bundle
from handrail.model.terms import Confidence
from handrail.source.diagnostics import Collector

REVIEW = timedelta(days=180)
"""How long a review of a reference counts: about as long as a legislature takes between two changes."""


def review_due(sources: CatalogSources, out: Collector, as_of: date) -> None:
    """HR238: every reference was looked at in the last 180 days."""
    for file in sources.references:
        reference = file.value.reference
        age = as_of - reference.reviewed_on
        if age > REVIEW:
            problem = f"was last reviewed on {reference.reviewed_on}, {age.days} days ago"
        elif age < timedelta(0):
            problem = f"says that it was reviewed on {reference.reviewed_on}, which is after {as_of}"
        else:
            continue
        out.error(
            "HR238",
            f"reference `{reference.id}` {problem}",
            file.span("reference", "reviewed_on"),
            help="look whether its text, dates and clauses still hold; then write the day on which you did",
        )


def weak_escalation(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR239: an escalation rests on a clause of confidence below secondary."""
    for placed in sources.in_use():
        for i, escalation in enumerate(placed.control.escalates):
            clause = bundle.references[escalation.reference].clauses[escalation.clause]
            if clause.confidence < Confidence.SECONDARY:
                out.error(
                    "HR239",
                    f"an escalation of `{placed.id}` rests on a clause of confidence `{clause.confidence}`",
                    placed.span("escalates", i, "clause"),
                    label="shown, and without effect on the level",
                    help="look the clause up, or take the escalation out",
                )


def mapping_confidence(sources: CatalogSources, bundle: Bundle, out: Collector) -> None:
    """HR240: no mapping claims more confidence than its clause has."""
    for placed in sources.in_use():
        for i, mapping in enumerate(placed.control.mappings):
            clause = bundle.references[mapping.reference].clauses[mapping.clause]
            if mapping.confidence > clause.confidence:
                out.error(
                    "HR240",
                    f"the mapping claims `{mapping.confidence}`, and clause `{mapping.clause}` of "
                    f"`{mapping.reference}` has `{clause.confidence}`",
                    placed.span("mappings", i, "confidence"),
                    help=f"write `{clause.confidence}`, or look the clause up and raise it there",
                )


def duplicate_mapping(sources: CatalogSources, out: Collector) -> None:
    """HR255: a control is mapped to a clause once."""
    for placed in sources.in_use():
        first: dict[tuple[str, str], int] = {}
        for i, mapping in enumerate(placed.control.mappings):
            before = first.setdefault((mapping.reference, mapping.clause), i)
            if before != i:
                same = mapping == placed.control.mappings[before]
                out.error(
                    "HR255",
                    f"`{placed.id}` is mapped to clause `{mapping.clause}` of `{mapping.reference}` twice",
                    placed.span("mappings", i, "reference"),
                    help="`handrail lint --fix` takes it out" if same else "they differ: keep the one that holds",
                    also=((placed.span("mappings", before, "reference"), "first here"),),
                )
