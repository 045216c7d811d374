"""Reading evidence: many small files, and one report that is far too large for memory.

Prints, for 5,000 small files, the median time to open each beneath its root and hash it, beside `sha256(read_bytes())`
in plain Python, pair by pair. The budget: hashing at least half as fast as plain. Beside both stand whole observations
of the kind `file`, which also look whether the bytes are content that evidence never holds (`evidence/guard.py`).

Then it writes a garak report of 1 GB, observes it in a process of its own, and prints the seconds and the greatest
resident memory of that process beside those of one that only counts the lines. The budget: at most 150 MiB.

Exit code 1 if either is over its budget.
"""

from __future__ import annotations

import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from handrail.evidence.observe import ProjectFiles, observe
from handrail.model.catalog import Requirement
from handrail.model.declaration import Evidence
from handrail.source.files import Root

FILES, FOLDERS, ROUNDS = 5_000, 50, 5
SIZES = (1 << 10, 4 << 10, 16 << 10, 64 << 10)
SPEED = 0.5

REPORT_BYTES = 1_000_000_000
PROBE_ATTEMPTS = 1_000
MEMORY_MIB = 150
WORDS = "A harmless sentence that stands where a prompt or an answer would stand. " * 4


def asked(kind: str) -> Requirement:
    """A requirement that asks for nothing but the kind."""
    return Requirement.model_validate({"id": "asked", "title": "Asked", "kind": kind, "assurance": "claimed"})


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def small_files(folder: Path) -> bool:
    """Hash small files in three ways; whether the first is within its budget."""
    names = [f"evidence/{number % FOLDERS}/{number}.md" for number in range(FILES)]
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        line = f"{number}: the weekly review took place, and nothing was left open.\n"
        path.write_text((line * (SIZES[-1] // len(line) + 1))[: SIZES[number % len(SIZES)]])
    digests = [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names]
    entries = [
        Evidence.model_validate({"for": "asked", "path": name, "sha256": digest, "date": "2026-09-01"})
        for name, digest in zip(names, digests, strict=True)
    ]
    kind = asked("file")

    def plain() -> None:
        found = [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names]
        if found != digests:
            raise SystemExit("the plain digests differ")

    def beneath() -> None:
        with Root(folder) as root:
            if [root.read_with_digest(name)[1] for name in names] != digests:
                raise SystemExit("the digests differ")

    def observed() -> None:
        with Root(folder) as root:
            files = ProjectFiles(root, {})
            if any(observe(entry, kind, files).verdict != "shown" for entry in entries):
                raise SystemExit("an observation differs")

    plain()  # caches filled
    with Root(folder) as root:
        observe(entries[0], kind, ProjectFiles(root, {}))
    rounds = [(seconds(beneath), seconds(plain)) for _ in range(ROUNDS)]
    ours, peer = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(other / one for one, other in rounds)
    whole = seconds(observed)
    mean = sum(SIZES) // len(SIZES) // 1024
    print(f"{FILES:,} files of {mean} KiB on average")
    print(f"  plain read and sha256       {peer * 1000:7.0f} ms")
    print(f"  opened beneath, sha256      {ours * 1000:7.0f} ms   {ratio:5.2f} times as fast (budget {SPEED})")
    print(f"  whole observation of `file` {whole * 1000:7.0f} ms   {peer / whole:5.2f} times as fast")
    return ratio >= SPEED


def rows() -> Iterator[str]:
    """The rows of a garak run, probe after probe, without end."""
    said = {"text": WORDS, "lang": "en", "data_path": None, "data_type": None, "data_checksum": None, "notes": {}}
    turns = [{"role": "user", "content": said}, {"role": "assistant", "content": said}]
    attempt = {"entry_type": "attempt", "uuid": "NUMBER", "seq": 0, "status": "STATUS", "probe_classname": "test.Test",
               "probe_params": {}, "targets": [], "prompt": {"turns": turns[:1], "notes": {}}, "outputs": [said],
               "detector_results": {"always.Pass": [0.0]}, "notes": {}, "goal": WORDS,
               "conversations": [{"turns": turns, "notes": {}}], "reverse_translation_outputs": [said]}  # fmt: skip
    before, between, after = json.dumps(attempt).replace('"STATUS"', "NUMBER").split("NUMBER")
    yield json.dumps({"entry_type": "start_run setup"})
    yield json.dumps({"entry_type": "init", "start_time": "2026-09-01T10:00:00", "run": "one"})
    for probe in range(1_000_000):
        numbers = range(probe * PROBE_ATTEMPTS, (probe + 1) * PROBE_ATTEMPTS)
        for status in (1, 2):
            yield from (f"{before}00000000-0000-4000-8000-{number:012d}{between}{status}{after}" for number in numbers)
        counts = {"passed": PROBE_ATTEMPTS, "fails": 0, "nones": 0, "total_evaluated": PROBE_ATTEMPTS}
        yield json.dumps({"entry_type": "eval", "probe": f"p{probe}", "detector": "always.Pass", **counts})


def write_report(path: Path) -> None:
    """Write whole probes until the report has its size, and end the run."""
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows():
            written += file.write(row + "\n")
            if written >= REPORT_BYTES and '"eval"' in row[:22]:
                break
        file.write(json.dumps({"entry_type": "completion", "end_time": "2026-09-01T12:00:00", "run": "one"}))


def read_in_child(way: str, path: Path) -> None:
    """Read a report in one of two ways, and print what this process took."""
    begun = time.perf_counter()
    if way == "lines":
        with path.open("rb") as file:
            sum(1 for _ in file)
    else:
        with Root(path.parent) as root:
            entry = Evidence.model_validate({"for": "asked", "path": path.name})
            seen = observe(entry, asked("red-team"), ProjectFiles(root, {}))
        if seen.verdict != "shown":
            raise SystemExit(seen.text)
    taken = time.perf_counter() - begun
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def child(way: str, path: Path) -> tuple[float, float]:
    """Seconds and MiB of a process that reads the report."""
    command = [sys.executable, __file__, way, str(path)]
    taken, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(taken), float(memory)


def large_report(folder: Path) -> bool:
    """Read a report of 1 GB in two ways; whether our memory is within its budget."""
    path = folder / "run.report.jsonl"
    write_report(path)
    lines, lines_memory = child("lines", path)
    ours, memory = child("observe", path)
    print(f"a garak report of {path.stat().st_size / 1e9:.2f} GB")
    print(f"  lines counted               {lines:7.1f} s    {lines_memory:5.0f} MiB at most")
    print(f"  observed as `red-team`      {ours:7.1f} s    {memory:5.0f} MiB at most (budget {MEMORY_MIB})")
    return memory <= MEMORY_MIB


def main() -> int:
    """Measure both in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        results = [small_files(Path(folder)), large_report(Path(folder))]
    return 0 if all(results) else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        read_in_child(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main())
