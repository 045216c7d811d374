"""The words of the self-assessment form: labels and hints of its fields.

Belongs here: texts that a person reads, by the names that `handrail.yaml` gives the fields. Never here: when a field is
shown, which the form's scripts decide.
"""

from __future__ import annotations

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
