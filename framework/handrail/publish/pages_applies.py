"""What applies to me: the page that asks for facts and a day, and the data from which its script answers.

Belongs here: the questions, and the catalog as that script reads it. Never here: the answer; `scope.js` in the theme's
overrides gives it, by the same rules as `catalog.query`, to which the tests hold it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from handrail.catalog.resolve import judged_controls
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Escalation
from handrail.model.terms import Confidence, ReferenceKind
from handrail.publish.language import current, spoken
from handrail.publish.page import Page, render
from handrail.publish.pages_catalog import short_title
from handrail.publish.pages_references import anchors
from handrail.publish.script_words import APPLIES
from handrail.publish.words import CONFIDENCE, MONTHS, PHASES

PATH = "applies.html"
DATA = "assets/handrail/applies-data.js"

Anchors = Mapping[tuple[str, str], str]


def applies_pages(bundle: Bundle) -> Iterator[Page]:
    """The one page; without scripts it still shows the questions, and where the answers stand."""
    judged = judged_controls(bundle, include_draft=False)
    yield Page(
        path=PATH,
        title="What applies to me",
        description="Choose your facts and a day, and see which controls bind you, since when, and why.",
        body=render("applies.html", PATH, bundle=bundle, controls=len(judged), data=DATA),
    )


def applies_data(bundle: Bundle, digest: str) -> bytes:
    """The data as a script that sets one constant, since a page from a disk may load nothing else."""
    judged = judged_controls(bundle, include_draft=False)
    clause_anchors = anchors(bundle)
    say = current().gettext
    data = {
        "catalog": {"version": bundle.catalog.version, "digest": digest},
        "facts": {
            name: {
                "title": fact.title,
                "many": fact.many,
                "values": {key: {"label": one.label, "parent": one.parent} for key, one in fact.values.items()},
            }
            for name, fact in bundle.facts.items()
        },
        "principles": [
            {"id": one.id, "title": short_title(one), "phase": say(PHASES[one.phase][0])} for one in bundle.principles
        ],
        "controls": [
            _control(control, bundle, clause_anchors) for one, control in bundle.controls.items() if one in judged
        ],
        # Places with no law in the catalog: silence about them is not an answer.
        "examined": sorted(
            {
                file.reference.jurisdiction
                for file in bundle.references.values()
                if file.reference.kind is ReferenceKind.LAW and file.reference.jurisdiction
            }
        ),
        "months": [say(month) for month in MONTHS],
        **spoken(APPLIES),
    }
    # Beyond ASCII everything stays escaped: U+2028 and U+2029 end a line in old JavaScript.
    return f"const handrailCatalog = {json.dumps(data, separators=(',', ':'))};\n".encode()


def _control(control: Control, bundle: Bundle, clause_anchors: Anchors) -> dict[str, object]:
    principle = bundle.principle_of[control.id]
    return {
        "id": control.id,
        "title": control.title,
        "principle": principle,
        "address": f"principles/{principle.lower()}.html#{control.id}",
        "level": control.level.value,
        "when": {name: list(values) for name, values in control.applies_when.items()},
        "unless": {name: list(values) for name, values in control.unless.items()},
        "escalates": [_escalation(one, bundle, clause_anchors) for one in control.escalates],
    }


def _escalation(one: Escalation, bundle: Bundle, clause_anchors: Anchors) -> dict[str, object]:
    file = bundle.references[one.reference]
    confidence = file.clauses[one.clause].confidence
    return {
        "level": one.level.value,
        "when": {name: list(values) for name, values in one.when.items()},
        "from": one.start.isoformat() if one.start else None,
        "until": one.until.isoformat() if one.until else None,
        "reference": one.reference,
        "clause": one.clause,
        "name": f"{file.reference.short}, {one.clause}",
        "address": f"references/{one.reference}.html#{clause_anchors[one.reference, one.clause]}",
        "known": current().gettext(CONFIDENCE[confidence]),
        # What is only remembered is shown and changes no level.
        "counts": confidence > Confidence.MEMORY,
        "law": file.reference.kind is ReferenceKind.LAW,
    }
