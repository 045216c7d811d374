"""What was seen of evidence on an earlier run, where nothing that it depends on has changed.

Belongs here: when an earlier observation may stand. Never here: looking at evidence. An observation does not depend on
the day: `assess` judges time anew each run. Kinds that look at more than their own file are looked at each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from handrail.catalog.cache import FileCache
from handrail.model.declaration import Evidence
from handrail.model.observation import Observation
from handrail.model.terms import Verdict
from handrail.model.trusted import rebuild
from handrail.source.files import FileReason, FileRefused, Root

ALONE = frozenset(
    {
        "statement",
        "file",
        "document",
        "data",
        "register",
        "metrics",
        "model-card",
        "security-contact",
        "ml-bom",
        "test-report",
        "sealed-record",
    }
)
"""Kinds whose observation follows from the entry, the requirement, the artifacts and the bytes of one file."""

_NOT_THERE = "not there"
"""Stands for the digest of a file that is missing."""


class SeenBefore:
    """The observations of one state of a project: of its files' bytes and of the catalog, both told by `key`."""

    def __init__(self, cache: FileCache, key: Iterable[str]) -> None:
        self._cache = cache
        self._key = tuple(key)
        self._kept: dict[str, list[str]] = cache.table(self._key)
        self._grew = False

    def digest(self, entry: Evidence, kind: str, root: Root) -> str | None:
        """The digest of the entry's file, empty for an entry without one; None if it must be looked at each time."""
        if kind not in ALONE or entry.attestation is not None:
            return None
        if entry.path is None:
            return ""
        try:
            return root.read_with_digest(entry.path)[1]
        except FileRefused as refused:
            if refused.reason in (FileReason.ABSOLUTE, FileReason.CLIMBS, FileReason.LINK):
                raise
            return _NOT_THERE if refused.reason is FileReason.MISSING else None

    def get(self, place: str, digest: str) -> Observation | None:
        """What was seen at this place of the declaration in a file with this digest."""
        kept = self._kept.get(place)
        if kept is None or kept[0] != digest:
            return None
        return rebuild(Observation, kept[1].encode())

    def keep(self, place: str, digest: str, seen: Observation) -> None:
        """Keep what was seen; not what this installation could not look at, which another one may."""
        if seen.verdict is not Verdict.UNAVAILABLE:
            self._kept[place] = [digest, seen.model_dump_json(by_alias=True, exclude_defaults=True)]
            self._grew = True

    def save(self) -> None:
        """Write what was added, if anything was."""
        if self._grew:
            self._cache.keep_table(self._key, json.dumps(self._kept))
