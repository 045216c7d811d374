"""What to do about each reason: one sentence that a reader can act on.

Belongs here: the table from reason codes to sentences. Never here: which step comes first (`assess.plan`). Slots take
ids and titles of the catalog only.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from handrail.catalog.resolve import alternatives
from handrail.model.bundle import Bundle
from handrail.model.catalog import Requirement

ADVICE = MappingProxyType(
    {
        "undeclared": "Answer {control} in handrail.yaml. It asks for {asked}.",
        "not-implemented": "Put {control} in place; handrail show {control} tells a smallest start. It asks for "
        "{asked}.",
        "planned": "Carry out what is planned for {control}. It asks for {asked}.",
        "overdue": "Carry out what was planned for {control}, or give it a new day in its due key.",
        "unreviewed": "Read the statement of {control}, and confirm the answer with handrail review.",
        "requirement-changed": "Read the new statement of {control}, change the answer if it no longer holds, and "
        "confirm it with handrail review.",
        "na-not-allowed": "Give {control} another answer; if it cannot apply to the project, correct the declared "
        "facts.",
        "na-unjustified": "Say under justification why {control} does not apply.",
        "justified-na": "Look again at {control}: another control that applies requires it.",
        "inherited": "Get an assessment from upstream in which {control} is satisfied and current, or answer it "
        "yourselves.",
        "upstream-unverified": "Get the upstream's assessment again and declare its digest, or answer {control} "
        "yourselves.",
        "upstream-unsigned": "Ask upstream for a signed assessment, or supply {asked} yourselves.",
        "upstream-not-applicable": "Answer {control} yourselves; upstream does not judge it.",
        "upstream-not-inheritable": "Answer {control} yourselves. It asks for {asked}.",
        "alternative-unjustified": "Say under justification how the other measure does what {control} asks.",
        "alternative-unattested": "Supply, for {control}, an attestation by an accepted organisation that the other "
        "measure does the same.",
        "partial": "Complete what {control} asks, then declare it implemented.",
        "evidence-contradicts": "Read what the file for {requirements} shows; mend what it speaks of, or supply the "
        "right file.",
        "evidence-partial": "Supply {requirements} for all that it is to cover.",
        "evidence-missing": "Supply {requirements}.",
        "evidence-unreadable": "Supply {requirements} as a file that can be read as what it should be.",
        "evidence-stale": "Repeat the work behind {requirements} and supply the new record.",
        "evidence-altered": "Find out why the file for {requirements} has changed; declare its digest again only if "
        "the change was meant.",
        "evidence-mismatch": "Supply {requirements}, speaking of the artifact declared in handrail.yaml.",
        "evidence-future": "Correct the date of {requirements}; it lies after the day of this report.",
        "evidence-undated": "Give the date of the activity inside {requirements}.",
        "evidence-tier": "Supply {requirements} at the tier asked for.",
        "evidence-unavailable": "Install what checks {requirements}; handrail list kinds names it.",
        "evidence-refused": "Supply {requirements} as a plain file inside the project.",
        "no-evidence-asked": "Tell the catalog's steward that {control} asks for no evidence.",
        "blocked-by": "Close first: {blockers}.",
    }
)
"""Code -> sentence, for every reason that keeps a control open."""


def next_step(
    code: str,
    control: str,
    bundle: Bundle,
    *,
    requirements: Iterable[str] = (),
    blocked_by: Iterable[str] = (),
    brief: bool = False,
) -> str:
    """The sentence for a reason, or no text where there is nothing to do.

    Args:
        code: a reason code.
        control: the control it was given for.
        bundle: gives the titles of what the control asks for.
        requirements: the ids that the reason speaks of; none means all that the control asks for.
        blocked_by: the controls it waits for.
        brief: the reason stands beside it and names what it speaks of, and there is no room for all that is asked.
    """
    groups = [alternatives(group) for group in bundle.controls[control].evidence]
    named = set(requirements)
    concerned = [one for group in groups for one in group if one.id in named]
    if brief:
        asked = "what its page lists"
        names = ("it" if len(concerned) == 1 else "them") if concerned else ""
    else:
        asked = "; ".join(" or ".join(_named(one) for one in group) for group in groups) or "no evidence"
        names = "; ".join(map(_named, concerned))
    return ADVICE.get(code, "").format(
        control=control,
        asked=asked,
        requirements=names or asked,
        blockers=", ".join(blocked_by) or "what it requires",
    )


def _named(requirement: Requirement) -> str:
    return f"\u201c{requirement.title}\u201d ({requirement.kind})"
