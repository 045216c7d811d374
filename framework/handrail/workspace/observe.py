"""Every piece of evidence that a project points at, looked at once.

Belongs here: walking the answers and handing each entry to `evidence`. Never here: what an entry shows (evidence),
what it is worth (assess).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handrail.catalog.resolve import alternatives
from handrail.evidence.observe import ProjectFiles as EvidenceFiles
from handrail.evidence.observe import observe
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, Declaration, Organisation
from handrail.model.observation import Observation, Observations
from handrail.source.diagnostics import Collector
from handrail.source.files import FileRefused, Root, components, refusal
from handrail.source.load import Loaded
from handrail.workspace.load import ProjectFiles


def observe_project(project: ProjectFiles, bundle: Bundle, out: Collector) -> Observations:
    """Look at the evidence of a project and of the organisation's answers that it uses.

    An entry whose path may not be opened at all (absolute, climbing, through a link) is a diagnostic; everything else
    that is wrong with it is an observation.
    """
    declaration = project.declaration
    artifacts = {name: one.sha256.removeprefix("sha256:") for name, one in declaration.value.artifacts.items()}
    observations: Observations = {}
    if project.organisation is not None and project.organisation_folder is not None:
        shared = {
            one: a for one, a in project.organisation.value.controls.items() if one not in declaration.value.controls
        }
        observations |= _observe(project.organisation, project.organisation_folder, shared, artifacts, bundle, out)
    observations |= _observe(declaration, project.folder, declaration.value.controls, artifacts, bundle, out)
    return observations


def _observe(
    file: Loaded[Declaration] | Loaded[Organisation],
    folder: Path,
    answers: Mapping[str, Answer],
    artifacts: Mapping[str, str],
    bundle: Bundle,
    out: Collector,
) -> Observations:
    observations: Observations = {}
    with Root(folder) as root:
        files = EvidenceFiles(root=root, artifacts=artifacts)
        for one, answer in answers.items():
            asked = {r.id: r for group in bundle.controls[one].evidence for r in alternatives(group)}
            seen: list[Observation] = []
            for index, entry in enumerate(answer.evidence):
                try:
                    if entry.path is not None:
                        components(entry.path)  # a bad form is told even where the file is never opened
                    seen.append(observe(entry, asked[entry.requirement], files))
                except FileRefused as refused:
                    out.add(refusal(refused, file.span("controls", one, "evidence", index, "path")))
            observations[one] = tuple(seen)
    return observations
