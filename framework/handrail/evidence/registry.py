"""Kind name -> the kind and its verifier.

Belongs here: which built-in kinds are implemented, importing one when it is first used, and plugins. Never here: a
kind's own rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from functools import cache, lru_cache
from importlib import import_module
from typing import TypeVar

from handrail.evidence.plugin import GROUP, Examine, Given, Plugin, Seen, unavailable
from handrail.model.kinds import KINDS, Kind
from handrail.model.observation import Observation

IMPLEMENTED = frozenset(
    {
        "statement",
        "file",
        "document",
        "data",
        "model-card",
        "register",
        "metrics",
        "security-contact",
        "sealed-record",
        "croissant",
        "dataset-screening",
        "ml-bom",
        "artifact-scan",
        "attestation",
        "c2pa",
        "model-signature",
        "red-team",
        "test-report",
    }
)
"""The built-in kinds that have a verifier here; every other kind of the table is `unavailable`."""

POINTERS = frozenset({"path", "sealed", "statement"})
"""What a declaration can point with."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A kind that is known, and what examines it; None where this version has nothing that does.

    `streamed` says that the kind opens its file by itself, in one pass; `folder` that it opens its path by itself and
    that a folder of files may lie there.
    """

    kind: Kind
    examine: Examine | None
    streamed: bool = False
    folder: bool = False


def find(name: str) -> Verifier | None:
    """Find a kind. Entry points are read only for a name that the table does not have; None if they have none."""
    kind = KINDS.get(name)
    if kind is None:
        return _plugin(name)
    return _builtin(name) if name in IMPLEMENTED else Verifier(kind, None)


@cache
def _builtin(name: str) -> Verifier:
    module = import_module(f"handrail.evidence.kinds.{name.replace('-', '_')}")
    return Verifier(KINDS[name], module.examine, getattr(module, "STREAMED", False), getattr(module, "FOLDER", False))


@lru_cache(maxsize=64)  # reading the metadata of every installed distribution takes longer than most checks
def _plugin(name: str) -> Verifier | None:
    from importlib.metadata import entry_points

    points = tuple(entry_points(group=GROUP, name=name))
    if len(points) != 1:  # two that claim one name: neither is the one that was meant
        return None
    return _guarded(lambda: _verifier(points[0].load(), name))


def _verifier(plugin: Plugin, name: str) -> Verifier | None:
    kind = plugin.kind
    if not isinstance(kind, Kind) or kind.name != name or kind.pointer not in POINTERS:
        return None
    return Verifier(kind, lambda given: _examined(plugin, given))


def _examined(plugin: Plugin, given: Given) -> Seen:
    seen = _guarded(lambda: _sound(plugin.examine(given), given))
    return seen or unavailable("The checker for this kind, a plugin, stopped by an error.")


def _sound(seen: Seen, given: Given) -> Seen:
    """Pass what a plugin gave through the validation of observations, which a built-in kind does not need."""
    asked = given.requirement
    # Made from a plugin's words, and so validated.
    sound = Observation.model_validate({"requirement": asked.id, "kind": asked.kind, **asdict(seen)})
    return Seen(**{one.name: getattr(sound, one.name) for one in fields(Seen)})


def _guarded(call: Callable[[], T]) -> T | None:
    """Call a plugin's code; None if it raises.

    The only place that catches everything, `sys.exit` included: the code is a third party's, and one that stumbles
    over a file must cost that one observation and not the whole run. Ctrl-C still stops the run.
    """
    try:
        return call()
    except (Exception, SystemExit):
        return None
