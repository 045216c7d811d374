"""A badge: how many MUST controls are open, and on which day.

Belongs here: the two forms, an endpoint for shields and a picture of our own. Never here: a count (`assess.headline`).
The words are those of report-wording. The colour is the same for every result, so it says nothing: never green. A badge
is made to be shown, so the headline inside the picture is that of the public projection.
"""

from __future__ import annotations

from handrail.assess.project import project_publicly
from handrail.model.terms import Finding
from handrail.report.canonical import values_to_json
from handrail.report.formats import Judged, ReportInput
from handrail.report.headline import headline
from handrail.report.wording import fixed_note
from handrail.source.escape import terminal, xml

LABEL = "handrail"
COLOUR = "4a5a6a"
_LABEL_COLOUR = "2b3540"
_LETTER = 6.4
"""Pixels that a letter takes on average at 11 px; `textLength` makes every font keep to it."""
_MARGIN = 8


def message(judged: Judged) -> str:
    """What the badge says beside its label."""
    summary = judged.assessment.summary
    day = judged.assessment.as_of.isoformat()
    still_open = len(summary.open_must)
    if still_open:
        return f"{still_open} open MUST, {day}"
    satisfied = sum(count for finding, count in summary.must.items() if finding is not Finding.NOT_APPLICABLE)
    return f"evidence supplied for {satisfied} MUST, {day}" if satisfied else f"no MUST applied, {day}"


def endpoint(given: ReportInput) -> str:
    """The JSON that shields.io reads from an address, ended by a line end; no text for no project."""
    judged = _only(given)
    if judged is None:
        return ""
    return values_to_json({"schemaVersion": 1, "label": LABEL, "message": message(judged), "color": COLOUR})


def svg(given: ReportInput) -> str:
    """The badge as a picture that needs nothing from outside, ended by a line end; no text for no project."""
    judged = _only(given)
    if judged is None:
        return ""
    text = message(judged)
    public = project_publicly(judged.assessment, given.bundle, judged.declaration)
    about = " ".join((*headline(public.headline), fixed_note(public.project.name)))
    left, right = _width(LABEL), _width(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-labelledby="t d">\n'
        f'  <title id="t">{LABEL}: {text}</title>\n'
        f'  <desc id="d">{xml(terminal(about))}</desc>\n'
        f'  <rect width="{left + right}" height="20" rx="3" fill="#{COLOUR}"/>\n'
        f'  <path d="M3 0h{left - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#{_LABEL_COLOUR}"/>\n'
        f'  <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" text-anchor="middle">\n'
        f'    <text x="{left / 2:g}" y="14" textLength="{left - 2 * _MARGIN}">{LABEL}</text>\n'
        f'    <text x="{left + right / 2:g}" y="14" textLength="{right - 2 * _MARGIN}">{text}</text>\n'
        f"  </g>\n"
        f"</svg>\n"
    )


def _only(given: ReportInput) -> Judged | None:
    """The project of the run; a badge that summed several would be a score."""
    projects = given.projects()
    if len(projects) > 1:
        raise ValueError("a badge speaks of one project")
    return projects[0] if projects else None


def _width(text: str) -> int:
    return round(len(text) * _LETTER) + 2 * _MARGIN
