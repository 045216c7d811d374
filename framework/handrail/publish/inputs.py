"""From what a person names to gaps: declarations are checked, recorded assessments are read, one at a time.

Belongs here: telling the two apart, consent, and gathering what a page needs beside the assessment. Never here: a page,
a rule. Nothing that was given out is kept, so ten thousand records need the memory of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handrail.assess.assess import controls_in_force, judge_subject
from handrail.assess.project import may_publish, project_publicly
from handrail.model.bundle import Bundle
from handrail.model.limits import MIB
from handrail.model.vocabulary import Attestor
from handrail.publish.gap import Gap, InternalGap, NoConsent, PublicGap, RecordedGap, left_behind
from handrail.report.canonical import to_json
from handrail.report.trend import TrendPoint, trend
from handrail.source.diagnostics import Collector, InputError, Span
from handrail.source.files import FileRefused, Root, refusal
from handrail.workspace.check import Checked, check_project
from handrail.workspace.find import find_declarations
from handrail.workspace.history import recorded
from handrail.workspace.load import shown_path
from handrail.workspace.saved import saved_assessments

DAYS_AHEAD = 90
"""As far as `handrail forecast` looks by default."""

# Three times the record of a project that answers 1,000 controls.
_LINE_BYTES = 4 * MIB
_LINES = (".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What a build goes by: the catalog, the day, whom the reader trusts, and for whom the site is.

    `before` holds what the last build of a preview made of each declaration, and from what.
    """

    bundle: Bundle
    digest: str
    as_of: date
    attestors: Mapping[str, Attestor]
    internal: bool
    before: dict[Path, tuple[object, Gap]] = field(default_factory=dict)


def gaps(paths: Iterable[Path], build: Build, out: Collector, *, say: Callable[[str], object]) -> Iterator[Gap]:
    """The gaps of everything named, in the order given.

    Args:
        paths: declarations, folders that hold them, and files of recorded assessments: JSON as `check --format json`
            writes it, or such objects line by line (NDJSON).
        build: what the build goes by.
        out: takes what is wrong with a declaration; after the last, errors stop the build.
        say: is told which projects get no page, and why.

    Raises:
        InputError: a record cannot be read, or, at the end, a declaration had errors.
    """
    given = tuple(paths)
    records = [one for one in given if one.suffix in (".json", *_LINES)]
    declared = tuple(one for one in given if one not in records)
    for path in find_declarations(declared, out) if declared else ():
        checked = check_project(path, build.bundle, build.digest, out, as_of=build.as_of, attestors=build.attestors)
        if checked is None:
            continue
        if not build.internal and not may_publish(checked.declaration):
            say(f"{checked.assessment.project.name}: no page, because its declaration gives no consent (`publish:`)")
            yield NoConsent(project=checked.assessment.project.id)
        else:
            days = _days(checked, out)
            made_from = (build.digest, build.as_of, checked.subject, days)
            known, gap = build.before.get(path, (None, None))
            if gap is None or known != made_from:
                gap = _of_declaration(checked, build, days)
                build.before[path] = (made_from, gap)
            yield gap
    out.raise_if_errors()
    for path in records:
        if not build.internal:
            say(f"{path}: no page, because a record carries no consent; name the declarations, or use --internal")
            continue
        yield from _of_records(path)


def _of_declaration(checked: Checked, build: Build, days: tuple[TrendPoint, ...]) -> Gap:
    declaration, run = checked.declaration, checked.assessment
    earlier = left_behind(declaration.catalog.digest, build.bundle, on=build.as_of)
    if not build.internal:
        return PublicGap(report=project_publicly(run, build.bundle, declaration), trend=days, earlier=earlier)
    from handrail.assess.flip import ways_to_close
    from handrail.assess.forecast import forecast
    from handrail.assess.plan import remediation_plan

    controls = controls_in_force(build.bundle, declaration, as_of=build.as_of)
    findings, answers = judge_subject(build.bundle, build.digest, checked.subject, controls, as_of=build.as_of)
    ways = ways_to_close(controls, answers, checked.subject, findings, as_of=build.as_of)
    return InternalGap(
        assessment=run,
        fictional=declaration.project.fictional,
        homepage=declaration.project.homepage,
        plan=remediation_plan(run, build.bundle, answers, ways),
        ahead=forecast(build.bundle, build.digest, checked.subject, as_of=build.as_of, days=DAYS_AHEAD),
        trend=days,
        earlier=earlier,
    )


def _days(checked: Checked, out: Collector) -> tuple[TrendPoint, ...]:
    """The recorded days up to this one; nothing where there is no other."""
    run = checked.assessment
    before = recorded(checked.project.folder, run.project.id, out)
    points = trend((*(one for one in before if one.as_of < run.as_of), run))
    return points if len(points) > 1 else ()


def _of_records(path: Path) -> Iterator[Gap]:
    shown = shown_path(path)
    if path.suffix not in _LINES:
        for one in saved_assessments(path).values():
            yield RecordedGap(to_json(one).encode(), Span(shown, 1, 1))
        return
    try:
        with Root(path.parent) as root, root.stream(path.name, buffer=MIB) as stream:
            number = 0
            while line := stream.readline(_LINE_BYTES):
                number += 1
                if not line.isspace():
                    yield RecordedGap(line, Span(shown, number, 1))
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
