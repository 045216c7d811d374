"""Every piece of evidence that a project points at, looked at once.

Belongs here: walking the answers and handing each entry to `evidence`. Never here: what an entry shows (evidence),
what it is worth (assess).
"""

from __future__ import annotations

from collections.abc import Mapping

from handrail.assess.answers import bare
from handrail.attest.trust import Trust
from handrail.catalog.resolve import alternatives
from handrail.evidence.observe import ProjectFiles as EvidenceFiles
from handrail.evidence.observe import observe
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, Declaration, Organisation
from handrail.model.observation import Observation, Observations
from handrail.source.diagnostics import Collector
from handrail.source.files import FileRefused, Root, components, refusal
from handrail.source.source_file import SourceFile
from handrail.workspace.load import ProjectFiles


def observe_project(
    project: ProjectFiles, bundle: Bundle, out: Collector, *, trust: Trust | None = None
) -> Observations:
    """Look at the evidence of a project and of the organisation's answers that it uses.

    An entry whose path may not be opened at all (absolute, climbing, through a link) is a diagnostic; everything else
    that is wrong with it is an observation. `trust` says whose signatures count; by default nobody's.
    """
    trust = trust or Trust.nobody()
    declaration = project.declaration
    declared = declaration.value.artifacts
    artifacts = {name: bare(one.sha256) for name, one in declared.items()}
    paths = {name: one.path for name, one in declared.items() if one.path is not None}
    observations: Observations = {}
    if project.organisation is not None and project.organisation_folder is not None:
        shared = {
            one: a for one, a in project.organisation.value.controls.items() if one not in declaration.value.controls
        }
        with Root(project.organisation_folder) as root:
            files = EvidenceFiles(root=root, artifacts=artifacts, trust=trust)  # the artifacts lie in another folder
            observations |= _observe(project.organisation, shared, files, bundle, out)
    with Root(project.folder) as root:
        files = EvidenceFiles(root=root, artifacts=artifacts, artifact_paths=paths, trust=trust)
        observations |= _observe(declaration, declaration.value.controls, files, bundle, out)
    return observations


def _observe(
    file: SourceFile[Declaration] | SourceFile[Organisation],
    answers: Mapping[str, Answer],
    files: EvidenceFiles,
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
                seen.append(observe(entry, asked[entry.requirement], files, scope=control.scope))
            except FileRefused as refused:
                key = "attestation" if refused.path == entry.attestation else "path"
                out.add(refusal(refused, file.span("controls", one, "evidence", index, key)))
        observations[one] = tuple(seen)
    return observations
