"""The record beside a test report that says which model it is of (`test-run-binding`), bare or in a DSSE envelope.

Belongs here: reading and checking the record by itself. Never here: the report, and what both show together.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from handrail.attest.dsse import ENVELOPE_BYTES, EnvelopeError, open_envelope
from handrail.attest.keys import SigningUnavailableError
from handrail.attest.statement import StatementError
from handrail.attest.trust import Trust
from handrail.evidence.attested import NEEDS_SIGNING
from handrail.evidence.plugin import Seen, unavailable, unreadable
from handrail.evidence.runs import Counts
from handrail.evidence.signed import Signed, read_signed
from handrail.model.predicates import EXTRA, NO_PLACE
from handrail.model.predicates_test_run import RunBinding, RunStatement
from handrail.model.terms import Verdict
from handrail.source.strict_json import read_json

_COUNTS = ("attempts", "passed", "failed", "nones", "errors")


@dataclass(frozen=True, slots=True)
class Binding:
    """A binding that is well formed. `report` is the digest that it gives the report, `tested` those of the rest."""

    record: RunBinding
    report: str
    tested: frozenset[str]
    signed: Signed | None

    @property
    def signed_by_nobody_known(self) -> bool:
        """Say whether it is in an envelope and no known key signed it; a bare one is not signed at all."""
        return self.signed is not None and self.signed.signer is None

    def counts_differ(self, counted: Counts) -> bool:
        """Say whether it gives a count that the report gives too, and another."""
        pairs = [(getattr(self.record.counts, name), getattr(counted, name)) for name in _COUNTS]
        return any(said != found for said, found in pairs if said is not None and found is not None)


def read_binding(data: bytes, trust: Trust) -> Binding | Seen:
    """Read a binding; what is wrong with it where it is none."""
    signed = None
    try:
        given = read_json(data, max_bytes=ENVELOPE_BYTES)
        if isinstance(given, dict) and "payloadType" in given:
            signed = read_signed(data, trust)
            given = read_json(open_envelope(data).payload, max_bytes=ENVELOPE_BYTES)
        statement = RunStatement.model_validate(given)
    except ValidationError as error:
        return _misfit(error)
    except SigningUnavailableError:
        return unavailable(NEEDS_SIGNING)
    except (EnvelopeError, StatementError, ValueError):
        return unreadable("The file is neither a report nor a test-run binding (in-toto, bare or in a DSSE envelope).")
    if signed is not None and signed.broken:
        return Seen(verdict=Verdict.ALTERED, text="A known key is named for the binding and did not sign it.")
    record = statement.predicate
    reports = [one.digest.sha256 for one in statement.subject if one.name == record.report]
    if len(reports) != 1 or record.started_on > record.finished_on:
        return unreadable("The binding does not name its report once among its subjects, or ends before it begins.")
    tested = frozenset(one.digest.sha256 for one in statement.subject if one.name != record.report)
    return Binding(record, reports[0], tested, signed)


def _misfit(error: ValidationError) -> Seen:
    kinds = {one["type"] for one in error.errors(include_url=False, include_context=False, include_input=False)}
    if kinds & {EXTRA, NO_PLACE}:
        return Seen(
            verdict=Verdict.REFUSED,
            text="The binding holds something that its schema has no place for; nothing of it was kept.",
        )
    return unreadable("The file is no test-run binding: a member of it is lacking or of another form.")
