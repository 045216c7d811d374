"""One entry of a declaration -> what is to be seen there.

Belongs here: the order of the steps that all kinds share: pointer, opening, digest, content, date. Never here: what
the content of a kind means (`kinds`), and whether it is fresh or strong enough (`assess`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath

from handrail.attest.trust import Trust
from handrail.evidence.folder import digest_at
from handrail.evidence.guard import GUARDED, looks_like_content
from handrail.evidence.parameters import Parameters, typed
from handrail.evidence.plugin import Given, Seen, unavailable, unreadable
from handrail.evidence.registry import Verifier, find
from handrail.evidence.stream import EntryFile
from handrail.model.catalog import Requirement
from handrail.model.declaration import Evidence
from handrail.model.observation import Observation
from handrail.model.terms import Assurance, Handling, Scope, Verdict
from handrail.source.files import FileReason, FileRefused, Root

_REFUSED = {
    "path": "This is asked for as a file: point at it with `path`.",
    "sealed": "This is kept outside of the project: point at it with `sealed`. A file is never opened for it.",
    "statement": "This is asked for in words: give it as `statement`.",
}
"""How a kind is pointed at -> what to say of another pointer."""

_NOT_READ = {
    FileReason.MISSING: Seen(verdict=Verdict.MISSING, text="There is no file at the path given."),
    FileReason.NOT_REGULAR: unreadable("What is at the path given is not a regular file."),
    FileReason.TOO_LARGE: unreadable("The file is larger than the limit for evidence."),
    FileReason.CHANGED: unreadable("The file changed while it was read; check again when it is finished."),
    FileReason.UNREADABLE: unreadable("The file cannot be opened; check its permissions."),
}
"""Why a file was not read -> what that shows. The reasons left out are diagnostics: the path itself is at fault."""

_CONTENT = frozenset({Verdict.SHOWN, Verdict.PARTIAL, Verdict.CONTRADICTED})

_ALTERED = Seen(verdict=Verdict.ALTERED, text="The file is not the one whose digest was declared.")


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """A project's folder, held open, and the digests of its artifacts: name -> 64 hex digits.

    `artifact_paths` says where those lie that are in the project; `trust` whose signatures count.
    """

    root: Root
    artifacts: Mapping[str, str]
    artifact_paths: Mapping[str, str] = field(default_factory=dict)
    trust: Trust = field(default_factory=Trust.nobody)


def observe(
    entry: Evidence, requirement: Requirement, project: ProjectFiles, *, scope: Scope | None = None
) -> Observation:
    """Look at one entry of evidence once, and say what it shows, without judging time or strength.

    The date is the activity's own, from the content; if the entry gives one too, the older (DESIGN section 4).

    Raises:
        FileRefused: the path is absolute, climbs, or is or lies behind a link; that is a defect of the declaration.
    """
    seen = _see(entry, requirement, project, scope)
    return Observation(
        requirement=requirement.id,
        kind=requirement.kind,
        verdict=seen.verdict,
        tier=seen.tier,
        date=_older(seen.date, entry.date) if seen.verdict in _CONTENT else None,
        run=seen.run,
        supersedes=seen.supersedes,
        artifact=seen.artifact,
        valid_until=seen.valid_until,
        text=seen.text,
    )


def pointer_of(requirement: Requirement) -> str | None:
    """Say how a requirement is pointed at: `path`, `sealed` or `statement`; None for a kind that nobody knows."""
    if requirement.handling is Handling.SEALED:
        return "sealed"
    verifier = find(requirement.kind)
    return verifier.kind.pointer if verifier is not None else None


def _see(entry: Evidence, requirement: Requirement, project: ProjectFiles, scope: Scope | None) -> Seen:
    verifier = find(requirement.kind)
    wanted = pointer_of(requirement)
    if wanted is not None and getattr(entry, wanted) is None:
        return Seen(verdict=Verdict.REFUSED, text=_REFUSED[wanted])
    try:
        return _examined(entry, requirement, verifier, project, scope)
    except FileRefused as refused:
        if refused.reason not in _NOT_READ:
            raise
        return _NOT_READ[refused.reason]


def _examined(
    entry: Evidence, requirement: Requirement, verifier: Verifier | None, project: ProjectFiles, scope: Scope | None
) -> Seen:
    data, digest = _opened(entry, verifier, project.root)
    if entry.sha256 is not None and digest is not None and _bare(entry.sha256) != digest:
        return _ALTERED
    # Only now: a file that is missing or altered is so whether or not there is a checker for its kind.
    if verifier is None:
        return unavailable("This installation has no checker for this kind of evidence.")
    if verifier.examine is None:
        return unavailable("This version of handrail has no checker for this kind of evidence yet.")
    parameters = typed(requirement.parameters, verifier.kind)
    if parameters is None:
        return unavailable("The catalog asks for this in a way that the checker does not know.")
    content = _content(data, entry, parameters) if requirement.kind in GUARDED else None
    if content is not None:
        return Seen(verdict=Verdict.REFUSED, text=content)
    file = EntryFile(project.root, entry.path) if verifier.streamed and entry.path is not None else None
    seen = verifier.examine(
        Given(
            data=data,
            entry=entry,
            requirement=requirement,
            parameters=parameters,
            artifacts=project.artifacts,
            artifact_paths=project.artifact_paths,
            root=project.root,
            trust=project.trust,
            scope=scope,
            file=file,
        )
    )
    if file is not None:
        digest = file.digest  # of the very bytes that were judged; None, and so another, if it did not read them all
        if entry.sha256 is not None and seen.verdict in _CONTENT and _bare(entry.sha256) != digest:
            return _ALTERED
    if seen.tier > verifier.kind.highest:
        seen = replace(seen, tier=verifier.kind.highest)
    if entry.attestation is None:
        return seen
    from handrail.evidence.attested import with_attestation  # most entries have none

    return with_attestation(
        seen,
        entry.attestation,
        digest if entry.sealed is None else _bare(entry.sealed.sha256),
        root=project.root,
        trust=project.trust,
        artifacts=project.artifacts,
        needs_binding=verifier.kind.highest is Assurance.VERIFIED,
    )


def _opened(entry: Evidence, verifier: Verifier | None, root: Root) -> tuple[bytes | None, str | None]:
    """The bytes and their digest; of a folder only the digest, where it matters; nothing for a kind that streams."""
    if entry.path is None or (verifier is not None and verifier.streamed):
        return None, None
    if verifier is None or not verifier.folder:
        return root.read_with_digest(entry.path)
    if entry.sha256 is None and entry.attestation is None:
        return None, None
    return None, digest_at(root, entry.path)


def _bare(digest: str | None) -> str | None:
    return digest.removeprefix("sha256:") if digest is not None else None


def _content(data: bytes | None, entry: Evidence, parameters: Parameters) -> str | None:
    """Say what content the evidence looks like; the words of a statement are looked at like a file."""
    if data is None and entry.statement is not None:
        data = entry.statement.text.encode()
    asked = any("digest" in column for column in parameters.texts("columns"))
    suffix = PurePosixPath(entry.path or "").suffix.lower()
    return looks_like_content(data or b"", suffix, digests_asked=asked)


def _older(found: date | None, declared: date | None) -> date | None:
    return min((one for one in (found, declared) if one is not None), default=None)
