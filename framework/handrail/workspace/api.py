"""The public Python API, which `import handrail` gives: from files to an assessment.

Belongs here: putting the steps of other rooms together behind plain arguments, and the words that a script author
reads. Never here: a rule of its own, and what is asked of an assessment (`api_asked`). Nothing prints, nothing reads
the clock, and nothing is written.

Days are `datetime.date` in UTC. Everything that comes back is frozen; the same inputs and the same day give equal
values. Only active controls are judged; drafts are for the command line.

Every example goes on from these lines, in a folder that holds the worked example:

    >>> from datetime import date
    >>> import handrail
    >>> catalog = handrail.load_catalog()
    >>> day = date(2026, 11, 24)
    >>> project = handrail.load_declaration("examples/aurora-image", catalog)
    >>> subject = handrail.observe(project, catalog, as_of=day)
    >>> checked = handrail.check("examples/aurora-image", catalog, as_of=day)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from handrail.assess.assess import Subject, assess
from handrail.catalog.composing import load_catalogs
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.limits import YAML_BYTES
from handrail.model.terms import FailOn
from handrail.model.vocabulary import Attestor
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.files import FileRefused, Root, refusal
from handrail.workspace.check import look_at
from handrail.workspace.find import find_declarations
from handrail.workspace.link import link_project
from handrail.workspace.load import ProjectFiles, load_project

__all__ = [
    "Assessment",
    "Catalog",
    "Checked",
    "InputError",
    "check",
    "judge",
    "load_catalog",
    "load_declaration",
    "observe",
]

M = TypeVar("M")
Warn = Callable[[Diagnostic], object]
"""Is told each diagnostic that does not stop the work, such as a file that looks like content beside the evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """A compiled catalog and its digest.

    Attributes:
        bundle: principles, controls, checklists and references, linked; `bundle.controls` is a mapping by id.
        digest: `sha256:` and 64 hex digits over the bundle's canonical JSON; with packs, that of the catalog alone.

    Source: docs/adr/0007-compiled-catalog.md.

    Example:
        >>> isinstance(catalog, handrail.Catalog), catalog.digest[:7]
        (True, 'sha256:')
    """

    bundle: Bundle
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An assessment and what it was made from; `explain`, `plan`, `forecast` and `render` take it.

    Attributes:
        assessment: the record that everything else reads: `summary`, `principles`, and one of `findings` for each
            control judged.
        subject: the declaration, the organisation's answers, and what was seen of the evidence.
        catalog: what it was judged by.
        files: the files as they were read, which give reports their lines; None after `judge`.

    Source: docs/adr/0004-observe-then-assess.md; the schema `assessment` gives the record.

    Example:
        >>> isinstance(checked, handrail.Checked), checked.subject.declaration.project.id
        (True, 'aurora-image')
    """

    assessment: Assessment
    subject: Subject
    catalog: Catalog
    files: ProjectFiles | None = None


def load_catalog(*paths: Path | str) -> Catalog:
    """Give the catalog that came with this installation, or the one at a path, with packs.

    Args:
        paths: at most one catalog, which is a folder that holds `principles/` and `checklists/` or the file of a
            bundle, and any number of packs, which are folders with a `pack.yaml` or files of their bundles.

    Raises:
        InputError: one cannot be read, or has errors, or they do not go together.

    Source: docs/adr/0007-compiled-catalog.md; docs/adr/0022-packs-add-and-never-weaken.md.

    Example:
        >>> handrail.load_catalog().bundle.controls["GOV-01"].level.value
        'must'
    """
    bundle, digest = load_catalogs([Path(one) for one in paths])
    return Catalog(bundle=bundle, digest=digest)


def load_declaration(path: Path | str, catalog: Catalog, *, warn: Warn | None = None) -> ProjectFiles:
    """Read a declaration and the organisation file that it names, and hold both against a catalog.

    Args:
        path: the file, or a folder in or beneath which there is one `handrail.yaml`.
        catalog: what its controls, facts and checklists are looked up in.
        warn: is called with each diagnostic that does not stop the work.

    Returns:
        The files as read: `.declaration.value` is what the project declares, `.folder` is where its evidence lies.

    Raises:
        InputError: it cannot be read, is not a declaration, or names what the catalog does not have; all errors at
            once.
        ValueError: there are several declarations beneath the folder.

    Source: docs/adr/0001-yaml-subset.md; the schemas `handrail` and `organisation` give the files.

    Example:
        >>> project = handrail.load_declaration("examples/aurora-image", catalog)
        >>> project.declaration.value.facts["modality"]
        ('image',)
    """
    out = Collector()
    found = find_declarations((Path(path),), out)
    if len(found) > 1:
        raise ValueError(f"{len(found)} declarations lie beneath {path}; name one of them")
    project = load_project(found[0], out) if found else None
    if project is not None:
        link_project(project, catalog.bundle, out)
    return _told(project, out, warn)


def observe(
    project: ProjectFiles,
    catalog: Catalog,
    *,
    as_of: date,
    trust: Path | str | None = None,
    warn: Warn | None = None,
) -> Subject:
    """Look at every piece of evidence that a project points at. Nothing is executed, and nothing outside is asked.

    Args:
        project: from `load_declaration`.
        catalog: the same catalog.
        as_of: the UTC day by which what is inherited from other projects is judged again.
        trust: a file of attestors whom you accept besides the catalog's.
        warn: is called with each diagnostic that does not stop the work.

    Returns:
        What can be judged, on any day: `.observations` has, for each control answered, one observation an entry.

    Raises:
        InputError: a path leads out of the project or through a link, or a key cannot be used. What is missing,
            unreadable or altered is an observation and raises nothing.

    Source: docs/adr/0005-open-beneath.md and 0006-no-network-no-execution.md.

    Example:
        >>> subject = handrail.observe(project, catalog, as_of=day)
        >>> [seen.verdict.value for seen in subject.observations["GOV-01"]]
        ['shown', 'shown']
    """
    out = Collector()
    attestors = _attestors(trust, out)
    out.raise_if_errors()
    subject = look_at(project, catalog.bundle, catalog.digest, out, as_of=as_of, attestors=attestors)
    return _told(subject, out, warn)


def judge(subject: Subject, catalog: Catalog, *, as_of: date, fail_on: FailOn | str = FailOn.MUST) -> Checked:
    """Judge what was observed. A pure function: no file is opened.

    Args:
        subject: from `observe`; `dataclasses.replace` makes a "what if" of it.
        catalog: the same catalog.
        as_of: the UTC day that the judgement is for.
        fail_on: `must`, `should`, `may` or `never`: the least level at which an open control is at the gate.

    Returns:
        The assessment and what it was made from; without `files`, so that reports name no lines.

    Raises:
        ValueError: `fail_on` is none of these.

    Source: docs/adr/0002-one-order-of-findings.md and 0003-unknown-is-not-failure.md.

    Example:
        >>> project = handrail.load_declaration("examples/aurora-image", catalog)
        >>> runs = [handrail.judge(subject, catalog, as_of=day) for day in (day, date(2027, 11, 24))]
        >>> [len(run.assessment.summary.open_must) for run in runs]
        [14, 36]
    """
    assessment = assess(catalog.bundle, catalog.digest, subject, as_of=as_of, fail_on=FailOn(fail_on))
    return Checked(assessment=assessment, subject=subject, catalog=catalog)


def check(
    path: Path | str,
    catalog: Catalog | None = None,
    *,
    as_of: date,
    fail_on: FailOn | str = FailOn.MUST,
    trust: Path | str | None = None,
    warn: Warn | None = None,
) -> Checked:
    """Check one project: `load_declaration`, `observe` and `judge` in one call.

    Args:
        path: the file, or a folder in or beneath which there is one `handrail.yaml`.
        catalog: by default the one that came with this installation.
        as_of: the UTC day that the judgement is for.
        fail_on: `must`, `should`, `may` or `never`: the least level at which an open control is at the gate.
        trust: a file of attestors whom you accept besides the catalog's.
        warn: is called with each diagnostic that does not stop the work.

    Raises:
        InputError: the input cannot be used.
        ValueError: there are several declarations beneath the folder, or `fail_on` is none of these.

    Source: `handrail check`.

    Example:
        >>> checked = handrail.check("examples/lumen-chat", as_of=day, trust="examples/attestors.yaml")
        >>> finding = next(one for one in checked.assessment.findings if one.control == "GOV-01")
        >>> finding.finding.value, finding.assurance.value, finding.valid_until
        ('satisfied', 'documented', datetime.date(2027, 3, 16))
    """
    catalog = catalog or load_catalog()
    project = load_declaration(path, catalog, warn=warn)
    subject = observe(project, catalog, as_of=as_of, trust=trust, warn=warn)
    assessment = judge(subject, catalog, as_of=as_of, fail_on=fail_on).assessment
    return Checked(assessment=assessment, subject=subject, catalog=catalog, files=project)


def _attestors(trust: Path | str | None, out: Collector) -> Mapping[str, Attestor]:
    if trust is None:
        return {}
    from handrail.attest.trust import read_attestors

    path = Path(trust)
    try:
        with Root(path.parent) as root:
            data = root.read(path.name, cap=YAML_BYTES)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    return read_attestors(data, str(path), out)


def _told(made: M | None, out: Collector, warn: Warn | None) -> M:
    """What was made, after telling what did not stop the work."""
    if made is None or out.errors:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    if warn is not None:
        for diagnostic in out.sorted():
            warn(diagnostic)
    return made
