"""The report as one HTML file that needs nothing else: no script, no font, no picture, no request.

Belongs here: sorting a report into what the template lays out. Never here: a sentence (`report.wording`), or HTML
(`templates/report.html`). Every value passes `escape.terminal`, so that none hides a character, and Jinja's
autoescape.

The public file holds the public projection and nothing else; it is the site's gap report in the form of one file.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handrail.assess.project import project_publicly
from handrail.model.public import PublicReport
from handrail.report.formats import Judged, ReportInput
from handrail.report.places import control_page
from handrail.report.public import public_sections
from handrail.report.view import Block, Section, StepRow, view_of
from handrail.report.wording import (
    PREREQUISITES_TITLE,
    SIGNS,
    WAIVERS_TITLE,
    coverage_lines,
    finding_label,
    fixed_note,
    headline,
    public_about_line,
)
from handrail.source.escape import terminal

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One control; `href` is empty where no site is known."""

    control: str
    title: str
    href: str
    sign: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """Controls of which the same is said."""

    rows: tuple[PageRow, ...]
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """A titled part of a page. `heading` is empty where the part needs none beside the one before."""

    heading: str
    title: str
    blocks: tuple[PageBlock, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage:
    """One project's report, all plain text."""

    name: str
    about: str
    public: bool
    headline: tuple[str, ...]
    note: str
    counts: tuple[tuple[int, str], ...]
    coverage: tuple[str, ...]
    parts: tuple[PagePart, ...]
    steps: tuple[StepRow, ...]
    gate: tuple[str, ...]


def render(given: ReportInput) -> str:
    """The internal report of every project in one file, ended by a line end; no text for no project."""
    return _page([_internal(one, given) for one in given.projects()])


def render_public(given: ReportInput) -> str:
    """What would be published of every project in one file, ended by a line end; no text for no project."""
    reports = [project_publicly(one.assessment, given.bundle, one.declaration) for one in given.projects()]
    return _page([_public(one, given) for one in reports])


def _page(pages: Sequence[ProjectPage]) -> str:
    if not pages:
        return ""
    template, style = _template()
    return template.render(
        pages=pages,
        title=", ".join(one.name for one in pages),
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


@functools.cache
def _template() -> tuple[Template, Markup]:
    """The page, and the style in it, which is the only one that the page's own policy lets a browser use."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("handrail.report", "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, _, _ = loader.get_source(environment, "report.css")
    return environment.get_template("report.html"), Markup(style)  # noqa: S704  a file of this package


def _visible(value: Any) -> Any:
    """Plain text with every hidden character shown; what is finished HTML already stays as it is."""
    return terminal(value) if type(value) is str else value


def _internal(one: Judged, given: ReportInput) -> ProjectPage:
    view = view_of(one.assessment, given.bundle, one.declaration, gate=one.gate)
    parts = [
        *_parts("Open MUST controls", view.open_must, given),
        *_loose(PREREQUISITES_TITLE, (_block(block, given) for block in view.prerequisites)),
        *_loose(WAIVERS_TITLE, (_block((row,), given, lines=(row.waiver,)) for row in view.waivers)),
        *_parts("All other controls", view.others, given),
    ]
    return ProjectPage(
        name=view.project,
        about=view.about,
        public=False,
        headline=view.headline,
        note=view.note,
        counts=view.counts,
        coverage=(*view.coverage, *view.levels),
        parts=tuple(parts),
        steps=view.steps,
        gate=view.gate,
    )


def _parts(heading: str, sections: Iterable[Section], given: ReportInput) -> list[PagePart]:
    parts = [
        PagePart(
            heading="",
            title=f"{one.phase.value.capitalize()}: {one.title} ({one.principle})",
            blocks=tuple(_block(block, given) for block in one.blocks),
        )
        for one in sections
    ]
    return [PagePart(heading=heading, title=parts[0].title, blocks=parts[0].blocks), *parts[1:]] if parts else []


def _loose(heading: str, blocks: Iterable[PageBlock]) -> list[PagePart]:
    made = tuple(blocks)
    return [PagePart(heading=heading, title="", blocks=made)] if made else []


def _block(block: Block, given: ReportInput, *, lines: tuple[str, ...] | None = None) -> PageBlock:
    last = block[-1]
    each = "each " if len(block) > 1 else ""
    return PageBlock(
        rows=tuple(
            PageRow(
                control=row.control,
                title=row.title,
                href=control_page(row.control, given.bundle, given.site),
                sign=SIGNS[row.finding],
                is_open=row.finding.is_open,
            )
            for row in block
        ),
        label=f"{each}{finding_label(last.finding)}, {last.level}",
        lines=last.lines if lines is None else lines,
    )


def _public(report: PublicReport, given: ReportInput) -> ProjectPage:
    facts = report.headline
    parts = [
        PagePart(
            heading="" if place else "Controls",
            title=section.title,
            blocks=tuple(
                PageBlock(
                    rows=(
                        PageRow(
                            control=row.control,
                            title=row.title,
                            href=control_page(row.control, given.bundle, given.site),
                            sign=row.sign,
                            is_open=row.is_open,
                        ),
                    ),
                    label=row.lines[0],
                    lines=row.lines[1:],
                )
                for row in section.rows
            ),
            notes=section.counted,
        )
        for place, section in enumerate(public_sections(report, given.bundle))
    ]
    project = report.project
    return ProjectPage(
        name=f"{project.name} {project.version}" if project.version else project.name,
        about=public_about_line(report),
        public=True,
        headline=headline(facts),
        note=fixed_note(project.name),
        counts=((facts.satisfied, "satisfied"), (facts.open_must, "open")),
        coverage=coverage_lines(report.coverage),
        parts=tuple(parts),
        steps=(),
        gate=(),
    )
