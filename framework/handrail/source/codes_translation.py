"""The codes HR290 to HR299: texts of the catalog in other languages.

Belongs here: one entry per code with all its texts. Never here: the rule that finds the defect.
"""

from __future__ import annotations

from handrail.source.code import Code, Severity

TRANSLATION_CODES: tuple[Code, ...] = (
    Code(
        code="HR290",
        slug="unknown-text",
        title="A translation is of a text that the catalog does not have.",
        why="It would be shown nowhere, while its translator thinks that the text is translated.",
        example="texts:\n  SRC-03.questions: {of: 4f1c9a0011223344, text: ...}",
        instead="texts:\n  SRC-03.question: {of: 4f1c9a0011223344, text: ...}",
    ),
    Code(
        code="HR291",
        slug="source-changed",
        severity=Severity.WARNING,
        title="A text has changed since it was translated.",
        why="A translation that says what the text no longer says misleads whoever reads only the translation. Until "
        "somebody has looked at it again, the site shows the source, with a mark.",
        example="SRC-03.question: {of: 4f1c9a0011223344, text: ...}",
        instead="SRC-03.question: {of: 90ab12cd34ef5678, text: ...}",
    ),
    Code(
        code="HR292",
        slug="translated-twice",
        title="A text is translated twice in one language.",
        why="A reader of the files could not tell which of the two is shown.",
        example="# principles/i18n/de/develop.yaml\ntexts: {SRC.title: ...}\n"
        "# principles/i18n/de/src.yaml\ntexts: {SRC.title: ...}",
        instead="# principles/i18n/de/src.yaml\ntexts: {SRC.title: ...}",
    ),
)
