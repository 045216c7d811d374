"""The secret of a seal is written whole, for its owner only, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from handrail.source.diagnostics import InputError
from handrail.workspace.seal import NONCE_BYTES, keep_nonce, new_nonce, sealed_digest


def test_the_digest_is_over_the_nonce_and_then_the_file(tmp_path: Path) -> None:
    record = tmp_path / "record"
    for content in (b"", b"marmalade", b"marmalade" * 500_000):
        record.write_bytes(content)
        nonce = new_nonce()
        assert len(nonce) == NONCE_BYTES
        assert sealed_digest(record, nonce) == hashlib.sha256(nonce + content).hexdigest()


def test_nobody_else_reads_the_nonce_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keep_nonce(b"\x01" * NONCE_BYTES, tmp_path / "nonce")
    finally:
        os.umask(before)
    assert (tmp_path / "nonce").read_text() == "01" * NONCE_BYTES + "\n"
    assert stat.S_IMODE((tmp_path / "nonce").stat().st_mode) == 0o600


def test_a_nonce_that_cannot_be_written_whole_is_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="no space left"):
        keep_nonce(new_nonce(), tmp_path / "nonce")
    assert not (tmp_path / "nonce").exists()


@pytest.mark.parametrize("there", ["file", "link", "folder"])
def test_what_is_there_is_never_written_over(tmp_path: Path, there: str) -> None:
    target, path = tmp_path / "target", tmp_path / "nonce"
    target.write_text("there")
    {"file": lambda: path.write_text("there"), "link": lambda: path.symlink_to(target), "folder": path.mkdir}[there]()
    with pytest.raises(InputError, match="cannot write"):
        keep_nonce(new_nonce(), path)
    assert target.read_text() == "there"
    assert path.exists()
