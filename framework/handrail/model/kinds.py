"""Every kind of evidence: what it is, what it takes, what it can and cannot show (DESIGN section 5).

Belongs here: the table, as data, so that lint, the site and editors can read it without importing a verifier.
Never here: verifying (one file each in `evidence/kinds/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from handrail.model.terms import Assurance


class ParameterType(StrEnum):
    """What a parameter's value must be in YAML."""

    TEXT = "text"
    TEXTS = "list of text"
    COUNT = "whole number"
    FLAG = "true or false"
    DAYS = "duration P<n>D"
    CHECKS = "list of comparisons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter that a requirement may give under `with`."""

    type: ParameterType
    about: str
    required: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of evidence. `pointer` is how a declaration points at it: `path`, `sealed` or `statement`."""

    name: str
    title: str
    highest: Assurance
    pointer: str
    verifies: tuple[str, ...]
    does_not_verify: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    extra: str | None = None


def _kind(
    name: str,
    title: str,
    highest: Assurance,
    *,
    verifies: tuple[str, ...],
    does_not_verify: tuple[str, ...],
    parameters: Mapping[str, Parameter] | None = None,
    pointer: str = "path",
    extra: str | None = None,
) -> Kind:
    return Kind(
        name=name,
        title=title,
        highest=highest,
        pointer=pointer,
        verifies=verifies,
        does_not_verify=does_not_verify,
        parameters=MappingProxyType(dict(parameters or {})),
        extra=extra,
    )


_TEXT, _TEXTS, _COUNT = ParameterType.TEXT, ParameterType.TEXTS, ParameterType.COUNT
_FLAG, _DAYS, _CHECKS = ParameterType.FLAG, ParameterType.DAYS, ParameterType.CHECKS

_ALL = (
    _kind(
        "statement",
        "The project's own statement",
        Assurance.CLAIMED,
        pointer="statement",
        verifies=("it has an owner and a date", "it has a minimum of substance"),
        does_not_verify=("that what it says is so",),
        parameters={"min_words": Parameter(type=_COUNT, about="fewest words", default="30")},
    ),
    _kind(
        "file",
        "A file",
        Assurance.DOCUMENTED,
        verifies=("it is there and is the file whose digest was declared", "its declared date"),
        does_not_verify=("anything it says",),
    ),
    _kind(
        "document",
        "A policy or plan in Markdown or plain text",
        Assurance.DOCUMENTED,
        verifies=("an owner and an approval date", "the headings asked for", "a minimum of substance under each"),
        does_not_verify=("that the text is followed", "that the text is good"),
        parameters={
            "headings": Parameter(type=_TEXTS, about="headings that must be there", required=True),
            "min_words": Parameter(type=_COUNT, about="fewest words in all", default="120"),
        },
    ),
    _kind(
        "data",
        "A JSON, YAML or TOML file",
        Assurance.DOCUMENTED,
        verifies=("the values that the comparisons name", "its date, at the path given"),
        does_not_verify=("how the values came about",),
        parameters={
            "checks": Parameter(type=_CHECKS, about="JMESPath comparisons that must all hold", required=True),
            "date": Parameter(type=_TEXT, about="JMESPath of the date", default="date"),
            "owner": Parameter(type=_TEXT, about="JMESPath of the owner", default="owner"),
        },
    ),
    _kind(
        "model-card",
        "A model card",
        Assurance.DOCUMENTED,
        verifies=("the sections asked for, with substance", "the front-matter fields asked for"),
        does_not_verify=("that the card is true",),
        parameters={
            "sections": Parameter(type=_TEXTS, about="sections that must be there", required=True),
            "fields": Parameter(type=_TEXTS, about="front-matter fields that must be there"),
        },
    ),
    _kind(
        "register",
        "A dated table",
        Assurance.DOCUMENTED,
        verifies=("the columns asked for, filled in every row", "a date in every row", "the fewest rows"),
        does_not_verify=("that the table is complete", "that a row is true"),
        parameters={
            "columns": Parameter(type=_TEXTS, about="columns that must be there and filled", required=True),
            "date_column": Parameter(type=_TEXT, about="the column that dates each row", required=True),
            "min_rows": Parameter(type=_COUNT, about="fewest rows", default="1"),
        },
    ),
    _kind(
        "metrics",
        "Counts with their definitions",
        Assurance.DOCUMENTED,
        verifies=("each measure asked for has a definition, a period, a denominator and a count",),
        does_not_verify=("that the counts are right",),
        parameters={"measures": Parameter(type=_TEXTS, about="measures that must be there", required=True)},
    ),
    _kind(
        "security-contact",
        "A published contact (security.txt, CODEOWNERS)",
        Assurance.DOCUMENTED,
        verifies=("a contact is given", "security.txt has not expired"),
        does_not_verify=("that anyone answers",),
    ),
    _kind(
        "sealed-record",
        "A record that is kept elsewhere",
        Assurance.ATTESTED,
        pointer="sealed",
        verifies=("a custodian and a date are named", "if signed: who signed over its digest"),
        does_not_verify=("that the record exists", "anything in it"),
    ),
    _kind(
        "croissant",
        "Croissant dataset metadata",
        Assurance.VERIFIED,
        verifies=(
            "the metadata fields asked for, a creator and a date",
            "the digests of the files that are here, and that one is the project's artifact",
        ),
        does_not_verify=("files that are not here", "that a field is true"),
        parameters={"fields": Parameter(type=_TEXTS, about="metadata fields that must be there")},
    ),
    _kind(
        "dataset-screening",
        "Dataset screening summary",
        Assurance.VERIFIED,
        verifies=(
            "the dataset's digest is the project's",
            "items screened against items declared, matches handled against matches found",
            "the age of the list when the run finished",
            "that it holds nothing but counts, days, names and that digest",
        ),
        does_not_verify=("that the tool ran as the summary says", "that no match means no abuse material"),
        parameters={"max_list_age": Parameter(type=_DAYS, about="greatest age of the list at screening")},
    ),
    _kind(
        "ml-bom",
        "A machine-learning bill of materials (CycloneDX)",
        Assurance.VERIFIED,
        extra="cyclonedx",
        verifies=(
            "it is valid CycloneDX",
            "it names the artifact's digest",
            "it lists datasets, where asked",
            "its date",
        ),
        does_not_verify=("that it is complete", "files behind the digests that it names"),
        parameters={"datasets": Parameter(type=_FLAG, about="datasets must be listed", default="false")},
    ),
    _kind(
        "c2pa",
        "Sample outputs with content credentials (C2PA)",
        Assurance.VERIFIED,
        extra="c2pa",
        verifies=(
            "each sample's record is intact and fits its bytes",
            "whether the reader or the catalog accepts the signer",
            "the source type that the record declares",
        ),
        does_not_verify=(
            "which model made the samples",
            "outputs other than the samples",
            "that a mark is hard to remove",
            "that a certificate was not withdrawn",
        ),
        parameters={
            "source_type": Parameter(type=_TEXT, about="digital source type that must be declared"),
            "min_samples": Parameter(type=_COUNT, about="fewest samples", default="1"),
            "trusted": Parameter(type=_FLAG, about="the signer must be trusted, not only valid", default="false"),
        },
    ),
    _kind(
        "model-signature",
        "A signature over the model's files (OpenSSF model signing)",
        Assurance.VERIFIED,
        extra="signing",
        verifies=(
            "the signature, and whose key made it",
            "it is over the artifact's digest (of a folder: the sha256 over the sha256 of its files, in order of path)",
            "every file's digest, where the artifact lies in the project",
        ),
        does_not_verify=(
            "what the files do",
            "files that are not in the project",
            "unsigned files whose names start with a dot",
            "signatures made without a key of their own",
        ),
    ),
    _kind(
        "red-team",
        "Counts from a test run (garak, Inspect, promptfoo)",
        Assurance.VERIFIED,
        verifies=(
            "the run finished, and how many attempts ended with a judgement",
            "the report and the model are those that the test-run binding names, and so are the counts",
            "by the binding: a plan was approved on an earlier day, and how often the judge is wrong",
        ),
        does_not_verify=(
            "what was asked or answered: it is not kept",
            "that the tests were good",
            "what the binding says of plan, judge and thresholds",
        ),
        parameters={
            "min_attempts": Parameter(type=_COUNT, about="fewest attempts", default="1"),
            "plan": Parameter(type=_FLAG, about="the run must name its plan's digest", default="false"),
            "judge_errors": Parameter(type=_FLAG, about="the judge's error rates must be given", default="false"),
        },
    ),
    _kind(
        "artifact-scan",
        "A scan of model files for unsafe code (picklescan, modelscan)",
        Assurance.VERIFIED,
        verifies=(
            "the digest beside the report is the artifact's; without one it is documented at most",
            "files were scanned, without an error and without an issue",
        ),
        does_not_verify=("what the scanner does not look for", "that the scanner ran as the report says"),
    ),
    _kind(
        "test-report",
        "A test report (JUnit, SARIF)",
        Assurance.VERIFIED,
        verifies=(
            "how many tests ran, that none failed, and that the run was not broken off",
            "that every suite or run in it names the artifact's digest",
        ),
        does_not_verify=("what the tests test", "that they ran on the artifact they name"),
        parameters={"min_tests": Parameter(type=_COUNT, about="fewest tests", default="1")},
    ),
    _kind(
        "attestation",
        "A signed statement of another organisation (in-toto, DSSE)",
        Assurance.ATTESTED,
        verifies=(
            "who signed, and whether the key is accepted",
            "the subject's digest",
            "the predicate's type, and its result where it gives one",
        ),
        does_not_verify=("how the organisation came to its statement",),
        parameters={"predicates": Parameter(type=_TEXTS, about="predicate types that count", required=True)},
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Kind name -> kind, in the order in which the site lists them."""
