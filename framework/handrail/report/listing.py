"""Lists of what the catalog holds, for `list`: rows as JSON values and as a table; and the figures of `lint`.

Belongs here: which columns each list has, and how a table is laid out. Never here: which controls apply
(`catalog.query`), reading figures (`catalog.stats`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from handrail.catalog.query import ListedControl, list_controls
from handrail.catalog.resolve import selected
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.kinds import KINDS
from handrail.model.terms import Level, Phase
from handrail.source.escape import terminal

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is listed: for controls, only those that apply by the facts, with a level or phase."""

    facts: Selector
    level: Level | None
    phase: Phase | None
    as_of: date


def _controls(bundle: Bundle, asked: Question) -> Iterator[Row]:
    listed = list_controls(
        bundle,
        asked.facts,
        as_of=asked.as_of,
        levels=(asked.level,) if asked.level else (),
        phases=(asked.phase,) if asked.phase else (),
    )
    return (_control(one) for one in listed)


def _control(one: ListedControl) -> Row:
    return {
        "id": one.control.id,
        "level": one.level.value,
        "level_reason": one.level_reason.value,
        "effort": one.control.effort.value,
        "title": one.control.title,
        "principle": one.principle,
        "phase": one.phase.value,
        "scope": one.control.scope.value,
        "status": one.status.value,
        "reason": one.reason,
        "checklists": list(one.checklists),
        "duties": [duty.model_dump(mode="json", by_alias=True) for duty in one.duties],
    }


def _principles(bundle: Bundle, asked: Question) -> Iterator[Row]:
    for one in bundle.principles:
        if asked.phase in (None, one.phase):
            controls = sum(principle == one.id for principle in bundle.principle_of.values())
            yield {"id": one.id, "phase": one.phase.value, "controls": controls, "title": one.title}


def _checklists(bundle: Bundle, asked: Question) -> Iterator[Row]:
    for one in bundle.checklists:
        info = one.checklist
        yield {"id": info.id, "role": info.role, "controls": len(selected(one, bundle)), "title": info.title}


def _references(bundle: Bundle, asked: Question) -> Iterator[Row]:
    for file in bundle.references.values():
        one = file.reference
        yield {
            "id": one.id,
            "kind": one.kind.value,
            "jurisdiction": one.jurisdiction,
            "status": one.status.value,
            "confidence": one.confidence.value,
            "reviewed_on": one.reviewed_on.isoformat(),
            "clauses": len(file.clauses),
            "title": one.title,
        }


def _mappings(bundle: Bundle, asked: Question) -> Iterator[Row]:
    for control in bundle.controls.values():
        for one in control.mappings:
            yield {
                "id": f"{control.id} {one.reference} {one.clause}",
                "control": control.id,
                "reference": one.reference,
                "clause": one.clause,
                "relation": one.relation.value,
                "confidence": one.confidence.value,
            }


def _kinds(bundle: Bundle, asked: Question) -> Iterator[Row]:
    for one in KINDS.values():
        yield {"name": one.name, "highest": one.highest.value, "extra": one.extra, "title": one.title}


def _facts(bundle: Bundle, asked: Question) -> Iterator[Row]:
    for name, fact in bundle.facts.items():
        yield {"id": name, "many": fact.many, "values": list(fact.values), "title": fact.title}


LISTS: Mapping[str, Callable[[Bundle, Question], Iterator[Row]]] = MappingProxyType(
    {
        "controls": _controls,
        "principles": _principles,
        "checklists": _checklists,
        "references": _references,
        "mappings": _mappings,
        "kinds": _kinds,
        "facts": _facts,
    }
)
"""What can be listed -> its rows."""

TABLE_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "controls": ("id", "level", "effort", "title"),
        "references": ("id", "kind", "status", "confidence", "clauses", "title"),
        "mappings": ("control", "reference", "clause", "relation", "confidence"),
    }
)
"""The columns of a table where JSON has more than fits on a line."""


def rows_of(what: str, bundle: Bundle, asked: Question) -> list[Row]:
    """The rows of a list as JSON values; each carries `id` (kinds: `name`)."""
    return list(LISTS[what](bundle, asked))


def table(what: str, rows: list[Row]) -> str:
    """The rows as aligned columns, a row a line, so that `grep` and `sort` work on them."""
    if not rows:
        return ""
    columns = TABLE_COLUMNS.get(what, tuple(rows[0]))
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells)
    return "".join(f"{line}\n" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "many" if value else "one"
    return terminal(", ".join(value) if isinstance(value, list) else str(value))


def summary_line(bundle: Bundle, *, warnings: int) -> str:
    """What a lint run without errors looked at, in one line."""
    parts = (
        (len(bundle.principles), "principle"),
        (len(bundle.controls), "control"),
        (len(bundle.checklists), "checklist"),
        (len(bundle.references), "reference"),
        (sum(len(control.mappings) for control in bundle.controls.values()), "mapping"),
        (warnings, "warning"),
    )
    return "no errors: " + ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts)


def reading_table(bundle: Bundle) -> str:
    """Sentence length and reading ease (Flesch; higher is easier) of every control."""
    from handrail.catalog.stats import readability

    rows: list[Row] = [
        {
            "id": one.control,
            "statement": f"{one.statement_words} words",
            "longest": f"longest sentence {one.longest_sentence}",
            "guidance": f"guidance {one.guidance_words}",
            "ease": f"ease {one.ease:.0f}",
        }
        for one in readability(bundle)
    ]
    return table("reading", rows)
