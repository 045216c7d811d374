"""What the scripts of the pages say: the labels and hints of the form's fields, and every sentence of a script.

Belongs here: texts that a person reads, by the names that `handrail.yaml` gives the fields, or that the scripts give
their sentences. Never here: when something is said, which the scripts decide. A pair of texts is a singular and a
plural, which agree with `number`. What names a mistake in a file stays in the scripts, in English, as the command does.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handrail.model.terms import Finding, State

STATES = MappingProxyType(
    {
        State.IMPLEMENTED: "in place",
        State.PARTIAL: "in place in part",
        State.PLANNED: "planned",
        State.ALTERNATIVE: "another measure in its place",
        State.NOT_IMPLEMENTED: "not in place",
        State.NOT_APPLICABLE: "not applicable",
        State.INHERITED: "inherited from another project",
    }
)

FINDINGS = MappingProxyType(
    {
        Finding.NOT_SATISFIED: "not satisfied",
        Finding.UNDETERMINED: "not yet shown",
        Finding.NOT_APPLICABLE: "not applicable",
    }
)
"""The findings there can be where no evidence was looked at."""

Field = dict[str, str | bool]

ANSWER: tuple[Field, ...] = (
    {"name": "state", "label": "How it stands"},
    {"name": "from", "label": "From"},
    {"name": "summary", "label": "In a sentence, what you do", "type": "long"},
    {"name": "due", "label": "Due", "type": "date"},
    {
        "name": "justification",
        "label": "Justification",
        "type": "long",
        "hint": "Without one, this answer counts for nothing.",
    },
    {"name": "owner", "label": "Who is in charge of it"},
    {"name": "reviewed_by", "label": "Who else has looked at the answer"},
)
"""The fields of an answer, in their order; `type` is `text` where none is given."""

_DIGEST: Field = {"name": "sha256", "label": "SHA-256 digest"}

POINTERS: dict[str, dict[str, str | tuple[Field, ...]]] = {
    "path": {
        "add": "Point at a file",
        "fields": (
            {
                "name": "path",
                "label": "Path of the file",
                "hint": "From the folder of handrail.yaml downwards, such as evidence/plan.md. The file is not opened "
                "here.",
                "required": True,
            },
        ),
    },
    "sealed": {
        "add": "Point at a sealed record",
        "fields": (
            {
                "name": "custodian",
                "label": "Who keeps it",
                "hint": "An office or a role. Never the record itself, nor anything out of it.",
                "required": True,
            },
            {"name": "since", "label": "Kept since", "type": "date", "required": True},
            {"name": "access", "label": "How access is asked for"},
            {**_DIGEST, "hint": "Over 32 random bytes and the file; handrail evidence add makes it."},
        ),
    },
    "statement": {
        "add": "Say it in words",
        "fields": (
            {"name": "owner", "label": "Who says so", "required": True},
            {"name": "date", "label": "On which day", "type": "date", "required": True},
            {"name": "text", "label": "Statement", "type": "long", "required": True},
        ),
    },
}
"""How evidence is pointed at: what the button says, and the fields."""

MORE: tuple[Field, ...] = (
    {**_DIGEST, "hint": "Of the file as it was when the digest was taken; a changed file needs a new one."},
    {"name": "date", "label": "Date", "type": "date"},
    {"name": "attestation", "label": "Path of the attestation"},
)
"""Fields of a piece of evidence that the form shows only where an imported file has them."""

Sentences = Mapping[str, str | tuple[str, str]]

FORM: Sentences = MappingProxyType(
    {
        "sum": (
            "%(number)s control applies, %(must)s of them MUST. %(answered)s answered. None is shown yet: this page "
            "looks at no evidence.",
            "%(number)s controls apply, %(must)s of them MUST. %(answered)s answered. None is shown yet: this page "
            "looks at no evidence.",
        ),
        "printed": "%(project)s, self-assessed on %(day)s by catalog %(version)s; checklists: %(checklists)s; "
        "facts: %(facts)s.",
        "nameless": "A project",
        "whole": "the whole catalog",
        "required": "What these cannot be relied on without",
        "out": (
            "%(number)s control does not apply by these facts",
            "%(number)s controls do not apply by these facts",
        ),
        "outBy": "by %(fact)s",
        "outAnswered": "by %(fact)s; the answer is kept",
        "elsewhere": "Answered, kept, and in none of these checklists: %(controls)s.",
        "refused": "%(file)s was not opened, and nothing here was changed:",
        "opened": ("%(file)s is open: %(number)s answer.", "%(file)s is open: %(number)s answers."),
        "hidden": "Kept and written again, and not shown on this page: %(parts)s.",
        "unjudged": "%(part)s (a control that is not judged)",
        "organisation": "The answers in %(file)s are not read here; handrail check reads them.",
        "comments": (
            "Not kept: the comment of the file, on line %(line)s.",
            "Not kept: the comments of the file, on %(number)s of its lines (the first is line %(line)s).",
        ),
        "unmade": (
            "Not made, since handrail check would refuse it. %(number)s thing to mend:",
            "Not made, since handrail check would refuse it. %(number)s things to mend:",
        ),
        "save": "Save handrail.yaml",
        "saveWhere": "Put it into the folder of the project, beside the evidence, and run handrail check there.",
        "notKept": "This browser does not let the page keep anything.",
        "keptNot": "This browser keeps nothing of this page any more.",
        "wipe": "Wipe the answers on this page, and what this browser keeps of them?",
        "wiped": "Wiped: this page is empty, and this browser keeps nothing of it.",
        "foreign": "What this browser keeps is for another catalog, and was not opened.",
        "recalled": "Opened what this browser keeps.",
        "replace": "Open the file in place of the answers on this page?",
        "plainly": "In plain words",
        "more": "How to do it, and what %(control)s relates to (a new tab)",
        "asked": "The evidence asked for",
        "none": "None.",
        "anyOf": "Any one of these:",
        "unanswered": "no answer",
        "choose": "choose",
        "pointedAt": "Pointed at, and not yet shown: \u201c%(evidence)s\u201d. handrail check looks at it.",
        "byLaw": "%(level)s (law: %(laws)s).",
        "byCatalogue": "%(level)s (this catalogue).",
        "prerequisite": "Judged because another control requires it, and counted in no total.",
        "leftOpen": "Taken to apply, since a fact is left open: %(facts)s.",
        "declared": "declared: %(state)s",
        "finding": "Finding: %(finding)s",
        "changed": "The statement has changed since this answer was written.",
        "untied": "This answer is tied to no known text of the catalog.",
        "tie": "My answer is to the statement as it stands above",
        "entry": "%(evidence)s, %(number)s of %(all)s",
        "remove": "Remove",
        "removeWhich": "Remove: %(evidence)s, %(number)s",
    }
)
"""What the form says, by the names in its scripts."""

APPLIES: Sentences = MappingProxyType(
    {
        "count": (
            "On %(day)s, %(applying)s of %(number)s control applies: %(levels)s.",
            "On %(day)s, %(applying)s of %(number)s controls apply: %(levels)s.",
        ),
        "day": "%(day)s %(month)s %(year)s",
        "by": "by %(facts)s",
        "open": "%(facts)s left open",
        "everyone": "binds everyone",
        "shownOnly": "shown only: what is not checked changes no level",
        "ended": "ended %(day)s",
        "from": "from %(day)s",
        "since": "in force since %(day)s",
        "inForce": "in force",
        "noDuty": "None that the catalog knows, for these facts.",
        "control": "Control",
        "level": "Level",
        "clause": "Law and clause",
        "when": "When",
        "known": "How well known",
        "law": "Duties of law",
        "lawHint": "Only clauses by which a control of the catalog becomes stricter. The law holds more; this is not "
        "legal advice.",
        "notHeld": "The catalog holds no law of: %(places)s. That says nothing about what binds you there.",
        "held": "Of each place that you chose the catalog holds some law, and by no means all of it.",
        "leftOut": "Left out, because you did not choose them: %(places)s.",
        "for": "For %(facts)s.",
        "nothing": "Nothing is chosen yet: everything that could bind you stands below.",
        "leftOpen": "Left open: %(facts)s.",
        "places": "Places not examined",
        "catalogue": "Duties of this catalog",
        "out": "Do not apply, and why",
        "none": "None.",
        "edition": "Catalog %(version)s, digest %(digest)s.",
    }
)
"""What the page "What applies to me" says, by the names in its script."""
