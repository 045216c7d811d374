"""What each key of a project's files means, as an editor shows it, and putting such sentences into a schema.

Belongs here: one sentence for each key of `handrail.yaml` and `organisation.yaml`; other files' keys have theirs in
`schema_words_*`. Never here: the shape of the files (`model.declaration`), or the words of one catalog
(`schema_choices`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handrail.catalog.schema_words_catalog import AROUND, PRINCIPLES
from handrail.catalog.schema_words_endorsements import ENDORSEMENTS
from handrail.catalog.schema_words_pack import PACKS
from handrail.catalog.schema_words_predicates import PREDICATES
from handrail.catalog.schema_words_translation import TRANSLATIONS
from handrail.catalog.schema_words_written import WRITTEN

_FILE_SHA = "SHA-256 of the file, 64 hex digits; `sha256:` may stand before them."

_PROJECT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Declaration": {
            "handrail": "Version of this file format: 1.",
            "catalog": "The catalog that the answers were written against.",
            "project": "What is declared: one thing that is shipped.",
            "organisation": "Path of the file with the answers that the organisation gives once for all projects. It "
            "may lie in a folder above.",
            "facts": "What the project is. Facts decide which controls apply.",
            "artifacts": "What evidence must speak of, such as the weights or a data set.",
            "checklists": "Which checklists the project answers. None means the whole catalog.",
            "controls": "The answers, by the id of the control. An answer here wins over the organisation's.",
            "upstream": "Assessments of other projects that answers may be inherited from.",
            "attestors": "Signers that only this project names; what they sign counts as documented at most.",
            "waivers": "Choices to leave an open control open for a time. A waiver changes no finding.",
            "publish": "The project's consent to a public page. Without it there is none.",
        },
        "Organisation": {
            "handrail": "Version of this file format: 1.",
            "catalog": "The catalog that the answers were written against.",
            "organisation": "Who gives these answers.",
            "controls": "The answers to controls of scope `organisation`, by the id of the control.",
        },
        "OrganisationInfo": {
            "id": "Short name in lower case, digits and hyphens.",
            "name": "Name as people read it.",
            "homepage": "Web address.",
        },
        "CatalogPin": {
            "version": "Least version of the catalog that the answers are for: `1.0` accepts every 1.x.",
            "digest": "Digest of the catalog as read when the answers were written. It ties them to its text; "
            "`handrail review` brings it up to date.",
            "packs": "Packs that the answers are for too, by their prefixes. Each has to be given with `--catalog`.",
        },
        "PackPin": {
            "version": "Least version of the pack that the answers are for.",
            "digest": "Digest of the pack as read when the answers to its controls were written.",
        },
        "Project": {
            "id": "Short name in lower case, digits and hyphens. History and fleets know the project by it.",
            "name": "Name as people read it.",
            "version": "Version of what is shipped.",
            "owner": "Role that answers for the project. Give a role, not a person. Never published.",
            "summary": "What it is, in a sentence. Never published.",
            "homepage": "Web address.",
            "fictional": "true for a worked example. Every report then says so.",
        },
        "Artifact": {
            "sha256": "SHA-256 of the artifact, 64 hex digits; `sha256:` may stand before them.",
            "path": "Where it lies in the project, if it does: a file, or a folder of files.",
        },
        "Answer": {
            "state": "What the project declares about the control.",
            "summary": "What you do, in a sentence. Never paste prompts, outputs or addresses. Never published.",
            "owner": "Role that answers for it. Give a role, not a person. Never published.",
            "reviewed_by": "Role that looked the answer over. Never published.",
            "statement": "Fingerprint of the statement that this answer was written against, where it is another one "
            "than `catalog` has. `handrail review` writes it.",
            "due": "With planned: the day by which it is to be in place. Never published.",
            "justification": "Why another measure does the same, or why the control does not apply. Needed with "
            "alternative and not-applicable. Never published.",
            "from": "With inherited: the key under `upstream` that it is inherited from.",
            "evidence": "What shows it. Each entry points at one piece, for one thing that the control asks for.",
        },
        "Evidence": {
            "for": "Which of the things that the control asks for this shows. `handrail show` lists them.",
            "path": "A file beneath the folder of this file. It is read, and never run.",
            "sealed": "A record that is never in the tree: who holds it, and since when.",
            "statement": "The evidence itself, in words, for what asks for a statement.",
            "sha256": f"{_FILE_SHA} If the file changes, the evidence counts no longer.",
            "date": "Day of the activity. The one inside the file counts if it is older.",
            "attestation": "Path of a signed statement about this evidence.",
        },
        "Sealed": {
            "sha256": "SHA-256 over 32 random bytes, which the custodian keeps, and the record.",
            "custodian": "Role or organisation that holds the record. Published, so never a person's name.",
            "since": "Day since when it is held.",
            "access": "How someone with a right to see it may ask. Never published.",
        },
        "Words": {
            "owner": "Role that says so.",
            "date": "Day on which it was said.",
            "text": "What is so, in 30 words or more.",
        },
        "UpstreamPointer": {
            "assessment": "Path of the assessment, as `handrail check --format json` wrote it.",
            "sha256": _FILE_SHA,
            "signature": "Path of its signature.",
        },
        "Attestor": {
            "name": "Name of the organisation.",
            "url": "Web address of the organisation.",
            "public_key": "Its public key.",
            "since": "First day on which what the key signs counts.",
            "until": "Last day on which what the key signs counts.",
        },
        "Waiver": {
            "control": "The control that is left open.",
            "reason": "Why. Never published.",
            "granted": "First day, at most 366 days before the last, renewals counted together.",
            "expires": "Last day. After it the gate counts the control again.",
            "approved_by": "Role that agreed; it is never the owner of the control.",
        },
        "Publish": {
            "consent_by": "Role that gives the consent. Never published.",
            "date": "Day of the consent.",
        },
    }
)

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {**_PROJECT, **PRINCIPLES, **AROUND, **ENDORSEMENTS, **PACKS, **TRANSLATIONS, **WRITTEN, **PREDICATES}
)
"""Title of an object -> key -> sentence."""


def with_words(node: Any) -> Any:
    """A schema with a description for every key that has a sentence here."""
    if isinstance(node, list):
        return [with_words(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: with_words(value) for key, value in node.items()}
    words = WORDS.get(made["title"], {}) if isinstance(made.get("title"), str) else {}
    if words and isinstance(made.get("properties"), dict):
        made["properties"] = {
            key: {**value, "description": words[key]} if key in words else value
            for key, value in made["properties"].items()
        }
    return made
