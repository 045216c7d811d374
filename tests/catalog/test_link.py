"""Names that resolve, beyond what the folders of `tests/rules` show."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.catalog.link_evidence import ENTRY_POINTS, offered_kinds
from handrail.model.kinds import KINDS, Kind, ParameterType
from tests.catalog.cases import SRC, checked, edited, overlaid

GOOD = {
    ParameterType.TEXT: "day",
    ParameterType.TEXTS: "[one, two]",
    ParameterType.COUNT: "3",
    ParameterType.FLAG: "true",
    ParameterType.DAYS: "P30D",
    ParameterType.CHECKS: "[{path: a.b, equals: x}]",
}
BAD = {
    ParameterType.TEXT: "[day]",
    ParameterType.TEXTS: "one",
    ParameterType.COUNT: "3.5",
    ParameterType.FLAG: "yes",
    ParameterType.DAYS: "P1M",
    ParameterType.CHECKS: "[]",
}


def asking(folder: Path, kind: str, parameters: str) -> Path:
    given = f"kind: {kind}\n        with: {{{parameters}}}" if parameters else f"kind: {kind}"
    old = "kind: register\n        with: {columns: [name, day], date_column: day}"
    return edited(overlaid(folder), SRC, (old, given), ("assurance: documented", "assurance: claimed"))


def codes(folder: Path) -> list[str]:
    return [each.code for each in checked(folder)[0].sorted() if each.code not in ("HR242", "HR246")]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_takes_its_own_parameters(tmp_path: Path, kind: Kind) -> None:
    given = ", ".join(f"{name}: {GOOD[one.type]}" for name, one in kind.parameters.items())
    assert codes(asking(tmp_path, kind.name, given)) == []


@pytest.mark.parametrize("kind", [k for k in KINDS.values() if k.parameters], ids=lambda kind: kind.name)
def test_every_parameter_of_the_wrong_type_is_told(tmp_path: Path, kind: Kind) -> None:
    given = ", ".join(f"{name}: {BAD[one.type]}" for name, one in kind.parameters.items())
    assert codes(asking(tmp_path, kind.name, given)) == ["HR213"] * len(kind.parameters)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_only_what_a_kind_needs_must_be_given(tmp_path: Path, kind: Kind) -> None:
    needed = [one for one in kind.parameters.values() if one.required]
    assert codes(asking(tmp_path, kind.name, "")) == ["HR214"] * len(needed)


@pytest.mark.parametrize(
    ("check", "fits"),
    [
        ("{path: a, equals: x}", True),
        ("{path: a, equals: false}", True),
        ("{path: a, at_least: 0.95}", True),
        ("{path: a, at_most: -3}", True),
        ("{path: a, contains: x}", True),
        ("{path: a, exists: true}", True),
        ("{path: a}", False),
        ("{equals: x}", False),
        ("{path: '', equals: x}", False),
        ("{path: a, equals: x, exists: true}", False),
        ("{path: a, at_least: many}", False),
        ("{path: a, exists: perhaps}", False),
        ("{path: a, matches: x}", False),
        ("{path: a, equals: [x]}", False),
        ("a", False),
    ],
)
def test_a_comparison_is_a_path_and_one_test(tmp_path: Path, check: str, fits: bool) -> None:
    assert codes(asking(tmp_path, "data", f"checks: [{check}]")) == ([] if fits else ["HR213"])


def test_a_kind_that_an_installed_package_offers_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "acme-1.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1\n", encoding="utf-8")
    # The module is not there: only names are read, nothing of the package is run.
    (package / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\nacme-audit = acme.absent:PLUGIN\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    offered_kinds.cache_clear()
    try:
        assert codes(asking(tmp_path / "one", "acme-audit", "depth: 3")) == []
        assert codes(asking(tmp_path / "two", "acme-audits", "")) == ["HR211"]
    finally:
        offered_kinds.cache_clear()


def test_a_broken_name_is_told_and_not_its_echoes(tmp_path: Path) -> None:
    folder = edited(overlaid(tmp_path), SRC, ("requires: [SRC-01]", "requires: [SRC-1]"))
    edited(folder, "checklists/developer.yaml", ("[SRC-01, SRC-02]", "[SRC-02]"))
    assert codes(folder) == ["HR201"]  # not also that nothing leads to SRC-01


def test_a_thousand_broken_names_cost_no_thousand_searches(tmp_path: Path) -> None:
    names = ", ".join(f"X-{i}" for i in range(3_000))
    folder = edited(overlaid(tmp_path), "checklists/developer.yaml", ("[SRC-01, SRC-02]", f"[SRC-01, SRC-02, {names}]"))
    out, _, _ = checked(folder)
    assert out.errors == 3_000
    assert sum(bool(each.help.startswith("did you mean")) for each in out.sorted()) <= 100
