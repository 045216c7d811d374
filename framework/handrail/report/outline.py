"""A short report as an outline, and the outline as text and as Markdown.

Belongs here: layout and encoding of what `diff` says. Never here: what is said (`catalog_difference`, `impact`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from handrail.report.sheet import Sheet
from handrail.report.word_diff import in_colour
from handrail.source.escape import markdown_inline


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is spoken of, and what is said of it, a line each."""

    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A title with items below it."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A title, sentences, sections, and sentences at the end. All texts are as they came: this encodes them."""

    title: str
    lines: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tail: tuple[str, ...] = field(default=())


def as_text(given: Outline, sheet: Sheet) -> str:
    """The outline for a terminal, ended by a line end."""
    return "\n".join((*_text(given, sheet), ""))


def _text(given: Outline, sheet: Sheet) -> Iterator[str]:
    yield from sheet.text(given.title, bold=True)
    yield from sheet.items(given.lines)
    for section in given.sections:
        yield from sheet.title(section.title)
        for item in section.items:
            yield from sheet.text(item.head, first="  ", rest="    ")
            for line in item.lines:
                wrapped = sheet.text(line, first="      ")
                yield from in_colour(wrapped) if sheet.colour else wrapped
    if given.tail:
        yield ""
        for line in given.tail:
            yield from sheet.text(line)


def as_markdown(given: Outline) -> str:
    """The outline for a comment on a pull request, ended by a line end."""
    return "\n".join((*_markdown(given), ""))


def _markdown(given: Outline) -> Iterator[str]:
    yield f"## {markdown_inline(given.title)}"
    for line in given.lines:
        yield from ("", markdown_inline(line))
    for section in given.sections:
        yield from ("", f"### {markdown_inline(section.title)}", "")
        for item in section.items:
            yield f"- **{markdown_inline(item.head)}**"
            yield from (f"  <br>{markdown_inline(line)}" for line in item.lines)
    for line in given.tail:
        yield from ("", markdown_inline(line))
