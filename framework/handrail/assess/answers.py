"""The answers of a project: its own and those its organisation gives for all projects, each tied to a text.

Belongs here: which answer counts for a control and which fingerprint it was written against. Never here: what an
answer is worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, CatalogPin, Declaration, Organisation
from handrail.model.terms import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class TiedAnswer:
    """An answer, the fingerprint of the text it was written against (None: no known text), and who gave it."""

    answer: Answer
    tied_to: str | None
    by: Literal["project", "organisation"]
    overrides: bool = False


def tied_answers(
    declaration: Declaration, organisation: Organisation | None, bundle: Bundle, digest: str
) -> dict[str, TiedAnswer]:
    """Control id -> the answer that counts. The project's own answer stands before its organisation's.

    Args:
        declaration: the project's own answers.
        organisation: answers to controls of scope `organisation`, or None; answers to other controls are ignored
            here (`workspace` reports them).
        bundle: the catalog judged by.
        digest: the bundle's digest, `sha256:` and 64 hex digits.
    """
    answers: dict[str, TiedAnswer] = {}
    shared = organisation.controls if organisation else {}
    if organisation:
        texts = texts_of(organisation.catalog, bundle, digest)
        for one, answer in shared.items():
            if one in bundle.controls and bundle.controls[one].scope is Scope.ORGANISATION:
                answers[one] = TiedAnswer(answer=answer, tied_to=answer.statement or texts.get(one), by="organisation")
    texts = texts_of(declaration.catalog, bundle, digest)
    for one, answer in declaration.controls.items():
        tied_to = answer.statement or texts.get(one)
        answers[one] = TiedAnswer(answer=answer, tied_to=tied_to, by="project", overrides=one in answers)
    return answers


def texts_of(pin: CatalogPin, bundle: Bundle, digest: str) -> Mapping[str, str]:
    """The fingerprints of the catalog that a pin names: this bundle, a release it lists, or nothing known."""
    if pin.digest is None:
        return {}
    if bare(pin.digest) == bare(digest):
        return bundle.fingerprints
    return next((r.fingerprints for r in bundle.releases if bare(r.digest) == bare(pin.digest)), {})


def bare(digest: str) -> str:
    """A SHA-256 digest without its `sha256:` prefix."""
    return digest.removeprefix("sha256:")
