"""What a shell offers while a person types: ids of the bundled catalog and values of its facts.

Belongs here: one function for each kind of word. Never here: installing completion, which the command-line library
does. A shell must never show an error of ours, so a catalog that cannot be read offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handrail.model.bundle import Bundle

Words = Iterable[tuple[str, str]]
"""Words, each with what it stands for, which some shells show beside it."""


def controls(incomplete: str) -> list[tuple[str, str]]:
    """Ids of controls."""
    return _offered(incomplete, lambda bundle: ((one, control.title) for one, control in bundle.controls.items()))


def checklists(incomplete: str) -> list[tuple[str, str]]:
    """Ids of checklists."""
    return _offered(incomplete, lambda bundle: ((one.checklist.id, one.checklist.title) for one in bundle.checklists))


def entries(incomplete: str) -> list[tuple[str, str]]:
    """Everything that `show` shows by its id."""
    from handrail.model.kinds import KINDS

    def words(bundle: Bundle) -> Words:
        yield from ((one.id, one.title) for one in bundle.principles)
        yield from ((one, reference.reference.title) for one, reference in bundle.references.items())
        yield from ((one, kind.title) for one, kind in KINDS.items())

    return controls(incomplete) + checklists(incomplete) + _offered(incomplete, words)


def values_of(fact: str) -> Callable[[str], list[tuple[str, str]]]:
    """The values of a fact."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        return _offered(
            incomplete, lambda bundle: ((one, value.label) for one, value in bundle.facts[fact].values.items())
        )

    return complete


def _offered(incomplete: str, words: Callable[[Bundle], Words]) -> list[tuple[str, str]]:
    from handrail.catalog.default import default_bundle
    from handrail.source.diagnostics import InputError

    try:
        bundle, _ = default_bundle()
    except InputError:
        return []
    return [(word, meaning) for word, meaning in words(bundle) if word.startswith(incomplete)]
