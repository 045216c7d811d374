"""Cold `handrail check` beside a peer that does nothing: whole processes, in turn, in one run.

Prints the median wall time of `handrail check examples/aurora-image`, of `trestle version` and of an empty
interpreter, and the ratio of the first two, pair by pair. The budget (DESIGN section 9) is at most 1/4 of the peer
and about 0.25 s. Exit code 1 if the ratio is over the budget.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
BUDGET = 0.25
ROUNDS = 11
HANDRAIL = [str(BIN / "handrail"), "check", "examples/aurora-image", "--as-of", "2026-11-24"]
TRESTLE = [str(BIN / "trestle"), "version"]
EMPTY = [sys.executable, "-c", ""]


def seconds(command: list[str], *, codes: set[int]) -> float:
    """Wall time of one run of a whole process."""
    begun = time.perf_counter()
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    taken = time.perf_counter() - begun
    if ended.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}")
    return taken


def main() -> int:
    """Run the commands in turn and print what they took."""
    if not (BIN / "trestle").exists():
        raise SystemExit("the peer is not installed: run `make bench`")
    for command in (HANDRAIL, TRESTLE, EMPTY):  # caches filled, as on any second run
        seconds(command, codes={0, 1})
    rounds = [
        (seconds(HANDRAIL, codes={0, 1}), seconds(TRESTLE, codes={0}), seconds(EMPTY, codes={0})) for _ in range(ROUNDS)
    ]
    ours, peer, empty = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(one / other for one, other, _ in rounds)
    print(f"handrail check   {ours * 1000:7.0f} ms")
    print(f"trestle version  {peer * 1000:7.0f} ms")
    print(f"python -c ''     {empty * 1000:7.0f} ms")
    print(f"ratio            {ratio:7.2f}    (budget {BUDGET})")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
