"""Lint rules about endorsements.

Belongs here: one function a rule. Never here: whether what is endorsed exists (`endorsements`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handrail.catalog.endorsements import Endorsements
from handrail.source.diagnostics import Collector


def two_positions(given: Endorsements, out: Collector) -> None:
    """HR270: of one text an organisation says one thing at a time."""
    for file in given.files:
        seen: set[str] = set()
        for i, one in enumerate(file.value.endorsements):
            if one.withdrawn is None and one.of in seen:
                out.error(
                    "HR270",
                    f"`{file.value.organisation.id}` takes two positions on `{one.of}`",
                    file.span("endorsements", i, "of"),
                    help="keep the one that stands today, and give the other one `withdrawn:` and the day",
                )
            if one.withdrawn is None:
                seen.add(one.of)


def earlier_text(given: Endorsements, texts: Mapping[str, str], out: Collector) -> None:
    """HR271: the text that is endorsed is the one of today, or a reader is told that it is not."""
    for file in given.files:
        for i, one in enumerate(file.value.endorsements):
            if one.withdrawn is None and one.of in texts and one.statement != texts[one.of]:
                out.error(
                    "HR271",
                    f'this is not the text that `{one.of}` has today, so the site says "an earlier text"',
                    file.span("endorsements", i, "statement"),
                    help=f"the fingerprint today is `{texts[one.of]}`; only the organisation may take it over",
                )


def days(given: Endorsements, out: Collector, as_of: date) -> None:
    """HR272: a consent was given by today, and by the day on which it was withdrawn."""
    for file in given.files:
        for i, one in enumerate(file.value.endorsements):
            at = ("endorsements", i)
            if one.withdrawn is not None and one.withdrawn < one.consent.date:
                problem, span = "the position is withdrawn before its consent was given", file.span(*at, "withdrawn")
            elif one.consent.date > as_of:
                problem, span = "the consent is of a day still to come", file.span(*at, "consent", "date")
            else:
                continue
            out.error("HR272", problem, span, help="write the day of the letter itself")
