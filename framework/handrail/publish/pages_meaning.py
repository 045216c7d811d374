"""The pages on how findings are made: the tables, their expected values, kinds of evidence, facts, words, diagnostics.

Belongs here: the tables of DESIGN section 4 as a reader meets them, and gathering the others from where they are data.
Never here: computing a finding. A test holds every reason code and every finding against these pages.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from importlib.resources import files

from handrail.catalog.translated import unmarked
from handrail.model.bundle import Bundle
from handrail.model.kinds import KINDS
from handrail.model.reasons import REASONS
from handrail.model.terms import Assurance, Finding
from handrail.model.vocabulary import Term
from handrail.publish.page import Page, render
from handrail.report import wording
from handrail.source.codes import CODES

_SLOT = re.compile(r"\{([a-z]+)\}")

_SAYS = {
    Finding.NOT_SATISFIED: "The project itself says that it is not in place, or a file supplied does not show what was"
    " declared.",
    Finding.UNDETERMINED: "Nothing current and readable shows it either way. This says nothing good or bad.",
    Finding.PARTIAL: "In place in part, by the project's own word or by what the evidence shows.",
    Finding.SATISFIED: "The evidence asked for was supplied and got through its checks on this date.",
    Finding.NOT_APPLICABLE: "The control does not bind this project, by its facts or by a justified declaration.",
}

_OWN = (
    ("The declared facts put the control out of scope", "not applicable"),
    ("Nothing is declared", "undetermined"),
    ("Declared as not implemented, or as planned", "not satisfied"),
    ("The answer is tied to no known text of the catalog", "undetermined"),
    ("The statement has changed since the answer was written", "undetermined"),
    ("Declared as not applicable, where the catalog does not allow it or no justification is given", "undetermined"),
    ("Declared as not applicable, allowed and justified", "not applicable"),
    ("Inherited from another project", "what that project's assessment gives, judged again today"),
    ("Another measure in its place, without a justification", "undetermined"),
    (
        "Another measure in its place, not signed for by an accepted organisation",
        "partial, or what the evidence gives where that is less",
    ),
    ("Another measure in its place, signed for by an accepted organisation", "what the evidence gives"),
    ("Declared as in place in part", "partial, or what the evidence gives where that is less"),
    ("Declared as implemented", "what the evidence gives"),
)

_EVIDENCE = (
    ("Its content contradicts what was declared", "not satisfied"),
    ("It shows a part of what was asked for", "partial"),
    ("Nothing was supplied, or it could not be read", "undetermined"),
    ("It is out of date, undated where its age matters, or dated after the day of the report", "undetermined"),
    ("It is not the file whose digest was declared, or it speaks of another subject", "undetermined"),
    ("It reaches a lower tier than the control asks for", "undetermined"),
    ("Its kind has no checker in this installation, or it was refused unread", "undetermined"),
    ("It shows what was asked for", "satisfied"),
)

_POINTERS = {"path": "a file of the project", "sealed": "a sealed pointer", "statement": "words in the declaration"}


def meaning_pages(bundle: Bundle) -> Iterator[Page]:
    """All of them; the page of expected values only where the package carries the table."""
    table = truth_table()
    path = "meaning/index.html"
    yield Page(
        path=path,
        title="How findings are made",
        description="The fixed tables by which a declaration and its evidence become findings.",
        body=render(
            "meaning.html",
            path,
            findings=[(finding.value.replace("-", " "), _SAYS[finding], finding.is_open) for finding in Finding],
            own=_OWN,
            evidence=_EVIDENCE,
            tiers=[(tier.value, wording.TIERS[tier]) for tier in Assurance],
            reasons=[(code, tuple(_pieces(text))) for code, text in REASONS.items()],
            has_table=bool(table),
        ),
    )
    if table:
        path = "meaning/truth-table.html"
        yield Page(
            path=path,
            title="The tables as expected values",
            description="Expected findings, row by row, shared with the program's tests.",
            body=render(
                "truth_table.html", path, header=table[0][:-1], rows=[(row[:-1], row[-1]) for row in table[1:]]
            ),
            wide=True,
        )
    path = "meaning/evidence-kinds.html"
    yield Page(
        path=path,
        title="Kinds of evidence",
        description="What each kind of evidence verifies, and what it does not.",
        body=render("kinds.html", path, kinds=tuple(KINDS.values()), pointers=_POINTERS),
    )
    path = "meaning/facts.html"
    yield Page(
        path=path,
        title="Facts",
        description="What a project says it is, which decides what binds it.",
        body=render("facts.html", path, facts=bundle.facts),
    )
    terms = sorted(bundle.terms.items(), key=lambda item: (item[1].title.casefold(), item[0]))
    yield Page(
        path="lexicon.html",
        title="Lexicon",
        description="The words of the catalog and of its reports.",
        body=render(
            "lexicon.html", "lexicon.html", letters=_by_letter(terms), titles={key: one.title for key, one in terms}
        ),
    )
    yield Page(
        path="diagnostics.html",
        title="Diagnostics",
        description="Defects that the program reports in its input files.",
        body=render("diagnostics.html", "diagnostics.html", codes=tuple(CODES.values())),
    )


def _by_letter(terms: list[tuple[str, Term]]) -> list[tuple[str, list[tuple[str, Term]]]]:
    """The terms under their first letters; what begins with none stands under a sign."""
    grouped: dict[str, list[tuple[str, Term]]] = {}
    for key, term in terms:
        first = unmarked(term.title)[1][:1].upper()
        grouped.setdefault(first if first.isalpha() else "#", []).append((key, term))
    return list(grouped.items())


def truth_table() -> tuple[tuple[str, ...], ...]:
    """The published expected values, header first, a note last in each row; empty where the package has none."""
    source = files("handrail.model") / "truth-table.csv"
    if not source.is_file():
        return ()
    return tuple(tuple(row) for row in csv.reader(io.StringIO(source.read_text(encoding="utf-8"))) if row)


def _pieces(sentence: str) -> Iterator[tuple[str, str]]:
    """A sentence as (text, name of the slot after it)."""
    parts = _SLOT.split(sentence)
    for at in range(0, len(parts), 2):
        yield parts[at], parts[at + 1] if at + 1 < len(parts) else ""
