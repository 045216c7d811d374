"""`c2pa`: sample outputs that carry content credentials (C2PA): one file, or a folder in which every file is a sample.

What the library c2pa-python says of one sample, offline, without fetching records or asking for revocation:

| its word | here |
|---|---|
| `Trusted` | intact, and its certificate leads to one of an accepted attestor (the reader's or the catalog's) |
| `Valid` | intact, signed by nobody we accept: anyone can make such a record |
| `Invalid`, but only because the certificate has run out since | as `Valid`; `valid_until` says it, not today's clock |
| `Invalid`, something in it does not fit the bytes or the signature (`*.mismatch`) | changed |
| any other `Invalid` | broken |
| no record, one that is kept elsewhere, one that cannot be read, another format | no record |

| what is there | verdict |
|---|---|
| any sample was changed after it was signed | altered |
| any record is broken | unreadable |
| an intact record declares that a camera or a person made the sample, not the source type asked for | contradicted |
| no sample with an intact record (that declares the source type asked for) | unreadable |
| a sample without one, fewer than `min_samples`, or `trusted` is asked for and a sample is only `Valid` | partial |
| else | shown |

A sample that declares no source type, or another that a model may have, is silent: it is as one without a record. That
a signer is not trusted says something of the reader's list and not of the sample, so it never contradicts.

Verified if every sample that counts is `Trusted`: the signature binds record and bytes, and an accepted attestor
vouches for the signer. Else documented. A sample cannot name the digest of the model that made it, so nothing here is
bound to an artifact. A certificate that only the project names is no anchor. The date is the oldest time stamp in the
signatures (from any issuer: as in other kinds, the file's own word); where a sample has none, only the entry can date
it. Without a time stamp by an accepted issuer a signature holds to the last day of its certificate.

Source: C2PA specification 2.x, "Validation states", and IPTC NewsCodes, "Digital Source Type".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from io import SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from handrail.attest.trust import Trust
from handrail.evidence.folder import files_at
from handrail.evidence.limits import MANIFEST_MIB, SAMPLE_BYTES, SAMPLE_CALLS, SAMPLES
from handrail.evidence.plugin import Given, Seen, shown, unavailable, unreadable
from handrail.evidence.values import day
from handrail.model.terms import Assurance, Verdict
from handrail.source.files import FileReason, FileRefused, Root

if TYPE_CHECKING:
    import c2pa
    from _typeshed import WriteableBuffer as Buffer

KIND = "c2pa"
FOLDER = True

_SOURCE_TYPES = ("cv.iptc.org/newscodes/digitalsourcetype/", "c2pa.org/digitalsourcetype/")

_MADE_BY_PEOPLE = frozenset(
    {
        "computationalCapture",
        "compositeCapture",
        "digitalArt",
        "digitalCapture",
        "digitalCreation",
        "humanEdits",
        "minorHumanEdits",
        "negativeFilm",
        "positiveFilm",
        "print",
        "screenCapture",
    }
)
"""Source types that say the opposite of one made by a model."""

_NEEDS_EXTRA = 'Content credentials cannot be read by this installation: pip install "handrail[c2pa]".'

_RUN_OUT = frozenset({"signingCredential.expired", "signingCredential.untrusted"})


class State(Enum):
    """What one sample is, after the table at the top."""

    TRUSTED = auto()
    VALID = auto()
    CHANGED = auto()
    BROKEN = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample's record; nothing of the sample itself."""

    state: State
    source_types: frozenset[str] = frozenset()
    signed_on: date | None = None
    valid_until: date | None = None

    @property
    def intact(self) -> bool:
        """Whether what the record declares may be looked at."""
        return self.state in (State.TRUSTED, State.VALID)


def examine(given: Given) -> Seen:
    """Say whether the samples carry intact records that declare what is asked."""
    if given.root is None or given.entry.path is None:
        return unreadable("There is nothing to look at.")
    paths = files_at(given.root, given.entry.path)
    if len(paths) > SAMPLES:
        return unreadable(f"There are more than {SAMPLES} files in the folder of samples.")
    try:
        contexts = _contexts(given.trust)
    except (ImportError, RuntimeError):  # the second is how the library says that its native part is not there
        return unavailable(_NEEDS_EXTRA)
    return _judged([_sample(given.root, path, contexts) for path in paths], given)


def _judged(samples: list[Sample], given: Given) -> Seen:
    asked = given.parameters.text("source_type") if "source_type" in given.parameters.values else None
    if any(sample.state is State.CHANGED for sample in samples):
        return Seen(verdict=Verdict.ALTERED, text="A sample was changed after it was signed.")
    if any(sample.state is State.BROKEN for sample in samples):
        return unreadable("The signed record of a sample does not hold.")
    if any(sample.intact and _opposite(sample, asked) for sample in samples):
        return Seen(verdict=Verdict.CONTRADICTED, text="A sample declares that a camera or a person made it.")
    good = [sample for sample in samples if sample.intact and (asked is None or asked in sample.source_types)]
    if not good:
        return unreadable("No sample carries a signed record with what is asked for.")
    trusted = all(sample.state is State.TRUSTED for sample in good)
    lacking = []
    if len(good) < len(samples):
        lacking.append("Not every sample carries a signed record with what is asked for.")
    least = given.parameters.count("min_samples")
    if len(good) < least:
        lacking.append(f"There are fewer than {least} such samples.")
    if given.parameters.flag("trusted") and not trusted:
        lacking.append("Not every signer is one that the reader or the catalog accepts.")
    who = "an accepted signer" if trusted else "a signer whom neither the reader nor the catalog accepts"
    dated = [sample.signed_on for sample in good if sample.signed_on is not None]
    whole = len(dated) == len(good) or given.entry.date is not None
    return shown(
        f"Every sample carries a signed record that fits it and says what is asked for, by {who}.",
        lacking,
        tier=Assurance.VERIFIED if trusted else Assurance.DOCUMENTED,
        date=min(dated) if dated and whole else None,
        valid_until=min((sample.valid_until for sample in good if sample.valid_until is not None), default=None),
    )


def _opposite(sample: Sample, asked: str | None) -> bool:
    if asked is None or asked in _MADE_BY_PEOPLE or asked in sample.source_types:
        return False
    return not sample.source_types.isdisjoint(_MADE_BY_PEOPLE)


def _contexts(trust: Trust) -> list[tuple[date | None, c2pa.Context]]:
    """Give one context for each day to which attestors are accepted, the latest first.

    Where several attestors vouch for a signer, which of them the library names is left to chance.
    """
    import c2pa

    found: dict[date | None, list[str]] = {}
    for attestor in trust.accepted.values():
        if "BEGIN CERTIFICATE" in attestor.public_key:
            found.setdefault(attestor.until, []).append(attestor.public_key)
    groups = sorted(found.items(), key=lambda group: group[0] or date.max, reverse=True) or [(None, [])]
    return [(until, c2pa.Context(c2pa.Settings.from_dict(_settings(anchors)))) for until, anchors in groups]


def _settings(anchors: list[str]) -> dict[str, Any]:
    """Everything that could reach the network is off; one anchor that cannot be read does not hinder another."""
    return {
        "core": {"allowed_network_hosts": [], "max_decompressed_manifest_size_in_mb": MANIFEST_MIB},
        "verify": {"verify_trust": True, "ocsp_fetch": False, "remote_manifest_fetch": False},
        "trust": {"anchors": [{"trust_kind": "manifest", "trust_anchors": anchor} for anchor in anchors]},
    }


def _sample(root: Root, path: str, contexts: list[tuple[date | None, c2pa.Context]]) -> Sample:
    import c2pa

    sample = Sample(state=State.NONE)
    with root.stream(path) as stream:
        if stream.seek(0, SEEK_END) > SAMPLE_BYTES:
            raise FileRefused(FileReason.TOO_LARGE, path)
        for until, context in contexts:
            stream.seek(0)
            try:
                with c2pa.Reader(PurePosixPath(path).suffix[1:], _Metered(stream), context=context) as reader:
                    # Two reports by the same reader: only the second one tells how long the certificate runs.
                    sample = sample_of(json.loads(reader.json()), json.loads(reader.crjson()), until)
            except (c2pa.C2paError, ValueError, RecursionError):
                return Sample(state=State.NONE)
            if sample.state is not State.VALID:
                break
    return sample


class _Metered(RawIOBase):
    """A file that the library may read and move about in only so often, so that no file keeps it busy for long."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._calls = 0

    def _count(self) -> None:
        self._calls += 1
        if self._calls > SAMPLE_CALLS:
            raise OSError("read too often")  # the library takes it as a file that cannot be read

    def readinto(self, buffer: Buffer, /) -> int:
        self._count()
        return self._stream.readinto(buffer)

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        self._count()
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


def sample_of(report: Any, certificates: Any, until: date | None) -> Sample:
    """Read the library's two reports on one sample, as `Reader.json` and `Reader.crjson` give them.

    `until` is the last day on which the anchors that they were made with are accepted.
    """
    results = _at(report, "validation_results")
    failures = {code for part in _parts(results) for code in _codes(part, "failure")}
    if any(code.endswith(".mismatch") for code in failures):
        return Sample(state=State.CHANGED)
    state = {"Trusted": State.TRUSTED, "Valid": State.VALID}.get(str(_at(report, "validation_state")))
    if state is None and failures and failures <= _RUN_OUT:
        state = State.VALID
    if state is None:
        return Sample(state=State.BROKEN)
    label = _at(report, "active_manifest")
    manifest = _at(report, "manifests", label)
    stamps = set(_codes(_at(results, "activeManifest"), "success"))
    ends = [] if "timeStamp.trusted" in stamps else [_certificate_end(certificates, label)]
    ends.append(until if state is State.TRUSTED else None)
    return Sample(
        state=state,
        source_types=frozenset(_source_types(manifest)),
        signed_on=day(_at(manifest, "signature_info", "time")) if "timeStamp.validated" in stamps else None,
        valid_until=min((end for end in ends if end is not None), default=None),
    )


def _parts(results: Any) -> Iterator[Any]:
    """What was found in the sample's own record, and in those of what it was made from."""
    yield _at(results, "activeManifest")
    for delta in _list(_at(results, "ingredientDeltas")):
        yield _at(delta, "validationDeltas")


def _codes(part: Any, outcome: str) -> Iterator[str]:
    for status in _list(_at(part, outcome)):
        yield str(_at(status, "code"))


def _certificate_end(certificates: Any, label: Any) -> date | None:
    for manifest in _list(_at(certificates, "manifests")):
        if _at(manifest, "label") == label:
            return day(_at(manifest, "signature", "certificateInfo", "validity", "notAfter"))
    return None


def _source_types(manifest: Any) -> Iterator[str]:
    for assertion in _list(_at(manifest, "assertions")):
        if str(_at(assertion, "label")).startswith("c2pa.actions"):
            for action in _list(_at(assertion, "data", "actions")):
                address = str(_at(action, "digitalSourceType"))
                vocabulary, _, name = address.partition("://")[2].rpartition("/")
                if f"{vocabulary}/" in _SOURCE_TYPES:
                    yield name


def _at(value: Any, *names: Any) -> Any:
    """Follow names into a report; None where it does not go on so."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) and isinstance(name, str) else None
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
