"""The assessments of other projects that answers are inherited from, read from disk.

Belongs here: opening them by digest, whose signature they bear, and the chain of projects they rest on. Never here:
judging their findings again (`assess.rejudge`), and what an inherited answer is worth (`assess.inherit`).

| what is there | what the reading says |
|---|---|
| no file, another digest than declared, no assessment | the digest does not hold |
| a statement over this digest, as an assessment, by an accepted key that held on its day | signed |
| the same by a key that only the project names, or by nobody known; no statement there | not signed |
| a statement over another digest, or that names a known key which did not sign it; no statement but a file | broken |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from handrail.assess.answers import bare
from handrail.assess.rejudge import rejudged
from handrail.attest.dsse import ENVELOPE_BYTES, EnvelopeError
from handrail.attest.keys import INSTALL, SigningUnavailableError
from handrail.attest.predicates import ASSESSMENT
from handrail.attest.statement import StatementError
from handrail.attest.trust import Trust
from handrail.catalog.resolve import InForce
from handrail.evidence.signed import read_signed
from handrail.model.assessment import Assessment, RestsOn
from handrail.model.declaration import UpstreamPointer
from handrail.model.limits import MIB
from handrail.model.observation import Signature, UpstreamReading
from handrail.model.terms import Assurance
from handrail.report.canonical import from_json
from handrail.source.diagnostics import Collector, Diagnostic, InputError, Severity, Span
from handrail.source.files import FileReason, FileRefused, Root, refusal
from handrail.workspace.load import ProjectFiles

# Three times the report of a project that answers 1,000 controls.
ASSESSMENT_BYTES = 4 * MIB

# Commas of such a report. Validation tells every wrong value, and each costs as much as a hundred right ones: 4 MiB of
# `{},{},...` would take half a minute and gigabytes.
ASSESSMENT_VALUES = 40_000

_Signature: TypeAlias = tuple[Signature, date | None]
"""What the signature is, and the last day of its key."""

_PATH_AT_FAULT = frozenset({FileReason.ABSOLUTE, FileReason.CLIMBS, FileReason.LINK})


@dataclass(frozen=True, slots=True, kw_only=True)
class OurSide:
    """What an upstream's findings are judged again by: what binds us, the digests of our artifacts, and our day."""

    controls: tuple[InForce, ...]
    artifacts: frozenset[str]
    as_of: date


def read_upstreams(project: ProjectFiles, ours: OurSide, trust: Trust, out: Collector) -> dict[str, UpstreamReading]:
    """Read every upstream that the declaration names, by its key.

    A path that may not be opened at all (absolute, climbing, through a link) is a diagnostic; everything else that is
    wrong with an upstream is in its reading.
    """
    declaration = project.declaration
    readings: dict[str, UpstreamReading] = {}
    with Root(project.folder) as root:
        for key, pointer in declaration.value.upstream.items():
            try:
                readings[key] = _read(key, pointer, root, ours, trust, out, declaration.span("upstream", key))
            except FileRefused as refused:
                named = "signature" if refused.path == pointer.signature else "assessment"
                out.add(refusal(refused, declaration.span("upstream", key, named)))
    return readings


def _read(
    key: str, pointer: UpstreamPointer, root: Root, ours: OurSide, trust: Trust, out: Collector, place: Span
) -> UpstreamReading:
    there, digest = _assessment(pointer, root)
    if there is None:
        return UpstreamReading(project=key, as_of=ours.as_of, digest_ok=False, signature=Signature.NONE)
    try:
        signature, until = _signature(pointer, digest, root, trust, ours.as_of)
    except SigningUnavailableError:
        signature, until = Signature.NONE, None
        said = f"the signature over the assessment of `{key}` cannot be checked by this installation"
        out.add(Diagnostic("HR505", said, place, help=INSTALL, override=Severity.WARNING))
    return UpstreamReading(
        project=there.project.id,
        as_of=there.as_of,
        digest_ok=True,
        signature=signature,
        signed_until=until,
        findings=rejudged(there, ours.controls, artifacts=ours.artifacts, as_of=ours.as_of),
        seen=tuple(one.project for one in there.rests_on),
        rests_on=(RestsOn(project=there.project.id, sha256=digest), *there.rests_on),
    )


def _assessment(pointer: UpstreamPointer, root: Root) -> tuple[Assessment | None, str]:
    """The assessment and its digest; None if it is not the one that was declared."""
    try:
        data, digest = root.read_with_digest(pointer.assessment, cap=ASSESSMENT_BYTES)
    except FileRefused as refused:
        if refused.reason in _PATH_AT_FAULT:
            raise
        return None, ""
    if digest != bare(pointer.sha256) or data.count(b",") > ASSESSMENT_VALUES:
        return None, digest
    try:
        return from_json(data, pointer.assessment), digest
    except InputError:
        return None, digest


def _signature(pointer: UpstreamPointer, digest: str, root: Root, trust: Trust, as_of: date) -> _Signature:
    if pointer.signature is None:
        return Signature.NONE, None
    try:
        signed = read_signed(root.read(pointer.signature, cap=ENVELOPE_BYTES), trust)
    except FileRefused as refused:
        if refused.reason in _PATH_AT_FAULT:
            raise
        return Signature.NONE if refused.reason is FileReason.MISSING else Signature.BAD, None
    except (EnvelopeError, StatementError):
        return Signature.BAD, None
    if signed.broken or digest not in signed.statement.digests:
        return Signature.BAD, None
    vouched = signed.statement.predicate_type == ASSESSMENT and signed.tier is Assurance.ATTESTED
    if not vouched or signed.day is None or signed.day > as_of:
        return Signature.NONE, None
    return Signature.GOOD, signed.until
