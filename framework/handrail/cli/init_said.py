"""What `handrail init` is told: by its options, and else by the person at the terminal.

Belongs here: which question comes after which, its default, and the sentence that names a missing option. Never here:
how a question is put (`prompts`), and which of them matter (`workspace.starting`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from handrail.model.bundle import Bundle
    from handrail.workspace.starting_text import Said

OPTIONS = (
    "role",
    "modality",
    "distribution",
    "jurisdiction",
    "audience",
    "capability",
    "messaging",
    "users",
    "scans-content",
)
"""The facts that have an option of their own; any other is given with `--fact`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command line says."""

    folder: Path
    fields: Mapping[str, str | None]
    facts: Mapping[str, tuple[str, ...]]
    checklists: tuple[str, ...]
    shared: str | None
    asks: bool
    yes: bool
    bundle: Bundle
    digest: str
    as_of: date


def facts_given(
    options: Mapping[str, list[str] | None], others: Iterable[str], bundle: Bundle
) -> dict[str, tuple[str, ...]]:
    """The facts that the options give, each checked against the vocabulary."""
    from handrail.source.nearest import did_you_mean

    facts = {name: tuple(values) for name, values in options.items() if values}
    for one in others:
        name, equals, value = one.partition("=")
        if not equals:
            raise refused(f"'{one}' is not of the form NAME=VALUE", "--fact")
        facts[name] = (*facts.get(name, ()), value)
    for name, values in facts.items():
        known = bundle.facts.get(name)
        if known is None:
            raise refused(f"there is no fact '{name}' in this catalog", _flag(name))
        for value in values:
            if value not in known.values:
                near = did_you_mean(value, known.values) or f"it has: {', '.join(known.values)}"
                raise refused(f"there is no '{value}'; {near}", _flag(name))
        if len(values) > 1 and not known.many:
            raise refused("takes one value", _flag(name))
    return {name: tuple(dict.fromkeys(facts[name])) for name in bundle.facts if name in facts}


def checklists_given(names: Iterable[str], bundle: Bundle) -> tuple[str, ...]:
    """The checklists that the options name."""
    from handrail.source.nearest import did_you_mean

    known = [one.checklist.id for one in bundle.checklists]
    for name in names:
        if name not in known:
            near = did_you_mean(name, known) or f"there are: {', '.join(known)}"
            raise refused(f"there is no checklist '{name}'; {near}", "--checklist")
    return tuple(dict.fromkeys(names))


def refused(message: str, option: str) -> typer.BadParameter:
    """Make the error that an option leads to; names of files and values are the terminal's enemies too."""
    from handrail.source.escape import terminal

    return typer.BadParameter(terminal(message), param_hint=option)


def welcome(target: Path) -> None:
    """Say what comes, and how to stop it."""
    from handrail.cli.prompts import say_wrapped

    say_wrapped(f"This writes {target}, with every question that applies to you. No answer is given for you.")
    say_wrapped("Enter takes what stands in brackets, ? explains, Ctrl-C stops with nothing written.")
    sys.stderr.write("\n")


def project_said(given: Given) -> Said:
    """What is known of the project: the role before its checklists, and then only facts on which something depends."""
    from handrail.workspace.starting import ROLE, fitting_checklists
    from handrail.workspace.starting_text import Said

    fields = _fields(given, of="project")
    facts = dict(given.facts)
    if not given.asks:
        _require_facts(given)
    if given.asks and ROLE in given.bundle.facts and ROLE not in facts:
        facts |= _ask_fact(ROLE, given, optional="")
    fitting = given.checklists or fitting_checklists(given.bundle, facts)
    if given.asks and not given.checklists:
        fitting = _ask_checklists(fitting, given)
    open_: list[str] = []
    while left := [one for one in _matter(given, facts, fitting) if one not in open_]:
        answer = _ask_fact(left[0], given, optional="leaves it open") if given.asks else {}
        facts |= answer
        open_ += [] if answer else [left[0]]
    ordered = {name: facts[name] for name in given.bundle.facts if name in facts}
    return Said(fields=fields, facts=ordered, open_facts=open_, checklists=fitting, organisation=_shared(given))


def organisation_said(given: Given) -> Said:
    """What is known of the organisation: its name."""
    from handrail.workspace.starting_text import Said

    fields = _fields(given, of="organisation")
    return Said(fields={name: fields[name] for name in ("id", "name")}, facts={})


def _matter(given: Given, facts: Mapping[str, tuple[str, ...]], checklists: Iterable[str]) -> tuple[str, ...]:
    from handrail.workspace.starting import facts_that_matter

    return facts_that_matter(given.bundle, dict(facts), checklists=checklists, as_of=given.as_of)


def _require_facts(given: Given) -> None:
    """Without a terminal, name at once every option whose answer is missing."""
    from handrail.workspace.starting import ROLE, fitting_checklists

    chosen = given.checklists or fitting_checklists(given.bundle, dict(given.facts))
    missing = [] if given.yes else list(_matter(given, given.facts, chosen))
    if not chosen and ROLE in given.bundle.facts and ROLE not in missing and ROLE not in given.facts:
        missing = [ROLE]
    if not missing:
        return
    flags = ", ".join(_flag(one) for one in missing)
    why = f"nothing can be asked here, and {flags} {'is' if len(missing) == 1 else 'are'} missing"
    way = "--checklist does instead" if missing == [ROLE] and given.yes else "--yes leaves open what is not given"
    raise refused(f"{why}; `handrail list facts` explains them, and {way}", _flag(missing[0]))


def _flag(fact: str) -> str:
    return f"--{fact}" if fact in OPTIONS else f"--fact {fact}=VALUE"


def _ask_fact(name: str, given: Given, *, optional: str) -> dict[str, tuple[str, ...]]:
    from handrail.cli.prompts import Option, ask_choice

    fact = given.bundle.facts[name]
    options = {value: Option(one.label, one.help) for value, one in fact.values.items()}
    chosen = ask_choice(fact.question, options, help_=fact.help or "", many=fact.many, optional=optional)
    return {name: chosen} if chosen else {}


def _ask_checklists(fitting: tuple[str, ...], given: Given) -> tuple[str, ...]:
    from handrail.cli.prompts import Option, ask_choice

    lists = [one.checklist for one in given.bundle.checklists]
    if not lists:
        return ()
    options = {one.id: Option(one.title, " ".join(one.introduction.split())) for one in lists}
    left = ", ".join(one.title for one in lists if one.id not in fitting)
    help_ = f"In brackets are those that fit your roles. Not among them: {left}." if fitting and left else ""
    return ask_choice("Which checklists do you take?", options, help_=help_, default=fitting)


# The order in which they are asked, with what is asked and explained.
_ASKED: Mapping[str, tuple[str, str]] = {
    "name": ("What is it called?", "The name that people know it by. Reports begin with it."),
    "id": ("A short name for files and links?", "Small letters, digits and dashes. It stays the same for ever."),
    "owner": ("Which office or team answers for it?", "An office lasts longer than a name: Safety team."),
}


def _fields(given: Given, *, of: str) -> dict[str, str | None]:
    """What the project or the organisation is called; of what was not given, the folder's name makes the most."""
    from handrail.cli.prompts import ask_text
    from handrail.model.declaration import OrganisationInfo, Project
    from handrail.workspace.starting import key_of, problem

    model = Project if of == "project" else OrganisationInfo
    fields = dict(given.fields)
    for field, text in fields.items():
        wrong = problem(field, text, of=model) if text is not None else None
        if wrong is not None:
            raise refused(f"this {wrong}", _field_flag(field))
    folder = given.folder.resolve().name
    for field, (question, help_) in _ASKED.items():
        if fields[field] is not None or (field == "owner" and of != "project"):
            continue
        default = {"name": folder, "id": key_of(fields["name"] or folder), "owner": ""}[field]
        usable = field == "owner" or problem(field, default, of=model) is None
        if given.asks:
            fields[field] = ask_text(
                question,
                help_=help_,
                default=default if usable else None,
                problem=lambda text, field=field: problem(field, text, of=model),  # type: ignore[misc]
            )
        elif usable:
            fields[field] = default or None
        else:
            raise refused("the folder's name makes none; give it", _field_flag(field))
    return fields


def _field_flag(field: str) -> str:
    return "--project-version" if field == "version" else f"--{field}"


def _shared(given: Given) -> str | None:
    """The organisation's file: the one named, or the one above if the person takes it."""
    from handrail.cli.messages import say
    from handrail.cli.prompts import ask_yes
    from handrail.workspace.starting import organisation_above

    if given.shared is not None:
        return _named_organisation(given.shared, given.folder)
    above = organisation_above(given.folder)
    if above is None:
        return None
    if given.asks:
        return above if ask_yes(f"{above} answers some controls once for all projects. Use it?") else None
    say(f"{above} is there and was not used; --with-organisation {above} does")
    return None


def _named_organisation(named: str, folder: Path) -> str:
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.starting import problem, read_organisation

    if (wrong := problem("name", named)) is not None:
        raise refused(f"this {wrong}", "--with-organisation")
    out = Collector()
    read_organisation(folder, named, out)
    if out.errors:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    return named
