"""Keys: which are read, what they sign, and that an id is always computed."""

from __future__ import annotations

import hashlib
import re

import pytest
from cryptography.hazmat.primitives.asymmetric import ed448, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from handrail.attest.keys import KeyUnusableError, private_key, public_key
from tests.attest.throwaway import key_of, pem, public_pem


@pytest.mark.parametrize("algorithm", ["ed25519", "p256"])
def test_a_signature_holds_for_its_key_and_its_data_only(algorithm: str) -> None:
    key = key_of("lab", algorithm)
    signature = key.sign(b"data")
    assert key.public.id == public_key(public_pem("lab", algorithm)).id
    assert key.public.made(signature, b"data")
    assert not key.public.made(signature, b"date")
    assert not key.public.made(signature[:-1], b"data")
    assert not key.public.made(b"", b"data")
    assert not key_of("other", algorithm).public.made(signature, b"data")


def test_the_id_is_the_digest_of_the_public_half() -> None:
    key = load_pem_private_key(pem("lab"), None).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert key_of("lab").public.id == hashlib.sha256(der).hexdigest()
    assert key_of("lab").public.id != key_of("lab", "p256").public.id


def test_ecdsa_counts_in_both_spellings() -> None:
    key = key_of("lab", "p256")
    r, s = decode_dss_signature(key.sign(b"data"))
    raw = r.to_bytes(32) + s.to_bytes(32)
    assert key.public.made(raw, b"data")
    assert not key.public.made(raw[:32] + bytes(32), b"data")
    assert not key.public.made(bytes(64), b"data")


def test_keys_of_other_tools_are_read() -> None:
    old = load_pem_private_key(pem("lab", "p256"), None).private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    assert old.startswith(b"-----BEGIN EC PRIVATE KEY-----")
    assert private_key(old).public.id == key_of("lab", "p256").public.id


RSA = rsa.generate_private_key(65537, 2048)
OTHER_PUBLIC = {
    "nothing": "",
    "a digest": "a" * 64,
    "half of a key": public_pem("lab")[:60],
    "binary": "\x00\xff",
    "a private key": pem("lab").decode(),
    "another curve": public_pem("lab", "p384"),
    "RSA": RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    "Ed448": ed448.Ed448PrivateKey.generate()
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode(),
}
OTHER_PRIVATE = {
    "nothing": b"",
    "binary": bytes(range(256)),
    "a public key": public_pem("lab").encode(),
    "another curve": pem("lab", "p384"),
    "RSA": RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    "with a password": load_pem_private_key(pem("lab"), None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")
    ),
}


@pytest.mark.parametrize("text", OTHER_PUBLIC.values(), ids=OTHER_PUBLIC)
def test_other_public_keys_are_told_apart(text: str) -> None:
    with pytest.raises(KeyUnusableError) as refused:
        public_key(text)
    assert re.match("is (not )?a ", str(refused.value))


@pytest.mark.parametrize("text", OTHER_PRIVATE.values(), ids=OTHER_PRIVATE)
def test_other_private_keys_are_told_apart(text: bytes) -> None:
    with pytest.raises(KeyUnusableError) as refused:
        private_key(text)
    assert re.match("is (not )?(a|protected) ", str(refused.value))


def test_a_private_key_shows_nothing_of_itself() -> None:
    key = key_of("lab")
    assert repr(key) == str(key) == f"PrivateKey({key.public.id})"
