"""DSSE envelopes: opening and writing the JSON form, and what exactly is signed.

Belongs here: the envelope's own format. Never here: keys, and what the payload says.
Source: DSSE v1.0.2, protocol.md (PAE) and envelope.md (JSON envelope, parsing rules).

A key id in an envelope is a hint that nobody signed: it is kept as text and decides nothing about whose signature
holds. Unknown members are ignored, as the standard asks; everything it names is read strictly.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from handrail.model.limits import MIB
from handrail.source.strict_json import read_json

PAYLOAD_TYPE = "application/vnd.in-toto+json"

# A statement over a model of 5,000 files has 600 KiB; base64 and several signatures stay far below this.
ENVELOPE_BYTES = 4 * MIB

# Each is tried with every key that is known: more signers than any release has, and no work for an attacker to give.
SIGNATURES = 16

# An RSA-8192 signature, the longest in use, has 1,368 characters in base64.
_SIGNATURE_CHARACTERS = 4096

# A media type or a URI.
_TYPE_CHARACTERS = 256


class EnvelopeError(ValueError):
    """Bytes that are not an envelope; the text is a clause that says why and repeats nothing of them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One signature of an envelope, and the hint of the key that is said to have made it (empty: none)."""

    hint: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened envelope: what was signed, of which type, and by what signatures. Nothing is verified yet."""

    payload_type: str
    payload: bytes
    signatures: tuple[Mark, ...]

    @property
    def signed_bytes(self) -> bytes:
        """What each signature is made over."""
        return pae(self.payload_type, self.payload)


def pae(payload_type: str, payload: bytes) -> bytes:
    """The pre-authentication encoding: what a signature of DSSE is made over."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def open_envelope(data: bytes) -> Envelope:
    """Read a JSON envelope.

    Raises:
        EnvelopeError: it is none, or one larger than any of ours.
    """
    try:
        given = read_json(data, max_bytes=ENVELOPE_BYTES)
    except ValueError:
        raise EnvelopeError("is not JSON as an envelope is written") from None
    if not isinstance(given, dict):
        raise EnvelopeError("is not a signed envelope (DSSE)")
    payload_type, signatures = given.get("payloadType"), given.get("signatures")
    if not isinstance(payload_type, str) or not 0 < len(payload_type) <= _TYPE_CHARACTERS:
        raise EnvelopeError("is not a signed envelope (DSSE): it names no type of payload")
    if not isinstance(signatures, list) or not 0 < len(signatures) <= SIGNATURES:
        raise EnvelopeError(f"is not a signed envelope (DSSE): it must have 1 to {SIGNATURES} signatures")
    return Envelope(payload_type, _decoded(given.get("payload")), tuple(map(_mark, signatures)))


def envelope_bytes(envelope: Envelope) -> bytes:
    """The file of an envelope: JSON, sorted keys, a line end."""
    given = {
        "payloadType": envelope.payload_type,
        "payload": base64.b64encode(envelope.payload).decode(),
        "signatures": [
            {"keyid": one.hint, "sig": base64.b64encode(one.signature).decode()} for one in envelope.signatures
        ],
    }
    return json.dumps(given, indent=2, sort_keys=True).encode() + b"\n"


def _mark(given: object) -> Mark:
    if not isinstance(given, dict):
        raise EnvelopeError("is not a signed envelope (DSSE): a signature has no `sig`")
    hint, signature = given.get("keyid") or "", given.get("sig")
    if not isinstance(hint, str) or not isinstance(signature, str) or len(signature) > _SIGNATURE_CHARACTERS:
        raise EnvelopeError("is not a signed envelope (DSSE): a signature is not written as one")
    return Mark(hint, _decoded(signature))


def _decoded(text: object) -> bytes:
    """Base64 in either of its two alphabets, and in one spelling only: what is decoded encodes to the same text."""
    if not isinstance(text, str) or not text:
        raise EnvelopeError("is not a signed envelope (DSSE): its payload or a signature is empty")
    url_safe = "-" in text or "_" in text
    try:
        data = base64.b64decode(text, b"-_" if url_safe else None, validate=True)
    except (binascii.Error, ValueError):
        raise EnvelopeError("is not a signed envelope (DSSE): its payload or a signature is not base64") from None
    if (base64.urlsafe_b64encode(data) if url_safe else base64.b64encode(data)).decode() != text:
        raise EnvelopeError("is not a signed envelope (DSSE): its payload or a signature is not base64")
    return data
