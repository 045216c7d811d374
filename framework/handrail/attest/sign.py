"""Signing a statement.

Belongs here: an envelope from a payload and a key. Never here: what the payload says.
"""

from __future__ import annotations

from handrail.attest.dsse import PAYLOAD_TYPE, Envelope, Mark, pae
from handrail.attest.keys import PrivateKey


def sign(payload: bytes, key: PrivateKey, *, payload_type: str = PAYLOAD_TYPE) -> Envelope:
    """Sign a payload; the hint in the envelope is the computed id of the key."""
    return Envelope(payload_type, payload, (Mark(key.public.id, key.sign(pae(payload_type, payload))),))
