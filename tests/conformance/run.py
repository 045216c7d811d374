"""Run language-neutral cases of the meaning of findings: `python tests/conformance/run.py FILE...`.

A case is a catalog, a declaration, recorded observations and what they must give; the shape is explained in
`tests/conformance/README.md`. NDJSON (one case a line, its `want` whole) and YAML (a list of cases, whose `want` names
only what the case is about) are read. Ends with `N passed, N failed`; exit code 1 when a case failed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handrail.assess.assess import Subject, assess
from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.resolve import prerequisites
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.declaration import Declaration
from handrail.model.observation import Observation, UpstreamReading

DIGEST, OTHER_DIGEST = "sha256:" + "1" * 64, "sha256:" + "2" * 64
OTHER_TEXT = "0" * 16
Case = dict[str, Any]


def cases(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ndjson":
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
    else:
        yield from spoken(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506  # BaseLoader makes text only


def spoken(value: Any) -> Any:
    """YAML read as text, with the three words of JSON that are not text."""
    if isinstance(value, dict):
        return {key: spoken(one) for key, one in value.items()}
    if isinstance(value, list):
        return [spoken(one) for one in value]
    return {"true": True, "false": False, "null": None}.get(value, value)


def requirement(given: Case) -> Case:
    """Fill what the schema of real files also wants."""
    if "any_of" in given:
        return {"any_of": [requirement(one) for one in given["any_of"]]}
    return {"title": given["id"], "kind": "file", **given}


def statement(control: str) -> str:
    """A statement that differs from control to control, so that fingerprints do."""
    return f"The organisation MUST do what {control} says."


def bundle_of(catalog: Case) -> Bundle:
    """The case's catalog as a compiled bundle."""
    controls = {
        c["id"]: Control.model_validate(
            {
                "title": c["id"],
                "statement": statement(c["id"]),
                "question": "Is it so?",
                "scope": "model",
                "disclosure": "control",
                "guidance": "None.",
                "effort": "S",
                **{k: v for k, v in c.items() if k not in ("principle", "evidence")},
                "evidence": [requirement(one) for one in c.get("evidence", [])],
            }
        )
        for c in catalog["controls"]
    }
    parents = catalog.get("fact_parents", {})
    names = list(dict.fromkeys(c["principle"] for c in catalog["controls"]))
    return Bundle.model_validate(
        {
            "catalog": {
                "id": "case",
                "title": "Case",
                "version": "1.0.0",
                "publisher": "Tests",
                "licence": "CC0-1.0",
                "summary": "A case.",
                "notice": "A case.",
            },
            "facts": {
                fact: {
                    "title": fact,
                    "question": fact,
                    "many": "true",
                    "values": {v: {"label": v, "parent": parents.get(v)} for v in values},
                }
                for fact, values in catalog.get("facts", {}).items()
            },
            "principles": [
                {
                    "id": name,
                    "phase": "develop",
                    "title": name,
                    "title_status": "own",
                    "statement": name,
                    "rationale": name,
                    "steward": "s",
                    "since": "1.0",
                }
                for name in names
            ],
            "controls": controls,
            "principle_of": {c["id"]: c["principle"] for c in catalog["controls"]},
            "order": topological(controls),
            "fingerprints": {one: fingerprint(c.statement) for one, c in controls.items()},
            "checklists": [
                {
                    "checklist": {"id": c["id"], "title": c["id"], "introduction": "."},
                    "selects": {"controls": c["controls"]},
                    "set": c.get("set", {}),
                }
                for c in catalog.get("checklists", [])
            ],
            "references": {
                r["id"]: {
                    "reference": {
                        "id": r["id"],
                        "title": r["id"],
                        "short": r["id"],
                        "publisher": "p",
                        "kind": "law",
                        "status": "in-force",
                        "reviewed_on": "2026-11-24",
                        "confidence": "seen",
                    },
                    "clauses": {k: {"title": k, "confidence": v} for k, v in r["clauses"].items()},
                }
                for r in catalog.get("references", [])
            },
        }
    )


def topological(controls: dict[str, Control]) -> list[str]:
    """Prerequisites first."""
    from graphlib import TopologicalSorter

    graph = {one: {m for group in prerequisites(c) for m in group} for one, c in controls.items()}
    return list(TopologicalSorter(graph).static_order())


def tied(answer: Case, control: str) -> Case:
    """`current` and `other` become fingerprints."""
    words = {"current": fingerprint(statement(control)), "other": OTHER_TEXT}
    return {**answer, "statement": words[answer["statement"]]} if "statement" in answer else answer


def run(case: Case, bundle: Bundle | None = None) -> Case:
    """What handrail makes of a case, in the shape of its `want`. Cases of one catalog may share its `bundle`."""
    made = judged(case, bundle)
    return {
        "findings": {
            one.control: {
                "level": one.level.value,
                "level_reason": one.level_reason.value,
                "selected_by": one.selected_by.value,
                "own": one.own.value,
                "finding": one.finding.value,
                "reasons": sorted({reason.code for reason in one.reasons}),
                "blocked_by": sorted(one.blocked_by),
                "assurance": one.assurance.value if one.assurance else None,
            }
            for one in made.findings
        },
        "principles": {p.id: p.finding.value if p.finding else None for p in made.principles},
        "blocking": sorted(made.summary.gate.blocking),
    }


def judged(case: Case, bundle: Bundle | None = None) -> Assessment:
    """The assessment that handrail makes of a case."""
    return assess(
        bundle or bundle_of(case["catalog"]), DIGEST, subject_of(case), as_of=date.fromisoformat(case["as_of"])
    )


def subject_of(case: Case) -> Subject:
    """What is judged in a case."""
    said = case["declaration"]
    digests = {"current": DIGEST, "other": OTHER_DIGEST}
    declaration = Declaration.model_validate(
        {
            "handrail": "1",
            **said,
            "project": {"name": "p", **said["project"]},
            "catalog": {"digest": digests[said["catalog"]["digest"]]} if said.get("catalog") else {},
            "controls": {one: tied(a, one) for one, a in said.get("controls", {}).items()},
        }
    )
    observations = {
        control: tuple(
            observation(name, tuple(entry.items())) for name, entries in by_requirement.items() for entry in entries
        )
        for control, by_requirement in case.get("observations", {}).items()
    }
    upstream = {
        key: UpstreamReading.model_validate(
            {**given, "findings": {one: upstream_finding(f, one) for one, f in given["findings"].items()}}
        )
        for key, given in case.get("upstream", {}).items()
    }
    return Subject(declaration=declaration, observations=observations, upstream=upstream)


@cache
def observation(requirement: str, entry: tuple[tuple[str, Any], ...]) -> Observation:
    """An entry as an observation; many cases have the same ones."""
    return Observation.model_validate({"requirement": requirement, "kind": "file", "text": "Seen.", **dict(entry)})


def upstream_finding(given: Case, control: str) -> Case:
    """`current` and `other` become fingerprints."""
    words = {"current": fingerprint(statement(control)), "other": OTHER_TEXT}
    return {**given, "fingerprint": words[given["fingerprint"]]}


def differences(want: Case, got: Case, *, whole: bool) -> list[str]:
    """What differs, a line each. Where `want` is not whole, only what it names is compared; null means: not judged."""
    lines = []
    wanted, given = want.get("findings", {}), got["findings"]
    for one in sorted(wanted.keys() | given.keys() if whole else wanted.keys()):
        expected, found = wanted.get(one) or {}, given.get(one) or {}
        if bool(expected) != bool(found):
            lines.append(f"{one}: want {'a' if expected else 'no'} finding, got {'one' if found else 'none'}")
        for name in sorted(expected.keys() | found.keys() if whole else expected.keys()):
            if expected.get(name) != found.get(name):
                lines.append(f"{one} {name}: want {expected.get(name)}, got {found.get(name)}")
    if "blocking" in want and want["blocking"] != got["blocking"]:
        lines.append(f"blocking: want {want['blocking']}, got {got['blocking']}")
    principles = want.get("principles", {})
    for one in sorted(principles.keys() | got["principles"].keys() if whole else principles.keys()):
        if principles.get(one, "no line") != got["principles"].get(one, "no line"):
            lines.append(f"principle {one}: want {principles.get(one)}, got {got['principles'].get(one)}")
    return lines


def wrong(path: Path, case: Case) -> list[str]:
    """What handrail makes of a case of this file that it should not, a line each."""
    return differences(case["want"], run(case), whole=path.suffix == ".ndjson")


def main(paths: list[str]) -> int:
    """Run every case of every file and print those that differ."""
    passed = failed = 0
    for path in map(Path, paths):
        for case in cases(path):
            lines = wrong(path, case)
            passed, failed = passed + (not lines), failed + bool(lines)
            for line in lines:
                print(f"{case['name']}: {line}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
