"""Small model folders, signed in the test by OpenSSF's own tool with throw-away keys."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from handrail.attest.trust import Trust
from handrail.model.vocabulary import Attestor

CANARY = "harmless-canary-7f3a"

FILES: Mapping[str, bytes] = {
    "config.json": b'{"note": "harmless-canary-7f3a"}',
    "model.safetensors": bytes(range(256)) * 8,
    # A folder and a file whose names order otherwise as text than part by part.
    "tokenizer/vocabulary.txt": b"harmless-canary-7f3a",
    "tokenizer.json": b"{}",
    ".revision": b"1",
}


@cache
def key(name: str) -> ec.EllipticCurvePrivateKey:
    """Make one; the same name gives the same one."""
    return ec.generate_private_key(ec.SECP256R1())


def public(name: str) -> str:
    """The public half, as a file of attestors gives it."""
    return key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def attestor(name: str, **more: str) -> Attestor:
    """An attestor as a catalog's or a reader's file gives it."""
    return Attestor.model_validate({"name": CANARY, "public_key": public(name), "since": "2026-01-01", **more})


def accepting(*names: str, **more: str) -> Trust:
    """The trust of a reader who accepts these keys."""
    return Trust(accepted={name: attestor(name, **more) for name in names})


def write(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """Write a model's files into a folder, which is made."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def signed(model: Path, *, by: str = "publisher", leaving_out: Iterable[str] = (), **hashed: Any) -> bytes:
    """Sign a folder or a file, as the tool does it; `hashed` are options of its way to hash."""
    from model_signing import hashing, signing

    pem = key(by).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    ways = hashing.Config()
    if "shard_size" in hashed:
        ways = ways.use_shard_serialization(**hashed)
    elif hashed:
        ways = ways.use_file_serialization(**hashed)
    with TemporaryDirectory() as aside:
        (Path(aside) / "key.pem").write_bytes(pem)
        signing.Config().use_elliptic_key_signer(private_key=Path(aside) / "key.pem").set_hashing_config(
            ways.set_ignored_paths(paths=[model / name for name in leaving_out])
        ).sign(model, Path(aside) / "model.sig")
        return (Path(aside) / "model.sig").read_bytes()


def holds_for_the_tool(model: Path, signature: Path, *, by: str = "publisher") -> bool:
    """Whether OpenSSF's own tool takes the signature and the files as they are."""
    from cryptography.exceptions import InvalidSignature
    from model_signing import verifying

    with TemporaryDirectory() as aside:
        (Path(aside) / "key.pem").write_text(public(by))
        try:
            verifying.Config().use_elliptic_key_verifier(public_key=Path(aside) / "key.pem").verify(model, signature)
        except (ValueError, InvalidSignature, KeyError, TypeError, AttributeError):
            return False
    return True


def statement(bundle: bytes) -> dict[str, Any]:
    """The statement that a bundle holds."""
    found: dict[str, Any] = json.loads(base64.b64decode(json.loads(bundle)["dsseEnvelope"]["payload"]))
    return found


def resigned(bundle: bytes, changed: Mapping[str, Any], *, by: str = "publisher") -> bytes:
    """The bundle with another statement, signed anew; what the tool itself would never write."""
    from cryptography.hazmat.primitives.hashes import SHA256

    from handrail.attest.dsse import PAYLOAD_TYPE, pae

    outer = json.loads(bundle)
    payload = json.dumps(changed).encode()
    outer["dsseEnvelope"]["payload"] = base64.b64encode(payload).decode()
    signature = key(by).sign(pae(PAYLOAD_TYPE, payload), ec.ECDSA(SHA256()))
    outer["dsseEnvelope"]["signatures"][0]["sig"] = base64.b64encode(signature).decode()
    return json.dumps(outer).encode()
