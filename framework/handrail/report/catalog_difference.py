"""What changed between two catalogs, for people and programs: text, Markdown, JSON.

Belongs here: the words for changes, and their order. Never here: finding and classing them (`catalog.compare`); layout
(`report.outline`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from handrail.catalog.beside import Beside, Why
from handrail.catalog.change import Change, selector_text
from handrail.catalog.classes import KINDS, STEPS, Class, Step
from handrail.catalog.compare import Comparison
from handrail.catalog.sides import Side
from handrail.report.agreement import listed, number, verb
from handrail.report.outline import Item, Outline, Section
from handrail.report.word_diff import word_diff

TITLES = {
    Class.BREAKING: "Breaking: answers are not read, stand for another text, or would be shown more widely",
    Class.WEAKENING: "Weakening: less suffices, or readers are told less",
    Class.STRENGTHENING: "Strengthening: more is asked; every answer is still read",
    Class.CLARIFYING: "Clarifying: every finding stays as it is",
    Class.EDITORIAL: "Editorial: nothing that is judged is another",
}
ERRORS = "Errors: these break the rules by which ids and releases are kept"
BESIDE = "Beside the catalog: other files that this changes"

_IN_WORDS = frozenset(("statement-changed", "statement-clarified", "principle-statement", "id-reused", "title-changed"))
"""Changes of a text that is shown word by word; of other prose only its name is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInput:
    """A comparison of two sides, and from which class on it fails without a reason.

    `beside` are the other files that differ, None where nobody asked.
    """

    comparison: Comparison
    old: Side
    new: Side
    fail_on: Class | None = None
    titles: dict[str, str] = field(default_factory=dict)
    beside: tuple[Beside, ...] | None = None


def outline(given: DifferenceInput) -> Outline:
    """The comparison as an outline."""
    comparison = given.comparison
    errors = comparison.errors()
    sections = [Section(ERRORS, tuple(_items(errors, given)))] if errors else []
    for class_ in reversed(Class):
        some = [one for one in comparison.changes if one.class_ is class_ and not one.is_error]
        if some:
            items = _names(some, given) if class_ is Class.EDITORIAL else _items(some, given)
            sections.append(Section(TITLES[class_], tuple(items)))
    if given.beside is not None:
        sections.append(Section(BESIDE, tuple(_beside(given.beside))))
    return Outline(
        title=f"From {given.old.name} to {given.new.name}",
        lines=(_counts(comparison), *_version(comparison)),
        sections=tuple(sections),
        tail=tuple(_verdict(given)),
    )


def _counts(comparison: Comparison) -> str:
    if not comparison.changes:
        return "Nothing that the catalog means has changed."
    counts = Counter(one.class_ for one in comparison.changes)
    said = [f"{counts[one]} {one}" for one in reversed(Class) if counts[one]]
    return f"{number(len(comparison.changes), 'change')}: {listed(said)}."


def _version(comparison: Comparison) -> Iterator[str]:
    old, new = comparison.old_version, comparison.new_version
    if comparison.given is None:
        yield f"The version goes back, from {old} to {new}."
    elif comparison.needed is Step.NONE:
        yield f"Version {old}, now {new}." if old != new else f"Version {old}, before and after."
    elif comparison.given < comparison.needed:
        so_far = f"it still says {new}" if old == new else f"it says {new}"
        yield (
            f"After {old} this is a {comparison.needed} step: the next release is {comparison.next_version} at least; "
            f"{so_far}."
        )
    else:
        yield f"After {old} this is a {comparison.needed} step, and {new} takes it."


def _items(changes: Iterable[Change], given: DifferenceInput) -> Iterator[Item]:
    for at, some in _by_id(changes).items():
        reasons = dict.fromkeys(f"Because: {one.because}" for one in some if one.because is not None)
        yield Item(_name(at, given), (*(line for one in some for line in change_lines(one)), *reasons))


def _beside(files: tuple[Beside, ...]) -> Iterator[Item]:
    """Every file that a reviewer must look at, by name; of the rest the number."""
    grave = [one for one in files if one.why is not Why.OTHER]
    yield from (Item(f"{one.path}: {one.how}", (f"It {one.why}.",)) for one in grave)
    if others := len(files) - len(grave):
        yield Item(f"{number(others, 'other file')}, none of which a tool runs.")
    if not files:
        yield Item("None.")


def _names(changes: Iterable[Change], given: DifferenceInput) -> Iterator[Item]:
    """Each with the names of its texts that are others; whoever wants the texts has them in the files."""
    for at, some in _by_id(changes).items():
        parts = dict.fromkeys(one.part or KINDS[one.kind].says for one in some)
        yield Item(_name(at, given), (", ".join(parts),))


def _by_id(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for one in changes:
        found.setdefault(one.at, []).append(one)
    return found


def _name(at: str, given: DifferenceInput) -> str:
    title = given.titles.get(at)
    return f"{at} {title}" if title else at


def change_lines(one: Change) -> Iterator[str]:
    """A change in a sentence, with what was and what is."""
    says = KINDS[one.kind].says
    says = says[:1].upper() + says[1:]
    if one.kind in _IN_WORDS:
        yield f"{says}:"
        yield word_diff(one.before or "", one.after or "")
    else:
        part = f" ({one.part})" if one.part else ""
        yield f"{says}{part}{_texts(one)}"
    if one.witness is not None:
        facts = f"with {selector_text(one.witness)}" if one.witness else "that declares nothing"
        yield f"For example a project {facts}."


def _texts(one: Change) -> str:
    if one.before is not None and one.after is not None:
        return f": {one.before} \u2192 {one.after}"
    given = one.before if one.after is None else one.after
    return f": {given}" if given is not None else "."


def _verdict(given: DifferenceInput) -> Iterator[str]:
    failing = given.comparison.failing(given.fail_on)
    errors = [one for one in failing if one.is_error]
    others = len(failing) - len(errors)
    if errors:
        yield f"{number(len(errors), 'error')}: an id keeps its meaning for ever, and what was released stays listed."
    if others:
        yield (
            f"{number(others, 'change')} {verb(others, 'is', 'are')} {given.fail_on} or worse and "
            f"{verb(others, 'carries', 'carry')} no reason (because: in the files, or --because ID=REASON)."
        )


def values(given: DifferenceInput) -> dict[str, object]:
    """The comparison as JSON values."""
    comparison = given.comparison
    failing = comparison.failing(given.fail_on)
    return {
        "handrail": 1,
        "old": _side(given.old, comparison.old_version),
        "new": _side(given.new, comparison.new_version),
        "needed_step": comparison.needed.value,
        "given_step": comparison.given.value if comparison.given else None,
        "next_version": comparison.next_version,
        "counts": {one.value: sum(c.class_ is one for c in comparison.changes) for one in Class},
        "changes": [
            {
                "id": one.at,
                "change": one.kind,
                "class": one.class_.value,
                "step": STEPS[one.class_].value,
                "error": one.is_error,
                "failing": one in failing,
                "says": KINDS[one.kind].says,
                "part": one.part,
                "before": one.before,
                "after": one.after,
                "witness": {k: list(v) for k, v in one.witness.items()} if one.witness is not None else None,
                "because": one.because,
            }
            for one in comparison.changes
        ],
        **(
            {"beside": [{"path": one.path, "how": one.how, "why": one.why} for one in given.beside]}
            if given.beside is not None
            else {}
        ),
    }


def _side(side: Side, version: str) -> dict[str, str]:
    return {"name": side.name, "version": version, "digest": side.digest}


def titles_of(*sides: Side) -> dict[str, str]:
    """The title of everything that a change can be of; where both catalogs have it, the last one's."""
    found: dict[str, str] = {}
    for bundle in (side.bundle for side in sides):
        found |= {one.id: one.title for one in bundle.principles}
        found |= {name: one.title for name, one in bundle.controls.items()}
        found |= {one.checklist.id: f"(checklist) {one.checklist.title}" for one in bundle.checklists}
        found |= {name: f"(reference) {file.reference.short}" for name, file in bundle.references.items()}
        found |= {name: f"(fact) {one.title}" for name, one in bundle.facts.items()}
        found |= {name: f"(attestor) {one.name}" for name, one in bundle.attestors.items()}
    return found
