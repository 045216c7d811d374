"""The command line inside the test's own process: as fast as a function, with the exit code of the real thing.

Belongs here: running it. Never here: an assertion about a verb.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from handrail.cli.app import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        """What stands on standard error, on one line and without frames."""
        return " ".join(self.stderr.replace("\u2502", " ").split())


class Terminal(io.StringIO):
    """Standard input at which a person types."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


class Run:
    """Runs the command line; `typed` is what a person types, None where there is no terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: object, code: int | None = None, typed: str | None = None) -> Ended:
        self._monkeypatch.setattr(sys, "argv", ["handrail", *map(str, arguments)])
        self._monkeypatch.setattr(sys, "stdin", io.StringIO() if typed is None else Terminal(typed))
        self._capsys.readouterr()
        try:
            main()
            ended = 0
        except SystemExit as left:
            ended = int(left.code or 0)
        out, err = self._capsys.readouterr()
        assert "HR901" not in err, err
        assert code is None or ended == code, f"{ended}: {err}"
        return Ended(ended, out, err)


def completed(cwd: Path, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder, with nobody at the terminal, and give what a process would have given."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patched, contextlib.chdir(cwd):
        patched.setattr(sys, "argv", ["handrail", *arguments])
        for name, stream in {"stdin": io.StringIO(), "stdout": out, "stderr": err}.items():
            patched.setattr(sys, name, stream)
        for name, value in {**os.environ, **(env or {})}.items():
            patched.setenv(name, value)
        try:
            main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
    text, said = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]  # BytesIO
    return subprocess.CompletedProcess(["handrail", *arguments], code, text, said)


def handrail(
    *arguments: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None, code: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as `completed` does, from the repository unless a folder is named, and hold it to a code."""
    ended = completed(cwd, *arguments, env=env)
    assert "Traceback" not in ended.stderr
    assert code is None or ended.returncode == code, ended.stderr
    return ended
