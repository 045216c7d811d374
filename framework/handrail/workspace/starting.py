"""What a new declaration has to say: the facts that matter, the checklists that fit, the controls to answer.

Belongs here: working these out from the catalog's own selectors, so that nothing is asked that decides nothing. Never
here: asking (`cli`), and the text of the file (`starting_text`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.catalog.resolve import InForce, resolve, selected
from handrail.catalog.selector import DeclaredFacts, holds
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.declaration import Organisation, OrganisationInfo, Project
from handrail.model.terms import Scope
from handrail.source.diagnostics import Collector
from handrail.source.files import FileRefused, Root, refusal
from handrail.workspace.load import FARTHEST, organisation_path

ROLE = "role"
"""The fact whose values checklists are written for."""

ORGANISATION = "organisation.yaml"
KEY_CHARACTERS = 64
TEXT_CHARACTERS = 1_000

_NO_KEY = f"takes small letters, digits and single dashes, at most {KEY_CHARACTERS} in all, for example my-model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What there is to answer, in order.

    `out` are the controls that the facts put out of scope, with the fact; `above` those that the organisation answers.
    """

    controls: tuple[InForce, ...]
    out: Mapping[str, str]
    above: tuple[str, ...] = ()


def problem(field: str, text: str, *, of: type[Project | OrganisationInfo] = Project) -> str | None:
    """Why a text cannot stand in a field of the project, or of the organisation, as a clause; None if it can."""
    from pydantic import ValidationError

    if len(text) > TEXT_CHARACTERS:
        return f"has more than {TEXT_CHARACTERS:,} characters"
    odd = next((one for one in text if not one.isprintable()), None)
    if odd is not None:
        return f"holds a character that does not show (U+{ord(odd):04X} {unicodedata.name(odd, 'control')})"
    try:
        of.model_validate({"id": "x", "name": "x"} | {field: text})
    except ValidationError:
        return _NO_KEY if field == "id" else "needs some text"
    return None


def key_of(name: str) -> str:
    """A key made from a name; no text where nothing of it can stay."""
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", ascii_)[:KEY_CHARACTERS].strip("-")


def fitting_checklists(bundle: Bundle, facts: Selector) -> tuple[str, ...]:
    """The checklists that are written for a declared role."""
    roles = facts.get(ROLE, ())
    return tuple(one.checklist.id for one in bundle.checklists if one.checklist.role in roles)


def facts_that_matter(bundle: Bundle, facts: Selector, *, checklists: Iterable[str], as_of: date) -> tuple[str, ...]:
    """The facts not declared yet on which a control's scope or level still depends, in the order of the vocabulary."""
    declared = DeclaredFacts.of(facts, bundle.facts)
    named: set[str] = set()
    for one in resolve(bundle, declared, checklists=checklists, as_of=as_of):
        if one.scope.in_scope:
            named.update(one.scope.undeclared)
            named.update(
                name
                for escalation in one.control.escalates
                if holds(escalation.when, declared)
                for name in escalation.when
            )
    return tuple(name for name in bundle.facts if name in named and name not in facts)


def to_answer(
    bundle: Bundle, facts: Selector, *, checklists: Iterable[str], as_of: date, organisation: bool = False
) -> Questions:
    """What a project answers itself, in the order of its checklists; prerequisites that no list names come last.

    Args:
        bundle: the catalog.
        facts: what the project is.
        checklists: those chosen; none is the whole catalog, in the order of all checklists.
        as_of: the UTC day on which levels are in force.
        organisation: its organisation has a file, where the controls of that scope are answered.
    """
    chosen = tuple(checklists)
    judged = resolve(bundle, DeclaredFacts.of(facts, bundle.facts), checklists=chosen, as_of=as_of)
    by_id = {one.control.id: one for one in judged}
    inside = [by_id[one] for one in _order(bundle, chosen) if one in by_id and by_id[one].scope.in_scope]
    above = [one.control.id for one in inside if organisation and one.control.scope is Scope.ORGANISATION]
    return Questions(
        controls=tuple(one for one in inside if one.control.id not in above),
        out={one: out for one in _order(bundle, chosen) if one in by_id and (out := by_id[one].scope.out_by)},
        above=tuple(above),
    )


def organisation_to_answer(bundle: Bundle, *, as_of: date) -> Questions:
    """What is answered once for all projects of an organisation, whatever they are."""
    every = to_answer(bundle, {}, checklists=(), as_of=as_of)
    return Questions(controls=tuple(one for one in every.controls if one.control.scope is Scope.ORGANISATION), out={})


def _order(bundle: Bundle, checklists: tuple[str, ...]) -> tuple[str, ...]:
    lists = [one for one in bundle.checklists if not checklists or one.checklist.id in checklists]
    return tuple(dict.fromkeys([*(one for each in lists for one in selected(each, bundle)), *bundle.order]))


def organisation_above(folder: Path) -> str | None:
    """The path of the nearest organisation file above a project, as declarations write it; None if none can be used.

    The search ends at the root of the repository.
    """
    for ups in range(FARTHEST + 1):
        written = "../" * ups + ORGANISATION
        out = Collector()
        read_organisation(folder, written, out)
        if not out.errors:
            return written
        above = folder.resolve().joinpath(*[".."] * ups).resolve()
        if Path(above, ".git").exists() or above == above.parent:
            break
    return None


def read_organisation(folder: Path, written: str, out: Collector) -> None:
    """Tell the collector why a project cannot name this organisation file, if it cannot."""
    from handrail.source.load import load_file

    try:
        above, name = organisation_path(folder, written)
        with Root(above) as root:
            load_file(Organisation, root, name, out)
    except FileRefused as refused:
        out.add(refusal(refused))
