"""Whether every name in a catalog is borne by something: ids, references, clauses, stewards, terms.

Belongs here: resolving names, and the ids and paths that bear them. Never here: facts (`link_facts`), evidence kinds
(`link_evidence`), and whether what is said is sound (`lint`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from handrail.catalog.link_evidence import link_evidence
from handrail.catalog.link_facts import link_facts
from handrail.catalog.link_order import link_order
from handrail.catalog.names import told_apart, unknown
from handrail.catalog.read import CatalogSources, PlacedControl
from handrail.model.catalog import AnyOfControls
from handrail.model.vocabulary import ChecklistFile, ReferenceFile
from handrail.source.diagnostics import Collector, Span
from handrail.source.source_file import SourceFile
from handrail.source.tree import Step


def link(sources: CatalogSources, out: Collector) -> None:
    """Tell the collector of every name that resolves to nothing, and of every cycle, at the very word.

    Files that were not valid are not there: link a catalog only when reading it gave no errors, or their ids will
    be told as unknown.
    """
    names = _Names(
        controls=frozenset(sources.controls),
        principles=frozenset(file.value.principle.id for file in sources.principles),
        references={file.value.reference.id: file for file in sources.references},
        stewards=frozenset(sources.stewards.value.stewards if sources.stewards else ()),
    )
    _ids(sources, out)
    _paths(sources, out)
    _principles(sources, names, out)
    for placed in sources.placed:
        _control(placed, names, out)
        link_evidence(placed, out)
    link_facts(sources, out)
    _themes(sources, names, out)
    _terms(sources, out)
    for checklist in sources.checklists:
        _checklist(checklist, names, out)
    link_order(sources, out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    controls: frozenset[str]
    principles: frozenset[str]
    references: dict[str, SourceFile[ReferenceFile]]
    stewards: frozenset[str]

    def control(self, name: str, span: Callable[[], Span], out: Collector) -> None:
        if name not in self.controls:
            unknown("HR201", "control", name, sorted(self.controls), span(), out)

    def principle(self, name: str, span: Callable[[], Span], out: Collector) -> None:
        if name not in self.principles:
            unknown("HR201", "principle", name, sorted(self.principles), span(), out)

    def reference(self, name: str, span: Callable[[], Span], out: Collector) -> bool:
        if name not in self.references:
            unknown("HR208", "reference", name, sorted(self.references), span(), out)
        return name in self.references


def _ids(sources: CatalogSources, out: Collector) -> None:
    told_apart("control", ((one.id, partial(one.span, "id")) for one in sources.placed), out)
    told_apart(
        "principle", ((f.value.principle.id, partial(f.span, "principle", "id")) for f in sources.principles), out
    )
    for placed in sources.placed:
        told_apart(f"in `{placed.id}`, requirement", _requirement_ids(placed), out)
        prefix = f"{placed.principle.id}-"
        if not placed.id.startswith(prefix):
            out.error(
                "HR204",
                f"control `{placed.id}` does not bear the id of its principle",
                placed.span("id"),
                help=f"ids of principle `{placed.principle.id}` start with `{prefix}`",
            )
    if sources.catalog:
        themes = sources.catalog.value.themes
        told_apart(
            "theme",
            ((t.id, partial(sources.catalog.span, "themes", i, "id")) for i, t in enumerate(themes)),
            out,
        )


def _requirement_ids(placed: PlacedControl) -> Iterator[tuple[str, Callable[[], Span]]]:
    for location, requirement in placed.requirements():
        yield requirement.id, partial(placed.span, *location, "id")


def _paths(sources: CatalogSources, out: Collector) -> None:
    for file in sources.principles:
        phase = file.value.principle.phase
        if PurePosixPath(file.path).parent.name != phase:
            out.error(
                "HR205",
                f"a principle of phase `{phase}` stands in `{PurePosixPath(file.path).parent}/`",
                file.span("principle", "phase"),
                help=f"move the file to `principles/{phase}/`, or change the phase",
            )
    for reference in sources.references:
        _bears_its_id(reference.path, reference.value.reference.id, partial(reference.span, "reference", "id"), out)
    for checklist in sources.checklists:
        _bears_its_id(checklist.path, checklist.value.checklist.id, partial(checklist.span, "checklist", "id"), out)


def _bears_its_id(path: str, name: str, span: Callable[[], Span], out: Collector) -> None:
    if PurePosixPath(path).stem != name:
        out.error(
            "HR205",
            f"`{name}` stands in `{PurePosixPath(path).name}`",
            span(),
            help=f"name the file `{name}.yaml`, or change the id",
        )


def _principles(sources: CatalogSources, names: _Names, out: Collector) -> None:
    for file in sources.principles:
        principle = file.value.principle
        if principle.steward not in names.stewards:
            span = file.span("principle", "steward")
            unknown("HR210", "steward", principle.steward, sorted(names.stewards), span, out)
        if principle.replaced_by is not None:
            names.principle(principle.replaced_by, partial(file.span, "principle", "replaced_by"), out)
        for i, source in enumerate(principle.sources):
            names.reference(source.reference, partial(file.span, "principle", "sources", i, "reference"), out)


def _control(placed: PlacedControl, names: _Names, out: Collector) -> None:
    control = placed.control
    for i, prerequisite in enumerate(control.requires):
        if isinstance(prerequisite, AnyOfControls):
            for k, member in enumerate(prerequisite.any_of):
                names.control(member, partial(placed.span, "requires", i, "any_of", k), out)
        else:
            names.control(prerequisite, partial(placed.span, "requires", i), out)
    for i, before in enumerate(control.follows):
        names.control(before, partial(placed.span, "follows", i), out)
    if control.replaced_by is not None:
        names.control(control.replaced_by, partial(placed.span, "replaced_by"), out)
    for i, escalation in enumerate(control.escalates):
        _clause(placed, ("escalates", i), escalation.reference, escalation.clause, names, out)
        if escalation.start and escalation.until and escalation.start > escalation.until:
            out.error(
                "HR216",
                f"the escalation ends on {escalation.until}, before it begins",
                placed.span("escalates", i, "until"),
                help="`from` and `until` are the first and the last day on which it holds",
            )
    for i, mapping in enumerate(control.mappings):
        _clause(placed, ("mappings", i), mapping.reference, mapping.clause, names, out)


def _clause(
    placed: PlacedControl, location: tuple[Step, ...], reference: str, clause: str, names: _Names, out: Collector
) -> None:
    if names.reference(reference, partial(placed.span, *location, "reference"), out):
        known = names.references[reference].value.clauses
        if clause not in known:
            span = placed.span(*location, "clause")
            unknown("HR209", "clause", clause, known, span, out, of=f"`{reference}`")


def _themes(sources: CatalogSources, names: _Names, out: Collector) -> None:
    if sources.catalog is None:
        return
    for i, theme in enumerate(sources.catalog.value.themes):
        for k, principle in enumerate(theme.principles):
            names.principle(principle, partial(sources.catalog.span, "themes", i, "principles", k), out)
        for k, control in enumerate(theme.controls):
            names.control(control, partial(sources.catalog.span, "themes", i, "controls", k), out)


def _terms(sources: CatalogSources, out: Collector) -> None:
    if sources.lexicon is None:
        return
    terms = sources.lexicon.value.terms
    for name, term in terms.items():
        for i, other in enumerate(term.see):
            if other not in terms:
                unknown("HR215", "term", other, terms, sources.lexicon.span("terms", name, "see", i), out)


def _checklist(file: SourceFile[ChecklistFile], names: _Names, out: Collector) -> None:
    selects = file.value.selects
    for i, principle in enumerate(selects.principles):
        names.principle(principle, partial(file.span, "selects", "principles", i), out)
    for i, control in enumerate(selects.controls):
        names.control(control, partial(file.span, "selects", "controls", i), out)
    for i, exclusion in enumerate(selects.exclude):
        names.control(exclusion.control, partial(file.span, "selects", "exclude", i, "control"), out)
    for control in file.value.tailoring:
        names.control(control, partial(file.key_span, "set", control), out)
