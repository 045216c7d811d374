"""What would be published of a project, as a difference to the internal report.

Belongs here: setting the two beside each other, line by line. Never here: leaving anything out (`assess.project`), or
layout (`report.sheet`, which encodes all text).

A line that begins with `-` is in the internal report only, one with `+` in the public one only, and the others are in
both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from handrail.assess.headline import headline_facts
from handrail.assess.project import may_publish, project_publicly
from handrail.model.assessment import ControlFinding, EvidenceRecord
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer
from handrail.model.public import PublicEvidence, PublicReport
from handrail.model.terms import Finding, SelectedBy
from handrail.report.formats import Judged, ReportInput
from handrail.report.places import answer_of
from handrail.report.public import evidence_line, public_sections
from handrail.report.sheet import Sheet
from handrail.report.view import project_title
from handrail.report.wording import (
    PREREQUISITE,
    finding_label,
    fixed_note,
    headline,
    level_text,
    requirement_titles,
    waiver_line,
)


def render(given: ReportInput) -> str:
    """The difference for each project, ended by a line end; no text for no project."""
    return "\n".join("\n".join((*_project(one, given), "")) for one in given.projects())


def _project(one: Judged, given: ReportInput) -> Iterator[str]:
    sheet = Sheet(width=given.width, colour=given.colour)
    public = project_publicly(one.assessment, given.bundle, one.declaration)
    yield from sheet.text(project_title(one.assessment), bold=True)
    consent = "" if may_publish(one.declaration) else " Nothing is: the declaration gives no consent (`publish:`)."
    yield from sheet.text(f"What would be published.{consent}")
    yield from sheet.text("- is in the internal report only")
    yield from sheet.text("+ is in the public one only")
    yield from sheet.title("Headline")
    facts = headline_facts(one.assessment, given.bundle, fictional=one.declaration.project.fictional)
    yield from _difference(sheet, headline(facts), headline(public.headline))
    yield from _sections(one, public, given.bundle, sheet)
    yield ""
    yield from sheet.text(fixed_note(public.project.name))


def _sections(one: Judged, public: PublicReport, bundle: Bundle, sheet: Sheet) -> Iterator[str]:
    sections = {section.id: section for section in public_sections(public, bundle)}
    titles = {p.id: f"{p.phase.value.capitalize()}: {p.title} ({p.id})" for p in bundle.principles}
    internal: dict[str, list[ControlFinding]] = {}
    for finding in one.assessment.findings:
        internal.setdefault(finding.principle, []).append(finding)
    order = [*sections, *(principle for principle in internal if principle not in sections)]
    for name in order:
        section = sections.get(name)
        yield from sheet.title(section.title if section else titles[name])
        shown = {row.control: row for row in section.rows} if section else {}
        for finding in internal.get(name, ()):
            row = shown.get(finding.control)
            title = bundle.controls[finding.control].title
            head = f"{finding.control} {title}"
            yield from _difference(sheet, (head,), (head,) if row else (), indent=0)
            yield from _difference(sheet, tuple(_inside(one, finding, bundle)), row.lines if row else ())
        yield from _difference(sheet, (), section.counted if section else (), indent=0)


def _inside(one: Judged, finding: ControlFinding, bundle: Bundle) -> Iterator[str]:
    """What the internal report and the declaration hold of a control, worded as the public report words it."""
    level = level_text(finding.level, finding.level_reason, finding.duties, bundle)
    yield f"{finding_label(finding.finding)}, {level}"
    yield from dict.fromkeys(reason.text for reason in finding.reasons)
    if finding.finding is Finding.SATISFIED and finding.assurance is not None:
        yield f"Shown as {finding.assurance}."
    if finding.valid_until:
        yield f"Holds until {finding.valid_until.isoformat()}."
    yield from _evidence(finding, bundle)
    if finding.selected_by is SelectedBy.PREREQUISITE:
        yield PREREQUISITE
    if finding.waiver:
        yield waiver_line(finding.waiver, as_of=one.assessment.as_of)
    yield from _declared(answer_of(one.files, one.declaration, finding))


def _evidence(finding: ControlFinding, bundle: Bundle) -> Iterator[str]:
    titles = requirement_titles(bundle.controls[finding.control])
    for record in finding.evidence:
        yield evidence_line(_bare(record, titles[record.requirement]))
        yield f"What the check saw: {record.text}"


def _bare(record: EvidenceRecord, title: str) -> PublicEvidence:
    return PublicEvidence(
        requirement=record.requirement,
        title=title,
        kind=record.kind,
        counts=record.counts,
        tier=record.tier,
        date=record.date,
    )


def _declared(answer: Answer | None) -> Iterator[str]:
    if answer is None:
        return
    values = {
        "summary": answer.summary,
        "owner": answer.owner,
        "reviewed_by": answer.reviewed_by,
        "due": answer.due,
        "justification": answer.justification,
    }
    yield from (f"{key}: {value}" for key, value in values.items() if value is not None)
    for entry in answer.evidence:
        if entry.path is not None:
            yield f"path: {entry.path}"
        if entry.sealed is not None and entry.sealed.access is not None:
            yield "access: left out of every report"


def _difference(sheet: Sheet, inside: Sequence[str], outside: Sequence[str], *, indent: int = 2) -> Iterator[str]:
    """Both lists in one, each line with its sign."""
    for how, a, b, c, d in SequenceMatcher(a=inside, b=outside, autojunk=False).get_opcodes():
        if how == "equal":
            yield from _signed(sheet, " ", inside[a:b], indent)
        else:
            yield from _signed(sheet, "-", inside[a:b], indent)
            yield from _signed(sheet, "+", outside[c:d], indent)


def _signed(sheet: Sheet, sign: str, lines: Sequence[str], indent: int) -> Iterator[str]:
    head = sign + " " * (indent + 1)
    for line in lines:
        yield from sheet.text(line, first=head, rest=f"{head}  ")
