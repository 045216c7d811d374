"""One entry of the catalog for `show`: a control, principle, checklist, reference or kind.

Belongs here: what is shown of each, as text and as JSON values. Never here: finding it by facts (`catalog.query`).
"""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from collections.abc import Iterator
from datetime import date

from handrail.catalog.resolve import alternatives, prerequisites, selected
from handrail.model.base import Record, Selector, days_text
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Escalation, Principle, Requirement
from handrail.model.kinds import KINDS, Kind
from handrail.model.vocabulary import ChecklistFile, ReferenceFile
from handrail.report.overlays import overlay_lines
from handrail.source.escape import terminal

_WIDEST = 92
_ITEM = re.compile(r"([0-9]{1,2}\.|-) ")


def entry_json(what: str, bundle: Bundle) -> dict[str, object] | None:
    """The entry as JSON values, or None if the catalog has none of that name."""
    kind = KINDS.get(what)
    if kind is not None:
        return _kind_json(kind)
    found = _find(what, bundle)
    if found is None:
        return None
    values: dict[str, object] = found.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(found, Control):
        principle = bundle.principle_of[found.id]
        return {**values, "principle": principle, "fingerprint": bundle.fingerprints[found.id]}
    return values


def entry_text(what: str, bundle: Bundle, *, as_of: date, colour: bool) -> str | None:
    """The entry as text for a terminal, or None if the catalog has none of that name."""
    kind = KINDS.get(what)
    lines: Iterator[str] | None = None
    if kind is not None:
        lines = _kind_text(kind)
    else:
        match _find(what, bundle):
            case Control() as control:
                lines = _control_text(control, bundle, as_of)
            case Principle() as principle:
                lines = _principle_text(principle, bundle)
            case ChecklistFile() as checklist:
                lines = _checklist_text(checklist, bundle)
            case ReferenceFile() as reference:
                lines = _reference_text(reference, bundle)
    if lines is None:
        return None
    bold, reset = ("\x1b[1m", "\x1b[0m") if colour else ("", "")
    first, *rest = lines
    return "\n".join([f"{bold}{first}{reset}", *rest]).rstrip("\n") + "\n"


def _find(what: str, bundle: Bundle) -> Record | None:
    if what.upper() in bundle.controls:
        return bundle.controls[what.upper()]
    principles = {p.id: p for p in bundle.principles}
    checklists = {c.checklist.id: c for c in bundle.checklists}
    return principles.get(what.upper()) or checklists.get(what) or bundle.references.get(what)


def _control_text(control: Control, bundle: Bundle, as_of: date) -> Iterator[str]:
    principle = next(p for p in bundle.principles if p.id == bundle.principle_of[control.id])
    yield f"{control.id}  {terminal(control.title)}"
    yield f"{control.level.upper()} (this catalogue); answered for each {control.scope}; effort {control.effort}"
    yield f"principle {principle.id} ({principle.phase}); text {bundle.fingerprints[control.id]}"
    yield ""
    yield from _wrapped(control.statement)
    yield from _wrapped(control.question)
    if control.rationale:
        yield from _section("Why", control.rationale)
    yield from _listed("Applies to", _selector(control.applies_when) or ["every project"])
    yield from _listed("Unless all of", _selector(control.unless))
    yield from _listed("Stricter", [_escalation(e, bundle, as_of) for e in control.escalates])
    yield from _listed("Requires", [" or ".join(group) for group in prerequisites(control)])
    yield from _listed("Best done after", list(control.follows))
    yield from _listed(
        "Evidence asked for", [line for group in control.evidence for line in _group(alternatives(group))]
    )
    yield from _listed("Asked for beyond the catalog", [terminal(line) for line in overlay_lines(control.id, bundle)])
    yield from _section("How to begin", control.guidance)
    yield from _listed(
        "Answers to",
        [
            f"{terminal(bundle.references[m.reference].reference.short)} {terminal(m.clause)} "
            f"({m.relation}, {m.confidence})"
            for m in control.mappings
        ],
    )
    yield from _listed("Changed", [f"in version {one.version}: {terminal(one.because)}" for one in control.changes])


def _group(requirements: tuple[Requirement, ...]) -> Iterator[str]:
    for one in requirements:
        what = f"{one.id}: {terminal(one.title)} ({one.kind}, at least {one.assurance}"
        what += f", at most {days_text(one.max_age)} old" if one.max_age else ""
        asks = "".join(f"; {terminal(line)}" for line in parameter_lines(one))
        yield f"{'' if one is requirements[0] else 'or '}{what}, {one.handling}){asks}"


def parameter_lines(requirement: Requirement) -> Iterator[str]:
    """One line for each parameter, in the words of its kind; one that is switched off says nothing."""
    kind = KINDS.get(requirement.kind)
    for name, value in requirement.parameters.items():
        about = kind.parameters[name].about if kind and name in kind.parameters else name
        if value in (True, "true"):
            yield about
        elif value not in (False, "false"):
            yield f"{about}: {_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return " ".join(_shown(one) if key == "path" else f"{key} {_shown(one)}" for key, one in value.items())
    return json.dumps(value)


def _escalation(escalation: Escalation, bundle: Bundle, as_of: date) -> str:
    reference = bundle.references[escalation.reference]
    clause = reference.clauses[escalation.clause]
    days = (f" from {escalation.start}" if escalation.start else "") + (
        f" until {escalation.until}" if escalation.until else ""
    )
    began = escalation.start is not None and escalation.start <= as_of
    state = ", in force" if began or escalation.start is None else ""
    when = f" for {'; '.join(_selector(escalation.when))}" if escalation.when else ""
    where = f"{terminal(reference.reference.short)} {terminal(escalation.clause)}, {clause.confidence}"
    return f"{escalation.level.upper()}{days}{state}{when} ({where})"


def _selector(selector: Selector) -> list[str]:
    return [f"{name}: {', '.join(values)}" for name, values in selector.items()]


def _principle_text(principle: Principle, bundle: Bundle) -> Iterator[str]:
    yield f"{principle.id}  {terminal(principle.title)}"
    yield f"{principle.phase}; kept by {terminal(bundle.stewards[principle.steward].name)}; since {principle.since}"
    yield ""
    yield from _wrapped(principle.statement)
    yield from _section("Why", principle.rationale)
    yield from _listed(
        "Controls",
        [
            f"{one.id}  {one.level.upper():<6} {terminal(one.title)}"
            for one in bundle.controls.values()
            if bundle.principle_of[one.id] == principle.id
        ],
    )


def _checklist_text(checklist: ChecklistFile, bundle: Bundle) -> Iterator[str]:
    yield f"{checklist.checklist.id}  {terminal(checklist.checklist.title)}"
    yield ""
    yield from _wrapped(checklist.checklist.introduction)
    controls = [bundle.controls[one] for one in selected(checklist, bundle)]
    yield from _listed(
        "Controls, in the order of work",
        [f"{one.id}  {one.level.upper():<6} {one.effort}  {terminal(one.title)}" for one in controls],
    )


def _reference_text(file: ReferenceFile, bundle: Bundle) -> Iterator[str]:
    reference = file.reference
    yield f"{reference.id}  {terminal(reference.title)}"
    yield f"{reference.kind}, {reference.status}; confidence {reference.confidence}; reviewed {reference.reviewed_on}"
    if reference.url:
        yield terminal(reference.url)
    yield ""
    if reference.note:
        yield from _section("Note", reference.note)
    mapped: dict[str, list[str]] = {}
    for control in bundle.controls.values():
        for mapping in control.mappings:
            if mapping.reference == reference.id:
                mapped.setdefault(mapping.clause, []).append(control.id)
    yield from _listed(
        "Clauses",
        [
            f"{terminal(name)}: {terminal(clause.title)} ({clause.confidence})"
            + (f" \u2190 {', '.join(mapped[name])}" if name in mapped else "")
            for name, clause in file.clauses.items()
        ],
    )


def _kind_json(kind: Kind) -> dict[str, object]:
    return {
        "name": kind.name,
        "title": kind.title,
        "highest": kind.highest.value,
        "pointer": kind.pointer,
        "extra": kind.extra,
        "verifies": list(kind.verifies),
        "does_not_verify": list(kind.does_not_verify),
        "parameters": {
            name: {"type": p.type.value, "about": p.about, "required": p.required, "default": p.default}
            for name, p in kind.parameters.items()
        },
    }


def _kind_text(kind: Kind) -> Iterator[str]:
    yield f"{kind.name}  {kind.title}"
    extra = f'; needs pip install "handrail[{kind.extra}]"' if kind.extra else ""
    yield f"reaches at most {kind.highest}; pointed at by `{kind.pointer}`{extra}"
    yield ""
    yield from _listed("Verifies", list(kind.verifies))
    yield from _listed("Does not verify", list(kind.does_not_verify))
    yield from _listed(
        "Parameters (under `with`)",
        [
            f"{name}: {p.about} ({p.type}{', required' if p.required else ''}"
            + (f", default {p.default}" if p.default else "")
            + ")"
            for name, p in kind.parameters.items()
        ],
    )


def _section(title: str, text: str) -> Iterator[str]:
    yield title
    yield from _wrapped(text)


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    """A titled list and an empty line; nothing where the list is empty."""
    if lines:
        yield title
        for line in lines:
            yield from textwrap.wrap(
                line, _width(), initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False
            )
        yield ""


def _wrapped(text: str) -> Iterator[str]:
    """Markdown prose for a terminal: paragraphs and list items re-wrapped, the marks of emphasis taken out."""
    for block in text.strip().split("\n\n"):
        item = ""
        for line in block.split("\n"):
            if _ITEM.match(line) and item:
                yield from _paragraph(item)
                item = ""
            item = f"{item} {line.strip()}".strip()
        yield from _paragraph(item)
        yield ""


def _paragraph(text: str) -> Iterator[str]:
    hanging = " " * len(mark[0]) if (mark := _ITEM.match(text)) else ""
    yield from textwrap.wrap(
        terminal(text.replace("**", "")),
        _width(),
        initial_indent="  ",
        subsequent_indent=f"  {hanging}",
        break_on_hyphens=False,
    )


def _width() -> int:
    return min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)
