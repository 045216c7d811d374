"""Progress between two runs, for people and programs: text, Markdown, JSON.

Belongs here: the words for each class of change, and layout. Never here: which class a control is in
(`assess.progress`); the public page (`report.progress_page`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from handrail.assess.plan import principal_code
from handrail.assess.progress import Move, Movement, MustCount, Progress, of_class
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.terms import Finding
from handrail.report.agreement import listed, number, verb
from handrail.report.canonical import values, values_to_json
from handrail.report.sheet import Sheet
from handrail.report.wording import finding_label
from handrail.source.escape import markdown_inline

TITLES = MappingProxyType(
    {
        Move.IMPROVED: "Improved: open before, satisfied now",
        Move.REGRESSED: "Regressed: satisfied before, open now",
        Move.LAPSED: "Lapsed: what was shown has gone stale",
        Move.EVIDENCE_WITHDRAWN: "Evidence withdrawn: not satisfied before, and now nothing shows it either way; this "
        "is no progress",
        Move.STILL_OPEN: "Open before and now, in another way",
        Move.REWORDED: "Reworded: the statement is another, so before and now do not compare",
        Move.APPEARED: "Appeared: did not count before",
        Move.LEFT_SCOPE: "Left scope: counts no longer; this is no progress",
    }
)
"""What each class of change means, in the order in which they are told."""

ALSO_REWORDED = "its statement is another"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressInput:
    """A comparison and how to show it. The bundle gives titles; an id that it does not know stands alone."""

    progress: Progress
    bundle: Bundle
    sheet: Sheet = field(default_factory=Sheet)


def must_line(count: MustCount, run: Assessment) -> str:
    """How many MUST controls were open on the day of a run."""
    return (
        f"On {run.as_of.isoformat()}, {count.open} of {number(count.applying, 'MUST control')} "
        f"{verb(count.open, 'was', 'were')} open."
    )


def moved(one: Movement, *, public: bool = False) -> str:
    """A control's finding before and now."""
    before, after = (_label(finding, public=public) for finding in (one.before, one.after))
    also = f"; {ALSO_REWORDED}" if one.reworded and one.move is not Move.REWORDED else ""
    return f"{before} \u2192 {after}{also}"


def _label(finding: Finding | None, *, public: bool) -> str:
    return "not counted" if finding is None else finding_label(finding, public=public)


def notes(differs: Iterable[str], relaxed: tuple[str, ...], tightened: tuple[str, ...]) -> tuple[str, ...]:
    """What makes the counts of the two days hard to compare."""
    other = tuple(f"the {name}" for name in differs)
    said = [f"Not the same on both days: {listed(other)}. The counts do not compare."] if other else []
    if relaxed:
        said.append(f"Less strict than before, which closes nothing: {listed(relaxed)}.")
    if tightened:
        said.append(f"Stricter than before: {listed(tightened)}.")
    return tuple(said)


def _head(given: ProgressInput) -> tuple[str, ...]:
    one = given.progress
    days = f"{one.old.as_of.isoformat()} to {one.new.as_of.isoformat()}"
    return (
        f"{one.new.project.name}, {days}",
        f"{must_line(one.must_before, one.old)} {must_line(one.must_after, one.new)}",
        *notes(one.differs, one.relaxed, one.tightened),
    )


def _tail(given: ProgressInput) -> str:
    unchanged = given.progress.unchanged
    return f"{number(unchanged, 'control')} {verb(unchanged, 'is', 'are')} as before."


def _classes(given: ProgressInput) -> Iterator[tuple[str, tuple[Movement, ...]]]:
    for move in Move:
        some = of_class(given.progress.movements, move)
        if some:
            yield TITLES[move], some


def _name(control: str, bundle: Bundle) -> str:
    return f"{control} {bundle.controls[control].title}" if control in bundle.controls else control


def _why(one: Movement, given: ProgressInput) -> str:
    """The reason that says most of a control that is open now."""
    after = next((f for f in given.progress.new.findings if f.control == one.control), None)
    if after is None or not after.finding.is_open:
        return ""
    code = principal_code(after.reasons)
    return next(reason.text for reason in after.reasons if reason.code == code)


def _text(given: ProgressInput) -> str:
    return "\n".join((*_text_lines(given), ""))


def _text_lines(given: ProgressInput) -> Iterator[str]:
    sheet = given.sheet
    for place, sentence in enumerate(_head(given)):
        yield from sheet.text(sentence, first="  " if place else "", bold=not place)
    for title, some in _classes(given):
        yield from sheet.title(title)
        for one in some:
            yield from sheet.text(_name(one.control, given.bundle), first="  ")
            yield from sheet.text(moved(one), first="      ")
            yield from sheet.text(_why(one, given), first="      ")
    yield ""
    yield from sheet.text(_tail(given))


def _markdown(given: ProgressInput) -> str:
    return "\n".join((*_markdown_lines(given), ""))


def _markdown_lines(given: ProgressInput) -> Iterator[str]:
    first, *rest = _head(given)
    yield from (f"## {markdown_inline(first)}", "", markdown_inline(" ".join(rest)))
    for title, some in _classes(given):
        yield from ("", f"### {markdown_inline(title)}", "")
        for one in some:
            yield f"- **{markdown_inline(_name(one.control, given.bundle))}**"
            yield from (f"  <br>{markdown_inline(line)}" for line in (moved(one), _why(one, given)) if line)
    yield from ("", markdown_inline(_tail(given)))


def _json(given: ProgressInput) -> str:
    one = given.progress
    return values_to_json(
        {
            "handrail": 1,
            "project": one.new.project.id,
            "old": _run(one.old, one.must_before),
            "new": _run(one.new, one.must_after),
            "differs": list(one.differs),
            "relaxed": list(one.relaxed),
            "tightened": list(one.tightened),
            "unchanged": one.unchanged,
            "movements": [
                {
                    "id": each.control,
                    "move": each.move.value,
                    "before": each.before.value if each.before else None,
                    "after": each.after.value if each.after else None,
                    "reworded": each.reworded,
                }
                for each in one.movements
            ],
        }
    )


def _run(run: Assessment, must: MustCount) -> dict[str, object]:
    return {
        "as_of": run.as_of.isoformat(),
        "catalog": [values(one) for one in run.catalog],
        "checklists": list(run.checklists),
        "must": {"open": must.open, "applying": must.applying},
    }


FORMATS: Mapping[str, Callable[[ProgressInput], str]] = MappingProxyType(
    {"text": _text, "markdown": _markdown, "json": _json}
)
"""Format -> the comparison, ended by a line end."""
