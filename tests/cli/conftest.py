"""What the tests of the command line share."""

from __future__ import annotations

import pytest

from tests.cli.in_process import Run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, inside this process."""
    return Run(monkeypatch, capsys)
