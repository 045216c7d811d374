"""The self-assessment form: the page that asks, and the catalog as its scripts read it.

Belongs here: the questions, and what of the catalog the form needs beyond the data of "What applies to me", which it
loads too. Never here: scope, levels and findings; `judge.js` in the theme's overrides gives them, by the same rules as
`assess.evaluate` with nothing seen, to which the tests hold it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from handrail.assess.answers import bare
from handrail.catalog.resolve import alternatives, judged_controls, prerequisites, selected
from handrail.evidence.observe import pointer_of
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Requirement
from handrail.model.pack import pack_of, packs_of
from handrail.model.reasons import REASONS
from handrail.model.vocabulary import ChecklistFile, Release
from handrail.publish import script_words
from handrail.publish.language import current, spoken
from handrail.publish.page import Page, render
from handrail.publish.pages_applies import DATA as SCOPE_DATA
from handrail.publish.pages_checklists import in_order
from handrail.publish.words import HANDLING, how_fresh

PATH = "self-assessment.html"
DATA = "assets/form/data.js"
SCRIPTS = (
    SCOPE_DATA,
    DATA,
    "assets/handrail/words.js",
    "assets/handrail/scope.js",
    *(
        f"assets/form/{name}.js"
        for name in ("yaml-read", "yaml-write", "shape", "judge", "declaration", "page", "evidence", "answers", "form")
    ),
)
"""Everything that the page loads, in the order in which each needs the one before."""


def form_page(bundle: Bundle) -> Page:
    """The one page; without scripts it says where else a project can be assessed."""
    return Page(
        path=PATH,
        title="Self-assessment",
        description="Answer for a project, control by control, in this page alone, and take the answers with you.",
        body=render("form.html", PATH, bundle=bundle, checklists=in_order(bundle), scripts=SCRIPTS),
        wide=True,
    )


def form_data(bundle: Bundle, digest: str) -> bytes:
    """The data as a script that sets one constant, since a page from a disk may load nothing else."""
    judged = judged_controls(bundle, include_draft=False)
    say = current().gettext
    data = {
        "controls": {one: _control(control, bundle, judged=one in judged) for one, control in bundle.controls.items()},
        "checklists": {one.checklist.id: _checklist(one, bundle, judged) for one in in_order(bundle)},
        "parts": {"": _part(bundle.catalog.version, digest, bundle.releases)}
        | {part.prefix: _part(part.version, part.digest, part.releases) for part in packs_of(bundle)},
        "reasons": dict(REASONS),
        "states": {name: say(text) for name, text in script_words.STATES.items()},
        "findings": {name: say(text) for name, text in script_words.FINDINGS.items()},
        "answer": _said(script_words.ANSWER),
        "pointers": _said(script_words.POINTERS),
        "more": _said(script_words.MORE),
        **spoken(script_words.FORM),
    }
    # Beyond ASCII everything stays escaped: U+2028 and U+2029 end a line in old JavaScript.
    return f"const handrailForm = {json.dumps(data, separators=(',', ':'))};\n".encode()


def _said(fields: object) -> object:
    """Fields with what a person reads of them in the current language; names and types stay."""
    if isinstance(fields, Mapping):
        read = ("add", "label", "hint")
        return {name: current().gettext(one) if name in read else _said(one) for name, one in fields.items()}
    return [_said(one) for one in fields] if isinstance(fields, tuple) else fields


def _part(version: str, digest: str, releases: Iterable[Release]) -> dict[str, object]:
    """A catalog or a pack, as a declaration pins it, and its earlier releases."""
    earlier = [{"digest": bare(one.digest), "fingerprints": one.fingerprints} for one in releases]
    return {"version": version, "digest": bare(digest), "releases": earlier}


def _control(control: Control, bundle: Bundle, *, judged: bool) -> dict[str, object]:
    part = pack_of(control.id, bundle)
    return {
        "pack": part.prefix if part else "",
        "statement": control.statement,
        "question": control.question,
        "judged": judged,
        "fingerprint": bundle.fingerprints[control.id],
        "sameMeaning": [one.fingerprint for one in control.same_meaning_as],
        "requires": [list(group) for group in prerequisites(control)],
        "notApplicable": control.allow.not_applicable,
        "inherit": control.allow.inherit,
        "evidence": [[_requirement(one) for one in alternatives(group)] for group in control.evidence],
    }


def _requirement(one: Requirement) -> dict[str, object]:
    say = current().gettext
    return {
        "id": one.id,
        "title": one.title,
        "about": say("%(kind)s, at least %(assurance)s, %(age)s, %(handling)s")
        % {
            "kind": one.kind,
            "assurance": say(one.assurance.value),
            "age": how_fresh(one.max_age),
            "handling": say(HANDLING[one.handling]),
        },
        "pointer": pointer_of(one) or "path",
    }


def _checklist(one: ChecklistFile, bundle: Bundle, judged: frozenset[str]) -> dict[str, object]:
    return {
        "title": one.checklist.title,
        "controls": [control for control in selected(one, bundle) if control in judged],
        "levels": {control: set_.level.value for control, set_ in one.tailoring.items() if set_.level},
    }
