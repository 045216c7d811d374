"""Every piece of evidence that a project points at, looked at once.

Belongs here: walking the answers and handing each entry to `evidence`. Never here: what an entry shows (evidence),
what it is worth (assess).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.assess.answers import bare, catalog_refs
from handrail.attest.trust import Trust
from handrail.catalog.cache import user_cache
from handrail.catalog.resolve import alternatives
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Requirement
from handrail.model.declaration import Answer, Declaration, Evidence, Organisation
from handrail.model.observation import Observation, Observations
from handrail.source.diagnostics import Collector
from handrail.source.files import FileRefused, Root, components, refusal
from handrail.source.source_file import SourceFile
from handrail.workspace.load import ProjectFiles
from handrail.workspace.seen_before import SeenBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder whose files evidence points at, held open, and all that looking at one of them may want."""

    root: Root
    artifacts: Mapping[str, str]
    artifact_paths: Mapping[str, str]
    trust: Trust
    before: SeenBefore


def observe_project(
    project: ProjectFiles, bundle: Bundle, digest: str, out: Collector, *, trust: Trust | None = None
) -> Observations:
    """Look at the evidence of a project and of the organisation's answers that it uses.

    An entry whose path may not be opened at all (absolute, climbing, through a link) is a diagnostic; everything else
    that is wrong with it is an observation. `trust` says whose signatures count; by default nobody's. `digest` is the
    bundle's.
    """
    trust = trust or Trust.nobody()
    declaration = project.declaration
    declared = declaration.value.artifacts
    artifacts = {name: bare(one.sha256) for name, one in declared.items()}
    paths = {name: one.path for name, one in declared.items() if one.path is not None}
    catalogs = ",".join(one.digest for one in catalog_refs(bundle, digest))
    texts = (catalogs, declaration.digest, project.organisation.digest if project.organisation else "")
    before = SeenBefore(user_cache(), texts)
    observations: Observations = {}
    if project.organisation is not None and project.organisation_folder is not None:
        shared = {
            one: a for one, a in project.organisation.value.controls.items() if one not in declaration.value.controls
        }
        with Root(project.organisation_folder) as root:
            # The artifacts lie in another folder, so none of their paths hold here.
            folder = Folder(root=root, artifacts=artifacts, artifact_paths={}, trust=trust, before=before)
            observations |= _observe(project.organisation, shared, folder, bundle, out)
    with Root(project.folder) as root:
        folder = Folder(root=root, artifacts=artifacts, artifact_paths=paths, trust=trust, before=before)
        observations |= _observe(declaration, declaration.value.controls, folder, bundle, out)
    before.save()
    return observations


def _observe(
    file: SourceFile[Declaration] | SourceFile[Organisation],
    answers: Mapping[str, Answer],
    folder: Folder,
    bundle: Bundle,
    out: Collector,
) -> Observations:
    observations: Observations = {}
    for one, answer in answers.items():
        control = bundle.controls[one]
        asked = {r.id: r for group in control.evidence for r in alternatives(group)}
        seen: list[Observation] = []
        for index, entry in enumerate(answer.evidence):
            try:
                for path in (entry.path, entry.attestation):
                    if path is not None:
                        components(path)  # a bad form is told even where the file is never opened
                seen.append(_look(entry, asked[entry.requirement], control, folder, f"{one}/{index}"))
            except FileRefused as refused:
                key = "attestation" if refused.path == entry.attestation else "path"
                out.add(refusal(refused, file.span("controls", one, "evidence", index, key)))
        observations[one] = tuple(seen)
    return observations


def _look(entry: Evidence, requirement: Requirement, control: Control, folder: Folder, place: str) -> Observation:
    """What is to be seen at an entry: as on an earlier run where nothing changed, else by looking."""
    digest = folder.before.digest(entry, requirement.kind, folder.root)
    known = folder.before.get(place, digest) if digest is not None else None
    if known is not None:
        return known
    from handrail.evidence.observe import ProjectFiles as EvidenceFiles  # not needed where all was seen before
    from handrail.evidence.observe import observe

    files = EvidenceFiles(
        root=folder.root,
        artifacts=folder.artifacts,
        artifact_paths=folder.artifact_paths,
        trust=folder.trust,
    )
    seen = observe(entry, requirement, files, scope=control.scope)
    if digest is not None:
        folder.before.keep(place, digest, seen)
    return seen
