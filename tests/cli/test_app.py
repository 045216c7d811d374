"""The application: every verb is in the table, and a run gets just the one that it names."""

from __future__ import annotations

from importlib import import_module

import pytest
import typer
from typer.main import get_command

from handrail.cli.app import VERBS, application
from tests.cli.test_check import handrail


@pytest.mark.parametrize("file", sorted(set(VERBS.values())))
def test_the_table_names_what_each_file_registers(file: str) -> None:
    app = typer.Typer()
    app.callback()(lambda: None)
    import_module(f"handrail.cli.{file}").register(app)
    registered = set(get_command(app).commands)  # type: ignore[attr-defined]  # a callback makes it a group
    assert registered == {verb for verb, its in VERBS.items() if its == file}


@pytest.mark.parametrize("verb", VERBS)
def test_a_run_gets_the_verb_that_it_names(verb: str) -> None:
    assert verb in get_command(application([verb])).commands  # type: ignore[attr-defined]  # as above


def test_without_a_verb_every_one_is_there() -> None:
    assert set(get_command(application([])).commands) == set(VERBS)  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    assert "Usage: handrail" in handrail(verb, "--help", code=0).stdout.replace("python -m handrail", "handrail")


def test_a_mistyped_verb_is_told_with_what_there_is() -> None:
    ended = handrail("chek", code=2)
    assert "No such command 'chek'" in ended.stderr
    assert "check" in ended.stderr


def test_the_version_is_told() -> None:
    assert handrail("--version", code=0).stdout.startswith("handrail ")
