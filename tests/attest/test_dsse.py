"""Envelopes: what is signed, by the standard's own example, and what is no envelope."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from handrail.attest.dsse import (
    ENVELOPE_BYTES,
    SIGNATURES,
    Envelope,
    EnvelopeError,
    Mark,
    envelope_bytes,
    open_envelope,
    pae,
)
from handrail.attest.keys import public_key
from handrail.attest.verify import signed_by

# The example of DSSE v1.0.2, protocol.md, "Test Vectors".
VECTOR = (
    b'{"payload": "aGVsbG8gd29ybGQ=",\n "payloadType": "http://example.com/HelloWorld",\n "signatures": [{"sig": '
    b'"A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}'
)
X = 46950820868899156662930047687818585632848591499744589407958293238635476079160
Y = 5640078356564379163099075877009565129882514886557779369047442380624545832820
GOOD: dict[str, Any] = {
    "payload": base64.b64encode(b"hello").decode(),
    "payloadType": "text/plain",
    "signatures": [{"keyid": "", "sig": base64.b64encode(b"\xfb\xff" * 32).decode()}],
}


def test_what_is_signed_is_what_the_standard_prints() -> None:
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )
    assert pae("é", b"") == "DSSEv1 2 é 0 ".encode()


def test_the_signature_that_the_standard_prints_holds_and_a_changed_payload_does_not() -> None:
    key = EllipticCurvePublicNumbers(X, Y, SECP256R1()).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    envelope = open_envelope(VECTOR)
    assert envelope.payload == b"hello world"
    assert signed_by(envelope, public_key(pem))
    changed = open_envelope(VECTOR.replace(b"aGVsbG8gd29ybGQ=", base64.b64encode(b"hello worle")))
    assert not signed_by(changed, public_key(pem))
    retyped = open_envelope(VECTOR.replace(b"HelloWorld", b"HelloMoon"))
    assert not signed_by(retyped, public_key(pem))


ACCEPTED: dict[str, dict[str, Any]] = {
    "as it is": {},
    "no hint": {"signatures": [{"sig": "+/8="}]},
    "a hint that is nothing": {"signatures": [{"sig": "+/8=", "keyid": None}]},
    "the other alphabet": {"signatures": [{"sig": "-_8="}], "payload": "-_8="},
    "members that the standard does not name": {"more": {"deep": [1]}, "signatures": [{"sig": "+/8=", "cert": "x"}]},
    "as many signatures as allowed": {"signatures": [{"sig": "+/8="}] * SIGNATURES},
}
REFUSED: dict[str, dict[str, Any]] = {
    "no payload": {"payload": None},
    "an empty payload": {"payload": ""},
    "a payload that is no text": {"payload": 5},
    "no type": {"payloadType": None},
    "an empty type": {"payloadType": ""},
    "a type that is an essay": {"payloadType": "x" * 257},
    "no signatures": {"signatures": None},
    "none in the list": {"signatures": []},
    "too many": {"signatures": [{"sig": "+/8="}] * (SIGNATURES + 1)},
    "signatures in a mapping": {"signatures": {"sig": "+/8="}},
    "a signature that is no mapping": {"signatures": ["+/8="]},
    "a signature without one": {"signatures": [{"keyid": "x"}]},
    "an empty signature": {"signatures": [{"sig": ""}]},
    "a hint that is no text": {"signatures": [{"sig": "+/8=", "keyid": 5}]},
    "a signature that is a book": {"signatures": [{"sig": "A" * 4100}]},
    "both alphabets": {"payload": "+_8="},
    "a blank in base64": {"payload": "aGVs bG8="},
    "a line end in base64": {"payload": "aGVs\nbG8="},
    "no padding": {"payload": "aGVsbG8"},
    "bits that nobody reads": {"payload": "aGVsbG9="},
    "not base64": {"payload": "äöü="},
}


@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED)
def test_an_envelope_is_opened(change: dict[str, Any]) -> None:
    envelope = open_envelope(json.dumps(GOOD | change).encode())
    assert envelope.payload
    assert all(one.signature for one in envelope.signatures)


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_is_not_whole_is_no_envelope(change: dict[str, Any]) -> None:
    given = {name: value for name, value in (GOOD | change).items() if value is not None}
    with pytest.raises(EnvelopeError) as refused:
        open_envelope(json.dumps(given).encode())
    assert str(refused.value).startswith("is not ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff",
        b"[" * 100_000,
        json.dumps(GOOD).encode() * 2,
        json.dumps(GOOD).replace('"payload":', '"payload": "eA==", "payload":').encode(),
        json.dumps(GOOD).encode("utf-16"),
        b" " * (ENVELOPE_BYTES + 1),
    ],
    ids=["empty", "list", "object", "null", "binary", "nested", "two", "key twice", "UTF-16", "too large"],
)
def test_other_bytes_are_no_envelope(data: bytes) -> None:
    with pytest.raises(EnvelopeError):
        open_envelope(data)


@given(
    st.builds(
        Envelope,
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp", "Cf"]), min_size=1, max_size=60),
        st.binary(min_size=1, max_size=200),
        st.lists(st.builds(Mark, st.text("abc123", max_size=20), st.binary(min_size=1, max_size=80)), min_size=1).map(
            lambda marks: tuple(marks[:SIGNATURES])
        ),
    )
)
def test_an_envelope_reads_as_it_was_written(envelope: Envelope) -> None:
    assert open_envelope(envelope_bytes(envelope)) == envelope


@given(st.binary())
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    with pytest.raises(EnvelopeError):
        open_envelope(data)
