"""The command line inside the test's own process: as fast as a function, with the exit code of the real thing.

Belongs here: running it. Never here: an assertion about a verb.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from handrail.cli.app import main


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
