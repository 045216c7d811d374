"""The report for a terminal: plain text, readable from 40 columns on and without colour.

Belongs here: layout and colour. Never here: a sentence (`report.wording`), a count (`report.view`). All input passes
`escape.terminal` here, and a finding is always a sign and a word, never a colour alone.

Written with plain escape sequences and not with rich, whose import alone takes 20 to 50 ms of the 150 that a whole
check aims at; four styles and one kind of wrapping are all that is needed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.assess.gate import AtGate
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.report.columns import columns, wrap
from handrail.report.view import Block, Row, Section, StepRow, View, view_of
from handrail.report.wording import PREREQUISITES_TITLE, SIGNS, WAIVERS_TITLE, finding_label
from handrail.source.escape import terminal

NARROWEST = 40

_RESET = "\x1b[0m"
_BOLD, _DIM, _OPEN = "\x1b[1m", "\x1b[2m", "\x1b[33m"
"""All three open findings have one colour: none is worse than another."""


def render(
    assessment: Assessment,
    bundle: Bundle,
    declaration: Declaration,
    *,
    width: int,
    colour: bool,
    verbose: bool = False,
    gate: AtGate | None = None,
) -> str:
    """The report of one project, ended by a line end.

    Args:
        assessment: a run over the declaration, judged by the bundle.
        bundle: gives titles and references.
        declaration: says whether the project is fictional.
        width: columns of the terminal; fewer than 40 are taken as 40.
        colour: use escape sequences for colour and weight.
        verbose: also list the controls that are not open, and the open ones that are not MUST.
        gate: what decides the exit code, where it is not the assessment's own gate alone.
    """
    page = _Page(max(width, NARROWEST), colour=colour)
    return "\n".join((*_report(view_of(assessment, bundle, declaration, gate=gate), page, verbose=verbose), ""))


def _report(view: View, page: _Page, *, verbose: bool) -> Iterator[str]:
    yield from page.text(view.project, style=_BOLD)
    yield from page.text(view.about, style=_DIM)
    yield ""
    for place, sentence in enumerate(view.headline):
        yield from page.text(sentence, indent=2, style="" if place else _BOLD)
    yield from page.title("MUST controls")
    yield from page.numbers(view.counts)
    yield from page.title("Coverage")
    yield from page.items(view.coverage)
    if view.open_must:
        yield from page.title("Open MUST controls")
        yield from _sections(view.open_must, page)
    if view.prerequisites:
        yield from page.title(PREREQUISITES_TITLE)
        yield from _blocks(view.prerequisites, page)
    if view.waivers:
        yield from page.title(WAIVERS_TITLE)
        for one in view.waivers:
            yield from _head(one, page)
            yield from page.pair(finding_label(one.finding), one.level, style=_style(one))
            yield from page.text(one.waiver, indent=6)
    yield from page.title("SHOULD and MAY controls")
    yield from page.items(view.levels)
    if verbose and view.others:
        yield from page.title("All other controls")
        yield from _sections(view.others, page)
    if view.steps:
        yield from page.title("Next steps")
        for place, step in enumerate(view.steps, 1):
            yield from _step(place, step, page)
    yield ""
    for sentence in view.gate:
        yield from page.text(sentence, style=_BOLD)
    if view.steps:
        yield from page.text(f"More on one control: handrail explain {view.steps[0].control}", style=_DIM)
    yield ""
    yield from page.text(view.note, style=_DIM)


def _sections(sections: Iterable[Section], page: _Page) -> Iterator[str]:
    for place, section in enumerate(sections):
        if place:
            yield ""
        yield from page.text(f"{section.phase.value.capitalize()}: {section.title} ({section.principle})", indent=2)
        yield from _blocks(section.blocks, page)


def _blocks(blocks: Iterable[Block], page: _Page) -> Iterator[str]:
    for block in blocks:
        for one in block:
            yield from _head(one, page)
        last = block[-1]
        word = f"{'each ' if len(block) > 1 else ''}{finding_label(last.finding)}"
        yield from page.pair(word, last.level, style=_style(last))
        for line in last.lines:
            yield from page.text(line, indent=6)


def _head(one: Row, page: _Page) -> Iterator[str]:
    sign = SIGNS[one.finding]
    yield from page.text(f"{one.control} {one.title}", first=f"  {sign} ", indent=4, style=_BOLD)


def _style(one: Row) -> str:
    return _OPEN if one.finding.is_open else ""


def _step(place: int, step: StepRow, page: _Page) -> Iterator[str]:
    yield from page.text(f"{step.control} {step.title}", first=f"  {place}. ", indent=5, style=_BOLD)
    yield from page.text(step.advice, indent=5)
    yield from page.text(step.waiting, indent=5)


class _Page:
    """Lines of one width; the only place that knows escape sequences and encodes input."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self._colour = colour

    def paint(self, text: str, style: str) -> str:
        return f"{style}{text}{_RESET}" if self._colour and style and text else text

    def text(self, text: str, *, indent: int = 0, first: str | None = None, style: str = "") -> Iterator[str]:
        rest = " " * indent
        for line in wrap(terminal(text), self.width, first=rest if first is None else first, rest=rest):
            yield self.paint(line, style)

    def pair(self, word: str, more: str, *, style: str) -> Iterator[str]:
        """A word and what belongs to it, on one line where that fits."""
        indent, more = " " * 6, terminal(more)
        if columns(f"{indent}{word}, {more}") <= self.width:
            yield f"{indent}{self.paint(word, style)}, {self.paint(more, _DIM)}"
        else:
            yield indent + self.paint(word, style)
            yield from self.text(more, indent=6, style=_DIM)

    def title(self, text: str) -> Iterator[str]:
        yield ""
        yield from self.text(text, style=_BOLD)

    def items(self, texts: Iterable[str]) -> Iterator[str]:
        for one in texts:
            yield from self.text(one, first="  ", indent=4)

    def numbers(self, counts: tuple[tuple[int, str], ...]) -> Iterator[str]:
        room = max(len(str(count)) for count, _ in counts)
        yield from (f"  {count:>{room}}  {what}" for count, what in counts)
