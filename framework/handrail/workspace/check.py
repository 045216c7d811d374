"""Check one project: from a path to an assessment.

Belongs here: the order of the steps, and stopping when the input cannot be used. Never here: a rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.assess.assess import Subject, assess
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.terms import FailOn
from handrail.source.diagnostics import Collector
from handrail.workspace.link import link_project
from handrail.workspace.load import ProjectFiles, load_project
from handrail.workspace.observe import observe_project


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A project's assessment and what it was made from."""

    assessment: Assessment
    subject: Subject
    project: ProjectFiles

    @property
    def declaration(self) -> Declaration:
        """What the project declares."""
        return self.subject.declaration


def read_subject(path: Path, bundle: Bundle, out: Collector) -> tuple[ProjectFiles, Subject] | None:
    """Read a project and look at its evidence; None after telling the collector every error."""
    before = out.errors
    project = load_project(path, out)
    if project is None:
        return None
    link_project(project, bundle, out)
    if out.errors > before:
        return None
    observations = observe_project(project, bundle, out)
    if out.errors > before:
        return None
    organisation = project.organisation.value if project.organisation else None
    return project, Subject(declaration=project.declaration.value, organisation=organisation, observations=observations)


def check_project(
    path: Path,
    bundle: Bundle,
    digest: str,
    out: Collector,
    *,
    as_of: date,
    fail_on: FailOn = FailOn.MUST,
    include_draft: bool = False,
) -> Checked | None:
    """Assess the project whose declaration lies at `path`; None after telling the collector every error."""
    read = read_subject(path, bundle, out)
    if read is None:
        return None
    project, subject = read
    assessment = assess(bundle, digest, subject, as_of=as_of, fail_on=fail_on, include_draft=include_draft)
    return Checked(assessment=assessment, subject=subject, project=project)
