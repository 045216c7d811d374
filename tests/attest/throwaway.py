"""Keys that are thrown away with the test, and what they sign.

Belongs here: making keys, attestors, statements and envelopes. Never here: an assertion, a private key in a file of
the repository.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from handrail.attest.dsse import Envelope, Mark, envelope_bytes
from handrail.attest.keys import PrivateKey, private_key
from handrail.attest.predicates import type_uri
from handrail.attest.sign import sign
from handrail.attest.statement import Subject, statement_bytes
from handrail.attest.trust import Trust
from handrail.model.vocabulary import Attestor


@cache
def pem(name: str, algorithm: str = "ed25519") -> bytes:
    """The private key that always belongs to this name, in PEM."""
    seed = hashlib.sha256(name.encode()).digest()
    key: Any = (
        ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        if algorithm == "ed25519"
        else ec.derive_private_key(
            int.from_bytes(seed) >> 1, {"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}[algorithm]
        )
    )
    made: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made


def key_of(name: str, algorithm: str = "ed25519") -> PrivateKey:
    """The private key of this name, read as handrail reads it."""
    return private_key(pem(name, algorithm))


@cache
def public_pem(name: str, algorithm: str = "ed25519") -> str:
    """The public key of this name, in PEM."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    public = load_pem_private_key(pem(name, algorithm), None).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def attestor(name: str, algorithm: str = "ed25519", **days: str) -> Attestor:
    """An attestor with the key of this name."""
    return Attestor.model_validate(
        {"name": name.capitalize(), "public_key": public_pem(name, algorithm), "since": "2026-01-01", **days}
    )


def trusting(*accepted: str, named: tuple[str, ...] = (), **days: str) -> Trust:
    """Trust in the keys of these names."""
    return Trust(
        accepted={one: attestor(one, **days) for one in accepted}, named={one: attestor(one, **days) for one in named}
    )


def statement(
    *digests: str, predicate: str = "evidence", body: Mapping[str, Any] | None = None, name: str | None = None
) -> bytes:
    """A statement over digests, on a day in September 2026 unless its body says otherwise."""
    subjects = [Subject(name, digest) for digest in digests]
    return statement_bytes(subjects, type_uri(predicate), {"time": "2026-09-15T10:00:00Z"} if body is None else body)


def signed(payload: bytes, by: str, algorithm: str = "ed25519", *, hint: str | None = None) -> bytes:
    """The payload in an envelope, signed with the key of this name; `hint` stands in place of its id."""
    envelope = sign(payload, key_of(by, algorithm))
    if hint is not None:
        envelope = Envelope(envelope.payload_type, envelope.payload, (Mark(hint, envelope.signatures[0].signature),))
    return envelope_bytes(envelope)
