"""What a kind of evidence is given and what it gives back: the interface of built-in kinds and of plugins.

Belongs here: `Given`, `Seen`, `Plugin`, and the words that every kind ends with. Never here: any kind.

A third party registers an object with `kind` and `examine` under the entry point group `handrail.kinds`:

    [project.entry-points."handrail.kinds"]
    acme-audit = "acme.handrail:PLUGIN"

The entry point's name and `PLUGIN.kind.name` are the kind that catalogs ask for; a built-in kind cannot be replaced.
Entry points are read only for a kind that handrail does not know. `examine` must be total: for content that is not
what it should be it returns `unreadable(...)`. One that raises counts as `unavailable`. It must not open files, start
programs or use the network; `text` is a fixed sentence that repeats nothing of the evidence. A tier above
`kind.highest` is lowered to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from handrail.attest.trust import Trust
from handrail.evidence.parameters import Parameters
from handrail.evidence.stream import EntryFile
from handrail.model.base import Day
from handrail.model.catalog import Requirement
from handrail.model.declaration import Evidence
from handrail.model.kinds import Kind
from handrail.model.terms import Assurance, Scope, Verdict
from handrail.source.files import Root

GROUP = "handrail.kinds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One entry of evidence, opened.

    `data` are the bytes that a `path` points at, at most `EVIDENCE_BYTES`; None for `sealed` and `statement`, and for a
    kind whose module says `STREAMED = True`, which opens `file` by itself, once, or `FOLDER = True` (a folder may lie
    there), which opens `entry.path` by itself. `artifacts` are the project's own: name -> 64 hex digits;
    `artifact_paths` says where those lie that are in the project. `root` is the folder of the file that names the
    evidence, and the only way to further files; what it refuses raises `FileRefused`. `scope` says whose answer the
    control asks for.
    """

    data: bytes | None
    entry: Evidence
    requirement: Requirement
    parameters: Parameters
    artifacts: Mapping[str, str]
    artifact_paths: Mapping[str, str] = field(default_factory=dict)
    root: Root | None = None
    trust: Trust = field(default_factory=Trust.nobody)
    scope: Scope | None = None
    file: EntryFile | None = None

    @property
    def name(self) -> str:
        """The file's own name in lower case; empty without a file."""
        return PurePosixPath(self.entry.path or "").name.lower()

    @property
    def suffix(self) -> str:
        """The ending of the file's name in lower case, with its dot; empty without one."""
        return PurePosixPath(self.name).suffix


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a kind saw, without judging time. The fields are those of `model.observation.Observation`."""

    verdict: Verdict
    text: str
    tier: Assurance = Assurance.CLAIMED
    date: Day | None = None
    run: str | None = None
    supersedes: str | None = None
    artifact: str | None = None
    valid_until: Day | None = None


Examine = Callable[[Given], Seen]


class Plugin(Protocol):
    """What an entry point of the group `handrail.kinds` must name."""

    @property
    def kind(self) -> Kind:
        """The kind, as data; its name is the entry point's."""

    def examine(self, given: Given) -> Seen:
        """Say what the content shows."""


def unreadable(text: str) -> Seen:
    """Say that the content is not what it should be, or shows nothing of what is asked."""
    return Seen(verdict=Verdict.UNREADABLE, text=text)


def unavailable(text: str) -> Seen:
    """Say that nothing can be checked here, through no fault of the evidence."""
    return Seen(verdict=Verdict.UNAVAILABLE, text=text)


def shown(
    text: str, lacking: Iterable[str], *, tier: Assurance, date: Day | None = None, valid_until: Day | None = None
) -> Seen:
    """Say that everything asked is shown, or, where sentences about what is lacking are given, a part of it."""
    missing = " ".join(lacking)
    return Seen(
        verdict=Verdict.PARTIAL if missing else Verdict.SHOWN,
        text=f"A part of what is asked is there. {missing}" if missing else text,
        tier=tier,
        date=date,
        valid_until=valid_until,
    )


def listed(names: Iterable[str]) -> str:
    """Write names of the catalog in a row, each in quotation marks."""
    return ", ".join(f"\u201c{name}\u201d" for name in names)
