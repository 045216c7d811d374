"""Check one project: from a path to an assessment.

Belongs here: the order of the steps, and stopping when the input cannot be used. Never here: a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from handrail.assess.answers import bare
from handrail.assess.assess import Subject, assess, controls_in_force
from handrail.attest.trust import Trust
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.observation import UpstreamReading
from handrail.model.terms import FailOn
from handrail.model.vocabulary import Attestor
from handrail.source.diagnostics import Collector
from handrail.workspace.link import link_project
from handrail.workspace.load import ProjectFiles, load_project
from handrail.workspace.observe import observe_project
from handrail.workspace.trust import trust_of
from handrail.workspace.undeclared import warn_of_undeclared

NOBODY: Mapping[str, Attestor] = MappingProxyType({})


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


def read_subject(
    path: Path,
    bundle: Bundle,
    digest: str,
    out: Collector,
    *,
    as_of: date,
    attestors: Mapping[str, Attestor] = NOBODY,
    include_draft: bool = False,
) -> tuple[ProjectFiles, Subject] | None:
    """Read a project, look at its evidence and at what it inherits; None after telling the collector every error."""
    before = out.errors
    project = load_project(path, out)
    if project is None:
        return None
    link_project(project, bundle, out)
    if out.errors > before:
        return None
    subject = look_at(project, bundle, digest, out, as_of=as_of, attestors=attestors, include_draft=include_draft)
    return None if subject is None else (project, subject)


def look_at(
    project: ProjectFiles,
    bundle: Bundle,
    digest: str,
    out: Collector,
    *,
    as_of: date,
    attestors: Mapping[str, Attestor] = NOBODY,
    include_draft: bool = False,
) -> Subject | None:
    """Look at a project's evidence and at what it inherits; None after telling the collector every error."""
    before = out.errors
    trust = trust_of(project, bundle, attestors, out)
    observations = observe_project(project, bundle, digest, out, trust=trust)
    upstream = _upstream(project, bundle, trust, out, as_of=as_of, include_draft=include_draft)
    if out.errors > before:
        return None
    warn_of_undeclared(project, out)
    organisation = project.organisation.value if project.organisation else None
    return Subject(
        declaration=project.declaration.value, organisation=organisation, observations=observations, upstream=upstream
    )


def check_project(
    path: Path,
    bundle: Bundle,
    digest: str,
    out: Collector,
    *,
    as_of: date,
    fail_on: FailOn = FailOn.MUST,
    include_draft: bool = False,
    attestors: Mapping[str, Attestor] = NOBODY,
) -> Checked | None:
    """Assess the project whose declaration lies at `path`; None after telling the collector every error.

    `attestors` are those whom the reader accepts besides the catalog's.
    """
    read = read_subject(path, bundle, digest, out, as_of=as_of, attestors=attestors, include_draft=include_draft)
    if read is None:
        return None
    project, subject = read
    assessment = assess(bundle, digest, subject, as_of=as_of, fail_on=fail_on, include_draft=include_draft)
    return Checked(assessment=assessment, subject=subject, project=project)


def _upstream(
    project: ProjectFiles, bundle: Bundle, trust: Trust, out: Collector, *, as_of: date, include_draft: bool
) -> Mapping[str, UpstreamReading]:
    declaration = project.declaration.value
    if not declaration.upstream:
        return {}
    from handrail.workspace.upstream import OurSide, read_upstreams  # most projects inherit nothing

    ours = OurSide(
        controls=controls_in_force(bundle, declaration, as_of=as_of, include_draft=include_draft),
        artifacts=frozenset(bare(one.sha256) for one in declaration.artifacts.values()),
        as_of=as_of,
    )
    return read_upstreams(project, ours, trust, out)
