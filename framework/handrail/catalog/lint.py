"""The lint of a catalog: the one table of rules, and what is checked in which order.

Belongs here: the table and the runs over it. Never here: a rule (`lint_text`, `lint_graph`, ...) and its texts: why,
example, instead and severity stand in `source.codes_lint`, from which its page and `explain` come.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from handrail.catalog import (
    lint_checklists,
    lint_endorsements,
    lint_evidence,
    lint_graph,
    lint_hidden,
    lint_layout,
    lint_life,
    lint_references,
    lint_text,
    lint_translations,
)
from handrail.catalog.bundle import compile_catalog
from handrail.catalog.cache import FileCache
from handrail.catalog.endorsements import Endorsements, link_endorsements, read_endorsements, texts_of
from handrail.catalog.files import foreign_files
from handrail.catalog.link import link
from handrail.catalog.read import CatalogSources, read_catalog
from handrail.catalog.translations import Translations, read_translations
from handrail.model.bundle import Bundle
from handrail.source.codes import CODES, Code, Severity
from handrail.source.diagnostics import Collector
from handrail.source.files import Root


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What rules look at. `bundle` is None where a name does not resolve; `others` are files that no catalog has."""

    sources: CatalogSources
    as_of: date
    others: tuple[str, ...] = ()
    endorsements: Endorsements = field(default_factory=Endorsements)
    translations: Translations = field(default_factory=Translations)
    bundle: Bundle | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `linked` ones need every name to resolve. Of those that are errors, the `mild` ones may be told as warnings, because
    no finding depends on them; none of them may be turned off.
    """

    code: str
    look: Callable[[Looked, Collector], None]
    linked: bool = False
    mild: bool = False

    @property
    def entry(self) -> Code:
        """Its severity, why it is there, an example, and what to write instead."""
        return CODES[self.code]

    @property
    def must(self) -> bool:
        """Whether it is an error for everyone, however lint is run."""
        return self.entry.severity is Severity.ERROR and not self.mild


def _plain(look: Callable[[CatalogSources, Collector], None]) -> Callable[[Looked, Collector], None]:
    return lambda looked, out: look(looked.sources, out)


def _linked(look: Callable[[CatalogSources, Bundle, Collector], None]) -> Callable[[Looked, Collector], None]:
    return lambda looked, out: look(looked.sources, looked.bundle, out) if looked.bundle else None


def _translations(look: Callable[[Translations, Bundle, Collector], None]) -> Callable[[Looked, Collector], None]:
    return lambda looked, out: look(looked.translations, looked.bundle, out) if looked.bundle else None


def _web_address(looked: Looked, out: Collector) -> None:
    lint_hidden.web_address(looked.sources, out)
    for file in looked.endorsements.files:
        lint_hidden.plain_address(file.value.organisation.url, partial(file.span, "organisation", "url"), out)


_TABLE = (
    Rule("HR230", _plain(lint_text.keyword)),
    Rule("HR231", _plain(lint_text.long_sentence)),
    Rule("HR232", _plain(lint_text.question_mark), mild=True),
    Rule("HR233", _plain(lint_evidence.no_evidence)),
    Rule("HR234", _linked(lint_checklists.unreachable), linked=True),
    Rule("HR235", _linked(lint_graph.dead_prerequisite), linked=True),
    Rule("HR236", _plain(lint_life.id_order), mild=True),
    Rule("HR237", _plain(lint_text.undefined_term)),
    Rule("HR238", lambda looked, out: lint_references.review_due(looked.sources, out, looked.as_of)),
    Rule("HR239", _linked(lint_references.weak_escalation), linked=True),
    Rule("HR240", _linked(lint_references.mapping_confidence), linked=True),
    Rule("HR241", _plain(lint_evidence.assurance_too_high)),
    Rule("HR242", _plain(lint_evidence.sealed)),
    Rule("HR243", _linked(lint_graph.long_chain), linked=True),
    Rule("HR244", _linked(lint_graph.blocks_many), linked=True),
    Rule("HR245", _plain(lint_text.shared_words)),
    Rule("HR246", _plain(lint_evidence.weak_evidence)),
    Rule("HR247", _plain(lint_life.replacement)),
    Rule("HR248", _plain(lint_life.released_id_gone)),
    Rule("HR249", _plain(lint_life.same_meaning)),
    Rule("HR250", _linked(lint_checklists.weakening), linked=True),
    Rule("HR251", _linked(lint_checklists.checklist_order), linked=True),
    Rule("HR252", _linked(lint_graph.scope_outside), linked=True),
    Rule("HR253", _linked(lint_checklists.no_effect), linked=True),
    Rule("HR255", _plain(lint_references.duplicate_mapping)),
    Rule("HR256", _plain(lint_layout.line_ends)),
    Rule("HR257", _plain(lint_layout.long_list)),
    Rule("HR258", lambda looked, out: lint_hidden.foreign_file(looked.others, out)),
    Rule("HR259", _plain(lint_hidden.hidden_letter)),
    Rule("HR260", _web_address),
    Rule("HR270", lambda looked, out: lint_endorsements.two_positions(looked.endorsements, out)),
    Rule(
        "HR271", lambda looked, out: lint_endorsements.earlier_text(looked.endorsements, texts_of(looked.sources), out)
    ),
    Rule("HR272", lambda looked, out: lint_endorsements.days(looked.endorsements, out, looked.as_of)),
    Rule("HR290", _translations(lint_translations.unknown_text), linked=True),
    Rule("HR291", _translations(lint_translations.source_changed), linked=True),
    Rule("HR292", lambda looked, out: lint_translations.translated_twice(looked.translations, out)),
)

RULES = {rule.code: rule for rule in _TABLE}
"""Code -> rule. HR254, a blank, is told while the file is read (`blanks`): nothing else can be said of it before."""


def lint(looked: Looked, out: Collector, *, linked: bool = True) -> Bundle | None:
    """Tell the collector of everything that the rules find; give the compiled catalog, which some of them needed.

    Args:
        looked: a catalog that was read without errors, still without its bundle.
        out: is told.
        linked: `link` found no errors. If not, the rules that need names to resolve are left out.
    """
    for rule in RULES.values():
        if not rule.linked:
            rule.look(looked, out)
    if not linked:
        return None
    bundle = compile_catalog(looked.sources)
    compiled = replace(looked, bundle=bundle)
    for rule in RULES.values():
        if rule.linked:
            rule.look(compiled, out)
    return bundle


def check_catalog(
    root: Root, out: Collector, *, as_of: date, cache: FileCache | None = None
) -> tuple[CatalogSources, Bundle | None]:
    """Read, link and lint the catalog at an open root, as far as its errors allow.

    A file that does not load has ids that nothing can resolve to; so names are followed only when all files did,
    and a reader is told of the cause, not of its echoes.
    """
    sources = read_catalog(root, out, cache)
    whole = not out.errors
    said = read_endorsements(root, out)
    words = read_translations(root, out, cache)
    sources = replace(sources, data={**sources.data, **said.data, **words.data})
    others = (*foreign_files(root), *said.others)
    looked = Looked(sources=sources, as_of=as_of, others=others, endorsements=said, translations=words)
    if not whole:
        RULES["HR258"].look(looked, out)  # whatever else is wrong, nothing that lies here is passed over
        return sources, None
    before = out.errors
    link(sources, out)
    bundle = lint(looked, out, linked=out.errors == before)
    link_endorsements(said, texts_of(sources), out)
    return sources, bundle
