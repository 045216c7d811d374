"""The report as Markdown, for a file or a comment on a pull request.

Belongs here: layout. Never here: a sentence (`report.wording`), or a count (`report.view`). All input passes
`escape.markdown_inline` here: nothing of it is markup, a link or a mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.assess.gate import AtGate
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration
from handrail.report.view import Block, Row, Section, View, view_of
from handrail.report.wording import PREREQUISITES_TITLE, SIGNS, WAIVERS_TITLE, finding_label
from handrail.source.escape import markdown_inline as _plain


def render(
    assessment: Assessment,
    bundle: Bundle,
    declaration: Declaration,
    *,
    verbose: bool = False,
    gate: AtGate | None = None,
) -> str:
    """The report of one project, ended by a line end.

    Args:
        assessment: a run over the declaration, judged by the bundle.
        bundle: gives titles and references.
        declaration: says whether the project is fictional.
        verbose: also list the controls that are not open, and the open ones that are not MUST.
        gate: what decides the exit code, where it is not the assessment's own gate alone.
    """
    return "\n".join((*_report(view_of(assessment, bundle, declaration, gate=gate), verbose=verbose), ""))


def _report(view: View, *, verbose: bool) -> Iterator[str]:
    yield f"## {_plain(view.project)}"
    yield from ("", _plain(" ".join(view.headline)))
    yield ""
    yield from ("| MUST controls | |", "|---|---:|", *(f"| {what} | {count} |" for count, what in view.counts))
    yield from _list("Coverage", view.coverage)
    if view.open_must:
        yield from ("", "### Open MUST controls")
        yield from _sections(view.open_must)
    if view.prerequisites:
        yield from ("", f"### {PREREQUISITES_TITLE}", "")
        yield from _blocks(view.prerequisites)
    if view.waivers:
        yield from ("", f"### {WAIVERS_TITLE}", "")
        for one in view.waivers:
            yield from _item(_head(one), _word(one), _plain(one.waiver))
    yield from _list("SHOULD and MAY controls", view.levels)
    if verbose and view.others:
        yield from ("", "### All other controls")
        yield from _sections(view.others)
    if view.steps:
        yield from ("", "### Next steps", "")
        for place, step in enumerate(view.steps, 1):
            yield f"{place}. **{step.control} {_plain(step.title)}.** {_plain(f'{step.advice} {step.waiting}')}"
    yield from ("", f"**{_plain(' '.join(view.gate))}**", "", _plain(view.note), "", _plain(view.about))


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"### {title}", "", *(f"- {_plain(line)}" for line in lines))


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from ("", f"#### {section.phase.value.capitalize()}: {_plain(section.title)} ({section.principle})", "")
        yield from _blocks(section.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        last = block[-1]
        each = "each " if len(block) > 1 else ""
        yield from _item(*map(_head, block), each + _word(last), *map(_plain, last.lines))


def _head(one: Row) -> str:
    return f"{SIGNS[one.finding]} **{one.control} {_plain(one.title)}**"


def _word(one: Row) -> str:
    return f"{finding_label(one.finding)}, {_plain(one.level)}"


def _item(*lines: str) -> Iterator[str]:
    """One item of a list, a line below the other."""
    yield f"- {lines[0]}"
    yield from (f"  <br>{line}" for line in lines[1:])
