"""Two catalogs compared by what they mean: every change with its class, and the version that they need.

Belongs here: putting the comparisons together, and what follows from all of them. Never here: one of them
(`compare_*`), the table of kinds (`classes`), a sentence (`report`).

Law (tested): whatever differs between two bundles is told by some change at its own id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handrail.catalog.change import Change
from handrail.catalog.classes import STEPS, Class, Step
from handrail.catalog.compare_around import compare_around
from handrail.catalog.compare_checklists import compare_checklists
from handrail.catalog.compare_controls import compare_controls
from handrail.catalog.selector_compare import Vocabularies
from handrail.model.bundle import Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All changes from one catalog to another: the worst class first, within a class in the order of the catalog."""

    old_version: str
    new_version: str
    changes: tuple[Change, ...]

    @property
    def needed(self) -> Step:
        """The step of the version that the changes need."""
        return max((STEPS[one.class_] for one in self.changes), default=Step.NONE)

    @property
    def given(self) -> Step | None:
        """The step that was made; None if the version went back."""
        was, now = _numbers(self.old_version), _numbers(self.new_version)
        if now < was:
            return None
        first = next((place for place in range(3) if was[place] != now[place]), 3)
        return (Step.MAJOR, Step.MINOR, Step.PATCH, Step.NONE)[first]

    @property
    def next_version(self) -> str:
        """The least version that the changes need."""
        major, minor, patch = _numbers(self.old_version)
        return {
            Step.NONE: self.old_version,
            Step.PATCH: f"{major}.{minor}.{patch + 1}",
            Step.MINOR: f"{major}.{minor + 1}.0",
            Step.MAJOR: f"{major + 1}.0.0",
        }[self.needed]

    def errors(self) -> tuple[Change, ...]:
        """The changes that break the rules by which ids and releases are kept."""
        return tuple(one for one in self.changes if one.is_error)

    def failing(self, least: Class | None) -> tuple[Change, ...]:
        """Errors, and the changes of this class or a worse one that carry no reason; None: errors only."""
        return tuple(
            one
            for one in self.changes
            if one.is_error or (least is not None and one.class_ >= least and one.because is None)
        )


def compare(old: Bundle, new: Bundle, *, new_digest: str, because: Mapping[str, str] | None = None) -> Comparison:
    """Compare two catalogs.

    Args:
        old: the catalog before.
        new: the catalog after.
        new_digest: its digest: a bundle does not list itself among its releases.
        because: id -> reason, for changes that carry none in the files.

    In the files a reason counts for the change that brings it: one that the old catalog gives already does not.
    """
    facts = Vocabularies.of(old.facts, new.facts)
    changes = [
        *compare_controls(old, new, facts),
        *compare_checklists(old, new),
        *compare_around(old, new, new_digest=new_digest),
    ]
    changes += _untold(old, new, {one.at for one in changes})
    reasons = {**(because or {}), **_reasons(old, new)}
    given = (replace(one, because=one.because or reasons.get(one.at)) for one in changes)
    return Comparison(
        old_version=old.catalog.version,
        new_version=new.catalog.version,
        changes=tuple(sorted(given, key=lambda one: (not one.is_error, -one.class_.rank))),
    )


def _reasons(old: Bundle, new: Bundle) -> dict[str, str]:
    """Id -> what is new among the reasons that its file gives."""
    was, now = (
        {p.id: p.changes for p in one.principles} | {name: c.changes for name, c in one.controls.items()}
        for one in (old, new)
    )
    fresh = {name: [one.because for one in given if one not in was.get(name, ())] for name, given in now.items()}
    return {name: " ".join(texts) for name, texts in fresh.items() if texts}


def _untold(old: Bundle, new: Bundle, told: set[str]) -> Iterator[Change]:
    """What is written otherwise and asks for the same, or for what another change tells of: another order, say."""
    tables = (
        (old.controls, new.controls),
        ({one.id: one for one in old.principles}, {one.id: one for one in new.principles}),
        ({one.checklist.id: one for one in old.checklists}, {one.checklist.id: one for one in new.checklists}),
        (old.references, new.references),
        (old.facts, new.facts),
    )
    for was, now in tables:
        for name in was.keys() & now.keys() - told:
            if was[name] != now[name]:
                yield Change(kind="prose-changed", at=name, part="written otherwise")
    if "catalog" not in told and [*old.controls] != [*new.controls] and old.controls.keys() == new.controls.keys():
        yield Change(kind="prose-changed", at="catalog", part="order of the controls")


def _numbers(version: str) -> tuple[int, int, int]:
    major, minor, patch = ([int(part) for part in version.split(".")] + [0, 0])[:3]
    return major, minor, patch
