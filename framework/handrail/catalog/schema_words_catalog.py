"""What each key of the catalog's files means, as an editor shows it.

Belongs here: one sentence for each key of the files of `principles/` and `checklists/`. Never here: their shape
(`model.catalog`, `model.vocabulary`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SELECTOR = "By fact: values of which the project declares one."
_CONFIDENCE = "How well this is known: seen, secondary, memory or unverified. No law binds on the last two."
_RETIRED_BY = "The id that takes its place, where it is deprecated or retired."
_CHANGES = "Why it was changed. `diff` takes what is new here for the reason of what changed."

PRINCIPLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PrincipleFile": {
            "principle": "The principle that this file holds.",
            "controls": "Its controls, in reading order.",
        },
        "Principle": {
            "id": "Capitals and digits; the ids of its controls begin with it. Never used again.",
            "phase": "Where in the life of a system it belongs.",
            "order": "Its place within the phase. Principles without one come after, by the name of their file.",
            "title": "Title as people read it.",
            "title_status": "Whose words the title is: seen in the source, unverified, or our own.",
            "statement": "The duty, in prose.",
            "rationale": "Why it is a duty.",
            "steward": "Who keeps it: a key of `stewards.yaml`.",
            "status": "draft, active, deprecated or retired.",
            "replaced_by": _RETIRED_BY,
            "since": "The first version of the catalog that holds it.",
            "sources": "Where it comes from.",
            "changes": _CHANGES,
        },
        "ChangeReason": {
            "version": "The version of the catalog that brings the change.",
            "because": "Why it asks for something else than before. Readers see it.",
        },
        "Source": {
            "reference": "The instrument: an id of `references/`.",
            "locator": "The place in it.",
            "confidence": _CONFIDENCE,
        },
        "Control": {
            "id": "The id of its principle, a hyphen, and a number or word. Never used again.",
            "title": "Title, as an instruction.",
            "statement": "What MUST, SHOULD or MAY be done. Its fingerprint is taken over this text alone.",
            "question": "The same as a question to the project, for forms.",
            "rationale": "Why this control, where the principle does not say so.",
            "level": "How strictly it binds: must, should or may.",
            "escalates": "Stricter for some projects or from a date.",
            "scope": "Whose answer it is: organisation, model, dataset or service.",
            "applies_when": f"{_SELECTOR} All facts that are named must meet. Left out, it applies to all.",
            "unless": "By fact: it does not apply where every declared value of every fact named here is listed.",
            "requires": "Controls without which this one cannot be relied on, or alternatives of such.",
            "follows": "Controls that are sensibly done before. This lowers no finding.",
            "allow": "What a project may answer besides doing it.",
            "disclosure": "How finely a public report shows it: by itself (control), or counted (principle).",
            "evidence": "What shows it: requirements, all of which count, or alternatives of which one suffices.",
            "mappings": "Clauses of outside instruments that it speaks to.",
            "guidance": "How to do it, in Markdown, with a smallest honest start.",
            "effort": "A rough size of the work: S, M or L.",
            "status": "Where it differs from that of the principle: draft, active, deprecated or retired.",
            "replaced_by": _RETIRED_BY,
            "since": "The first version of the catalog that holds it, where later than the principle.",
            "same_meaning_as": "Earlier texts whose answers still stand, because only the wording changed.",
            "changes": _CHANGES,
        },
        "Escalation": {
            "level": "The level that it becomes.",
            "when": f"{_SELECTOR} Left out, it is for every project.",
            "from": "First day, in UTC.",
            "until": "Last day, in UTC.",
            "max_age": "How old evidence may be at most while this holds, as P30D.",
            "reference": "The instrument that says so: an id of `references/`.",
            "clause": "The clause of it.",
        },
        "Allow": {
            "not_applicable": "A project may declare, with a justification, that it does not apply. Default: false.",
            "inherit": "The answer may be taken over from another project. Default: true.",
            "waive": "A project may leave it open for a time, and say so. Default: true.",
        },
        "AnyOfControls": {"any_of": "Controls of which one suffices."},
        "AnyOfRequirements": {"any_of": "Requirements of which one suffices."},
        "Requirement": {
            "id": "Short name; an answer points at it with `for`.",
            "title": "What it is, in a few words.",
            "kind": "The kind of evidence; `handrail list kinds` lists them.",
            "with": "What the kind is to look for; `handrail show KIND` lists what it takes.",
            "max_age": "How old it may be at most, as P180D. Left out, age does not matter.",
            "assurance": "How well it must be shown: claimed, documented, verified or attested.",
            "handling": "Who may see it: public, restricted or sealed. What is sealed is never in the tree.",
        },
        "Mapping": {
            "reference": "The instrument: an id of `references/`.",
            "clause": "The clause of it.",
            "relation": "How the control stands to the clause (NIST IR 8477).",
            "confidence": _CONFIDENCE,
            "note": "What the relation leaves out.",
        },
        "SameMeaning": {
            "fingerprint": "Fingerprint of the earlier text.",
            "reason": "Why an answer to it is an answer to this one.",
        },
    }
)
"""Files of `principles/<phase>/`: title of an object -> key -> sentence."""

AROUND: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "CatalogFile": {
            "catalog": "What the catalog is, and who answers for it.",
            "facts": "What a project may say it is. Facts decide which controls apply.",
            "themes": "Themes of the founding initiative, and where the catalog answers them.",
        },
        "CatalogInfo": {
            "id": "Short name in lower case, digits and hyphens.",
            "title": "Title as people read it.",
            "version": "Version, as MAJOR.MINOR.PATCH.",
            "publisher": "Who publishes it.",
            "licence": "Licence of the text, as an SPDX expression.",
            "languages": "Languages of the text.",
            "summary": "What it is, in a few sentences.",
            "notice": "What stands on every page that shows it.",
        },
        "Fact": {
            "title": "Name as people read it.",
            "question": "The question whose answer it is.",
            "help": "What to consider when answering.",
            "many": "true where a project may declare several values.",
            "values": "The values that there are.",
        },
        "FactValue": {
            "label": "Name as people read it.",
            "help": "What it covers, and what it does not.",
            "parent": "The value that it is a part of; who names the parent means it too.",
        },
        "Theme": {
            "id": "Short name in lower case, digits and hyphens.",
            "title": "Title as people read it.",
            "summary": "What it is about.",
            "principles": "Principles that answer it.",
            "controls": "Controls that answer it.",
        },
        "ReferenceFile": {
            "reference": "The outside instrument.",
            "clauses": "Its parts that the catalog speaks of, by the number that the instrument gives them.",
        },
        "Reference": {
            "id": "Short name; the file is called by it.",
            "title": "Title in full.",
            "short": "Name as reports print it.",
            "publisher": "Who issued it.",
            "kind": "law, code, standard, framework, guidance or taxonomy. Only a law makes a legal duty.",
            "jurisdiction": "Where it holds: a value of the fact `jurisdiction`.",
            "status": "Whether it binds today.",
            "effective_from": "First day on which it binds.",
            "reviewed_on": "Day on which this entry was last held against the instrument.",
            "url": "Web address of the instrument.",
            "confidence": _CONFIDENCE,
            "note": "What a reader should know about it.",
        },
        "Clause": {
            "title": "What it says, in our own words.",
            "confidence": _CONFIDENCE,
            "effective_from": "First day on which it binds, where it is not that of the instrument.",
            "url": "Web address of the clause.",
            "note": "What a reader should know about it.",
        },
        "ChecklistFile": {
            "checklist": "Who the checklist is for.",
            "selects": "Which controls it holds.",
            "set": "What it changes about a control, by its id.",
        },
        "ChecklistInfo": {
            "id": "Short name; a declaration chooses the checklist by it.",
            "title": "Title as people read it.",
            "role": "The role that it is made for: a value of the fact `role`.",
            "introduction": "Whom it is for and how to begin, in Markdown.",
        },
        "Selects": {
            "phases": "Only controls of these phases.",
            "levels": "Only controls of these levels.",
            "principles": "Only controls of these principles.",
            "controls": "These controls, whatever the filters say, and in this order.",
            "exclude": "Controls that are left out all the same.",
        },
        "Exclusion": {"control": "The control that is left out.", "reason": "Why. Reports show it."},
        "Tailoring": {
            "level": "The level that it has here.",
            "max_age": "How old its evidence may be at most here, as P30D.",
            "because": "Why. Needed where it becomes weaker; reports show it.",
        },
        "StewardsFile": {"stewards": "Organisations that keep principles, by a short name."},
        "Steward": {
            "name": "Name of the organisation.",
            "summary": "What it does.",
            "url": "Web address of the organisation.",
        },
        "AttestorsFile": {"attestors": "Organisations whose signatures count, by a short name."},
        "LexiconFile": {"terms": "The words of the catalog, by a short name."},
        "Term": {
            "title": "The word.",
            "definition": "What it means here.",
            "see": "Terms to read beside it.",
        },
        "ReleasesFile": {"releases": "Published versions, oldest first. Written by `handrail bundle --release`."},
        "Release": {
            "version": "Version of the catalog.",
            "date": "Day of the release, in UTC.",
            "digest": "Digest of its bundle.",
            "fingerprints": "Fingerprint of every statement in it, by the id of the control.",
        },
    }
)
"""All other files of the catalog: title of an object -> key -> sentence."""
