"""The report of a recorded assessment, laid out briefly: one table, since there may be thousands of such reports.

Belongs here: a line for each control. Never here: what stands above them (`report_internal`). Lines are HTML in UTF-8
and pass the template by: calling an escape for each piece of every row takes longer than all else that a page needs,
and every byte is there ten thousand times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from handrail.model.assessment import Assessment, ControlFinding
from handrail.model.terms import Assurance, Finding, Level, LevelReason, SelectedBy
from handrail.publish.report_names import Names
from handrail.publish.report_view import LOOKS, PrincipleSum
from handrail.report import wording
from handrail.report.agreement import number

_CHOSEN, _MUST, _CATALOGUE = SelectedBy.CHECKLIST, Level.MUST, LevelReason.CATALOGUE
_WAITS = "blocked-by"
_SATISFIED, _NOT_APPLICABLE = Finding.SATISFIED, Finding.NOT_APPLICABLE


ROWS = b"<!-- rows -->"
"""Stands in the template where the rows go. No text from outside can spell it, since every one is escaped."""


def brief_rows(run: Assessment, principles: Sequence[PrincipleSum], names: Names) -> bytes:
    """The rows of the table, in UTF-8: each principle, and its controls that apply.

    A row is a control's id and title, its finding, and how well it is shown or why it is not.
    """
    rows = {one.id: [_group(one.link, one.numbers)] for one in principles}
    shown = [one for one in run.findings if one.finding is not _NOT_APPLICABLE and one.principle in rows]
    told = _escaped([_told(one, names) for one in shown])
    for one, text in zip(shown, told, strict=True):
        named = names.control(one.control)
        rows[one.principle].append(_head(named.id, named.title, one.finding) + text)
    return b"\n".join(map(b"".join, rows.values()))


@lru_cache(maxsize=4096)
def _group(link: Markup, numbers: tuple[int, int, int, int, int]) -> bytes:
    """The row of a principle: its link, and how many of its controls are open and satisfied."""
    must, must_met, other, other_met, outside = numbers
    sums = f"MUST: {must} open, {must_met} satisfied."
    sums += f" SHOULD, MAY: {other} open, {other_met} satisfied." if other or other_met else ""
    sums += f" Not applicable: {outside}." if outside else ""
    return f"<tbody><tr><th scope=rowgroup colspan=3>{link} <span>{sums}</span>".encode()


@lru_cache(maxsize=1024)
def _head(control: str, title: str, finding: Finding) -> bytes:
    """How a row begins. Closing tags that HTML does not need are left out."""
    word = f"{LOOKS[finding].sign} {wording.finding_label(finding)}"
    return f"<tr><th scope=row>{escape(control)} {escape(title)}<td>{word}<td>".encode()


def _escaped(texts: Sequence[str]) -> Sequence[bytes]:
    """Each text as HTML, by one call for all; one by one where a text holds what they are joined with."""
    together = escape("\n".join(texts)).encode().split(b"\n")
    return together if len(together) == len(texts) else [escape(text).encode() for text in texts]


def _told(one: ControlFinding, names: Names) -> str:
    """What stands beside a finding. The level that most have is not repeated; the page says so."""
    if one.finding is _SATISFIED:
        told = _shown(one.assurance, one.valid_until, tuple([piece.date for piece in one.evidence if piece.counts]))
    else:
        told = _why_not(one, names)
    if one.selected_by is not _CHOSEN:
        told = f"{wording.PREREQUISITE} {told}"
    if one.level is _MUST and one.level_reason is _CATALOGUE:
        return told
    return f"{names.level(one.level, one.level_reason, one.duties)}. {told}"


def _why_not(one: ControlFinding, names: Names) -> str:
    texts = [reason.text if reason.text[-1:] == "." else f"{reason.text}." for reason in one.reasons]
    if len(texts) > 1:
        texts = list(dict.fromkeys(texts))
    if one.waiver is not None and one.waiver.holds:
        texts.append(f"Left open by choice until {one.waiver.expires.isoformat()}.")
    if one.level is _MUST and one.reasons and one.reasons[0].code != _WAITS:  # that reason names the next step
        texts.append(f"Next: {names.next_step(one.control, one.reasons, brief=True)}")
    return " ".join(texts)


@lru_cache(maxsize=16_384)
def _shown(tier: Assurance | None, until: date | None, pieces: tuple[date | None, ...]) -> str:
    """How well it is shown and until when, by how many pieces of evidence, and the day of the oldest."""
    parts: list[str] = [tier] if tier else []
    if until:
        parts.append(f"until {until.isoformat()}")
    if pieces:
        parts.append(number(len(pieces), "piece"))
        if days := [day for day in pieces if day is not None]:
            parts[-1] += f", {'oldest' if len(days) > 1 else 'of'} {min(days).isoformat()}"
    return "; ".join(parts)
