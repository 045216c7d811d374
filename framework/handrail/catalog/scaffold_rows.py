"""The questions for a control and for a principle, in the order in which their files are written.

Belongs here: the rows. Never here: what a field is (`scaffold_forms`), and the rows of what stands around the controls
(`scaffold_rows_around`).
"""

from __future__ import annotations

from types import MappingProxyType

from handrail.catalog.scaffold_forms import Form, Shape, ask, words
from handrail.model.kinds import KINDS
from handrail.model.terms import Disclosure, Effort, Level, Phase, Scope, TitleStatus

_LIFE = MappingProxyType(
    {
        "draft": "draft: listed, and judged only where a reader asks for drafts",
        "active": "active: it binds as soon as it is released",
    }
)

_STATUS = ask(
    "status",
    "status",
    "draft or active",
    "Is it a draft?",
    shape=Shape.CHOICE,
    options=_LIFE,
    default="draft",
    remark="A draft needs neither evidence nor a checklist. `active` needs both.",
)

CONTROL = Form(
    name="control",
    title="A control",
    of="to the end of its principle's file",
    fields=(
        ask("id", "id", "the id", remark="never used again, whatever becomes of it"),
        ask(
            "title",
            "title",
            "what is to be done, as an instruction of a few words",
            "What is to be done, in a few words?",
        ),
        ask(
            "statement",
            "statement",
            "who MUST, SHOULD or MAY do what, in one sentence that holds that word once",
            "Who must, should or may do what?",
            shape=Shape.TEXT,
            remark="One act of one actor, which someone else can judge as done or not done.",
        ),
        ask(
            "question",
            "question",
            "the same as a question to a project, which ends with a question mark",
            "How would you ask a project for it?",
            shape=Shape.TEXT,
        ),
        ask(
            "level",
            "level",
            "must, should or may, as in the statement",
            "How strictly does it bind?",
            shape=Shape.CHOICE,
            options=words(Level),
        ),
        ask(
            "scope",
            "scope",
            "whose answer it is (organisation, model, dataset or service)",
            "Whose answer is it?",
            shape=Shape.CHOICE,
            options=words(Scope),
        ),
        ask(
            "applies-when",
            "applies_when",
            "{role: [model-developer], modality: [image, video]}",
            "Whom does it bind? Nothing chosen means everyone.",
            shape=Shape.SELECTOR,
            optional=True,
            remark="Left out, it binds everyone. For every fact named here, a project must declare one of the values:",
        ),
        ask(
            "requires",
            "requires",
            "[GOV-01]",
            shape=Shape.HINT,
            optional=True,
            remark="Controls without which this one cannot be relied on:",
        ),
        ask(
            "disclosure",
            "disclosure",
            "control or principle",
            "How finely may a public report show it?",
            shape=Shape.CHOICE,
            options=words(Disclosure),
            default=Disclosure.CONTROL.value,
            remark="How finely a public report shows it; `principle` where detail would help the wrong people.",
        ),
        ask(
            "kind",
            "evidence",
            "[{id: record, title: What it is, kind: file, assurance: documented}]",
            "What kind of evidence would show it? A draft may leave this open.",
            shape=Shape.KIND,
            options=MappingProxyType({name: kind.title for name, kind in KINDS.items()}),
            optional=True,
            remark="What would show a stranger that it is done (`handrail list kinds`):",
        ),
        ask(
            "mappings",
            "mappings",
            "[{reference: sbd-2024, clause: document, relation: related, confidence: seen}]",
            shape=Shape.HINT,
            optional=True,
            remark="Clauses of outside instruments that it speaks to, and how well you know each:",
        ),
        ask(
            "guidance",
            "guidance",
            "how to do it, step by step, with a smallest honest start for a team of two",
            "How does one do it? Where does a team of two begin?",
            shape=Shape.MARKDOWN,
        ),
        ask(
            "effort",
            "effort",
            "S, M or L (days, weeks or months)",
            "How much work is it?",
            shape=Shape.CHOICE,
            options=words(Effort),
        ),
        _STATUS,
    ),
)

PRINCIPLE = Form(
    name="principle",
    title="A principle, with its first control",
    of="into a file of its own",
    fields=(
        ask(
            "id",
            "principle.id",
            "three or four capital letters",
            "Which short id shall it have, such as SRC?",
            remark="the ids of its controls begin with it; never used again, whatever becomes of it",
        ),
        ask(
            "phase",
            "principle.phase",
            "develop, deploy, maintain or throughout",
            "Where in the life of a system does it belong?",
            shape=Shape.CHOICE,
            options=words(Phase),
        ),
        ask(
            "title",
            "principle.title",
            "the duty in a few words, as an instruction",
            "What is it called, in a few words?",
        ),
        ask(
            "title-status",
            "principle.title_status",
            "whose words the title is (seen, unverified or own)",
            "Whose words is the title?",
            shape=Shape.CHOICE,
            options=words(TitleStatus),
            default=TitleStatus.OWN.value,
        ),
        ask(
            "statement",
            "principle.statement",
            "the duty, in two or three sentences",
            "What is the duty, in two or three sentences?",
            shape=Shape.TEXT,
        ),
        ask(
            "rationale",
            "principle.rationale",
            "why it is a duty; whom it protects, and from what, without any detail of method",
            "Why is it a duty?",
            shape=Shape.TEXT,
        ),
        ask(
            "steward",
            "principle.steward",
            "who keeps it (a key of principles/stewards.yaml)",
            "Who keeps it?",
            shape=Shape.CHOICE,
            known="stewards",
            remark="`handrail new steward` enters another organisation.",
        ),
        ask(
            "status",
            "principle.status",
            _STATUS.wanted,
            _STATUS.question,
            shape=Shape.CHOICE,
            options=_STATUS.options,
            default=_STATUS.default,
            remark=_STATUS.remark,
        ),
        ask("since", "principle.since", "the first version of the catalog that holds it", known="version"),
        ask(
            "sources",
            "principle.sources",
            "[{reference: sbd-2024, locator: Develop 1, confidence: seen}]",
            shape=Shape.HINT,
            optional=True,
            remark="Where it comes from, and how well you know it:",
        ),
    ),
)
