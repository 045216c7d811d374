"""A small catalog, and edits to it as a contributor makes them, each with what `diff` must say of it.

Belongs here: data. Never here: an assertion. The expected class and step are written by hand, from the meaning of the
edit (docs/adr/0020), never from the table of kinds.
"""

# A table is read by its rows: one edit a line, however long.
# ruff: noqa: E501
from __future__ import annotations

from dataclasses import dataclass

from tests.catalog.cases import CHECKLIST, SRC

ACT, HEAD, OLD_ACT = "principles/references/act.yaml", "principles/catalog.yaml", "principles/references/old.yaml"
KEYS, RELEASES, WORDS = "principles/attestors.yaml", "principles/releases.yaml", "principles/lexicon.yaml"
FIRST, SECOND = "Every dataset MUST stand in a register.", "Each image SHOULD be screened before use."
FIRST_PRINT, SECOND_PRINT = "f2fb37961a463cef", "9cbe26a612e7665c"

FILES = {
    SRC: f"""\
principle:
  id: SRC
  phase: develop
  title: Source data with care
  title_status: own
  statement: Data is sourced with care.
  rationale: What goes in comes out.
  steward: us
  since: "1.0"
  sources: [{{reference: act, locator: all of it, confidence: secondary}}]
controls:
  - id: SRC-01
    title: Keep a register
    statement: {FIRST}
    question: Does every dataset stand in a register?
    level: must
    scope: dataset
    disclosure: principle
    evidence:
      - id: register
        title: The register
        kind: register
        with: {{columns: [name, day], date_column: day, min_rows: 2}}
        max_age: P90D
        assurance: documented
        handling: restricted
      - any_of:
          - {{id: plan, title: The plan, kind: file, assurance: documented}}
          - {{id: note, title: The note, kind: statement, assurance: claimed}}
    mappings: [{{reference: act, clause: "1", relation: supports, confidence: secondary}}]
    guidance: Start with a table of what you have.
    effort: S
  - id: SRC-02
    title: Screen images
    statement: {SECOND}
    question: Was each image screened?
    level: should
    escalates:
      - {{level: must, when: {{jurisdiction: [us-ca]}}, from: 2027-01-01, reference: act, clause: "1"}}
      - {{level: must, reference: act, clause: "2"}}
    scope: dataset
    applies_when: {{role: [developer], modality: [image]}}
    unless: {{messaging: [none]}}
    requires: [SRC-01]
    allow: {{not_applicable: true}}
    disclosure: control
    evidence:
      - {{id: log, title: The log, kind: sealed-record, assurance: claimed, handling: sealed}}
    guidance: Ask whoever holds a list to screen for you.
    effort: M
  - id: SRC-03
    title: Try a thing
    statement: A thing MAY be tried.
    question: Was it tried?
    level: may
    scope: model
    status: draft
    disclosure: control
    evidence:
      - {{id: note, title: A note, kind: statement, assurance: claimed}}
    guidance: Try it.
    effort: S
  - id: SRC-04
    title: Keep the old list
    statement: The old list MUST be kept.
    question: Is the old list kept?
    level: must
    scope: organisation
    status: retired
    disclosure: control
    evidence:
      - {{id: note, title: A note, kind: statement, assurance: claimed}}
    guidance: Keep it.
    effort: S
""",
    ACT: """\
reference:
  id: act
  title: An act on data
  short: Act
  publisher: A parliament
  kind: law
  jurisdiction: us-ca
  status: in-force
  reviewed_on: 2026-11-01
  confidence: secondary
clauses:
  "1": {title: Registers, confidence: secondary}
  "2": {title: Screening, confidence: memory}
  "3": {title: Nothing, confidence: seen}
""",
    HEAD: """\
catalog:
  id: minimal
  title: A minimal catalog
  version: "1.1.0"
  publisher: Tests
  licence: CC0-1.0
  summary: As little as a catalog can be.
  notice: For tests only.
facts:
  role:
    title: Role
    question: What do you do?
    many: true
    values: {developer: {label: Developer}, host: {label: Host}}
  modality:
    title: Modality
    question: What goes in or out?
    many: true
    values: {text: {label: Text}, image: {label: Image}, sound: {label: Sound}}
  jurisdiction:
    title: Jurisdiction
    question: Where?
    many: true
    values: {us: {label: United States}, us-ca: {label: California, parent: us}, us-ny: {label: New York}}
  messaging:
    title: Messaging
    question: Can people write to each other?
    many: false
    values: {none: {label: No}, private: {label: Privately}}
""",
    WORDS: "terms:\n  register: {title: Register, definition: A dated table.}\n",
    "principles/stewards.yaml": "stewards:\n  us: {name: We who test}\n  them: {name: They who test}\n",
    RELEASES: f"""\
releases:
  - version: "1.0.0"
    date: 2026-01-01
    digest: sha256:{"0" * 64}
    fingerprints: {{SRC-01: "{FIRST_PRINT}", SRC-09: "aaaaaaaaaaaaaaaa"}}
""",
    CHECKLIST: """\
checklist:
  id: developer
  title: Developer
  role: developer
  introduction: You make models.
selects:
  controls: [SRC-01, SRC-02, SRC-03]
set:
  SRC-02: {level: must}
""",
    "checklists/all.yaml": """\
checklist: {id: all, title: All, introduction: Everything.}
selects: {phases: [develop]}
""",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one file: each text is replaced by the next; no text at all takes the file away.

    `told` are all the changes it must make, as `id kind`; `class_` and `step` those of the whole.
    """

    name: str
    path: str
    texts: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    class_: str
    step: str


def _edit(name: str, path: str, old: str, new: str, told: str, class_: str, step: str) -> Edit:
    return Edit(name, path, ((old, new),), tuple(told.split(", ")), class_, step)


_NEW = """\
  - id: SRC-05
    title: Ask first
    statement: People MUST be asked first.
    question: Were people asked first?
    level: must
    scope: model
    disclosure: control
    evidence:
      - {id: note, title: A note, kind: statement, assurance: claimed}
    guidance: Ask.
    effort: S
"""
_END = "    guidance: Keep it.\n    effort: S\n"
_STATEMENT = f"    statement: {SECOND}\n"
_CLEARER = "    statement: Each image SHOULD be screened before it is used.\n"
_SAME = f'    same_meaning_as: [{{fingerprint: "{SECOND_PRINT}", reason: Only the grammar.}}]\n'
_OTHER = '    same_meaning_as: [{fingerprint: "aaaaaaaaaaaaaaaa", reason: It was much the same.}]\n'
_KEY = "attestors:\n  lab: {name: A lab, since: 2026-01-01, public_key: abc}\n"

E, C, S, W, B = "editorial", "clarifying", "strengthening", "weakening", "breaking"
PATCH, MINOR, MAJOR = "patch", "minor", "major"

EDITS = (
    # Ids over time
    _edit("a control is added", SRC, _END, _END + _NEW, "SRC-05 control-added", S, MINOR),
    _edit("a draft is added", SRC, _END, _END + _NEW.replace("scope", "status: draft\n    scope"), "SRC-05 draft-added", E, PATCH),
    _edit("a draft becomes active", SRC, "    status: draft\n", "", "SRC-03 control-activated", S, MINOR),
    _edit("a control is retired", SRC, _STATEMENT, f"{_STATEMENT}    status: retired\n", "SRC-02 control-retired", W, MAJOR),
    _edit("a control is deprecated", SRC, _STATEMENT, f"{_STATEMENT}    status: deprecated\n", "SRC-02 control-deprecated", C, PATCH),
    _edit("a control is a draft again", SRC, _STATEMENT, f"{_STATEMENT}    status: draft\n", "SRC-02 control-back-to-draft", W, MAJOR),
    _edit("a retired control comes back", SRC, "    status: retired\n", "", "SRC-04 control-brought-back", S, MINOR),
    Edit(
        "a retired id is used again", SRC,
        (("    status: retired\n", ""), ("The old list MUST be kept.", "A new list MUST be made.")),
        ("SRC-04 id-reused",), B, MAJOR,
    ),
    _edit(
        "a released id that was dropped is used again", SRC, _END, _END + _NEW.replace("SRC-05", "SRC-09"),
        "SRC-09 id-reused", B, MAJOR,
    ),
    # Texts
    _edit("a statement is another", SRC, SECOND, "Each image SHOULD be screened twice.", "SRC-02 statement-changed", B, MAJOR),
    _edit("a statement is clearer and says so", SRC, _STATEMENT, _CLEARER + _SAME, "SRC-02 statement-clarified", C, PATCH),
    _edit("an earlier text counts again", SRC, _STATEMENT, _STATEMENT + _OTHER, "SRC-02 earlier-text-stands", W, MAJOR),
    _edit("a statement is wrapped", SRC, SECOND, '"Each image  SHOULD be screened before use."', "SRC-02 statement-respaced", E, PATCH),
    _edit("a title is another", SRC, "title: Screen images", "title: Screen all images", "SRC-02 title-changed", E, PATCH),
    _edit("guidance is another", SRC, "Ask whoever", "Ask anyone who", "SRC-02 prose-changed", E, PATCH),
    _edit("a draft's statement is another", SRC, "A thing MAY be tried.", "A thing MAY be done.", "SRC-03 statement-changed", E, PATCH),
    # What binds
    _edit("a level is raised", SRC, "level: should", "level: must", "SRC-02 level-raised", S, MINOR),
    Edit(
        "a level is raised by its keyword", SRC,
        ((_STATEMENT, _STATEMENT.replace("SHOULD", "MUST") + _SAME), ("level: should", "level: must")),
        ("SRC-02 level-raised", "SRC-02 statement-clarified"), S, MINOR,
    ),
    _edit("a level is lowered", SRC, "    level: must\n    scope: dataset", "    level: should\n    scope: dataset", "SRC-01 level-lowered", W, MAJOR),
    _edit("a selector is widened", SRC, "modality: [image]}", "modality: [image, sound]}", "SRC-02 scope-widened", S, MINOR),
    _edit("a selector is narrowed", SRC, "role: [developer], modality", "role: [developer], jurisdiction: [us], modality", "SRC-02 scope-narrowed", W, MAJOR),
    _edit("unless is widened", SRC, "messaging: [none]", "messaging: [none, private]", "SRC-02 scope-narrowed", W, MAJOR),
    _edit("unless is taken out", SRC, "    unless: {messaging: [none]}\n", "", "SRC-02 scope-widened", S, MINOR),
    _edit("a selector moves", SRC, "modality: [image]}", "modality: [sound]}", "SRC-02 scope-widened, SRC-02 scope-narrowed", W, MAJOR),
    _edit("a selector is spelled otherwise", SRC, "{role: [developer], modality: [image]}", "{modality: [image, image], role: [developer]}", "SRC-02 scope-respelled", E, PATCH),
    _edit("whose answer it is", SRC, "level: must\n    scope: dataset", "level: must\n    scope: model", "SRC-01 answered-by", B, MAJOR),
    _edit("a prerequisite is dropped", SRC, "    requires: [SRC-01]\n", "", "SRC-02 prerequisite-dropped", W, MAJOR),
    _edit("a prerequisite is added", SRC, "requires: [SRC-01]", "requires: [SRC-01, SRC-03]", "SRC-02 prerequisite-added", S, MINOR),
    _edit("a prerequisite becomes a choice", SRC, "requires: [SRC-01]", "requires: [{any_of: [SRC-01, SRC-03]}]", "SRC-02 prerequisite-dropped", W, MAJOR),
    _edit("not applicable is refused", SRC, "allow: {not_applicable: true}", "allow: {}", "SRC-02 not-applicable-refused", S, MINOR),
    _edit("inheriting is refused", SRC, "{not_applicable: true}", "{not_applicable: true, inherit: false}", "SRC-02 inheriting-refused", S, MINOR),
    _edit("waiving is refused", SRC, "{not_applicable: true}", "{not_applicable: true, waive: false}", "SRC-02 waiving-refused", B, MAJOR),
    _edit("more is published", SRC, "disclosure: principle", "disclosure: control", "SRC-01 disclosure-finer", B, MAJOR),
    _edit("less is published", SRC, "requires: [SRC-01]\n    allow: {not_applicable: true}\n    disclosure: control", "requires: [SRC-01]\n    allow: {not_applicable: true}\n    disclosure: principle", "SRC-02 disclosure-coarser", W, MAJOR),
    _edit("an escalation begins later", SRC, "from: 2027-01-01", "from: 2028-01-01", "SRC-02 escalation-weaker", W, MAJOR),
    _edit("an escalation is for more", SRC, "when: {jurisdiction: [us-ca]}", "when: {jurisdiction: [us]}", "SRC-02 escalation-stricter", S, MINOR),
    _edit("an escalation that is shown only", SRC, '{level: must, reference: act, clause: "2"}', '{level: should, reference: act, clause: "2"}', "SRC-02 duty-shown", C, PATCH),
    _edit("an escalation is added", SRC, '{level: must, reference: act, clause: "2"}', '{level: must, reference: act, clause: "2"}\n      - {level: must, reference: act, clause: "3"}', "SRC-02 escalation-added", S, MINOR),
    _edit("a clause is now known", ACT, "Screening, confidence: memory", "Screening, confidence: seen", "SRC-02 duty-bound, act clause-changed", S, MINOR),
    _edit("a law is now guidance", ACT, "kind: law", "kind: guidance", "SRC-02 duty-unbound, act reference-changed", W, MAJOR),
    # Evidence
    _edit("evidence is added", SRC, "kind: sealed-record, assurance: claimed, handling: sealed}\n", "kind: sealed-record, assurance: claimed, handling: sealed}\n      - {id: more, title: More, kind: file, assurance: documented}\n", "SRC-02 requirement-added", S, MINOR),
    _edit("evidence is dropped", SRC, "          - {id: note, title: The note, kind: statement, assurance: claimed}\n", "          - {id: other, title: Other, kind: file, assurance: claimed}\n", "SRC-01 requirement-removed, SRC-01 requirement-added", B, MAJOR),
    _edit("a requirement is renamed", SRC, "id: log,", "id: record,", "SRC-02 requirement-renamed", B, MAJOR),
    _edit("less evidence suffices", SRC, "          - {id: note,", "          - {id: mail, title: Mail, kind: file, assurance: claimed}\n          - {id: note,", "SRC-01 alternative-added", W, MAJOR),
    _edit("another kind", SRC, "title: The plan, kind: file", "title: The plan, kind: security-contact", "SRC-01 kind-changed", B, MAJOR),
    _edit("more rows", SRC, "min_rows: 2", "min_rows: 3", "SRC-01 parameter-stricter", S, MINOR),
    _edit("fewer columns", SRC, "columns: [name, day]", "columns: [day]", "SRC-01 parameter-weaker", W, MAJOR),
    _edit("other columns", SRC, "columns: [name, day]", "columns: [place, day]", "SRC-01 parameter-changed", B, MAJOR),
    _edit("columns in another order", SRC, "columns: [name, day]", "columns: [day, name]", "SRC-01 prose-changed", E, PATCH),
    _edit("a default is written out", SRC, "The note, kind: statement,", "The note, kind: statement, with: {min_words: 30},", "SRC-01 prose-changed", E, PATCH),
    _edit("evidence may be older", SRC, "max_age: P90D", "max_age: P365D", "SRC-01 age-lengthened", W, MAJOR),
    _edit("evidence must be newer", SRC, "max_age: P90D", "max_age: P30D", "SRC-01 age-shortened", S, MINOR),
    _edit("evidence never ages", SRC, "        max_age: P90D\n", "", "SRC-01 age-lengthened", W, MAJOR),
    _edit("better assurance", SRC, "kind: file, assurance: documented", "kind: file, assurance: verified", "SRC-01 assurance-raised", S, MINOR),
    _edit("less assurance", SRC, "kind: file, assurance: documented", "kind: file, assurance: claimed", "SRC-01 assurance-lowered", W, MAJOR),
    _edit("evidence is public", SRC, "handling: restricted", "handling: public", "SRC-01 handling-opened", B, MAJOR),
    # Around
    _edit("a mapping is dropped", SRC, '    mappings: [{reference: act, clause: "1", relation: supports, confidence: secondary}]\n', "", "SRC-01 mapping-removed", C, PATCH),
    _edit("a mapping says more", SRC, "relation: supports", "relation: subset", "SRC-01 mapping-changed", C, PATCH),
    _edit("a principle's statement", SRC, "Data is sourced with care.", "Data is sourced with great care.", "SRC principle-statement", C, PATCH),
    _edit("another steward", SRC, "steward: us", "steward: them", "SRC steward-changed", C, PATCH),
    _edit("a clause is added", ACT, '  "3"', '  "4": {title: More, confidence: seen}\n  "3"', "act clause-added", C, PATCH),
    _edit("a law takes effect", ACT, "  reviewed_on", "  effective_from: 2026-12-01\n  reviewed_on", "act reference-changed", C, PATCH),
    _edit("a word means something else", WORDS, "A dated table.", "A table.", "register lexicon-changed", C, PATCH),
    _edit("a value is added", HEAD, "sound: {label: Sound}", "sound: {label: Sound}, video: {label: Video}", "modality value-added", C, PATCH),
    _edit("a value is dropped", HEAD, ", sound: {label: Sound}", "", "modality value-removed", B, MAJOR),
    _edit("a fact takes one value", HEAD, "What do you do?\n    many: true", "What do you do?\n    many: false", "role fact-takes-one", B, MAJOR),
    _edit("a value moves beneath another", HEAD, "us-ny: {label: New York}", "us-ny: {label: New York, parent: us-ca}", "jurisdiction value-moved, SRC-02 escalation-stricter", S, MINOR),
    _edit("a release is rewritten", RELEASES, "2026-01-01", "2026-01-02", "catalog release-rewritten", B, MAJOR),
    _edit("the list leaves one out", CHECKLIST, "SRC-02, SRC-03]\nset:\n  SRC-02: {level: must}\n", "SRC-03]\n", "developer selection-dropped, developer tailoring-weaker", W, MAJOR),
    _edit("the list asks for less", CHECKLIST, "SRC-02: {level: must}", "SRC-02: {level: may}", "developer tailoring-weaker", W, MAJOR),
    _edit("the list asks for newer", CHECKLIST, "SRC-02: {level: must}", "SRC-02: {level: must, max_age: P30D}", "developer tailoring-stricter", S, MINOR),
    _edit("the list takes one role less", CHECKLIST, "  role: developer\n", "", "developer checklist-role", C, PATCH),
    Edit("a checklist is taken away", "checklists/all.yaml", (), ("all checklist-removed",), B, MAJOR),
    Edit("a list of keys is added", KEYS, (("", _KEY),), ("lab attestor-added",), W, MAJOR),
)  # fmt: skip
