"""Keys from PEM files: Ed25519, and ECDSA over P-256 with SHA-256. Nothing else is read.

Belongs here: the only calls to the library that knows cryptography. Never here: cryptography of our own, and which
keys count (`trust`, `verify`).

`cryptography` is called directly: `securesystemslib` is a layer over it that finds a key by the key id that stands,
unsigned, in the envelope. Loading it takes 40 ms, so it is imported inside the functions, and only a project that has
a signature pays for it.

The id of a key is the SHA-256 of its public half (DER SubjectPublicKeyInfo), in 64 hex digits, and is always computed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    _Public: TypeAlias = Ed25519PublicKey | EllipticCurvePublicKey
    _Private: TypeAlias = Ed25519PrivateKey | EllipticCurvePrivateKey

# The longest key file that we accept has about 300 bytes; a chain of certificates by mistake has a few thousand.
KEY_BYTES = 16 * 1024

# r and s, 32 bytes each: how some signers write ECDSA over P-256 (the test vector of DSSE among them) in place of DER.
_RAW_P256 = 64

_KINDS = "an Ed25519 key or an ECDSA key over P-256"
INSTALL = 'pip install "handrail[signing]"'


class KeyUnusableError(ValueError):
    """Text that is not a key of ours; the message is a clause that says why and repeats nothing of it."""


class SigningUnavailableError(RuntimeError):
    """This installation cannot make or check signatures; the message names what to install."""

    def __init__(self) -> None:
        super().__init__(f"signatures need the package `cryptography`: {INSTALL}")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key and its computed id."""

    id: str
    _key: _Public

    def made(self, signature: bytes, data: bytes) -> bool:
        """Say whether the private half of this key made this signature over this data."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

        try:
            if isinstance(self._key, EllipticCurvePublicKey):
                self._key.verify(_der(signature), data, _ecdsa())
            else:
                self._key.verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key; it never leaves this object, and nothing of it is shown."""

    public: PublicKey
    _key: _Private

    def sign(self, data: bytes) -> bytes:
        """Sign data: 64 bytes (Ed25519), or DER (ECDSA)."""
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(data, _ecdsa())
        return self._key.sign(data)

    def __repr__(self) -> str:
        return f"PrivateKey({self.public.id})"


def is_available() -> bool:
    """Say whether signatures can be made and checked here."""
    try:
        import cryptography.hazmat.primitives.serialization  # noqa: F401
    except ImportError:
        return False
    return True


@lru_cache(maxsize=1024)  # the same few keys are asked about every envelope of a run
def public_key(pem: str) -> PublicKey:
    """Read a public key, `-----BEGIN PUBLIC KEY-----`.

    Raises:
        KeyUnusableError: it is none of ours.
        SigningUnavailableError: there is nothing here to read it with.
    """
    if not is_available():
        raise SigningUnavailableError
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if "PRIVATE KEY" in pem:
        raise KeyUnusableError("is a private key; give the public one (openssl pkey -in KEY.pem -pubout)")
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnusableError(f"is not a public key in PEM form; {_KINDS} is needed") from None
    return _public(key)


def private_key(pem: bytes) -> PrivateKey:
    """Read a private key that no password protects.

    Raises:
        KeyUnusableError: it is none of ours, or is protected by a password.
        SigningUnavailableError: there is nothing here to read it with.
    """
    if not is_available():
        raise SigningUnavailableError
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:
        raise KeyUnusableError(
            "is protected by a password; hand over the open key (openssl pkey -in KEY.pem | ... --key /dev/stdin)"
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnusableError(f"is not a private key in PEM form; {_KINDS} is needed") from None
    if not isinstance(key, Ed25519PrivateKey | EllipticCurvePrivateKey):
        raise KeyUnusableError(f"is not a key that is used here; {_KINDS} is needed")
    return PrivateKey(_public(key.public_key()), key)


def _public(key: object) -> PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    ours = isinstance(key, Ed25519PublicKey) or (
        isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)
    )
    if not ours or not isinstance(key, Ed25519PublicKey | EllipticCurvePublicKey):
        raise KeyUnusableError(f"is not a key that is used here; {_KINDS} is needed")
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(hashlib.sha256(der).hexdigest(), key)


def _ecdsa() -> ECDSA:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    return ec.ECDSA(SHA256())


def _der(signature: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    if len(signature) != _RAW_P256:
        return signature
    r, s = signature[:32], signature[32:]
    return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
