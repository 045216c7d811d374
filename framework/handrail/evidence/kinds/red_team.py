"""`red-team`: the report of a tool that tested a model, counted; nothing that was asked or answered is kept.

The entry names a test-run binding (`model/predicates_test_run.py`), bare or in a DSSE envelope, that names the report
beside it; or it names a bare report. Reports are known by their content: garak, Inspect, promptfoo (`red_team_*.py`
say how each is counted).

| what is there | verdict |
|---|---|
| neither a binding nor a report; a malformed one; no attempt that ended with a judgement | unreadable |
| a binding with a member, or a sentence, that its schema has no place for | refused |
| no report where the binding says | missing |
| a report of another digest than the binding's; a known key is named for the binding and did not sign it | altered |
| an envelope, and nothing here to check signatures with | unavailable |
| a binding of models, none of which the project declares as an artifact | mismatched |
| other counts in the binding than in the report, or `thresholdsMet` is false | contradicted |
| the run is not finished, or the report does not hold all that it counts | partial |
| fewer judged attempts than `min_attempts`; no day | partial |
| `plan`: no digest of a plan, another plan at its path, or one not approved on a day before the run | partial |
| `judge_errors`: none given | partial |
| else | shown |

In this order: counts of another model say nothing here. How many attempts the model withstood decides nothing: the
thresholds are the plan's, and it is the binding that says whether they were met.

Verified if the binding names an artifact of the project, and, if it is signed, a known key signed it; else documented,
or claimed where there is no day. The date is the older of the report's and the binding's. A run is named together with
its model and plan, so that one which `supersedes` it is of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from handrail.attest.dsse import ENVELOPE_BYTES
from handrail.evidence.kinds.red_team_garak import read_garak
from handrail.evidence.kinds.red_team_inspect import read_inspect
from handrail.evidence.kinds.red_team_promptfoo import read_promptfoo
from handrail.evidence.plugin import Given, Seen, shown, unreadable
from handrail.evidence.run_binding import Binding, read_binding
from handrail.evidence.runs import Run
from handrail.evidence.shaped_json import first_names
from handrail.evidence.stream import Malformed, Pieces
from handrail.evidence.values import filled
from handrail.model.limits import EVIDENCE_BYTES
from handrail.model.predicates_test_run import RunBinding
from handrail.model.terms import Assurance, Verdict
from handrail.source.files import FileReason, FileRefused, Root

KIND = "red-team"
STREAMED = True

_BINDING = frozenset({"_type", "payloadType"})
_MALFORMED = unreadable(
    "The report is none of garak (JSON lines), Inspect (JSON) and promptfoo (JSON), is malformed, or too large."
)


def examine(given: Given) -> Seen:
    """Say whether a finished run of the size asked for, by a plan fixed earlier, was made on the project's model."""
    if given.file is None or given.root is None:
        return _MALFORMED
    try:
        with given.file.opened() as pieces:
            if not first_names(pieces.head()) & _BINDING:
                return _judged(given, read_run(pieces))
            binding = read_binding(pieces.whole(ENVELOPE_BYTES), given.trust)
        return binding if isinstance(binding, Seen) else _bound(given, given.root, binding)
    except Malformed:
        return _MALFORMED


def read_run(pieces: Pieces) -> Run:
    """Count a report of any of the tools.

    Raises:
        Malformed: it is none, or not as the tool writes it.
    """
    names = first_names(pieces.head())
    if "entry_type" in names:
        return read_garak(pieces)
    if pieces.size > EVIDENCE_BYTES:
        raise Malformed("a document of more than the limit")
    if {"status", "eval"} <= names:
        return read_inspect(pieces)
    if "results" in names:
        return read_promptfoo(pieces)
    raise Malformed("no report of these tools")


def _bound(given: Given, root: Root, binding: Binding) -> Seen:
    artifact = next((name for name in sorted(given.artifacts) if given.artifacts[name] in binding.tested), None)
    if binding.tested and artifact is None:
        return Seen(
            verdict=Verdict.MISMATCHED,
            text="The run is of no model whose digest the project declares under `artifacts`.",
        )
    try:
        with root.stream(str(PurePosixPath(given.entry.path or "").parent / binding.record.report)) as stream:
            pieces = Pieces(stream)
            run = read_run(pieces)
    except FileRefused as refused:
        if refused.reason is FileReason.MISSING:
            return Seen(verdict=Verdict.MISSING, text="The report that the binding names is not beside it.")
        return unreadable("The report that the binding names cannot be read.")
    if pieces.digest != binding.report:
        return Seen(verdict=Verdict.ALTERED, text="The report is not the one whose digest the binding gives.")
    seen = _judged(given, run, binding, artifact)
    record = binding.record
    plan = f", plan {record.plan.digest.sha256[:16]}" if record.plan is not None else ""
    marks = f" of {artifact}{plan}" if artifact is not None else plan
    return replace(
        seen,
        text=f"{seen.text} {binding.signed.text}" if binding.signed is not None else seen.text,
        artifact=artifact,
        run=record.run + marks,
        supersedes=record.supersedes + marks if record.supersedes is not None else None,
    )


def _judged(given: Given, run: Run, binding: Binding | None = None, artifact: str | None = None) -> Seen:
    if run.judged == 0:
        return unreadable("No attempt in the report ended with a judgement.")
    record = binding.record if binding is not None else None
    days = (run.day, record.finished_on.date() if record is not None else None)
    dated = min((one for one in days if one is not None), default=None)
    if binding is not None and binding.counts_differ(run.counts):
        text = "The binding gives other counts than the report."
        return Seen(verdict=Verdict.CONTRADICTED, text=text, date=dated)
    if record is not None and record.thresholds_met is False:
        text = "The binding says that the thresholds of the plan were not met."
        return Seen(verdict=Verdict.CONTRADICTED, text=text, date=dated)
    tier = Assurance.CLAIMED if dated is None else Assurance.DOCUMENTED
    what = "The run came to its end. Nothing binds it to a model of the project."
    if artifact is not None:
        what = "The run came to its end, and was made on a model of the project."
        tier = tier if binding is None or binding.signed_by_nobody_known else Assurance.VERIFIED
    return shown(what, _lacking(given, run, record), tier=tier, date=dated)


def _lacking(given: Given, run: Run, record: RunBinding | None) -> Iterator[str]:
    least = given.parameters.count("min_attempts")
    if not run.finished:
        yield "The report does not show that the run came to its end."
    if not run.whole:
        yield "The report does not hold all that it counts."
    if run.judged < least:
        yield f"Fewer than {least} attempts ended with a judgement."
    if run.day is None:
        yield "The report gives no day."
    if given.parameters.flag("plan"):
        yield from _lacking_of_plan(given, run, record)
    judge = record.judge if record is not None else None
    if given.parameters.flag("judge_errors") and (judge is None or not filled(judge.method)):
        yield "How often the judge is wrong is not given, and without that the counts show little."


def _lacking_of_plan(given: Given, run: Run, record: RunBinding | None) -> Iterator[str]:
    if record is None or record.plan is None or not filled(record.plan.name):
        yield "The run names no plan by its digest."
        return
    plan, began = record.plan, record.started_on.date()
    if plan.approved_on >= min(began, run.began or began):
        yield "The plan was not fixed on a day before the run began."
    if plan.path is not None and not _lies_at(given, plan.path, plan.digest.sha256):
        yield "What lies at the plan's path is not the plan that the run names."


def _lies_at(given: Given, path: str, digest: str) -> bool:
    try:
        return given.root is not None and given.root.digest(path) == digest
    except FileRefused:
        return False
