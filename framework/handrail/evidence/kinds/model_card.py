"""`model-card`: a model card in Markdown with front matter.

| what is there | verdict |
|---|---|
| every section with substance, every front-matter field filled | shown |
| at least one section with substance; another section or a field is lacking | partial |
| no section asked for with substance | unreadable |
| no UTF-8 text, too large, front matter that is no YAML, another file format | unreadable |

A card cannot contradict: what it does not say is absent. Documented if a date is in the card or in the entry, else
claimed. The date is `date` or `last_updated` of the front matter, or such a line at the top.
"""

from __future__ import annotations

from handrail.evidence.plugin import Given, Seen, listed, shown, unreadable
from handrail.evidence.prose import MARKDOWN, SECTION_WORDS, named_day, read_prose, substance
from handrail.evidence.values import filled, folded
from handrail.model.terms import Assurance

KIND = "model-card"

_DATE = ("last updated", "date")


def examine(given: Given) -> Seen:
    """Say whether the sections have substance and the fields are filled."""
    if given.suffix not in MARKDOWN:
        return unreadable("The file is not Markdown (.md).")
    prose = read_prose(given.data or b"", markdown=True)
    if prose is None:
        return unreadable("The file cannot be read as text in UTF-8 with front matter in YAML.")
    asked = given.parameters.texts("sections")
    counts = substance(prose, asked)
    thin = [name for name in asked if counts.get(name, 0) < SECTION_WORDS]
    if len(thin) == len(asked):
        return unreadable("None of the sections asked for is there with text under it.")
    lacking = []
    if thin:
        lacking.append(f"Without a section of that name and {SECTION_WORDS} words in it: {listed(thin)}.")
    empty = [name for name in given.parameters.texts("fields") if not filled(prose.front.get(folded(name)))]
    if empty:
        lacking.append(f"Without a value in the front matter: {listed(empty)}.")
    updated = named_day(prose, _DATE)
    dated = updated is not None or given.entry.date is not None
    return shown(
        "Every section asked for has text in it, and every field a value.",
        lacking,
        tier=Assurance.DOCUMENTED if dated else Assurance.CLAIMED,
        date=updated,
    )
