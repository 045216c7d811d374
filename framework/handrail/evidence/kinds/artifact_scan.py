"""`artifact-scan`: the report of a scanner that looks for code which runs when a model file is loaded.

| tool | what it writes |
|---|---|
| modelscan | `modelscan -p PATH -r json -o FILE`: issues by severity, errors, the files scanned, a time |
| picklescan | no report of its own; the JSON of `dataclasses.asdict(ScanResult)`: counts, an error flag |

Neither writes a digest. So the report is bound by a member `subject` beside the tool's own members, as in-toto writes
it (`[{"digest": {"sha256": ...}}]`), or by being the predicate of an in-toto statement, bare or in a DSSE envelope.
picklescan writes no time either: a member `timestamp` beside its own may give it.

| what is there | verdict |
|---|---|
| another format; no file was scanned | unreadable |
| a known key is named in its envelope and did not sign it | altered |
| an envelope, and nothing here to check signatures with | unavailable |
| a digest, but not of an artifact that the project declares | mismatched |
| no digest, and none of the files scanned is among those of the artifacts that lie in the project | mismatched |
| an issue of severity high or critical, a dangerous global, an infected file | contradicted |
| a lesser issue, an error, a file passed over because it could not be read, no date | partial |
| a file of the artifact that may hold code was not scanned, where report and project list their files | partial |
| else | shown |

Verified if it names the digest of an artifact and the day; without a digest documented at most, since the names of
files do not say which version of them was scanned; claimed without any date. The date is the tool's time, of which
modelscan writes the local one. Descriptions, paths and names in it are neither kept nor repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from handrail.attest.dsse import EnvelopeError
from handrail.attest.keys import SigningUnavailableError
from handrail.attest.statement import StatementError
from handrail.evidence.attested import NEEDS_SIGNING
from handrail.evidence.folder import files_at
from handrail.evidence.plugin import Given, Seen, shown, unavailable, unreadable
from handrail.evidence.signed import read_signed
from handrail.evidence.structured import Plain, read_structured
from handrail.evidence.values import day
from handrail.model.terms import Assurance, Verdict
from handrail.source.files import FileRefused

KIND = "artifact-scan"

_ANOTHER = unreadable("The file is not the JSON report of modelscan, or the JSON of a result of picklescan.")

_GRAVE = frozenset({"HIGH", "CRITICAL"})

_HARMLESS_SKIP = "SCAN_NOT_SUPPORTED"
"""Why modelscan passes over a text or a picture; every other reason is of a file that it should have read."""

_CODE = frozenset(
    {".bin", ".ckpt", ".dat", ".data", ".dill", ".h5", ".joblib", ".keras", ".npy", ".npz", ".pb", ".pickle"}
    | {".pkl", ".pt", ".pth", ".zip"}
)
"""Endings of files that the scanners read, because code may run when they are loaded."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LOCAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]{5,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scan:
    """What either tool says: how many files it scanned, and of which sort of trouble there is any.

    `files` are paths as the tool writes them; None where it names none. `unread`: files passed over, or an error.
    """

    scanned: int
    grave: bool
    lesser: bool
    unread: bool
    dated: date | None
    files: frozenset[str] | None = None


def examine(given: Given) -> Seen:
    """Say whether the artifact's files were scanned, and nothing was found that runs when they are loaded."""
    tree = read_structured(given.data or b"", ".json")
    if not isinstance(tree, dict):
        return _ANOTHER
    if "payloadType" not in tree:
        inside = tree.get("predicate")
        return _judged(_scan(inside if isinstance(inside, dict) else tree), frozenset(_digests(tree)), given)
    try:
        signed = read_signed(given.data or b"", given.trust)
    except SigningUnavailableError:
        return unavailable(NEEDS_SIGNING)
    except (EnvelopeError, StatementError):
        return _ANOTHER
    if signed.broken:
        return Seen(verdict=Verdict.ALTERED, text="A known key is named for the statement and did not sign it.")
    seen = _judged(_scan(signed.statement.predicate), signed.statement.digests, given)
    return replace(seen, text=f"{seen.text} {signed.text}") if seen is not _ANOTHER else seen


def _judged(scan: _Scan | None, digests: frozenset[str], given: Given) -> Seen:
    if scan is None:
        return _ANOTHER
    if not scan.scanned:
        return unreadable("No file was scanned.")
    artifact = next((name for name in sorted(given.artifacts) if given.artifacts[name] in digests), None)
    unscanned = _unscanned(scan, artifact, given)
    if artifact is None and (digests or unscanned is None):
        text = "The scan is of no file that the project declares under `artifacts`."
        return Seen(verdict=Verdict.MISMATCHED, text=text)
    if scan.grave:
        text = "The scan found something that runs code when a file is loaded."
        return Seen(verdict=Verdict.CONTRADICTED, text=text, date=scan.dated, artifact=artifact)
    lacking = []
    if scan.lesser:
        lacking.append("The scan found an issue of a lower severity, or one that it does not know.")
    if scan.unread:
        lacking.append("A file could not be scanned, or the scan met an error.")
    if unscanned:
        lacking.append("A file of the artifact that may hold code was not scanned.")
    dated = scan.dated is not None or given.entry.date is not None
    if not dated:
        lacking.append("No date is given.")
    tier = Assurance.VERIFIED if artifact is not None and scan.dated else Assurance.DOCUMENTED
    what = "It names the digest of an artifact of the project." if artifact else "It is bound to no artifact."
    seen = shown(
        "Files were scanned without an error, and nothing was found.",
        lacking,
        tier=tier if dated else Assurance.CLAIMED,
        date=scan.dated,
    )
    return replace(seen, text=f"{seen.text} {what}", artifact=artifact)


def _unscanned(scan: _Scan, artifact: str | None, given: Given) -> bool | None:
    """Say whether a file that may hold code was left out; None if nothing of the artifacts was scanned.

    False where the report or the project does not list files: then there is nothing to compare.
    """
    paths = [path for name, path in given.artifact_paths.items() if artifact in (None, name)]
    lists = [files for path in paths if (files := _files(path, given))]
    if scan.files is None or not lists:
        return False
    ends = {end for path in scan.files for end in _ends(path)}
    met = [files for files in lists if ends & files]
    if not met:
        return None if artifact is None else False
    return any(PurePosixPath(one).suffix.lower() in _CODE and one not in ends for files in met for one in files)


def _files(path: str, given: Given) -> frozenset[str]:
    """The artifact's files by their paths within it; a single file by its name. None where it does not lie here."""
    try:
        found = files_at(given.root, path) if given.root is not None else ()
    except FileRefused:
        return frozenset()
    base = PurePosixPath(path)
    return frozenset(base.name if one == path else str(PurePosixPath(one).relative_to(base)) for one in found)


def _ends(path: str) -> Iterator[str]:
    """A path and its ends: the scan may have begun above the artifact. A member of an archive stands for it."""
    parts = PurePosixPath(path.replace("\\", "/").partition(":")[0]).parts
    return ("/".join(parts[at:]) for at in range(len(parts)))


def _scan(report: Mapping[str, Any]) -> _Scan | None:
    """Read the report of either tool; None for any other."""
    return _modelscan(report) if "summary" in report else _picklescan(report)


def _modelscan(report: Mapping[str, Any]) -> _Scan | None:
    summary, issues, errors = report.get("summary"), report.get("issues"), report.get("errors")
    if not isinstance(summary, dict) or not isinstance(issues, list) or not isinstance(errors, list):
        return None
    by_severity, scanned = summary.get("total_issues_by_severity"), summary.get("scanned")
    if not isinstance(by_severity, dict) or not isinstance(scanned, dict):
        return None
    total, named = _count(scanned.get("total_scanned")), scanned.get("scanned_files", [])
    if total is None or not isinstance(named, list) or any(_count(one) is None for one in by_severity.values()):
        return None
    found = {name for name, count in by_severity.items() if count} | set(_each(issues, "severity"))
    skipped = summary.get("skipped")
    passed_over = skipped.get("skipped_files") if isinstance(skipped, dict) else None
    return _Scan(
        scanned=total,
        grave=bool(found & _GRAVE),
        lesser=bool(found - _GRAVE) or bool(_count(summary.get("total_issues"))),
        unread=bool(errors) or any(one != _HARMLESS_SKIP for one in _each(passed_over, "category")),
        dated=_date(summary.get("timestamp")),
        files=frozenset(one for one in named if isinstance(one, str)),
    )


def _picklescan(report: Mapping[str, Any]) -> _Scan | None:
    names = ("scanned_files", "issues_count", "infected_files")
    scanned, issues, infected = (_count(report.get(name)) for name in names)
    levels, failed = report.get("globals"), report.get("scan_err")
    if scanned is None or issues is None or infected is None or not isinstance(levels, list):
        return None
    found = set(_each(levels, "safety")) - {"innocuous"}
    return _Scan(
        scanned=scanned,
        grave=bool(issues or infected) or "dangerous" in found,
        lesser=bool(found) or bool(_count(report.get("suspicious_count"))),
        unread=failed is not False,
        dated=_date(report.get("timestamp")),
    )


def _each(values: Any, name: str) -> Iterable[str]:
    """One member of every object of a list; of one without it, a word that no tool writes."""
    for one in values if isinstance(values, list) else ():
        found = one.get(name) if isinstance(one, dict) else None
        yield found if isinstance(found, str) else "?"


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _date(value: Any) -> date | None:
    local = _LOCAL.fullmatch(value) if isinstance(value, str) else None
    return day(local[1] if local else value)


def _digests(tree: dict[str, Plain]) -> Iterator[str]:
    """The digests of the subjects that stand beside the report."""
    subjects = tree.get("subject")
    for subject in subjects if isinstance(subjects, list) else ():
        digest = subject.get("digest") if isinstance(subject, dict) else None
        found = digest.get("sha256") if isinstance(digest, dict) else None
        if isinstance(found, str) and _SHA256.fullmatch(found):
            yield found
