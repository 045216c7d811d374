"""The open controls as SARIF 2.1.0, for code scanning and editors.

Belongs here: results, rules, and what one upload may hold. Never here: a sentence (`report.wording`). All input passes
`escape.sarif_text` here.

- Only what is open, or decides the exit code, is a result; nothing is ever a result of kind `pass`. The kind stays
  `fail`, SARIF's default: its kind `open` would suit `undetermined` better, but forces the level `none`, which code
  scanning does not show, and a gap that nobody sees is the worse of the two.
- A waived control is a result like any other open one, and its message says so. SARIF's `suppressions` would hide it.
- A result points at the key of its answer. Its fingerprint is made of the project and the control, so an alert stays
  the same one when lines move, when reasons change, and until the control is closed.
- What does not fit into one upload is left out from the quiet end, and a notification says how much.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.terms import Level
from handrail.report.agreement import number
from handrail.report.canonical import values, values_to_json
from handrail.report.formats import Judged, ReportInput
from handrail.report.places import control_page
from handrail.report.standing import Loudness, StandingRow, standing_rows
from handrail.report.view import project_title
from handrail.report.wording import fixed_note
from handrail.source.diagnostics import Span
from handrail.source.escape import sarif_text, uri_path

_LOUDNESS = {Level.MUST: Loudness.ERROR, Level.SHOULD: Loudness.WARNING, Level.MAY: Loudness.NOTE}
_LOUDEST_FIRST = list(Loudness)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """What GitHub takes in one file (its page "SARIF support for code scanning"); beyond, it refuses all of it."""

    results: int = 25_000
    shown: int = 5_000
    """It keeps so many results, by severity; more is no error."""
    packed_bytes: int = 10_000_000
    """After gzip. The page says 10 MB; this is the smaller reading."""
    tags: int = 20


GITHUB = UploadLimits()


@dataclass(frozen=True, slots=True)
class _Found:
    """One result: which project, which control of it, and how loud."""

    judged: Judged
    line: StandingRow
    loud: Loudness


def render(given: ReportInput, *, limits: UploadLimits = GITHUB) -> str:
    """The log of one run over all projects, ended by a line end; no text for no project."""
    if not given.assessments:
        return ""
    found = sorted(_all_found(given), key=lambda one: _LOUDEST_FIRST.index(one.loud))
    keep = min(len(found), limits.results)
    while True:
        text = values_to_json(_log(given, found, keep, limits))
        packed = _packed_size(text.encode(), limits.packed_bytes)
        if packed <= limits.packed_bytes or not keep:
            return text
        keep = min(keep - 1, int(keep * limits.packed_bytes / packed * 0.95))


def _packed_size(data: bytes, enough: int) -> int:
    """The size after gzip; of what is small enough anyway, the size as it is."""
    if len(data) <= enough:
        return len(data)
    import gzip

    return len(gzip.compress(data, mtime=0))


def _all_found(given: ReportInput) -> list[_Found]:
    return [
        _Found(judged, line, line.loudness)
        for judged in given.projects()
        for line in standing_rows(judged, given.bundle)
        if line.loudness is not None
    ]


def _log(given: ReportInput, found: list[_Found], keep: int, limits: UploadLimits) -> dict[str, Any]:
    kept = found[:keep]
    occurring = {one.line.row.control for one in kept}
    rules = [one for one in given.bundle.controls if one in occurring]
    index = {one: place for place, one in enumerate(rules)}
    several = len(given.assessments) > 1
    driver: dict[str, Any] = {
        "name": "handrail",
        "rules": [_rule(given.bundle.controls[one], given.bundle, given.site, limits.tags) for one in rules],
    }
    if given.site:
        driver["informationUri"] = given.site
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [*_notes(given), *_left_out(found, keep, limits)],
            }
        ],
        "properties": {
            "asOf": given.assessments[0].as_of.isoformat(),
            "catalog": [values(one) for one in given.assessments[0].catalog],
        },
        "results": [_result(one, index[one.line.row.control], several=several) for one in kept],
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _notes(given: ReportInput) -> list[dict[str, Any]]:
    """What stands under every headline."""
    return [_notification(fixed_note(one.project.name), "note") for one in given.assessments]


def _left_out(found: list[_Found], keep: int, limits: UploadLimits) -> list[dict[str, Any]]:
    notes = []
    if keep < len(found):
        cause = "the number of results" if keep == limits.results else "the size"
        notes.append(
            _notification(
                f"{number(len(found) - keep, 'result')} of {len(found):,} left out, because code scanning limits "
                f"{cause} of an upload; those that decide the exit code come first. Other formats hold all of them.",
                "warning",
            )
        )
    if keep > limits.shown:
        notes.append(_notification(f"Code scanning shows {limits.shown:,} of these {keep:,} results.", "warning"))
    return notes


def _notification(text: str, level: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": sarif_text(text)}}


def _rule(control: Control, bundle: Bundle, site: str, most_tags: int) -> dict[str, Any]:
    principle = bundle.principle_of[control.id]
    phase = next(one.phase for one in bundle.principles if one.id == principle)
    tags = ["child-safety", phase.value, principle, *sorted({one.reference for one in control.mappings})]
    rule: dict[str, Any] = {
        "id": control.id,
        "shortDescription": {"text": sarif_text(control.title)},
        "fullDescription": {"text": sarif_text(control.statement)},
        "help": {"text": sarif_text(f"{control.question} More: handrail show {control.id}")},
        "defaultConfiguration": {"level": _LOUDNESS[control.level].value},
        "properties": {"tags": tags[:most_tags]},
    }
    if site:
        rule["helpUri"] = control_page(control.id, bundle, site)
    return rule


def _result(one: _Found, rule: int, *, several: bool) -> dict[str, Any]:
    project, row = one.judged.assessment.project, one.line.row
    who = f"{project_title(one.judged.assessment)}: " if several else ""
    words = (f"{who}{row.control} {row.title}:", *one.line.sentences())
    identity = hashlib.sha256(f"{project.id}\n{row.control}".encode()).hexdigest()
    result: dict[str, Any] = {
        "ruleId": row.control,
        "ruleIndex": rule,
        "level": one.loud.value,
        "message": {"text": sarif_text(" ".join(words))},
        # GitHub reads the first only.
        "partialFingerprints": {"primaryLocationLineHash": f"{identity[:16]}:1", "handrailControl/v1": identity},
        "properties": {"finding": row.finding.value, "gate": one.line.standing.value, "project": project.id},
    }
    if one.judged.files is not None:
        result["locations"] = [_location(one.judged.files.span(one.line.finding))]
    return result


def _location(span: Span) -> Mapping[str, Any]:
    # An absolute path would tell of the machine and match no file of a repository.
    path = span.path.rpartition("/")[2] if span.path.startswith("/") else span.path
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri_path(path)},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endColumn": span.column + span.length,
            },
        }
    }
