"""What each member of handrail's own in-toto predicates means.

Belongs here: one sentence for each member. Never here: their shape (`model.predicates`, `model.predicates_test_run`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_STATEMENT = {
    "_type": "Always that of an in-toto Statement, version 1.",
    "predicateType": "The name and version of this predicate.",
}
_NAME = "Name: no path, no address, no sentence."
_SHA = "SHA-256 and nothing else."

PREDICATES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "DatasetScreeningStatement": {
            **_STATEMENT,
            "subject": "Parts of one dataset that were counted together.",
            "predicate": "What the screening gave.",
        },
        "ScreenedDataset": {"name": _NAME, "digest": _SHA},
        "Digest": {"sha256": "64 hex digits in lower case."},
        "DatasetScreening": {
            "datasetVersion": "Version of the dataset; after a removal there is a new one.",
            "tool": "The program that compared.",
            "list": "The list that was compared with. Never an entry of it.",
            "items": "How many items there are, and how many were compared.",
            "matches": "How many items matched.",
            "handled": "How the handling of each match ended; each is counted once.",
            "reviewer": "Who answers for the counts.",
            "startedOn": "When the run began, in UTC.",
            "finishedOn": "When the run ended, in UTC.",
            "supersedes": "`finishedOn` of an earlier run over the same dataset that this one replaces.",
        },
        "ScreeningTool": {"name": _NAME, "version": "Its version."},
        "HashList": {
            "provider": "Who provides the list.",
            "version": "Its version.",
            "date": "Day up to which it was complete.",
        },
        "ScreenedItems": {
            "declared": "How many items the dataset has.",
            "screened": "How many of them were compared with the list.",
        },
        "Handled": {
            "reported": "Taken out and reported to the authority or hotline that is responsible.",
            "removed": "Taken out; a report was not due, or is another's.",
            "referred": "Out of use and handed to a body that decides.",
            "clearedOnReview": "Found by a person not to be what the list holds.",
        },
        "Reviewer": {"role": "A role, never a person's name."},
        "RunStatement": {
            **_STATEMENT,
            "subject": "The report, under the name that `report` gives, and what was tested.",
            "predicate": "Which run it was, by which plan, judged how well.",
        },
        "RunSubject": {"name": "Name of the report, or of what was tested.", "digest": _SHA},
        "RunBinding": {
            "report": "Name of the report, a file beside this one and one of the subjects.",
            "run": "Name of this run.",
            "supersedes": "`run` of an earlier run of the same plan on the same model that this one replaces.",
            "startedOn": "When the run began, in UTC.",
            "finishedOn": "When the run ended, in UTC.",
            "plan": "The plan with the thresholds, approved before the run.",
            "judge": "How often the judge of the answers is wrong.",
            "counts": "The counts of the report.",
            "thresholdsMet": "What the plan makes of the counts; left out, nothing is said of it.",
        },
        "RunPlan": {
            "name": _NAME,
            "digest": _SHA,
            "approvedOn": "Day on which it was approved, in UTC.",
            "path": "Where it lies, from the folder of `handrail.yaml`, if it is in the project.",
        },
        "JudgeErrors": {
            "falsePositiveRate": "Share of harmless answers that it took for harmful, from 0 to 1.",
            "falseNegativeRate": "Share of harmful answers that it took for harmless, from 0 to 1.",
            "method": "How the rates were measured.",
            "items": "On how many items that people had labelled.",
        },
        "RunCounts": {
            "attempts": "How many attempts were made.",
            "passed": "How many the report counts as passed.",
            "failed": "How many the report counts as failed.",
            "nones": "How many it gives no judgement on.",
            "errors": "How many ended in an error.",
        },
    }
)
"""Title of an object -> member -> sentence."""
