"""What each key of the files that handrail itself writes means: a bundle and an assessment.

Belongs here: one sentence for each of their keys. Never here: their shape (`model.bundle`, `model.assessment`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_COUNTS = "controls by finding; findings that do not occur are left out."

WRITTEN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Bundle": {
            "handrail": "Version of this file format: 1.",
            "catalog": "What the catalog is, and who answers for it.",
            "facts": "The fact vocabulary.",
            "themes": "Themes, and where the catalog answers them.",
            "principles": "All principles, in reading order.",
            "controls": "All controls by id, in reading order.",
            "principle_of": "Control -> its principle.",
            "order": "All controls, each after those that it requires.",
            "fingerprints": "Control -> the first 16 hex digits of the SHA-256 over its statement.",
            "checklists": "All checklists.",
            "references": "All outside instruments, by id.",
            "stewards": "Organisations that keep principles.",
            "attestors": "Organisations whose signatures count.",
            "terms": "The lexicon.",
            "releases": "Published versions, oldest first.",
        },
        "Assessment": {
            "handrail": "Version of this file format: 1.",
            "as_of": "The UTC day that the judgement is for.",
            "catalog": "The catalog judged by.",
            "checklists": "The checklists that the project answers; none means the whole catalog.",
            "project": "The project judged.",
            "facts": "What the project declares that it is.",
            "artifacts": "Digests that evidence was held against, by the name of the artifact.",
            "rests_on": "Assessments of other projects that answers are inherited from.",
            "summary": "Counts, coverage and gate.",
            "principles": "One finding for each principle.",
            "findings": "One finding for each control, in reading order.",
        },
        "CatalogRef": {
            "version": "Version of the catalog, or of the pack.",
            "digest": "Digest of its bundle.",
            "pack": "The prefix of a pack that was added to the catalog; the catalog has none.",
        },
        "ProjectRef": {
            "id": "Short name.",
            "name": "Name as people read it.",
            "version": "Version of what is shipped.",
        },
        "RestsOn": {"project": "Id of the other project.", "sha256": "SHA-256 of its assessment."},
        "ControlFinding": {
            "control": "Id of the control.",
            "principle": "Id of its principle.",
            "level": "The level in force.",
            "level_reason": "What puts it in force: this catalogue, or a law.",
            "duties": "Clauses that make it stricter for this project, in force or shown only.",
            "selected_by": "Held by a checklist, or a prerequisite that counts in no total.",
            "state": "What the project declares; null without an answer.",
            "declared": "What that answer claims.",
            "own": "The finding on this control by itself.",
            "finding": "The finding: its own, capped by what it requires.",
            "assurance": "The least tier among its evidence.",
            "fingerprint": "Fingerprint of the statement judged by.",
            "valid_until": "After this day the record alone gives at most undetermined.",
            "reasons": "Why the finding is what it is.",
            "notes": "What explains it and lowers nothing.",
            "blocked_by": "Controls that it waits for.",
            "waiver": "The choice to leave it open, where there is one.",
            "evidence": "What was seen, entry by entry.",
            "answered_by": "Whose answer it is: the project's or the organisation's.",
        },
        "Reason": {
            "code": "Code of the reason.",
            "text": "Its fixed sentence.",
            "control": "The control that it speaks of.",
            "requirement": "The requirement that it speaks of.",
            "fact": "The fact that it speaks of.",
            "upstream": "The key of the other project that it speaks of.",
        },
        "EvidenceRecord": {
            "requirement": "What it was supplied for.",
            "kind": "Kind of evidence.",
            "verdict": "What the verifier saw, without judging time or tier.",
            "tier": "How well it shows it.",
            "date": "Day of the activity.",
            "run": "Name of the run.",
            "supersedes": "Name of the earlier run whose place it takes.",
            "artifact": "Name of the artifact that it speaks of by digest.",
            "valid_until": "Last day on which it counts.",
            "counts": "true where it counts on the day of the judgement.",
            "text": "What the verifier saw, in a fixed sentence.",
        },
        "LegalDuty": {
            "reference": "The instrument.",
            "clause": "The clause of it.",
            "confidence": "How well the clause is known.",
            "level": "The level that it asks for.",
            "from": "First day.",
            "until": "Last day.",
            "in_force": "true where it changes the level on the day of the judgement.",
        },
        "WaiverRecord": {
            "granted": "First day.",
            "expires": "Last day.",
            "approved_by": "Role that agreed.",
            "reason": "Why the control is left open.",
            "holds": "true where the gate passes over the control because of it.",
        },
        "PrincipleFinding": {
            "id": "Id of the principle.",
            "phase": "Its phase.",
            "finding": "The least finding of its MUST controls that apply; null where none does.",
        },
        "Summary": {
            "must": f"MUST {_COUNTS}",
            "should": f"SHOULD {_COUNTS}",
            "may": f"MAY {_COUNTS}",
            "open_must": "MUST controls that apply and are not satisfied.",
            "catalog_must": "How many MUST controls of the whole catalog apply.",
            "roles_not_chosen": "Declared roles whose own checklist was not chosen.",
            "coverage": "How much of the catalog this speaks of.",
            "gate": "What makes `check` exit with 1.",
        },
        "Coverage": {
            "catalog_applicable": "Controls of the catalog that apply by the facts.",
            "in_checklists": "Those of them that are in this report.",
            "determined": "Those that could be determined.",
            "verified_or_attested": "Those shown by evidence that was verified or attested.",
            "na_by_facts": "Controls that the facts put out of scope.",
            "na_by_declaration": "Controls that the project declares not applicable.",
        },
        "Gate": {
            "fail_on": "Least level at which an open control blocks.",
            "blocking": "Open controls that block.",
            "waived": "Open controls that are left open by choice.",
            "passed_over": "Open controls that wait for waived ones only.",
        },
    }
)
"""Title of an object -> key -> sentence."""
