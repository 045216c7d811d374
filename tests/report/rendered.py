"""Reports of small projects in every format, each with the declaration as a file, so that formats can name its lines.

Belongs here: making the input of a format. Never here: an assertion.
"""

from __future__ import annotations

import re
from typing import Any

from handrail.assess.gate import at_gate
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.model.terms import Assurance
from handrail.report.canonical import values_to_json
from handrail.report.formats import FORMATS, PUBLIC_FORMATS, ReportInput
from handrail.report.places import DeclaredFiles
from handrail.source.source_file import SourceFile
from tests.report.small import CATALOG, Project

SITE = "https://handrail.example/"


def files_of(project: Project, path: str = "handrail.yaml") -> DeclaredFiles:
    """The declaration as a file: JSON is YAML too, and has a line for every key.

    Characters that no file may hold, and that reach a report only from evidence or a catalog, are `?` in it.
    """
    declaration = project.declaration()
    given = declaration.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    data = re.sub(r'\\\\|\\u[0-9a-f]{4}|\\[bfnrt"]', "?", values_to_json(given)).encode()
    return DeclaredFiles(declaration=SourceFile[Declaration](declaration, path=path, data=data))


def input_of(
    *projects: Project,
    bundle: Bundle = CATALOG,
    path: str = "handrail.yaml",
    min_assurance: Assurance | None = None,
    **more: Any,
) -> ReportInput:
    """The input of a format, as `check` makes it."""
    assessments = tuple(one.assessment(bundle) for one in projects)
    return ReportInput(
        assessments=assessments,
        declarations=tuple(one.declaration() for one in projects),
        bundle=bundle,
        files=tuple(files_of(one, path) for one in projects),
        gates=tuple(at_gate(one, min_assurance=min_assurance) for one in assessments),
        **more,
    )


def in_format(name: str, *projects: Project, public: bool = False, **more: Any) -> str:
    """The report in a format."""
    return (PUBLIC_FORMATS if public else FORMATS)[name](input_of(*projects, **more))
