"""`test-report`: tests that ran and how they ended, from JUnit (XML) or SARIF 2.1.0 (JSON), known by their content.

| what is there | verdict |
|---|---|
| neither format, a malformed file, no test that ran (all of them skipped, for instance) | unreadable |
| a part of it is of an artifact that the project does not declare | mismatched |
| a failure or an error | contradicted |
| a run that was broken off, a report that does not hold all that it counts, errors that it suppresses | partial |
| fewer tests than `min_tests` that ran; no day | partial |
| else | shown |

In this order: tests of something else say nothing here. Verified if each of its parts is of an artifact of the project;
else documented, or claimed where there is no day. How each format is counted, and how it names an artifact and a day,
say `test_report_junit.py` and `test_report_sarif.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.evidence.kinds.test_report_junit import read_junit
from handrail.evidence.kinds.test_report_sarif import read_sarif
from handrail.evidence.plugin import Given, Seen, shown, unreadable
from handrail.evidence.stream import Malformed, Pieces
from handrail.evidence.tested import Tested
from handrail.model.limits import EVIDENCE_BYTES
from handrail.model.terms import Assurance, Verdict

KIND = "test-report"
STREAMED = True

_BOM = b"\xef\xbb\xbf"
_MALFORMED = unreadable("The file is neither JUnit (XML without a document type) nor SARIF 2.1.0 (JSON), or too large.")


def examine(given: Given) -> Seen:
    """Say whether enough tests ran on the project's artifact, and none failed."""
    if given.file is None:
        return _MALFORMED
    try:
        with given.file.opened() as pieces:
            return _judged(given, _read(given, pieces))
    except Malformed:
        return _MALFORMED


def _read(given: Given, pieces: Pieces) -> Tested:
    if pieces.size > EVIDENCE_BYTES:
        raise Malformed("a document of more than the limit")
    first = pieces.head().removeprefix(_BOM).lstrip()[:1]
    read = {b"<": read_junit, b"{": read_sarif}.get(first)
    if read is None:
        raise Malformed("neither XML nor JSON")
    return read(pieces, frozenset(given.artifacts.values()))


def _judged(given: Given, tested: Tested) -> Seen:
    if tested.ran == 0:
        return unreadable("No test in the report ran.")
    if tested.of_others:
        return Seen(
            verdict=Verdict.MISMATCHED,
            text="The tests are of something whose digest the project does not declare under `artifacts`.",
        )
    artifact = next((name for name in sorted(given.artifacts) if given.artifacts[name] == tested.artifact), None)
    if tested.bad:
        text = "The report holds a failure or an error."
        return Seen(verdict=Verdict.CONTRADICTED, text=text, date=tested.day, artifact=artifact)
    tier = Assurance.CLAIMED if tested.day is None else Assurance.DOCUMENTED
    what = "The tests ran, and each ended well. Nothing binds all of them to an artifact of the project."
    if artifact is not None and not tested.of_none:
        what, tier = "The tests ran on an artifact of the project, and each ended well.", Assurance.VERIFIED
    return replace(shown(what, _lacking(given, tested), tier=tier, date=tested.day), artifact=artifact)


def _lacking(given: Given, tested: Tested) -> Iterator[str]:
    least = given.parameters.count("min_tests")
    if not tested.ended:
        yield "A run in it was broken off."
    if not tested.whole:
        yield "It does not hold all the tests that it counts."
    if tested.hushed:
        yield "It suppresses an error."
    if tested.ran < least:
        yield f"Fewer than {least} tests ran."
    if tested.day is None:
        yield "It gives no day."
