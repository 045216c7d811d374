"""The report as JUnit XML, a test case for each control, for CI systems that show test results.

Belongs here: layout. Never here: a sentence (`report.wording`). All input passes `escape.terminal` and `escape.xml`
here.

A case fails if and only if it decides the exit code. A case without a failure reads as passed in most viewers, so only
a satisfied control is one: what is open and does not decide the exit code, is waived, or does not apply, is skipped,
with the sentence that says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handrail.model.bundle import Bundle
from handrail.report.formats import Judged, ReportInput
from handrail.report.standing import Standing, StandingRow, standing_rows
from handrail.report.view import project_title
from handrail.report.wording import about_line, fixed_note, headline, headline_facts
from handrail.source.escape import terminal, xml


def render(given: ReportInput) -> str:
    """One suite for each project, ended by a line end; no text for no project."""
    if not given.assessments:
        return ""
    suites = [_suite(one, given.bundle) for one in given.projects()]
    lines = [line for suite in suites for line in suite]
    return "\n".join(
        ('<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="handrail">', *lines, "</testsuites>", "")
    )


def _suite(one: Judged, bundle: Bundle) -> Iterator[str]:
    assessment = one.assessment
    lines = standing_rows(one, bundle)
    count = Counter(map(_kind, lines))
    facts = headline_facts(assessment, bundle, fictional=one.declaration.project.fictional)
    yield (
        f'  <testsuite name="{_in_xml(project_title(assessment))}" tests="{len(lines)}" '
        f'failures="{count["failed"]}" errors="0" skipped="{count["skipped"]}" '
        f'timestamp="{assessment.as_of.isoformat()}T00:00:00">'
    )
    yield "    <properties>"
    yield f'      <property name="judged" value="{_in_xml(about_line(assessment))}"/>'
    yield f'      <property name="headline" value="{_in_xml(" ".join(headline(facts)))}"/>'
    yield f'      <property name="note" value="{_in_xml(fixed_note(assessment.project.name))}"/>'
    yield "    </properties>"
    for line in lines:
        yield from _case(one, line)
    yield "  </testsuite>"


def _kind(line: StandingRow) -> str:
    if line.standing.decides:
        return "failed"
    return "shown" if line.standing is Standing.SATISFIED else "skipped"


def _case(judged: Judged, line: StandingRow) -> Iterator[str]:
    where = ""
    if judged.files is not None:
        span = judged.files.span(line.finding)
        where = f' file="{_in_xml(span.path)}" line="{span.line}"'
    classname = f"{judged.assessment.project.id}.{line.finding.principle}"
    words = [_in_xml(one) for one in line.sentences()]
    text = "\n".join(words)
    yield f'    <testcase classname="{classname}" name="{_in_xml(f"{line.row.control} {line.row.title}")}"{where}>'
    match _kind(line):
        case "failed":
            yield f'      <failure type="{line.row.finding}" message="{words[0]}">{text}</failure>'
        case "shown":
            yield f"      <system-out>{text}</system-out>"
        case _:
            yield f'      <skipped message="{" ".join(words)}"/>'
    yield "    </testcase>"


def _in_xml(text: str) -> str:
    return xml(terminal(text))
