"""What a project could add so that one control, looked at by itself, is satisfied: the fewest edits of its answer.

Belongs here: the four kinds of edit, what each does to an answer and its observations, and the least of them for one
control. Never here: prerequisites (`assess.flip`), an edit that takes something away: no evidence removed, no fact
changed, nothing declared not applicable, no waiver, no smaller checklist. Where none of the four helps, none is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handrail.assess.answers import TiedAnswer
from handrail.assess.entries import judge_requirement, standing_entries
from handrail.assess.evaluate import Context, own
from handrail.assess.inherit import known_fingerprints
from handrail.catalog.resolve import Asked, InForce
from handrail.model.declaration import Answer
from handrail.model.kinds import KINDS
from handrail.model.observation import Observation
from handrail.model.terms import Assurance, Finding, State, Verdict


class Deed(StrEnum):
    """What an edit does."""

    TIE = "tie"
    """Read the statement as it stands, and tie the answer to it."""
    DECLARE = "declare"
    """Do it, and answer `implemented`: a first answer, or the present one raised."""
    SUPPLY = "supply"
    """Give a current entry for a requirement, before those that are given."""
    SUPERSEDE = "supersede"
    """Give a later run of what a requirement asks for, naming the one that shows the contrary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit of one control's answer.

    `code` is the reason it answers; of `declare` it is the present state, or `undeclared`. `requirement` and `tier`,
    the least that the new entry must reach, are set where an entry is given; `run` is the run superseded, in the words
    of the evidence.

    `effort` is a rough size that only compares: to declare, the control's own (S 1, M 2, L 4); to tie, 1; to supply, 1
    to 4 by tier and 1 more where nothing was supplied before; to supersede, to do it again and to supply.
    """

    deed: Deed
    control: str
    code: str
    effort: int
    requirement: str | None = None
    tier: Assurance | None = None
    run: str | None = None


def own_edits(
    control: InForce, answer: TiedAnswer | None, seen: Iterable[Observation], context: Context
) -> tuple[Edit, ...] | None:
    """The fewest edits, and of those the least effort, after which the control by itself is satisfied.

    None needed: `()`. None that would do: None, as where the catalog asks for no evidence, or where an entry shows
    the contrary and names no run that a later one could supersede. Whatever is returned was judged again and holds.
    """
    seen = tuple(seen)

    def satisfied(edits: tuple[Edit, ...]) -> bool:
        then = edited(control, answer, seen, edits, context.as_of)
        return own(control, *then, context).finding is Finding.SATISFIED

    if not control.scope.in_scope:
        return None
    candidates = sorted(((), *_candidates(control, answer, seen, context.as_of)), key=cost)
    return next((one for one in candidates if satisfied(one)), None)


def cost(edits: Iterable[Edit]) -> tuple[int, int]:
    """Number of edits, then their effort."""
    efforts = [one.effort for one in edits]
    return len(efforts), sum(efforts)


def edited(
    control: InForce, answer: TiedAnswer | None, seen: tuple[Observation, ...], edits: Iterable[Edit], as_of: date
) -> tuple[TiedAnswer | None, tuple[Observation, ...]]:
    """The answer and the observations as they would be after the edits, new entries first and dated `as_of`."""
    given: list[Observation] = []
    for one in edits:
        if one.deed is Deed.TIE and answer is not None:
            answer = replace(answer, tied_to=control.fingerprint)
        elif one.deed is Deed.DECLARE:
            answer = _declared(control, answer)
        elif one.requirement is not None:
            given.append(_as_it_would_be(one, one.requirement, as_of))
    return answer, (*given, *seen)


def _declared(control: InForce, answer: TiedAnswer | None) -> TiedAnswer:
    if answer is None:
        return TiedAnswer(answer=Answer(state=State.IMPLEMENTED), tied_to=control.fingerprint, by="project")
    raised = answer.answer.model_copy(update={"state": State.IMPLEMENTED, "upstream": None})
    return replace(answer, answer=raised)


def _as_it_would_be(edit: Edit, requirement: str, as_of: date) -> Observation:
    return Observation(
        requirement=requirement,
        kind="file",
        verdict=Verdict.SHOWN,
        tier=edit.tier or Assurance.CLAIMED,
        date=as_of,
        supersedes=edit.run,
        text="As it would be.",
    )


def _candidates(
    control: InForce, answer: TiedAnswer | None, seen: tuple[Observation, ...], as_of: date
) -> Iterator[tuple[Edit, ...]]:
    """Every set of edits that might do, of those that differ in nothing but effort the least."""
    state = answer.answer.state if answer else None
    tie = _tie(control, answer)
    evidence = _evidence(control, seen, as_of)
    if state is State.INHERITED:
        yield tie
    if evidence is None:
        return
    if state in (State.IMPLEMENTED, State.INHERITED, State.ALTERNATIVE):
        yield (*tie, *evidence)
    if state is State.ALTERNATIVE:
        yield from ((*tie, *one) for one in _attested(control, seen, evidence))
    if state is not State.IMPLEMENTED:
        code = "undeclared" if state is None else state.value
        raised = Edit(deed=Deed.DECLARE, control=control.control.id, code=code, effort=control.control.effort.work)
        yield (*tie, raised, *evidence)


def _tie(control: InForce, answer: TiedAnswer | None) -> tuple[Edit, ...]:
    if answer is None or answer.tied_to in known_fingerprints(control):
        return ()
    code = "unreviewed" if answer.tied_to is None else "requirement-changed"
    return (Edit(deed=Deed.TIE, control=control.control.id, code=code, effort=1),)


def _evidence(control: InForce, seen: tuple[Observation, ...], as_of: date) -> tuple[Edit, ...] | None:
    """What all requirements together lack; None where entries alone cannot give it."""
    edits: list[Edit] = []
    for group in control.asked:
        if judge_requirement(group, seen, as_of).finding is Finding.SATISFIED:
            continue
        contrary = [one for one in standing_entries(group, seen) if one[1].verdict is Verdict.CONTRADICTED]
        if any(one.run is None or (one.date or as_of) > as_of for _, one in contrary):
            return None
        if contrary:
            runs = {one.run: asked for asked, one in reversed(contrary)}
            edits += (_supersede(control, asked, run, asked.requirement.assurance) for run, asked in runs.items())
        else:
            supplies = (_supply(control, asked, seen, as_of) for asked in group)
            edits.append(min(supplies, key=lambda one: one.effort))
    return tuple(edits) if control.asked else None


def _supersede(control: InForce, asked: Asked, run: str | None, tier: Assurance) -> Edit:
    return Edit(
        deed=Deed.SUPERSEDE,
        control=control.control.id,
        code="evidence-contradicts",
        effort=control.control.effort.work + tier.rank + 1,
        requirement=asked.requirement.id,
        tier=tier,
        run=run,
    )


def _supply(control: InForce, asked: Asked, seen: tuple[Observation, ...], as_of: date) -> Edit:
    reason = judge_requirement((asked,), seen, as_of).reason
    code = reason.code if reason else "evidence-missing"
    return _entry_edit(control, asked, seen, code, asked.requirement.assurance)


def _entry_edit(control: InForce, asked: Asked, seen: tuple[Observation, ...], code: str, tier: Assurance) -> Edit:
    given = any(one.requirement == asked.requirement.id for one in seen)
    return Edit(
        deed=Deed.SUPPLY,
        control=control.control.id,
        code=code,
        effort=tier.rank + (1 if given else 2),
        requirement=asked.requirement.id,
        tier=tier,
    )


def _attested(
    control: InForce, seen: tuple[Observation, ...], evidence: tuple[Edit, ...]
) -> Iterator[tuple[Edit, ...]]:
    """The same entries with one of them signed by an accepted organisation, or a signed entry beside them."""
    for group in control.asked:
        members = {asked.requirement.id for asked in group}
        others = tuple(one for one in evidence if one.requirement not in members)
        again = [one for one in evidence if one.requirement in members and one.deed is Deed.SUPERSEDE]
        for asked in group:
            kind = KINDS.get(asked.requirement.kind)
            if kind is not None and kind.highest < Assurance.ATTESTED:
                continue
            if again:  # the later run itself is the one that is signed
                yield (*others, _supersede(control, asked, again[0].run, Assurance.ATTESTED), *again[1:])
            else:
                yield (*others, _entry_edit(control, asked, seen, "alternative-unattested", Assurance.ATTESTED))
