"""Edits in words: what to add so that a control is satisfied, for `explain` and `plan`.

Belongs here: one sentence for each kind of edit, and the smallest change as lines and as values. Never here: which
edits help (`assess.edits`, `assess.flip`). Slots take ids and titles of the catalog only; the name of a run, which is
text from evidence, stands in no sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby

from handrail.assess.edits import Deed, Edit
from handrail.assess.flip import Flip
from handrail.catalog.resolve import alternatives
from handrail.model.bundle import Bundle
from handrail.model.terms import Assurance
from handrail.report.advice import next_step
from handrail.report.agreement import listed, number
from handrail.report.sheet import Sheet

TITLE = "Smallest change that would make it satisfied"
NOT_PROVEN = "Not proven smallest: there are too many choices to try them all."
NOTHING_ADDED = "Nothing that could be added would."
COUNTED = "Counted by edits, then by a rough size of their work; every edit adds something, none takes anything away."


def edit_line(edit: Edit, bundle: Bundle) -> str:
    """What to do, in a sentence."""
    if edit.deed is Deed.TIE:
        return f"Read the statement of {edit.control} as it stands, and confirm the answer with handrail review."
    if edit.deed is Deed.DECLARE:
        if edit.code == "undeclared":
            return f"Do what {edit.control} asks, and answer it: state implemented."
        return f"Do what {edit.control} asks, and raise its state from {edit.code} to implemented."
    title = _title(edit, bundle)
    least = f" It must reach {edit.tier}." if edit.tier is not None and edit.tier > Assurance.CLAIMED else ""
    if edit.deed is Deed.SUPERSEDE:
        return (
            f"Mend what the run given for {title} shows, run it again, and supply the later run with the earlier one's "
            f"name under supersedes.{least}"
        )
    if edit.code == "alternative-unattested":
        return f"{next_step(edit.code, edit.control, bundle)} Give it for {title}, before its other entries."
    return f"{next_step(edit.code, edit.control, bundle, requirements=[edit.requirement or ''])}{least}"


def obstacle_line(control: str, bundle: Bundle) -> str:
    """Why nothing that could be added would satisfy a control."""
    if not bundle.controls[control].evidence:
        return next_step("no-evidence-asked", control, bundle)
    return (
        f"A file supplied for {control} shows the contrary, and no later run could take its place: it names no run, or "
        "its day is still to come. Mend what it speaks of and supply the file anew."
    )


def change_lines(flip: Flip, bundle: Bundle, sheet: Sheet) -> Iterator[str]:
    """The smallest change below its title, grouped by control; the edits are numbered."""
    if flip.edits is None:
        yield from sheet.title(f"{TITLE}: none")
        yield from sheet.text(NOTHING_ADDED, first="  ")
        yield from sheet.items(obstacle_line(one, bundle) for one in flip.obstacles)
        return
    yield from sheet.title(f"{TITLE}: {number(len(flip.edits), 'edit')}")
    places = count(1)
    for control, edits in groupby(flip.edits, key=lambda one: one.control):
        yield from sheet.text(f"{control} {bundle.controls[control].title}", first="  ")
        for one in edits:
            yield from sheet.text(edit_line(one, bundle), first=f"  {next(places):>2}. ")
    yield from sheet.text(COUNTED if flip.proven else f"{COUNTED} {NOT_PROVEN}", first="  ")


def change_values(flip: Flip, bundle: Bundle) -> dict[str, object]:
    """The smallest change as JSON values."""
    return {
        "control": flip.control,
        "edits": None if flip.edits is None else edit_values(flip.edits, bundle),
        "proven_smallest": flip.proven,
        "obstacles": [{"control": one, "text": obstacle_line(one, bundle)} for one in flip.obstacles],
    }


def edit_values(edits: Iterable[Edit], bundle: Bundle) -> list[dict[str, object]]:
    """Edits as JSON values; a key that does not concern an edit is left out."""
    return [
        {
            "edit": one.deed.value,
            "control": one.control,
            "code": one.code,
            "effort": one.effort,
            "text": edit_line(one, bundle),
            **({"requirement": one.requirement} if one.requirement is not None else {}),
            **({"tier": one.tier.value} if one.tier is not None else {}),
            **({"supersedes": one.run} if one.run is not None else {}),
        }
        for one in edits
    ]


def _title(edit: Edit, bundle: Bundle) -> str:
    asked = (one for group in bundle.controls[edit.control].evidence for one in alternatives(group))
    return listed([f"\u201c{one.title}\u201d" for one in asked if one.id == edit.requirement])
