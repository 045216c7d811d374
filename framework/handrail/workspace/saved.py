"""Assessments of earlier runs, read back from the file that a run wrote.

Belongs here: opening the file and finding a project's assessment in it. Never here: the format (`report.canonical`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handrail.model.assessment import Assessment
from handrail.report.canonical import all_from_json
from handrail.source.diagnostics import InputError
from handrail.source.files import FileRefused, Root, refusal
from handrail.workspace.load import shown_path


def saved_assessments(path: Path) -> Mapping[str, Assessment]:
    """The assessments in a file of `check --format json`, by the id of their project; of two the later stands.

    Raises:
        InputError: it cannot be opened, or is not what such a run wrote.
    """
    try:
        with Root(path.parent) as root:
            data = root.read(path.name)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    return {one.project.id: one for one in all_from_json(data, shown_path(path))}
