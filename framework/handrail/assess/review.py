"""Answers that were written against another text than today's, for a person to look at again.

Belongs here: which answers those are, and the text each was written against. Never here: what an answer is worth
(`evaluate`), asking, changing a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handrail.assess.answers import TiedAnswer, bare, tied_answers
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, Declaration, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """An answer that counts and is not tied to today's statement.

    `by` says whose file it stands in; `tied_to` is the fingerprint it was written against, None if no known text;
    `release` the version of the catalog that had that text; `earlier` the text itself, where it is at hand.
    """

    control: str
    answer: Answer
    by: Literal["project", "organisation"]
    tied_to: str | None
    release: str | None
    earlier: str | None


def to_review(
    declaration: Declaration,
    organisation: Organisation | None,
    bundle: Bundle,
    digest: str,
    older: tuple[Bundle, str] | None = None,
) -> tuple[ToReview, ...]:
    """The answers to look at again, in the catalog's order, whatever their state.

    Args:
        declaration: the project's own answers.
        organisation: its organisation's.
        bundle: today's catalog.
        digest: its digest.
        older: an earlier catalog and its digest, for the texts of then.
    """
    answers = tied_answers(declaration, organisation, bundle, digest)
    found: list[ToReview] = []
    for control in bundle.controls:
        tied = answers.get(control)
        if tied is None or tied.tied_to in texts_that_stand(control, bundle):
            continue
        file = organisation if tied.by == "organisation" else declaration
        pinned = file.catalog.digest if file else None
        had = (one.version for one in bundle.releases if one.fingerprints.get(control) == tied.tied_to is not None)
        found.append(
            ToReview(
                control=control,
                answer=tied.answer,
                by=tied.by,
                tied_to=tied.tied_to,
                release=next(had, None),
                earlier=_earlier(control, tied, pinned, older) if older else None,
            )
        )
    return tuple(found)


def texts_that_stand(control: str, bundle: Bundle) -> frozenset[str]:
    """The fingerprints of today's statement and of those that mean the same."""
    same = (one.fingerprint for one in bundle.controls[control].same_meaning_as)
    return frozenset((bundle.fingerprints[control], *same))


def _earlier(control: str, tied: TiedAnswer, pinned: str | None, older: tuple[Bundle, str]) -> str | None:
    """The statement of the older catalog, if it is what the answer was written against."""
    bundle, digest = older
    had = bundle.fingerprints.get(control)
    by_pin = tied.tied_to is None and pinned is not None and bare(pinned) == bare(digest)
    return bundle.controls[control].statement if had is not None and (by_pin or had == tied.tied_to) else None
