"""The site: ten thousand report pages, a thousand beside MkDocs, and the framework alone. Whole processes, in one run.

1. `handrail site build --internal` from a file of 10,000 recorded assessments. Budget: 15 s, 1.5 GiB, 25 KiB a page.
2. What 1,000 reports of 60 rows add to a build of this site, from recorded assessments to pages in the theme's shell,
   beside what the same tables in Markdown add where MkDocs renders them in this site. Budget: at most 1/10. Whole
   processes, each with and without the reports.
3. `handrail site build` without reports, the second time. Budget: 12 s.

Exit code 1 if anything is over its budget (DESIGN section 9).
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
AS_OF = date(2026, 11, 24)
ROWS = 60
REPORTS, PEER_PAGES = 10_000, 1_000
RATIO, SECONDS, GIB, PAGE_BYTES, ALONE_SECONDS = 0.1, 15.0, 1.5, 25 * 1024, 12.0
DIFFERENT = 100
"""So many different projects are made; the others repeat them under names of their own."""


def runs() -> list[dict[str, Any]]:
    """Assessments with 60 rows each, no two the same, as plain values."""
    from handrail.assess.assess import Subject, assess
    from handrail.catalog.default import default_bundle
    from handrail.catalog.resolve import alternatives
    from handrail.model.declaration import Declaration
    from handrail.model.observation import Observation
    from handrail.model.terms import Verdict
    from handrail.report.canonical import values

    bundle, digest = default_bundle()
    chance = random.Random(7)  # noqa: S311  nothing secret
    made = []
    for number in range(DIFFERENT):
        controls: dict[str, Any] = {}
        seen = {}
        for one, control in bundle.controls.items():
            state = chance.choices(["implemented", "partial", "planned", None], [90, 5, 3, 2])[0]
            if state is None:
                continue
            controls[one] = {"state": state}
            seen[one] = tuple(
                Observation(
                    requirement=asked.id,
                    kind=asked.kind,
                    verdict=chance.choices([Verdict.SHOWN, Verdict.MISSING], [98, 2])[0],
                    tier=asked.assurance,
                    date=date(2026, chance.randint(6, 11), chance.randint(1, 20)),
                    text="Every measure asked for has a definition, a period and a denominator.",
                )
                for group in control.evidence
                for asked in alternatives(group)[:1]
            )
        declaration = Declaration.model_validate(
            {
                "handrail": 1,
                "catalog": {"digest": digest},
                "project": {"id": f"p{number}", "name": "P", "version": "1"},
                "facts": {
                    "role": ["model-developer", "generative-service"],
                    "modality": ["image"],
                    "jurisdiction": ["eu"],
                },
                "controls": controls,
            }
        )
        run = values(assess(bundle, digest, Subject(declaration=declaration, observations=seen), as_of=AS_OF))
        made.append({**run, "findings": run["findings"][:ROWS]})
    return made


def records(count: int) -> Iterator[dict[str, Any]]:
    """So many assessments of so many projects."""
    different = runs()
    for number in range(count):
        project = {"id": f"project-{number:05}", "name": f"Project {number:05}", "version": "1.0"}
        yield {**different[number % DIFFERENT], "project": project}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a whole process took: wall and processor seconds, and the most memory of any process so far, in GiB."""

    wall: float
    cpu: float
    memory: float


def process(command: list[str], *, cwd: Path) -> Cost:
    """Run a whole process and wait for it."""
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    ended = subprocess.run(command, cwd=cwd, env=quiet, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - begun
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(taken, cpu, after.ru_maxrss / 1024 / 1024)


def as_markdown(run: dict[str, Any]) -> str:
    """The rows of a report as a Markdown table."""
    lines = [f"# {run['project']['name']}\n\n| Control | Finding | Level | Why |\n|---|---|---|---|\n"]
    for one in run["findings"]:
        why = " ".join(reason["text"] for reason in one["reasons"]) or f"{one['assurance']}; until {one['valid_until']}"
        lines.append(f"| {one['control']} | {one['finding']} | {one['level']} (this catalogue) | {why} |\n")
    return "".join(lines)


def peer(pages: str) -> None:
    """The site's own pages and a folder of Markdown through MkDocs and nothing after it; for a process alone."""
    from handrail.catalog.default import default_bundle
    from handrail.publish.engine import Site, run
    from handrail.publish.pages import bundle_pages, fragments, navigation
    from handrail.publish.pages_portfolio import PATH
    from handrail.publish.pages_schemas import schema_page
    from handrail.publish.shell import framed_page
    from handrail.publish.source import site_source

    source = Path("source")
    shutil.copytree(site_source(), source, ignore=shutil.ignore_patterns("public", "shots"))
    shutil.copytree(pages, source / "pages" / "tables")
    bundle, digest = default_bundle()
    made = (
        *bundle_pages(bundle, digest, built_on=AS_OF),
        schema_page(bundle, "0"),
        framed_page(PATH, "Reports"),
    )
    run(
        Site(
            source=source,
            pages=made,
            unlisted=(),
            navigation=navigation(bundle, made),
            fragments=fragments(bundle, digest, built_on=AS_OF, version="0"),
            built_on=AS_OF,
        )
    )


def beside_mkdocs(folder: Path) -> float:
    """The second figure: what reports add to a build of this site, in parts of what they add where MkDocs does."""
    for name in ("none", "tables"):
        (folder / name).mkdir()
    with (folder / "reports.ndjson").open("w") as stream:
        for run in records(PEER_PAGES):
            stream.write(json.dumps(run, separators=(",", ":")) + "\n")
            (folder / "tables" / f"{run['project']['id']}.md").write_text(as_markdown(run))
    command = [str(BIN / "handrail"), "site", "build", "--as-of", AS_OF.isoformat(), "--internal"]

    # A machine has fast minutes and slow ones: each of the four is measured twice, in turns, and the shorter counts.
    costs: dict[str, list[Cost]] = {name: [] for name in ("without", "with", "none", "tables")}
    for _ in range(2):
        costs["without"].append(process([*command, "--out", "without"], cwd=folder))
        costs["with"].append(process([*command, "--out", "with", "reports.ndjson"], cwd=folder))
        for name in ("none", "tables"):
            shutil.rmtree(folder / "source", ignore_errors=True)
            costs[name].append(process([sys.executable, __file__, "peer", name], cwd=folder))
    without, ours, none, tables = (min(some, key=lambda one: one.wall) for some in costs.values())
    ratio = (ours.wall - without.wall) / (tables.wall - none.wall)
    by_cpu = (ours.cpu - without.cpu) / (tables.cpu - none.cpu)
    said(f"{PEER_PAGES:,} reports of {ROWS} rows in the shell", ours, f"without them {without.wall:.2f} s")
    said("the same tables from Markdown, MkDocs", tables, f"without them {none.wall:.2f} s")
    print(f"{'ratio of what they add':40}{ratio:7.3f}     (budget {RATIO}; by processor seconds {by_cpu:.3f})")
    return ratio


def said(what: str, cost: Cost, beside: str) -> None:
    """A line of the result."""
    print(f"{what:40}{cost.wall:7.2f} s   (processor {cost.cpu:.2f} s; {beside})")


def framework_alone(folder: Path) -> float:
    """The third figure: seconds of the second build."""
    command = [str(BIN / "handrail"), "site", "build", "--out", str(folder / "alone"), "--as-of", AS_OF.isoformat()]
    first, second = process(command, cwd=folder), process(command, cwd=folder)
    said("framework alone, second build", second, f"budget {ALONE_SECONDS:.0f} s; the first {first.wall:.2f} s")
    return second.wall


def many(folder: Path) -> tuple[float, float, float]:
    """The first figure: seconds, GiB and bytes a page."""
    source, out = folder / "many.ndjson", folder / "many"
    with source.open("w") as stream:
        for run in records(REPORTS):
            stream.write(json.dumps(run, separators=(",", ":")) + "\n")
    os.sync()  # the build ends with one too, which is not to wait for what was written here
    command = [str(BIN / "handrail"), "site", "build", str(source), "--internal", "--out", str(out)]
    cost = process([*command, "--as-of", AS_OF.isoformat()], cwd=folder)
    pages = [path.stat().st_size for path in (out / "reports").glob("project-*.html")]
    everything = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    if len(pages) != REPORTS:
        raise SystemExit(f"{len(pages)} pages of {REPORTS} reports")
    mean = sum(pages) / len(pages)
    said(f"{REPORTS:,} reports, from records to the site", cost, f"budget {SECONDS:.0f} s")
    print(f"{'most memory of a process':40}{cost.memory:7.2f} GiB (budget {GIB})")
    print(f"{'bytes of a report page, mean':40}{mean:7.0f}     (budget {PAGE_BYTES}; largest {max(pages)})")
    print(f"{'bytes of the site for each report':40}{everything / REPORTS:7.0f}")
    return cost.wall, cost.memory, mean


def main() -> int:
    """Run all three and print what they took."""
    # Where a site goes: into the checkout. In the folder for temporary files others delete thousands of theirs, and for
    # minutes after that some disks take ten times as long to find room for a new one. Hence also what comes first.
    with tempfile.TemporaryDirectory(prefix=".benchmark-", dir=Path(__file__).parents[1]) as name:
        folder = Path(name)
        print(f"{'load of the machine before':40}{os.getloadavg()[0]:7.2f}")
        taken, memory, mean = many(folder)
        ratio = beside_mkdocs(folder)
        alone = framework_alone(folder)
    within = ratio <= RATIO and alone <= ALONE_SECONDS and taken <= SECONDS and memory <= GIB and mean <= PAGE_BYTES
    return 0 if within else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["peer"]:
        peer(sys.argv[2])
    else:
        sys.exit(main())
