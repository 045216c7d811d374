"""Packs at the command line, as an organisation uses them: write, lint, bundle, check, review, publish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handrail.catalog.composing import load_catalogs
from handrail.publish.downloads import BUNDLE, downloads
from handrail.publish.pages_catalog import catalog_pages
from handrail.publish.pages_changes import versions
from tests.catalog.cases import AS_OF, edited
from tests.catalog.packs import FILES, OPS, OPS_PATH, base, pack
from tests.cli.in_process import Run
from tests.repository import Repository

OVERLAYS = "  - {control: SRC-01, because: The board reads it., max_age: P10D}\n"
DAY = ("--as-of", AS_OF.isoformat())
PROJECT = """\
handrail: 1
catalog:
  version: "1.0"
  digest: {digest}
project: {{id: demo, name: Demo}}
facts: {{role: [developer], modality: [text], jurisdiction: [us], messaging: none}}
checklists: [developer, acme-team]
controls:
  SRC-01:
    state: implemented
    evidence: [{{for: register, path: register.csv}}]
  ACME-OPS-01:
    state: implemented
    evidence: [{{for: rota, path: rota.csv}}]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the catalog, a pack and a project whose register is 20 days old."""
    monkeypatch.chdir(tmp_path)
    base(Path("base"))
    pack(Path("acme"), overlays=OVERLAYS)
    Path("register.csv").write_text("name,day\na set,2026-11-04\n", encoding="utf-8")
    Path("rota.csv").write_text("week\n2026-11-20\n", encoding="utf-8")
    write(Path("handrail.yaml"))
    return tmp_path


def write(file: Path) -> None:
    file.write_text(PROJECT.format(digest=load_catalogs([Path("base")])[1]), encoding="utf-8")


def findings(run: Run, *arguments: object) -> dict[str, str]:
    made = json.loads(run("check", *DAY, "--format", "json", *arguments).stdout)
    return {one["control"]: one["finding"] for one in made["findings"]}


def test_a_check_with_a_pack_asks_for_more(here: Path, run: Run) -> None:
    edited(here, "handrail.yaml", ("developer, acme-team", "developer"), ("  ACME-OPS-01", "  SRC-02"), ("rota", "log"))
    edited(here, "handrail.yaml", ("\n    evidence: [{for: log, path: log.csv}]", ""))
    assert findings(run, "--catalog", "base")["SRC-01"] == "satisfied"
    assert findings(run, "--catalog", "base", "--catalog", "acme")["SRC-01"] == "undetermined"


def test_the_record_and_the_report_name_the_pack(here: Path, run: Run) -> None:
    given = ("--catalog", "base", "--catalog", "acme")
    made = json.loads(run("check", *DAY, *given, "--format", "json", code=1).stdout)
    digest = run("bundle", "acme", "--catalog", "base", code=0).stdout.split()[0]
    assert made["catalog"][1:] == [{"pack": "ACME", "version": "1.0.0", "digest": digest}]
    assert list(made["catalog"][0]) == ["digest", "version"]
    said = " ".join(run("check", *DAY, *given, code=1).stdout.split())
    assert f"pack ACME 1.0.0 ({digest[:19]})" in said
    shown = " ".join(run("show", "SRC-01", *given, code=0).stdout.split())
    assert "Asked for beyond the catalog Pack ACME: evidence at most 10 days old. The board reads it." in shown
    assert "ACME-OPS" in run("list", "principles", *given, code=0).stdout


def test_a_pack_goes_by_its_bundle_too(here: Path, run: Run) -> None:
    written = run("bundle", "acme", "--catalog", "base", "--out", "acme.json", code=0).stdout
    assert written.endswith("  acme.json\n")
    folder = run("check", *DAY, "--catalog", "base", "--catalog", "acme", "-f", "json").stdout
    assert run("check", *DAY, "--catalog", "acme.json", "--catalog", "base", "-f", "json").stdout == folder


def test_an_answer_to_a_pack_is_tied_by_review(here: Path, run: Run) -> None:
    given = ("--catalog", "base", "--catalog", "acme")
    assert findings(run, *given)["ACME-OPS-01"] == "undetermined"
    run("review", *given, "--all", code=0)
    text = Path("handrail.yaml").read_text(encoding="utf-8")
    assert "  packs:\n    ACME:\n      version: 1.0.0\n      digest: sha256:" in text
    edited(here, "register.csv", ("2026-11-04", "2026-11-20"))
    assert findings(run, *given)["ACME-OPS-01"] == "satisfied"
    edited(here, f"acme/{OPS_PATH}", ("A deputy MUST", "Two deputies MUST"))
    assert findings(run, *given) == {"SRC-01": "satisfied", "SRC-02": "not-applicable", "ACME-OPS-01": "undetermined"}


def test_init_names_the_packs(here: Path, run: Run) -> None:
    given = ("--catalog", "base", "--catalog", "acme")
    Path("new").mkdir()
    run("init", "new", "--yes", "--id", "new", "--checklist", "acme-team", *given, code=0)
    text = Path("new/handrail.yaml").read_text(encoding="utf-8")
    assert '  packs:\n    ACME:\n      version: "1.0.0"\n      digest: sha256:' in text
    assert "ACME-OPS-01" in text
    run("check", "new", *DAY, *given, code=1)
    said = run("check", "new", *DAY, "--catalog", "base", code=2).said
    assert "error[HR316]: the answers are for pack `ACME` too" in said
    assert "new/handrail.yaml:10:5" in said


def test_init_brings_a_file_to_a_pack(here: Path, run: Run) -> None:
    edited(
        here, "handrail.yaml", ("  ACME-OPS-01", "  SRC-02"), ("rota", "log"), ("path: log.csv", "path: register.csv")
    )
    run("init", "--update", "--catalog", "base", "--catalog", "acme", code=0)
    text = Path("handrail.yaml").read_text(encoding="utf-8")
    assert "  packs:\n    ACME:" in text
    assert "#   ACME-OPS-01:" in text


@pytest.mark.parametrize("arguments", [("acme", "--catalog", "base"), ("--catalog", "base", "--catalog", "acme")])
def test_lint_reads_a_pack_with_its_catalog(here: Path, run: Run, arguments: tuple[str, ...]) -> None:
    assert "no errors: 2 principles, 3 controls" in run("lint", *arguments, *DAY, code=0).said
    edited(here, "acme/pack.yaml", ("max_age: P10D", "max_age: P100D"))
    told = run("lint", *arguments, *DAY, code=1).stdout
    assert "error[HR283]: `P100D` is longer than the catalog allows" in told
    assert "--> acme/pack.yaml:11:62\n" in told
    assert "base/principles/develop/source-data.yaml:24:18" in told


def test_lint_in_the_folder_of_a_pack_takes_the_catalog_of_the_installation(here: Path, run: Run) -> None:
    other = pack(Path("other"), {**FILES, OPS_PATH: OPS.replace("[SRC-01]", "[GOV-01]")})
    edited(other, "pack.yaml", ("minimal", "handrail"))
    assert run("lint", "other", *DAY, code=0).stdout == ""
    assert run("lint", "acme", *DAY, code=1).stdout.count("HR284") == 1


@pytest.mark.parametrize("arguments", [("acme", "--catalog", "base"), ("--catalog", "base", "--catalog", "acme")])
def test_since_shows_what_a_change_brought_to_a_pack(here: Path, run: Run, arguments: tuple[str, ...]) -> None:
    made = Repository(here)
    edited(here, f"acme/{OPS_PATH}", ("effort: S\n", "effort: S   \n"))
    Path("acme/endorsements").mkdir()
    Path("acme/endorsements/letter.txt").touch()
    made.commit_folder("acme")
    said = run("lint", *arguments, "--since", "HEAD", *DAY, code=0)
    assert (said.stdout, said.said.split(",")[0]) == ("", "2 more")
    edited(here, f"acme/{OPS_PATH}", ("Name a deputy", "Name a de\u200bputy"), ("controls:", "# moved\ncontrols:"))
    told = run("lint", *arguments, "--since", "HEAD", *DAY, code=1).stdout
    assert [word for word in told.split() if word.startswith(("error[", "warning["))] == ["error[HR259]:"]
    assert f"--> acme/{OPS_PATH}:13:" in told


def test_a_bundle_of_a_pack_has_no_earlier_state(here: Path, run: Run) -> None:
    run("bundle", "acme", "--catalog", "base", "--out", "acme.json", code=0)
    assert "name the pack's folder" in run("lint", "acme.json", "--catalog", "base", "--since", "x", code=2).said


def test_fix_mends_a_pack(here: Path, run: Run) -> None:
    edited(here, f"acme/{OPS_PATH}", ("effort: S\n", "effort: S   \n"))
    run("lint", "acme", "--catalog", "base", "--fix", *DAY, code=0)
    assert Path("acme", OPS_PATH).read_text(encoding="utf-8") == OPS


def test_a_release_of_a_pack_is_kept_by_it(here: Path, run: Run) -> None:
    made = run("bundle", "acme", "--catalog", "base", "--release", *DAY, code=0).stdout.split()[0]
    assert run("bundle", "acme", "--catalog", "base", code=0).stdout.split()[0] == made
    assert made in Path("acme/principles/releases.yaml").read_text(encoding="utf-8")
    edited(here, f"acme/{OPS_PATH}", ("A deputy MUST", "Two deputies MUST"))
    again = run("bundle", "acme", "--catalog", "base", "--release", *DAY, code=2).said
    assert "raise `version` in `pack.yaml` first" in again


BAD = {
    "a pack that weakens": ("max_age: P10D", "max_age: P100D", "HR283"),
    "a pack for another catalog": ("id: minimal", "id: other", "HR284"),
    "a pack with a key that none has": ("overlays:", "run: setup.py\noverlays:", "HR101"),
    "a pack that shadows nothing": ("control: SRC-01", "control: SRC-09", "HR285"),
}


@pytest.mark.parametrize("case", BAD)
def test_nothing_is_judged_and_nothing_is_written_with_a_bad_pack(here: Path, run: Run, case: str) -> None:
    old, new, code = BAD[case]
    edited(here, "acme/pack.yaml", (old, new))
    given = ("--catalog", "base", "--catalog", "acme")
    for arguments in (
        ("check", *DAY, *given, "-o", "json=out.json", "--record"),
        ("bundle", "acme", "--catalog", "base", "--out", "out.json"),
        ("init", "out", "--yes", "--id", "new", *given),
        ("review", "--all", *given),
        ("site", "build", *given, "--out", "out"),
    ):
        ended = run(*arguments, code=2)
        assert f"error[{code}]" in ended.stderr
        assert "--> acme/pack.yaml:" in ended.stderr
        assert ended.stdout == ""
    assert not list(here.glob("out*"))
    assert "packs" not in Path("handrail.yaml").read_text(encoding="utf-8")


def test_what_goes_with_packs_alone_is_refused_elsewhere(here: Path, run: Run) -> None:
    assert "goes with a pack" in run("bundle", "base", "--catalog", "base", code=2).said
    assert "goes with a pack" in run("lint", "base", "--catalog", "base", code=2).said
    assert "HR287" in run("check", "--catalog", "base", "--catalog", "base2", code=2).said


def test_the_pages_say_what_is_the_packs(here: Path) -> None:
    bundle, digest = load_catalogs([Path("base"), Path("acme")])
    pages = {page.path: page.body for page in catalog_pages(bundle, built_on=AS_OF)}
    own, of_base = pages["principles/acme-ops.html"], pages["principles/src.html"]
    assert "pack ACME: Acme&#39;s own" in own
    assert "Pack ACME: evidence at most 10 days old. The board reads it." in of_base
    assert "pack ACME" not in of_base
    assert BUNDLE not in [one.path for one in downloads(bundle, as_of=AS_OF)]
    assert [one.version for one in versions(bundle, digest)] == ["1.1"]
