"""`statement`: the project's own words, in the declaration itself.

| what is there | verdict |
|---|---|
| an owner and at least `min_words` words | shown |
| fewer words, or the owner is a placeholder | partial |
| only placeholders | unreadable |

Nothing in it can contradict: it is the claim. Always claimed; the date is its own.
"""

from __future__ import annotations

from handrail.evidence.plugin import Given, Seen, shown, unreadable
from handrail.evidence.prose import words
from handrail.evidence.values import filled
from handrail.model.terms import Assurance

KIND = "statement"


def examine(given: Given) -> Seen:
    """Say whether the statement has an owner and substance."""
    statement = given.entry.statement
    count = words(statement.text.split("\n")) if statement else 0
    if statement is None or not count:
        return unreadable("The statement says nothing yet.")
    lacking = []
    least = given.parameters.count("min_words")
    if count < least:
        lacking.append(f"The statement has fewer than {least} words.")
    if not filled(statement.owner):
        lacking.append("The statement names no owner.")
    return shown("A statement with an owner is there.", lacking, tier=Assurance.CLAIMED, date=statement.date)
