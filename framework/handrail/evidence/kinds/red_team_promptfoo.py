"""promptfoo results (the JSON that `promptfoo eval --output` writes, version 3 or later) -> counts.

Belongs here: what the file says of its results. Never here: what is asked of a run. Of a result only how it ended is
kept, one result at a time.

- promptfoo writes the file when an evaluation has ended, and gives no status: a file that is there is a finished run.
  If the totals in `stats` are not those of the results, it is not whole.
- `attempts` are the results; of a file whose results were taken out, the totals in `stats`.
- `judged` are those that did not end in an error of the tool (`failureReason` 2).
- The day is the `timestamp` of the results, which is when the evaluation was begun.
"""

from __future__ import annotations

from dataclasses import dataclass

from handrail.evidence.runs import Counts, Run, count, run_day
from handrail.evidence.shaped_json import SCALAR, Each, Kept, members, pick
from handrail.evidence.stream import Malformed, Pieces

_FIRST_VERSION = 3
_ERROR = 2


def read_promptfoo(pieces: Pieces) -> Run:
    """Count the results.

    Raises:
        Malformed: it is no results file of version 3 or later.
    """
    tally = _Tally()
    result = {"success": SCALAR, "failureReason": SCALAR}
    file = members(
        pick(
            pieces,
            {
                "version": SCALAR,
                "timestamp": SCALAR,
                "results": {
                    "version": SCALAR,
                    "timestamp": SCALAR,
                    "stats": {"successes": SCALAR, "failures": SCALAR, "errors": SCALAR},
                    "results": Each(result, tally.add),
                },
            },
        )
    )
    results = members(file.get("results"))
    stats = members(results.get("stats"))
    version = count(results.get("version", file.get("version")))
    passed, failed, errors = (count(stats.get(name, 0)) for name in ("successes", "failures", "errors"))
    if not stats or version is None or version < _FIRST_VERSION or passed is None or failed is None or errors is None:
        raise Malformed("no results of version 3 or later")
    totals = _Tally(passed, failed, errors)
    given = tally if tally.attempts else totals
    return Run(
        counts=Counts(attempts=given.attempts, passed=given.passed, failed=given.failed, nones=0, errors=given.errors),
        judged=given.passed + given.failed,
        finished=True,
        whole=given == totals,
        began=run_day(results.get("timestamp", file.get("timestamp"))),
    )


@dataclass(slots=True)
class _Tally:
    passed: int = 0
    failed: int = 0
    errors: int = 0

    @property
    def attempts(self) -> int:
        return self.passed + self.failed + self.errors

    def add(self, result: Kept) -> None:
        known = members(result)
        judged = known.get("failureReason") != _ERROR and isinstance(known.get("success"), bool)
        self.errors += not judged
        self.passed += judged and known["success"] is True
        self.failed += judged and known["success"] is False
