"""What a gap report is made from: a project for the public or for its own people, a record, a consent withdrawn.

Belongs here: these values, and whether the text that a project answered has moved on. Never here: a page
(`pages_reports`), reading a file (`inputs`), or leaving anything out (`assess.project`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.assess.answers import bare
from handrail.assess.forecast import Forecast
from handrail.assess.plan import PlannedStep
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.public import PublicReport
from handrail.report.trend import TrendPoint
from handrail.source.diagnostics import Span

LEFT_BEHIND = timedelta(days=180)
"""So long after a release, an answer to the text before it is said to be one (report-wording, rule 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicGap:
    """What the public may see of one project. `earlier` is the version that it answered, where that is left behind."""

    report: PublicReport
    trend: tuple[TrendPoint, ...] = ()
    earlier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalGap:
    """Everything about one project."""

    assessment: Assessment
    fictional: bool = False
    homepage: str | None = None
    plan: tuple[PlannedStep, ...] = ()
    ahead: Forecast | None = None
    trend: tuple[TrendPoint, ...] = ()
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class RecordedGap:
    """A recorded assessment as it stands in its file, for the project's own people; `place` is where it stands.

    It knows no declaration, so it has no plan of edits and no forecast, and its page tells evidence in sum: there may
    be thousands of them.
    """

    record: bytes
    place: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NoConsent:
    """A project whose declaration does not consent to a page, or does so no longer."""

    project: str


Gap = PublicGap | InternalGap | RecordedGap | NoConsent


def left_behind(pin: str | None, bundle: Bundle, *, on: date) -> str:
    """The release that a pin names, if a later one has been out for longer than `LEFT_BEHIND`; else nothing.

    Args:
        pin: the digest of the catalog that a project was written against, with or without `sha256:`.
        bundle: lists the releases.
        on: the day of the build.
    """
    if pin is None:
        return ""
    released = next((one for one in bundle.releases if bare(one.digest) == bare(pin)), None)
    if released is None:
        return ""
    later = [one.date for one in bundle.releases if one.date > released.date]
    return released.version if later and on > min(later) + LEFT_BEHIND else ""
