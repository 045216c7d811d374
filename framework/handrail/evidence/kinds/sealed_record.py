"""`sealed-record`: a pointer to a record that is never in the tree.

| what is there | verdict |
|---|---|
| a custodian and a date | shown |
| the custodian is a placeholder | unreadable |

A path is refused before this is asked. Claimed: whether the record exists cannot be seen from here. A statement over
its digest that an accepted organisation signed, named beside it as `attestation`, makes it attested (`attested.py`; so
it is for every kind). The date is `since`, or that of the statement if it is older.
"""

from __future__ import annotations

from handrail.evidence.plugin import Given, Seen, shown, unreadable
from handrail.evidence.values import filled
from handrail.model.terms import Assurance

KIND = "sealed-record"


def examine(given: Given) -> Seen:
    """Say whether a custodian and a date are named."""
    sealed = given.entry.sealed
    if sealed is None or not filled(sealed.custodian):
        return unreadable("The pointer names no custodian.")
    return shown("A custodian and a date are named.", (), tier=Assurance.CLAIMED, date=sealed.since)
