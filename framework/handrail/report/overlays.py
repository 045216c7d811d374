"""What packs ask beyond the catalog, in a sentence each, for `show` and the site.

Belongs here: the sentence. Never here: what an overlay does (`catalog.overlay`), and an encoder.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.catalog.resolve import alternatives
from handrail.model.bundle import Bundle
from handrail.model.pack import Overlay, asked_beyond
from handrail.report.agreement import number


def overlay_lines(control: str, bundle: Bundle) -> tuple[str, ...]:
    """For each pack that asks more of a control: what, and why."""
    return tuple(f"Pack {part.prefix}: {_more(one)}. {one.because}" for part, one in asked_beyond(control, bundle))


def _more(overlay: Overlay) -> str:
    return "; ".join(_parts(overlay)) or "a mapping"


def _parts(overlay: Overlay) -> Iterator[str]:
    if overlay.level:
        yield f"at least {overlay.level.upper()}"
    if overlay.max_age:
        yield f"evidence at most {number(overlay.max_age.days, 'day')} old"
    for name, tier in overlay.assurance.items():
        yield f"{name} at least {tier}"
    for group in overlay.evidence:
        yield "also " + " or ".join(one.title for one in alternatives(group))
