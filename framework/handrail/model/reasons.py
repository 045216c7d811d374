"""Every reason a finding can have: a code and its fixed sentence.

Belongs here: the table. A sentence's slots take ids and titles of the catalog, dates and declared facts only; never
text from evidence or from an answer. Never here: when a reason applies (that is `assess`).
Source: DESIGN section 4, the tables `own`, `evidence` and 4c.
"""

from __future__ import annotations

from types import MappingProxyType

REASONS = MappingProxyType(
    {
        "out-of-scope": "Does not apply: by its declared {fact}, the project is outside the scope of this control.",
        "undeclared": "The declaration has no answer for this control.",
        "not-implemented": "The project says that this is not in place.",
        "planned": "The project says that this is planned.",
        "overdue": "The project planned this for {date}, and that day has gone by.",
        "unreviewed": "The answer is not tied to any known text of the catalog, so it cannot be read as an answer to"
        " this statement.",
        "requirement-changed": "The statement has changed since the answer was written.",
        "na-not-allowed": "The catalog does not accept \u2018not applicable\u2019 as an answer here; only the declared"
        " facts can put this control out of scope.",
        "na-unjustified": "The answer \u2018not applicable\u2019 gives no justification.",
        "justified-na": "The project declares this not applicable and gives its justification.",
        "inherited": "Rests on the assessment of {upstream}, judged again on {date}.",
        "upstream-unverified": "The assessment of {upstream} could not be relied on: its digest, its signature, its "
        "date or the chain of projects it names does not hold.",
        "upstream-unsigned": "No accepted organisation signed the assessment of {upstream}, and this control asks for "
        "more than the project's word.",
        "upstream-not-applicable": "The assessment of {upstream} does not judge this control.",
        "upstream-not-inheritable": "The catalog does not let this control be inherited.",
        "alternative-unjustified": "Another measure is declared in place of this one, without a justification.",
        "alternative-unattested": "Another measure is declared in place of this one; no accepted organisation has "
        "signed that it does the same.",
        "partial": "The project says that this is in place in part.",
        "evidence-contradicts": "The file supplied does not show {requirement}.",
        "evidence-partial": "The file supplied shows {requirement} in part.",
        "evidence-missing": "Nothing was supplied for {requirement}.",
        "evidence-unreadable": "The file supplied for {requirement} could not be read as what it should be.",
        "evidence-stale": "What was supplied for {requirement} is dated {date} and no longer current.",
        "evidence-altered": "The file supplied for {requirement} is not the one that was declared or signed.",
        "evidence-mismatch": "The file supplied for {requirement} speaks of another subject.",
        "evidence-future": "What was supplied for {requirement} is dated {date}, after the day of this report.",
        "evidence-undated": "What was supplied for {requirement} gives no date, and its age matters.",
        "evidence-tier": "{requirement} is asked for as {wanted}; what was supplied reaches {tier}.",
        "evidence-unavailable": "{requirement} could not be checked: this installation has no checker for its kind.",
        "evidence-refused": "What was supplied for {requirement} was refused unread.",
        "no-evidence-asked": "The catalog asks for no evidence here, so nothing can be shown.",
        "blocked-by": "Cannot be relied on while {control} is open.",
        "undeclared-fact": "The project does not declare its {fact}, so this control is taken to apply.",
        "organisation-answer": "Answered by the organisation for all its projects.",
        "own-answer-wins": "The project's own answer stands in place of the organisation's.",
    }
)
"""Code -> sentence. The last three are notes: they explain and never lower a finding."""

NOTES = frozenset({"undeclared-fact", "organisation-answer", "own-answer-wins"})


def sentence(code: str, **slots: str) -> str:
    """The fixed sentence of a code with its slots filled.

    Raises:
        KeyError: the code or one of its slots is unknown; that is our own error.
    """
    return REASONS[code].format_map(slots)
