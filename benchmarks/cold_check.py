"""Cold `handrail check` and `handrail --help` beside a peer that does nothing: whole processes, in turn, in one run.

Prints the median wall time of both, of `trestle version` and of an empty interpreter, and the ratio of each to the
peer, round by round. The budget is at most 1/4 of the peer and about 0.25 s, for each of the two. Exit code 1 if a
ratio is over the budget.
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
HELP = [str(BIN / "handrail"), "--help"]
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
    commands = {"handrail check": HANDRAIL, "handrail --help": HELP, "trestle version": TRESTLE, "python -c ''": EMPTY}
    for command in commands.values():  # caches filled, as on any second run
        seconds(command, codes={0, 1})
    rounds = [{name: seconds(one, codes={0, 1}) for name, one in commands.items()} for _ in range(ROUNDS)]
    for name in commands:
        print(f"{name:18} {statistics.median(one[name] for one in rounds) * 1000:6.0f} ms")
    within = True
    for name in ("handrail check", "handrail --help"):
        ratio = statistics.median(one[name] / one["trestle version"] for one in rounds)
        within &= ratio <= BUDGET
        print(f"{name:18} {ratio:6.2f} of trestle version (budget {BUDGET})")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
