"""Diagnostics: defects in input files, as data with a place, a code, a sentence and a help line.

Belongs here: the types, their order and their collection. Never here: how they look (`render`),
what the codes mean (`codes`), and findings about a project, which are never diagnostics.

Invariants: lines and columns are 1-based and count code points; paths are relative to the root of
the run, with forward slashes; a message is one lower-case clause without a full stop that states
the problem with names in backquotes, and the way out stands in `help`. Text taken from a file goes
in as it is: the sink encodes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from handrail.model.limits import DIAGNOSTICS_KEPT
from handrail.source.code import Severity

__all__ = ["Collector", "Diagnostic", "InputError", "Severity", "Span", "in_order"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line of a file; `length` is at least 1."""

    path: str
    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One defect. `override` replaces the severity that the table gives the code."""

    code: str
    message: str
    span: Span | None = None
    label: str = ""
    help: str = ""
    also: tuple[tuple[Span, str], ...] = ()
    override: Severity | None = None

    @property
    def severity(self) -> Severity:
        """Say how this diagnostic weighs."""
        from handrail.source.codes import CODES  # a run without a diagnostic never needs the table

        return self.override or CODES[self.code].severity


class InputError(Exception):
    """Input that cannot be used; carries every diagnostic found, in order.

    `unlisted` counts those beyond the number that is kept.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], *, unlisted: int = 0) -> None:
        self.diagnostics = in_order(diagnostics)
        self.unlisted = unlisted
        first = self.diagnostics[0].message if self.diagnostics else "no diagnostic"
        super().__init__(f"{len(self.diagnostics) + unlisted} diagnostics, the first: {first}")


class Collector:
    """Gathers the diagnostics of one run, so that all of them are told at once.

    Counts every diagnostic; keeps at most `DIAGNOSTICS_KEPT` for each path.
    """

    def __init__(self) -> None:
        self._kept: list[Diagnostic] = []
        self._per_path: Counter[str] = Counter()
        self._errors = 0
        self.unlisted = 0

    def add(self, diagnostic: Diagnostic) -> None:
        """Take one diagnostic."""
        if diagnostic.severity is Severity.ERROR:
            self._errors += 1
        path = diagnostic.span.path if diagnostic.span else ""
        if self._per_path[path] >= DIAGNOSTICS_KEPT:
            self.unlisted += 1
            return
        self._per_path[path] += 1
        self._kept.append(diagnostic)

    def error(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        label: str = "",
        help: str = "",
        also: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        """Take a diagnostic given by its parts; the table of codes gives the severity."""
        self.add(Diagnostic(code, message, span, label, help, also))

    def count_unlisted(self, number: int) -> None:
        """Count errors that are known to exist but were not spelled out one by one."""
        self._errors += number
        self.unlisted += number

    @property
    def errors(self) -> int:
        """Count the errors so far, kept or not."""
        return self._errors

    @property
    def total(self) -> int:
        """Count the diagnostics so far, kept or not."""
        return len(self._kept) + self.unlisted

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Give the kept diagnostics by path, line, column and code."""
        return in_order(self._kept)

    def raise_if_errors(self) -> None:
        """Stop here if any error was taken.

        Raises:
            InputError: with every diagnostic, warnings included.
        """
        if self._errors:
            raise InputError(self._kept, unlisted=self.unlisted)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by path, line, column and code; those without a place come first."""
    return tuple(sorted(diagnostics, key=_position))


def _position(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span
    if span is None:
        return ("", 0, 0, diagnostic.code, diagnostic.message)
    return (span.path, span.line, span.column, diagnostic.code, diagnostic.message)
