"""What decides the exit code of one check: the gate of the assessment, made stricter or narrower for this run.

Belongs here: `--min-assurance` and `--changed-since`. Never here: findings and summaries, which neither option changes;
the gate itself (`assess.summary`).

A least assurance makes the gate stricter: a satisfied control of the gate's levels that is shown at a lower tier counts
as open, for the exit code only. It does not count so for what requires it, and a waiver that holds covers it as it
would cover an open control. An earlier assessment makes the gate narrower: what blocked then, by the same gate and the
same least assurance, does not decide the exit code now. Not-satisfied, undetermined and partial are all open, so a
change between them is no new gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.assess.summary import AT_LEAST, counted, gate
from handrail.model.assessment import Assessment
from handrail.model.terms import Assurance, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AtGate:
    """The controls that make `check` exit with 1, by their ids in reading order.

    `below` are those of `blocking` that are satisfied, but shown at a lower tier than `min_assurance`; `known` blocked
    at `since` already, in the tree of `revision` if one is named, and are not in `blocking`.
    """

    blocking: tuple[str, ...]
    below: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    min_assurance: Assurance | None = None
    since: date | None = None
    revision: str | None = None


def at_gate(
    assessment: Assessment,
    *,
    min_assurance: Assurance | None = None,
    before: Assessment | None = None,
    revision: str | None = None,
) -> AtGate:
    """What decides the exit code.

    Args:
        assessment: the run; its own gate says which levels block.
        min_assurance: the least tier at which a satisfied control counts as satisfied here.
        before: an earlier assessment of the same project; None counts every gap, new or not.
        revision: the git revision of which `before` is the assessment, if it is of one.
    """
    blocking = _blocking(assessment, assessment, min_assurance)
    then = frozenset(_blocking(before, assessment, min_assurance)) if before else frozenset()
    new = tuple(one for one in blocking if one not in then)
    by_gate = frozenset(assessment.summary.gate.blocking)
    return AtGate(
        blocking=new,
        below=tuple(one for one in new if one not in by_gate),
        known=tuple(one for one in blocking if one in then),
        min_assurance=min_assurance,
        since=before.as_of if before else None,
        revision=revision if before else None,
    )


def _blocking(judged: Assessment, asks: Assessment, least_tier: Assurance | None) -> tuple[str, ...]:
    """What of `judged` the gate of `asks` stops, in reading order."""
    fail_on = asks.summary.gate.fail_on
    level = AT_LEAST.get(fail_on)
    stopped = set(gate({one.control: one for one in judged.findings}, fail_on).blocking)
    if least_tier is not None and level is not None:
        stopped.update(
            one.control
            for one in counted(judged.findings)
            if one.finding is Finding.SATISFIED
            and one.level >= level
            and (one.assurance or Assurance.CLAIMED) < least_tier
            and not (one.waiver and one.waiver.holds)
        )
    return tuple(one.control for one in judged.findings if one.control in stopped)
