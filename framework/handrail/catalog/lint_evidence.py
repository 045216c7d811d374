"""Lint rules about what controls ask for: enough, reachable, sealed where it must be, not mere words.

Belongs here: one function a rule. Never here: whether a kind exists and takes its parameters (`link_evidence`).
"""

from __future__ import annotations

from handrail.catalog.read import CatalogSources
from handrail.model.kinds import KINDS
from handrail.model.terms import Handling, Level, Status
from handrail.source.diagnostics import Collector

SEALED_RECORD = "sealed-record"

WEAK_KINDS = ("file", "statement")
"""Kinds that show that something was said, and no more."""

WEAK_PERCENT = 10
"""The greatest share of weak kinds among what MUST controls ask for."""


def no_evidence(sources: CatalogSources, out: Collector) -> None:
    """HR233: every control asks for some evidence; a draft may still look for it."""
    for placed in sources.in_use():
        if not placed.control.evidence and placed.status is not Status.DRAFT:
            out.error(
                "HR233",
                f"control `{placed.id}` asks for no evidence",
                placed.span("id"),
                help="name at least one requirement: what would show a stranger that this is done?",
            )


def assurance_too_high(sources: CatalogSources, out: Collector) -> None:
    """HR241: no requirement asks for more assurance than its kind can reach."""
    for placed in sources.in_use():
        for location, requirement in placed.requirements():
            kind = KINDS.get(requirement.kind)
            if kind is not None and requirement.assurance > kind.highest:
                out.error(
                    "HR241",
                    f"`{requirement.assurance}` is more than kind `{kind.name}` can reach",
                    placed.span(*location, "assurance"),
                    help=f"ask for `{kind.highest}`, or for another kind of evidence",
                )


def sealed(sources: CatalogSources, out: Collector) -> None:
    """HR242: handling is sealed exactly where the kind is a sealed record."""
    for placed in sources.in_use():
        for location, requirement in placed.requirements():
            is_sealed = requirement.handling is Handling.SEALED
            if is_sealed and requirement.kind != SEALED_RECORD:
                out.error(
                    "HR242",
                    f"kind `{requirement.kind}` reads a file, and sealed material is never in the tree",
                    placed.span(*location, "handling"),
                    help=f"ask for a `{SEALED_RECORD}`, or for a summary that may be read (`handling: restricted`)",
                )
            elif requirement.kind == SEALED_RECORD and not is_sealed:
                out.error(
                    "HR242",
                    f"a `{SEALED_RECORD}` is handled as {requirement.handling}",
                    placed.span(*location, "handling"),
                    help="write `handling: sealed`",
                )


def weak_evidence(sources: CatalogSources, out: Collector) -> None:
    """HR246: at most a tenth of what MUST controls ask for is a mere file or statement."""
    asked = [
        (placed, location, requirement)
        for placed in sources.in_use()
        if placed.control.level is Level.MUST
        for location, requirement in placed.requirements()
    ]
    weak = [one for one in asked if one[2].kind in WEAK_KINDS]
    if len(weak) * 100 > len(asked) * WEAK_PERCENT:
        placed, location, _ = weak[0]
        out.error(
            "HR246",
            f"the kinds `file` and `statement` make up {len(weak)} of the {len(asked)} pieces of evidence that MUST "
            f"controls ask for, and {WEAK_PERCENT} per cent is the most",
            placed.span(*location, "kind"),
            label="the first of them",
            help="ask for a kind that shows what was done, such as `register` or `metrics`",
        )
