"""What was seen of a piece of evidence that is put into a declaration, and the lines that change, for a terminal.

Belongs here: wording and layout of the two. Never here: looking, judging, changing.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from handrail.assess.entries import Judged
from handrail.model.base import days_text
from handrail.model.catalog import Requirement
from handrail.model.observation import Observation
from handrail.source.escape import terminal


def asked_line(control: str, asked: Requirement) -> str:
    """What is asked for, in a line."""
    age = f", at most {days_text(asked.max_age)} old" if asked.max_age else ""
    return f"{control} {asked.id}: {terminal(asked.title)} ({asked.kind}, at least {asked.assurance}{age})"


def seen_lines(seen: Observation, judged: Judged) -> Iterator[str]:
    """What is seen, and whether it counts today."""
    yield f"  {seen.verdict}: {terminal(seen.text)}"
    day = f"dated {seen.date.isoformat()}" if seen.date else "undated"
    if judged.reason is not None:
        counts = f"today: {terminal(judged.reason.text)}"
    else:
        counts = f"counts until {judged.valid_until.isoformat()}" if judged.valid_until else "counts"
    yield f"  {day}, {seen.tier}; {counts}"


def changed_lines(path: str, old: bytes, new: bytes) -> Iterator[str]:
    """The lines of a file that change, each with its mark; a sentence if none does."""
    before, after = old.decode("utf-8").splitlines(), new.decode("utf-8").splitlines()
    changes = [line for line in unified_diff(before, after, n=0, lineterm="") if line[:1] in "+-"][2:]
    if not changes:
        yield f"{terminal(path)} says so already"
        return
    yield terminal(path)
    yield from (f"  {terminal(line)}" for line in changes)
