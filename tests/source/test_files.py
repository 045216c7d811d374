"""Files are opened beneath their root or not at all, and what is hashed is what was read."""

# Descriptors are counted, and a race has two right outcomes.
# ruff: noqa: PT017, PTH208
from __future__ import annotations

import hashlib
import os
import socket
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.source.diagnostics import Span
from handrail.source.files import FileReason, FileRefused, Root, refusal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project beside a secret, with everything in it that must be refused."""
    (tmp_path / "secret").write_text("secret")
    root = tmp_path / "project"
    (root / "evidence").mkdir(parents=True)
    (root / "evidence" / "a.json").write_text("{}")
    (root / "handrail.yaml").write_text("handrail: 1\n")
    (root / "link.yaml").symlink_to("handrail.yaml")
    (root / "out.yaml").symlink_to(tmp_path / "secret")
    (root / "dangling.yaml").symlink_to("nowhere")
    (root / "loop.yaml").symlink_to("loop.yaml")
    (root / "linked").symlink_to("evidence")
    (root / "up").symlink_to("..")
    os.mkfifo(root / "fifo.yaml")
    return root


REFUSED = [
    ("absent.yaml", FileReason.MISSING),
    ("evidence/absent.json", FileReason.MISSING),
    ("absent/a.json", FileReason.MISSING),
    ("handrail.yaml/a.json", FileReason.MISSING),
    ("/etc/passwd", FileReason.ABSOLUTE),
    ("//server/share", FileReason.ABSOLUTE),
    ("\\\\server\\share", FileReason.ABSOLUTE),
    ("C:\\Windows\\win.ini", FileReason.ABSOLUTE),
    ("c:handrail.yaml", FileReason.ABSOLUTE),
    ("..", FileReason.CLIMBS),
    ("../secret", FileReason.CLIMBS),
    ("evidence/../handrail.yaml", FileReason.CLIMBS),
    ("evidence/../../secret", FileReason.CLIMBS),
    ("", FileReason.CLIMBS),
    (".", FileReason.CLIMBS),
    ("evidence//a.json", FileReason.CLIMBS),
    ("evidence/", FileReason.CLIMBS),
    ("..\\secret", FileReason.CLIMBS),
    ("handrail.yaml\0.png", FileReason.CLIMBS),
    ("link.yaml", FileReason.LINK),
    ("out.yaml", FileReason.LINK),
    ("dangling.yaml", FileReason.LINK),
    ("loop.yaml", FileReason.LINK),
    ("linked/a.json", FileReason.LINK),
    ("up/secret", FileReason.LINK),
    ("evidence", FileReason.NOT_REGULAR),
    ("fifo.yaml", FileReason.NOT_REGULAR),
    ("x" * 5_000, FileReason.UNREADABLE),
    ("\ud800", FileReason.UNREADABLE),
]


@pytest.mark.parametrize(("path", "reason"), REFUSED, ids=[repr(p)[:30] for p, _ in REFUSED])
def test_refused_with_its_reason(project: Path, path: str, reason: FileReason) -> None:
    with Root(project) as root:
        for attempt in (root.open_beneath, root.read, root.digest, root.read_with_digest):
            with pytest.raises(FileRefused) as caught:
                attempt(path)
            assert (caught.value.reason, caught.value.path) == (reason, path)


def test_a_socket_is_not_a_regular_file(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        with Root(tmp_path) as root, pytest.raises(FileRefused) as caught:
            root.read("s")
    assert caught.value.reason is FileReason.NOT_REGULAR


def test_a_device_is_not_opened() -> None:
    with Root("/dev") as root, pytest.raises(FileRefused) as caught:
        root.read("null")
    assert caught.value.reason is FileReason.NOT_REGULAR


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "f").touch(mode=0)
    with Root(tmp_path) as root, pytest.raises(FileRefused) as caught:
        root.read("f")
    assert caught.value.reason is FileReason.UNREADABLE


def test_a_file_is_read_once_with_its_digest(project: Path) -> None:
    data = os.urandom(3_000_000)
    (project / "big").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    with Root(project) as root:
        assert root.read("big") == data
        assert root.read("./big") == data
        assert root.digest("big") == digest
        assert root.read_with_digest("big") == (data, digest)
        assert root.read("evidence/a.json") == b"{}"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x" * 100)
    read = os.read

    def read_and_grow(fd: int, size: int) -> bytes:
        data = read(fd, size)
        with path.open("ab") as stream:
            stream.write(b"y")
        return data

    monkeypatch.setattr(os, "read", read_and_grow)
    with Root(tmp_path) as root, pytest.raises(FileRefused) as caught:
        root.read("f")
    assert caught.value.reason is FileReason.CHANGED


def test_a_file_that_is_rewritten_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x" * 100)
    read = os.read

    def read_and_rewrite(fd: int, size: int) -> bytes:
        data = read(fd, size)
        path.write_bytes(b"z" * 100)
        os.utime(path, ns=(1, 1))
        return data

    monkeypatch.setattr(os, "read", read_and_rewrite)
    with Root(tmp_path) as root, pytest.raises(FileRefused) as caught:
        root.read("f")
    assert caught.value.reason is FileReason.CHANGED


def test_no_descriptor_is_left_open(project: Path) -> None:
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else 0
    with Root(project) as root:
        for path, _ in REFUSED:
            with pytest.raises(FileRefused):
                root.read(path)
        root.files((".yaml",))
        root.digest("handrail.yaml")
    after = len(os.listdir("/proc/self/fd")) if before else 0
    assert before == after


def test_files_are_listed_sorted_and_links_are_not_passed_over(project: Path) -> None:
    (project / ".git").mkdir()
    (project / ".git" / "x.yaml").touch()
    (project / ".hidden.yaml").touch()
    (project / "b" / "c").mkdir(parents=True)
    (project / "b" / "c" / "z.yml").touch()
    with Root(project) as root:
        assert root.files((".yaml", ".yml")) == (
            "b/c/z.yml",
            "dangling.yaml",
            "fifo.yaml",
            "handrail.yaml",
            "link.yaml",
            "loop.yaml",
            "out.yaml",
        )
        assert root.files((".json",)) == ("evidence/a.json",)


def test_the_root_itself_may_be_a_link_but_must_be_a_folder(project: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(project)
    with Root(tmp_path / "way") as root:
        assert root.read("evidence/a.json") == b"{}"
    for path, reason in (("absent", FileReason.MISSING), ("secret", FileReason.NOT_REGULAR)):
        with pytest.raises(FileRefused) as caught, Root(tmp_path / path):
            pass
        assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (FileReason.MISSING, "HR004"),
        (FileReason.ABSOLUTE, "HR005"),
        (FileReason.CLIMBS, "HR005"),
        (FileReason.LINK, "HR005"),
        (FileReason.NOT_REGULAR, "HR005"),
        (FileReason.TOO_LARGE, "HR003"),
        (FileReason.CHANGED, "HR004"),
        (FileReason.UNREADABLE, "HR004"),
    ],
)
def test_a_refusal_is_a_diagnostic_at_the_place_that_names_the_file(reason: FileReason, code: str) -> None:
    span = Span("handrail.yaml", 7, 9, 3)
    diagnostic = refusal(FileRefused(reason, "a/b"), span)
    assert (diagnostic.code, diagnostic.span) == (code, span)
    assert diagnostic.message.startswith("`a/b` ")
    assert diagnostic.help


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    st.lists(
        st.sampled_from(["..", ".", "", "up", "linked", "evidence", "secret", "a.json", "out.yaml",
                         "%2e%2e", "..;", "\u2025", "\uff0e\uff0e", "..\\", "c:", "~"]),
        max_size=6,
    ).map("/".join)
)  # fmt: skip
def test_no_path_leads_outside(project: Path, path: str) -> None:
    with Root(project) as root:
        try:
            data = root.read(path)
        except FileRefused:
            return
    assert data == b"{}"


def test_a_folder_swapped_for_a_link_leaks_nothing(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "root"
    for folder in (outside, inside, inside / "d"):
        folder.mkdir()
    (outside / "f").write_text("secret")
    (inside / "d" / "f").write_text("public")
    (inside / "link").symlink_to(outside)
    stop = threading.Event()

    def swap() -> None:
        real, link, away = inside / "d", inside / "link", inside / "away"
        while not stop.is_set():
            real.rename(away)
            link.rename(real)
            real.rename(link)
            away.rename(real)

    swapper = threading.Thread(target=swap)
    swapper.start()
    outcomes = {"public": 0, "refused": 0}
    try:
        end = time.monotonic() + 1.0
        with Root(inside) as root:
            while time.monotonic() < end:
                try:
                    outcomes[root.read("d/f").decode()] += 1
                except FileRefused as refused:
                    assert refused.reason in (FileReason.LINK, FileReason.MISSING)
                    outcomes["refused"] += 1
    finally:
        stop.set()
        swapper.join()
    assert outcomes["public"]
    assert outcomes["refused"]
