"""What organisations say of a principle and its controls, as its page shows it.

Belongs here: which of it is shown, and in which words. Never here: the files (`catalog.endorsements`). No count and no
order of merit: by the name of the organisation, and within it by id. Nothing of it speaks of a project.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from handrail.model.endorsement import EndorsementFile, Position

_SAYS: Mapping[tuple[Position, bool], str] = MappingProxyType(
    {
        (Position.ENDORSES, True): "endorses the text of",
        (Position.ENDORSES, False): "endorsed an earlier text of",
        (Position.DISSENTS, True): "dissents from the text of",
        (Position.DISSENTS, False): "dissented from an earlier text of",
    }
)
"""What is said, and whether of the text of today -> words that go before an id."""

_WITHDREW = "withdrew what it had said of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line of the page. Of what is withdrawn nothing is left but that it is, and since when."""

    name: str
    url: str | None
    says: str
    of: str
    day: date
    withdrawn: bool
    because: str | None = None


def said_of(files: Iterable[EndorsementFile], texts: Mapping[str, str], *, on: date) -> tuple[Said, ...]:
    """What is said of some texts on a day.

    Args:
        files: of all organisations.
        texts: id -> the fingerprint of its statement today; what is said of other ids is left out.
        on: the day of the page.
    """
    found = []
    for file in files:
        stated = {one.of for one in file.endorsements if one.stands(on)}
        for one in file.endorsements:
            gone = one.gone(on)
            if one.of not in texts or not (gone or one.stands(on)) or (gone and one.of in stated):
                continue
            found.append(
                Said(
                    name=file.organisation.name,
                    url=file.organisation.url,
                    says=_WITHDREW if gone else _SAYS[one.position, one.statement == texts[one.of]],
                    of=one.of,
                    day=one.withdrawn if gone and one.withdrawn else one.consent.date,
                    withdrawn=gone,
                    because=None if gone else one.because,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.of, one.day)))
