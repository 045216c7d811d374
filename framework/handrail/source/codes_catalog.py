"""The codes of HR20x to HR22x: names and order in the catalog, and its bundle. The lint rules are in `codes_lint`.

Belongs here: one entry per code with all its texts. Never here: the rule that finds the defect.
"""

from __future__ import annotations

from handrail.source.code import Code
from handrail.source.codes_endorsements import ENDORSEMENT_CODES
from handrail.source.codes_lint import LINT_CODES
from handrail.source.codes_pack import PACK_CODES
from handrail.source.codes_translation import TRANSLATION_CODES

_LINK_CODES: tuple[Code, ...] = (
    Code(
        code="HR200",
        slug="no-catalog",
        title="A catalog is not there, or holds no principle.",
        why="Without principles there is nothing to judge by, and an empty report would look like a good one.",
        example="handrail lint --catalog site",
        instead="handrail lint --catalog .",
    ),
    Code(
        code="HR201",
        slug="unknown-id",
        title="A control or principle is named that the catalog does not have.",
        why="A prerequisite or a checklist entry that resolves to nothing would ask for nothing, in silence.",
        example="requires: [SRC-1]",
        instead="requires: [SRC-01]",
    ),
    Code(
        code="HR202",
        slug="duplicate-id",
        title="An id is given twice.",
        why="An answer names a control by its id alone. Two controls with one id would share that answer.",
        example="controls:\n  - id: SRC-03\n  - id: SRC-03",
        instead="controls:\n  - id: SRC-03\n  - id: SRC-04",
    ),
    Code(
        code="HR203",
        slug="requires-itself",
        title="A control requires itself, by way of others.",
        why="None of the controls on such a path could ever be relied on, since each waits for the next.",
        example="- id: SRC-01\n  requires: [SRC-02]\n- id: SRC-02\n  requires: [SRC-01]",
        instead="- id: SRC-01\n- id: SRC-02\n  requires: [SRC-01]",
    ),
    Code(
        code="HR204",
        slug="foreign-id",
        title="The id of a control does not start with the id of its principle.",
        why="Readers find a control's principle, and its file, by its id.",
        example="principle: {id: SRC}\ncontrols:\n  - id: GOV-01",
        instead="principle: {id: SRC}\ncontrols:\n  - id: SRC-01",
    ),
    Code(
        code="HR205",
        slug="misplaced-file",
        title="A file stands where its content does not belong, or bears another name than its id.",
        why="Where a file stands says what it is. One in the wrong place would be misread or missed.",
        example="# principles/references/ai-act.yaml\nreference: {id: eu-ai-act}",
        instead="# principles/references/eu-ai-act.yaml\nreference: {id: eu-ai-act}",
    ),
    Code(
        code="HR206",
        slug="unknown-fact",
        title="A selector names a fact that the vocabulary does not have.",
        why="No project can declare that fact, so the selector would decide nothing.",
        example="applies_when: {rol: [fine-tuner]}",
        instead="applies_when: {role: [fine-tuner]}",
    ),
    Code(
        code="HR207",
        slug="unknown-value",
        title="A value is named that its fact does not have.",
        why="No project can declare that value, so whoever was meant would be left out.",
        example="applies_when: {role: [finetuner]}",
        instead="applies_when: {role: [fine-tuner]}",
    ),
    Code(
        code="HR208",
        slug="unknown-reference",
        title="A reference is named that has no file.",
        why="Every citation leads to a page that says what the instrument is and how well it is known.",
        example="mappings: [{reference: ai-act, clause: '5(1)(bb)'}]",
        instead="mappings: [{reference: eu-ai-act, clause: '5(1)(bb)'}]",
    ),
    Code(
        code="HR209",
        slug="unknown-clause",
        title="A clause is named that its reference does not have.",
        why="A citation that cannot be looked up is worth no more than none.",
        example="mappings: [{reference: eu-ai-act, clause: '5.1.bb'}]",
        instead="mappings: [{reference: eu-ai-act, clause: '5(1)(bb)'}]",
    ),
    Code(
        code="HR210",
        slug="unknown-steward",
        title="A steward is named that `stewards.yaml` does not have.",
        why="Someone has to answer for each principle, by name.",
        example="steward: handrails",
        instead="steward: handrail",
    ),
    Code(
        code="HR211",
        slug="unknown-kind",
        title="A requirement names a kind of evidence that nothing can check.",
        why="Evidence of an unknown kind stays undetermined for ever, whatever a project supplies.",
        example="kind: model_card",
        instead="kind: model-card",
    ),
    Code(
        code="HR212",
        slug="unknown-parameter",
        title="A requirement gives a parameter that its kind does not take.",
        why="The parameter would ask for nothing, while the reader thinks that it does.",
        example="kind: red-team\nwith: {attempts: 100}",
        instead="kind: red-team\nwith: {min_attempts: 100}",
    ),
    Code(
        code="HR213",
        slug="parameter-type",
        title="A parameter of a requirement has the wrong type.",
        why="What cannot be read cannot be asked for.",
        example="kind: dataset-screening\nwith: {max_list_age: 30}",
        instead="kind: dataset-screening\nwith: {max_list_age: P30D}",
    ),
    Code(
        code="HR214",
        slug="missing-parameter",
        title="A requirement lacks a parameter that its kind needs.",
        why="A document without required headings, or a table without required columns, would show nothing.",
        example="kind: document",
        instead="kind: document\nwith: {headings: [Scope, Owner]}",
    ),
    Code(
        code="HR215",
        slug="unknown-term",
        title="A term of the lexicon refers to one that it does not have.",
        why="A reader who looks a word up must not be sent to nothing.",
        example="terms:\n  control: {see: [statment]}",
        instead="terms:\n  control: {see: [statement]}",
    ),
    Code(
        code="HR216",
        slug="empty-period",
        title="An escalation ends before it begins.",
        why="It would hold on no day, while the reader thinks that a duty is recorded.",
        example="{level: must, from: 2027-01-01, until: 2026-12-31}",
        instead="{level: must, from: 2026-12-31, until: 2027-01-01}",
    ),
    Code(
        code="HR217",
        slug="own-ancestor",
        title="A value of a fact is its own ancestor.",
        why="A selector matches everything beneath a value; in a ring there is no beneath.",
        example="us: {parent: us-ca}\nus-ca: {parent: us}",
        instead="us: {label: United States}\nus-ca: {parent: us}",
    ),
    Code(
        code="HR218",
        slug="after-itself",
        title="By `requires` and `follows` together, a control comes after itself.",
        why="`handrail plan` puts work in an order, and here there is none.",
        example="- id: SRC-01\n  follows: [SRC-02]\n- id: SRC-02\n  requires: [SRC-01]",
        instead="- id: SRC-01\n- id: SRC-02\n  requires: [SRC-01]",
    ),
    Code(
        code="HR219",
        slug="unusable-bundle",
        title="A file given as a bundle is not one, or does not hold together.",
        why="A catalog that names what it does not hold cannot be judged by, and guessing would change findings.",
        example="handrail check --catalog notes.json",
        instead="handrail bundle --out bundle.json && handrail check --catalog bundle.json",
    ),
)

CATALOG_CODES: tuple[Code, ...] = (*_LINK_CODES, *LINT_CODES, *ENDORSEMENT_CODES, *PACK_CODES, *TRANSLATION_CODES)
