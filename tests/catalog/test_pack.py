"""A catalog with packs: what it holds, by which digests it goes, and that the catalog's own stays what it was."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from handrail.assess.answers import texts_of
from handrail.catalog.bundle import digest, to_bytes
from handrail.catalog.composing import compile_pack_folder, lint_packs, load_catalogs
from handrail.catalog.default import load_bundle
from handrail.catalog.pack_bundle import pack_bytes, pack_from_bytes, pack_release
from handrail.catalog.release import releases_text
from handrail.catalog.resolve import selected
from handrail.model.bundle import Bundle
from handrail.model.declaration import CatalogPin, PackPin
from handrail.model.pack import Composed, asked_beyond, pack_of
from handrail.model.terms import Assurance, Level
from handrail.model.trusted import rebuild
from handrail.source.diagnostics import InputError
from tests.catalog.cases import CHECKLIST, SRC, edited
from tests.catalog.packs import FILES, OPS, PACK, TEAM, TEAM_PATH, base, linted, pack, told

MORE = """\
  - control: SRC-02
    because: We say so.
    level: must
    max_age: P30D
    assurance: {log: attested}
    evidence:
      - {id: acme-minutes, title: Minutes, kind: document, with: {headings: [Decided]}, assurance: documented}
    mappings: [{reference: acme-policy, clause: "7", relation: related, confidence: seen}]
"""


def composed(*places: Path) -> Composed:
    made, _ = load_catalogs(places)
    assert isinstance(made, Composed)
    return made


def overlay(*keys: str, control: str = "SRC-02") -> str:
    return f"  - {{control: {control}, because: We say so., {', '.join(keys)}}}\n"


def test_a_pack_adds_its_own_and_asks_for_more(tmp_path: Path) -> None:
    made = composed(base(tmp_path / "base"), pack(tmp_path / "acme", overlays=MORE))
    assert [one.id for one in made.principles] == ["SRC", "ACME-OPS"]
    assert list(made.controls) == ["SRC-01", "SRC-02", "ACME-OPS-01"]
    assert [one.checklist.id for one in made.checklists] == ["developer", "acme-team"]
    assert {*made.references, *made.stewards} == {"act", "acme-policy", "us", "acme"}
    control = made.controls["SRC-02"]
    log, minutes = control.evidence
    assert control.level is Level.MUST
    assert (log.assurance, log.max_age, minutes.id) == (Assurance.ATTESTED, timedelta(30), "acme-minutes")  # type: ignore[union-attr]
    assert [one.reference for one in control.mappings] == ["acme-policy"]
    assert [one.prefix for one in made.parts] == [None, "ACME"]
    assert [(part.prefix, one.level) for part, one in asked_beyond("SRC-02", made)] == [("ACME", Level.MUST)]
    assert [pack_of(one, made) and "ACME" for one in ("SRC", "ACME-OPS")] == [None, "ACME"]


def test_the_catalog_itself_stays_to_the_letter(tmp_path: Path) -> None:
    folder = base(tmp_path / "base")
    plain, plain_digest = load_bundle(folder)
    made, its_digest = load_catalogs([folder, pack(tmp_path / "acme", overlays=MORE)])
    assert its_digest == plain_digest == digest(to_bytes(load_bundle(folder)[0]))
    assert isinstance(made, Composed)
    assert made.parts[0].fingerprints == plain.fingerprints
    assert {one: made.fingerprints[one] for one in plain.fingerprints} == plain.fingerprints
    assert made.controls["SRC-01"] == plain.controls["SRC-01"]
    assert load_catalogs([folder]) == (plain, plain_digest)


@pytest.mark.parametrize("cache", ["", "cache"], ids=["without a cache", "with one"])
def test_folders_and_bundles_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str) -> None:
    monkeypatch.setenv("HANDRAIL_CACHE_DIR", str(tmp_path / cache) if cache else "")
    folders = base(tmp_path / "base"), pack(tmp_path / "acme", overlays=MORE)
    files = tmp_path / "base.json", tmp_path / "acme.json"
    files[0].write_bytes(to_bytes(load_bundle(folders[0])[0]))
    files[1].write_bytes(compile_pack_folder(folders[1], [folders[0]]))
    made = composed(*folders)
    assert composed(*folders) == composed(*files) == composed(files[1], folders[0]) == made
    assert made.parts[1].digest == digest(files[1].read_bytes())
    written = made.model_dump_json(by_alias=True, exclude_defaults=True).encode()
    assert rebuild(Composed, written) == Composed.model_validate_json(written) == made
    assert told(linted(*files)) == []


def test_a_change_of_a_pack_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDRAIL_CACHE_DIR", str(tmp_path / "cache"))
    folders = base(tmp_path / "base"), pack(tmp_path / "acme")
    before = composed(*folders)
    assert composed(*folders) == before
    edited(folders[1], "pack.yaml", ("1.0.0", "1.0.1"))
    after = composed(*folders)
    assert (before.parts[0], before.parts[1].version, after.parts[1].version) == (after.parts[0], "1.0.0", "1.0.1")


def test_the_digest_of_a_pack_does_not_depend_on_the_catalog_or_on_the_order_of_keys(tmp_path: Path) -> None:
    acme, folder = pack(tmp_path / "acme", overlays=MORE), base(tmp_path / "base")
    before = compile_pack_folder(acme, [folder])
    edited(folder, SRC, ("in a register.", "in a good register."))
    edited(acme, "pack.yaml", ("    level: must\n    max_age: P30D\n", "    max_age: P30D\n    level: must\n"))
    assert compile_pack_folder(acme, [folder]) == before
    assert pack_bytes(pack_from_bytes(before, "acme.json")) == before


def test_what_was_put_together_before_is_had_without_yaml(tmp_path: Path, root: Path) -> None:
    places = [str(base(tmp_path / "base")), str(pack(tmp_path / "acme"))]
    program = (
        "import sys; from pathlib import Path; from handrail.catalog.composing import load_catalogs;"
        f"load_catalogs([Path(one) for one in {places}]);"
        "print(sorted(m for m in sys.modules if m in ('yaml', 'pydantic') or m.startswith('handrail.catalog.li')))"
    )
    environment = {**os.environ, "PYTHONPATH": str(root / "framework"), "HANDRAIL_CACHE_DIR": str(tmp_path / "cache")}
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
    assert ran.stdout == "[]\n"


def test_overlays_of_two_packs_combine_to_the_strictest(tmp_path: Path) -> None:
    folder = base(tmp_path / "base")
    one = pack(tmp_path / "one", overlays=overlay("level: must", "max_age: P60D", "assurance: {log: claimed}"))
    other = pack(tmp_path / "other", prefix="BETA", overlays=overlay("max_age: P90D", "assurance: {log: attested}"))
    for packs in ((one, other), (other, one)):
        control = composed(folder, *packs).controls["SRC-02"]
        (log,) = control.evidence
        assert (control.level, log.max_age, log.assurance) == (Level.MUST, timedelta(60), Assurance.ATTESTED)  # type: ignore[union-attr]


def test_no_checklist_undoes_an_overlay(tmp_path: Path) -> None:
    tailored = "set: {SRC-02: {level: may, max_age: P400D, because: They asked.}}\n"
    folder = edited(base(tmp_path / "base"), CHECKLIST, ("SRC-02]\n", f"SRC-02]\n{tailored}"))
    made = composed(folder, pack(tmp_path / "acme", overlays=overlay("level: must", "max_age: P60D")))
    tailoring = made.checklists[0].tailoring["SRC-02"]
    assert (tailoring.level, tailoring.max_age, tailoring.because) == (Level.MUST, timedelta(60), "They asked.")


def test_a_level_that_is_raised_takes_no_control_out_of_a_checklist(tmp_path: Path) -> None:
    folder = edited(base(tmp_path / "base"), CHECKLIST, ("controls: [SRC-01, SRC-02]", "levels: [should]"))
    made = composed(folder, pack(tmp_path / "acme", overlays=overlay("level: must")))
    assert selected(made.checklists[0], made) == ("SRC-02",)


@pytest.mark.parametrize(("level", "waived"), [("", True), ("level: must", False)])
def test_an_overlay_does_not_open_the_waiver_that_a_law_closes(tmp_path: Path, level: str, waived: bool) -> None:
    law = '    scope: dataset\n    escalates: [{level: must, reference: act, clause: "1"}]\n    applies_when'
    folder = edited(base(tmp_path / "base"), SRC, ("    scope: dataset\n    applies_when", law))
    made = composed(folder, pack(tmp_path / "acme", overlays=overlay("max_age: P30D", *([level] if level else []))))
    assert made.controls["SRC-02"].allow.waive is waived


def test_what_is_right_in_a_pack_is_told_by_lint_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What rules find in the catalog itself is not the pack's to mend: here its reference is due for review as well."""
    monkeypatch.chdir(tmp_path)
    acme = pack(Path("acme"), {**FILES, TEAM_PATH: TEAM.replace("[ACME-OPS-01]", "[SRC-01]")})
    found = lint_packs(base(Path("base")), [acme], as_of=date(2028, 1, 1))
    assert [(one.code, one.span.path) for one in found.out.sorted() if one.span] == [
        ("HR238", "acme/principles/references/acme-policy.yaml"),
        ("HR234", "acme/principles/throughout/ops.yaml"),
    ]


def test_a_pack_is_linted_clean_and_gives_the_composed_catalog(tmp_path: Path) -> None:
    found = linted(base(tmp_path / "base"), pack(tmp_path / "acme", overlays=MORE))
    assert told(found) == []
    assert isinstance(found.bundle, Composed)


def test_what_stands_beside_a_pack_is_linted_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    known, old, gone = (
        "organisation: {id: ID, name: Guild}\nendorsements:\n"
        f"  - {{of: {of}, position: endorses, statement: '0000000000000000', "
        "consent: {by: Board, date: 2026-01-12}}\n"
        for of in ("ACME-OPS-01", "SRC-01", "ACME-OPS-99")
    )
    words = "translation: {language: de, by: Tests}\ntexts:\n"
    words += "  ACME-OPS-01.question:  \n    {of: '1111111111111111', text: Ja}\n"
    beside = {
        "endorsements/one.yaml": known.replace("ID", "one"),
        "endorsements/two.yaml": old.replace("ID", "two"),
        "endorsements/three.yaml": gone.replace("ID", "three"),
        "endorsements/letter.txt": "",
        "principles/i18n/de/ops.yaml": words,
    }
    found = linted(base(Path("base")), pack(Path("acme"), {**FILES, **beside}))
    assert [" ".join(one.split()[:2]) for one in told(found)] == [
        "HR258 acme/endorsements/letter.txt:1:1",
        "HR271 acme/endorsements/one.yaml:3:54",
        "HR201 acme/endorsements/three.yaml:3:10",
        "HR271 acme/endorsements/two.yaml:3:49",
        "HR256 acme/principles/i18n/de/ops.yaml:3:24",
        "HR291 acme/principles/i18n/de/ops.yaml:4:10",
    ]


def test_a_pack_that_is_named_twice_is_one(tmp_path: Path) -> None:
    acme = pack(tmp_path / "acme")
    assert composed(base(tmp_path / "base"), acme, acme).parts == composed(tmp_path / "base", acme).parts


def released(folder: Path, catalog: Path) -> str:
    """Enter the pack's version in its list of releases; give the digest that the entry has."""
    made = pack_from_bytes(compile_pack_folder(folder, [catalog]), "acme")
    entry = pack_release(made, date(2026, 11, 1))
    (folder / "principles/releases.yaml").write_text(releases_text([entry]), encoding="utf-8")
    return entry.digest


def test_answers_are_tied_part_by_part(tmp_path: Path) -> None:
    folder, acme = base(tmp_path / "base"), pack(tmp_path / "acme")
    of_pack = released(acme, folder)
    made, of_base = load_catalogs([folder, acme])
    assert isinstance(made, Composed)
    assert made.parts[1].digest == of_pack  # a pack as it was released is that release
    text = made.fingerprints["ACME-OPS-01"]
    edited(acme, "pack.yaml", ("1.0.0", "1.1.0"))
    edited(acme, "principles/throughout/ops.yaml", ("A deputy MUST be named.", "Two deputies MUST be named."))
    now: Bundle = load_catalogs([folder, acme])[0]
    assert now.fingerprints["ACME-OPS-01"] != text

    def tied(*, digest: str | None, packs: dict[str, str]) -> dict[str, str]:
        pins = {prefix: PackPin(digest=one) for prefix, one in packs.items()}
        return dict(texts_of(CatalogPin(digest=digest, packs=pins), now, of_base))

    only_base = {one: now.fingerprints[one] for one in ("SRC-01", "SRC-02")}
    assert tied(digest=of_base, packs={}) == only_base
    assert tied(digest=of_base, packs={"ACME": of_pack}) == {**only_base, "ACME-OPS-01": text}
    assert tied(digest=None, packs={"ACME": of_pack}) == {"ACME-OPS-01": text}
    assert tied(digest=of_base, packs={"ACME": of_base, "BETA": of_pack}) == only_base


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((b'"prefix":"ACME",', b""), "pack.prefix: field required"),
        ((b"A deputy MUST be named.", b"A deputy MAY be named."), "its fingerprints are not those of its statements"),
        ((b'{"pack":', b'{"run":"setup.py","pack":'), "run: extra inputs are not permitted"),
    ],
)
def test_a_pack_that_does_not_hold_together_is_refused(
    tmp_path: Path, change: tuple[bytes, bytes], problem: str
) -> None:
    file = tmp_path / "acme.json"
    folder = base(tmp_path / "base")
    data = compile_pack_folder(pack(tmp_path / "acme"), [folder])
    assert change[0] in data
    file.write_bytes(data.replace(*change))
    with pytest.raises(InputError) as refused:
        load_catalogs([folder, file])
    assert [one.code for one in refused.value.diagnostics] == ["HR219"]
    assert problem in refused.value.diagnostics[0].message


def test_what_was_put_together_is_no_bundle(tmp_path: Path) -> None:
    """Its parts say which digests they have; only the bytes of each can show it."""
    made = composed(base(tmp_path / "base"), pack(tmp_path / "acme"))
    file = tmp_path / "both.json"
    file.write_bytes(made.model_dump_json(by_alias=True, exclude_defaults=True).encode())
    with pytest.raises(InputError) as refused:
        load_bundle(file)
    assert [one.code for one in refused.value.diagnostics] == ["HR219"]


def test_a_pack_may_require_controls_of_a_pack_that_it_depends_on(tmp_path: Path) -> None:
    needs = {**FILES, "pack.yaml": f'{PACK}  packs: {{BETA: {{from: "1.0"}}}}\n'}
    needs["principles/throughout/ops.yaml"] = OPS.replace("[SRC-01]", "[BETA-OPS-01]")
    acme, beta = pack(tmp_path / "acme", needs), pack(tmp_path / "beta", prefix="BETA")
    made = composed(base(tmp_path / "base"), acme, beta)
    assert made.controls["ACME-OPS-01"].requires == ("BETA-OPS-01",)
    assert made.order.index("BETA-OPS-01") < made.order.index("ACME-OPS-01")
