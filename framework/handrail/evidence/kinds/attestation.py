"""`attestation`: a signed statement of another organisation (in-toto in a DSSE envelope).

| what is there | verdict |
|---|---|
| a statement of a type asked for, on an artifact of the project (or on a file beside it, see below) | shown |
| the same, whose own result is FAILED, or whose thresholds were not met | contradicted |
| the same, whose own result is neither PASSED nor FAILED | partial |
| the same, on other subjects only | mismatched |
| a known key is named for it and did not sign it | altered |
| a statement of another type; anything that is no signed in-toto statement | unreadable |
| nothing here to check signatures with | unavailable |

Attested if an accepted key signed it and it gives its day; documented if only the project named the key, or no day is
given; claimed if nobody known signed it: then it shows the project's word and no more. The day is that of the
predicate (`time`, `date` and the names in-toto's own types have); a key counts on that day if its attestor's `since`
and `until` hold it, and the evidence counts no longer than the key.

A predicate whose shape handrail defines must have that shape: a `dataset-screening` gets the verdict that its own kind
gives it, and a `test-run-binding` must be whole. Of any other, only the result is read, where it has one. A control of
the organisation has no artifact: there a statement may also speak of a file that lies beside it, under the name that
the subject has, with the subject's digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from handrail.attest.dsse import EnvelopeError
from handrail.attest.keys import SigningUnavailableError
from handrail.attest.predicates import PREDICATES, type_uris
from handrail.attest.statement import Statement, StatementError
from handrail.evidence.attested import NEEDS_SIGNING, artifact_of
from handrail.evidence.plugin import Given, Seen, unavailable, unreadable
from handrail.evidence.signed import Signed, read_signed
from handrail.model.terms import Scope, Verdict
from handrail.source.files import FileRefused

KIND = "attestation"

_RESULTS = ("result", "verificationResult")
"""Where the types `test-result` and `verification-summary` of in-toto say how it came out."""

_SAYS_SOMETHING = frozenset({Verdict.SHOWN, Verdict.PARTIAL, Verdict.CONTRADICTED})

# A statement over a report names the report; more names than this are a list of files, such as a model's.
_NAMES_TRIED = 16


def examine(given: Given) -> Seen:
    """Say who signed the statement, whether it is of a type asked for, and whether it speaks of this project."""
    try:
        signed = read_signed(given.data or b"", given.trust)
    except SigningUnavailableError:
        return unavailable(NEEDS_SIGNING)
    except (EnvelopeError, StatementError):
        return unreadable("The file is not a signed in-toto statement (DSSE).")
    if signed.broken:
        return Seen(verdict=Verdict.ALTERED, text="A known key is named for the statement and did not sign it.")
    kind = signed.statement.predicate_type
    if kind not in type_uris(given.parameters.texts("predicates")):
        return unreadable("The statement is not of a type that is asked for.")
    if kind == PREDICATES["dataset-screening"]:
        seen = _screening(given)
    elif kind == PREDICATES["test-run-binding"]:
        seen = _test_run(given, signed)
    else:
        seen = _other(given, signed)
    if seen.verdict not in _SAYS_SOMETHING:
        return seen
    return replace(seen, tier=signed.tier, valid_until=signed.until)


def _screening(given: Given) -> Seen:
    from handrail.evidence.kinds import dataset_screening

    return dataset_screening.examine(given)


def _test_run(given: Given, signed: Signed) -> Seen:
    from handrail.evidence.run_binding import Binding, read_binding

    binding = read_binding(given.data or b"", given.trust)
    if not isinstance(binding, Binding):
        return binding
    met = binding.record.thresholds_met
    return _told(given, signed, binding.tested, {None: "PASSED", True: "PASSED", False: "FAILED"}[met])


def _other(given: Given, signed: Signed) -> Seen:
    results = [signed.statement.predicate[name] for name in _RESULTS if name in signed.statement.predicate]
    return _told(given, signed, signed.statement.digests, results[0] if results else "PASSED")


def _told(given: Given, signed: Signed, digests: Iterable[str], result: object) -> Seen:
    artifact = artifact_of(digests, given.artifacts)
    beside = given.scope is Scope.ORGANISATION and any(_files_beside(given, signed.statement))
    if artifact is None and not beside:
        return Seen(verdict=Verdict.MISMATCHED, text="The statement speaks of no artifact that the project declares.")
    verdict, what = Verdict.SHOWN, "The statement is of a type asked for and speaks of this project."
    if result == "FAILED":
        verdict, what = Verdict.CONTRADICTED, "The statement says that what it tells of did not hold."
    elif result != "PASSED":
        verdict, what = Verdict.PARTIAL, "A part of what is asked is there. The statement leaves open whether all held."
    return Seen(verdict=verdict, text=f"{what} {signed.text}", date=signed.day, artifact=artifact)


def _files_beside(given: Given, statement: Statement) -> Iterator[bool]:
    """Whether each subject with a plain name is a file of this name and digest in the folder of the statement."""
    folder = PurePosixPath(given.entry.path or "").parent
    named = [(one.name, one.sha256) for one in statement.subjects if one.name and one.sha256 and "/" not in one.name]
    for name, sha256 in named[:_NAMES_TRIED]:
        try:
            yield given.root is not None and given.root.digest(str(folder / name)) == sha256
        except FileRefused:
            yield False
