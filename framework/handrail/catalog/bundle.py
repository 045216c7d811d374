"""The compiled catalog as bytes: compiling, writing, reading, and its entry in the list of releases.

Belongs here: what a bundle holds, and refusing one that does not hold together. Never here: finding a bundle
(`default`) and judging what the catalog says (`link`, `lint`). Reading one imports no YAML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.graph import requires_graph, topological
from handrail.model.base import JsonValue, Record, Selector
from handrail.model.bundle import Bundle
from handrail.model.catalog import AnyOfRequirements, Control, Escalation, EvidenceRequirement, Requirement
from handrail.model.limits import MIB
from handrail.model.vocabulary import Release
from handrail.source.diagnostics import Diagnostic, InputError, Span

if TYPE_CHECKING:
    from handrail.catalog.read import CatalogSources

V = TypeVar("V")
R = TypeVar("R", bound=Record)

# Twenty-five times the 2.5 MB of a catalog of 1,000 controls.
BUNDLE_BYTES = 64 * MIB


def compile_catalog(sources: CatalogSources) -> Bundle:
    """Compile a catalog that was read and linked without errors and whose prerequisites have no cycle.

    Only what a list orders, or what is shown in the order written (facts and their values, clauses, terms), keeps
    the order of the file; so the order of other keys never changes the bundle.

    A catalog that its own list of releases already names, unchanged since, is that release: its entry is left out,
    so that the digest of what was released is the digest that the entry gives.

    Raises:
        ValueError: there is no catalog file.
        graphlib.CycleError: the prerequisites have a cycle.
    """
    if sources.catalog is None:
        raise ValueError("a catalog without a catalog file cannot be compiled")
    head = sources.catalog.value
    controls = {one.id: ordered(one.control, list(head.facts)) for one in sources.placed}
    bundle = Bundle(
        catalog=head.catalog,
        facts=head.facts,
        themes=head.themes,
        principles=tuple(file.value.principle for file in sources.principles),
        controls=controls,
        principle_of={one.id: one.principle.id for one in sources.placed},
        order=topological(requires_graph(controls.values())),
        fingerprints={one: fingerprint(control.statement) for one, control in controls.items()},
        checklists=tuple(
            file.value.model_copy(update={"tailoring": _by_key(file.value.tailoring)}) for file in sources.checklists
        ),
        references={file.value.reference.id: file.value for file in sources.references},
        stewards=_by_key(sources.stewards.value.stewards) if sources.stewards else {},
        attestors=_by_key(sources.attestors.value.attestors) if sources.attestors else {},
        terms=sources.lexicon.value.terms if sources.lexicon else {},
        releases=tuple(
            release.model_copy(update={"fingerprints": _by_key(release.fingerprints)})
            for release in (sources.releases.value.releases if sources.releases else ())
        ),
    )
    before = tuple(release for release in bundle.releases if release.version != head.catalog.version)
    if len(before) < len(bundle.releases):
        released = bundle.model_copy(update={"releases": before})
        made = digest(to_bytes(released))
        if any(release.digest.endswith(made.removeprefix("sha256:")) for release in bundle.releases):
            return released
    return bundle


def to_bytes(bundle: Bundle) -> bytes:
    """Give the file of a bundle: JSON and a line end, the same bytes for the same catalog."""
    return bundle.model_dump_json(by_alias=True, exclude_defaults=True).encode() + b"\n"


def digest(data: bytes) -> str:
    """Give the digest of the file of a bundle, `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def from_bytes(data: bytes, path: str) -> Bundle:
    """Read the file of a bundle.

    Args:
        data: the bytes of the file.
        path: how diagnostics name it.

    Raises:
        InputError: it is not a bundle, or names something that it does not hold.
    """
    bundle = validated(Bundle, data, partial(_refused, path))
    for problem in _dangling(bundle):
        raise _refused(path, problem)
    return bundle


def validated(model: type[R], data: bytes, refused: Callable[[str], InputError]) -> R:
    """Read a compiled file as what it says it is; `refused` makes the error of the first thing that is wrong."""
    from pydantic import ValidationError  # what is known is never validated

    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        problem = first["msg"][:1].lower() + first["msg"][1:]
        raise refused(f"{where}: {problem}" if where else problem) from None


def release_entry(bundle: Bundle, day: date) -> Release:
    """Give the entry that keeps a bundle's digest and fingerprints in `releases.yaml`."""
    return Release(
        version=bundle.catalog.version,
        date=day,
        digest=digest(to_bytes(bundle)),
        fingerprints=bundle.fingerprints,
    )


def _refused(path: str, problem: str) -> InputError:
    return InputError(
        [
            Diagnostic(
                "HR219",
                f"`{path}` is not a bundle that this version reads: {problem}",
                Span(path, 1, 1),
                help="write it again with `handrail bundle --out FILE`",
            )
        ]
    )


def _dangling(bundle: Bundle) -> Iterator[str]:
    """What the rooms above look up without asking: every name here is in its table, and the order holds."""
    controls = bundle.controls
    ids, principles = set(controls), {principle.id for principle in bundle.principles}
    if not (ids == set(bundle.order) == set(bundle.fingerprints) == set(bundle.principle_of)):
        yield "its tables of controls differ"
        return
    if len(bundle.order) != len(ids):
        yield "a control stands twice in its order"
    before: set[str] = set()
    for one in bundle.order:
        control = controls[one]
        if control.id != one or bundle.principle_of[one] not in principles:
            yield f"control `{one}` is misplaced"
        for needed in control.requires:
            members = (needed,) if isinstance(needed, str) else needed.any_of
            if not before.issuperset(members):
                yield f"`{one}` stands before what it requires"
        before.add(one)
        if not ids.issuperset(control.follows):
            yield f"`{one}` follows an unknown control"
        if bundle.fingerprints[one] != fingerprint(control.statement):
            yield f"the fingerprint of `{one}` is not that of its statement"
        cited = [(e.reference, e.clause) for e in control.escalates] + [
            (m.reference, m.clause) for m in control.mappings
        ]
        if not all(name in bundle.references and clause in bundle.references[name].clauses for name, clause in cited):
            yield f"`{one}` names an unknown clause"
        for selector in (control.applies_when, control.unless, *(e.when for e in control.escalates)):
            if not bundle.facts.keys() >= selector.keys():
                yield f"`{one}` names an unknown fact"


def ordered(control: Control, facts: list[str]) -> Control:
    """The control with its selectors in the order of the vocabulary and its parameters in that of their names."""
    changed = {
        "applies_when": _selector(control.applies_when, facts),
        "unless": _selector(control.unless, facts),
        "escalates": tuple(_escalation(one, facts) for one in control.escalates),
        "evidence": tuple(ordered_requirement(group) for group in control.evidence),
    }
    return control.model_copy(update=changed)


def _escalation(escalation: Escalation, facts: list[str]) -> Escalation:
    if len(escalation.when) < 2:
        return escalation
    return escalation.model_copy(update={"when": _selector(escalation.when, facts)})


def _selector(selector: Selector, facts: list[str]) -> Selector:
    return {name: selector[name] for name in facts if name in selector} if len(selector) > 1 else selector


def ordered_requirement(group: EvidenceRequirement) -> EvidenceRequirement:
    """What is asked for, with its parameters in the order of their names."""
    if isinstance(group, AnyOfRequirements):
        return group.model_copy(update={"any_of": tuple(map(_by_name, group.any_of))})
    return _by_name(group)


def _by_name(requirement: Requirement) -> Requirement:
    if not requirement.parameters:
        return requirement
    return requirement.model_copy(update={"parameters": _sorted(requirement.parameters)})


def _sorted(value: JsonValue) -> JsonValue:
    """A parameter with the keys of its mappings in order, at every depth: `checks` are a list of mappings."""
    if isinstance(value, list):
        return [_sorted(one) for one in value]
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return value


def _by_key(table: Mapping[str, V]) -> dict[str, V]:
    return dict(sorted(table.items()))
