"""Statements: digests are checked by their algorithm, and what the standard lets be there is passed over."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.attest.predicates import PREDICATES
from handrail.attest.statement import (
    SUBJECTS,
    StatementError,
    Subject,
    read_statement,
    statement_about,
    statement_bytes,
)
from handrail.model.predicates import DATASET_SCREENING
from handrail.model.predicates_test_run import TEST_RUN_BINDING

A, B = "a" * 64, "b" * 64
GOOD: dict[str, Any] = {
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [{"name": "model", "digest": {"sha256": A}}],
    "predicateType": "https://example.com/said/v1",
    "predicate": {"time": "2026-09-15"},
}


def subject(**digest: Any) -> dict[str, Any]:
    return {"subject": [{"digest": digest}]}


ACCEPTED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "as it is": ({}, {A}),
    "without a name": (subject(sha256=A), {A}),
    "two subjects": ({"subject": [{"digest": {"sha256": A}}, {"digest": {"sha256": B}}]}, {A, B}),
    "two digests of one": (subject(sha256=A, sha512="c" * 128), {A}),
    "no SHA-256": (subject(sha512="c" * 128), set()),
    "a commit": (subject(gitCommit="d" * 40), set()),
    "a commit by SHA-256": (subject(gitCommit=A), set()),
    "an algorithm that nobody knows": (subject(somecoolhash="Abcd"), set()),
    "no predicate": ({"predicate": None}, {A}),
    "members that the standard does not name": ({"more": 1}, {A}),
    "as many subjects as allowed": ({"subject": [{"digest": {"sha256": A}}] * SUBJECTS}, {A}),
}
REFUSED: dict[str, dict[str, Any]] = {
    "another version": {"_type": "https://in-toto.io/Statement/v0.1"},
    "no version": {"_type": None},
    "no subject": {"subject": []},
    "subjects in a mapping": {"subject": {"digest": {"sha256": A}}},
    "a subject that is a text": {"subject": [A]},
    "a subject without a digest": {"subject": [{"name": "model"}]},
    "a digest that is empty": subject(),
    "a digest that is a text": {"subject": [{"digest": A}]},
    "a digest too short": subject(sha256="a" * 63),
    "a digest too long": subject(sha256="a" * 65),
    "a digest in capitals": subject(sha256="A" * 64),
    "a digest that is no hex": subject(sha256="g" * 64),
    "a digest with its prefix": subject(sha256="sha256:" + A),
    "a digest that is a number": subject(sha256=5),
    "SHA-1 where SHA-256 is said": subject(sha256="a" * 40),
    "MD5 too long": subject(md5="a" * 40),
    "a good digest beside a bad one": subject(sha256=A, sha512=A),
    "a bad digest beside a good subject": {"subject": [{"digest": {"sha256": A}}, {"digest": {"sha256": ""}}]},
    "an unknown algorithm without a value": subject(somecoolhash=""),
    "a name that is a number": {"subject": [{"name": 5, "digest": {"sha256": A}}]},
    "no type of predicate": {"predicateType": None},
    "a type that is no URI": {"predicateType": "release-gate"},
    "a type with a blank": {"predicateType": "https://example.com/a b"},
    "a predicate that is a list": {"predicate": []},
    "one subject too many": {"subject": [{"digest": {"sha256": A}}] * (SUBJECTS + 1)},
}


@pytest.mark.parametrize(("change", "digests"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_statement_is_read(change: dict[str, Any], digests: set[str]) -> None:
    assert read_statement(json.dumps(GOOD | change).encode()).digests == digests


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_is_not_well_formed_is_no_statement(change: dict[str, Any]) -> None:
    with pytest.raises(StatementError) as refused:
        read_statement(json.dumps(GOOD | change).encode())
    assert str(refused.value).startswith("is not ")


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff", b'{"a":' * 100_000, b'{"_type": NaN}'])
def test_other_bytes_are_no_statement(data: bytes) -> None:
    with pytest.raises(StatementError):
        read_statement(data)


@given(
    st.lists(
        st.builds(
            Subject, st.none() | st.text("ab /.", max_size=9), st.text("0123456789abcdef", min_size=64, max_size=64)
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_statement_reads_as_it_was_written(subjects: list[Subject]) -> None:
    read = read_statement(statement_bytes(subjects, PREDICATES["evidence"], {"time": "2026-09-15"}))
    assert read.subjects == tuple(subjects)
    assert dict(read.predicate) == {"time": "2026-09-15"}


def test_a_statement_of_ours_holds_a_name_a_digest_a_type_and_a_day() -> None:
    made = json.loads(statement_about("report.md", A, "progress-report", date(2026, 9, 15)))
    assert made == {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "report.md", "digest": {"sha256": A}}],
        "predicateType": "urn:handrail:predicate:progress-report:v1",
        "predicate": {"time": "2026-09-15"},
    }
    assert "name" not in json.loads(statement_about(None, A, "evidence", date(2026, 9, 15)))["subject"][0]


@pytest.mark.parametrize(("digest", "kind"), [("a" * 63, "evidence"), (A.upper(), "evidence"), (A, "evidense")])
def test_a_statement_of_ours_is_held_to_the_same_rules(digest: str, kind: str) -> None:
    with pytest.raises(StatementError):
        statement_about("report.md", digest, kind, date(2026, 9, 15))


def test_a_predicate_has_one_type_wherever_it_is_named() -> None:
    assert PREDICATES["dataset-screening"] == DATASET_SCREENING
    assert PREDICATES["test-run-binding"] == TEST_RUN_BINDING
