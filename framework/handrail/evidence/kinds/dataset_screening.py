"""`dataset-screening`: our own in-toto predicate, bare or in a DSSE envelope: counts of one run against one hash list.

| what is there | verdict |
|---|---|
| a member, a text or a value in another form than the schema has a place for | refused |
| no statement of this type, a member lacking, a name left open, counts or days that do not fit together | unreadable |
| nothing was screened | unreadable |
| a known key is named in its envelope and did not sign it | altered |
| an envelope, and nothing here to check signatures with | unavailable |
| no subject has the digest of an artifact that the project declares | mismatched |
| fewer matches handled than found | contradicted |
| fewer items screened than declared, or the list older than `max_list_age` when the run finished | partial |
| else | shown |

In this order: what is refused is not looked at further, and counts of another dataset say nothing here.

A list that was too old is a part, neither stale nor the opposite: every item was compared, with what was known up to
the list's day; the days of the run itself are for `assess` to judge. It is open all the same. Handled but not found,
or screened but not declared, is unreadable: such counts cannot say whether anything was left out.

Verified where it is bound, since subject, counts and days are checked again here, signed or not: an envelope adds a
sentence on who signed, and no tier (an `attestation` does). The date is the day on which the run finished. A run is
named by the artifact and that moment, so that one which `supersedes` it is of the same dataset. The schema and its
explanation are `model/predicates.py` and the page `evidence/dataset-screening` of the site.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from handrail.attest.dsse import EnvelopeError, open_envelope
from handrail.attest.keys import SigningUnavailableError
from handrail.attest.statement import StatementError
from handrail.evidence.attested import NEEDS_SIGNING
from handrail.evidence.plugin import Given, Seen, shown, unavailable, unreadable
from handrail.evidence.signed import read_signed
from handrail.evidence.structured import Plain, read_structured
from handrail.evidence.values import filled
from handrail.model.predicates import DATASET_SCREENING, EXTRA, DatasetScreening, DatasetScreeningStatement
from handrail.model.terms import Assurance, Verdict

KIND = "dataset-screening"

_NO_PROOF = "No match is not proof of absence."
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"

_REFUSED = Seen(
    verdict=Verdict.REFUSED,
    text="The file holds a member, a text or a value in another form than the schema of a dataset screening has a "
    "place for; nothing of it was kept.",
)
_ANOTHER = unreadable("The file is not a whole dataset screening (an in-toto statement, bare or in a DSSE envelope).")

_ENVELOPE = frozenset({"payload", "payloadType", "signatures"})
_SIGNATURE = frozenset({"keyid", "sig"})

_LACKING = frozenset({"missing", "too_short"})

# The longest key id in use is a sha256 in hexadecimal with its prefix.
_KEY_ID_CHARACTERS = 80


def examine(given: Given) -> Seen:
    """Say whether the whole dataset was screened against a list of the age asked for, and every match handled."""
    data = given.data or b""
    tree = read_structured(data, ".json")
    if not isinstance(tree, dict) or "payloadType" not in tree:
        return _read(tree, given)
    if _says_more(tree):
        return _REFUSED
    try:
        signed = read_signed(data, given.trust)
        payload = open_envelope(data).payload
    except SigningUnavailableError:
        return unavailable(NEEDS_SIGNING)
    except (EnvelopeError, StatementError):
        return _ANOTHER
    if signed.broken:
        return Seen(verdict=Verdict.ALTERED, text="A known key is named for the statement and did not sign it.")
    seen = _read(read_structured(payload, ".json"), given)
    return replace(seen, text=f"{seen.text} {signed.text}") if seen.date else seen


def _says_more(envelope: dict[str, Plain]) -> bool:
    """Say whether an envelope has members, or a key id, that could hold anything else."""
    signatures = envelope.get("signatures")
    marks = signatures if isinstance(signatures, list) else []
    return not envelope.keys() <= _ENVELOPE or not all(
        isinstance(mark, dict) and mark.keys() <= _SIGNATURE and _is_key_id(mark.get("keyid")) for mark in marks
    )


def _is_key_id(hint: Plain) -> bool:
    return hint is None or (isinstance(hint, str) and len(hint) <= _KEY_ID_CHARACTERS and " " not in hint)


def _read(tree: Plain, given: Given) -> Seen:
    if not isinstance(tree, dict) or tree.get("predicateType") != DATASET_SCREENING:
        return _ANOTHER
    try:
        statement = DatasetScreeningStatement.model_validate(tree)
    except ValidationError as error:
        return _REFUSED if _has_no_place(error) else _ANOTHER
    screening = statement.predicate
    names = (screening.tool.name, screening.list_.provider, screening.reviewer.role)
    if not all(map(filled, (*names, *(one.name for one in statement.subject)))):
        return unreadable("A name in the summary is left open.")
    if not screening.adds_up:
        return unreadable("The counts or the days in the summary do not fit together.")
    if not screening.items.screened:
        return unreadable(f"Nothing was screened. {_NO_PROOF}")
    digests = {one.digest.sha256 for one in statement.subject}
    artifact = next((name for name in sorted(given.artifacts) if given.artifacts[name] in digests), None)
    if artifact is None:
        text = "The summary is of no dataset whose digest the project declares under `artifacts`."
        return Seen(verdict=Verdict.MISMATCHED, text=text)
    return _judged(screening, artifact, given)


def _has_no_place(error: ValidationError) -> bool:
    """Say whether something is there that the schema has no place for; else something is only lacking."""
    return any(
        one["type"] == EXTRA or (one["type"] not in _LACKING and isinstance(one["input"], str | list | dict))
        for one in error.errors(include_url=False, include_context=False)
    )


def _judged(screening: DatasetScreening, artifact: str, given: Given) -> Seen:
    oldest = given.parameters.days("max_list_age")
    lacking = []
    if screening.items.screened < screening.items.declared:
        lacking.append("Fewer items were screened than are declared.")
    if oldest is not None and screening.day - screening.list_.date > oldest:
        lacking.append("The list was older than asked for when the run finished.")
    seen = shown(
        "Every item declared was screened, and every match that was found is counted as handled.",
        lacking,
        tier=Assurance.VERIFIED,
        date=screening.day,
    )
    if screening.handled.total < screening.matches:
        text = "Fewer matches are counted as handled than were found."
        seen = replace(seen, verdict=Verdict.CONTRADICTED, text=text)
    return replace(
        seen,
        text=f"{seen.text} {_NO_PROOF}",
        artifact=artifact,
        run=f"{artifact} {screening.finished_on:{_MOMENT}}",
        supersedes=f"{artifact} {screening.supersedes:{_MOMENT}}" if screening.supersedes else None,
    )
