"""A JUnit report (XML) -> tests that ran and how they ended.

Belongs here: suites, test cases and their properties. Never here: what is asked of a report. The parser is expat,
driven by its events: text is never kept, and a document type, where entities would be declared, ends the reading.

- A test case ended badly if it has an element `failure` or `error`, and did not run if it has one `skipped`. A suite
  whose attributes count failures or errors has some, whatever cases it lists; one that counts more tests than it lists
  is not whole.
- A suite speaks of an artifact by `<property name="artifact.sha256" value="...">`, its own or of a suite around it.
- The day is that of the latest `timestamp`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from handrail.evidence.limits import KEPT_CHARACTERS, REPORT_DEPTH, REPORT_LINE_BYTES
from handrail.evidence.runs import run_day
from handrail.evidence.stream import Malformed, Pieces
from handrail.evidence.tested import ARTIFACT, Tested, digest_given

_SUITES: Final = ("testsuites", "testsuite")
_BAD: Final = ("failure", "error")
_COUNT = re.compile(r"[0-9]{1,9}")


def read_junit(pieces: Pieces, ours: Collection[str]) -> Tested:
    """Count the cases of a report; `ours` are the digests of the project's artifacts.

    Raises:
        Malformed: it is no XML in UTF-8, no JUnit, has a document type, or a digest that is none.
    """
    reader = _Reader(ours)
    parser = expat.ParserCreate("UTF-8")  # whatever the declaration says: evidence is UTF-8
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    try:
        for piece in pieces:
            fed += len(piece)
            parser.Parse(piece, False)
            if fed - parser.CurrentByteIndex > REPORT_LINE_BYTES:
                raise Malformed("a tag is too long")
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Malformed("no XML") from None
    return reader.tested


def _refuse(*_: object) -> None:
    raise Malformed("a document type")


@dataclass(slots=True)
class _Suite:
    digest: str | None = None
    said: int = 0
    cases: int = 0
    own: bool = False


class _Reader:
    """What is open at a place of the document."""

    def __init__(self, ours: Collection[str]) -> None:
        self.tested = Tested()
        self._ours = ours
        self._tags: list[str] = []
        self._suites: list[_Suite] = []
        self._skipped = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._tags) == REPORT_DEPTH or len(tag) > KEPT_CHARACTERS or (not self._tags and tag not in _SUITES):
            raise Malformed("no JUnit, or too deep")
        if tag in (*_SUITES, "testcase") and "testcase" in self._tags:
            raise Malformed("a test within a test")
        around = self._tags[-1] if self._tags else ""
        if tag in _SUITES:
            self._suite(attributes)
        elif tag == "testcase":
            self._skipped = False
        elif around in (*_SUITES, "testcase"):
            self.tested.bad |= tag in _BAD
            self._skipped |= tag == "skipped"
        elif tag == "property" and self._tags[-2] in _SUITES and attributes.get("name") == ARTIFACT:
            self._suites[-1].digest = digest_given(attributes.get("value"))
        self._tags.append(tag)

    def end(self, tag: str) -> None:
        self._tags.pop()
        if tag == "testcase":
            self._case()
        elif tag in _SUITES:
            self._close()

    def _suite(self, attributes: Mapping[str, str]) -> None:
        self._suites.append(_Suite(said=_count(attributes.get("tests"))))
        self.tested.bad |= any(_count(attributes.get(f"{name}s")) > 0 for name in _BAD)
        day = run_day(attributes.get("timestamp", ""))
        self.tested.day = max((one for one in (day, self.tested.day) if one is not None), default=None)

    def _case(self) -> None:
        self.tested.ran += not self._skipped
        for suite in self._suites:
            suite.cases += 1
        self._suites[-1].own = True

    def _close(self) -> None:
        suite = self._suites[-1]
        self.tested.whole &= suite.said <= suite.cases
        if suite.own:
            near = next((one.digest for one in reversed(self._suites) if one.digest is not None), None)
            self.tested.speak_of(near, self._ours)
        self._suites.pop()


def _count(text: str | None) -> int:
    return int(text) if text is not None and _COUNT.fullmatch(text) else 0
