"""`handrail evidence add` and `seal` as a person runs them, on a copy of the examples."""

from __future__ import annotations

import hashlib
import os
import pty
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handrail.catalog.default import default_bundle
from handrail.source.diagnostics import Collector
from handrail.source.reader import read_yaml
from handrail.source.tree import plain
from tests.cli.in_process import completed

ROOT = Path(__file__).parents[2]
CANARY = "harmless-canary-7f3a"
TODAY = ("--as-of", "2026-11-24")
DUMP = f'{{"prompt": "Draw a {CANARY} over a quiet lake, please.", "output": "Here it is, over the lake."}}\n'


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path / "examples"


@pytest.fixture
def aurora(examples: Path) -> Path:
    return examples / "aurora-image"


def run(
    cwd: Path, *arguments: str, code: int, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    ended = completed(cwd, "evidence", *arguments, env=env)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == code, ended.stderr + ended.stdout
    return ended


def asked(cwd: Path, *arguments: str, answers: str) -> tuple[int, str]:
    """Run at a terminal where a person types."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "handrail", "evidence", *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        output, _ = process.communicate(timeout=60)
    os.close(ours)
    return process.returncode, output


def answers(file: Path) -> dict[str, Any]:
    tree = plain(read_yaml(file.read_bytes(), "", Collector()) or pytest.fail("unreadable"))
    assert isinstance(tree, dict)
    return dict(tree["controls"])


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tree_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def said(ended: subprocess.CompletedProcess[str]) -> str:
    return " ".join(ended.stderr.replace("\u2502", " ").split())


# ---- add


def test_a_file_is_added_with_its_digest_and_its_own_date(aurora: Path) -> None:
    declaration = aurora / "handrail.yaml"
    before = answers(declaration)
    file = aurora / "evidence" / "data" / "excluded-2.csv"
    shutil.copy(aurora / "evidence" / "data" / "excluded-sources.csv", file)
    old = declaration.read_text()
    ended = run(aurora, "add", "src-02", "evidence/data/excluded-2.csv", *TODAY, code=0)
    entry = {"for": "exclusions", "path": "evidence/data/excluded-2.csv", "sha256": sha256(file), "date": "2026-08-27"}
    before["SRC-02"]["evidence"].append(entry)
    assert answers(declaration) == before
    kept = [line for line in declaration.read_text().split("\n") if line in old.split("\n")]
    assert kept == old.split("\n"), "lines were only added"
    assert "SRC-02 exclusions: " in ended.stdout
    assert "shown: Every column asked for is filled and dated in every row." in ended.stdout
    assert "dated 2026-08-27, documented; counts until 2027-02-23" in ended.stdout
    assert f"+          sha256: {entry['sha256']}".replace("          ", "        ") in ended.stdout
    assert ended.stderr == ""


def test_the_same_file_again_brings_its_entry_up_to_date(aurora: Path) -> None:
    declaration, file = aurora / "handrail.yaml", aurora / "evidence" / "data" / "excluded-sources.csv"
    run(aurora, "add", "SRC-02", "./evidence/data/../data/excluded-sources.csv", *TODAY, code=0)
    first = answers(declaration)["SRC-02"]["evidence"]
    assert [one["for"] for one in first] == ["exclusions", "named-list"]
    text = declaration.read_bytes()
    again = run(aurora, "add", "SRC-02", "evidence/data/excluded-sources.csv", *TODAY, code=0)
    assert declaration.read_bytes() == text
    assert "says so already" in again.stdout
    file.write_text(file.read_text().replace("2026-08-27", "2026-09-30"))
    run(aurora, "add", "SRC-02", "evidence/data/excluded-sources.csv", *TODAY, code=0)
    (then, _) = answers(declaration)["SRC-02"]["evidence"]
    assert then == {**first[0], "sha256": sha256(file), "date": "2026-09-30"}


def test_a_given_date_is_written_and_of_two_the_older_counts(aurora: Path) -> None:
    ended = run(aurora, "add", "SRC-02", "evidence/data/excluded-sources.csv", "--date", "2026-10-01", *TODAY, code=0)
    assert answers(aurora / "handrail.yaml")["SRC-02"]["evidence"][0]["date"] == "2026-10-01"
    assert "dated 2026-08-27" in ended.stdout


def test_what_is_asked_for_is_found_by_what_reads_the_file(aurora: Path) -> None:
    # GOV-02 asks for a document and a register.
    run(aurora, "add", "GOV-02", "evidence/release/assessments.csv", *TODAY, code=0)
    run(aurora, "add", "GOV-02", "evidence/release/risk-assessment.md", *TODAY, code=0)
    entries = answers(aurora / "handrail.yaml")["GOV-02"]["evidence"]
    assert [(one["for"], one["path"], "sha256" in one) for one in entries] == [
        ("assessment", "evidence/release/risk-assessment.md", True),
        ("occasions", "evidence/release/assessments.csv", True),
    ]


def test_what_no_kind_reads_is_not_guessed_at(aurora: Path) -> None:
    (aurora / "evidence" / "note.md").write_text(f"A note of {CANARY}.\n")
    before = tree_of(aurora)
    ended = run(aurora, "add", "GOV-02", "evidence/note.md", *TODAY, code=2)
    assert "nothing that GOV-02 asks for reads this file" in said(ended)
    assert "GOV-02 assessment: " in ended.stdout
    assert "GOV-02 occasions: " in ended.stdout
    assert CANARY not in ended.stdout + ended.stderr
    assert tree_of(aurora) == before


def test_what_several_kinds_read_is_asked_for(aurora: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "bundle.json"
    bundle, _ = default_bundle()
    values = bundle.model_dump(mode="json", by_alias=True)
    for one in values["controls"]["GOV-02"]["evidence"]:
        one |= {"kind": "file", "with": {}}
    catalog.write_text(type(bundle).model_validate(values).model_dump_json(by_alias=True))
    before = tree_of(aurora)
    (aurora / "evidence" / "minutes.pdf").write_text("Minutes.")
    add = ("add", "GOV-02", "evidence/minutes.pdf", "--catalog", str(catalog), *TODAY)
    ended = run(aurora, *add, code=2)
    assert "say which: assessment, occasions" in said(ended)
    assert (aurora / "handrail.yaml").read_bytes() == before["handrail.yaml"]
    run(aurora, *add, "--for", "occasions", code=0)
    assert answers(aurora / "handrail.yaml")["GOV-02"]["evidence"][-1]["for"] == "occasions"
    # Where it stands already for one of them, that one is meant.
    run(aurora, *add, code=0)
    assert len(answers(aurora / "handrail.yaml")["GOV-02"]["evidence"]) == 3


def test_an_answer_of_the_organisation_is_changed_in_its_file(examples: Path) -> None:
    organisation, declaration = examples / "organisation.yaml", examples / "aurora-image" / "handrail.yaml"
    before = declaration.read_bytes()
    policy = examples / "organisation" / "governance" / "prohibition.md"
    run(examples, "add", "GOV-03", str(policy), "--project", "aurora-image", *TODAY, code=0)
    (entry, *_) = answers(organisation)["GOV-03"]["evidence"]
    assert entry["path"] == "organisation/governance/prohibition.md"
    assert entry["sha256"] == sha256(policy)
    assert declaration.read_bytes() == before


def test_a_control_without_an_answer_needs_a_state(aurora: Path) -> None:
    file = aurora / "evidence" / "rates.yaml"
    shutil.copy(aurora / "evidence" / "data" / "removal-times.yaml", file)
    add = ("add", "PRV-05", "evidence/rates.yaml", "--for", "rates", "--yes", *TODAY)
    before = (aurora / "handrail.yaml").read_bytes()
    ended = run(aurora, *add, code=2)
    assert "PRV-05 has no answer yet: say how it stands (implemented, partial, planned)" in said(ended)
    run(aurora, *add, "--state", "inherited", code=2)
    assert (aurora / "handrail.yaml").read_bytes() == before
    run(aurora, *add, "--state", "partial", code=0)
    given = answers(aurora / "handrail.yaml")
    assert given["PRV-05"]["state"] == "partial"
    assert list(given)[list(given).index("PRV-04") + 1] == "PRV-05", "after its neighbour in the catalog"
    assert "statement" not in given["PRV-05"], "the declaration is pinned to this very text"


def test_a_new_answer_is_tied_to_the_text_of_today_where_the_pin_is_not(aurora: Path) -> None:
    declaration = aurora / "handrail.yaml"
    declaration.write_text(
        re.sub(r"digest: sha256:[0-9a-f]{64}", f"digest: sha256:{'0' * 64}", declaration.read_text())
    )
    file = aurora / "evidence" / "rates.yaml"
    shutil.copy(aurora / "evidence" / "data" / "removal-times.yaml", file)
    run(aurora, "add", "PRV-05", str(file), "--for", "rates", "--yes", "--state", "partial", *TODAY, code=0)
    assert answers(declaration)["PRV-05"]["statement"] == default_bundle()[0].fingerprints["PRV-05"]


def test_the_state_of_an_answer_that_is_there_is_not_changed(aurora: Path) -> None:
    add = ("add", "SRC-02", "evidence/data/excluded-sources.csv", *TODAY)
    ended = run(aurora, *add, "--state", "partial", code=2)
    assert "SRC-02 is declared as implemented; change that in handrail.yaml by hand" in said(ended)
    run(aurora, *add, "--state", "implemented", code=0)


@pytest.mark.parametrize(("typed", "code"), [("partial\n", 0), ("whatever\n", 2)])
def test_a_person_is_asked_for_the_state(aurora: Path, typed: str, code: int) -> None:
    file = aurora / "evidence" / "rates.yaml"
    shutil.copy(aurora / "evidence" / "data" / "removal-times.yaml", file)
    ended, output = asked(aurora, "add", "PRV-05", str(file), "--for", "rates", "--yes", *TODAY, answers=typed)
    assert "PRV-05 has no answer yet. Its state (implemented, partial, planned)" in output
    assert ended == code
    assert ("PRV-05" in answers(aurora / "handrail.yaml")) is (code == 0)


def test_what_does_not_count_is_added_only_on_purpose(aurora: Path) -> None:
    add = ("add", "HST-05", "evidence/release/decision-2.1.md", *TODAY)
    before = (aurora / "handrail.yaml").read_bytes()
    ended = run(aurora, *add, code=2)
    assert "not added; mend it, or give --yes" in said(ended)
    assert "unreadable: None of the headings asked for is there with text under it." in ended.stdout
    assert asked(aurora, *add, answers="n\n")[0] == 2
    assert (aurora / "handrail.yaml").read_bytes() == before
    assert asked(aurora, *add, answers="y\n")[0] == 0
    entries = answers(aurora / "handrail.yaml")["HST-05"]["evidence"]
    assert "date" not in entries[-1], "nothing is dated that shows nothing"
    shutil.copy(ROOT / "examples" / "aurora-image" / "handrail.yaml", aurora / "handrail.yaml")
    run(aurora, *add, "--yes", code=0)
    assert answers(aurora / "handrail.yaml")["HST-05"]["evidence"] == entries


def test_content_is_refused_whatever_is_said(aurora: Path) -> None:
    (aurora / "evidence" / "run.csv").write_text(DUMP)
    before = tree_of(aurora)
    ended = run(aurora, "add", "SRC-02", "evidence/run.csv", "--yes", *TODAY, code=2)
    assert "refused: This looks like prompts or outputs of a model" in ended.stdout
    assert "this must not be in the project" in said(ended)
    assert CANARY not in ended.stdout + ended.stderr
    assert tree_of(aurora) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["SRC-03", "../organisation/governance/prohibition.md"], "copy it there, for example into `evidence/`"),
        (["SRC-02", "/etc/hostname"], "error[HR402]"),
        (["SRC-02", "evidence/nothing.csv"], "error[HR004]"),
        (["SRC-02", "link.csv"], "error[HR005]"),
        (["SRC-02", "evidence/data"], "not added"),
        (["SRC-99", "handrail.yaml"], "there is no control 'SRC-99'"),
        (["SRC-02", "handrail.yaml", "--for", "named-list"], "`handrail evidence seal`"),
        (["SRC-02", "handrail.yaml", "--for", "exclusion"], "did you mean `exclusions`"),
        (["SRC-02", "handrail.yaml", "--date", "soon"], "YYYY-MM-DD"),
        (["SRC-02", "handrail.yaml", "--project", "nowhere"], "error[HR006]"),
        (["SRC-02", "handrail.yaml", "--project", ".."], "projects lie there"),
    ],
)
def test_what_cannot_be_added_is_a_sentence_and_changes_nothing(aurora: Path, arguments: list[str], says: str) -> None:
    (aurora / "link.csv").symlink_to(aurora / "evidence" / "data" / "excluded-sources.csv")
    before = tree_of(aurora.parent)
    ended = run(aurora, "add", *arguments, *TODAY, code=2)
    assert says in said(ended)
    assert tree_of(aurora.parent) == before


def test_a_declaration_that_cannot_be_changed_in_place_stays_and_the_entry_is_shown(tmp_path: Path) -> None:
    (tmp_path / "handrail.yaml").write_text(
        "{handrail: 1, project: {id: a, name: A}, controls: {SRC-02: {state: partial}}}\n"
    )
    shutil.copy(ROOT / "examples" / "aurora-image" / "evidence" / "data" / "excluded-sources.csv", tmp_path / "a.csv")
    before = tree_of(tmp_path)
    ended = run(tmp_path, "add", "SRC-02", "a.csv", *TODAY, code=2)
    assert "error[HR404]" in ended.stderr
    assert "- {for: exclusions, path: a.csv, sha256: " in said(ended)
    assert tree_of(tmp_path) == before


def test_a_declaration_with_errors_is_not_changed(aurora: Path) -> None:
    declaration = aurora / "handrail.yaml"
    declaration.write_text(declaration.read_text().replace("SRC-04:", "SRC-4X:"))
    before = declaration.read_bytes()
    assert "error[HR301]" in run(aurora, "add", "SRC-02", "evidence/data/excluded-sources.csv", code=2).stderr
    assert declaration.read_bytes() == before


def test_what_was_looked_at_is_not_taken_for_what_stands_there(aurora: Path) -> None:
    """A look at an entry that is not in the file must not be remembered as one that is."""
    check = [sys.executable, "-m", "handrail", "check", str(aurora), *TODAY, "--format", "json"]
    before = subprocess.run(check, capture_output=True, check=False).stdout
    run(aurora, "add", "SRC-02", "evidence/data/separation-rule.md", "--for", "exclusions", *TODAY, code=2)
    assert subprocess.run(check, capture_output=True, check=False).stdout == before


# ---- seal


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "vault").mkdir()
    path = tmp_path / "vault" / f"{CANARY}.csv"
    path.write_text(f"{CANARY}\n" * 1000)
    return path


SEAL = ("--control", "SRC-03", "--custodian", "Trust & Safety: the office")


def test_a_record_is_sealed_by_nonce_and_digest_and_leaves_nothing_else(aurora: Path, log: Path) -> None:
    before = tree_of(aurora.parent)
    ended = run(aurora, "seal", str(log), *SEAL, "--since", "2026-11-01", *TODAY, code=0)
    nonce = ended.stdout.removesuffix("\n")
    assert re.fullmatch("[0-9a-f]{64}", nonce)
    entry = answers(aurora / "handrail.yaml")["SRC-03"]["evidence"][-1]
    digest = hashlib.sha256(bytes.fromhex(nonce) + log.read_bytes()).hexdigest()
    custodian = "Trust & Safety: the office"
    assert entry == {"for": "log", "sealed": {"sha256": digest, "custodian": custodian, "since": "2026-11-01"}}
    after = tree_of(aurora.parent)
    assert {name for name in after if after[name] != before.get(name)} == {"aurora-image/handrail.yaml"}
    told = after["aurora-image/handrail.yaml"].decode() + ended.stderr
    assert nonce not in told
    assert CANARY not in told
    assert sha256(log) not in told
    assert "give it to the custodian now" in ended.stderr


def test_no_two_seals_are_alike(aurora: Path, log: Path) -> None:
    nonces = {run(aurora, "seal", str(log), *SEAL, code=0).stdout for _ in range(2)}
    entries = answers(aurora / "handrail.yaml")["SRC-03"]["evidence"]
    assert len(nonces) == 2
    assert len({one["sealed"]["sha256"] for one in entries}) == len(entries) == 3


def test_since_is_today_unless_it_is_said(aurora: Path, log: Path) -> None:
    run(aurora, "seal", str(log), *SEAL, code=0, env={"SOURCE_DATE_EPOCH": "1790000000"})
    assert answers(aurora / "handrail.yaml")["SRC-03"]["evidence"][-1]["sealed"]["since"] == "2026-09-21"


def test_the_nonce_goes_to_a_file_that_only_its_owner_reads(aurora: Path, log: Path) -> None:
    out = log.parent / "nonce"
    ended = run(aurora, "seal", str(log), *SEAL, "--nonce-out", str(out), code=0)
    assert ended.stdout == ""
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    nonce = out.read_text().strip()
    assert nonce not in ended.stderr
    digest = hashlib.sha256(bytes.fromhex(nonce) + log.read_bytes()).hexdigest()
    assert answers(aurora / "handrail.yaml")["SRC-03"]["evidence"][-1]["sealed"]["sha256"] == digest


def test_a_nonce_is_never_written_over_anything(aurora: Path, log: Path) -> None:
    out = log.parent / "nonce"
    out.write_text("there")
    before = tree_of(aurora)
    assert "error[HR501]" in run(aurora, "seal", str(log), *SEAL, "--nonce-out", str(out), code=2).stderr
    assert out.read_text() == "there"
    assert tree_of(aurora) == before


def test_a_nonce_whose_digest_could_not_be_written_is_taken_back(aurora: Path, log: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("this user may write everywhere, whatever its permissions")
    out = log.parent / "nonce"
    aurora.chmod(0o500)
    run(aurora, "seal", str(log), *SEAL, "--nonce-out", str(out), code=2)
    aurora.chmod(0o700)
    assert not out.exists()


@pytest.mark.parametrize(
    "place", ["aurora-image/evidence/log.csv", "organisation/log.csv", "aurora-image/a/../log.csv"]
)
def test_a_record_in_the_project_is_not_sealed(aurora: Path, log: Path, place: str) -> None:
    (aurora / "a").mkdir()
    shutil.copy(log, aurora.parent / place)
    before = tree_of(aurora.parent)
    ended = run(aurora, "seal", str(aurora.parent / place), *SEAL, code=2)
    assert "error[HR403]" in ended.stderr
    assert "sealed means that it is never there" in said(ended)
    assert ended.stdout == ""
    assert tree_of(aurora.parent) == before


def test_a_way_round_by_a_linked_folder_leads_into_the_project_all_the_same(aurora: Path, log: Path) -> None:
    shutil.copy(log, aurora / "log.csv")
    (log.parent / "linked").symlink_to(aurora)
    assert "error[HR403]" in run(aurora, "seal", str(log.parent / "linked" / "log.csv"), *SEAL, code=2).stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["LOG", *SEAL, "--nonce-out", "nonce"], "error[HR403]"),
        (["LOG.absent", *SEAL], "error[HR004]"),
        (["LINK", *SEAL], "error[HR005]"),
        (["PIPE", *SEAL], "error[HR005]"),
        (["LOG", "--control", "GOV-02", "--custodian", "A"], "`handrail evidence add`"),
        (["LOG", "--control", "SRC-02", "--custodian", "A", "--for", "exclusions"], "`handrail evidence add`"),
        (["LOG", "--control", "SRC-03", "--custodian", "  "], "name an office"),
        (["LOG", "--control", "SRC-03", "--custodian", "A\x1b[31m"], "name an office"),
        (["LOG", "--control", "SRC-03"], "--custodian"),
    ],
)
def test_what_cannot_be_sealed_is_a_sentence_and_changes_nothing(
    aurora: Path, log: Path, arguments: list[str], says: str
) -> None:
    (log.parent / "link").symlink_to(log)
    os.mkfifo(log.parent / "pipe")
    paths = {"LOG": log, "LOG.absent": log.parent / "absent", "LINK": log.parent / "link", "PIPE": log.parent / "pipe"}
    before = tree_of(aurora)
    ended = run(aurora, "seal", *(str(paths.get(one, one)) for one in arguments), code=2)
    assert says in said(ended)
    assert ended.stdout == ""
    assert tree_of(aurora) == before


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the peak of memory is read from Linux's /proc")
def test_a_large_record_is_read_in_pieces(aurora: Path, log: Path) -> None:
    with log.open("wb") as stream:
        stream.truncate(400 << 20)
    script = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from handrail.cli import main\n"
        f"sys.argv = ['handrail', 'evidence', 'seal', {str(log)!r}, *{SEAL!r}]\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert not ended.code\n"
        "peak = re.search('VmHWM: *([0-9]+) kB', Path('/proc/self/status').read_text().replace('\\t', ' '))\n"
        "assert int(peak[1]) < 150 << 10, peak[0]\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=aurora, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
