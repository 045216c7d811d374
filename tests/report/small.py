"""A small catalog, and small projects judged by it, for every test of reports.

Belongs here: hand-built inputs. Never here: an assertion.

The catalog: DAT (develop, four controls, two of them only counted in public), MRK (develop, one), SRV (deploy, three,
one only counted), REP (throughout, two). DAT-03 is a MUST by law for the EU; SRV-02 waits for SRV-01, which waits for
REP-01.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from graphlib import TopologicalSorter
from typing import Any

from handrail.assess.assess import Subject, assess
from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.resolve import prerequisites
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control
from handrail.model.declaration import Declaration
from handrail.model.observation import Observation, Observations, UpstreamReading

DIGEST = "sha256:" + "1" * 64
AS_OF = date(2026, 11, 24)
FACTS = {
    "role": {"model-developer": "Model developer", "model-host": "Model host"},
    "jurisdiction": {"eu": "European Union", "us": "United States"},
    "modality": {"image": "Images", "text": "Text"},
}


def control(one: str, title: str, **given: Any) -> Control:
    """A control with what a test does not care about filled in; `evidence` is id -> kind or a whole requirement."""
    asked = [
        {"id": name, "title": f"{title}: {name}", "assurance": "documented", "kind": kind}
        if isinstance(kind, str)
        else {"id": name, "title": f"{title}: {name}", "assurance": "documented", "kind": "document", **kind}
        for name, kind in given.pop("evidence", {"record": "document"}).items()
    ]
    return Control.model_validate(
        {
            "id": one,
            "title": title,
            "statement": f"The organisation MUST do what {one} says.",
            "question": "Is it so?",
            "level": "must",
            "scope": "model",
            "disclosure": "control",
            "guidance": "None.",
            "effort": "M",
            "evidence": asked,
            **given,
        }
    )


def bundle_of(*controls: Control, phases: dict[str, str] | None = None, titles: dict[str, str] | None = None) -> Bundle:
    """A catalog of these controls; the part of an id before `-` is its principle, in `develop` unless `phases` says."""
    by_id = {one.id: one for one in controls}
    principle_of = {one: one.rpartition("-")[0] for one in by_id}
    graph = {one.id: [m for group in prerequisites(one) for m in group] for one in controls}
    principles = [
        {
            "id": name,
            "phase": (phases or {}).get(name, "develop"),
            "title": (titles or {}).get(name, f"Principle {name}"),
            "title_status": "own",
            "statement": name,
            "rationale": name,
            "steward": "us",
            "since": "1.0",
        }
        for name in dict.fromkeys(principle_of.values())
    ]
    return Bundle.model_validate(
        {
            "catalog": {
                "id": "small",
                "title": "Small",
                "version": "1.0.0",
                "publisher": "Tests",
                "licence": "CC0-1.0",
                "summary": "A catalog.",
                "notice": "A catalog.",
            },
            "facts": {
                fact: {
                    "title": fact,
                    "question": fact,
                    "many": "true",
                    "values": {value: {"label": label} for value, label in values.items()},
                }
                for fact, values in FACTS.items()
            },
            "principles": principles,
            "controls": by_id,
            "principle_of": principle_of,
            "order": list(TopologicalSorter(graph).static_order()),
            "fingerprints": {one: fingerprint(c.statement) for one, c in by_id.items()},
            "checklists": [_checklist("developer", "model-developer", by_id), _checklist("host", "model-host", by_id)],
            "references": {"law": _law()},
        }
    )


def _checklist(name: str, role: str, controls: dict[str, Control]) -> dict[str, Any]:
    chosen = [one for one in controls if not one.startswith("REP")]
    return {
        "checklist": {"id": name, "title": name.capitalize(), "role": role, "introduction": "."},
        "selects": {"controls": chosen},
    }


def _law() -> dict[str, Any]:
    return {
        "reference": {
            "id": "law",
            "title": "A law",
            "short": "The Act",
            "publisher": "A parliament",
            "kind": "law",
            "status": "in-force",
            "reviewed_on": "2026-11-24",
            "confidence": "seen",
        },
        "clauses": {"5": {"title": "Five", "confidence": "secondary"}, "9": {"title": "Nine", "confidence": "memory"}},
    }


ACT = {"level": "must", "when": {"jurisdiction": ["eu"]}, "from": "2026-01-01", "reference": "law", "clause": "5"}

CATALOG = bundle_of(
    control("DAT-01", "Keep a list of datasets", effort="S"),
    control("DAT-02", "Say where data came from", requires=["DAT-01"], allow={"not_applicable": "true"}),
    control("DAT-03", "Screen data before use", level="should", escalates=[ACT], disclosure="principle"),
    control("DAT-04", "Look for likenesses", disclosure="principle"),
    control("MRK-01", "Mark what is made", level="should"),
    control("SRV-01", "Let people report", requires=["REP-01"]),
    control("SRV-02", "Answer what is reported", requires=["SRV-01"]),
    control("SRV-03", "Filter requests", disclosure="principle"),
    control(
        "REP-01",
        "Prepare the route",
        evidence={"log": {"kind": "sealed-record", "assurance": "claimed", "handling": "sealed"}},
    ),
    control("REP-02", "Count reports", level="may", evidence={"counts": {"kind": "metrics", "max_age": "P180D"}}),
    phases={"SRV": "deploy", "REP": "throughout"},
    titles={"DAT": "Source data with care", "MRK": "Mark outputs", "SRV": "Guard the service", "REP": "Report"},
)


@dataclass(frozen=True, kw_only=True)
class Project:
    """A declaration in its words, and what verifiers saw: control -> requirement -> verdict, tier and date."""

    controls: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    facts: dict[str, list[str]] = field(
        default_factory=lambda: {"role": ["model-developer"], "jurisdiction": ["eu"], "modality": ["image"]}
    )
    checklists: tuple[str, ...] = ()
    waivers: tuple[dict[str, str], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)
    name: str = "Aurora"
    upstream: dict[str, Any] = field(default_factory=dict)

    def declaration(self) -> Declaration:
        """The declaration."""
        return Declaration.model_validate(
            {
                "handrail": "1",
                "catalog": {"digest": DIGEST},
                "project": {"id": "aurora", "name": self.name, "version": "2.1", **self.more},
                "facts": self.facts,
                "checklists": list(self.checklists),
                "controls": self.controls,
                "waivers": list(self.waivers),
            }
        )

    def assessment(self, bundle: Bundle = CATALOG, as_of: date = AS_OF) -> Assessment:
        """The project judged."""
        return assess(bundle, DIGEST, self.subject(), as_of=as_of)

    def subject(self) -> Subject:
        """What is judged."""
        upstream = {key: UpstreamReading.model_validate(given) for key, given in self.upstream.items()}
        return Subject(declaration=self.declaration(), observations=self.observations(), upstream=upstream)

    def observations(self) -> Observations:
        """What verifiers saw, as they tell it."""
        return {
            one: tuple(
                Observation.model_validate(
                    {"requirement": name, "kind": "document", "tier": "documented", "text": "Seen.", **entry}
                )
                for name, entry in by_requirement.items()
            )
            for one, by_requirement in self.seen.items()
        }


def done(*names: str) -> dict[str, Any]:
    """Answers `implemented`, a document for each of these requirements."""
    return {"state": "implemented", "evidence": [{"for": name, "path": f"{name}.md"} for name in names]}


def seen(verdict: str = "shown", **given: Any) -> dict[str, Any]:
    """What a verifier saw, dated a month before the run."""
    return {"verdict": verdict, "date": "2026-10-24", **given}


SEALED = {"for": "log", "sealed": {"custodian": "Trust and Safety", "since": "2026-09-30", "access": "SECRET-ACCESS"}}

FIRST_RUN = Project(more={"fictional": "true"})

MIXED = Project(
    controls={
        "DAT-01": done("record"),
        "DAT-02": {"state": "not-applicable", "justification": "SECRET-JUSTIFICATION"},
        "DAT-03": {"state": "planned", "due": "2026-11-01", "summary": "SECRET-SUMMARY", "owner": "SECRET-OWNER"},
        "DAT-04": done("record"),
        "MRK-01": {"state": "partial", "evidence": [{"for": "record", "path": "mark.md"}]},
        "SRV-01": done("record"),
        "SRV-02": done("record"),
        "SRV-03": {"state": "partial", "evidence": [{"for": "record", "path": "filter.md"}]},
        "REP-01": {"state": "implemented", "evidence": [SEALED], "owner": "SECRET-OWNER"},
        "REP-02": done("counts"),
    },
    seen={
        "DAT-01": {"record": seen(tier="verified")},
        "DAT-04": {"record": seen("contradicted")},
        "MRK-01": {"record": seen()},
        "SRV-01": {"record": seen()},
        "SRV-02": {"record": seen()},
        "SRV-03": {"record": seen()},
        "REP-01": {"log": seen("missing", kind="sealed-record", tier="claimed")},
        "REP-02": {"counts": seen(date="2026-02-01", text="SECRET-EVIDENCE")},
    },
    waivers=(
        {
            "control": "DAT-04",
            "reason": "SECRET-REASON",
            "granted": "2026-09-01",
            "expires": "2027-03-01",
            "approved_by": "SECRET-APPROVER",
        },
    ),
)

_ALL = tuple(CATALOG.controls)

ALL_SHOWN = Project(
    controls={
        **{one: done("record") for one in _ALL if not one.startswith("REP")},
        "REP-01": {"state": "implemented", "evidence": [SEALED]},
        "REP-02": done("counts"),
    },
    seen={
        **{one: {"record": seen(tier="verified" if one == "DAT-03" else "documented")} for one in _ALL},
        "REP-01": {"log": seen(kind="sealed-record", tier="claimed")},
        "REP-02": {"counts": seen(kind="metrics")},
    },
)

CASES = {"first-run": FIRST_RUN, "mixed": MIXED, "all-shown": ALL_SHOWN}
"""Golden cases by the name of their folder."""
