"""The formats of `lint`, by name: what is wrong in a catalog's files, for people, programs, CI and code scanning.

Belongs here: the table, and the layout of each. Never here: what is wrong (`catalog.lint`), and a sentence; those of a
rule's page are in the table of codes. All input passes an encoder here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from handrail.report.canonical import values_to_json
from handrail.report.github import SHOWN
from handrail.source.codes import CODES, Severity
from handrail.source.diagnostics import Diagnostic, Span
from handrail.source.escape import sarif_text, terminal, uri_path, workflow_message, workflow_property
from handrail.source.render import SourceOf, as_json
from handrail.source.render import render as as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """What lint found, in order.

    `source` gives the text of a file by its path, or None; `unlisted` counts what was found and not kept; `head` is the
    way from the working folder to the catalog, ended by `/`, or nothing.
    """

    found: tuple[Diagnostic, ...]
    source: SourceOf
    unlisted: int = 0
    head: str = ""
    colour: bool = False


def _text(given: LintReport) -> str:
    text = as_text(given.found, given.source, colour=given.colour, unlisted=given.unlisted)
    return text.rstrip("\n") + "\n" if text else ""


def _json(given: LintReport) -> str:
    return json.dumps(as_json(given.found), indent=2, ensure_ascii=False) + "\n"


def _github(given: LintReport) -> str:
    """A workflow command for each, errors first, and a line on what GitHub does not show."""
    ordered = sorted(given.found, key=lambda each: each.severity is not Severity.ERROR)
    lines = [_command(each, given.head) for each in ordered]
    errors = sum(each.severity is Severity.ERROR for each in ordered)
    if max(errors, len(ordered) - errors) > SHOWN:
        lines.append(f"handrail: GitHub shows {SHOWN} annotations of each kind; this log holds all of them.")
    if given.unlisted:
        lines.append(f"handrail: {given.unlisted:,} more were found and are not listed.")
    return "".join(f"{line}\n" for line in lines)


def _command(each: Diagnostic, head: str) -> str:
    at = ""
    if each.span is not None:
        span = each.span
        columns = f"col={span.column},endColumn={span.column + span.length}"
        at = f"file={workflow_property(head + span.path)},line={span.line},{columns},"
    title = workflow_property(f"{each.code} {CODES[each.code].slug}")
    said = "\n".join(" ".join(part.split()) for part in (each.message, each.help) if part)
    return f"::{each.severity.value} {at}title={title}::{workflow_message(said)}"


def _sarif(given: LintReport) -> str:
    """A log of one run; its rules are the codes that occur."""
    rules = sorted({each.code for each in given.found})
    index = {code: place for place, code in enumerate(rules)}
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if given.unlisted:
        text = f"{given.unlisted:,} more were found and are not listed."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    run = {
        "tool": {"driver": {"name": "handrail lint", "rules": [_rule(code) for code in rules]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_result(each, index[each.code], given.head) for each in given.found],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return values_to_json(log)


def _rule(code: str) -> dict[str, Any]:
    entry = CODES[code]
    return {
        "id": code,
        "name": entry.slug,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.why},
        "help": {"text": f"Not so:\n{entry.example}\n\nBut so:\n{entry.instead}\n\nMore: handrail explain {code}"},
        "defaultConfiguration": {"level": entry.severity.value},
    }


def _result(each: Diagnostic, rule: int, head: str) -> dict[str, Any]:
    said = " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in (each.message, each.help) if part)
    path = each.span.path if each.span else ""
    identity = hashlib.sha256(f"{each.code}\n{path}\n{each.message}".encode()).hexdigest()
    result: dict[str, Any] = {
        "ruleId": each.code,
        "ruleIndex": rule,
        "level": each.severity.value,
        "message": {"text": sarif_text(said)},
        "partialFingerprints": {"handrailLint/v1": identity},
    }
    if each.span is not None:
        result["locations"] = [_location(each.span, head)]
    if each.also:
        result["relatedLocations"] = [
            {**_location(span, head), "id": number, "message": {"text": sarif_text(label)}}
            for number, (span, label) in enumerate(each.also, 1)
        ]
    return result


def _location(span: Span, head: str) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.column + span.length}
    return {"physicalLocation": {"artifactLocation": {"uri": uri_path(head + span.path)}, "region": region}}


FORMATS: Mapping[str, Callable[[LintReport], str]] = MappingProxyType(
    {"text": _text, "json": _json, "github": _github, "sarif": _sarif}
)
"""Format -> the report; each line is ended, and there may be none."""


def fixed_line(path: str, done: tuple[str, ...]) -> str:
    """What `--fix` did to one file."""
    return terminal(f"fixed {path}: {'; '.join(done)}")
