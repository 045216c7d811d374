"""`handrail init` as a person runs it: options without a terminal, questions on one, and nothing ever overwritten."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from handrail.catalog.bundle import digest, to_bytes
from handrail.catalog.default import default_bundle
from handrail.cli.app import main
from handrail.cli.init_said import OPTIONS
from handrail.model.declaration import Declaration, Organisation
from handrail.source.diagnostics import Collector
from handrail.source.load import load

BUNDLE, DIGEST = default_bundle()
TODAY = ("--as-of", "2026-11-24")
ANSWERS = ["", "", "Safety team", "2", "", "Text, 2", "open weights", "us-ca, 1", "", "1 2"]
"""What a fine-tuner types: name, id, owner, role, checklists, and the facts that then matter."""

EVERY_FACT = [part for name in OPTIONS for part in (f"--{name}", next(iter(BUNDLE.facts[name].values)))]


@dataclass(frozen=True)
class Ended:
    code: int
    said: str
    out: str


class Keyboard(io.StringIO):
    """A terminal at which these lines are typed; then Ctrl-C or, without `interrupt`, the end of the input."""

    def __init__(self, lines: Iterable[str], *, interrupt: bool = False) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.interrupt = interrupt

    def isatty(self) -> bool:
        return True

    def readline(self, *size: int) -> str:  # type: ignore[override]  # the argument is never named
        line = super().readline(*size)
        if not line and self.interrupt:
            raise KeyboardInterrupt
        return line


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run in the folder `my-model`; `keys` are what is typed at a terminal."""
    (tmp_path / "my-model").mkdir()
    monkeypatch.chdir(tmp_path / "my-model")
    monkeypatch.setenv("COLUMNS", "80")

    def run_(*arguments: str, keys: Keyboard | None = None, verb: str = "init") -> Ended:
        said, out = Screen() if keys else io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "argv", ["handrail", verb, *arguments])
        for name, stream in (("stdin", keys or io.StringIO()), ("stdout", out), ("stderr", said)):
            monkeypatch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as ended:
            main()
        monkeypatch.undo()
        monkeypatch.chdir(tmp_path / "my-model")
        code = ended.value.code or 0
        assert isinstance(code, int)
        words = " ".join(re.sub("[\u2502\u256d\u256e\u2570\u256f\u2500]", " ", said.getvalue()).split())
        return Ended(code, words, out.getvalue())

    return run_


def declared(path: Path = Path("handrail.yaml")) -> Declaration:
    out = Collector()
    read = load(Declaration, path.read_bytes(), str(path), out)
    assert out.sorted() == ()
    assert read is not None
    return read.value


# ---- without a terminal


def test_every_answer_has_an_option(run: Run) -> None:
    project = [
        "--id",
        "aurora",
        "--name",
        "Aurora: 2",
        "--owner",
        "Office",
        "--project-version",
        "2.1",
        "--summary",
        "It.",
    ]
    ended = run(*project, *EVERY_FACT, "--checklist", "first-steps", "--checklist", "fine-tuner")
    assert ended.code == 0
    said = declared()
    assert said.project.model_dump(exclude_none=True) == {
        "id": "aurora", "name": "Aurora: 2", "owner": "Office", "version": "2.1", "summary": "It.", "fictional": False
    }  # fmt: skip
    assert said.facts == {name: tuple(BUNDLE.facts[name].values)[:1] for name in OPTIONS}
    assert said.checklists == ("first-steps", "fine-tuner")
    assert said.controls == {}
    assert ended.out == ""
    assert ended.said.endswith("Next: handrail check")


def test_every_fact_of_the_vocabulary_has_its_option() -> None:
    assert tuple(BUNDLE.facts) == OPTIONS


def test_what_can_be_worked_out_is_not_asked_for(run: Run) -> None:
    assert (
        run("--role", "search-engine", "--modality", "text", "--audience", "general", "--distribution", "api").code == 0
    )
    said = declared()
    assert (said.project.id, said.project.name, said.checklists) == ("my-model", "my-model", ("search-engine",))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--role, --modality, --distribution, --jurisdiction, --audience, --capability, --users"),
        (["--role", "search-engine", "--modality", "text"], "--distribution, --audience are missing"),
        (["--yes"], "--role is missing"),
        (["--role", "nobody"], "Invalid value for --role: there is no 'nobody'; it has: model-developer"),
        (["--role", "finetuner"], "did you mean `fine-tuner`?"),
        (["--users", "over-1m", "--users", "under-700k"], "Invalid value for --users: takes one value"),
        (["--fact", "x"], "'x' is not of the form NAME=VALUE"),
        (["--fact", "weather=fine"], "there is no fact 'weather'"),
        (["--checklist", "firststeps"], "did you mean `first-steps`?"),
        (["--name", "a\u202eb"], "--name: this holds a character that does not show (U+202E"),
        (["--id", "A B", "--yes", "--role", "fine-tuner"], "--id: this takes small letters"),
        (["/no/such/place"], "there is no folder /no/such/place"),
        (["/no/\x1b[2J\u202e"], "there is no folder /no/\\x1b[2J\\u202e"),
        (["--role", "\x1b[2J"], "there is no '\\x1b[2J'"),
        (["--with-organisation", "a\x1b", *EVERY_FACT], "--with-organisation: this holds a character"),
        (["--organisation", "--role", "fine-tuner"], "has an --id and a --name only"),
        (["--against", "x.json"], "goes with --update"),
        (["--update", "--name", "x"], "it changes no answer"),
        (["--update"], "handrail.yaml` does not exist"),
        (["--with-organisation", "../no.yaml", "--yes", "--role", "fine-tuner"], "does not exist"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_told_by_its_option(run: Run, arguments: list[str], says: str) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert says in ended.said
    assert list(Path().iterdir()) == []


def test_with_yes_facts_stay_open_and_their_controls_apply(run: Run) -> None:
    ended = run("--role", "fine-tuner", "--yes", *TODAY)
    assert ended.code == 0
    assert "Left open: modality, distribution, jurisdiction, audience, capability, scans-content." in ended.said
    assert declared().facts == {"role": ("fine-tuner",)}
    assert "  # modality: [text, image, video, audio] # What kinds" in Path("handrail.yaml").read_text()


def test_a_role_whose_checklist_is_not_taken_is_told(run: Run) -> None:
    ended = run("--role", "fine-tuner", "--role", "model-host", "--checklist", "fine-tuner", "--yes")
    assert "Written for your roles and not chosen: model-host." in ended.said


def test_another_folder_is_named_in_the_next_command(run: Run) -> None:
    Path("other place").mkdir()
    ended = run("other place", "--role", "fine-tuner", "--yes")
    assert ended.said.endswith("Next: handrail check 'other place'")
    assert declared(Path("other place/handrail.yaml")).project.id == "other-place"


def test_a_folder_whose_name_makes_no_id_asks_for_one(run: Run) -> None:
    Path("日本").mkdir()
    ended = run("日本", "--role", "fine-tuner", "--yes")
    assert (ended.code, "Invalid value for --id" in ended.said) == (2, True)


@pytest.mark.parametrize(
    "name", ["NO", '"; rm -rf /', "x: [y]", "# x", "::error::x", "=cmd()", "]]>", "{{x}}", "&a *b !c"]
)
def test_whatever_is_typed_stays_text(run: Run, name: str) -> None:
    assert run("--id", "a", "--name", name, "--owner", name, "--role", "fine-tuner", "--yes").code == 0
    assert (declared().project.name, declared().project.owner) == (name, name)


def test_the_first_report_follows_and_is_open(run: Run) -> None:
    assert run("--role", "fine-tuner", "--yes", *TODAY).code == 0
    ended = run("--quiet", "--format", "csv", *TODAY, verb="check")
    assert ended.code == 1
    assert ended.said == ""
    assert "satisfied" not in ended.out.split("\n", 1)[1]


def test_what_lies_there_is_told_and_declares_nothing(run: Run) -> None:
    Path("CODEOWNERS").write_text("* @org/child-safety\n")
    ended = run("--role", "fine-tuner", "--yes")
    assert "GOV-01 code-owners: CODEOWNERS" in ended.said
    assert declared().controls == {}


# ---- nothing is overwritten


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
@pytest.mark.parametrize("name", ["handrail.yaml", "organisation.yaml"])
def test_what_is_there_stays(run: Run, name: str, kind: str) -> None:
    path = Path(name)
    if kind == "file":
        path.write_text("mine\n")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/no/such/place")
    flags = ["--organisation"] if name == "organisation.yaml" else ["--role", "fine-tuner"]
    ended = run(*flags, "--yes")
    assert ended.code == 2
    assert f"{name} is there already and stays as it is; `handrail init --update" in ended.said
    assert path.is_symlink() == (kind == "dangling link")
    assert kind != "file" or path.read_text() == "mine\n"


def test_a_file_that_comes_while_questions_are_answered_stays(run: Run) -> None:
    class Meanwhile(Keyboard):
        def readline(self, *size: int) -> str:  # type: ignore[override]  # as above
            Path("handrail.yaml").write_text("mine\n")
            return super().readline(*size)

    ended = run(keys=Meanwhile(ANSWERS))
    assert ended.code == 2
    assert "cannot write `handrail.yaml`: file exists" in ended.said
    assert Path("handrail.yaml").read_text() == "mine\n"
    assert os.listdir() == ["handrail.yaml"]  # noqa: PTH208  # hidden files too


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs a folder into which nobody can write")
def test_a_folder_that_takes_no_file_is_told(run: Run) -> None:
    ended = run("/proc/self/task", "--id", "a", "--role", "fine-tuner", "--yes")
    assert ended.code == 2
    assert "written" in ended.said or "cannot write" in ended.said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told_before_anything_is_asked(run: Run) -> None:
    Path("closed").mkdir(mode=0o500)
    ended = run("closed", keys=Keyboard([]))
    assert (ended.code, "nothing can be written into closed" in ended.said) == (2, True)


# ---- on a terminal


def test_a_person_answers_by_number_or_word_and_takes_defaults(run: Run) -> None:
    ended = run(keys=Keyboard(ANSWERS))
    assert ended.code == 0, ended.said
    said = declared()
    assert (said.project.name, said.project.id, said.project.owner) == ("my-model", "my-model", "Safety team")
    assert said.facts == {
        "role": ("fine-tuner",),
        "modality": ("text", "image"),
        "distribution": ("open-weights",),
        "jurisdiction": ("eu", "us-ca"),
        "capability": ("chat", "companion"),
    }
    assert said.checklists == ("fine-tuner",)
    assert "In brackets are those that fit your roles. Not among them: Dataset provider," in ended.said
    assert "Left open: audience." in ended.said


def test_what_an_option_answers_is_not_asked(run: Run) -> None:
    ended = run(
        "--id", "a", "--name", "A", "--owner", "O", "--checklist", "first-steps", *EVERY_FACT, keys=Keyboard([])
    )
    assert ended.code == 0


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["?"], "Fine-tuner: You adapt a model that someone else trained"),
        (["8"], "`8` is none of them"),
        (["0"], "`0` is none of them"),
        (["finetuner"], "did you mean `fine-tuner`?"),
        (["\x1b[2J"], "`\\x1b[2j` is none of them"),
        (["", ","], "An answer is needed; ? explains."),
    ],
)
def test_what_cannot_be_read_is_told_and_asked_again(run: Run, typed: list[str], says: str) -> None:
    ended = run("--checklist", "first-steps", keys=Keyboard(["", "", "", *typed, "Fine-tuner", *[""] * 9]))
    assert ended.code == 0
    assert says in ended.said
    assert declared().facts == {"role": ("fine-tuner",)}


def test_a_text_that_cannot_stand_there_is_told_and_asked_again(run: Run) -> None:
    keys = Keyboard(["a\u202eb", "A name", "No Id", "?", "an-id", "", "1", "", *[""] * 9])
    ended = run(keys=keys)
    assert ended.code == 0
    assert "That holds a character that does not show (U+202E RIGHT-TO-LEFT OVERRIDE)." in ended.said
    assert "That takes small letters, digits and single dashes" in ended.said
    assert (declared().project.name, declared().project.id) == ("A name", "an-id")


def test_only_one_of_a_fact_that_takes_one(run: Run) -> None:
    flags = ["--role", "generative-service", "--modality", "image", "--distribution", "api", "--audience", "general"]
    ended = run(*flags, keys=Keyboard(["", "", "", "", "us-ca", "", "1 2", "3"]))
    assert "One of them, please." in ended.said
    assert declared().facts["users"] == ("over-1m",)


@pytest.mark.parametrize("interrupt", [True, False], ids=["Ctrl-C", "end of input"])
@pytest.mark.parametrize("after", range(len(ANSWERS)))
def test_interrupted_at_any_question_nothing_is_written(run: Run, after: int, interrupt: bool) -> None:
    ended = run(keys=Keyboard(ANSWERS[:after], interrupt=interrupt))
    assert ended.code == 130
    assert ended.said.endswith("Stopped; nothing was written.")
    assert os.listdir() == []  # noqa: PTH208  # hidden files too


def test_a_person_at_a_real_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "handrail", "init"], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{line}\n" for line in ["Möwe", *ANSWERS[1:]]).encode())
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # how a terminal says on Linux that nobody holds it any more
            pass
        code = process.wait(timeout=60)
    os.close(ours)
    assert code == 0, shown
    assert declared(tmp_path / "handrail.yaml").project.name == "Möwe"
    assert b"Next: handrail check" in shown


# ---- an organisation


def test_an_organisation_answers_once_for_all_projects(run: Run) -> None:
    ended = run("--organisation", "--name", "Acme", "--yes", *TODAY)
    assert ended.code == 0
    out = Collector()
    read = load(Organisation, Path("organisation.yaml").read_bytes(), "", out)
    assert read is not None
    assert (read.value.organisation.id, read.value.organisation.name, read.value.controls) == ("acme", "Acme", {})
    Path("project").mkdir()
    named = run("project", "--role", "fine-tuner", "--yes", *TODAY)
    assert "../organisation.yaml is there and was not used" in named.said
    Path("project/handrail.yaml").unlink()
    named = run("project", "--role", "fine-tuner", "--yes", "--with-organisation", "../organisation.yaml", *TODAY)
    assert "more are answered in ../organisation.yaml" in named.said
    assert declared(Path("project/handrail.yaml")).organisation == "../organisation.yaml"
    assert "GOV-01:" not in Path("project/handrail.yaml").read_text()
    assert run("project", "--quiet", *TODAY, verb="check").said == ""


@pytest.mark.parametrize(("answer", "used"), [("", True), ("maybe\ny", True), ("n", False)])
def test_a_person_is_asked_whether_the_organisation_above_answers(run: Run, answer: str, used: bool) -> None:
    run("--organisation", "--id", "acme", "--name", "Acme")
    Path("project").mkdir()
    run("project", *EVERY_FACT, "--checklist", "first-steps", keys=Keyboard(["", "", "", answer]))
    assert (declared(Path("project/handrail.yaml")).organisation is not None) == used


# ---- an update


def test_a_newer_catalog_brings_its_questions_and_says_so(run: Run, tmp_path: Path) -> None:
    assert run("--role", "fine-tuner", "--yes", *TODAY).code == 0
    assert run("--update", *TODAY).said == "handrail.yaml is up to date; nothing was changed."
    text = Path("handrail.yaml").read_text()
    old = tmp_path / "old.json"
    old.write_bytes(to_bytes(BUNDLE))
    controls = {**BUNDLE.controls, "GOV-99": BUNDLE.controls["GOV-08"].model_copy(update={"id": "GOV-99"})}
    lists = [
        one.model_copy(
            update={"selects": one.selects.model_copy(update={"controls": (*one.selects.controls, "GOV-99")})}
        )
        for one in BUNDLE.checklists
    ]
    grown = BUNDLE.model_copy(
        update={
            "controls": controls,
            "order": (*BUNDLE.order, "GOV-99"),
            "principle_of": {**BUNDLE.principle_of, "GOV-99": "GOV"},
            "fingerprints": {**BUNDLE.fingerprints, "GOV-99": BUNDLE.fingerprints["GOV-08"]},
            "checklists": tuple(lists),
        }
    )
    new = tmp_path / "new.json"
    new.write_bytes(to_bytes(grown))
    ended = run("--update", "--catalog", str(new), "--against", str(old), *TODAY)
    assert ended.code == 0
    assert "1 open question stands there now: GOV-99." in ended.said
    assert "`catalog` names this catalog now; no answer was taken for read again." in ended.said
    after = Path("handrail.yaml").read_text()
    assert after.startswith(text.rstrip("\n").replace(DIGEST, digest(to_bytes(grown))))
    assert run("--update", "--catalog", str(new), *TODAY).said.startswith("handrail.yaml is up to date")
