"""Lines of plain text for a terminal: wrapped, indented, and nothing in them that the terminal would obey.

Belongs here: what the smaller reports share (proof, plan, forecast, progress). Never here: what is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.report.columns import wrap
from handrail.source.escape import terminal

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A width in columns, and whether weight may be shown by escape sequences."""

    width: int = 80
    colour: bool = False

    def text(self, text: str, *, first: str = "", rest: str | None = None, bold: bool = False) -> Iterator[str]:
        """A paragraph. `first` stands before its first line, `rest` before the others (default: as wide, blank)."""
        blank = " " * len(first) if rest is None else rest
        for line in wrap(terminal(text), self.width, first=first, rest=blank):
            yield f"{_BOLD}{line}{_RESET}" if self.colour and bold else line

    def title(self, text: str) -> Iterator[str]:
        """A heading with an empty line before it."""
        yield ""
        yield from self.text(text, bold=True)

    def items(self, texts: Iterable[str], *, first: str = "  ") -> Iterator[str]:
        """Paragraphs one below the other."""
        for one in texts:
            yield from self.text(one, first=first)
