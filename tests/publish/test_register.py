"""What a site notes of what it published is read again by its next build, whatever a project is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.publish.register import REGISTER, Register, old_register


@pytest.mark.parametrize("project", ["anvil", "my-model", "my_model", "model-2_b"])
def test_what_is_noted_is_read_again(tmp_path: Path, project: str) -> None:
    noted = Register(frozenset({project}), {f"{project}-2": date(2026, 12, 1)})
    (tmp_path / REGISTER).parent.mkdir()
    (tmp_path / REGISTER).write_bytes(noted.written())
    assert old_register(tmp_path) == noted
    assert old_register(tmp_path).withdrawn_since(project, today=date(2027, 1, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"published": 1, "withdrawn": {}}', b'{"published": [1], "withdrawn": {}}', b"\xff"]
)
def test_a_register_that_cannot_be_read_is_an_empty_one(tmp_path: Path, data: bytes) -> None:
    (tmp_path / REGISTER).parent.mkdir()
    (tmp_path / REGISTER).write_bytes(data)
    assert old_register(tmp_path) == Register(frozenset(), {})


def test_what_is_no_id_is_left_out(tmp_path: Path) -> None:
    (tmp_path / REGISTER).parent.mkdir()
    (tmp_path / REGISTER).write_bytes(b'{"published": ["anvil", "../x", "A"], "withdrawn": {"<b>": "2026-12-01"}}')
    assert old_register(tmp_path) == Register(frozenset({"anvil"}), {})
