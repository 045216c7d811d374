"""in-toto statements: reading one strictly, and writing ours.

Belongs here: the statement layer. Never here: the envelope (`dsse`), and what a predicate must hold.
Source: in-toto Attestation Framework, spec/v1/statement.md and digest_set.md, version 1.1.

Members that the standard does not name are ignored, as it asks. Digests are checked here, because the libraries that
build statements accept a digest of any length; only SHA-256 is ever compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from handrail.attest.dsse import ENVELOPE_BYTES
from handrail.attest.predicates import type_uri
from handrail.source.strict_json import read_json

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"

# Twice the files of the largest model that we know of; each is one line of a statement.
SUBJECTS = 10_000

_TEXT_CHARACTERS = 4096

# Algorithm -> hex digits. `shake` and `blake2` have no fixed length: the usual one is taken.
_HEX_DIGITS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("md5",), (32,)),
        **dict.fromkeys(("sha1", "ripemd160"), (40,)),
        **dict.fromkeys(("sha224", "sha512_224", "sha3_224"), (56,)),
        **dict.fromkeys(
            ("sha256", "sha512_256", "sha3_256", "shake128", "blake2s", "sm3", "gost", "dirHash", "dirHash1"), (64,)
        ),
        **dict.fromkeys(("sha384", "sha3_384"), (96,)),
        **dict.fromkeys(("sha512", "sha3_512", "shake256", "blake2b"), (128,)),
        **dict.fromkeys(("gitCommit", "gitTree", "gitBlob", "gitTag"), (40, 64)),
    }
)
_HEX = re.compile(r"[0-9a-f]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")


class StatementError(ValueError):
    """Bytes that are not an in-toto statement; the text is a clause that says why and repeats nothing of them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a statement speaks of: its name, if it has one, and its SHA-256, if that is given."""

    name: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that is well formed. What its predicate holds is as it was written."""

    subjects: tuple[Subject, ...]
    predicate_type: str
    predicate: Mapping[str, Any]

    @property
    def digests(self) -> frozenset[str]:
        """The SHA-256 of every subject that gives one, in 64 hex digits."""
        return frozenset(one.sha256 for one in self.subjects if one.sha256 is not None)


def read_statement(payload: bytes) -> Statement:
    """Read a statement.

    Raises:
        StatementError: it is none.
    """
    try:
        given = read_json(payload, max_bytes=ENVELOPE_BYTES)
    except ValueError:
        raise StatementError("is not JSON as a statement is written") from None
    if not isinstance(given, dict) or given.get("_type") != STATEMENT_TYPE:
        raise StatementError("is not an in-toto statement, version 1")
    subjects, kind, predicate = given.get("subject"), given.get("predicateType"), given.get("predicate")
    if not isinstance(subjects, list) or not 0 < len(subjects) <= SUBJECTS:
        raise StatementError(f"is not an in-toto statement: it must have 1 to {SUBJECTS:,} subjects")
    if not isinstance(kind, str) or len(kind) > _TEXT_CHARACTERS or not _URI.fullmatch(kind):
        raise StatementError("is not an in-toto statement: the type of its predicate is not a URI")
    if predicate is not None and not isinstance(predicate, dict):
        raise StatementError("is not an in-toto statement: its predicate is not an object")
    return Statement(tuple(map(_subject, subjects)), kind, MappingProxyType(predicate or {}))


def statement_bytes(subjects: Iterable[Subject], predicate_type: str, predicate: Mapping[str, Any]) -> bytes:
    """A statement as JSON with sorted keys: equal statements are equal bytes."""
    given = {
        "_type": STATEMENT_TYPE,
        "subject": [
            {**({} if one.name is None else {"name": one.name}), "digest": {"sha256": one.sha256}} for one in subjects
        ],
        "predicateType": predicate_type,
        "predicate": dict(predicate),
    }
    return json.dumps(given, ensure_ascii=False, sort_keys=True).encode()


def statement_about(name: str | None, sha256: str, predicate: str, day: date) -> bytes:
    """A statement of ours about one file: what is said of it, and when. Nothing of the file but its digest is in it.

    Args:
        name: the file's own name; None for a sealed record.
        sha256: 64 hex digits.
        predicate: a short name of `predicates`, or a type URI.
        day: the day on which it is said.

    Raises:
        StatementError: the digest or the type is not written as one.
    """
    made = statement_bytes([Subject(name, sha256)], type_uri(predicate), {"time": day.isoformat()})
    read_statement(made)
    return made


def _subject(given: object) -> Subject:
    name = given.get("name") if isinstance(given, dict) else None
    digests = given.get("digest") if isinstance(given, dict) else None
    if not isinstance(digests, dict) or not digests:
        raise StatementError("is not an in-toto statement: a subject has no digest")
    if name is not None and (not isinstance(name, str) or len(name) > _TEXT_CHARACTERS):
        raise StatementError("is not an in-toto statement: the name of a subject is not a text")
    for algorithm, value in digests.items():
        if not _is_digest(algorithm, value):
            raise StatementError("is not an in-toto statement: the digest of a subject is not written as one")
    return Subject(name, digests.get("sha256"))


def _is_digest(algorithm: str, value: object) -> bool:
    if not isinstance(value, str) or not 0 < len(value) <= _TEXT_CHARACTERS:
        return False
    lengths = _HEX_DIGITS.get(algorithm)
    return lengths is None or (len(value) in lengths and _HEX.fullmatch(value) is not None)
