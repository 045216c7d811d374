"""An `attestation` beside an entry: a signed statement over the very bytes, or the sealed digest, it points at.

Belongs here: what such a statement adds to what a kind saw, the same for every kind. Never here: what the evidence
itself shows (`kinds`).

| what stands beside the entry | what becomes of what was seen |
|---|---|
| a statement on this digest, dated, by an accepted key | tier attested |
| the same by a key that the project named, or undated | tier documented at least |
| the same by nobody known | nothing more |
| nothing that can be read, no digest to speak of, or a type of statement that vouches for nothing | nothing more |
| a statement that names a known key which did not sign it, or on another digest only | altered |

A kind that is verified only when it is bound to an artifact stays so: its evidence is attested if it was bound, or if
the statement names the artifact's digest beside the file's (a report of a test run and the model it was run on).
After the last day of the key that lifted it, the evidence no longer counts. Only evidence that shows something is
lifted, and the older of the two days counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handrail.attest.dsse import ENVELOPE_BYTES, EnvelopeError
from handrail.attest.keys import SigningUnavailableError
from handrail.attest.predicates import ASSESSMENT, PREDICATES
from handrail.attest.statement import StatementError
from handrail.attest.trust import Trust
from handrail.evidence.plugin import Seen, unavailable
from handrail.evidence.signed import Signed, read_signed
from handrail.model.terms import Assurance, Verdict
from handrail.source.files import FileReason, FileRefused, Root

VOUCHING = frozenset(PREDICATES.values()) - {ASSESSMENT}
"""Statements that speak for the subject. Any other type may as well say that something is wrong with it."""

NEEDS_SIGNING = 'Signatures cannot be checked by this installation: pip install "handrail[signing]".'

_PATH_AT_FAULT = frozenset({FileReason.ABSOLUTE, FileReason.CLIMBS, FileReason.LINK})


def with_attestation(
    seen: Seen,
    path: str,
    digest: str | None,
    *,
    root: Root,
    trust: Trust,
    artifacts: Mapping[str, str],
    needs_binding: bool,
) -> Seen:
    """Say what an entry shows together with the statement beside it.

    Args:
        seen: what the kind saw.
        path: where the envelope lies.
        digest: 64 hex digits of what the entry points at; None: it gives none.
        root: the folder of the file that names the evidence.
        trust: whose signatures count.
        artifacts: the project's own, name -> 64 hex digits.
        needs_binding: the kind is verified only when it speaks of an artifact.

    Raises:
        FileRefused: the path is absolute, climbs, or is or lies behind a link.
    """
    if seen.verdict not in (Verdict.SHOWN, Verdict.PARTIAL):
        return seen
    if digest is None:
        return _saying(seen, "No digest is given, so that a statement cannot speak of it.")
    try:
        signed = read_signed(root.read(path, cap=ENVELOPE_BYTES), trust)
    except SigningUnavailableError:
        return unavailable(NEEDS_SIGNING)
    except FileRefused as refused:
        if refused.reason in _PATH_AT_FAULT:
            raise
        return _saying(seen, "The statement named beside it is not there, or cannot be read.")
    except (EnvelopeError, StatementError):
        return _saying(seen, "What is named as a statement beside it is no signed in-toto statement.")
    if signed.broken:
        return Seen(
            verdict=Verdict.ALTERED, text="A known key is named for the statement beside it and did not sign it."
        )
    if digest not in signed.statement.digests:
        return Seen(verdict=Verdict.ALTERED, text="It is not what the statement beside it was signed over.")
    if signed.statement.predicate_type not in VOUCHING:
        return _saying(seen, "The statement beside it is of a type that vouches for nothing here.")
    return _lifted(seen, signed, artifacts, needs_binding=needs_binding)


def artifact_of(digests: Iterable[str], artifacts: Mapping[str, str]) -> str | None:
    """The first of the project's artifacts, by name, that has one of these digests."""
    known = frozenset(digests)
    return next((name for name in sorted(artifacts) if artifacts[name] in known), None)


def _lifted(seen: Seen, signed: Signed, artifacts: Mapping[str, str], *, needs_binding: bool) -> Seen:
    known = signed.statement.digests if signed.signer is not None else ()
    artifact = seen.artifact or artifact_of(known, artifacts)
    tier = signed.tier
    if needs_binding and seen.tier < Assurance.VERIFIED and artifact is None:
        tier = min(tier, Assurance.DOCUMENTED)
    days = [one for one in (seen.date, signed.day if signed.signer is not None else None) if one is not None]
    lasts = [one for one in (seen.valid_until, signed.until if tier > seen.tier else None) if one is not None]
    return replace(
        _saying(seen, signed.text),
        tier=max(seen.tier, tier),
        date=min(days, default=None),
        artifact=artifact,
        valid_until=min(lasts, default=None),
    )


def _saying(seen: Seen, sentence: str) -> Seen:
    return replace(seen, text=f"{seen.text} {sentence}")
