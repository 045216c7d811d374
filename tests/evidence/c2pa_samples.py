"""Sample outputs with content credentials, signed in the test by throw-away authorities.

The signing library looks at today's clock, so certificates start yesterday; they end on a day of their own.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from handrail.attest.trust import Trust
from handrail.model.vocabulary import Attestor

CANARY = "harmless-canary-7f3a"
MADE_BY_A_MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
BY_A_CAMERA = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
CERTIFICATE_END = date(2099, 6, 30)


@dataclass(frozen=True, slots=True)
class Authority:
    """A root certificate, and one signer below it."""

    root: str
    chain: bytes
    key: bytes


@cache
def authority(name: str) -> Authority:
    """Make one; the same name gives the same one."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(f"{name} root", f"{name} root", root_key, root_key, signer=False)
    leaf = _certificate(f"{name} {CANARY}", f"{name} root", key, root_key, signer=True)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Authority(root.public_bytes(pem).decode(), leaf.public_bytes(pem) + root.public_bytes(pem), private)


def _certificate(
    subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey, *, signer: bool
) -> x509.Certificate:
    names = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
         "decipher_only"), False
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(one, subject) for one in names]))
        .issuer_name(x509.Name([x509.NameAttribute(one, issuer) for one in names]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.combine(CERTIFICATE_END, datetime.min.time()))
        .add_extension(x509.BasicConstraints(ca=not signer, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=signer, key_cert_sign=not signer, crl_sign=not signer, **usage),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if signer:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        ).add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    return builder.sign(by, hashes.SHA256())


def attestor(certificates: str, **more: str) -> Attestor:
    """An attestor as a catalog's or a reader's file gives it."""
    given = {"name": CANARY, "public_key": certificates, "since": "2026-01-01"}
    return Attestor.model_validate(given | more)


def trusting(*names: str, **more: str) -> Trust:
    """The trust of a reader who accepts these authorities."""
    return Trust(accepted={name: attestor(authority(name).root, **more) for name in names})


def png(shade: int = 7) -> bytes:
    """A small picture of stripes, with the canary in a text chunk."""
    rows = b"".join(b"\0" + bytes((x * shade + y * 13) % 256 for x in range(48)) for y in range(16))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)),
            (b"tEXt", b"Comment\0" + CANARY.encode()),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )


def action(source_type: str = MADE_BY_A_MODEL) -> dict[str, Any]:
    """The action that made a picture; the standard wants a source in it."""
    return {"action": "c2pa.created", "description": CANARY, "digitalSourceType": source_type}


def signed(
    picture: bytes,
    *actions: dict[str, Any],
    by: str = "studio",
    remote: str | None = None,
    embedded: bool = True,
    ingredient: bytes | None = None,
) -> bytes:
    """Sign a picture with the actions given, or with one that a model made it."""
    import c2pa

    signer = authority(by)
    record = {
        "claim_generator_info": [{"name": CANARY, "version": "1"}],
        "title": CANARY,
        "format": "image/png",
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": list(actions or (action(),))}}],
    }
    # A thumbnail would be most of the file.
    context = c2pa.Context(c2pa.Settings.from_dict({"builder": {"thumbnail": {"enabled": False}}}))
    builder = c2pa.Builder(record, context=context)
    if remote is not None:
        builder.set_remote_url(remote)
    if not embedded:
        builder.set_no_embed()
    if ingredient is not None:
        builder.add_ingredient({"title": CANARY, "relationship": "componentOf"}, "image/png", io.BytesIO(ingredient))
    info = c2pa.C2paSignerInfo(alg=b"es256", sign_cert=signer.chain, private_key=signer.key, ta_url=None)
    out = io.BytesIO()
    builder.sign(c2pa.Signer.from_info(info), "image/png", io.BytesIO(picture), out)
    return out.getvalue()


def record_place(sample: bytes) -> tuple[int, int]:
    """Where in a signed PNG its record starts and ends, its chunk's frame included."""
    at = sample.index(b"caBX") - 4
    return at, at + 12 + int.from_bytes(sample[at : at + 4], "big")
