"""The formats of `check`, by name.

Belongs here: what a format is given, and one function for each format, which imports it. Never here: the format itself
(one file each); a check that prints text must not pay for the import of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handrail.assess.gate import AtGate, at_gate
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.report.places import DeclaredFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One project of a run: what was judged, by which gate, and the files it was read from where they are known."""

    assessment: Assessment
    declaration: Declaration
    gate: AtGate
    files: DeclaredFiles | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """The projects of one run and how to show them; each assessment stands beside its declaration.

    `files` and `gates` have one item for each assessment, or none: then no report names a line, and the gate is that of
    the assessment. `site` is the address of a published site, ended by `/`; without it no report links to one.
    """

    assessments: tuple[Assessment, ...]
    declarations: tuple[Declaration, ...]
    bundle: Bundle
    files: tuple[DeclaredFiles, ...] = ()
    gates: tuple[AtGate, ...] = ()
    site: str = ""
    width: int = 80
    colour: bool = False
    verbose: bool = False

    def projects(self) -> tuple[Judged, ...]:
        """Everything of each project, in the order of the run."""
        files = self.files or (None,) * len(self.assessments)
        gates = self.gates or tuple(at_gate(one) for one in self.assessments)
        together = zip(self.assessments, self.declarations, gates, files, strict=True)
        return tuple(Judged(assessment=a, declaration=d, gate=g, files=f) for a, d, g, f in together)


def _text(given: ReportInput) -> str:
    from handrail.report import text

    rule = "\n" + "\u2500" * given.width + "\n\n"
    return rule.join(
        text.render(
            one.assessment,
            given.bundle,
            one.declaration,
            width=given.width,
            colour=given.colour,
            verbose=given.verbose,
            gate=one.gate,
        )
        for one in given.projects()
    )


def _markdown(given: ReportInput) -> str:
    from handrail.report import markdown

    return "\n---\n\n".join(
        markdown.render(one.assessment, given.bundle, one.declaration, verbose=given.verbose, gate=one.gate)
        for one in given.projects()
    )


def _json(given: ReportInput) -> str:
    """One object for one project, a list for none or several."""
    from handrail.report import canonical

    if len(given.assessments) == 1:
        return canonical.to_json(given.assessments[0])
    return canonical.values_to_json([canonical.values(one) for one in given.assessments])


def _sarif(given: ReportInput) -> str:
    from handrail.report import sarif

    return sarif.render(given)


def _junit(given: ReportInput) -> str:
    from handrail.report import junit

    return junit.render(given)


def _github(given: ReportInput) -> str:
    from handrail.report import github

    return github.render(given)


def _csv(given: ReportInput) -> str:
    from handrail.report import csv

    return csv.render(given)


def _html(given: ReportInput) -> str:
    from handrail.report import html

    return html.render(given)


def _badge(given: ReportInput) -> str:
    from handrail.report import badge

    return badge.endpoint(given)


def _badge_svg(given: ReportInput) -> str:
    from handrail.report import badge

    return badge.svg(given)


def _public_text(given: ReportInput) -> str:
    from handrail.report import difference

    return difference.render(given)


def _public_json(given: ReportInput) -> str:
    from handrail.assess.project import project_publicly
    from handrail.report import canonical

    reports = [project_publicly(one.assessment, given.bundle, one.declaration) for one in given.projects()]
    return (
        canonical.to_json(reports[0])
        if len(reports) == 1
        else canonical.values_to_json([canonical.values(one) for one in reports])
    )


def _public_html(given: ReportInput) -> str:
    from handrail.report import html

    return html.render_public(given)


Format = Callable[[ReportInput], str]

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": _text,
        "json": _json,
        "markdown": _markdown,
        "html": _html,
        "sarif": _sarif,
        "junit": _junit,
        "github": _github,
        "csv": _csv,
        "badge": _badge,
        "badge-svg": _badge_svg,
    }
)
"""Format -> the report, ended by a line end. All but the badges are internal: they hold what is never published."""

PUBLIC_FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": _public_text,
        "json": _public_json,
        "html": _public_html,
        "badge": _badge,
        "badge-svg": _badge_svg,
    }
)
"""Format -> what would be published (report-wording, "The public projection"); `text` shows it as a difference."""

ONE_PROJECT = frozenset({"badge", "badge-svg"})
"""Formats that can speak of one project only."""
