"""The data of the page on which a contributor writes a proposal without a terminal.

Belongs here: the questions of `handrail new` and the names of the catalog, as the page's scripts read them. Never here:
the questions themselves (`catalog.scaffold_rows`), and the page, which is written by hand (`propose.md`).
"""

from __future__ import annotations

import json

from handrail.catalog.blanks import MARK
from handrail.catalog.scaffold import Known, known_of
from handrail.catalog.scaffold_forms import Field, Form, requirement
from handrail.catalog.scaffold_rows_around import FORMS
from handrail.model.bundle import Bundle
from handrail.model.kinds import KINDS

DATA = "assets/propose/propose-data.js"


def propose_data(bundle: Bundle) -> bytes:
    """The data as a script that sets one constant, since a page from a disk may load nothing else."""
    known = known_of(bundle)
    data = {
        "mark": MARK,
        "forms": [_form(form, known) for form in FORMS.values()],
        "principles": [
            {"id": one.id, "title": one.title, "phase": one.phase.value, "next": known.next_control(one.id)}
            for one in bundle.principles
        ],
        "taken": {
            "principle": sorted({*known.principles, *(one.rpartition("-")[0] for one in known.ids)}),
            "checklist": sorted(known.checklists),
            "reference": sorted(known.references),
            "steward": sorted(known.stewards),
        },
        "facts": [
            {"key": key, "title": bundle.facts[key].title, "values": list(values.items())}
            for key, values in known.facts.items()
        ],
        "kinds": {name: requirement(name) for name in KINDS},
        "since": ".".join(known.version.split(".")[:2]),
    }
    # Beyond ASCII everything stays escaped: U+2028 and U+2029 end a line in old JavaScript.
    return f"const handrailProposeData = {json.dumps(data, separators=(',', ':'))};\n".encode()


def _form(form: Form, known: Known) -> dict[str, object]:
    return {
        "name": form.name,
        "title": form.title,
        "of": form.of,
        "named": form.named,
        "fields": [_field(field, known) for field in form.fields],
    }


def _field(field: Field, known: Known) -> dict[str, object]:
    options = known.options(field.known) or field.options
    return {
        "key": field.key,
        "path": field.path,
        "question": field.question,
        "wanted": field.wanted,
        "shape": field.shape.value,
        "options": list(options.items()),
        "default": field.default,
        "optional": field.optional,
    }
