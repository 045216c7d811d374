"""One change between two catalogs, and what two lists of alternatives ask for.

Belongs here: the shape of a change, and the small comparisons that several rooms of the comparison share. Never here:
which changes there are (`compare_*`), their classes (`classes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from handrail.catalog.classes import KINDS, Class
from handrail.model.base import Selector, days_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change. `at` is an id of the catalog, `part` the place within it.

    `before` and `after` are as the files write them; None where there was, or is, nothing. `witness` are facts of a
    project that a changed scope takes in or leaves out. `because` is the reason that the change carries in the files.
    A `dormant` change is of a control that is judged neither before nor after, and so is editorial at most.
    """

    kind: str
    at: str
    part: str | None = None
    before: str | None = None
    after: str | None = None
    witness: Selector | None = None
    because: str | None = None
    dormant: bool = False

    @property
    def class_(self) -> Class:
        """What it does to the projects that are judged."""
        return Class.EDITORIAL if self.dormant and not self.is_error else KINDS[self.kind].class_

    @property
    def is_error(self) -> bool:
        """It breaks the rules by which ids and releases are kept."""
        return KINDS[self.kind].error


Clause = frozenset[str]
"""Alternatives of which one suffices."""


def asked_otherwise(
    before: Iterable[Clause], after: Iterable[Clause]
) -> tuple[list[tuple[Clause, Clause | None]], list[Clause]]:
    """What is no longer asked, each with the wider choice that took its place if one did; and what is asked now.

    A list of choices asks for one of each. The new list still asks for an old choice if some new one lies within it.
    """
    was, now = list(dict.fromkeys(before)), list(dict.fromkeys(after))
    lost = [one for one in was if not any(other <= one for other in now)]
    gained = [one for one in now if not any(other <= one for other in was)]
    wider = [(one, next((other for other in now if one < other), None)) for one in lost]
    return wider, gained


def spelled(clause: Clause) -> str:
    """A choice as it is read: `A`, or `one of A, B`."""
    members = sorted(clause)
    return members[0] if len(members) == 1 else f"one of {', '.join(members)}"


def selector_text(selector: Selector) -> str:
    """A selector as one line of YAML writes it."""
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in selector.items())


def scope_text(applies_when: Selector, unless: Selector) -> str:
    """Whom a control applies to, in one line."""
    when = selector_text(applies_when) or "everyone"
    return f"{when} (unless {selector_text(unless)})" if unless else when


def fields(kind: str, at: str, before: object, after: object, names: Iterable[str]) -> Iterator[Change]:
    """A change of one kind for each of these fields of two records that differs, with the texts of both."""
    for name in names:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Change(kind=kind, at=at, part=name, before=_text(was), after=_text(now))


def come_and_gone(
    kind: str, old: Mapping[str, str], new: Mapping[str, str], *, within: str | None = None
) -> Iterator[Change]:
    """`<kind>-added` and `<kind>-removed`, for tables of name -> title; names are ids, or parts within one."""
    for name in dict.fromkeys((*old, *new)):
        if (name in old) != (name in new):
            at, part = (name, None) if within is None else (within, name)
            how = "removed" if name in old else "added"
            yield Change(kind=f"{kind}-{how}", at=at, part=part, before=old.get(name), after=new.get(name))


def _text(value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, timedelta):
        return days_text(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
