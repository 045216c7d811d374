"""The gap reports: one page each, the portfolio, and the public JSON beside every page.

Belongs here: laying out what a public report holds. Never here: leaving anything out (`assess.project`) or a sentence
about a finding (`report.wording`). Nothing is ranked: projects stand by name, controls in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handrail.model.bundle import Bundle
from handrail.model.public import PublicControl, PublicEvidence, PublicPrinciple, PublicReport
from handrail.model.terms import Finding, SelectedBy
from handrail.publish.page import Page, first_sentence, render
from handrail.publish.shell import HEADING_ID
from handrail.publish.words import day
from handrail.report import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The catalog that the site was built from, and when."""

    bundle: Bundle
    digest: str
    built_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow:
    """A control as its row shows it, all plain text.

    `state` is `open`, `satisfied` or `na` and nothing finer; `counts` says that it is in the totals; `evidence` are
    titles with what is known of the piece.
    """

    id: str
    title: str
    href: str
    sign: str
    label: str
    state: str
    counts: bool
    about: str
    reasons: tuple[str, ...]
    next_step: str
    withheld: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleBlock:
    """A principle with the rows that apply and those that do not."""

    principle: PublicPrinciple
    address: str
    applying: tuple[ControlRow, ...]
    outside: tuple[ControlRow, ...]

    def count(self, state: str) -> int:
        """How many of the controls shown are in a state; a mere prerequisite counts in no summary."""
        rows = (*self.applying, *self.outside)
        return sum(row.state == state and row.counts for row in rows)


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report in the portfolio."""

    report: PublicReport
    checklists: tuple[str, ...]
    headline: str


def report_page(report: PublicReport, edition: Edition) -> tuple[Page, str]:
    """A report's page, and the plain text under which search finds it."""
    path = f"reports/{report.project.id}.html"
    bundle = edition.bundle
    sentences = wording.headline(report.headline)
    body = render(
        "report.html",
        path,
        heading_id=HEADING_ID,
        report=report,
        edition=edition,
        sentences=sentences,
        note=wording.fixed_note(report.project.name),
        checklists=_checklist_titles(report, bundle),
        facts=tuple(_facts(report, bundle)),
        coverage=wording.coverage_lines(report.coverage),
        blocks={p.id: _block(p, bundle) for phase in report.phases for p in phase.principles},
        known_checklists=frozenset(one.checklist.id for one in bundle.checklists),
    )
    page = Page(path=path, title=report.project.name, description=first_sentence(sentences[0]), body=body, wide=True)
    return page, " ".join(sentences)


def portfolio_page(reports: Sequence[PublicReport], edition: Edition) -> Page:
    """Every published report, by name; never by result."""
    path = "reports/index.html"
    cards = [
        ReportCard(one, _checklist_titles(one, edition.bundle), wording.headline(one.headline)[0]) for one in reports
    ]
    return Page(
        path=path,
        title="Gap reports",
        description="Every published gap report, by the name of the project.",
        body=render("portfolio.html", path, cards=cards, edition=edition),
    )


def report_files(report: PublicReport) -> Mapping[str, bytes]:
    """The downloads beside a report's page."""
    text = report.model_dump_json(by_alias=True, indent=2)
    return {f"reports/{report.project.id}.json": f"{text}\n".encode()}


def _checklist_titles(report: PublicReport, bundle: Bundle) -> tuple[str, ...]:
    titles = {one.checklist.id: one.checklist.title for one in bundle.checklists}
    return tuple(titles.get(one, one) for one in report.checklists)


def _facts(report: PublicReport, bundle: Bundle) -> Iterator[tuple[str, str]]:
    for name, values in report.facts.items():
        fact = bundle.facts.get(name)
        known = fact.values if fact else {}
        labels = (known[one].label if one in known else one for one in values)
        yield (fact.title if fact else name), ", ".join(labels)


def _block(principle: PublicPrinciple, bundle: Bundle) -> PrincipleBlock:
    rows = tuple(_row(one, principle.id, bundle) for one in principle.controls)
    return PrincipleBlock(
        principle=principle,
        address=f"principles/{principle.id.lower()}.html",
        applying=tuple(row for row in rows if row.state != "na"),
        outside=tuple(row for row in rows if row.state == "na"),
    )


def _row(control: PublicControl, principle: str, bundle: Bundle) -> ControlRow:
    finding = control.finding
    return ControlRow(
        id=control.control,
        title=control.title,
        href=f"../principles/{principle.lower()}.html#{control.control}",
        sign=wording.SIGNS[finding],
        label=wording.finding_label(finding, public=True),
        state="open" if finding.is_open else "satisfied" if finding is Finding.SATISFIED else "na",
        counts=control.selected_by is SelectedBy.CHECKLIST,
        about="; ".join(_about(control, bundle)),
        reasons=tuple(dict.fromkeys(reason.text for reason in control.reasons)),
        next_step=_next_step(control, bundle) if finding.is_open and control.reasons else "",
        withheld=wording.WITHHELD if control.withheld else "",
        evidence=tuple((piece.title, "; ".join(_piece(piece))) for piece in control.evidence),
    )


def _about(control: PublicControl, bundle: Bundle) -> Iterator[str]:
    yield wording.level_text(control.level, control.level_reason, control.duties, bundle)
    if control.selected_by is SelectedBy.PREREQUISITE:
        yield "judged because another control requires it, and counted in no total"
    if control.waived:
        yield "the project has chosen to leave it open"


def _piece(piece: PublicEvidence) -> Iterator[str]:
    yield piece.tier.value
    if piece.sealed:
        held = f"held by {piece.held_by}" if piece.held_by else "held elsewhere"
        yield f"{held} since {day(piece.date)}" if piece.date else held
    elif piece.date:
        yield day(piece.date)
    if not piece.counts:
        yield "does not count"


def _next_step(control: PublicControl, bundle: Bundle) -> str:
    code = control.reasons[0].code
    same = [reason for reason in control.reasons if reason.code == code]
    return wording.next_step(
        code,
        control.control,
        bundle,
        requirements=[reason.requirement for reason in same if reason.requirement],
        blocked_by=[reason.control for reason in same if reason.control],
    )
