"""An Inspect log (JSON, version 2) -> counts.

Belongs here: what a log says of its samples and its status. Never here: what is asked of a run. Of a sample only its
error and the values of its scores are kept, one sample at a time.

- Only the status `success` is a finished run; a log with invalidated samples, or with fewer samples than it says were
  completed, is not whole.
- `attempts` are the samples in the log, one for each epoch. A log without samples is counted by the numbers it gives
  itself if it succeeded; with any other status it holds no attempt, whatever those numbers are.
- `judged` are samples without an error that have a score. A sample passed if each of its scores is `C`, true or 1, and
  failed if one is `I`, false or 0; anything between is neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from handrail.evidence.runs import Counts, Run, count, run_day
from handrail.evidence.shaped_json import SCALAR, Each, Kept, Shape, members, pick
from handrail.evidence.stream import Malformed, Pieces

_VERSION = 2


def read_inspect(pieces: Pieces) -> Run:
    """Count the samples of a log.

    Raises:
        Malformed: it is no log of version 2.
    """
    tally = _Tally()
    sample: Shape = {"error": SCALAR, "scores": {"*": {"value": SCALAR}}}
    log = members(
        pick(
            pieces,
            {
                "version": SCALAR,
                "status": SCALAR,
                "invalidated": SCALAR,
                "eval": {"created": SCALAR},
                "results": {"total_samples": SCALAR, "completed_samples": SCALAR},
                "stats": {"started_at": SCALAR, "completed_at": SCALAR},
                "samples": Each(sample, tally.add),
            },
        )
    )
    if count(log.get("version")) != _VERSION or not isinstance(log.get("status"), str):
        raise Malformed("no log of version 2")
    finished = log["status"] == "success"
    results, stats = members(log.get("results")), members(log.get("stats"))
    completed = count(results.get("completed_samples")) or 0
    if not tally.samples and finished:
        tally.samples = count(results.get("total_samples")) or 0
        tally.judged = min(completed, tally.samples)
        counts = Counts(attempts=tally.samples)
    else:
        counts = tally.counts()
    return Run(
        counts=counts,
        judged=tally.judged,
        finished=finished,
        whole=tally.samples - tally.errors >= completed and not log.get("invalidated"),
        began=run_day(stats.get("started_at")) or run_day(members(log.get("eval")).get("created")),
        ended=run_day(stats.get("completed_at")),
    )


@dataclass(slots=True)
class _Tally:
    samples: int = 0
    judged: int = 0
    passed: int = 0
    failed: int = 0
    errors: int = 0

    def add(self, sample: Kept) -> None:
        known = members(sample)
        self.samples += 1
        if known.get("error") is not None:
            self.errors += 1
            return
        scores = [_passed(members(score).get("value")) for score in members(known.get("scores")).values()]
        self.judged += bool(scores)
        self.failed += False in scores
        self.passed += bool(scores) and all(scores)

    def counts(self) -> Counts:
        nones = self.samples - self.passed - self.failed - self.errors
        return Counts(attempts=self.samples, passed=self.passed, failed=self.failed, nones=nones, errors=self.errors)


def _passed(value: Kept) -> bool | None:
    if value in ("C", 1):  # true is 1
        return True
    return False if value in ("I", 0) else None
