"""The codes of HR1xx: a file that is valid YAML and does not have the shape it should have.

Belongs here: one entry per code with all its texts. Never here: the rule that finds the defect
(the models, through `complaints`).
"""

from __future__ import annotations

from handrail.source.code import Code

SCHEMA_CODES: tuple[Code, ...] = (
    Code(
        code="HR101",
        slug="unknown-key",
        title="A key that the format does not have.",
        why="A misspelt key would otherwise be ignored, and what it says would count for nothing "
        "without anyone noticing.",
        example="controls:\n  SRC-03:\n    stat: implemented",
        instead="controls:\n  SRC-03:\n    state: implemented",
    ),
    Code(
        code="HR102",
        slug="missing-key",
        title="A required key is missing.",
        why="What is silent is never filled with a guess.",
        example="project:\n  name: Aurora",
        instead="project:\n  id: aurora-image\n  name: Aurora",
    ),
    Code(
        code="HR103",
        slug="wrong-type",
        title="A value of the wrong type.",
        why="A list where one text is expected (or the reverse) has no meaning here. Types are "
        "decided by the field, never by how a value is spelled.",
        example="modality: {image: yes}",
        instead="modality: [image]",
    ),
    Code(
        code="HR104",
        slug="malformed-date",
        title="A date that is not a day of the calendar in the form YYYY-MM-DD.",
        why="Other forms read differently in different countries, and freshness is counted in days.",
        example="due: 15/01/2027",
        instead="due: 2027-01-15",
    ),
    Code(
        code="HR105",
        slug="value-not-listed",
        title="A value that is not one of those the field can have.",
        why="A word that the format does not know would be judged by nobody.",
        example="level: mandatory",
        instead="level: must",
    ),
    Code(
        code="HR106",
        slug="malformed-id",
        title="An id or other patterned text does not have its form.",
        why="Ids become file names, addresses and references; one form keeps them equal "
        "everywhere, without look-alike letters.",
        example="id: src_3",
        instead="id: SRC-03",
    ),
    Code(
        code="HR107",
        slug="malformed-duration",
        title="A duration that is not of the form P<n>D.",
        why="Months and years differ in length; a deadline counted in days is the same for everyone.",
        example="max_age: 6 months",
        instead="max_age: P180D",
    ),
    Code(
        code="HR108",
        slug="constraint",
        title="A value breaks another rule of its field.",
        why="The field's own rule (a length, a number, which keys go together) is given in the message.",
        example="title: ''",
        instead="title: Screen data before ingestion",
    ),
    Code(
        code="HR109",
        slug="empty-list",
        title="An empty list where at least one item is needed.",
        why="An empty list can be read as none or as all; the file has to say which.",
        example="modality: []",
        instead="modality: [image]",
    ),
)
