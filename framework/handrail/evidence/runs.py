"""What a tool's report says of a test run, as counts and days.

Belongs here: the values that every reader of such reports gives. Never here: any tool's format, and what is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handrail.evidence.values import day

_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?")
_DAY_CHARACTERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts of one run; None where the report does not give one. `attempts` are all that were made."""

    attempts: int
    passed: int | None = None
    failed: int | None = None
    nones: int | None = None
    errors: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as its report has it.

    `judged` of the attempts ended with a judgement. `finished`: the report says that the run came to its end, and
    nothing in it is still under way. `whole`: the totals it gives are those of what it holds.
    """

    counts: Counts
    judged: int
    finished: bool
    whole: bool = True
    began: date | None = None
    ended: date | None = None

    @property
    def day(self) -> date | None:
        """The day of the run: its end, or its beginning where no end is given."""
        return self.ended or self.began


def run_day(value: object) -> date | None:
    """Give the day of a time as tools write it: RFC 3339, a day, or a local time without a zone (its own day)."""
    local = isinstance(value, str) and _LOCAL.fullmatch(value)
    return day(value[:_DAY_CHARACTERS]) if local and isinstance(value, str) else day(value)


def count(value: object) -> int | None:
    """Give a whole number of 0 or more; a truth value is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
