"""What organisations say of the catalog's texts: endorsement or dissent, of one text, with consent, until withdrawn.

Belongs here: the shape of a file of `endorsements/`. Never here: whether what it speaks of exists
(`catalog.endorsements`), and how it is shown (`publish.endorsements`). It is no part of a bundle: nothing that is
judged depends on it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from handrail.model.base import Day, Field, Fingerprint, Id, Key, Record, Text


class Position(StrEnum):
    """What an organisation says of a text."""

    ENDORSES = "endorses"
    DISSENTS = "dissents"


class Endorser(Record):
    """The organisation that speaks; the file is named after its `id`."""

    id: Key
    name: Text
    url: Text | None = None


class Consent(Record):
    """The organisation's written consent to be named here: the role that gave it, and when."""

    by: Text
    date: Day


class Endorsement(Record):
    """What is said of one text: the statement, by its fingerprint, of a principle or of a control.

    That of a principle speaks of its own sentence, not of its controls.
    """

    of: Id
    position: Position
    statement: Fingerprint
    consent: Consent
    because: Text | None = None
    withdrawn: Day | None = None

    def stands(self, on: date) -> bool:
        """Whether it is given and not withdrawn on a day."""
        return self.consent.date <= on and not self.gone(on)

    def gone(self, on: date) -> bool:
        """Whether it is withdrawn on a day."""
        return self.withdrawn is not None and self.withdrawn <= on


class EndorsementFile(Record):
    """`endorsements/<organisation>.yaml`."""

    organisation: Endorser
    endorsements: tuple[Endorsement, ...] = Field(min_length=1)
