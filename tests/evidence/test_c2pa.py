"""Samples show that their records are intact and say what is asked; who signed decides only how well that is shown."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.attest.trust import Trust
from handrail.evidence.folder import digest_at
from handrail.evidence.kinds.c2pa import State, sample_of
from handrail.evidence.limits import SAMPLE_BYTES, SAMPLES
from handrail.model.observation import Observation
from handrail.source.files import FileRefused, Root
from tests.evidence import samples
from tests.evidence.c2pa_samples import (
    BY_A_CAMERA,
    CANARY,
    CERTIFICATE_END,
    MADE_BY_A_MODEL,
    action,
    attestor,
    authority,
    png,
    record_place,
    signed,
    trusting,
)
from tests.evidence.samples import requirement

c2pa = pytest.importorskip("c2pa")

ASKS = {"source_type": "trainedAlgorithmicMedia", "min_samples": "3"}
STUDIO = trusting("studio")
GOOD = signed(png())


def look(
    folder: Path, *, path: str = "samples", asks: dict[str, Any] = ASKS, trust: Trust = STUDIO, **entry: object
) -> Observation:
    seen = samples.look(folder, requirement("c2pa", asks), path=path, trust=trust, **entry)
    assert CANARY not in seen.text
    return seen


def look_at(folder: Path, *pictures: bytes, **more: Any) -> Observation:
    """Write the pictures into a folder beneath and observe it."""
    (folder / "samples").mkdir()
    for number, picture in enumerate(pictures):
        (folder / "samples" / f"{number}.png").write_bytes(picture)
    return look(folder, **more)


def flipped(sample: bytes, place: int) -> bytes:
    return sample[:place] + bytes([sample[place] ^ 1]) + sample[place + 1 :]


def test_samples_by_an_accepted_signer_are_shown_and_verified(tmp_path: Path) -> None:
    seen = look_at(tmp_path, GOOD, GOOD, GOOD, date="2026-09-01")
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "verified", date(2026, 9, 1))
    assert seen.valid_until == CERTIFICATE_END


def test_an_intact_record_by_an_unknown_signer_is_only_documented(tmp_path: Path) -> None:
    seen = look_at(tmp_path, GOOD, GOOD, GOOD, trust=Trust.nobody())
    assert (seen.verdict, seen.tier) == ("shown", "documented")


def test_a_certificate_that_only_the_project_names_is_no_anchor(tmp_path: Path) -> None:
    named = Trust(named=STUDIO.accepted)
    assert look_at(tmp_path, GOOD, GOOD, GOOD, trust=named).tier == "documented"


def test_one_file_is_one_sample(tmp_path: Path) -> None:
    (tmp_path / "sample.png").write_bytes(GOOD)
    assert look(tmp_path, path="sample.png", asks={}).verdict == "shown"
    assert look(tmp_path, path="sample.png").verdict == "partial"


MUTANTS: dict[str, tuple[Callable[[], bytes], dict[str, Any], str, str]] = {
    "as it was": (lambda: GOOD, ASKS, "shown", "verified"),
    "a bit of the picture changed": (lambda: flipped(GOOD, len(GOOD) - 30), ASKS, "altered", "claimed"),
    "a bit of what it declares changed": (
        lambda: flipped(GOOD, GOOD.index(b"trainedAlgorithmicMedia")), ASKS, "altered", "claimed"),
    "signed by another": (lambda: signed(png(), by="stranger"), ASKS, "shown", "documented"),
    "signed by another, where the signer must be trusted": (
        lambda: signed(png(), by="stranger"), ASKS | {"trusted": "true"}, "partial", "documented"),
    "record taken out": (png, ASKS, "partial", "verified"),
    "record kept elsewhere": (
        lambda: signed(png(), remote=f"https://{CANARY}.invalid/r", embedded=False), ASKS, "partial", "verified"),
    "made by a camera": (lambda: signed(png(), action(BY_A_CAMERA)), ASKS, "contradicted", "claimed"),
    "made by a camera, where nothing is asked": (
        lambda: signed(png(), action(BY_A_CAMERA)), {"min_samples": "3"}, "shown", "verified"),
    "made by a camera, then by a model": (
        lambda: signed(png(), action(BY_A_CAMERA), action() | {"action": "c2pa.edited"}), ASKS, "shown", "verified"),
    "made by another sort of program": (
        lambda: signed(png(), action(MADE_BY_A_MODEL.replace("trainedA", "a"))), ASKS, "partial", "verified"),
    "a source that is neither": (lambda: signed(png(), action("http://c2pa.org/digitalsourcetype/empty")), ASKS,
        "partial", "verified"),
    "the same word from no vocabulary": (
        lambda: signed(png(), action("http://example.org/trainedAlgorithmicMedia")), ASKS, "partial", "verified"),
    "cut short": (lambda: GOOD[:-20], ASKS, "partial", "verified"),
    "another picture around the record": (
        lambda: GOOD[: record_place(GOOD)[1]] + png(9)[33:], ASKS, "altered", "claimed"),
    "more asked than there are": (lambda: GOOD, ASKS | {"min_samples": "4"}, "partial", "verified"),
    "something appended": (lambda: GOOD + b"x", ASKS, "altered", "claimed"),
    "a picture with a record put into a new one": (
        lambda: signed(png(), ingredient=signed(png(5), by="stranger")), ASKS, "shown", "verified"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "asks", "verdict", "tier"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_one_of_three_samples(
    tmp_path: Path, make: Callable[[], bytes], asks: dict[str, Any], verdict: str, tier: str
) -> None:
    seen = look_at(tmp_path, GOOD, GOOD, make(), asks=asks)
    assert (seen.verdict, seen.tier) == (verdict, tier)


def test_no_byte_of_the_picture_can_change_unseen(tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    start, end = record_place(GOOD)
    for place in (*range(start), *range(end, len(GOOD))):
        (tmp_path / "samples" / "0.png").write_bytes(flipped(GOOD, place))
        assert look(tmp_path, asks={}).verdict in ("altered", "unreadable"), place


@pytest.mark.parametrize("place", range(0, len(GOOD), 97))
def test_a_byte_of_the_record_changes_nothing_or_takes_the_finding_away(tmp_path: Path, place: int) -> None:
    # Padding, and the checksum and names around the record, are signed by nobody: there a change is none.
    seen = look_at(tmp_path, flipped(GOOD, place), asks=ASKS | {"min_samples": "1"})
    assert (seen.verdict, seen.tier) in (("shown", "verified"), ("altered", "claimed"), ("unreadable", "claimed"))


def test_samples_without_a_record_show_nothing(tmp_path: Path) -> None:
    assert look_at(tmp_path, png(), png(5)).verdict == "unreadable"


def test_an_empty_folder_shows_nothing(tmp_path: Path) -> None:
    assert look_at(tmp_path).verdict == "unreadable"


def test_another_file_beside_the_samples_is_a_sample_without_a_record(tmp_path: Path) -> None:
    assert look_at(tmp_path, GOOD, GOOD, GOOD).verdict == "shown"
    (tmp_path / "samples" / ".hidden").write_text(CANARY)
    assert look(tmp_path).verdict == "shown"
    (tmp_path / "samples" / "README.md").write_text(CANARY)
    assert look(tmp_path).verdict == "partial"


def test_more_samples_than_the_limit_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    for number in range(SAMPLES + 1):
        (tmp_path / "samples" / f"{number}.png").touch()
    assert "more than" in look(tmp_path).text
    (tmp_path / "samples" / "0.png").unlink()
    assert "more than" not in look(tmp_path).text


@pytest.mark.parametrize("until", ["2026-12-31", "2199-12-31"])
def test_a_record_holds_until_its_certificate_or_the_acceptance_of_its_signer_ends(tmp_path: Path, until: str) -> None:
    seen = look_at(tmp_path, GOOD, asks={}, trust=trusting("other", "studio", until=until))
    assert (seen.tier, seen.valid_until) == ("verified", min(date.fromisoformat(until), CERTIFICATE_END))


def test_of_two_attestors_with_one_certificate_the_longer_accepted_counts(tmp_path: Path) -> None:
    root = authority("studio").root
    for number, untils in enumerate((("2027-01-01", "2028-01-01"), ("2028-01-01", "2027-01-01")) * 4):
        folder = tmp_path / str(number)
        folder.mkdir()
        trust = Trust(accepted={f"a{at}": attestor(root, until=until) for at, until in enumerate(untils)})
        assert look_at(folder, GOOD, asks={}, trust=trust).valid_until == date(2028, 1, 1)


@pytest.mark.parametrize(
    "key",
    [
        "",
        CANARY,
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\n\x00\ud7ff\n-----END CERTIFICATE-----",
    ],
)
def test_an_attestor_without_a_certificate_vouches_for_nobody_and_hinders_nobody(tmp_path: Path, key: str) -> None:
    other = Trust(accepted={"other": attestor(key or "a")})
    assert look_at(tmp_path, GOOD, asks={}, trust=other).tier == "documented"
    both = Trust(accepted={**other.accepted, **STUDIO.accepted})
    assert look(tmp_path, asks={}, trust=both).tier == "verified"


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        where = f"http://127.0.0.1:{listener.getsockname()[1]}/record"
        away = signed(png(), remote=where, embedded=False)
        assert look_at(tmp_path, away, signed(png(), remote=where)).verdict == "partial"
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_without_the_library_nothing_is_shown_and_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    seen = look_at(tmp_path, GOOD, GOOD, GOOD)
    assert (seen.verdict, seen.tier) == ("unavailable", "claimed")
    assert 'pip install "handrail[c2pa]"' in seen.text


def test_a_folder_has_a_digest_that_the_entry_may_declare(tmp_path: Path) -> None:
    look_at(tmp_path, GOOD, GOOD)
    with Root(tmp_path) as root:
        digest = digest_at(root, "samples")
    assert look(tmp_path, asks={}, sha256=digest).verdict == "shown"
    (tmp_path / "samples" / "1.png").write_bytes(signed(png()))
    assert look(tmp_path, asks={}, sha256=digest).verdict == "altered"


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "zeros": bytes(100_000),
    "binary": bytes(range(256)) * 100,
    "text": CANARY.encode(),
    "brackets": b"[" * 100_000,
    "gzip": b"\x1f\x8b\x08\x00" + bytes(1_000),
    "a PNG with a chunk of 4 GiB": png()[:8] + b"\xff\xff\xff\xffcaBX" + bytes(100),
    "a PNG whose record is noise": png()[:33] + b"\x00\x00\x03\xe8caBX" + bytes(range(250)) * 4 + bytes(4) + png()[33:],
    "a PNG whose record is boxes in boxes": png()[:33]
    + (400_000).to_bytes(4, "big")
    + b"caBX"
    + b"".join((400_000 - 8 * depth).to_bytes(4, "big") + b"jumb" for depth in range(50_000))
    + bytes(4)
    + png()[33:],
    "SVG with entities": b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
    "JPEG start": b"\xff\xd8\xff\xeb\xff\xffJP" + bytes(70_000),
    "MP4 of boxes": b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0\0\0\x08free" * 200_000,
    "PNG of chunks": png()[:33] + b"\0\0\0\0caBX\0\0\0\0" * 200_000 + png()[33:],
    "GIF of records": b"GIF89a\x01\0\x01\0\0\0\0" + b"\x21\xff\x0bC2PA_GIF\x01\0\0\0" * 200_000,
    "MP4 boxes without end": b"\x00\x00\x00\x08ftyp" + b"\x00\x00\x00\x01uuid\xff\xff\xff\xff\xff\xff\xff\xff" * 100,
    "RIFF": b"RIFF\xff\xff\xff\xffWEBPC2PA\xff\xff\xff\xff" + bytes(100),
}


@pytest.mark.parametrize("ending", ["png", "jpg", "svg", "mp4", "webp", "tiff", "mp3", "pdf", "c2pa", "zip", "md", ""])
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_show_nothing_and_end(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"sample.{ending}"
    path.write_bytes(content)
    assert look(tmp_path, path=path.name, asks={}).verdict in ("unreadable", "altered")


@pytest.mark.parametrize("size", range(0, len(GOOD), 211))
def test_a_sample_cut_anywhere_shows_nothing(tmp_path: Path, size: int) -> None:
    assert look_at(tmp_path, GOOD[:size], asks={}).verdict in ("unreadable", "altered")


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(GOOD)), length=st.integers(0, 60), new=st.binary(max_size=12))
def test_edits_never_raise(tmp_path_factory: pytest.TempPathFactory, at: int, length: int, new: bytes) -> None:
    folder = tmp_path_factory.mktemp("edit")
    assert look_at(folder, GOOD[:at] + new + GOOD[at + length :], asks={}).verdict in ("shown", "altered", "unreadable")


HOSTILE_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing there": (lambda path: None, "missing"),
    "a pipe without a writer": (os.mkfifo, "unreadable"),
    "more than the limit": (lambda path: sparse(path, SAMPLE_BYTES + 1), "unreadable"),
}


def sparse(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.truncate(size)


@pytest.mark.parametrize(("make", "verdict"), HOSTILE_FILES.values(), ids=HOSTILE_FILES)
@pytest.mark.parametrize("name", ["sample.png", "samples/0.png"])
def test_hostile_files_show_nothing_and_end(
    tmp_path: Path, make: Callable[[Path], object], verdict: str, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    make(path)
    assert look(tmp_path, path=name).verdict == verdict


def test_a_link_among_the_samples_is_told_to_the_caller(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(GOOD)
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "link.png").symlink_to(tmp_path / "outside.png")
    with pytest.raises(FileRefused):
        look(tmp_path)


def reports(sample: bytes) -> tuple[Any, Any]:
    """What the library reports of a sample where nobody is accepted."""
    with c2pa.Reader("png", io.BytesIO(sample)) as reader:
        return json.loads(reader.json()), json.loads(reader.crjson())


def outcome(report: Any, *failures: str, success: tuple[str, ...] = (), state: str = "Invalid") -> Any:
    """A report as the library gives it for certificates and time stamps that a test cannot make without waiting."""
    part = {"success": [{"code": code} for code in success], "failure": [{"code": code} for code in failures]}
    return report | {"validation_state": state, "validation_results": {"activeManifest": part}}


@pytest.mark.parametrize(
    ("failures", "state"),
    [
        (("signingCredential.untrusted", "signingCredential.expired"), State.VALID),
        (("signingCredential.expired",), State.VALID),
        (("signingCredential.untrusted", "signingCredential.ocsp.revoked"), State.BROKEN),
        (("signingCredential.expired", "signingCredential.invalid"), State.BROKEN),
        (("claimSignature.missing",), State.BROKEN),
        (("signingCredential.expired", "assertion.dataHash.mismatch"), State.CHANGED),
        (("assertion.bmffHash.mismatch",), State.CHANGED),
        ((), State.BROKEN),
    ],
)
def test_an_invalid_record_is_run_out_changed_or_broken(failures: tuple[str, ...], state: State) -> None:
    report, certificates = reports(GOOD)
    sample = sample_of(outcome(report, *failures), certificates, None)
    assert sample.state is state
    assert sample.valid_until == (CERTIFICATE_END if state is State.VALID else None)


@pytest.mark.parametrize(
    ("stamped", "signed_on", "valid_until"),
    [
        ((), None, CERTIFICATE_END),
        (("timeStamp.validated",), date(2026, 10, 5), CERTIFICATE_END),
        (("timeStamp.validated", "timeStamp.trusted"), date(2026, 10, 5), None),
    ],
)
def test_a_time_stamp_dates_a_record_and_an_accepted_one_outlives_the_certificate(
    stamped: tuple[str, ...], signed_on: date | None, valid_until: date | None
) -> None:
    report, certificates = reports(GOOD)
    report["manifests"][report["active_manifest"]]["signature_info"]["time"] = "2026-10-05T12:00:00+00:00"
    sample = sample_of(outcome(report, success=stamped, state="Trusted"), certificates, None)
    assert (sample.signed_on, sample.valid_until) == (signed_on, valid_until)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["label", "failure", "code", "data", "actions", "a"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(
    report=JSON,
    part=st.sampled_from(["active_manifest", "manifests", "validation_results", "validation_state"]),
    certificates=JSON,
)
def test_a_report_of_any_other_shape_is_read_without_error(report: Any, part: str, certificates: Any) -> None:
    whole = {"active_manifest": "a", "manifests": {"a": report}, "validation_state": "Trusted"}
    assert not sample_of(whole | {part: report}, certificates, None).source_types
