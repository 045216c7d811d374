"""The shape of one entry in the table of diagnostic codes.

Belongs here: the two types. Never here: an entry; those are in `codes_*.py`, one file per range,
and `codes.py` is their union.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """How a diagnostic weighs: an error stops the use of the file, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One kind of defect in an input file; a code is never reused for another meaning.

    `example` is a small bad snippet and `instead` its mended form; both are published.
    """

    code: str
    slug: str
    severity: Severity = Severity.ERROR
    title: str
    why: str
    example: str
    instead: str
