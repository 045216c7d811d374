"""What there is to review, for a terminal and as JSON.

Belongs here: wording and layout of one answer beside today's statement, and of the list of them. Never here: which
answers those are (`assess.review`), asking (`cli`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handrail.assess.review import ToReview
from handrail.model.bundle import Bundle
from handrail.report.agreement import number, verb
from handrail.report.canonical import values_to_json
from handrail.report.sheet import Sheet
from handrail.report.word_diff import in_colour, word_diff

QUESTION = "Still true? [y]es, [n]o (keep it open), [e]nd"


def answer_lines(one: ToReview, path: str, bundle: Bundle, sheet: Sheet, place: str = "") -> Iterator[str]:
    """One answer: its control, the statement with what changed in it, and what was declared.

    Args:
        one: the answer.
        path: the file it stands in.
        bundle: today's catalog.
        sheet: the terminal.
        place: such as `2 of 5`.
    """
    control = bundle.controls[one.control]
    yield from sheet.title(f"{one.control} {control.title}{f' ({place})' if place else ''}")
    if one.earlier is None:
        yield from sheet.text(f"{_missing(one)} It reads now:", first="  ")
        yield from sheet.text(control.statement, first="    ")
    elif one.earlier.split() == control.statement.split():
        yield from sheet.text("The statement reads as it did when the answer was written:", first="  ")
        yield from sheet.text(control.statement, first="    ")
    else:
        yield from sheet.text("What changed in the statement:", first="  ")
        lines = sheet.text(word_diff(one.earlier, control.statement), first="    ")
        yield from in_colour(lines) if sheet.colour else lines
    yield from sheet.text(f"Declared in {path}: {one.answer.state}", first="  ")
    for said in (one.answer.summary, one.answer.justification):
        if said:
            yield from sheet.text(said, first="    ")
    if one.answer.evidence:
        yield from sheet.text(f"with {number(len(one.answer.evidence), 'piece')} of evidence", first="    ")


def _missing(one: ToReview) -> str:
    """Why what changed cannot be shown."""
    if one.tied_to is None:
        return "The answer is tied to no known text."
    of = f" of catalog {one.release}" if one.release else ""
    return f"The statement has changed. The earlier text{of} is not at hand; --against shows it from that catalog."


def review_text(
    found: Sequence[ToReview], paths: Mapping[str, str], bundle: Bundle, sheet: Sheet, *, confirmed: bool = False
) -> str:
    """Everything there is to review, or what is confirmed unasked; `paths` are the files, by control."""
    if not found:
        return f"Nothing to review: every answer is tied to a statement of catalog {bundle.catalog.version}.\n"
    lines = [line for one in found for line in answer_lines(one, paths[one.control], bundle, sheet)]
    count = len(found)
    says = f"{number(count, 'answer')} {verb(count, 'needs', 'need')} review; until then none is satisfied."
    if confirmed:
        says = f"{number(count, 'answer')} {verb(count, 'is', 'are')} confirmed as still true:"
    return "\n".join([*sheet.text(says), *lines]) + "\n"


def review_json(found: Sequence[ToReview], paths: Mapping[str, str], project: str, bundle: Bundle, digest: str) -> str:
    """The same as canonical JSON; `earlier_statement` is null where it is not at hand."""
    return values_to_json(
        {
            "handrail": 1,
            "project": project,
            "catalog": [{"version": bundle.catalog.version, "digest": digest}],
            "answers": [
                {
                    "id": one.control,
                    "title": bundle.controls[one.control].title,
                    "reason": "unreviewed" if one.tied_to is None else "requirement-changed",
                    "file": paths[one.control],
                    "state": one.answer.state.value,
                    "tied_to": one.tied_to,
                    "fingerprint": bundle.fingerprints[one.control],
                    "earlier_statement": one.earlier,
                    "statement": bundle.controls[one.control].statement,
                }
                for one in found
            ],
        }
    )
