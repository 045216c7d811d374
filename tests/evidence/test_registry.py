"""Built-in kinds are found by name; plugins are found through entry points, and only for an unknown name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handrail.evidence import registry
from handrail.evidence.registry import IMPLEMENTED, find
from handrail.model.kinds import KINDS
from tests.evidence.samples import look, requirement

PLUGIN = """
from handrail.evidence.plugin import Seen, shown, unreadable
from handrail.model.kinds import KINDS, Kind
from handrail.model.terms import Assurance


class Plugin:
    def __init__(self, name, behaviour):
        self.kind = Kind(name=name, title="A kind of ours", highest=Assurance.DOCUMENTED, pointer="path",
                         verifies=("something",), does_not_verify=("everything",), parameters={})
        self.behaviour = behaviour

    def examine(self, given):
        return self.behaviour(given)


def raises(given):
    raise RuntimeError(given.data)


def exits(given):
    raise SystemExit(3)


def recurses(given):
    return recurses(given)


good = Plugin("acme-good", lambda given: shown("It is there.", (), tier=Assurance.ATTESTED))
raising = Plugin("acme-raising", raises)
exiting = Plugin("acme-exiting", exits)
endless = Plugin("acme-endless", recurses)
nothing = Plugin("acme-nothing", lambda given: None)
speechless = Plugin("acme-speechless", lambda given: Seen(verdict="shown", text=" "))
boastful = Plugin("acme-boastful", lambda given: Seen(verdict="shown", text="It is there.", tier="certain"))
misnamed = Plugin("acme-other", lambda given: unreadable("No."))
twice = Plugin("acme-twice", lambda given: unreadable("No."))
pointing = Plugin("acme-pointing", lambda given: unreadable("No."))
object.__setattr__(pointing.kind, "pointer", "requirement")
document = Plugin("document", lambda given: shown("Everything is well.", (), tier=Assurance.DOCUMENTED))
not_a_plugin = 3
"""
ENTRY_POINTS = """\
[handrail.kinds]
acme-good = acme_kinds:good
acme-raising = acme_kinds:raising
acme-exiting = acme_kinds:exiting
acme-endless = acme_kinds:endless
acme-nothing = acme_kinds:nothing
acme-speechless = acme_kinds:speechless
acme-boastful = acme_kinds:boastful
acme-misnamed = acme_kinds:misnamed
acme-three = acme_kinds:not_a_plugin
acme-absent = acme_kinds:no_such_name
acme-gone = acme_gone:good
acme-twice = acme_kinds:twice
acme-pointing = acme_kinds:pointing
document = acme_kinds:document
red-team = acme_kinds:document
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A distribution on the path, as an installer leaves it, and a second one that claims one of its names."""
    folder = tmp_path / "site"
    for name, points in (("acme", ENTRY_POINTS), ("other", "[handrail.kinds]\nacme-twice = acme_kinds:good\n")):
        info = folder / f"{name}_kinds-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-kinds\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(points)
    (folder / "acme_kinds.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(folder)
    registry._plugin.cache_clear()
    project = tmp_path / "project"
    project.mkdir()
    (project / "evidence.bin").write_bytes(b"marmalade")
    yield project
    registry._plugin.cache_clear()
    sys.modules.pop("acme_kinds", None)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_implemented_kind_has_its_own_file(kind: str) -> None:
    verifier = find(kind)
    assert verifier is not None
    assert verifier.kind is KINDS[kind]
    assert (verifier.examine is not None) is (kind in IMPLEMENTED)
    if verifier.examine is not None:
        assert kind == sys.modules[verifier.examine.__module__].KIND


def test_a_plugin_is_asked_and_its_tier_is_at_most_the_highest_it_names(installed: Path) -> None:
    seen = look(installed, requirement("acme-good"), path="evidence.bin")
    assert (seen.verdict, seen.tier, seen.kind) == ("shown", "documented", "acme-good")


@pytest.mark.parametrize(
    "kind", ["acme-raising", "acme-exiting", "acme-endless", "acme-nothing", "acme-speechless", "acme-boastful"]
)
def test_a_plugin_that_stumbles_costs_one_observation(installed: Path, kind: str) -> None:
    assert look(installed, requirement(kind), path="evidence.bin").verdict == "unavailable"


@pytest.mark.parametrize(
    "kind",
    ["acme-misnamed", "acme-three", "acme-absent", "acme-gone", "acme-twice", "acme-pointing", "acme-unheard-of"],
)
def test_a_plugin_that_is_not_one_is_as_if_it_were_not_there(installed: Path, kind: str) -> None:
    assert find(kind) is None
    assert look(installed, requirement(kind), path="evidence.bin").verdict == "unavailable"


def test_no_plugin_takes_the_name_of_a_built_in_kind(installed: Path) -> None:
    (installed / "policy.md").write_text("marmalade")
    asked = requirement("document", {"headings": ["Triggers"]})
    assert look(installed, asked, path="policy.md").verdict == "unreadable"
    assert look(installed, requirement("red-team"), path="evidence.bin").verdict == "unreadable"


def test_a_file_is_opened_for_a_plugin_under_the_same_rules(installed: Path) -> None:
    assert look(installed, requirement("acme-good"), path="absent.bin").verdict == "missing"
    assert look(installed, requirement("acme-good"), path="evidence.bin", sha256="0" * 64).verdict == "altered"
    assert look(installed, requirement("acme-good", handling="sealed"), path="evidence.bin").verdict == "refused"
