"""Why a file of a project was not read, and which paths may be asked for at all.

Belongs here: the closed set of reasons, the exception, its diagnostic, the split of a path into
names. Never here: opening anything (`beneath`).
"""

from __future__ import annotations

import enum

from handrail.source.diagnostics import Diagnostic, Span


class FileReason(enum.StrEnum):
    """Why a file was not read; the set is closed, so that each can be given a verdict."""

    MISSING = "missing"
    ABSOLUTE = "absolute"
    CLIMBS = "climbs"
    LINK = "link"
    NOT_REGULAR = "not-regular"
    TOO_LARGE = "too-large"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


# Reason -> (diagnostic code, clause after the path, help).
_REFUSALS: dict[FileReason, tuple[str, str, str]] = {
    FileReason.MISSING: ("HR004", "does not exist", "check the spelling and the folder"),
    FileReason.ABSOLUTE: (
        "HR005",
        "is an absolute path",
        "write it relative to the folder of the file that names it",
    ),
    FileReason.CLIMBS: (
        "HR005",
        "is not a plain path downwards",
        "use names and `/` only: no `..`, no `\\`, no empty part",
    ),
    FileReason.LINK: (
        "HR005",
        "is a link, or lies behind one",
        "put the file itself there; links are never followed",
    ),
    FileReason.NOT_REGULAR: ("HR005", "is not a regular file", "name a file"),
    FileReason.TOO_LARGE: ("HR003", "is larger than the limit", "split it"),
    FileReason.CHANGED: ("HR004", "changed while it was read", "run again when it is finished"),
    FileReason.UNREADABLE: ("HR004", "cannot be read", "check its permissions"),
}


class FileRefused(Exception):  # noqa: N818 - a verdict that callers turn into a finding
    """A file that was not read, and why; `path` is as it was asked for."""

    def __init__(self, reason: FileReason, path: str, detail: str = "") -> None:
        self.reason = reason
        self.path = path
        self.detail = detail
        super().__init__(f"`{path}` {self.clause}")

    @property
    def clause(self) -> str:
        """Give the sentence about the path, without the path."""
        clause = _REFUSALS[self.reason][1]
        return f"{clause} ({self.detail})" if self.detail else clause


def refusal(refused: FileRefused, span: Span | None = None) -> Diagnostic:
    """Make a diagnostic of a refusal; `span` is the place that names the file, if one does."""
    code, _, advice = _REFUSALS[refused.reason]
    return Diagnostic(code, str(refused), span, help=advice)


def components(relative: str) -> tuple[str, ...]:
    """Split a path from a file into its names.

    Raises:
        FileRefused: if it is anything but a plain relative path downwards.
    """
    if relative.startswith(("/", "\\")) or (relative[1:2] == ":" and relative[0].isalpha()):
        raise FileRefused(FileReason.ABSOLUTE, relative)
    if "\\" in relative or "\0" in relative:
        raise FileRefused(FileReason.CLIMBS, relative)
    # A leading or inner `.` is how people write "here"; it names nothing.
    names = tuple(name for name in relative.split("/") if name != ".")
    if not names or any(name in ("", "..") for name in names):
        raise FileRefused(FileReason.CLIMBS, relative)
    return names
