"""Small packs for the minimal catalog, for the tests of packs.

Belongs here: their files, and reading them together. Never here: an assertion.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handrail.catalog.compiling import Linted
from handrail.catalog.composing import lint_packs
from tests.catalog.cases import AS_OF, overlaid

PACK = """\
pack:
  prefix: ACME
  title: Acme's own
  version: "1.0.0"
  steward: acme
  licence: CC0-1.0
  summary: What Acme asks for.
depends:
  catalog: {id: minimal, from: "1.0"}
"""

OPS = """\
principle:
  id: ACME-OPS
  phase: throughout
  title: Somebody answers
  title_status: own
  statement: Somebody answers.
  rationale: A report that nobody reads helps nobody.
  steward: acme
  since: "1.0"
controls:
  - id: ACME-OPS-01
    title: Name a deputy
    statement: A deputy MUST be named.
    question: Is a deputy named?
    level: must
    scope: organisation
    requires: [SRC-01]
    disclosure: control
    evidence:
      - id: rota
        title: The rota
        kind: register
        with: {columns: [week], date_column: week}
        max_age: P60D
        assurance: documented
    mappings: [{reference: acme-policy, clause: "7", relation: supports, confidence: seen}]
    guidance: Begin with a table.
    effort: S
"""

POLICY = """\
reference:
  id: acme-policy
  title: Acme's policy
  short: Acme policy
  publisher: Acme
  kind: framework
  status: in-force
  reviewed_on: 2026-11-01
  confidence: seen
clauses:
  "7": {title: Deputies, confidence: seen}
"""

TEAM = """\
checklist: {id: acme-team, title: Teams at Acme, introduction: You work at Acme.}
selects:
  controls: [ACME-OPS-01]
"""

OPS_PATH, POLICY_PATH = "principles/throughout/ops.yaml", "principles/references/acme-policy.yaml"
TEAM_PATH, STEWARDS_PATH = "checklists/acme-team.yaml", "principles/stewards.yaml"

FILES: Mapping[str, str] = {
    "pack.yaml": PACK,
    STEWARDS_PATH: "stewards:\n  acme: {name: Acme}\n",
    OPS_PATH: OPS,
    POLICY_PATH: POLICY,
    TEAM_PATH: TEAM,
}


def pack(folder: Path, files: Mapping[str, str] = FILES, *, prefix: str = "ACME", overlays: str = "") -> Path:
    """Write a pack into a folder; another prefix stands in all its files in place of the first."""
    for path, text in files.items():
        text = text + (f"overlays:\n{overlays}" if overlays and path == "pack.yaml" else "")
        named = path.replace("acme", prefix.lower())
        (folder / named).parent.mkdir(parents=True, exist_ok=True)
        written = text.replace("ACME", prefix).replace("acme", prefix.lower())
        (folder / named).write_text(written, encoding="utf-8")
    return folder


def base(folder: Path) -> Path:
    """Write the minimal catalog into a folder."""
    return overlaid(folder)


def linted(catalog: Path, *packs: Path, as_of: date = AS_OF) -> Linted:
    """Lint packs with their catalog."""
    return lint_packs(catalog, packs, as_of=as_of)


def told(found: Linted) -> list[str]:
    """What was found: code, place, the other place that is named, and the sentence."""
    lines = []
    for one in found.out.sorted():
        places = [span for span in (one.span, *(span for span, _ in one.also)) if span is not None]
        where = " and ".join(f"{span.path}:{span.line}:{span.column}" for span in places)
        lines.append(f"{one.code} {where} {one.message}")
    return lines
