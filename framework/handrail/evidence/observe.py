"""One entry of a declaration -> what is to be seen there.

Belongs here: the order of the steps that all kinds share: pointer, opening, digest, content, date. Never here: what
the content of a kind means (`kinds`), and whether it is fresh or strong enough (`assess`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from handrail.attest.trust import Trust
from handrail.evidence.parameters import typed
from handrail.evidence.plugin import Given, Seen, unavailable, unreadable
from handrail.evidence.registry import Verifier, find
from handrail.model.catalog import Requirement
from handrail.model.declaration import Evidence
from handrail.model.observation import Observation
from handrail.model.terms import Handling, Verdict
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


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """A project's folder, held open, and the digests of its artifacts: name -> 64 hex digits.

    `artifact_paths` says where those lie that are in the project; `trust` whose signatures count.
    """

    root: Root
    artifacts: Mapping[str, str]
    artifact_paths: Mapping[str, str] = field(default_factory=dict)
    trust: Trust = field(default_factory=Trust.nobody)


def observe(entry: Evidence, requirement: Requirement, project: ProjectFiles) -> Observation:
    """Look at one entry of evidence once, and say what it shows, without judging time or strength.

    The date is the activity's own, from the content; if the entry gives one too, the older (DESIGN section 4).

    Raises:
        FileRefused: the path is absolute, climbs, or is or lies behind a link; that is a defect of the declaration.
    """
    seen = _see(entry, requirement, project)
    return Observation(
        requirement=requirement.id,
        kind=requirement.kind,
        verdict=seen.verdict,
        tier=seen.tier,
        date=_older(seen.date, entry.date) if seen.verdict in _CONTENT else None,
        run=seen.run,
        supersedes=seen.supersedes,
        valid_until=seen.valid_until,
        text=seen.text,
    )


def _see(entry: Evidence, requirement: Requirement, project: ProjectFiles) -> Seen:
    verifier = find(requirement.kind)
    wanted = verifier.kind.pointer if verifier is not None else None
    if requirement.handling is Handling.SEALED:
        wanted = "sealed"
    if wanted is not None and getattr(entry, wanted) is None:
        return Seen(verdict=Verdict.REFUSED, text=_REFUSED[wanted])
    data = None
    if entry.path is not None:
        try:
            data, digest = _opened(entry, verifier, project.root)
        except FileRefused as refused:
            if refused.reason not in _NOT_READ:
                raise
            return _NOT_READ[refused.reason]
        if entry.sha256 is not None and digest is not None and entry.sha256.removeprefix("sha256:") != digest:
            return Seen(verdict=Verdict.ALTERED, text="The file is not the one whose digest was declared.")
    # Only now: a file that is missing or altered is so whether or not there is a checker for its kind.
    if verifier is None:
        return unavailable("This installation has no checker for this kind of evidence.")
    if verifier.examine is None:
        return unavailable("This version of handrail has no checker for this kind of evidence yet.")
    parameters = typed(requirement.parameters, verifier.kind)
    if parameters is None:
        return unavailable("The catalog asks for this in a way that the checker does not know.")
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
        )
    )
    return replace(seen, tier=min(seen.tier, verifier.kind.highest))


def _opened(entry: Evidence, verifier: Verifier | None, root: Root) -> tuple[bytes | None, str | None]:
    """The bytes and their digest; for a kind that streams only the digest, and only where one is declared."""
    path = entry.path or ""
    if verifier is None or not verifier.streamed:
        return root.read_with_digest(path)
    return None, root.digest(path) if entry.sha256 is not None else None


def _older(found: date | None, declared: date | None) -> date | None:
    return min((one for one in (found, declared) if one is not None), default=None)
