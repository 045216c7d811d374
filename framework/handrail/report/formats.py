"""The formats of `check`, by name.

Belongs here: what a format is given, and one line for each format. Never here: the format itself (one file each).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.report import canonical, markdown, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """The projects of one run and how to show them; each assessment stands beside its declaration."""

    assessments: tuple[Assessment, ...]
    declarations: tuple[Declaration, ...]
    bundle: Bundle
    width: int = 80
    colour: bool = False
    verbose: bool = False

    def projects(self) -> tuple[tuple[Assessment, Declaration], ...]:
        """Each assessment with its declaration, in the order of the run."""
        return tuple(zip(self.assessments, self.declarations, strict=True))


def _text(given: ReportInput) -> str:
    rule = "\n" + "\u2500" * given.width + "\n\n"
    return rule.join(
        text.render(
            assessment, given.bundle, declaration, width=given.width, colour=given.colour, verbose=given.verbose
        )
        for assessment, declaration in given.projects()
    )


def _markdown(given: ReportInput) -> str:
    return "\n---\n\n".join(
        markdown.render(assessment, given.bundle, declaration, verbose=given.verbose)
        for assessment, declaration in given.projects()
    )


def _json(given: ReportInput) -> str:
    """One object for one project, a list for none or several."""
    if len(given.assessments) == 1:
        return canonical.to_json(given.assessments[0])
    return canonical.values_to_json([canonical.values(one) for one in given.assessments])


FORMATS: Mapping[str, Callable[[ReportInput], str]] = MappingProxyType(
    {"text": _text, "json": _json, "markdown": _markdown}
)
"""Format -> the report, ended by a line end."""
