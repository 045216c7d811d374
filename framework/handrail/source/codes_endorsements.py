"""The codes HR270 to HR279: what organisations say of the catalog's texts.

Belongs here: one entry per code with all its texts. Never here: the rule that finds the defect.
"""

from __future__ import annotations

from handrail.source.code import Code, Severity

ENDORSEMENT_CODES: tuple[Code, ...] = (
    Code(
        code="HR270",
        slug="two-positions",
        title="An organisation takes two positions on one text.",
        why="A reader could not tell which of them the organisation stands by.",
        example="- {of: SRC-03, position: endorses}\n- {of: SRC-03, position: dissents}",
        instead="- {of: SRC-03, position: endorses, withdrawn: 2027-02-01}\n- {of: SRC-03, position: dissents}",
    ),
    Code(
        code="HR271",
        slug="earlier-text",
        severity=Severity.WARNING,
        title="An endorsement or dissent is of another text than that of today.",
        why="An endorsement is of one text. When the text changes nobody may carry it over but the organisation, and "
        "until it does the site says that it is of an earlier text.",
        example='{of: SRC-03, statement: "0000000000000000"}',
        instead='{of: SRC-03, statement: "a3f8051f0d888828"}',
    ),
    Code(
        code="HR272",
        slug="consent-days",
        title="A consent is of a day still to come, or is withdrawn before it was given.",
        why="Nobody is named as endorsing anything before they agreed to it in writing.",
        example="consent: {by: Board, date: 2026-12-01}\nwithdrawn: 2026-01-12",
        instead="consent: {by: Board, date: 2026-01-12}\nwithdrawn: 2026-12-01",
    ),
)
