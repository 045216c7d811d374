"""What a pack may not say: each is one sentence that names both files, with line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.catalog.composing import load_catalogs
from handrail.source.codes import CODES
from handrail.source.diagnostics import InputError
from tests.catalog.packs import FILES, OPS, OPS_PATH, PACK, TEAM, TEAM_PATH, base, linted, pack, told

SOURCES = "base/principles/develop/source-data.yaml"


def stricter(*keys: str, control: str = "SRC-01") -> str:
    return f"  - {{control: {control}, because: We say so., {', '.join(keys)}}}\n"


OVERLAYS = {
    "lowers a level": (
        stricter("level: should"),
        [f"HR283 acme/pack.yaml:11:51 and {SOURCES}:16:12 `should` is less than the catalog asks: `SRC-01` is must"],
    ),
    "lengthens max_age": (
        stricter("max_age: P91D"),
        [
            f"HR283 acme/pack.yaml:11:53 and {SOURCES}:24:18 `P91D` is longer than the catalog allows: the evidence of "
            "`SRC-01` is at most P90D old"
        ],
    ),
    "lowers assurance": (
        stricter("assurance: {register: claimed}"),
        [
            f"HR283 acme/pack.yaml:11:66 and {SOURCES}:25:20 `claimed` is less than the catalog asks: `register` of "
            "`SRC-01` is documented"
        ],
    ),
    "raises assurance beyond what the kind can reach": (
        stricter("assurance: {register: attested}"),
        ["HR241 acme/pack.yaml:11:66 `attested` is more than kind `register` can reach"],
    ),
    "speaks of no requirement": (
        stricter("assurance: {log: verified}"),
        [f"HR285 acme/pack.yaml:11:56 and {SOURCES}:12:9 control `SRC-01` asks for no `log`"],
    ),
    "speaks of no control": (
        stricter("level: must", control="SRC-09"),
        ["HR285 acme/pack.yaml:11:15 the catalog has no control `SRC-09`"],
    ),
    "speaks of its own control": (
        stricter("level: must", control="ACME-OPS-01"),
        [
            "HR285 acme/pack.yaml:11:15 and acme/principles/throughout/ops.yaml:11:9 control `ACME-OPS-01` is the "
            "pack's own"
        ],
    ),
    "speaks of a control twice": (
        stricter("max_age: P30D") + stricter("max_age: P20D"),
        ["HR202 acme/pack.yaml:12:15 and acme/pack.yaml:11:15 control `SRC-01` is overlaid twice"],
    ),
    "asks for nothing": (
        stricter("assurance: {}"),
        [
            "HR108 acme/pack.yaml:11:5 item 1 of `overlays` needs one of `level`, `max_age`, `assurance`, `evidence` "
            "and `mappings`"
        ],
    ),
    "widens unless": (
        stricter("unless: {role: [host]}"),
        ["HR101 acme/pack.yaml:11:44 unknown key `unless` in item 1 of `overlays`"],
    ),
    "drops a requirement": (
        stricter("drop: [register]"),
        ["HR101 acme/pack.yaml:11:44 unknown key `drop` in item 1 of `overlays`"],
    ),
    "adds a requirement under a name that the catalog may give": (
        "  - control: SRC-01\n    because: We say so.\n    evidence:\n"
        "      - {id: minutes, title: Minutes, kind: file, assurance: documented}\n",
        [
            "HR280 acme/pack.yaml:14:14 and acme/pack.yaml:2:11 for `SRC-01`, requirement `minutes` does not bear the "
            "prefix of its pack"
        ],
    ),
    "adds a requirement of no kind": (
        "  - control: SRC-01\n    because: We say so.\n    evidence:\n"
        "      - {id: acme-minutes, title: Minutes, kind: fil, assurance: documented}\n",
        ["HR211 acme/pack.yaml:14:50 unknown kind of evidence `fil`"],
    ),
    "maps to no clause": (
        "  - control: SRC-01\n    because: We say so.\n    mappings:\n"
        "      - {reference: acme-policy, clause: x, relation: supports, confidence: seen}\n",
        ["HR209 acme/pack.yaml:14:42 unknown clause `x` of `acme-policy`"],
    ),
}


@pytest.mark.parametrize("case", OVERLAYS)
def test_an_overlay_asks_for_more_and_never_less(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    overlays, expected = OVERLAYS[case]
    assert told(linted(base(Path("base")), pack(Path("acme"), overlays=overlays))) == expected


NAMES = {
    "is kept by nobody": (
        {"pack.yaml": PACK.replace("steward: acme", "steward: acne")},
        "HR210 acme/pack.yaml:5:12 unknown steward `acne`",
    ),
    "shadows a control": (
        {"principles/develop/mine.yaml": OPS.replace("ACME-OPS-01", "SRC-01").replace("ACME-OPS", "ACME-B")},
        f"HR282 acme/principles/develop/mine.yaml:11:9 and {SOURCES}:12:9 control `SRC-01` is the catalog's, and "
        "a pack "
        "puts nothing in its place",
    ),
    "shadows a principle": (
        {"principles/throughout/mine.yaml": OPS.replace("ACME-OPS", "SRC")},
        f"HR282 acme/principles/throughout/mine.yaml:2:7 and {SOURCES}:2:7 principle `SRC` is the catalog's, and "
        "a pack "
        "puts nothing in its place",
    ),
    "shadows a checklist": (
        {"checklists/developer.yaml": TEAM.replace("acme-team", "developer")},
        "HR282 acme/checklists/developer.yaml:1:17 and base/checklists/developer.yaml:2:7 checklist `developer` is the "
        "catalog's, and a pack puts nothing in its place",
    ),
    "shadows a steward": (
        {"principles/stewards.yaml": "stewards:\n  acme: {name: Acme}\n  us: {name: Others}\n"},
        "HR282 acme/principles/stewards.yaml:3:3 and base/principles/stewards.yaml:2:3 steward `us` is the "
        "catalog's, and "
        "a pack puts nothing in its place",
    ),
    "gives a name without its prefix": (
        {"principles/throughout/mine.yaml": OPS.replace("ACME-OPS", "OPS")},
        "HR280 acme/principles/throughout/mine.yaml:2:7 and acme/pack.yaml:2:11 principle `OPS` does not bear "
        "the prefix "
        "of its pack",
    ),
    "gives a term without its prefix": (
        {"principles/lexicon.yaml": "terms:\n  deputy: {title: Deputy, definition: Who stands in.}\n"},
        "HR280 acme/principles/lexicon.yaml:2:3 and acme/pack.yaml:2:11 term `deputy` does not bear the prefix "
        "of its pack",
    ),
    "has facts of its own": (
        {"principles/catalog.yaml": "facts: {}\n"},
        "HR205 acme/principles/catalog.yaml:1:1 `principles/catalog.yaml` is not a file of a pack",
    ),
    "weakens by a checklist": (
        {TEAM_PATH: f"{TEAM}set: {{SRC-01: {{level: may, because: x}}}}\n".replace("[ACME", "[SRC-01, ACME")},
        f"HR283 acme/checklists/acme-team.yaml:4:23 and {SOURCES}:16:12 `may` is less than the catalog asks: "
        "`SRC-01` is "
        "must",
    ),
    "lengthens by a checklist": (
        {TEAM_PATH: f"{TEAM}set: {{SRC-01: {{max_age: P99D, because: x}}}}\n".replace("[ACME", "[SRC-01, ACME")},
        f"HR283 acme/checklists/acme-team.yaml:4:25 and {SOURCES}:24:18 `P99D` is longer than the catalog allows: "
        "`register` of `SRC-01` is at most P90D old",
    ),
    "is for a later catalog": (
        {"pack.yaml": PACK.replace('"1.0"}', '"1.2"}')},
        "HR284 acme/pack.yaml:9:32 and base/principles/catalog.yaml:4:12 pack `ACME` is for versions of the "
        "catalog from "
        "`1.2` and before `2.0`, and this one is `1.1`",
    ),
    "is for an earlier catalog": (
        {"pack.yaml": PACK.replace('"1.0"}', '"1.0", before: "1.1"}')},
        "HR284 acme/pack.yaml:9:32 and base/principles/catalog.yaml:4:12 pack `ACME` is for versions of the "
        "catalog from "
        "`1.0` and before `1.1`, and this one is `1.1`",
    ),
    "is for another catalog": (
        {"pack.yaml": PACK.replace("minimal", "other")},
        "HR284 acme/pack.yaml:9:17 and base/principles/catalog.yaml:2:7 pack `ACME` is for catalog `other`, and "
        "this one is "
        "`minimal`",
    ),
    "needs a pack that is not there": (
        {"pack.yaml": f'{PACK}  packs: {{BETA: {{from: "1.0"}}}}\n'},
        "HR284 acme/pack.yaml:10:11 pack `ACME` needs pack `BETA`, which is not among the catalogs given",
    ),
    "has a hyphen in its prefix": (
        {"pack.yaml": PACK.replace("ACME", "ACME-OPS")},
        "HR280 acme/pack.yaml:2:11 prefix `ACME-OPS` has a hyphen",
    ),
    "takes the prefix of the catalog": (
        {"pack.yaml": PACK.replace("ACME", "SRC")},
        f"HR281 acme/pack.yaml:2:11 and {SOURCES}:2:7 prefix `SRC` is taken",
    ),
    "has an unknown key": (
        {"pack.yaml": f"{PACK}run: setup.py\n"},
        "HR101 acme/pack.yaml:10:1 unknown key `run` in the file",
    ),
    "forgets what it released": (
        {
            "principles/releases.yaml": 'releases:\n  - version: "0.9"\n    date: 2026-01-01\n    digest: '
            + "0" * 64
            + '\n    fingerprints:\n      ACME-OPS-00: "0123456789abcdef"\n'
        },
        "HR248 acme/principles/releases.yaml:6:7 control `ACME-OPS-00` was released in 0.9 and is no longer there",
    ),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_pack_keeps_to_its_own(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files, expected = NAMES[case]
    found = told(linted(base(Path("base")), pack(Path("acme"), {**FILES, **files})))
    assert expected in found


def needing(*others: str) -> dict[str, str]:
    packs = ", ".join(f'{one}: {{from: "1.0"}}' for one in others)
    return {**FILES, "pack.yaml": f"{PACK}  packs: {{{packs}}}\n"}


def test_two_packs_do_not_share_a_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = told(linted(base(Path("base")), pack(Path("one")), pack(Path("two"))))
    assert found[0] == "HR281 two/pack.yaml:2:11 and one/pack.yaml:2:11 prefix `ACME` is taken"


def test_a_pack_does_not_claim_another_ones_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stolen = {**FILES, "principles/throughout/theirs.yaml": OPS.replace("ACME-OPS", "BETA-OPS2")}
    acme = pack(Path("acme"), stolen)
    found = told(linted(base(Path("base")), acme, pack(Path("beta"), prefix="BETA")))
    assert found == [
        "HR280 acme/principles/throughout/theirs.yaml:2:7 and beta/pack.yaml:2:11 principle `BETA-OPS2` bears "
        "the prefix of "
        "pack `BETA`"
    ]


def test_packs_do_not_depend_on_each_other_in_a_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    acme = pack(Path("acme"), {**needing("BETA"), OPS_PATH: OPS.replace("[SRC-01]", "[BETA-OPS-01]")})
    beta = Path("beta")
    pack(beta, {**FILES, OPS_PATH: OPS.replace("[SRC-01]", "[GAMMA-OPS-01]")}, prefix="BETA")
    text = (beta / "pack.yaml").read_text(encoding="utf-8")
    (beta / "pack.yaml").write_text(f'{text}  packs: {{ACME: {{from: "1.0"}}}}\n', encoding="utf-8")
    ops = beta / "principles/throughout/ops.yaml"
    ops.write_text(ops.read_text(encoding="utf-8").replace("[GAMMA-OPS-01]", "[ACME-OPS-01]"), encoding="utf-8")
    found = told(linted(base(Path("base")), acme, beta))
    assert found == ["HR286 acme/pack.yaml:10:11 and beta/pack.yaml:2:11 pack `ACME` depends on itself"]


def test_a_pack_names_only_what_it_depends_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    beta = pack(Path("beta"), prefix="BETA")
    acme = pack(Path("acme"), {**FILES, OPS_PATH: OPS.replace("[SRC-01]", "[BETA-OPS-01]")})
    assert told(linted(base(Path("base")), acme, beta)) == [
        "HR284 acme/principles/throughout/ops.yaml:17:16 and beta/pack.yaml:2:11 `BETA-OPS-01` is of pack "
        "`BETA`, on which "
        "pack `ACME` does not depend"
    ]
    (Path("acme") / "pack.yaml").write_text(needing("BETA")["pack.yaml"], encoding="utf-8")
    assert told(linted(Path("base"), acme, beta)) == []


def test_what_lies_about_in_a_pack_is_told_and_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    acme = pack(Path("acme"))
    for name in ("sitecustomize.py", "principles/setup.py"):
        (acme / name).write_text("open('ran', 'w').close()\n", encoding="utf-8")
    (acme / "README.md").write_text("A pack.\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(acme))
    found = told(linted(base(Path("base")), acme))
    assert [one.split()[1] for one in found] == ["acme/principles/setup.py:1:1", "acme/sitecustomize.py:1:1"]
    assert {one.split()[0] for one in found} == {"HR258"}
    load_catalogs([Path("base"), acme])
    assert not Path("ran").exists()


def test_two_whole_catalogs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        load_catalogs([base(tmp_path / "one"), pack(tmp_path / "acme"), base(tmp_path / "two")])
    assert [one.code for one in refused.value.diagnostics] == ["HR287"]


def test_every_code_of_packs_is_shown_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in CODES if code.startswith("HR28") and code not in text] == []
