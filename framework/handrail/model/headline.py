"""What a headline speaks of: counts, dates and names, worked out once for every output.

Belongs here: the facts behind each case of report-wording. Never here: a sentence (`report.wording`), or how a count
is taken (`assess.headline`).
"""

from __future__ import annotations

from handrail.model.base import Day, Result, Text


class OpenKinds(Result):
    """Open MUST controls by what is known of them; the numbers add up to all of them.

    `held_at_part` are in place by themselves and count in part only because a control they require does.
    """

    reported_absent: int
    reported_partial: int
    not_as_declared: int
    undetermined: int
    waiting: int
    held_at_part: int


class Waived(Result):
    """Open MUST controls that the project chose to leave open until a day; None where the day is not told."""

    count: int
    until: Day | None


class Inherited(Result):
    """MUST controls that rest on one upstream assessment."""

    upstream: Text
    count: int


class Aged(Result):
    """What has changed by the day of reading, evidence and all else being as it was."""

    today: Day
    pieces: int
    open_must: int


class MadeBy(Result):
    """Who made a report that the project did not make, and the day of the project's reply."""

    who: Text
    replied: Day | None = None


class HeadlineFacts(Result):
    """All that a headline may say of one assessment; counts are of MUST controls that apply.

    `kinds` is None where a report may tell open from satisfied only; `counted_only` are results, of any level, that
    are counted and not shown control by control.
    """

    project: Text
    as_of: Day
    must: int
    open_must: int
    undetermined: int
    satisfied: int
    well_shown: int
    catalog_must: int
    checklists: tuple[Text, ...]
    roles_not_chosen: tuple[Text, ...] = ()
    kinds: OpenKinds | None = None
    waived: tuple[Waived, ...] = ()
    inherited: tuple[Inherited, ...] = ()
    aged: Aged | None = None
    counted_only: int = 0
    made_by: MadeBy | None = None
    fictional: bool = False
