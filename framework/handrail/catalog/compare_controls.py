"""The controls of two catalogs: which came and went, and what of each is another.

Belongs here: ids over time, and every field of a control but its evidence (`compare_evidence`). Never here: what
stands around the controls (`compare_around`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from handrail.catalog.change import Change, asked_otherwise, fields, scope_text, spelled
from handrail.catalog.compare_duties import compare_duties
from handrail.catalog.compare_evidence import compare_evidence
from handrail.catalog.containment import Scope
from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.resolve import prerequisites, selected
from handrail.catalog.selector_compare import Vocabularies
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.terms import Disclosure, Status

_UNJUDGED = (Status.DRAFT, Status.RETIRED)


def compare_controls(old: Bundle, new: Bundle, facts: Vocabularies) -> Iterator[Change]:
    """Give every change of every control, in the order of the new catalog, and what is gone last."""
    released = _released(old, new)
    renamed = _renamed(old, new)
    for one, control in new.controls.items():
        before = renamed.get(one, one)
        if before not in old.controls:
            yield from _new(control, new, released)
            continue
        if before != one:
            yield Change(kind="control-renamed", at=one, before=before, after=one)
        yield from _both(old.controls[before], control, old, new, facts)
    for one in old.controls:
        if one in new.controls:
            continue
        unjudged = status_of(one, old)
        if one in released or unjudged is Status.RETIRED:
            versions = f", released in {released[one][0]}" if one in released else ""
            yield Change(kind="id-dropped", at=one, before=f"{old.controls[one].title} ({unjudged}{versions})")
        elif one not in renamed.values():
            kind = "draft-removed" if unjudged is Status.DRAFT else "control-removed"
            yield Change(kind=kind, at=one, before=old.controls[one].title)


def status_of(control: str, bundle: Bundle) -> Status:
    """A control's own status, else that of its principle."""
    own = bundle.controls[control].status
    return own or next(p.status for p in bundle.principles if p.id == bundle.principle_of[control])


def _released(old: Bundle, new: Bundle) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Id -> the first release that has it, and the fingerprints that it ever had."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for release in (*old.releases, *new.releases):
        for one, text in release.fingerprints.items():
            version, texts = found.get(one, (release.version, frozenset()))
            found[one] = (version, texts | {text})
    return found


def _renamed(old: Bundle, new: Bundle) -> dict[str, str]:
    """New id -> old id, of controls that say the same or are titled the same under another id."""
    found: dict[str, str] = {}
    for mark in (_statement, _title):
        gone = {mark(old.controls[one]): one for one in old.controls if one not in new.controls}
        for one, control in new.controls.items():
            before = gone.get(mark(control))
            if one not in old.controls and one not in found and before is not None and before not in found.values():
                found[one] = before
    return found


def _statement(control: Control) -> str:
    return fingerprint(control.statement)


def _title(control: Control) -> str:
    return " ".join(control.title.casefold().split())


def _new(control: Control, new: Bundle, released: Mapping[str, tuple[str, frozenset[str]]]) -> Iterator[Change]:
    status = status_of(control.id, new)
    if control.id in released:
        version, texts = released[control.id]
        if new.fingerprints[control.id] not in texts:
            before = f"what release {version} had under this id"
            yield Change(kind="id-reused", at=control.id, before=before, after=control.statement)
        elif status not in _UNJUDGED:
            yield Change(kind="control-brought-back", at=control.id, after=control.title)
        return
    lists = [one.checklist.id for one in new.checklists if control.id in selected(one, new)]
    told = f"{control.title} ({control.level}; {', '.join(lists) or 'no checklist'})"
    kind = "draft-added" if status in _UNJUDGED else "control-added"
    yield Change(kind=kind, at=control.id, after=told)


def _both(before: Control, after: Control, old: Bundle, new: Bundle, facts: Vocabularies) -> Iterator[Change]:
    was, now = status_of(before.id, old), status_of(after.id, new)
    dormant = was in _UNJUDGED and now in _UNJUDGED
    reused = (
        was is Status.RETIRED and now not in _UNJUDGED and old.fingerprints[before.id] != new.fingerprints[after.id]
    )
    if reused:
        yield Change(kind="id-reused", at=after.id, before=before.statement, after=after.statement)
    elif was is not now:
        yield Change(kind=_status_kind(was, now), at=after.id, before=was, after=now)
    changes = (
        *fields("replacement-named", after.id, before, after, ("replaced_by",)),
        *(() if reused else _texts(before, after)),
        *_binding(before, after, old, new, facts),
        *compare_evidence(before, after),
        *_mappings(before, after),
    )
    yield from (replace(one, dormant=True) for one in changes) if dormant else changes


def _status_kind(was: Status, now: Status) -> str:
    if now is Status.RETIRED:
        return "control-status" if was is Status.DRAFT else "control-retired"
    if now is Status.DRAFT:
        return "control-status" if was is Status.RETIRED else "control-back-to-draft"
    if was in _UNJUDGED:
        return "control-activated" if was is Status.DRAFT else "control-brought-back"
    return "control-deprecated" if now is Status.DEPRECATED else "control-status"


def _texts(before: Control, after: Control) -> Iterator[Change]:
    at = after.id
    was, now = fingerprint(before.statement), fingerprint(after.statement)
    reasons = {one.fingerprint: one.reason for one in after.same_meaning_as}
    for one in fields("statement-respaced", at, before, after, ("statement",)):
        same = "statement-clarified" if was in reasons else "statement-changed"
        yield one if was == now else replace(one, kind=same, because=reasons.get(was))
    stood = {was, *(one.fingerprint for one in before.same_meaning_as)}
    for text, reason in reasons.items():
        if text not in stood:
            yield Change(kind="earlier-text-stands", at=at, part="same_meaning_as", after=text, because=reason)
    if was == now or was in reasons:  # else no earlier text stands, which was told
        for text in sorted(stood - {now, *reasons}):
            yield Change(kind="earlier-text-dropped", at=at, part="same_meaning_as", before=text)
    yield from fields("title-changed", at, before, after, ("title",))
    yield from fields("prose-changed", at, before, after, ("question", "rationale", "guidance", "effort", "since"))


def _binding(before: Control, after: Control, old: Bundle, new: Bundle, facts: Vocabularies) -> Iterator[Change]:
    at = after.id
    if before.level is not after.level:
        kind = "level-raised" if after.level > before.level else "level-lowered"
        yield Change(kind=kind, at=at, before=before.level, after=after.level)
    yield from _scope(before, after, facts)
    yield from fields("answered-by", at, before, after, ("scope",))
    lost, gained = asked_otherwise(*(map(frozenset, prerequisites(one)) for one in (before, after)))
    for clause, wider in lost:
        instead = spelled(wider) if wider else None
        yield Change(kind="prerequisite-dropped", at=at, part="requires", before=spelled(clause), after=instead)
    for clause in gained:
        yield Change(kind="prerequisite-added", at=at, part="requires", after=spelled(clause))
    if before.follows != after.follows or (not lost and not gained and before.requires != after.requires):
        yield Change(kind="order-changed", at=at)
    for name, word in (("waive", "waiving"), ("not_applicable", "not-applicable"), ("inherit", "inheriting")):
        if getattr(before.allow, name) != getattr(after.allow, name):
            kind = f"{word}-{'allowed' if getattr(after.allow, name) else 'refused'}"
            yield Change(kind=kind, at=at, part=f"allow: {name}")
    if before.disclosure is not after.disclosure:
        kind = "disclosure-finer" if after.disclosure is Disclosure.CONTROL else "disclosure-coarser"
        yield Change(kind=kind, at=at, before=before.disclosure, after=after.disclosure)
    yield from compare_duties(before, after, old, new, facts)


def _scope(before: Control, after: Control, facts: Vocabularies) -> Iterator[Change]:
    found = facts.compare(Scope.of(before), Scope.of(after))
    was, now = scope_text(before.applies_when, before.unless), scope_text(after.applies_when, after.unless)
    if found.widened is not None:
        yield Change(kind="scope-widened", at=after.id, before=was, after=now, witness=found.widened)
    if found.narrowed is not None:
        yield Change(kind="scope-narrowed", at=after.id, before=was, after=now, witness=found.narrowed)
    if was != now and found.widened is None and found.narrowed is None:
        yield Change(kind="scope-respelled", at=after.id, before=was, after=now)


def _mappings(before: Control, after: Control) -> Iterator[Change]:
    was, now = (_by_clause(one) for one in (before, after))
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) != now.get(key):
            kind = "mapping-added" if key not in was else "mapping-removed" if key not in now else "mapping-changed"
            yield Change(kind=kind, at=after.id, part=key, before=_said(was.get(key)), after=_said(now.get(key)))


def _by_clause(control: Control) -> dict[str, tuple[str, ...]]:
    """`reference, clause` -> what its mappings say, sorted: a clause may be named more than once."""
    found: dict[str, tuple[str, ...]] = {}
    for one in control.mappings:
        said = ", ".join(filter(None, (one.relation.value, one.confidence.value, one.note)))
        key = f"{one.reference}, {one.clause}"
        found[key] = tuple(sorted((*found.get(key, ()), said)))
    return found


def _said(given: Iterable[str] | None) -> str | None:
    return "; ".join(given) if given else None
