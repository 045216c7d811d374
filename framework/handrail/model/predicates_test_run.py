"""The predicate `test-run-binding`: which model a test run was made on, by which plan, judged by how good a judge.

Belongs here: its shape. Never here: what it shows of a control (`evidence/kinds/red_team.py`).

Tools that test models write down neither the digest of the model nor the plan. This record, an in-toto Statement of
counts, days, names and digests, says both beside the tool's report. Its subjects are the report, under the name that
`report` gives, and what was tested. Like a dataset screening it has no place for a sentence, a prompt or an answer.
Source: in-toto Attestation Framework, spec/v1/statement.md, version 1.1.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from handrail.model.predicates import Digest, Moment, Name, Tally, WrittenDay
from handrail.model.reading import Reader as Record

TEST_RUN_BINDING = "urn:handrail:predicate:test-run-binding:v1"

MOST_SUBJECTS = 16
"""The report, and the model with the adapters and filters it was tested with."""

# No separators: the report lies beside its binding. No blanks: it is a name and not a sentence.
_FILE_NAME = r"^[^\u0000-\u0020/\\\u007f-\u00a0\u2000-\u206f\u3000\ufeff]{1,100}$"
_RUN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_PATH_CHARACTERS = 1024

FileName = Annotated[str, Field(pattern=_FILE_NAME)]
RunId = Annotated[str, Field(pattern=_RUN)]
Rate = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]


class _Laid(Record):
    """A part of the statement: members are written in camel case, as in-toto does, and in no other way."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=False)


class RunSubject(_Laid):
    """The report, or something that was tested: a name, and the SHA-256 in 64 lower-case hex digits."""

    name: FileName
    digest: Digest


class RunPlan(_Laid):
    """The plan with the thresholds: its name, its SHA-256, and the UTC day on which it was approved.

    `path` is where it lies, from the folder of `handrail.yaml`, if it is in the project; then its digest is compared.
    """

    name: Name
    digest: Digest
    approved_on: WrittenDay
    path: Annotated[str, Field(min_length=1, max_length=_PATH_CHARACTERS)] | None = None


class JudgeErrors(_Laid):
    """How often the judge is wrong, from 0 to 1, measured by a method on so many items that people had labelled.

    `falsePositiveRate`: of harmless answers, those it took for harmful; `falseNegativeRate`: the reverse.
    """

    false_positive_rate: Rate
    false_negative_rate: Rate
    method: Name
    items: Annotated[Tally, Field(ge=1)]


class RunCounts(_Laid):
    """The counts of the report, as handrail counts them (each reader says how)."""

    attempts: Tally
    passed: Tally | None = None
    failed: Tally | None = None
    nones: Tally | None = None
    errors: Tally | None = None


class RunBinding(_Laid):
    """One run of one plan on one model. `report` is the name of the report, a file beside this one.

    `supersedes` is the `run` of an earlier one of the same plan on the same model. `thresholdsMet` is what the plan
    makes of the counts; left out, nothing is said of it.
    """

    report: FileName
    run: RunId
    supersedes: RunId | None = None
    started_on: Moment
    finished_on: Moment
    plan: RunPlan | None = None
    judge: JudgeErrors | None = None
    counts: RunCounts
    thresholds_met: Annotated[bool, Field(strict=True)] | None = None


class RunStatement(_Laid):
    """A test-run binding as an in-toto Statement (v1)."""

    type_: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: Annotated[tuple[RunSubject, ...], Field(min_length=1, max_length=MOST_SUBJECTS)]
    predicate_type: Literal["urn:handrail:predicate:test-run-binding:v1"]
    predicate: RunBinding
