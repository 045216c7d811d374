"""`document`: a policy or plan in Markdown or plain text.

| what is there | verdict |
|---|---|
| every heading with substance, an owner, an approval date, `min_words` words in all | shown |
| at least one heading with substance; any other of these is lacking | partial |
| no heading asked for with substance (an empty template, another document) | unreadable |
| no UTF-8 text, too large, front matter that is no YAML, another file format | unreadable |

Prose cannot contradict: what it does not say is absent. Documented if it has an owner and an approval date (that is
what the tier means), else claimed. The date is the approval date.
"""

from __future__ import annotations

from handrail.evidence.plugin import Given, Seen, listed, shown, unreadable
from handrail.evidence.prose import MARKDOWN, SECTION_WORDS, named, named_day, read_prose, substance, words
from handrail.model.terms import Assurance

KIND = "document"

_OWNER = ("owner", "document owner", "policy owner")
_DATE = ("approved", "approved on", "approval date", "date of approval")


def examine(given: Given) -> Seen:
    """Say whether the headings have substance and the document an owner and an approval date."""
    if given.suffix not in MARKDOWN | {".txt", ""}:
        return unreadable("The file is neither Markdown (.md) nor plain text (.txt).")
    prose = read_prose(given.data or b"", markdown=given.suffix in MARKDOWN)
    if prose is None:
        return unreadable("The file cannot be read as text in UTF-8 with front matter in YAML.")
    asked = given.parameters.texts("headings")
    counts = substance(prose, asked)
    thin = [name for name in asked if counts.get(name, 0) < SECTION_WORDS]
    if len(thin) == len(asked):
        return unreadable("None of the headings asked for is there with text under it.")
    lacking = []
    if thin:
        lacking.append(f"Without a heading of that name and {SECTION_WORDS} words under it: {listed(thin)}.")
    least = given.parameters.count("min_words")
    if words(prose.lines) < least:
        lacking.append(f"The document has fewer than {least} words.")
    owner, approval = named(prose, _OWNER), named_day(prose, _DATE)
    if owner is None:
        lacking.append("It names no owner at its top.")
    if approval is None:
        lacking.append("It gives no approval date (YYYY-MM-DD) at its top.")
    return shown(
        "Every heading asked for has text under it; an owner and an approval date are given.",
        lacking,
        tier=Assurance.DOCUMENTED if owner is not None and approval is not None else Assurance.CLAIMED,
        date=approval,
    )
