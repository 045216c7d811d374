"""Every kind of change to a catalog, with its class: the one table.

Belongs here: the classes, the versions they need, and one row for each kind of change. Never here: finding changes
(`compare`), telling of them (`report`).

| class | what becomes of a project | version |
|---|---|---|
| editorial | nothing that is judged or looked up is another | patch |
| clarifying | what is told is another; every finding stays as it is | patch |
| strengthening | every answer is still read; a finding may become open | minor |
| weakening | every answer is still read; less suffices for satisfied, or readers are told less | major |
| breaking | an answer is not read, stands for another text, or would be shown more widely | major |

A pin of `1.0` takes every version below 2 (DESIGN section 4), so nothing in between may make an answer unreadable, or
make "satisfied" mean less than it meant (docs/adr/0020).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handrail.model.terms import Ordered


class Class(Ordered):
    """What a change does to the projects that are judged; the worst is the greatest."""

    EDITORIAL = "editorial"
    CLARIFYING = "clarifying"
    STRENGTHENING = "strengthening"
    WEAKENING = "weakening"
    BREAKING = "breaking"


class Step(Ordered):
    """A step of the catalog's version."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


STEPS: Mapping[Class, Step] = MappingProxyType(
    {
        Class.EDITORIAL: Step.PATCH,
        Class.CLARIFYING: Step.PATCH,
        Class.STRENGTHENING: Step.MINOR,
        Class.WEAKENING: Step.MAJOR,
        Class.BREAKING: Step.MAJOR,
    }
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table. An `error` is one whatever class fails, and no reason excuses it."""

    class_: Class
    says: str
    error: bool = False


_E, _C, _S, _W, _B = Class

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # Ids over time
        "id-reused": Kind(_B, "an id that was retired or dropped now means something else", error=True),
        "id-dropped": Kind(_B, "an id that was retired or released is gone", error=True),
        "release-rewritten": Kind(_B, "an entry of the list of releases was changed or taken out", error=True),
        "control-removed": Kind(_B, "the control is gone"),
        "control-renamed": Kind(_B, "the control bears another id"),
        "control-retired": Kind(_W, "the control is retired; no longer judged"),
        "control-back-to-draft": Kind(_W, "the control is a draft again; no longer judged"),
        "control-added": Kind(_S, "a control is new"),
        "control-activated": Kind(_S, "a draft is now judged"),
        "control-brought-back": Kind(_S, "a retired control is judged again, with the text it had"),
        "control-deprecated": Kind(_C, "the control is on its way out, and is still judged"),
        "control-status": Kind(_C, "the status is another, and nothing is judged otherwise"),
        "replacement-named": Kind(_C, "what stands in its place is named otherwise"),
        "draft-added": Kind(_E, "a draft is new; listed, not judged"),
        "draft-removed": Kind(_E, "a draft that was never released is gone"),
        # Texts
        "statement-changed": Kind(_B, "the statement is another; answers stand for the earlier text"),
        "earlier-text-dropped": Kind(_B, "answers to an earlier text no longer stand"),
        "earlier-text-stands": Kind(_W, "answers to an earlier text count again"),
        "statement-clarified": Kind(_C, "the statement says the same in other words"),
        "statement-respaced": Kind(_E, "only the white space of the statement is another"),
        "title-changed": Kind(_E, "the title is another"),
        "prose-changed": Kind(_E, "a text that judges nothing is another"),
        # What binds
        "level-lowered": Kind(_W, "the level is lower"),
        "level-raised": Kind(_S, "the level is higher"),
        "scope-narrowed": Kind(_W, "it no longer applies to some projects"),
        "scope-widened": Kind(_S, "it applies to more projects"),
        "scope-respelled": Kind(_E, "whom it applies to is written otherwise, and is the same"),
        "answered-by": Kind(_B, "whose answer it is has changed"),
        "prerequisite-dropped": Kind(_W, "it relies on less"),
        "prerequisite-added": Kind(_S, "it relies on more"),
        "order-changed": Kind(_E, "the advised order of work is another"),
        "waiving-refused": Kind(_B, "it can no longer be waived; declarations that do are not read"),
        "waiving-allowed": Kind(_W, "it can be waived"),
        "not-applicable-allowed": Kind(_W, "it can be declared not applicable"),
        "not-applicable-refused": Kind(_S, "it can no longer be declared not applicable"),
        "inheriting-allowed": Kind(_W, "it can be inherited"),
        "inheriting-refused": Kind(_S, "it can no longer be inherited"),
        "disclosure-finer": Kind(_B, "public reports show more than projects consented to"),
        "disclosure-coarser": Kind(_W, "public reports show less"),
        "escalation-removed": Kind(_W, "an escalation is gone"),
        "escalation-weaker": Kind(_W, "an escalation binds less"),
        "escalation-added": Kind(_S, "an escalation is new"),
        "escalation-stricter": Kind(_S, "an escalation binds more"),
        "duty-shown": Kind(_C, "an escalation that is only shown is another"),
        # Evidence
        "requirement-removed": Kind(_B, "a requirement is gone; evidence named for it is not read"),
        "requirement-renamed": Kind(_B, "a requirement bears another id"),
        "kind-changed": Kind(_B, "another kind of evidence is asked for"),
        "parameter-changed": Kind(_B, "something else is asked of the evidence, and which way cannot be told"),
        "handling-opened": Kind(_B, "evidence may be shown more widely than when it was given"),
        "handling-sealed": Kind(_B, "the evidence is sealed, or no longer; a pointer of the other sort is refused"),
        "handling-closed": Kind(_W, "evidence may be shown less widely"),
        "alternative-added": Kind(_W, "less evidence suffices"),
        "parameter-weaker": Kind(_W, "less is asked of the evidence"),
        "age-lengthened": Kind(_W, "older evidence counts"),
        "assurance-lowered": Kind(_W, "evidence that shows less well counts"),
        "requirement-added": Kind(_S, "more evidence is asked for"),
        "parameter-stricter": Kind(_S, "more is asked of the evidence"),
        "age-shortened": Kind(_S, "evidence must be newer"),
        "assurance-raised": Kind(_S, "evidence must show it better"),
        # Principles
        "principle-removed": Kind(_B, "the principle is gone"),
        "principle-added": Kind(_C, "a principle is new"),
        "principle-statement": Kind(_C, "the principle's statement is another"),
        "principle-moved": Kind(_C, "the principle stands in another phase"),
        "principle-status": Kind(_C, "the principle's status is another"),
        "steward-changed": Kind(_C, "another organisation keeps the principle"),
        "sources-changed": Kind(_C, "the principle's sources are others"),
        # Checklists
        "checklist-removed": Kind(_B, "the checklist is gone; declarations that name it are not read"),
        "selection-dropped": Kind(_W, "the checklist no longer selects the control"),
        "tailoring-weaker": Kind(_W, "the checklist asks for less"),
        "selection-added": Kind(_S, "the checklist selects one more control"),
        "tailoring-stricter": Kind(_S, "the checklist asks for more"),
        "checklist-added": Kind(_C, "a checklist is new"),
        "checklist-role": Kind(_C, "the checklist is for another role"),
        # Vocabulary
        "fact-removed": Kind(_B, "the fact is gone; declarations that give it are not read"),
        "value-removed": Kind(_B, "the value is gone; declarations that give it are not read"),
        "fact-takes-one": Kind(_B, "the fact takes one value; declarations that give more are not read"),
        "fact-takes-many": Kind(_C, "the fact takes more than one value"),
        "fact-added": Kind(_C, "a fact is new"),
        "value-added": Kind(_C, "a value is new"),
        "value-moved": Kind(_C, "the value stands elsewhere in the tree; whom that changes is told at the controls"),
        # Around
        "attestor-added": Kind(_W, "the word of one more organisation counts"),
        "attestor-key": Kind(_W, "another key of the organisation counts"),
        "attestor-longer": Kind(_W, "a key counts for longer"),
        "duty-unbound": Kind(_W, "a clause that raised levels is only shown, or is no longer called law"),
        "attestor-removed": Kind(_S, "the word of an organisation no longer counts"),
        "attestor-shorter": Kind(_S, "a key counts for less long"),
        "duty-bound": Kind(_S, "a clause that was only shown raises levels, or is now called law"),
        "mapping-added": Kind(_C, "a mapping is new"),
        "mapping-removed": Kind(_C, "a mapping is gone"),
        "mapping-changed": Kind(_C, "a mapping says something else"),
        "reference-added": Kind(_C, "a reference is new"),
        "reference-removed": Kind(_C, "a reference that nothing rests on is gone"),
        "reference-changed": Kind(_C, "a fact of a reference is another"),
        "clause-added": Kind(_C, "a clause is new"),
        "clause-removed": Kind(_C, "a clause that nothing rests on is gone"),
        "clause-changed": Kind(_C, "a fact of a clause is another"),
        "lexicon-changed": Kind(_C, "a word means something else"),
        "catalog-renamed": Kind(_B, "the catalog bears another id"),
        "licence-changed": Kind(_C, "the licence or the publisher is another"),
    }
)
"""Kind of change -> its row."""
