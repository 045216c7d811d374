"""The lint of a catalog: the one table of rules, and what is checked in which order.

Belongs here: the table and the runs over it. Never here: a rule (`lint_text`, `lint_graph`, ...).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from handrail.catalog import lint_checklists, lint_evidence, lint_graph, lint_life, lint_references, lint_text
from handrail.catalog.bundle import compile_catalog
from handrail.catalog.cache import FileCache
from handrail.catalog.link import link
from handrail.catalog.read import CatalogSources, read_catalog
from handrail.model.bundle import Bundle
from handrail.source.diagnostics import Collector
from handrail.source.files import Root

PLAIN_RULES: Mapping[str, Callable[[CatalogSources, Collector], None]] = MappingProxyType(
    {
        "HR230": lint_text.keyword,
        "HR231": lint_text.long_sentence,
        "HR232": lint_text.question_mark,
        "HR233": lint_evidence.no_evidence,
        "HR236": lint_life.id_order,
        "HR237": lint_text.undefined_term,
        "HR241": lint_evidence.assurance_too_high,
        "HR242": lint_evidence.sealed,
        "HR245": lint_text.shared_words,
        "HR246": lint_evidence.weak_evidence,
        "HR247": lint_life.replacement,
        "HR248": lint_life.released_id_gone,
        "HR249": lint_life.same_meaning,
    }
)
"""Rules that look at files one by one, or need no name to resolve."""

DATED_RULES: Mapping[str, Callable[[CatalogSources, Collector, date], None]] = MappingProxyType(
    {"HR238": lint_references.review_due}
)
"""Rules whose answer depends on the day."""

LINKED_RULES: Mapping[str, Callable[[CatalogSources, Bundle, Collector], None]] = MappingProxyType(
    {
        "HR234": lint_checklists.unreachable,
        "HR235": lint_graph.dead_prerequisite,
        "HR239": lint_references.weak_escalation,
        "HR240": lint_references.mapping_confidence,
        "HR243": lint_graph.long_chain,
        "HR244": lint_graph.blocks_many,
        "HR250": lint_checklists.weakening,
        "HR251": lint_checklists.checklist_order,
        "HR252": lint_graph.scope_outside,
        "HR253": lint_checklists.no_effect,
    }
)
"""Rules that need every name to resolve: they look at the compiled catalog."""


def lint(sources: CatalogSources, out: Collector, *, as_of: date, linked: bool = True) -> Bundle | None:
    """Tell the collector of everything that the rules find; give the compiled catalog, which some of them needed.

    Args:
        sources: a catalog that was read without errors.
        out: is told.
        as_of: the UTC day by which reviews are old.
        linked: `link` found no errors. If not, the rules that need names to resolve are left out.
    """
    for rule in PLAIN_RULES.values():
        rule(sources, out)
    for dated in DATED_RULES.values():
        dated(sources, out, as_of)
    if not linked:
        return None
    bundle = compile_catalog(sources)
    for deep in LINKED_RULES.values():
        deep(sources, bundle, out)
    return bundle


def check_catalog(
    root: Root, out: Collector, *, as_of: date, cache: FileCache | None = None
) -> tuple[CatalogSources, Bundle | None]:
    """Read, link and lint the catalog at an open root, as far as its errors allow.

    A file that does not load has ids that nothing can resolve to; so names are followed only when all files did,
    and a reader is told of the cause, not of its echoes.
    """
    sources = read_catalog(root, out, cache)
    if out.errors:
        return sources, None
    link(sources, out)
    return sources, lint(sources, out, as_of=as_of, linked=not out.errors)
