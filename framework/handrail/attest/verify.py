"""Whose signature an envelope bears, of all the keys that are known.

Belongs here: trying keys, and the days on which a key counts. Never here: what a signature is worth (`evidence`,
`workspace`).

Every known key is tried with every signature: the hint in an envelope is unsigned and chooses nothing. It serves for
one thing only, to tell two failures apart: an envelope that says a known key signed it, although that key did not, has
been changed since, or lies; one that names no known key is signed by somebody whom nobody here knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handrail.attest.dsse import Envelope
from handrail.attest.keys import KeyUnusableError, PublicKey, public_key
from handrail.attest.trust import Trust
from handrail.model.vocabulary import Attestor


class Circle(StrEnum):
    """Who knows a key: the catalog, a pack or the reader (accepted), or only the project itself (named)."""

    ACCEPTED = "accepted"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Signer:
    """An attestor whose key made a signature of an envelope."""

    name: str
    attestor: Attestor
    circle: Circle


def signer(envelope: Envelope, trust: Trust, *, on: date | None) -> Signer | None:
    """Find who signed, the accepted before the named; None if nobody known did, with a key that held on that day.

    Args:
        envelope: as it was opened.
        trust: the keys that are known. One that cannot be read as a key has signed nothing.
        on: the day of the statement, by its own word. None: no day is given, and any known key will do.

    Raises:
        SigningUnavailableError: this installation cannot check signatures.
    """
    for circle, attestors in ((Circle.ACCEPTED, trust.accepted), (Circle.NAMED, trust.named)):
        for name, attestor, key in _keys(attestors):
            if _held(attestor, on) and signed_by(envelope, key):
                return Signer(name, attestor, circle)
    return None


def signed_by(envelope: Envelope, key: PublicKey) -> bool:
    """Say whether one of the signatures was made by this key."""
    return any(key.made(one.signature, envelope.signed_bytes) for one in envelope.signatures)


def is_broken(envelope: Envelope, trust: Trust) -> bool:
    """Say whether the envelope names a known key for a signature that this key did not make.

    Raises:
        SigningUnavailableError: this installation cannot check signatures.
    """
    known = {key.id: key for each in (trust.accepted, trust.named) for _, _, key in _keys(each)}
    return any(
        one.hint in known and not known[one.hint].made(one.signature, envelope.signed_bytes)
        for one in envelope.signatures
    )


def _keys(attestors: Mapping[str, Attestor]) -> Iterator[tuple[str, Attestor, PublicKey]]:
    for name, attestor in attestors.items():
        try:
            yield name, attestor, public_key(attestor.public_key)
        except KeyUnusableError:
            continue


def _held(attestor: Attestor, on: date | None) -> bool:
    return on is None or (attestor.since <= on and (attestor.until is None or on <= attestor.until))
