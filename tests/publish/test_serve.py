"""The preview builds first, offers an address of this machine only, and ends quietly when interrupted."""

from __future__ import annotations

from pathlib import Path

from handrail.publish.serve import serve


def test_an_interrupted_preview_has_built_once_and_ends_without_a_trace(tmp_path: Path) -> None:
    done: list[str] = []

    def ready(address: str) -> None:
        done.append(address)
        raise KeyboardInterrupt

    serve(lambda: done.append("built"), root=tmp_path, watch=[tmp_path], ready=ready, port=0)
    assert done == ["built", "http://127.0.0.1:0/"]
