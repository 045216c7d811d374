"""A signed statement, opened and checked: what it says, of what day, and who of those known signed it.

Belongs here: the one way in which kinds, sealed records and upstream assessments look at an envelope. Never here: what
its statement is worth for any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.attest.dsse import PAYLOAD_TYPE, open_envelope
from handrail.attest.statement import Statement, StatementError, read_statement
from handrail.attest.trust import Trust
from handrail.attest.verify import Circle, Signer, is_broken, signer
from handrail.evidence.values import day
from handrail.model.terms import Assurance

_TIMES = ("time", "date", "timestamp", "timeVerified", "finishedOn")
"""Where predicates say when: ours, and those that in-toto publishes; in the predicate itself or in its `metadata`."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement in its envelope. `broken`: it names a known key that did not sign it; then there is no signer."""

    statement: Statement
    day: date | None
    signer: Signer | None
    broken: bool

    @property
    def tier(self) -> Assurance:
        """What the signature is worth: without a day of its own nobody can say that the key held when it was used."""
        if self.signer is None:
            return Assurance.CLAIMED
        accepted = self.signer.circle is Circle.ACCEPTED and self.day is not None
        return Assurance.ATTESTED if accepted else Assurance.DOCUMENTED

    @property
    def until(self) -> date | None:
        """The last day of the signer's key."""
        return self.signer.attestor.until if self.signer is not None else None

    @property
    def text(self) -> str:
        """A fixed sentence on the signature."""
        if self.signer is None:
            return "Nobody whose key is known here, and held on the day of the statement, signed it."
        if self.signer.circle is Circle.NAMED:
            return "It is signed by a key the project named."
        if self.day is None:
            return "It is signed by an accepted organisation, on a day that it does not give."
        return "It is signed by an accepted organisation."


def read_signed(data: bytes, trust: Trust) -> Signed:
    """Open an envelope and check it against every key that is known.

    Raises:
        EnvelopeError: it is no envelope.
        StatementError: what it holds is no in-toto statement.
        SigningUnavailableError: this installation cannot check signatures.
    """
    envelope = open_envelope(data)
    if envelope.payload_type != PAYLOAD_TYPE:
        raise StatementError("is not a signed in-toto statement: its payload is of another type")
    statement = read_statement(envelope.payload)
    when = day_of(statement)
    found = signer(envelope, trust, on=when)
    return Signed(statement, when, found, broken=found is None and is_broken(envelope, trust))


def day_of(statement: Statement) -> date | None:
    """The UTC day of which a statement speaks, by its own word."""
    metadata = statement.predicate.get("metadata")
    places = (statement.predicate, metadata if isinstance(metadata, dict) else {})
    found = (day(place.get(name)) for place in places for name in _TIMES)
    return next((one for one in found if one is not None), None)
