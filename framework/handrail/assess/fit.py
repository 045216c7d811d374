"""A subject as another catalog can read it: without what that catalog does not have.

Belongs here: what is left out, and its names. Never here: diagnostics about a file (`workspace.link`), which stop a
project where this goes on with what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handrail.assess.assess import Subject
from handrail.catalog.resolve import alternatives
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, Declaration, Organisation
from handrail.model.terms import Scope


def fitted(subject: Subject, bundle: Bundle) -> tuple[Subject, tuple[str, ...]]:
    """Leave out what the catalog does not know or does not allow; and name it, as `kind id`, in order."""
    left_out: dict[str, None] = {}
    declaration = subject.declaration
    known_lists = {one.checklist.id for one in bundle.checklists}
    answers = _answers(declaration.controls, bundle, left_out)
    organisation = subject.organisation and _organisation(subject.organisation, bundle, left_out)
    checklists = _kept("checklist", declaration.checklists, known_lists, left_out)
    waivers = tuple(one for one in declaration.waivers if _may_be_waived(one.control, bundle, left_out))
    changed = {
        "facts": _facts(declaration, bundle, left_out),
        "checklists": checklists,
        "controls": answers,
        "waivers": waivers,
    }
    observations = {one: seen for one, seen in subject.observations.items() if one in bundle.controls}
    for one, seen in observations.items():
        for requirement in {each.requirement: None for each in seen}:
            if requirement not in _requirements(one, bundle):
                left_out[f"evidence {one}: {requirement}"] = None
    fits = replace(
        subject,
        declaration=declaration.model_copy(update=changed),
        organisation=organisation,
        observations=observations,
    )
    return fits, tuple(left_out)


def _kept(word: str, names: Iterable[str], known: Iterable[str], left_out: dict[str, None]) -> tuple[str, ...]:
    have = frozenset(known)
    given = tuple(names)
    left_out.update((f"{word} {one}", None) for one in given if one not in have)
    return tuple(one for one in given if one in have)


def _facts(declaration: Declaration, bundle: Bundle, left_out: dict[str, None]) -> dict[str, tuple[str, ...]]:
    facts = {}
    for name in _kept("fact", declaration.facts, bundle.facts, left_out):
        fact = bundle.facts[name]
        values = _kept(f"fact {name}:", declaration.facts[name], fact.values, left_out)
        if len(values) > 1 and not fact.many:
            left_out[f"fact {name}: more than one value"] = None
        elif values:
            facts[name] = values
    return facts


def _answers(answers: Mapping[str, Answer], bundle: Bundle, left_out: dict[str, None]) -> dict[str, Answer]:
    kept = {}
    for one in _kept("answer", answers, bundle.controls, left_out):
        answer = answers[one]
        known = _requirements(one, bundle)
        _kept(f"evidence {one}:", (entry.requirement for entry in answer.evidence), known, left_out)
        entries = tuple(entry for entry in answer.evidence if entry.requirement in known)
        kept[one] = answer.model_copy(update={"evidence": entries}) if len(entries) < len(answer.evidence) else answer
    return kept


def _organisation(given: Organisation, bundle: Bundle, left_out: dict[str, None]) -> Organisation:
    answers = _answers(given.controls, bundle, left_out)
    misplaced = {one for one in answers if bundle.controls[one].scope is not Scope.ORGANISATION}
    left_out.update((f"answer of the organisation {one}", None) for one in answers if one in misplaced)
    return given.model_copy(update={"controls": {one: a for one, a in answers.items() if one not in misplaced}})


def _may_be_waived(control: str, bundle: Bundle, left_out: dict[str, None]) -> bool:
    allowed = control in bundle.controls and bundle.controls[control].allow.waive
    if not allowed:
        left_out[f"waiver {control}"] = None
    return allowed


def _requirements(control: str, bundle: Bundle) -> frozenset[str]:
    return frozenset(r.id for group in bundle.controls[control].evidence for r in alternatives(group))
