"""The predicates of handrail's own in-toto statements whose every member is laid down here.

Belongs here: their shape, and what may never stand in them. Never here: signatures and envelopes (`attest`), and what a
predicate shows of a control (`evidence/kinds`).

A dataset screening carries counts, days, names and one digest, and has no place for anything else: no content, no hash
of content, no source, no sentence. What is not laid down is refused (`EXTRA`, `NO_PLACE`), so that a slip of the hand
cannot bring into a project what must never be there. The JSON Schema says the same as the validators.
Source: in-toto Attestation Framework, spec/v1/statement.md, version 1.1.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from handrail.model.base import FIRST_YEAR, LAST_YEAR
from handrail.model.reading import Reader as Record
from handrail.model.scalars import Day

DATASET_SCREENING = "urn:handrail:predicate:dataset-screening:v1"

NAME_CHARACTERS = 60
"""Twice what names of datasets, tools, hotlines and roles usually have; what is longer is a sentence."""

MOST_ITEMS = 10**15
"""Far more items than there are pictures; the counts stay exact in every reader of JSON."""

MOST_SUBJECTS = 16
"""Parts of one dataset that were counted together; more are one dataset with one digest of its own."""

EXTRA, NO_PLACE = "extra_forbidden", "handrail_no_place"
"""Types of errors that say: here is something that the schema has no place for."""

# Written so that Python and ECMAScript (JSON Schema) read them alike: `[0-9]`, never `\d`.
_NEVER_IN_NAMES = r'\u0000-\u001f!"$%*/:;<=>?@\[\\\]^`{|}~\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff'
_NAME = rf"^[^{_NEVER_IN_NAMES}]{{1,{NAME_CHARACTERS}}}$"
_VERSION = r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,39}$"
_CONTROLS = (r"[\u0000-\u001f]",)  # again: in Python the end of a pattern also stands before a last line end
_HASHES = (
    "[0-9A-Fa-f]{16}",  # from the shortest hash of an image on
    "([0-9A-Fa-f]{2}[ .-]){7}",
    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-",
    r"(?=[A-Za-z+]*[0-9])[A-Za-z0-9+]{20}",  # base64
)
_ADDRESSES = (r"[A-Za-z][A-Za-z0-9-]*\.[A-Za-z]{2}",)
_NUMERIC_ADDRESSES = (r"[0-9]{1,3}(\.[0-9]{1,3}){3}",)
_NO_VERSIONS = (*_CONTROLS, *_HASHES, *_ADDRESSES)
_NO_NAMES = (*_NO_VERSIONS, *_NUMERIC_ADDRESSES)
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"


def _plain(pattern: str, never: tuple[str, ...]) -> AfterValidator:
    form, others = re.compile(pattern), [re.compile(one) for one in never]

    def check(value: str) -> str:
        if not form.search(value) or any(one.search(value) for one in others):
            raise PydanticCustomError(NO_PLACE, "is more than a name: a sentence, an address or a hash")
        return value

    return AfterValidator(check)


def _moment(value: object) -> object:
    if not isinstance(value, str) or not re.search(_MOMENT, value) or value.endswith("\n"):
        raise PydanticCustomError("handrail_moment", "is not a time of the form YYYY-MM-DDTHH:MM:SSZ")
    try:
        found = datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        raise PydanticCustomError("handrail_moment", "is not a time of the calendar") from None
    if not FIRST_YEAR < found.year <= LAST_YEAR:
        raise PydanticCustomError("handrail_moment", f"is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return found


def _text(value: object) -> object:
    if not isinstance(value, str):  # a number would be read as seconds since 1970
        raise PydanticCustomError("handrail_date", "is not a date of the form YYYY-MM-DD")
    return value


def _not(patterns: tuple[str, ...]) -> dict[str, object]:
    return {"anyOf": [{"pattern": one} for one in patterns]}


Name = Annotated[str, _plain(_NAME, _NO_NAMES), Field(json_schema_extra={"pattern": _NAME, "not": _not(_NO_NAMES)})]
VersionName = Annotated[
    str, _plain(_VERSION, _NO_VERSIONS), Field(json_schema_extra={"pattern": _VERSION, "not": _not(_NO_VERSIONS)})
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment, json_schema_input_type=str),
    Field(json_schema_extra={"pattern": _MOMENT}),
]
WrittenDay = Annotated[
    Day, BeforeValidator(_text, json_schema_input_type=str), Field(json_schema_extra={"pattern": _DAY})
]
Tally = Annotated[int, Field(strict=True, ge=0, le=MOST_ITEMS)]


class _Laid(Record):
    """A part of a statement: members are written in camel case, as in-toto does, and in no other way."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=False,
        field_title_generator=lambda name, _: name.strip("_").replace("_", " ").capitalize(),
    )


class Digest(_Laid):
    """The SHA-256 of a subject, in 64 lower-case hex digits. No other algorithm: nothing here compares it."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ScreenedDataset(_Laid):
    """What was screened: the name of the dataset, neither a path nor an address, and its digest."""

    name: Name
    digest: Digest


class ScreeningTool(_Laid):
    """What compared the items with the list."""

    name: Name
    version: VersionName


class HashList(_Laid):
    """The list compared with: who provides it, which version, and the day up to which it was complete."""

    provider: Name
    version: VersionName
    date: WrittenDay


class ScreenedItems(_Laid):
    """How many items the dataset has, and how many of them were compared with the list."""

    declared: Annotated[int, Field(strict=True, ge=1, le=MOST_ITEMS)]
    screened: Tally


class Handled(_Laid):
    """How the handling of each match ended. Every match is counted once.

    `reported`: taken out and reported to the authority or hotline that is responsible. `removed`: taken out; a report
    was not due, or is another's. `referred`: out of use and handed to a body that decides. `clearedOnReview`: a person
    found that it is not what the list holds.
    """

    reported: Tally
    removed: Tally
    referred: Tally
    cleared_on_review: Tally

    @property
    def total(self) -> int:
        """How many matches were handled."""
        return self.reported + self.removed + self.referred + self.cleared_on_review


class Reviewer(_Laid):
    """Who answers for the counts: a role, never a person's name."""

    role: Name


class DatasetScreening(_Laid):
    """One run of one tool over one version of a dataset, against one list.

    `supersedes` is the `finishedOn` of an earlier run over the same dataset that this one replaces.
    """

    dataset_version: VersionName
    tool: ScreeningTool
    list_: HashList = Field(alias="list")
    items: ScreenedItems
    matches: Tally
    handled: Handled
    reviewer: Reviewer
    started_on: Moment
    finished_on: Moment
    supersedes: Moment | None = None

    @property
    def day(self) -> date:
        """The UTC day on which the run finished."""
        return self.finished_on.date()

    @property
    def adds_up(self) -> bool:
        """No part is greater than its whole, and nothing happens before what it follows."""
        in_order = self.started_on <= self.finished_on and self.list_.date <= self.day
        replaces = self.supersedes is None or self.supersedes < self.finished_on
        return (
            self.items.declared >= self.items.screened >= self.matches >= self.handled.total and in_order and replaces
        )


class DatasetScreeningStatement(_Laid):
    """A dataset screening: an in-toto Statement (v1) of counts, days and one digest, with no place for content."""

    type_: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: Annotated[tuple[ScreenedDataset, ...], Field(min_length=1, max_length=MOST_SUBJECTS)]
    predicate_type: Literal["urn:handrail:predicate:dataset-screening:v1"]
    predicate: DatasetScreening
