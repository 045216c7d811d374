"""The codes of HR0xx and HR9xx: files, encoding, the syntax of YAML; our own errors.

Belongs here: one entry per code with all its texts. Never here: the rule that finds the defect
(`text`, `reader`, `beneath`).
"""

from __future__ import annotations

from handrail.source.code import Code

FILE_CODES: tuple[Code, ...] = (
    Code(
        code="HR001",
        slug="not-utf8",
        title="The file is not UTF-8 text.",
        why="Text in another encoding reads differently on different machines, and two readers of "
        "one file must see the same words.",
        example="# saved as Windows-1252 or UTF-16\ntitle: Données",
        instead="# saved as UTF-8\ntitle: Données",
    ),
    Code(
        code="HR002",
        slug="control-character",
        title="A control character in the text.",
        why="Control characters are invisible in an editor and can rewrite what a terminal shows. "
        "Tab and line end are the only ones that a text needs.",
        example='title: "Red\\e[31m"',
        instead="title: Red",
    ),
    Code(
        code="HR003",
        slug="file-too-large",
        title="The file is larger than the limit.",
        why="Files written by people are a few kilobytes; a file of megabytes is generated data or "
        "an attempt to exhaust the reader.",
        example="# one file with every principle of ten catalogs",
        instead="# one file for each principle",
    ),
    Code(
        code="HR004",
        slug="file-unreadable",
        title="The file is not there or cannot be read.",
        why="What cannot be read cannot be judged, and is never taken for an empty file.",
        example="organisation: organization.yaml",
        instead="organisation: organisation.yaml",
    ),
    Code(
        code="HR005",
        slug="path-refused",
        title="The path is not a plain path to a regular file below the folder.",
        why="Absolute paths, `..`, links and devices lead out of the project, so that the answer "
        "would depend on the machine, or show what was never meant to be read.",
        example="path: /etc/passwd",
        instead="path: evidence/screening.json",
    ),
    Code(
        code="HR006",
        slug="no-declaration",
        title="No declaration was found.",
        why="There is nothing to assess without a `handrail.yaml`; an empty result would look like a clean one.",
        example="$ handrail check empty-folder",
        instead="$ handrail init empty-folder\n$ handrail check empty-folder",
    ),
    Code(
        code="HR010",
        slug="yaml-syntax",
        title="The file is not valid YAML.",
        why="The structure of the text could not be made out, so nothing in the file was used.",
        example="title: Screening: before training",
        instead='title: "Screening: before training"',
    ),
    Code(
        code="HR011",
        slug="duplicate-key",
        title="A key is given twice in one mapping.",
        why="Most readers keep one of the two in silence, and not the same one; the other is lost.",
        example="level: must\nlevel: should",
        instead="level: must",
    ),
    Code(
        code="HR012",
        slug="anchor-or-alias",
        title="Anchors, aliases and merge keys are not part of the format.",
        why="They make a value depend on a distant line, so that a review of the change does not "
        "show its effect; a few hundred bytes of them can fill the memory.",
        example="first: &list [SRC-01]\nsecond: *list",
        instead="first: [SRC-01]\nsecond: [SRC-01]",
    ),
    Code(
        code="HR013",
        slug="tag-or-directive",
        title="Tags and directives are not part of the format.",
        why="The schema decides what a value is. A tag in the file could only contradict it, or "
        "ask the reader to build something else.",
        example="since: !!str 1.0",
        instead='since: "1.0"',
    ),
    Code(
        code="HR014",
        slug="second-document",
        title="A second document in one file.",
        why="A file holds one thing. Readers that know only the first document would not see the second.",
        example="id: SRC-01\n---\nid: SRC-02",
        instead="id: SRC-01",
    ),
    Code(
        code="HR015",
        slug="too-deep",
        title="Nested too deep.",
        why="No format of ours needs more than ten levels; deep nesting makes readers slow or crash.",
        example="a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        instead="a: [b]",
    ),
    Code(
        code="HR016",
        slug="text-too-long",
        title="One text is longer than the limit.",
        why="A text of that size is a document of its own and cannot be reviewed inside a structured file.",
        example="summary: |\n  (70,000 characters)",
        instead="summary: What we do, in a sentence.",
    ),
    Code(
        code="HR017",
        slug="too-many-nodes",
        title="Too many keys and values in one file.",
        why="The number of values, not only of bytes, decides how much memory a file takes.",
        example="list: [a,a,a,a]  # and 200,000 more",
        instead="list: [a]",
    ),
    Code(
        code="HR018",
        slug="key-not-text",
        title="A key is not a plain text.",
        why="Keys that are lists, mappings, blocks or nothing cannot be named in a message, nor written in JSON.",
        example="? [a, b]\n: value",
        instead="a: value\nb: value",
    ),
    Code(
        code="HR019",
        slug="empty-file",
        title="The file is empty.",
        why="An empty file is a mistake or a file that was cut off; it is never taken for a file "
        "in which everything has its default.",
        example="# nothing but a comment",
        instead="handrail: 1",
    ),
    Code(
        code="HR901",
        slug="internal-error",
        title="handrail itself failed.",
        why="This is a defect of the program, not of your files. Please report it with the command "
        "and the version; the files are not needed for a first look.",
        example="$ handrail check\nerror[HR901]: unexpected KeyError in assess",
        instead="$ handrail --version  # and the command, in the report",
    ),
)
