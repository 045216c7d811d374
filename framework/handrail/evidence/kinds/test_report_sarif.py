"""A SARIF 2.1.0 log (JSON) -> tests that ran and how they ended.

Belongs here: runs, results and rules. Never here: what is asked of a report. Of a result only how it ended is kept, one
result at a time; messages, snippets and places are dropped unread.

- A result of kind `pass` or `fail` (the kind of one that names none) is a test that ran; any other is not. One of kind
  `fail` and level `error` is bad. The level of a result that names none is its rule's, and else `warning`.
- A result that an accepted suppression covers is hushed and not bad; one that is `absent` since the baseline is gone.
- A run is broken off if an invocation says that it did not succeed, and not whole if its results lie in other files.
- A run speaks of an artifact by the property `artifact.sha256`, or by the SHA-256 of one of the `artifacts` it lists:
  the project's if it is among them.
- The day is that of the latest end of an invocation, or of its start where no end is given.

Source: SARIF 2.1.0, sections 3.14, 3.20, 3.27, 3.35, 3.50.
"""

from __future__ import annotations

from collections.abc import Collection, Sized

from handrail.evidence.limits import REPORT_RULES
from handrail.evidence.runs import count, run_day
from handrail.evidence.shaped_json import SCALAR, Each, Kept, Shape, members, pick
from handrail.evidence.stream import Malformed, Pieces
from handrail.evidence.tested import ARTIFACT, Tested, digest_given

_VERSION = "2.1.0"
_ELSEWHERE = "externalPropertyFileReferences"


def read_sarif(pieces: Pieces, ours: Collection[str]) -> Tested:
    """Count the results of a log; `ours` are the digests of the project's artifacts.

    Raises:
        Malformed: it is no SARIF 2.1.0, has a digest that is none, or more than `REPORT_RULES` rules.
    """
    tested = Tested()
    run = _Run(tested, ours)
    log = members(pick(pieces, {"version": SCALAR, "runs": Each(run.shape(), run.close)}))
    if log.get("version") != _VERSION:
        raise Malformed("no SARIF 2.1.0")
    return tested


class _Run:
    """The run that is being read. Rules may stand after results, so a level left to a rule is settled at the end."""

    def __init__(self, tested: Tested, ours: Collection[str]) -> None:
        self._tested, self._ours = tested, ours
        self._begin()

    def _begin(self) -> None:
        self._any = self._hushed = False
        self._levels: list[Kept] = []
        self._places: dict[Kept, int] = {}
        self._left: set[tuple[Kept, Kept, bool]] = set()
        self._listed: str | None = None

    def shape(self) -> Shape:
        """What to keep of a run."""
        result: dict[str, Shape] = dict.fromkeys(("kind", "level", "ruleId", "ruleIndex", "baselineState"), SCALAR)
        result["suppressions"] = Each({"status": SCALAR}, self._suppression)
        invocation = dict.fromkeys(("executionSuccessful", "startTimeUtc", "endTimeUtc"), SCALAR)
        rule: Shape = {"id": SCALAR, "defaultConfiguration": {"level": SCALAR}}
        return {
            "tool": {"driver": {"rules": Each(rule, self._rule)}},
            "results": Each(result, self._result),
            "invocations": Each(invocation, self._invocation),
            "artifacts": Each({"hashes": {"sha-256": SCALAR}}, self._artifact),
            "properties": {ARTIFACT: SCALAR},
            _ELSEWHERE: SCALAR,
        }

    def close(self, run: Kept) -> None:
        """Settle what could not be said before the end of the run, and begin the next."""
        known = members(run)
        for index, rule, hushed in self._left:
            place = count(index)
            place = self._places.get(rule) if place is None else place
            level = self._levels[place] if place is not None and place < len(self._levels) else None
            self._judge(level, hushed=hushed)
        self._tested.whole &= known.get(_ELSEWHERE) is None
        named = members(known.get("properties"))
        if self._any:
            self._tested.speak_of(digest_given(named[ARTIFACT]) if ARTIFACT in named else self._listed, self._ours)
        self._begin()

    def _result(self, result: Kept) -> None:
        known, hushed = members(result), self._hushed
        self._hushed = False
        kind = known.get("kind", "fail")
        if known.get("baselineState") == "absent":
            return
        self._any = True
        self._tested.ran += kind in ("pass", "fail")
        if kind != "fail":
            return
        if "level" in known:
            self._judge(known["level"], hushed=hushed)
            return
        self._left.add((known.get("ruleIndex"), known.get("ruleId"), hushed))
        _bounded(self._left)

    def _judge(self, level: Kept, *, hushed: bool) -> None:
        if level == "error":
            self._tested.hushed |= hushed
            self._tested.bad |= not hushed

    def _suppression(self, suppression: Kept) -> None:
        self._hushed |= members(suppression).get("status") in (None, "accepted")

    def _rule(self, rule: Kept) -> None:
        known = members(rule)
        self._places.setdefault(known.get("id"), len(self._levels))
        self._levels.append(members(known.get("defaultConfiguration")).get("level"))
        _bounded(self._levels)

    def _invocation(self, invocation: Kept) -> None:
        known = members(invocation)
        self._tested.ended &= known.get("executionSuccessful") is not False
        day = run_day(known.get("endTimeUtc")) or run_day(known.get("startTimeUtc"))
        self._tested.day = max((one for one in (day, self._tested.day) if one is not None), default=None)

    def _artifact(self, artifact: Kept) -> None:
        given = members(members(artifact).get("hashes")).get("sha-256")
        if given is not None and self._listed not in self._ours:
            self._listed = digest_given(given)


def _bounded(rules: Sized) -> None:
    if len(rules) > REPORT_RULES:
        raise Malformed("too many rules")
