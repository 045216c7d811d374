"""`model-signature`: a signature over a model's files as OpenSSF model signing makes it with a key (`--key`).

The file is a Sigstore bundle: a DSSE envelope with an in-toto statement of the type `SIGNATURE` that lists every file
and its digest. Its subject's digest is the sha256 over the digests listed, one after the other: for a folder that is
`evidence.folder.folder_digest`, and what `artifacts` must give for it. A project whose artifact is one file gives that
file's own sha256, and the list must have it.

| what is there | verdict |
|---|---|
| no such bundle; another type of statement; no file listed; a list without its subject's digest | unreadable |
| a bundle without a key (keyless, or by certificate): to check it needs the network | unavailable |
| nothing here to check signatures with | unavailable |
| it names a known key, which did not sign it | altered |
| neither its subject nor a file that it lists has the digest of an artifact that the project declares | mismatched |
| the artifact lies in the project; a file that was signed is gone or another, or one is there that was not | altered |
| a file of it cannot be read, or its list leads out of it | unreadable |
| the artifact lies in the project; the files are listed in shards, or not by SHA-256 | unavailable |
| a file is there that the signature leaves out by its own word | partial |
| else | shown |

Changed files do not contradict: they are not what was signed, and what they are is not known. The bundle itself may
lie among the files. Names that start with a dot are looked at if they were signed; others of that sort are not seen.

Verified if an accepted key signed it and it is bound to an artifact, whether or not the files are here: the text says
which. Documented if only the project named the key, or declares no artifact at all. Claimed if nobody known signed it:
then the list is the project's word. Nothing in it says when it was made, so only the entry can give a date; a key
counts on that day if its attestor's `since` and `until` hold it, and the evidence counts no longer than the key.
Source: OpenSSF Model Signing v1.0, and the payload of its library (`model_signing._signing.signing.Payload`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from handrail.attest.dsse import ENVELOPE_BYTES, PAYLOAD_TYPE, Envelope, EnvelopeError, open_envelope
from handrail.attest.keys import SigningUnavailableError
from handrail.attest.statement import Statement, StatementError, read_statement
from handrail.attest.trust import Trust
from handrail.attest.verify import Circle, signer
from handrail.evidence.attested import NEEDS_SIGNING, artifact_of
from handrail.evidence.folder import chained, files_at
from handrail.evidence.plugin import Given, Seen, unavailable, unreadable
from handrail.evidence.signed import Signed
from handrail.model.limits import KIB
from handrail.model.terms import Assurance, Verdict
from handrail.source.files import FileReason, FileRefused, Root
from handrail.source.strict_json import read_json

KIND = "model-signature"

SIGNATURE = "https://model_signing/signature/v1.0"

_BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
_KEYLESS = ("certificate", "x509CertificateChain")

# Around the envelope a bundle has a hint of the key, and no more.
_BUNDLE_BYTES = ENVELOPE_BYTES + 16 * KIB

_HEX = re.compile(r"(?:[0-9a-f]{2}){20,64}")
_SHA256_DIGITS = 64

_ANOTHER = unreadable("The file is not a signature by OpenSSF model signing (a Sigstore bundle, version 0.3).")
_NEEDS_KEY = unavailable(
    "The signature was made without a key of its own (by certificate), which cannot be checked here offline."
)
_NOT_BOUND = Seen(verdict=Verdict.MISMATCHED, text="The signature is not over an artifact that the project declares.")
_CHANGED = Seen(verdict=Verdict.ALTERED, text="The artifact's files are not the ones that were signed.")
_NOT_READ = unreadable("A file of the artifact cannot be read: it is no regular file, a link, or written to just now.")
_OUTSIDE = unreadable("The signature lists files that cannot lie in a model.")
_NOT_COMPARED = unavailable("The signature lists the files in a way that this version of handrail cannot compare.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the statement lists: file (or shard) -> digest in hexadecimal, and the paths that it leaves out."""

    digests: Mapping[str, str]
    left_out: tuple[str, ...]
    comparable: bool


def examine(given: Given) -> Seen:
    """Say who signed, whether it is over the project's artifact, and whether the files are the ones signed."""
    bundle = _read(given.data or b"")
    if bundle is None:
        return _ANOTHER
    material = bundle["verificationMaterial"]
    if any(material.get(name) for name in _KEYLESS):
        return _NEEDS_KEY
    try:
        envelope, statement = _opened(bundle["dsseEnvelope"])
        found = signer(envelope, given.trust, on=given.entry.date)
        unsigned = signer(envelope, given.trust, on=None) is None
    except SigningUnavailableError:
        return unavailable(NEEDS_SIGNING)
    except (EnvelopeError, StatementError):
        return _ANOTHER
    listed = _listed(statement)
    if listed is None:
        return _ANOTHER
    if unsigned and _names_known_key(material, given.trust):
        return Seen(verdict=Verdict.ALTERED, text="A known key is named for the signature and did not sign it.")
    return _compared(given, listed, Signed(statement, given.entry.date, found, broken=False))


def _compared(given: Given, listed: Listed, signed: Signed) -> Seen:
    whole = artifact_of(signed.statement.digests, given.artifacts)
    artifact = whole or artifact_of(listed.digests.values(), given.artifacts)
    if artifact is None and given.artifacts:
        return _NOT_BOUND
    if artifact is None:
        what = "The project declares no artifact that the signature could be over."
        return _shown(signed, Verdict.SHOWN, what, artifact=None)
    path = given.artifact_paths.get(artifact)
    if path is None or given.root is None:
        what = "The signature is over the artifact's digest; the files themselves were not looked at."
        return _shown(signed, Verdict.SHOWN, what, artifact=artifact)
    if not listed.comparable:
        return _NOT_COMPARED
    try:
        if whole is None:
            fault = None if given.root.digest(path) == given.artifacts[artifact] else _CHANGED
            extra: set[PurePosixPath] = set()
        else:
            fault = _fault(given.root, path, listed.digests)
            extra = _extra(given.root, path, listed.digests) - {PurePosixPath(given.entry.path or "")}
    except FileRefused as refused:
        return _CHANGED if refused.reason is FileReason.MISSING else _NOT_READ
    if fault is not None:
        return fault
    if not extra:
        return _shown(
            signed, Verdict.SHOWN, "Every file of the artifact is the one that was signed.", artifact=artifact
        )
    if all(any(one.is_relative_to(PurePosixPath(path, left)) for left in listed.left_out) for one in extra):
        what = "A part of what is asked is there. The signature leaves out files that lie among the artifact's."
        return _shown(signed, Verdict.PARTIAL, what, artifact=artifact)
    return _CHANGED


def _shown(signed: Signed, verdict: Verdict, what: str, *, artifact: str | None) -> Seen:
    tier = Assurance.CLAIMED
    if signed.signer is not None:
        accepted = signed.signer.circle is Circle.ACCEPTED and artifact is not None
        tier = Assurance.VERIFIED if accepted else Assurance.DOCUMENTED
    return Seen(verdict=verdict, text=f"{what} {signed.text}", tier=tier, artifact=artifact, valid_until=signed.until)


def _fault(root: Root, path: str, digests: Mapping[str, str]) -> Seen | None:
    """Say what is wrong with the files that were signed; a single one is listed as `.`."""
    for name, digest in digests.items():
        try:
            if root.digest(path if name == "." else f"{path}/{name}") != digest:
                return _CHANGED
        except FileRefused as refused:
            if refused.reason in (FileReason.CLIMBS, FileReason.ABSOLUTE):
                return _OUTSIDE
            raise
    return None


def _extra(root: Root, path: str, digests: Mapping[str, str]) -> set[PurePosixPath]:
    signed = {PurePosixPath(path, name) for name in digests}
    return {PurePosixPath(one) for one in files_at(root, path)} - signed


def _read(data: bytes) -> dict[str, Any] | None:
    try:
        bundle = read_json(data, max_bytes=_BUNDLE_BYTES)
    except ValueError:
        return None
    if not isinstance(bundle, dict) or bundle.get("mediaType") != _BUNDLE:
        return None
    return (
        bundle if all(isinstance(bundle.get(part), dict) for part in ("verificationMaterial", "dsseEnvelope")) else None
    )


def _opened(given: dict[str, Any]) -> tuple[Envelope, Statement]:
    envelope = open_envelope(json.dumps(given).encode())
    if envelope.payload_type != PAYLOAD_TYPE:
        raise StatementError("is of another type")
    return envelope, read_statement(envelope.payload)


def _listed(statement: Statement) -> Listed | None:
    """Read the list; None if it is none, or does not have the digest of the statement's one subject."""
    if statement.predicate_type != SIGNATURE or len(statement.subjects) != 1:
        return None
    resources, serialization = (statement.predicate.get(name) for name in ("resources", "serialization"))
    if not isinstance(resources, list) or not resources or not isinstance(serialization, dict):
        return None
    digests: dict[str, str] = {}
    comparable = serialization.get("method") == "files"
    for one in resources:
        name, digest = (one.get(part) if isinstance(one, dict) else None for part in ("name", "digest"))
        if not isinstance(name, str) or not isinstance(digest, str) or not _HEX.fullmatch(digest) or name in digests:
            return None
        digests[name] = digest
        comparable &= one.get("algorithm") == "sha256" and len(digest) == _SHA256_DIGITS
    if chained(digests.values()) != statement.subjects[0].sha256:
        return None
    left_out = serialization.get("ignore_paths")
    return Listed(
        digests=digests,
        left_out=tuple(one for one in left_out if isinstance(one, str)) if isinstance(left_out, list) else (),
        comparable=comparable,
    )


def _names_known_key(material: Mapping[str, Any], trust: Trust) -> bool:
    """Say whether the bundle's hint, the sha256 of the key as PEM, is that of a key that is known."""
    named = material.get("publicKey")
    hint = named.get("hint") if isinstance(named, dict) else None
    known = (*trust.accepted.values(), *trust.named.values())
    return hint in {hashlib.sha256(f"{one.public_key.strip()}\n".encode()).hexdigest() for one in known}
