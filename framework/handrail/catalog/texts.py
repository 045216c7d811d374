"""The texts of a catalog that can be translated, by their addresses, and a catalog with other texts in their places.

Belongs here: which texts those are, and what each is called. Never here: what is done about a text that has no
translation (`translated`). An address begins with the id of what the text is of (`SRC-03.guidance`,
`SRC-03.evidence.log.title`); what has a key only, with the word for what it is (`fact.role.host.label`).

What is not here is the same in every language: ids, levels, dates, parameters, names of instruments and organisations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from handrail.model.base import Record
from handrail.model.bundle import Bundle
from handrail.model.catalog import AnyOfRequirements, Control, EvidenceRequirement, Requirement
from handrail.model.vocabulary import ChecklistFile, Fact, ReferenceFile

Say = Callable[[str, str], str]
"""Address and text -> the text to put in its place."""

R = TypeVar("R", bound=Record)


def texts_of(bundle: Bundle) -> Mapping[str, str]:
    """Address -> text, in reading order."""
    found: dict[str, str] = {}

    def note(address: str, text: str) -> str:
        found[address] = text
        return text

    with_texts(bundle, note)
    return found


def with_texts(bundle: Bundle, say: Say) -> Bundle:
    """The catalog with what is said in the place of each text; all else, fingerprints included, as it was."""
    return bundle.model_copy(
        update={
            "catalog": _with(bundle.catalog, "catalog", ("title", "summary", "notice"), say),
            "facts": {key: _fact(one, f"fact.{key}", say) for key, one in bundle.facts.items()},
            "themes": tuple(_with(one, f"theme.{one.id}", ("title", "summary"), say) for one in bundle.themes),
            "principles": tuple(_with(p, p.id, ("title", "statement", "rationale"), say) for p in bundle.principles),
            "controls": {one: _control(control, say) for one, control in bundle.controls.items()},
            "checklists": tuple(_checklist(one, say) for one in bundle.checklists),
            "references": {key: _reference(one, f"reference.{key}", say) for key, one in bundle.references.items()},
            "terms": {
                key: _with(one, f"term.{key}", ("title", "definition"), say) for key, one in bundle.terms.items()
            },
        }
    )


def _with(record: R, at: str, names: tuple[str, ...], say: Say, **more: object) -> R:
    """The record with other texts in these fields; a field without a text stays without."""
    said = {name: say(f"{at}.{name}", text) for name in names if (text := getattr(record, name)) is not None}
    return record.model_copy(update={**said, **more})


def _fact(fact: Fact, at: str, say: Say) -> Fact:
    values = {key: _with(one, f"{at}.{key}", ("label", "help"), say) for key, one in fact.values.items()}
    return _with(fact, at, ("title", "question", "help"), say, values=values)


def _control(control: Control, say: Say) -> Control:
    names = ("title", "statement", "question", "rationale", "guidance")
    said = _with(control, control.id, names, say)
    return said.model_copy(update={"evidence": tuple(_evidence(one, control.id, say) for one in control.evidence)})


def _evidence(group: EvidenceRequirement, control: str, say: Say) -> EvidenceRequirement:
    if isinstance(group, AnyOfRequirements):
        return group.model_copy(update={"any_of": tuple(_requirement(one, control, say) for one in group.any_of)})
    return _requirement(group, control, say)


def _requirement(one: Requirement, control: str, say: Say) -> Requirement:
    return _with(one, f"{control}.evidence.{one.id}", ("title",), say)


def _checklist(file: ChecklistFile, say: Say) -> ChecklistFile:
    at = f"checklist.{file.checklist.id}"
    excluded = tuple(_with(one, f"{at}.{one.control}", ("reason",), say) for one in file.selects.exclude)
    return file.model_copy(
        update={
            "checklist": _with(file.checklist, at, ("title", "introduction"), say),
            "selects": file.selects.model_copy(update={"exclude": excluded}),
            "tailoring": {key: _with(one, f"{at}.{key}", ("because",), say) for key, one in file.tailoring.items()},
        }
    )


def _reference(file: ReferenceFile, at: str, say: Say) -> ReferenceFile:
    """Notes, and clauses as we gloss them; an instrument keeps its own name."""
    clauses = {key: _with(one, f"{at}.{key}", ("title", "note"), say) for key, one in file.clauses.items()}
    return file.model_copy(update={"reference": _with(file.reference, at, ("note",), say), "clauses": clauses})
