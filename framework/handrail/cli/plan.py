"""`handrail plan` and `handrail forecast`: what to do in which order, and what time will change.

Belongs here: arguments and the order of the steps. Never here: the order of work, the forecast, their layout.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from handrail.cli.options import (
    AsOf,
    Catalog,
    Colour,
    IncludeDraft,
    TrustFile,
    chosen_catalog,
    day_or_today,
    wants_colour,
)
from handrail.model.terms import FailOn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handrail.report.sheet import Sheet

NARROWEST, WIDEST = 40, 100
FARTHEST_AHEAD = 731
"""Two years: every age and every waiver of the catalog has run out by then."""

Project = Annotated[Path | None, typer.Argument(metavar="[PATH]", help="The project (default: as `check` finds it).")]
_Given = TypeVar("_Given")


def plan(
    path: Project = None,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    by: Annotated[
        str, typer.Option("--by", metavar="order|owner|due", help="Group the steps; their numbers stay.")
    ] = "order",
    format_: Annotated[str, typer.Option("--format", "-f", metavar="text|markdown|csv|json")] = "text",
    include_draft: IncludeDraft = False,
    color: Colour = "auto",
) -> None:
    """List what would close the open controls, in order.

    MUST gaps first, and what they wait for before them.
    """
    from handrail.assess.assess import controls_in_force, judge_subject
    from handrail.assess.flip import ways_to_close
    from handrail.assess.plan import remediation_plan
    from handrail.cli.project import checked_project
    from handrail.report.plan import FORMATS, By, PlanInput

    report = chosen_format(format_, FORMATS)
    check_name(by, By, "--by")
    sheet = chosen_sheet(color)
    bundle, digest = chosen_catalog(catalog)
    day = day_or_today(as_of)
    checked = checked_project(path, bundle, digest, day, include_draft=include_draft, trust=trust)
    controls = controls_in_force(bundle, checked.declaration, as_of=day, include_draft=include_draft)
    findings, answers = judge_subject(bundle, digest, checked.subject, controls, as_of=day)
    ways = ways_to_close(controls, answers, checked.subject, findings, as_of=day)
    steps = remediation_plan(checked.assessment, bundle, answers, ways)
    given = PlanInput(steps=steps, assessment=checked.assessment, bundle=bundle, by=By(by), sheet=sheet)
    sys.stdout.write(report(given))


def forecast(
    path: Project = None,
    days: Annotated[int, typer.Option("--days", min=1, max=FARTHEST_AHEAD, help="How many days to look ahead.")] = 90,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="text|markdown|json")] = "text",
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Level of the gate in the counts.")] = FailOn.MUST,
    include_draft: IncludeDraft = False,
    color: Colour = "auto",
) -> None:
    """Tell what goes stale, ends or begins in the days to come.

    And what the findings will be then, if nothing is done.
    """
    from handrail.assess.forecast import forecast as forecast_of
    from handrail.cli.project import checked_project
    from handrail.report.forecast import FORMATS, ForecastInput

    report = chosen_format(format_, FORMATS)
    sheet = chosen_sheet(color)
    bundle, digest = chosen_catalog(catalog)
    day = day_or_today(as_of)
    checked = checked_project(path, bundle, digest, day, include_draft=include_draft, trust=trust)
    ahead = forecast_of(
        bundle, digest, checked.subject, as_of=day, days=days, fail_on=fail_on, include_draft=include_draft
    )
    sys.stdout.write(report(ForecastInput(forecast=ahead, bundle=bundle, sheet=sheet)))


def chosen_format(name: str, formats: Mapping[str, Callable[[_Given], str]]) -> Callable[[_Given], str]:
    """The format of that name.

    Raises:
        BadParameter: there is none.
    """
    check_name(name, formats, "--format")
    return formats[name]


def check_name(name: str, names: Iterable[str], option: str) -> None:
    """Refuse a value that an option does not have, naming those that it has."""
    known = tuple(names)
    if name not in known:
        raise typer.BadParameter(f"'{name}' is not one of {', '.join(known)}", param_hint=option)


def chosen_sheet(color: str) -> Sheet:
    """The terminal that standard output goes to, as wide as is well read."""
    from handrail.report.sheet import Sheet

    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))
    return Sheet(width=width, colour=wants_colour(color, sys.stdout.isatty()))


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(plan)
    app.command()(forecast)
