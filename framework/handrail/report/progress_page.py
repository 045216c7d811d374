"""Progress as a public page: one HTML file in plain language, with no script and nothing loaded from elsewhere.

Belongs here: the words of the page, and its layout. Never here: what may be shown (`assess.progress`, through the
public projection). Only for a project that consents to a public page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from types import MappingProxyType

from handrail.assess.progress import Move, Movement, PublicProgress, of_class
from handrail.model.bundle import Bundle
from handrail.model.public import PublicCount, PublicReport
from handrail.report.agreement import number
from handrail.report.headline import headline
from handrail.report.progress import moved, notes
from handrail.report.wording import fixed_note
from handrail.source import escape

PLAIN = MappingProxyType(
    {
        Move.IMPROVED: (
            "Shown now",
            "These were open on the earlier day. By the later day, the evidence that the catalogue asks for had been "
            "supplied.",
        ),
        Move.REGRESSED: (
            "No longer shown",
            "These were satisfied on the earlier day, and are open on the later one.",
        ),
        Move.LAPSED: (
            "Out of date",
            "Evidence counts for a limited time. For these it ran out and was not renewed.",
        ),
        Move.EVIDENCE_WITHDRAWN: (
            "Not in place before, not shown now",
            "The project reported these as not in place, or its files showed that they were not. On the later day "
            "nothing shows it either way. This is not progress.",
        ),
        Move.STILL_OPEN: (
            "Open on both days, in another way",
            "None of the ways of being open is better than another.",
        ),
        Move.REWORDED: (
            "The text has changed",
            "What is asked for here is another on the later day. The two days cannot be compared.",
        ),
        Move.APPEARED: ("New in the report", "These did not count on the earlier day."),
        Move.LEFT_SCOPE: (
            "No longer in the report",
            "These counted on the earlier day and do not now. This is not progress.",
        ),
    }
)
"""Heading and explanation of each class of change, for a reader who knows none of our words."""

_STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222;"
    "background:#fff}h1{line-height:1.2}h2{margin-top:2rem}li{margin:.4rem 0}.note{border-top:1px solid #767676;"
    "margin-top:2rem;padding-top:1rem;color:#444}"
)

_POLICY = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
"""Nothing is loaded and nothing runs; the one style sheet is known by its digest."""


def progress_page(given: PublicProgress, bundle: Bundle) -> str:
    """The page, ended by a line end. Names and titles come from the project and the catalog and are encoded here."""
    name = given.new.project.name
    title = _html(f"What changed for {name}, {given.old.as_of.isoformat()} to {given.new.as_of.isoformat()}")
    lines = (
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{title}</title><style>{_STYLE}</style></head>",
        f"<body><main><h1>{title}</h1>",
        *_day("The earlier day", given.old),
        *_day("The later day", given.new),
        *(f"<p>{_html(one)}</p>" for one in notes(given.differs, given.relaxed, given.tightened)),
        *_classes(given, bundle),
        *_counted(given),
        f'<p class="note">{_html(fixed_note(name))}</p>',
        "</main></body></html>",
    )
    return "\n".join((*lines, ""))


def _day(title: str, report: PublicReport) -> Iterator[str]:
    yield f"<h2>{title}</h2>"
    yield f"<p>{_html(' '.join(headline(report.headline)))}</p>"


def _classes(given: PublicProgress, bundle: Bundle) -> Iterator[str]:
    for move in Move:
        some = of_class(given.movements, move)
        if some:
            heading, explanation = PLAIN[move]
            yield f"<h2>{_html(heading)}</h2>"
            yield f"<p>{_html(explanation)}</p>"
            yield "<ul>"
            yield from (_item(one, bundle) for one in some)
            yield "</ul>"
    if not given.movements:
        yield "<p>Of the results shown one by one, none has changed.</p>"


def _item(one: Movement, bundle: Bundle) -> str:
    title = bundle.controls[one.control].title
    return f"<li><strong>{_html(title)}</strong> ({_html(one.control)}): {_html(moved(one, public=True))}</li>"


def _counted(given: PublicProgress) -> Iterator[str]:
    if given.counted_before.controls or given.counted_after.controls:
        yield "<h2>Counted, and not shown one by one</h2>"
        yield (
            f"<p>On the earlier day: {_sums(given.counted_before)}. On the later day: {_sums(given.counted_after)}.</p>"
        )


def _sums(count: PublicCount) -> str:
    return f"{number(count.controls, 'result')}, {count.satisfied} satisfied and {count.open} open"


def _html(text: str) -> str:
    """Text for the page; what would turn the order of reading, or not be seen, is shown as an escape."""
    return escape.html(escape.terminal(text))
