"""The answers of a project: its own and those its organisation gives for all projects, each tied to a text.

Belongs here: which answer counts for a control and which fingerprint it was written against. Never here: what an
answer is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from handrail.model.assessment import CatalogRef
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, CatalogPin, Declaration, Organisation
from handrail.model.pack import Composed, packs_of
from handrail.model.terms import Scope
from handrail.model.vocabulary import Release


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
    """The fingerprints of the catalog that a pin names: this bundle, a release it lists, or nothing known.

    Of a catalog with packs, each part's own by its own pin.
    """
    if not isinstance(bundle, Composed):
        return _texts(pin.digest, digest, bundle.fingerprints, bundle.releases)
    base, *packs = bundle.parts
    # Not the part's own list: who compares two catalogs may have told this one of releases that it does not list.
    found = dict(_texts(pin.digest, base.digest, base.fingerprints, bundle.releases))
    for part in packs:
        pinned = pin.packs.get(part.prefix or "")
        found |= _texts(pinned.digest if pinned else None, part.digest, part.fingerprints, part.releases)
    return found


def is_current(pin: CatalogPin, bundle: Bundle, digest: str) -> bool:
    """Whether a pin names this very catalog, and every pack that was added to it."""
    pinned: dict[str | None, str | None] = {prefix: one.digest for prefix, one in pin.packs.items()}
    pinned[None] = pin.digest
    return all(bare(pinned.get(one.pack) or "") == bare(one.digest) for one in catalog_refs(bundle, digest))


def catalog_refs(bundle: Bundle, digest: str) -> tuple[CatalogRef, ...]:
    """The catalog judged by, and the packs that were added to it."""
    packs = (CatalogRef(version=one.version, digest=one.digest, pack=one.prefix) for one in packs_of(bundle))
    return (CatalogRef(version=bundle.catalog.version, digest=digest), *packs)


def _texts(
    pinned: str | None, digest: str, fingerprints: Mapping[str, str], releases: Iterable[Release]
) -> Mapping[str, str]:
    if pinned is None:
        return {}
    if bare(pinned) == bare(digest):
        return fingerprints
    return next((one.fingerprints for one in releases if bare(one.digest) == bare(pinned)), {})


def bare(digest: str) -> str:
    """A SHA-256 digest without its `sha256:` prefix."""
    return digest.removeprefix("sha256:")
