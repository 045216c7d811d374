"""The impact of a changed catalog on 1,000 recorded assessments, beside plain pydantic loading the same file.

Prints the median wall time of a whole `handrail diff --impact` over the file, for a change of three controls and for
one that touches every control, and of plain pydantic validating the same lines; and the ratios. The
budget (issue 8) is 5 s for a change as a pull request makes it. Exit code 1 if it is over the budget.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from handrail.catalog.bundle import to_bytes
from handrail.catalog.default import default_bundle
from handrail.catalog.fingerprint import fingerprint
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Requirement
from handrail.model.reading import reader_of
from handrail.model.terms import Level
from handrail.report.canonical import to_json
from handrail.source.diagnostics import Collector
from handrail.workspace.check import check_project

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 24)
PROJECTS, ROUNDS, BUDGET = 1_000, 3, 5.0
EXAMPLES = ("aurora-image", "harbor-hub", "lumen-chat")


def recorded(bundle: Bundle, digest_: str) -> str:
    """A thousand assessments, a line each: the three examples in turn, each in another mix of places and ids."""
    runs = []
    for name in EXAMPLES:
        checked = check_project(ROOT / "examples" / name / "handrail.yaml", bundle, digest_, Collector(), as_of=AS_OF)
        if checked is None:
            raise SystemExit(f"{name} cannot be checked")
        runs.append(json.loads(to_json(checked.assessment)))
    places = list(bundle.facts["jurisdiction"].values)
    lines = []
    for number in range(PROJECTS):
        run = runs[number % len(runs)]
        facts = {
            **run["facts"],
            "jurisdiction": sorted({places[number % len(places)], places[number // 7 % len(places)]}),
        }
        lines.append(json.dumps({**run, "facts": facts, "project": {**run["project"], "id": f"project-{number}"}}))
    return "\n".join(lines) + "\n"


def newer(control: Control) -> Control:
    """The control with evidence that must be newer by half."""
    groups = [
        one.model_copy(update={"max_age": one.max_age / 2 // timedelta(1) * timedelta(1)})
        if isinstance(one, Requirement) and one.max_age
        else one
        for one in control.evidence
    ]
    return control.model_copy(update={"evidence": tuple(groups)})


def changed(bundle: Bundle, controls: dict[str, Control]) -> Bundle:
    """The catalog with these controls."""
    prints = {one: fingerprint(control.statement) for one, control in controls.items()}
    return bundle.model_copy(
        update={"controls": {**bundle.controls, **controls}, "fingerprints": {**bundle.fingerprints, **prints}}
    )


def seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The median wall time of a few runs."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> int:
    """Run all in turn and print what they took."""
    old, old_digest = default_bundle()
    of = old.controls
    few = changed(
        old,
        {
            "TRN-03": of["TRN-03"].model_copy(update={"level": Level.MUST}),
            "SRC-01": of["SRC-01"].model_copy(update={"statement": "Every dataset MUST be listed."}),
            "SRC-02": newer(of["SRC-02"]),
        },
    )
    every = changed(old, {one: newer(control) for one, control in of.items()})
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, "all.ndjson")
        path.write_text(recorded(old, old_digest), encoding="utf-8")

        def diff(new: Bundle) -> None:
            bundle_path = Path(made, "new.json")
            bundle_path.write_bytes(to_bytes(new))
            command = [str(Path(sys.executable).parent / "handrail"), "diff", str(ROOT), str(bundle_path)]
            command += ["--impact", str(path), "--as-of", AS_OF.isoformat(), "--format", "json"]
            found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)["impact"]
            if found["projects"] != PROJECTS or not found["concerned"]:
                raise SystemExit("not every record was judged")

        def loaded() -> None:
            model = reader_of(Assessment)
            with path.open("rb") as lines:
                for line in lines:
                    model.model_validate_json(line)

        peer, ours, worst = seconds(loaded), seconds(lambda: diff(few)), seconds(lambda: diff(every), rounds=1)
        size = path.stat().st_size / 1e6
    print(f"{PROJECTS:,} recorded assessments, {size:.0f} MB")
    print(f"pydantic loads them                {peer:6.2f} s")
    print(f"`handrail diff --impact`           {ours:6.2f} s   {ours / peer:5.1f} of it    (budget {BUDGET:.0f} s)")
    print(f"  where every control is changed   {worst:6.2f} s   {worst / peer:5.1f} of it")
    return 0 if ours <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
