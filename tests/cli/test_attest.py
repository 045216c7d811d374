"""`handrail attest`, `handrail verify` and `--trust`, as a person runs them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.attest.dsse import open_envelope
from handrail.attest.statement import read_statement
from tests.attest.throwaway import key_of, pem, public_pem, signed, statement
from tests.cli.in_process import handrail
from tests.cli.test_check import AURORA, ROOT

DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a key of each sort, their public halves, and a report."""
    for algorithm in ("ed25519", "p256"):
        (tmp_path / f"{algorithm}.pem").write_bytes(pem("lab", algorithm))
        (tmp_path / f"{algorithm}.pub").write_text(public_pem("lab", algorithm))
    (tmp_path / "report.md").write_text("A report of harmless-canary-7f3a.\n")
    return tmp_path


def trust_file(folder: Path, **days: str) -> Path:
    lines = public_pem("lab").strip().replace("\n", "\n      ")
    more = "".join(f"    {name}: {day}\n" for name, day in days.items())
    path = folder / "trust.yaml"
    path.write_text(f"attestors:\n  lab:\n    name: Lab of Testers\n{more}    public_key: |\n      {lines}\n")
    return path


@pytest.mark.parametrize("algorithm", ["ed25519", "p256"])
def test_what_is_signed_is_verified(desk: Path, algorithm: str) -> None:
    signing = ("--key", f"{algorithm}.pem", "--predicate", "progress-report", *DAY)
    said = handrail("attest", "report.md", *signing, cwd=desk, code=0)
    assert said.stdout == ""
    assert key_of("lab", algorithm).public.id in said.stderr
    made = (desk / "report.md.dsse.json").read_bytes()
    assert b"harmless-canary" not in made
    digest = hashlib.sha256((desk / "report.md").read_bytes()).hexdigest()
    assert read_statement(open_envelope(made).payload).digests == {digest}
    found = handrail(
        "verify", "report.md.dsse.json", "--key", f"{algorithm}.pub", "--subject", "report.md", cwd=desk, code=0
    )
    for part in (
        "a signature holds",
        "report.md",
        digest,
        "progress-report",
        "2026-11-24",
        key_of("lab", algorithm).public.id,
    ):
        assert part in found.stdout


def test_the_same_statement_signed_twice_is_the_same_bytes(desk: Path) -> None:
    for out in ("a.json", "b.json"):
        handrail("attest", "report.md", "--key", "ed25519.pem", "--predicate", "evidence", "--out", out, *DAY, cwd=desk)
    assert (desk / "a.json").read_bytes() == (desk / "b.json").read_bytes()


def test_a_signature_that_does_not_hold_is_exit_1(desk: Path) -> None:
    handrail("attest", "report.md", "--key", "ed25519.pem", "--predicate", "evidence", *DAY, cwd=desk, code=0)
    envelope = "report.md.dsse.json"
    assert "made none" in handrail("verify", envelope, "--key", "p256.pub", cwd=desk, code=1).stdout
    (desk / "report.md").write_text("Another report.\n")
    other = handrail("verify", envelope, "--key", "ed25519.pub", "--subject", "report.md", cwd=desk, code=1)
    assert "is not what was signed" in other.stdout
    given = json.loads((desk / envelope).read_text())
    given["payload"] = given["payload"][::-1]
    (desk / envelope).write_text(json.dumps(given))
    handrail("verify", envelope, "--key", "ed25519.pub", cwd=desk, code=2)
    payload = statement("a" * 64)
    (desk / envelope).write_bytes(signed(payload, "stranger", hint=key_of("lab").public.id))
    handrail("verify", envelope, "--key", "ed25519.pub", cwd=desk, code=1)


@pytest.mark.parametrize(
    ("days", "code", "says"),
    [
        ({"since": "2026-01-01"}, 0, "Lab of Testers"),
        ({"since": "2026-11-25"}, 1, "did not hold on the day"),
        ({"since": "2026-01-01", "until": "2026-11-23"}, 1, "did not hold on the day"),
    ],
)
def test_a_reader_says_whom_he_trusts_and_when(desk: Path, days: dict[str, str], code: int, says: str) -> None:
    handrail("attest", "report.md", "--key", "ed25519.pem", "--predicate", "evidence", *DAY, cwd=desk, code=0)
    trust = trust_file(desk, **days)
    found = handrail("verify", "report.md.dsse.json", "--trust", str(trust), "--format", "json", cwd=desk, code=code)
    assert says in found.stdout
    assert json.loads(found.stdout)["holds"] is (code == 0)


def test_nobody_trusted_signed_it(desk: Path) -> None:
    (desk / "a.json").write_bytes(signed(statement("a" * 64), "stranger"))
    found = handrail("verify", "a.json", "--trust", str(trust_file(desk, since="2026-01-01")), cwd=desk, code=1)
    assert "nobody named there" in found.stdout


def test_a_statement_is_signed_as_it_stands(desk: Path) -> None:
    (desk / "screening.json").write_bytes(statement("a" * 64, predicate="dataset-screening", body={"any": 1}))
    handrail("attest", "screening.json", "--key", "ed25519.pem", cwd=desk, code=0)
    made = open_envelope((desk / "screening.json.dsse.json").read_bytes())
    assert made.payload == (desk / "screening.json").read_bytes()


def test_a_sealed_record_is_signed_over_its_digest(desk: Path) -> None:
    signing = ("--key", "ed25519.pem", "--predicate", "evidence", "--out", "log.dsse.json", *DAY)
    handrail("attest", "--digest", "sha256:" + "d" * 64, *signing, cwd=desk, code=0)
    assert read_statement(open_envelope((desk / "log.dsse.json").read_bytes()).payload).digests == {"d" * 64}


def test_a_key_may_come_through_a_pipe(desk: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "handrail", "attest", "report.md", "--key", "/dev/stdin", "--predicate", "evidence"],
        cwd=desk,
        input=pem("lab"),
        capture_output=True,
        check=True,
    )
    assert pem("lab").split(b"\n")[1] not in ended.stderr + ended.stdout + (desk / "report.md.dsse.json").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["attest", "report.md", "--key", "absent.pem", "--predicate", "evidence"], "cannot be read"),
        (["attest", "report.md", "--key", "ed25519.pub", "--predicate", "evidence"], "is not a private key"),
        (["attest", "report.md", "--key", "report.md", "--predicate", "evidence"], "is not a private key"),
        (["attest", "absent.md", "--key", "ed25519.pem", "--predicate", "evidence"], "HR004"),
        (["attest", ".", "--key", "ed25519.pem", "--predicate", "evidence"], "HR005"),
        (["attest", "report.md", "--key", "ed25519.pem", "--predicate", "evidense"], "a type is a URI or one of"),
        (["attest", "report.md", "--key", "ed25519.pem", "--predicate", "assessment"], "HR010"),
        (["attest", "report.md", "--key", "ed25519.pem", "--predicate", "dataset-screening"], "fields of its own"),
        (["attest", "report.md", "--key", "ed25519.pem"], "--predicate"),
        (["attest", "--key", "ed25519.pem", "--predicate", "evidence"], "--out"),
        (["attest", "--key", "ed25519.pem", "--digest", "d" * 64, "--out", "a.json"], "--predicate"),
        (
            ["attest", "--key", "ed25519.pem", "--predicate", "evidence", "--digest", "D", "--out", "a"],
            "64 hexadecimal",
        ),
        (
            ["attest", "report.md", "--key", "ed25519.pem", "--predicate", "evidence", "--digest", "d" * 64],
            "a file, or",
        ),
        (["attest", "report.md", "--key", "ed25519.pem", "--predicate", "evidence", "--out", "no/such/a"], "HR501"),
        (["verify", "report.md", "--key", "ed25519.pub"], "is not JSON"),
        (["verify", "absent.json", "--key", "ed25519.pub"], "HR004"),
        (["verify", "good.json", "--key", "ed25519.pem"], "is a private key"),
        (["verify", "good.json", "--key", "report.md"], "is not a public key"),
        (["verify", "good.json"], "--trust"),
        (["verify", "good.json", "--key", "ed25519.pub", "--trust", "report.md"], "--trust"),
        (["verify", "good.json", "--trust", "report.md"], "HR1"),
        (["verify", "good.json", "--trust", "absent.yaml"], "HR004"),
        (["verify", "good.json", "--key", "ed25519.pub", "--subject", "absent"], "HR004"),
        (["check", str(AURORA), "--trust", "absent.yaml"], "HR004"),
        (["check", str(AURORA), "--trust", "report.md"], "HR1"),
    ],
)
def test_bad_usage_is_a_sentence_and_exit_code_2(desk: Path, arguments: list[str], says: str) -> None:
    (desk / "good.json").write_bytes(signed(statement("a" * 64), "lab"))
    before = sorted(path.name for path in desk.iterdir())
    ended = handrail(*arguments, cwd=desk, code=2)
    assert says in " ".join(ended.stderr.split())
    assert "PRIVATE KEY" not in ended.stderr
    assert ended.stdout == ""
    assert sorted(path.name for path in desk.iterdir()) == before


def test_a_name_in_a_statement_does_not_reach_the_terminal_raw(desk: Path) -> None:
    (desk / "a.json").write_bytes(signed(statement("a" * 64, name="\x1b]0;owned\x07\u202e"), "lab"))
    found = handrail("verify", "a.json", "--key", "ed25519.pub", cwd=desk, code=0).stdout
    assert "\x1b" not in found
    assert "\u202e" not in found


WITHOUT = """
import sys
sys.modules["cryptography"] = None
from handrail.cli import main
sys.argv = ["handrail", *{arguments!r}]
main()
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["attest", "report.md", "--key", "ed25519.pem", "--predicate", "evidence"],
        ["verify", "good.json", "--key", "ed25519.pub"],
        ["verify", "good.json", "--trust", "trust.yaml"],
    ],
)
def test_without_a_library_for_signatures_the_extra_is_named(desk: Path, arguments: list[str]) -> None:
    (desk / "good.json").write_bytes(signed(statement("a" * 64), "lab"))
    trust_file(desk, since="2026-01-01")
    script = WITHOUT.format(arguments=arguments)
    ended = subprocess.run([sys.executable, "-c", script], cwd=desk, capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "error[HR505]" in ended.stderr
    assert 'pip install "handrail[signing]"' in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_assessment_is_signed_and_inherited_from_by_whoever_trusts_the_key(desk: Path) -> None:
    """The way of a base model and its user, from one end to the other."""
    check = ("check", str(AURORA), *DAY, "--format", "json")
    (desk / "base.json").write_text(handrail(*check, code=1).stdout)
    signing = ("--key", "ed25519.pem", "--predicate", "assessment", *DAY)
    handrail("attest", "base.json", *signing, cwd=desk, code=0)
    sha256 = hashlib.sha256((desk / "base.json").read_bytes()).hexdigest()
    pin = json.loads((desk / "base.json").read_text())["catalog"][0]["digest"]
    (desk / "handrail.yaml").write_text(
        f"handrail: 1\ncatalog: {{digest: '{pin}'}}\nproject: {{id: user, name: User}}\n"
        "facts: {role: [generative-service], modality: [image]}\n"
        f"upstream: {{base: {{assessment: base.json, sha256: {sha256}, signature: base.json.dsse.json}}}}\n"
        "controls: {PRV-01: {state: inherited, from: base}}\n"
    )
    trust = str(trust_file(desk, since="2026-01-01"))
    found = {}
    for name, more in (("trusted", ("--trust", trust)), ("not trusted", ())):
        made = json.loads(handrail("check", *DAY, "--format", "json", *more, cwd=desk, code=1).stdout)
        one = next(each for each in made["findings"] if each["control"] == "PRV-01")
        found[name] = (one["finding"], [reason["code"] for reason in one["reasons"]], one["reasons"][0]["upstream"])
        assert made["rests_on"] == [{"project": "aurora-image", "sha256": sha256}]
    assert found == {
        "trusted": ("satisfied", ["inherited"], "base"),
        "not trusted": ("undetermined", ["upstream-unsigned"], "base"),
    }
    told = handrail("explain", "PRV-01", "--trust", trust, *DAY, cwd=desk, code=0).stdout
    assert "Rests on the assessment of base" in " ".join(told.split())


def test_a_project_without_signatures_loads_no_library_for_them() -> None:
    script = (
        "import sys\nfrom handrail.cli import main\n"
        f"sys.argv = ['handrail', 'check', {str(AURORA)!r}, *{DAY!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(' '.join(sorted({'cryptography', 'handrail.attest.dsse', 'yaml'} & set(sys.modules))))\n"
    )
    handrail("check", str(AURORA), *DAY)  # fills the cache of declarations
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "cryptography" not in ended.stderr
    assert "handrail.attest.dsse" not in ended.stderr


@pytest.mark.parametrize(("trust", "value"), [(True, "satisfied"), (False, "undetermined")])
def test_the_example_inherits_for_a_reader_who_accepts_its_signer(trust: bool, value: str) -> None:
    examples = ROOT / "examples"
    more = ("--trust", str(examples / "attestors.yaml")) if trust else ()
    lumen = ("check", str(examples / "lumen-chat"), *DAY, "--format", "json", "--fail-on", "never")
    made = json.loads(handrail(*lumen, *more, code=0).stdout)
    assert next(one for one in made["findings"] if one["control"] == "PRV-01")["finding"] == value
    assert [one["project"] for one in made["rests_on"]] == ["aurora-image"]
