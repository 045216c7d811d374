"""The text of a new `handrail.yaml` or `organisation.yaml`: what was said, and every open question as a comment.

Belongs here: layout and quoting of a file that is written for people. Never here: what is asked (`starting`), what
lies in the project (`discover`), writing. An unanswered control stands in a comment, so that it stays undeclared until
somebody says how it stands.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handrail.catalog.resolve import InForce, alternatives
from handrail.evidence.observe import pointer_of
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Requirement
from handrail.model.pack import packs_of
from handrail.model.terms import LevelReason, State
from handrail.source.escape import terminal
from handrail.workspace.discover import Found
from handrail.workspace.starting import ROLE, Questions

WIDTH = 100
CONTROLS = "# controls:"
SCHEMAS = ".schemas"
SCHEMA_COMMAND = f"handrail schema --out {SCHEMAS} --draft draft-07 --with-catalog"
"""What writes the schemas that the first line of a file points the editor to."""

_POINTERS = {
    "path": "path: ",
    "sealed": "sealed: {custodian: , since: }",
    "statement": "statement: {owner: , date: , text: }",
}

_PLAIN = re.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_WORDS_ELSEWHERE = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
"""Plain words that other readers of YAML take for something else; ours never does."""

_ANSWERS = (
    "Each block below is one control, with its level and its question, in the order of the checklist. While it is not "
    "answered it is undetermined, which counts neither for you nor against you.",
    "To answer one, take the first `# ` off the lines of its block, and off the line `controls:` unless one stands "
    "there without it. Write after `state:` how it stands: implemented, partial, planned (with a `due:` day), "
    "not-implemented, alternative or not-applicable (both with a `justification:`), or inherited (with `from:`). "
    "`summary:` and `owner:` may go beside it. `handrail evidence add` puts evidence in, with its digest.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said of the project, or of the organisation; None for what was left out.

    `open_facts` matter and were not given; `organisation` is the path of the file that answers for all projects.
    """

    fields: Mapping[str, str | None]
    facts: Selector
    open_facts: Sequence[str] = ()
    checklists: Sequence[str] = ()
    organisation: str | None = None


def quoted(text: str) -> str:
    """A text as a double-quoted scalar: nothing in it can end it or stand for something else."""
    return json.dumps(text, ensure_ascii=False)


def declaration_text(
    said: Said, questions: Questions, bundle: Bundle, digest: str, *, found: Iterable[Found] = ()
) -> str:
    """The text of a `handrail.yaml`."""
    head = (
        "What this project declares about child safety; `handrail check` judges it. It was written by `handrail init`"
    )
    lines = [*_top("handrail", head, bundle, digest), *_mapping("project", said.fields)]
    if said.organisation:
        lines.append(f"organisation: {quoted(said.organisation)}")
    lines += [*_facts(said, bundle), *_checklists(said, bundle)]
    if questions.above:
        asked = f"Answered once for all projects in {said.organisation}: {', '.join(questions.above)}."
        lines += ["", *remark(asked)]
    if questions.out:
        out = ", ".join(f"{one} ({fact})" for one, fact in questions.out.items())
        lines += ["", *remark(f"Left out, since by the facts above they do not apply: {out}.")]
    return _file([*lines, "", *answers_part(questions.controls, found)])


def organisation_text(
    said: Said, questions: Questions, bundle: Bundle, digest: str, *, found: Iterable[Found] = ()
) -> str:
    """The text of an `organisation.yaml`."""
    head = (
        "Answers that hold for all projects; a `handrail.yaml` names this file under `organisation`. It was written by"
    )
    lines = [*_top("organisation", f"{head} `handrail init`", bundle, digest)]
    return _file([*lines, *_mapping("organisation", said.fields), "", *answers_part(questions.controls, found)])


def answers_part(controls: Iterable[InForce], found: Iterable[Found] = ()) -> Iterator[str]:
    """The lines of the open questions, with what tells how to answer them."""
    evidence = tuple(found)
    for paragraph in _ANSWERS:
        yield from remark(paragraph)
    yield "#"
    yield CONTROLS
    for one in controls:
        yield ""
        yield from block(one, evidence)


def block(one: InForce, found: Iterable[Found] = ()) -> Iterator[str]:
    """The lines of one open question."""
    control = one.control
    level = one.level.value.upper() + (" (law)" if one.level_reason is LevelReason.LAW else "")
    yield from remark(f"--- {control.id}, {level}: {control.title}", later="---   ")
    yield from remark(control.question)
    yield f"#   {control.id}:"
    yield f"#     state: # {', '.join(_states(control))}"
    here = {item.requirement: item for item in found if item.control == control.id}
    yield "#     evidence:" if any(item.fits for item in here.values()) else "#     # evidence:"
    asked = [(one, number > 0) for group in control.evidence for number, one in enumerate(alternatives(group))]
    asked.sort(key=lambda pair: pair[0].id not in here or not here[pair[0].id].fits)  # a list is not broken by remarks
    for requirement, other in asked:
        yield from _entry(requirement, here.get(requirement.id), other=other)


def _entry(asked: Requirement, item: Found | None, *, other: bool) -> Iterator[str]:
    """The entry that would answer a requirement; a remark within the remark unless what was found shows all of it."""
    pointer = f"path: {quoted(item.path)}" if item else _POINTERS[pointer_of(asked) or "path"]
    start = "#       " if item and item.fits else "#     #   "
    about = f"{'or: ' if other else ''}{asked.title} ({asked.kind}){'; found' if item and item.fits else ''}"
    yield f"{start}- {{for: {asked.id}, {pointer}}} # {_inline(about)}"
    if item and not item.fits:
        yield from remark(f"found: {item.text}", indent="#     #     ")


def _states(control: Control) -> Iterator[str]:
    refused = set()
    if not control.allow.not_applicable:
        refused.add(State.NOT_APPLICABLE)
    if not control.allow.inherit:
        refused.add(State.INHERITED)
    return (state.value for state in State if state not in refused)


def _top(name: str, head: str, bundle: Bundle, digest: str) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMAS}/{name}.schema.json"
    yield "#"
    yield from remark(f"{head} and is yours from now on: nothing overwrites it.")
    yield "handrail: 1"
    yield "catalog: # what the answers are written against"
    yield f'  version: "{pinned_version(bundle)}"'
    yield f"  digest: {digest}"
    if packs_of(bundle):
        yield "  packs:"
    for one in packs_of(bundle):
        yield f'    {one.prefix}:\n      version: "{one.version}"\n      digest: {one.digest}'


def pinned_version(bundle: Bundle) -> str:
    """The version that a file names: two numbers, which accept every later one until the first changes."""
    return ".".join(bundle.catalog.version.split(".")[:2])


def _mapping(name: str, fields: Mapping[str, str | None]) -> Iterator[str]:
    yield f"{name}:"
    for key, text in fields.items():
        if text is not None:
            yield f"  {key}: {text if key == 'id' and _is_plain(text) else quoted(text)}"
    for key, text in fields.items():
        if text is None:
            yield f"  # {key}:"


def _facts(said: Said, bundle: Bundle) -> Iterator[str]:
    yield "facts: # what the project is; they decide what applies" if said.facts else "# facts:"
    for name, fact in bundle.facts.items():
        if name in said.facts:
            yield f"  {name}: [{', '.join(map(_word, said.facts[name]))}] # {_inline(fact.question)}"
    if said.open_facts:
        yield "  # Left open, so that every control that depends on them applies:"
    for name in said.open_facts:
        values = ", ".join(map(_word, bundle.facts[name].values))
        yield f"  # {name}: [{values}] # {_inline(bundle.facts[name].question)}"


def _checklists(said: Said, bundle: Bundle) -> Iterator[str]:
    others = [one.checklist.id for one in bundle.checklists if one.checklist.id not in said.checklists]
    named = f"others: {', '.join(others)}" if others else "all there are"
    if said.checklists:
        yield from remark(f"Which controls are asked for; {named}.")
        yield f"checklists: [{', '.join(map(_word, said.checklists))}]"
    else:
        yield from remark(f"The whole catalog is asked for. A checklist selects from it; {named}.")
        yield "# checklists: []"


def missing_roles(said: Said, bundle: Bundle) -> tuple[str, ...]:
    """The checklists that are written for a declared role and were not chosen."""
    roles = said.facts.get(ROLE, ())
    return tuple(
        one.checklist.id
        for one in bundle.checklists
        if one.checklist.role in roles and one.checklist.id not in said.checklists
    )


def _is_plain(word: str) -> bool:
    return _PLAIN.fullmatch(word) is not None and word not in _WORDS_ELSEWHERE


def _word(word: str) -> str:
    return word if _is_plain(word) else quoted(word)


def _inline(text: str) -> str:
    return " ".join(terminal(text).split())


def remark(text: str, *, indent: str = "", later: str = "") -> list[str]:
    """A comment of as many lines as it takes, each inert whatever the text holds; `later` begins all but the first."""
    start = f"{indent}# " if not indent.startswith("#") else indent
    return textwrap.wrap(
        _inline(text),
        WIDTH,
        initial_indent=start,
        subsequent_indent=start + later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _file(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
