"""The only door to the file system: the one name under which other rooms reach it.

Belongs here: nothing but the names. Reading is in `beneath`, its refusals in `refused`,
writing in `output`.
"""

from __future__ import annotations

from handrail.source.beneath import Root
from handrail.source.output import MARKER, OutputError, new_tree, write_file, write_secret, write_tree
from handrail.source.refused import FileReason, FileRefused, components, refusal

__all__ = [
    "MARKER",
    "FileReason",
    "FileRefused",
    "OutputError",
    "Root",
    "components",
    "new_tree",
    "refusal",
    "write_file",
    "write_secret",
    "write_tree",
]
