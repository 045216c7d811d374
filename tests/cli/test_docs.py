"""What the pages tell to type exists; the reference pages are what the code says; help and completion."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from handrail.cli import completion, reference
from handrail.cli.app import VERBS, application
from tests.conftest import ROOT

SITE = ROOT / "site" / "pages"
PAGES = [ROOT / "README.md", ROOT / "examples" / "README.md", *sorted(SITE.rglob("*.md"))]
VERB = re.compile(r"handrail ([a-z][a-z-]*)")


def typed(page: Path) -> set[str]:
    """Whole command lines of a page: in its blocks, fenced or indented, as one would type them."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    fenced = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)).splitlines()
    indented = [line for line in text.splitlines() if line.startswith("    ")]
    lines = (line.strip().removeprefix("- ").removeprefix("$ ") for line in (*fenced, *indented))
    return {line for line in lines if VERB.match(line) and "[OPTIONS]" not in line}


def mentioned(page: Path) -> set[str]:
    """Commands within a sentence, which may leave arguments out."""
    text = page.read_text(encoding="utf-8")
    return {one.replace("\n", " ") for one in re.findall(r"`(handrail [^`]+)`", text) if VERB.match(one)}


def parse(line: str, *, whole: bool) -> None:
    """Parse as the command line would, and run nothing."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|>;&")
    lexer.whitespace_split = True
    words = []
    for word in lexer:
        if word[0] in "|>;&":
            break
        words.append(word)
    command: Any = get_command(application(words[1:]))
    name, given = words[0], words[1:]
    parent = None
    while hasattr(command, "commands") and given and not given[0].startswith("-"):
        parent = command.make_context(name, given[:1], parent=parent, resilient_parsing=True)
        name, given = given[0], given[1:]
        assert name in command.commands, f"there is no {name!r} in {line!r}"
        command = command.commands[name]
    command.make_context(name, given, parent=parent, resilient_parsing=not whole or hasattr(command, "commands"))


TYPED = sorted({(page, line) for page in PAGES for line in typed(page)})
MENTIONED = sorted({(page, line) for page in PAGES for line in mentioned(page)})


def test_there_are_commands_to_try() -> None:
    assert len(TYPED) > 60
    assert len(MENTIONED) > 20


@pytest.mark.parametrize("page", sorted({page for page, _ in TYPED}), ids=lambda page: page.name)
def test_every_command_line_can_be_parsed(page: Path) -> None:
    for line in typed(page):
        parse(line, whole=True)


@pytest.mark.parametrize("page", sorted({page for page, _ in MENTIONED}), ids=lambda page: page.name)
def test_every_command_that_a_sentence_names_is_there(page: Path) -> None:
    for line in mentioned(page):
        parse(line, whole=False)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("handrail chek", "no 'chek'"),
        ("handrail check --no-such", "--no-such"),
        ("handrail check --as-of yesterday", "YYYY-MM-DD"),
        ("handrail explain", "what"),
        ("handrail evidence ad", "no 'ad'"),
    ],
)
def test_a_wrong_command_line_would_be_noticed(line: str, says: str) -> None:
    with pytest.raises(Exception, match=says):
        parse(line, whole=True)


def test_the_reference_pages_are_what_the_code_says() -> None:
    assert reference.stale(SITE / "reference", reference.pages()) == []


def test_a_stale_page_is_told_with_the_line(tmp_path: Path) -> None:
    made = {"a.md": "one\ntwo\n", "b.md": "there\n"}
    (tmp_path / "a.md").write_text("one\n2\n")
    said = reference.stale(tmp_path, made)
    assert said == [
        f"{tmp_path}/a.md:2 is stale: it has '2', and the code says 'two'",
        f"{tmp_path}/b.md:1 is stale: it has 'nothing', and the code says 'there'",
    ]


def test_other_arguments_are_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert reference.main(["--chek"]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_reference_has_every_verb_every_schema_and_every_public_name() -> None:
    import handrail
    from handrail.catalog.schema import FORMATS

    made = reference.pages()
    assert all(f"`handrail {verb}" in made["cli.md"] for verb in VERBS)
    assert all(name in made["files.md"] for name in FORMATS)
    assert all(f"## `{name}`" in made["python-api.md"] for name in handrail.__all__)


@pytest.mark.parametrize("columns", [50, 80])
def test_help_hides_no_verb_and_cuts_no_sentence(columns: int) -> None:
    command: Any = get_command(application([]))
    context = command.context_class(command, info_name="handrail", terminal_width=columns, max_content_width=columns)
    text = command.get_help(context)
    assert not [verb for verb in VERBS if not re.search(rf"^  {verb}\b", text, flags=re.MULTILINE)]
    assert "..." not in text.partition("A project:")[2]
    assert max(map(len, text.splitlines())) <= columns


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; sys.argv[1:] = ['--help']; from handrail.cli import main; main()"
    program = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(ended.stderr.split())
    assert "handrail.cli.init" in loaded, "every verb is in the help"
    assert not {"pydantic", "yaml", "ruamel.yaml", "jinja2", "cryptography", "mkdocs", "rich", "dulwich"} & loaded


def test_a_shell_is_offered_ids_and_values() -> None:
    assert ("GOV-01", "Name who answers for child safety") in completion.controls("GOV-")
    assert [one for one, _ in completion.checklists("first")] == ["first-steps"]
    assert {one for one, _ in completion.values_of("modality")("i")} == {"image"}
    assert {"SRC", "SRC-01"} <= {one for one, _ in completion.entries("SRC")}
    assert completion.controls("no-such") == []


def test_a_shell_completes_a_command_line() -> None:
    environment = {**os.environ, "_HANDRAIL_COMPLETE": "complete_bash", "COMP_WORDS": "handrail explain GOV-0"}
    ended = subprocess.run(
        [Path(sys.executable).parent / "handrail"],
        env={**environment, "COMP_CWORD": "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.split()[:2] == ["GOV-01", "GOV-02"]
