"""The escalations of two versions of a control, clause by clause.

Belongs here: what raises a level for some projects or from a day. Never here: which day it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handrail.catalog.change import Change, selector_text
from handrail.catalog.containment import Scope
from handrail.catalog.selector_compare import Vocabularies
from handrail.model.base import Selector, days_text
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Escalation
from handrail.model.terms import Confidence, ReferenceKind

_Key = tuple[str, str, int]
"""Reference, clause, and which of the escalations by that clause."""


def compare_duties(before: Control, after: Control, old: Bundle, new: Bundle, facts: Vocabularies) -> Iterator[Change]:
    """Give every change of the escalations, and of what their clauses are worth."""
    was, now = _by_clause(before), _by_clause(after)
    for key in dict.fromkeys((*was, *now)):
        one, other = was.get(key), now.get(key)
        part = f"escalates: {key[0]}, {key[1]}"
        if one is None and other is not None:
            kind = "escalation-added" if binds(other, new) else "duty-shown"
            yield Change(kind=kind, at=after.id, part=part, after=duty_text(other))
        elif one is not None and other is None:
            kind = "escalation-removed" if binds(one, old) else "duty-shown"
            yield Change(kind=kind, at=after.id, part=part, before=duty_text(one))
        elif one is not None and other is not None:
            yield from _worth(after.id, part, one, other, old, new)
            for stricter, name, texts, witness in _differences(one, other, facts):
                kind = "escalation-stricter" if stricter else "escalation-weaker"
                yield Change(
                    kind=kind if binds(one, old) or binds(other, new) else "duty-shown",
                    at=after.id,
                    part=f"{part}: {name}",
                    before=texts[0],
                    after=texts[1],
                    witness=witness,
                )


def binds(escalation: Escalation, bundle: Bundle) -> bool:
    """Its clause is known well enough to change a level."""
    clause = bundle.references[escalation.reference].clauses[escalation.clause]
    return clause.confidence > Confidence.MEMORY


def duty_text(one: Escalation) -> str:
    """An escalation in one line."""
    parts = [one.level.value, f"when {selector_text(one.when)}" if one.when else ""]
    parts += [
        f"from {one.start.isoformat()}" if one.start else "",
        f"until {one.until.isoformat()}" if one.until else "",
    ]
    parts += [f"evidence at most {one.max_age.days} days old" if one.max_age else ""]
    return ", ".join(filter(None, parts))


def _by_clause(control: Control) -> dict[_Key, Escalation]:
    found: dict[_Key, Escalation] = {}
    for one in control.escalates:
        number = sum(key[:2] == (one.reference, one.clause) for key in found)
        found[one.reference, one.clause, number] = one
    return found


def _worth(at: str, part: str, one: Escalation, other: Escalation, old: Bundle, new: Bundle) -> Iterator[Change]:
    """Whether the clause, with the escalation as it was, raises levels, and whether as a law."""
    was, now = _rank(one, old), _rank(other, new)
    if was != now:
        words = ("shown only", "raises levels", "raises levels by law")
        kind = "duty-bound" if now > was else "duty-unbound"
        yield Change(kind=kind, at=at, part=part, before=words[was], after=words[now])


def _rank(one: Escalation, bundle: Bundle) -> int:
    is_law = bundle.references[one.reference].reference.kind is ReferenceKind.LAW
    return 0 if not binds(one, bundle) else 2 if is_law else 1


_Difference = tuple[bool, str, tuple[str | None, str | None], Selector | None]
"""Whether it is stricter, which key, both texts, a project that it concerns."""


def _differences(one: Escalation, other: Escalation, facts: Vocabularies) -> Iterator[_Difference]:
    if one.level is not other.level:
        yield other.level > one.level, "level", (one.level, other.level), None
    found = facts.compare(Scope(one.when, {}), Scope(other.when, {}))
    texts = (selector_text(one.when) or "everyone", selector_text(other.when) or "everyone")
    for stricter, witness in ((True, found.widened), (False, found.narrowed)):
        if witness is not None:
            yield stricter, "when", texts, witness
    for name, was, now, earliest in (
        ("from", one.start or date.min, other.start or date.min, True),
        ("until", one.until or date.max, other.until or date.max, False),
    ):
        if was != now:
            yield (now < was) is earliest, name, (_day(was), _day(now)), None
    if one.max_age != other.max_age:
        ages = [age if age is not None else timedelta.max for age in (one.max_age, other.max_age)]
        yield ages[1] < ages[0], "max_age", (_age(one.max_age), _age(other.max_age)), None


def _day(given: date) -> str | None:
    return None if given in (date.min, date.max) else given.isoformat()


def _age(given: timedelta | None) -> str | None:
    return None if given is None else days_text(given)
