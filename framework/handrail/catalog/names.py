"""Sentences about names: one that nothing bears, and one that two things bear.

Belongs here: how both are told. Never here: which names there are (`link`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from handrail.model import limits
from handrail.source.diagnostics import Collector, Span
from handrail.source.nearest import did_you_mean

# As many names as a reader takes in at a glance; more are not listed.
_LISTED = 12


def unknown(
    code: str, what: str, name: str, known: Collection[str], span: Span, out: Collector, *, of: str = ""
) -> None:
    """Tell that no such thing bears the name; with the nearest that one does, or all if they are few.

    Args:
        code: the code of the diagnostic.
        what: the sort of thing.
        name: the name that nothing bears.
        known: the names that are borne.
        span: where the name stands.
        out: is told.
        of: where the name was looked for, if that needs saying.
    """
    advice = ""
    # Looking for a near name costs a millisecond among a thousand; nobody reads the hundredth.
    if out.errors < limits.DIAGNOSTICS_SHOWN:
        advice = did_you_mean(name, known)
    if not advice and 0 < len(known) <= _LISTED:
        advice = "known: " + ", ".join(f"`{one}`" for one in known)
    out.error(code, f"unknown {what} `{name}`" + (f" of {of}" if of else ""), span, help=advice)


def told_apart(what: str, given: Iterable[tuple[str, Callable[[], Span]]], out: Collector) -> None:
    """Tell of every name that is given more than once, at both places; a place is worked out only then."""
    first: dict[str, Callable[[], Span]] = {}
    for name, place in given:
        if first.setdefault(name, place) is not place:
            out.error(
                "HR202",
                f"{what} `{name}` is given twice",
                place(),
                label="given again here",
                help="give one of the two another id",
                also=((first[name](), "first given here"),),
            )
