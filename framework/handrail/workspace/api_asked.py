"""The public Python API, which `import handrail` gives: what can be asked of an assessment.

Belongs here: why a finding is what it is, what would change it, what time and work change, and reports. Never here: a
rule of its own, and how an assessment is made (`api`). The examples go on from those of `api`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.assess.assess import controls_in_force, judge_subject
from handrail.model.assessment import Assessment, ControlFinding
from handrail.workspace.api import Checked
from handrail.workspace.saved import saved_assessments

if TYPE_CHECKING:  # each is loaded by the one function that uses it
    from handrail.assess.answers import TiedAnswer
    from handrail.assess.explain import Proof
    from handrail.assess.flip import Flip, Ways
    from handrail.assess.forecast import Forecast
    from handrail.assess.plan import PlannedStep
    from handrail.assess.progress import Progress
    from handrail.catalog.resolve import InForce

__all__ = ["explain", "forecast", "load_assessments", "plan", "progress", "render"]


def explain(checked: Checked, control: str) -> tuple[Proof, Flip | None]:
    """Prove one finding, and find the smallest change that would flip it to satisfied.

    Args:
        checked: from `check` or `judge`.
        control: its id, such as `SRC-03`.

    Returns:
        The proof, of which `.steps` are the rules in the order in which they apply, and the smallest change: its
        `.edits` are None where nothing that could be added would help. There is no change for a control that is not
        open.

    Raises:
        KeyError: the control is not in the project's checklists.

    Source: `handrail explain`; `assess.flip` says how the smallest change is found.

    Example:
        >>> proof, change = handrail.explain(checked, checked.assessment.summary.open_must[0])
        >>> proof.finding.finding.value, len(change.edits)
        ('undetermined', 1)
    """
    from handrail.assess.explain import prove
    from handrail.assess.flip import smallest_change

    controls, findings, answers, ways = _judged(checked)
    in_force = next((one for one in controls if one.control.id == control), None)
    if in_force is None:
        raise KeyError(control)
    seen = checked.subject.observations.get(control, ())
    proof = prove(in_force, answers.get(control), seen, findings, as_of=checked.assessment.as_of)
    return proof, smallest_change(control, ways)


def plan(checked: Checked) -> tuple[PlannedStep, ...]:
    """List what would close every open control, in an order in which it can be done: MUST gaps first.

    Args:
        checked: from `check` or `judge`.

    Returns:
        Steps, prerequisites before dependents; each has `.control`, `.effort`, `.edits` and what it `.unblocks`.

    Source: `handrail plan`; `assess.plan` says how the order comes about.

    Example:
        >>> steps = handrail.plan(checked)
        >>> steps[0].control, steps[0].effort.value
        ('TST-03', 'L')
    """
    from handrail.assess.plan import remediation_plan

    _, _, answers, ways = _judged(checked)
    return remediation_plan(checked.assessment, checked.catalog.bundle, answers, ways)


def forecast(checked: Checked, *, days: int = 90) -> Forecast:
    """Judge what was observed on each of the coming days: what goes stale, ends or begins if nothing is done.

    Args:
        checked: from `check` or `judge`.
        days: how many days to look ahead, at least 1.

    Returns:
        `.weeks`, each with its `.events` and, on its last day, the `.summary`.

    Source: `handrail forecast`; evidence is fresh up to its date and `max_age` days after it.

    Example:
        >>> ahead = handrail.forecast(checked, days=14)
        >>> [(week.start.isoformat(), len(week.events)) for week in ahead.weeks]
        [('2026-11-25', 0), ('2026-12-02', 4)]
    """
    from handrail.assess.forecast import forecast as forecast_of

    run, catalog = checked.assessment, checked.catalog
    fail_on = run.summary.gate.fail_on
    return forecast_of(catalog.bundle, catalog.digest, checked.subject, as_of=run.as_of, days=days, fail_on=fail_on)


def progress(old: Assessment, new: Assessment) -> Progress:
    """Compare two assessments of one project.

    Args:
        old: the earlier one.
        new: the later one.

    Returns:
        `.movements`, one for each control that is not as it was, and how many are `.unchanged`.

    Raises:
        ValueError: they are of two projects, or the newer one was given first.

    Source: `handrail progress`; `assess.progress` says what counts as progress and what never does.

    Example:
        >>> old, new = (handrail.check("examples/aurora-image", as_of=day).assessment
        ...             for day in (date(2026, 11, 24), date(2027, 3, 1)))
        >>> [(one.control, one.move.value) for one in handrail.progress(old, new).movements][:1]
        [('SRC-02', 'lapsed')]
    """
    from handrail.assess.progress import progress as progress_of

    return progress_of(old, new)


def load_assessments(path: Path | str) -> Mapping[str, Assessment]:
    """Read back what `handrail check --format json` or `render(checked, "json")` gave.

    Args:
        path: the file.

    Returns:
        The assessments by the id of their project.

    Raises:
        InputError: it cannot be read, or it is not what such a run gives; nothing is guessed or converted.

    Source: the schema `assessment`.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = Path(folder, "before.json").write_text(handrail.render(checked, "json"), encoding="utf-8")
        ...     handrail.load_assessments(Path(folder, "before.json"))["aurora-image"] == checked.assessment
        True
    """
    return saved_assessments(Path(path))


def render(
    checked: Checked,
    format: str = "text",
    *,
    public: bool = False,
    site: str = "",
    width: int = 80,
    verbose: bool = False,
) -> str:
    """Report on one project.

    Args:
        checked: from `check` or `judge`.
        format: `text`, `json`, `markdown`, `html`, `sarif`, `junit`, `github`, `csv`, `badge` or `badge-svg`; with
            `public` only `text`, `json`, `html` and the badges.
        public: what may be published of it, and nothing else. Publish it only where the project consents, which its
            declaration says: `checked.subject.declaration.publish` is not None.
        site: the address of a published site, ended by `/`, to which html and sarif link.
        width: columns of the text report.
        verbose: show every control, not only the open ones.

    Returns:
        The report, ended by a line end. Without `public`, all but the badges hold what is never published.

    Raises:
        ValueError: there is no such format.

    Source: `handrail check`; `assess.project` says what is never published.

    Example:
        >>> import json
        >>> json.loads(handrail.render(checked, "json", public=True))["project"]["name"]
        'Aurora'
    """
    from handrail.report.formats import FORMATS, PUBLIC_FORMATS, ReportInput
    from handrail.report.places import DeclaredFiles

    formats = PUBLIC_FORMATS if public else FORMATS
    if format not in formats:
        raise ValueError(f"{format!r} is not one of {', '.join(formats)}")
    read = checked.files
    files = (DeclaredFiles(declaration=read.declaration, organisation=read.organisation),) if read else ()
    given = ReportInput(
        assessments=(checked.assessment,),
        declarations=(checked.subject.declaration,),
        bundle=checked.catalog.bundle,
        files=files,
        site=site,
        width=width,
        verbose=verbose,
    )
    return formats[format](given)


def _judged(
    checked: Checked,
) -> tuple[tuple[InForce, ...], Mapping[str, ControlFinding], Mapping[str, TiedAnswer], Ways]:
    from handrail.assess.flip import ways_to_close

    subject, catalog, day = checked.subject, checked.catalog, checked.assessment.as_of
    controls = controls_in_force(catalog.bundle, subject.declaration, as_of=day)
    findings, answers = judge_subject(catalog.bundle, catalog.digest, subject, controls, as_of=day)
    return controls, findings, answers, ways_to_close(controls, answers, subject, findings, as_of=day)
