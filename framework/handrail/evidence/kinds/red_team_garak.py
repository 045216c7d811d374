"""A garak report (JSON lines) -> counts.

Belongs here: the rows of garak 0.13 to 0.17. Never here: what is asked of a run. A row is counted and dropped; only
hashes of the ids of attempts and of probes' names are held.

- An attempt is written with status 1 when it was answered and again with status 2 when it was judged. The run is
  finished if every attempt reached 2 and the row `completion` of the same run is there. A report that garak put
  together from others has no such row: its `setup` lists them under `aggregation`, and it ends with a `digest`.
- `attempts` are attempts by id that reached status 2. Where a report has no attempt rows (they hold what was asked and
  answered, and may have been taken out), it is the outputs of each probe, by the detector that saw most of them.
- `passed`, `failed` and `nones` are sums over the `eval` rows, and so over detectors: one output may count in several.
  Older rows say `total` in place of `total_evaluated`, and leave out `fails` and `nones`.
- The day is that of the row `completion`; of a report put together, the day on which the first of its runs began (its
  own `start_time` is when it was put together).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handrail.evidence.limits import REPORT_ATTEMPTS, REPORT_DEPTH
from handrail.evidence.runs import Counts, Run, count, run_day
from handrail.evidence.stream import Malformed, Pieces
from handrail.source.text import BOM

_COMPLETE = 2
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_BRACKET = re.compile(r"[\[\]{}]")


def read_garak(pieces: Pieces) -> Run:
    """Count the rows of a report.

    Raises:
        Malformed: a line is no row of garak's, the counts of one contradict each other, it holds more than one run, or
            more than `REPORT_ATTEMPTS`.
    """
    tally = _Tally()
    for line in pieces.lines():
        row = _row(line)
        if row is not None:
            tally.add(row)
    return tally.run()


def _row(line: bytes) -> Mapping[str, Any] | None:
    try:
        text = line.decode().removeprefix(BOM)
        if not text.strip():
            return None
        if _too_deep(text):
            raise Malformed("too deep")
        row = json.loads(text)
    except ValueError:
        raise Malformed("no row") from None
    if not isinstance(row, dict) or not isinstance(row.get("entry_type"), str):
        raise Malformed("no row of garak's")
    return row


def _too_deep(text: str) -> bool:
    """Say whether brackets nest deeper than allowed, before the parser recurses into them; few rows have so many."""
    if text.count("{") + text.count("[") <= REPORT_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > REPORT_DEPTH:
            return True
    return False


@dataclass(slots=True)
class _Tally:
    started: set[int] = field(default_factory=set)
    complete: set[int] = field(default_factory=set)
    evaluated: dict[int, int] = field(default_factory=dict)
    processed: dict[int, int] = field(default_factory=dict)
    passed: int = 0
    failed: int = 0
    nones: int = 0
    runs: list[object] = field(default_factory=list)
    ended_run: object = None
    aggregated: bool = False
    digested: bool = False
    began: date | None = None
    ended: date | None = None

    def add(self, row: Mapping[str, Any]) -> None:
        match row["entry_type"]:
            case "attempt":
                self._attempt(row)
            case "eval":
                self._evaluation(row)
            case "start_run setup":
                self.aggregated = bool(row.get("aggregation"))
            case "init":
                if self.runs:
                    raise Malformed("more than one run")
                self.runs.append(row.get("run"))
                days = (run_day(row.get(name)) for name in ("start_time", "orig_start_time"))
                self.began = min((one for one in days if one is not None), default=None)
            case "completion":
                self.ended_run = row.get("run")
                self.ended = run_day(row.get("end_time"))
            case "digest":
                self.digested = True

    def _attempt(self, row: Mapping[str, Any]) -> None:
        name, status = row.get("uuid"), count(row.get("status"))
        if not isinstance(name, str) or status is None:
            raise Malformed("an attempt without id or status")
        one = hash(name)
        if status == _COMPLETE:
            self.started.discard(one)
            self.complete.add(one)
        elif one not in self.complete:
            self.started.add(one)
        self._bounded()

    def _evaluation(self, row: Mapping[str, Any]) -> None:
        passed = count(row.get("passed"))
        total = count(row.get("total_evaluated", row.get("total")))
        nones = count(row.get("nones", 0))
        if passed is None or total is None or nones is None or passed > total:
            raise Malformed("an evaluation without counts")
        if count(row.get("fails", total - passed)) != total - passed:
            raise Malformed("counts that contradict each other")
        self.passed += passed
        self.failed += total - passed
        self.nones += nones
        probe = hash(str(row.get("probe")))
        self.evaluated[probe] = max(total, self.evaluated.get(probe, 0))
        self.processed[probe] = max(total + nones, self.processed.get(probe, 0))
        self._bounded()

    def _bounded(self) -> None:
        if len(self.started) + len(self.complete) + len(self.evaluated) > REPORT_ATTEMPTS:
            raise Malformed("too many attempts")

    def run(self) -> Run:
        evaluated = sum(self.evaluated.values())
        rows = bool(self.complete or self.started)
        attempts = len(self.complete) if rows else sum(self.processed.values())
        ended = self.ended_run is not None and [self.ended_run] == self.runs
        return Run(
            counts=Counts(attempts=attempts, passed=self.passed, failed=self.failed, nones=self.nones),
            judged=min(attempts, evaluated),
            finished=not self.started and (ended or (self.aggregated and self.digested)),
            began=self.began,
            ended=self.ended,
        )
