"""What a contributor is asked for one thing that can be proposed: the shape of the one table of questions.

Belongs here: what a field and a form are. Never here: their rows (`scaffold_rows`, `scaffold_rows_around`), asking
(`cli.new`, the site's form), and the text of a file (`scaffold_text`). The site takes the table as data, so that a page
and a terminal ask the same and write the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from handrail.catalog.blanks import blank
from handrail.model.kinds import KINDS, ParameterType
from handrail.model.terms import Handling


class Shape(StrEnum):
    """How a field is asked for and written."""

    LINE = "line"
    TEXT = "text"
    MARKDOWN = "markdown"
    CHOICE = "choice"
    CHOICES = "choices"
    SELECTOR = "selector"
    KIND = "kind"
    HINT = "hint"  # never asked; shown in a file as a remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One answer.

    `path` leads to it in the file; `*` stands for the name that the field `named` of its form gives. `known` names the
    answers that only a catalog knows: its principles, stewards, controls, roles, jurisdictions. A field that is not
    answered is a blank that says what is `wanted`; an `optional` one is left out, and a remark in the file shows it.
    """

    key: str
    path: tuple[str, ...]
    wanted: str
    question: str = ""
    shape: Shape = Shape.LINE
    options: Mapping[str, str] = field(default_factory=dict)
    known: str = ""
    default: str = ""
    optional: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One thing that can be proposed; `of` says where it goes, as the end of a sentence."""

    name: str
    title: str
    of: str
    fields: tuple[Field, ...]
    named: str = "id"


def ask(key: str, path: str, wanted: str, question: str = "", **more: Any) -> Field:
    """One row; `path` is written with dots."""
    return Field(key=key, path=tuple(path.split(".")) if path else (), wanted=wanted, question=question, **more)


def words(enum: type[StrEnum]) -> Mapping[str, str]:
    """The words of a closed list, each with what it stands for."""
    return MappingProxyType({one.value: LABELS.get(one.value, one.value.replace("-", " ")) for one in enum})


LABELS = {
    "must": "MUST: it is expected of everyone to whom it applies",
    "should": "SHOULD: there may be a good reason not to",
    "may": "MAY: it is worth doing",
    "organisation": "the organisation: answered once for all projects",
    "model": "the model",
    "dataset": "a dataset",
    "service": "a service",
    "control": "by itself",
    "principle": "counted with its principle, because detail would help the wrong people",
    "S": "days",
    "M": "weeks",
    "L": "months",
    "own": "ours",
    "seen": "read in the source",
    "secondary": "taken from others who read it",
    "memory": "only remembered",
    "unverified": "not checked",
}
"""Word of a closed list -> what it stands for, where it does not say so itself."""


def requirement(kind: str) -> dict[str, object]:
    """What a control asks for, of a kind of evidence: what the kind itself decides, and blanks for the rest."""
    of = KINDS[kind]
    sealed = of.pointer == "sealed"
    made: dict[str, object] = {
        "id": blank("a short name, in small letters"),
        "title": blank("what it is, in a few words"),
        "kind": kind,
    }
    needed = {
        name: [blank(one.about)] if one.type in (ParameterType.TEXTS, ParameterType.CHECKS) else blank(one.about)
        for name, one in of.parameters.items()
        if one.required
    }
    if needed:
        made["with"] = needed
    assurance = "claimed" if sealed else of.highest.value
    handling = Handling.SEALED if sealed else Handling.RESTRICTED
    return {**made, "assurance": assurance, "handling": handling.value}
