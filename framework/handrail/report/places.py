"""Where a control is to be found: the line of its answer in a project's files, and its page on a site.

Belongs here: from a control to a place. Never here: reading the files (`workspace`), building the site (`publish`), or
what a format does with a place.
"""

from __future__ import annotations

from dataclasses import dataclass

from handrail.model.assessment import ControlFinding
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, Declaration, Organisation
from handrail.source.diagnostics import Span
from handrail.source.source_file import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredFiles:
    """A project's files as they were read."""

    declaration: SourceFile[Declaration]
    organisation: SourceFile[Organisation] | None = None

    def span(self, finding: ControlFinding) -> Span:
        """The key of the answer; where there is none the key `controls`, else `checklists`, else the file's start."""
        file = self.of(finding)
        if file.value.controls:
            return file.key_span("controls", finding.control)
        return self.declaration.key_span("checklists")

    def of(self, finding: ControlFinding) -> SourceFile[Declaration] | SourceFile[Organisation]:
        """The file that gives the answer."""
        shared = finding.answered_by == "organisation"
        return self.organisation if shared and self.organisation is not None else self.declaration


def answer_of(files: DeclaredFiles | None, declaration: Declaration, finding: ControlFinding) -> Answer | None:
    """The answer that a finding rests on; without the files, only if the project itself gives it."""
    given = files.of(finding).value if files is not None else declaration
    return given.controls.get(finding.control)


def control_page(control: str, bundle: Bundle, site: str) -> str:
    """The address of a control on a published site (ended by `/`); no text where none is given."""
    return f"{site}principles/{bundle.principle_of[control].lower()}.html#{control}" if site else ""
