"""What a test report says, whatever its format: tests that ran, how they ended, and of which artifact they are.

Belongs here: the values that every reader of test reports gives. Never here: any format, and what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from handrail.evidence.stream import Malformed

ARTIFACT: Final = "artifact.sha256"
"""The property by which a suite or a run says of which artifact it is."""

_DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


@dataclass(slots=True)
class Tested:
    """A report, counted.

    `bad`: a test failed or ended in an error. `whole`: it holds all the tests that it counts. `ended`: no run in it
    says that it was broken off. `hushed`: it suppresses something that would be bad. `artifact` is the digest of the
    project's artifact that it is of. `of_others`: a part of it is of another artifact; `of_none`: a part names none.
    """

    ran: int = 0
    bad: bool = False
    whole: bool = True
    ended: bool = True
    hushed: bool = False
    day: date | None = None
    artifact: str | None = None
    of_others: bool = False
    of_none: bool = False

    def speak_of(self, digest: str | None, ours: Collection[str]) -> None:
        """Take in of which artifact a part is."""
        if digest is None:
            self.of_none = True
        elif digest in ours:
            self.artifact = digest
        else:
            self.of_others = True


def digest_given(value: object) -> str:
    """Give a SHA-256 in 64 hex digits.

    Raises:
        Malformed: it is none; a report that names an artifact so says nothing that can be compared.
    """
    found = _DIGEST.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise Malformed("no SHA-256")
    return found[1]
