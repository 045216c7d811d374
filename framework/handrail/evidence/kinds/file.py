"""`file`: a file of any format, known only by its digest and its declared date.

| what is there | verdict |
|---|---|
| a file with content | shown |
| an empty file | unreadable |

What is in it is never looked at, so nothing in it can be partial or contradict. Documented only if the entry gives
both a digest (compared before this is asked) and a date; else claimed.
"""

from __future__ import annotations

from handrail.evidence.plugin import Given, Seen, shown, unreadable
from handrail.model.terms import Assurance

KIND = "file"


def examine(given: Given) -> Seen:
    """Say whether there is a file, and whether the declaration binds it."""
    if not given.data:
        return unreadable("The file is empty.")
    if given.entry.sha256 is not None and given.entry.date is not None:
        return shown("The file is the one that was declared.", (), tier=Assurance.DOCUMENTED)
    return shown("A file is there; no digest and date together bind it.", (), tier=Assurance.CLAIMED)
