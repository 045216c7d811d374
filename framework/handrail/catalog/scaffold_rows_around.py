"""The questions for a checklist, a reference and a steward, in the order in which their files are written.

Belongs here: the rows, and the table of all five forms. Never here: what a field is (`scaffold_forms`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handrail.catalog.scaffold_forms import LABELS, Form, Shape, ask, words
from handrail.catalog.scaffold_rows import CONTROL, PRINCIPLE
from handrail.model.terms import Confidence, ReferenceKind, ReferenceStatus

_CONFIDENCE = MappingProxyType({one.value: LABELS[one.value] for one in reversed(Confidence)})

CHECKLIST = Form(
    name="checklist",
    title="A checklist",
    of="into a file of its own",
    fields=(
        ask(
            "id",
            "checklist.id",
            "small letters and hyphens",
            "Which short name shall it have, such as model-host?",
            remark="declarations choose the checklist by it; the file is called by it",
        ),
        ask("title", "checklist.title", "whom it is for", "Whom is it for, in a few words?"),
        ask(
            "role",
            "checklist.role",
            "model-host",
            "Is it made for one role?",
            shape=Shape.CHOICE,
            known="roles",
            optional=True,
            remark="The role that it is made for, if it is for one:",
        ),
        ask(
            "introduction",
            "checklist.introduction",
            "whom it is for, and where to begin",
            "Whom is it for, and where do they begin?",
            shape=Shape.MARKDOWN,
        ),
        ask(
            "control",
            "selects.controls",
            "a control, such as GOV-01; first what others require",
            "Which controls does it ask for?",
            shape=Shape.CHOICES,
            known="controls",
            remark="In the order of work: what others require stands before them.",
        ),
    ),
)

REFERENCE = Form(
    name="reference",
    title="A reference: a law, a standard, a framework",
    of="into a file of its own",
    named="clause",
    fields=(
        ask(
            "id",
            "reference.id",
            "small letters, digits and hyphens",
            "Which short name shall it have, such as eu-ai-act?",
            remark="mappings name it so; the file is called by it",
        ),
        ask("title", "reference.title", "its title in full", "What is its title, in full?"),
        ask(
            "short", "reference.short", "its name as reports print it", "What do people call it, in one to three words?"
        ),
        ask("publisher", "reference.publisher", "who issued it", "Who issued it?"),
        ask(
            "kind",
            "reference.kind",
            "law, code, standard, framework, guidance or taxonomy",
            "What sort of instrument is it?",
            shape=Shape.CHOICE,
            options=words(ReferenceKind),
        ),
        ask(
            "jurisdiction",
            "reference.jurisdiction",
            "eu",
            "Where does it hold?",
            shape=Shape.CHOICE,
            known="jurisdictions",
            optional=True,
            remark="Where it holds, if it binds somewhere:",
        ),
        ask(
            "status",
            "reference.status",
            "in-force, partly-in-force, not-yet-in-force, voluntary, draft or unverified",
            "Does it bind today?",
            shape=Shape.CHOICE,
            options=words(ReferenceStatus),
        ),
        ask(
            "reviewed-on",
            "reference.reviewed_on",
            "the day on which you last held this entry against it, such as 2026-11-24",
            known="day",
        ),
        ask(
            "url",
            "reference.url",
            "https://parliament.example/act",
            "Where on the web does it stand?",
            optional=True,
            remark="Where it stands on the web:",
        ),
        ask(
            "confidence",
            "reference.confidence",
            "how well you know it (seen, secondary, memory or unverified)",
            "How well do you know it?",
            shape=Shape.CHOICE,
            options=_CONFIDENCE,
            remark="`seen` only what you read yourself. Nobody is blamed for a doubt.",
        ),
        ask(
            "clause",
            "clauses",
            "the number of a clause, as the text writes it",
            "Which clause matters most (its number, or `document` for all of it)?",
            shape=Shape.HINT,
        ),
        ask(
            "clause-title",
            "clauses.*.title",
            "what the clause says, in your own words",
            "What does that clause say, in your own words?",
        ),
        ask(
            "clause-confidence",
            "clauses.*.confidence",
            "how well you know it (seen, secondary, memory or unverified)",
            "How well do you know that clause?",
            shape=Shape.CHOICE,
            options=_CONFIDENCE,
        ),
    ),
)

STEWARD = Form(
    name="steward",
    title="A steward: an organisation that keeps a principle",
    of="to the end of principles/stewards.yaml",
    fields=(
        ask("id", "", "small letters and hyphens", "Which short name shall it have?", shape=Shape.HINT),
        ask("name", "name", "the organisation's name", "What is the organisation called?"),
        ask("summary", "summary", "what it answers for, in a sentence", "What does it answer for?", shape=Shape.TEXT),
        ask(
            "url",
            "url",
            "https://organisation.example",
            "Where is it on the web?",
            optional=True,
            remark="Where it is on the web:",
        ),
    ),
)

FORMS: Mapping[str, Form] = MappingProxyType({f.name: f for f in (CONTROL, PRINCIPLE, CHECKLIST, REFERENCE, STEWARD)})
"""Name -> form, in the order in which they are offered."""
