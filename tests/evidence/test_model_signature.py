"""A model's signature is worth as much as its key, its binding and the files that are here to compare."""

from __future__ import annotations

import base64
import copy
import gzip
import hashlib
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.attest.keys import public_key
from handrail.attest.trust import Trust
from handrail.evidence.folder import digest_at, folder_digest
from handrail.model.observation import Observation
from handrail.source.files import Root
from tests.evidence import samples
from tests.evidence.model_samples import (
    CANARY,
    FILES,
    accepting,
    attestor,
    holds_for_the_tool,
    public,
    resigned,
    signed,
    statement,
    write,
)
from tests.evidence.samples import requirement

pytest.importorskip("model_signing")

PUBLISHER = accepting("publisher")
NAMED = Trust(named=PUBLISHER.accepted)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return signed(write(tmp_path_factory.mktemp("whole") / "model"))


def subject(bundle: bytes) -> str:
    return str(statement(bundle)["subject"][0]["digest"]["sha256"])


def look(
    folder: Path,
    bundle: bytes,
    *,
    trust: Trust = PUBLISHER,
    declared: str | None = None,
    at: str | None = "model",
    name: str = "model.sig",
    **entry: object,
) -> Observation:
    """Observe a bundle beside a model. `declared`: the artifact's digest; empty for none; else that of the bundle."""
    (folder / name).write_bytes(bundle)
    digest = subject(bundle) if declared is None else declared
    seen = samples.look(
        folder,
        requirement("model-signature"),
        path=name,
        trust=trust,
        artifacts={"weights": digest} if digest else {},
        artifact_paths={} if at is None else {"weights": at},
        **entry,
    )
    assert CANARY not in seen.text
    return seen


def short(seen: Observation) -> tuple[str, str]:
    return seen.verdict.value, seen.tier.value


def test_a_signed_model_by_an_accepted_key_is_verified(tmp_path: Path, bundle: bytes) -> None:
    write(tmp_path / "model")
    seen = look(tmp_path, bundle, date="2026-09-01")
    assert (*short(seen), seen.date, seen.artifact) == ("shown", "verified", date(2026, 9, 1), "weights")
    assert "Every file" in seen.text


def test_a_key_that_only_the_project_names_is_documented(tmp_path: Path, bundle: bytes) -> None:
    write(tmp_path / "model")
    seen = look(tmp_path, bundle, trust=NAMED)
    assert short(seen) == ("shown", "documented")
    assert "a key the project named" in seen.text


def test_a_key_that_nobody_knows_leaves_the_projects_word(tmp_path: Path, bundle: bytes) -> None:
    write(tmp_path / "model")
    assert short(look(tmp_path, bundle, trust=accepting("stranger"))) == ("shown", "claimed")
    assert short(look(tmp_path, bundle, trust=Trust.nobody())) == ("shown", "claimed")


def test_files_that_are_not_in_the_project_are_said_not_to_be_looked_at(tmp_path: Path, bundle: bytes) -> None:
    seen = look(tmp_path, bundle, at=None)
    assert short(seen) == ("shown", "verified")
    assert "not looked at" in seen.text


def test_a_signature_over_another_model_is_mismatched(tmp_path: Path, bundle: bytes) -> None:
    write(tmp_path / "model")
    assert short(look(tmp_path, bundle, declared="0" * 64)) == ("mismatched", "claimed")
    assert short(look(tmp_path, bundle, declared="0" * 64, at=None)) == ("mismatched", "claimed")


def test_without_an_artifact_to_be_bound_to_it_is_documented_at_most(tmp_path: Path, bundle: bytes) -> None:
    assert short(look(tmp_path, bundle, declared="")) == ("shown", "documented")


@pytest.mark.parametrize(
    ("since", "until", "on", "tier", "valid_until"),
    [
        ("2026-01-01", None, None, "verified", None),
        ("2026-01-01", "2026-12-31", None, "verified", date(2026, 12, 31)),
        ("2026-01-01", "2026-12-31", "2026-12-31", "verified", date(2026, 12, 31)),
        ("2026-01-01", "2026-12-31", "2027-01-01", "claimed", None),
        ("2026-01-01", None, "2025-12-31", "claimed", None),
    ],
)
def test_a_key_counts_on_the_days_for_which_it_is_accepted(
    tmp_path: Path, bundle: bytes, since: str, until: str | None, on: str | None, tier: str, valid_until: date | None
) -> None:
    one = attestor("publisher", since=since, **({} if until is None else {"until": until}))
    entry = {} if on is None else {"date": on}
    seen = look(tmp_path, bundle, at=None, trust=Trust(accepted={"publisher": one}), **entry)
    assert (*short(seen), seen.valid_until) == ("shown", tier, valid_until)


def put(name: str, content: bytes) -> Callable[[Path], object]:
    def change(model: Path) -> None:
        (model / name).parent.mkdir(parents=True, exist_ok=True)
        (model / name).write_bytes(content)

    return change


def gone(name: str) -> Callable[[Path], object]:
    return lambda model: (model / name).unlink()


FILE_MUTANTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "as they were": (lambda model: None, "shown"),
    "one bit of the weights changed": (put("model.safetensors", b"\x01" + FILES["model.safetensors"][1:]), "altered"),
    "the last byte taken off": (put("model.safetensors", FILES["model.safetensors"][:-1]), "altered"),
    "a byte added": (put("model.safetensors", FILES["model.safetensors"] + b"\0"), "altered"),
    "a file gone": (gone("tokenizer.json"), "altered"),
    "a file in a folder gone": (gone("tokenizer/vocabulary.txt"), "altered"),
    "a file added": (put("adapter.bin", b""), "altered"),
    "a file added in a folder": (put("tokenizer/deep/adapter.bin", b""), "altered"),
    "a file renamed": (lambda model: (model / "config.json").rename(model / "Config.json"), "altered"),
    "a hidden file that was signed changed": (put(".revision", b"2"), "altered"),
    "a hidden file that was signed gone": (gone(".revision"), "altered"),
    "contents of two files exchanged": (
        lambda model: (put("config.json", b"{}")(model), put("tokenizer.json", FILES["config.json"])(model)),
        "altered",
    ),
    "a file become a link": (
        lambda model: ((model / "config.json").unlink(), (model / "config.json").symlink_to("tokenizer.json")),
        "unreadable",
    ),
    "a link added": (lambda model: (model / "more.json").symlink_to("tokenizer.json"), "altered"),
    "a file become a pipe": (
        lambda model: ((model / "config.json").unlink(), os.mkfifo(model / "config.json")),
        "unreadable",
    ),
    "a file become a folder": (
        lambda model: ((model / "config.json").unlink(), (model / "config.json").mkdir()),
        "unreadable",
    ),
}


@pytest.mark.parametrize(("change", "verdict"), FILE_MUTANTS.values(), ids=FILE_MUTANTS)
def test_one_change_to_the_files(tmp_path: Path, bundle: bytes, change: Callable[[Path], object], verdict: str) -> None:
    change(write(tmp_path / "model"))
    seen = look(tmp_path, bundle)
    assert short(seen) == (verdict, "verified" if verdict == "shown" else "claimed")
    if not (tmp_path / "model" / "config.json").is_fifo():  # the tool would wait for a writer
        assert holds_for_the_tool(tmp_path / "model", tmp_path / "model.sig") is (verdict == "shown")


def test_any_one_byte_of_the_files_matters(tmp_path: Path, bundle: bytes) -> None:
    for name, content in FILES.items():
        write(tmp_path / "model")
        for place in range(0, len(content), max(1, len(content) // 16)):
            put(name, content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])(tmp_path / "model")
            assert look(tmp_path, bundle).verdict == "altered"


def edited(bundle: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    outer = json.loads(bundle)
    change(outer)
    return json.dumps(outer).encode()


def restated(change: Callable[[dict[str, Any]], object], by: str = "publisher") -> Callable[[bytes], bytes]:
    """Change the statement and sign it again."""

    def change_it(bundle: bytes) -> bytes:
        said = copy.deepcopy(statement(bundle))
        change(said)
        return resigned(bundle, said, by=by)

    return change_it


def unsigned(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """Change the statement and leave the signature as it was."""

    def change_it(bundle: bytes) -> bytes:
        said = statement(bundle)
        change(said)
        payload = base64.b64encode(json.dumps(said).encode()).decode()
        return edited(bundle, lambda outer: outer["dsseEnvelope"].update(payload=payload))

    return change_it


def outer(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    return lambda bundle: edited(bundle, change)


BUNDLE_MUTANTS: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "as it was": (lambda bundle: bundle, "shown", "verified"),
    "another bundle version": (outer(lambda one: one.update(mediaType=one["mediaType"].replace("0.3", "0.1"))),
        "unreadable", "claimed"),
    "made without a key": (outer(lambda one: one.update(verificationMaterial={"certificate": {"rawBytes": "AAAA"}})),
        "unavailable", "claimed"),
    "made with certificates": (
        outer(lambda one: one["verificationMaterial"].update(x509CertificateChain={"certificates": [{}]})),
        "unavailable", "claimed"),
    "no hint of a key": (outer(lambda one: one["verificationMaterial"].pop("publicKey")), "shown", "verified"),
    "hint of another key": (
        outer(lambda one: one["verificationMaterial"].update(publicKey={"hint": CANARY})), "shown", "verified"),
    "no signature": (outer(lambda one: one["dsseEnvelope"].update(signatures=[])), "unreadable", "claimed"),
    "another signature": (
        outer(lambda one: one["dsseEnvelope"]["signatures"][0].update(sig=base64.b64encode(b"0" * 70).decode())),
        "altered", "claimed"),
    "another type of payload": (
        outer(lambda one: one["dsseEnvelope"].update(payloadType="text/plain")), "unreadable", "claimed"),
    "no envelope": (outer(lambda one: one.pop("dsseEnvelope")), "unreadable", "claimed"),
    "no material": (outer(lambda one: one.pop("verificationMaterial")), "unreadable", "claimed"),
    "name of the model changed, unsigned": (
        unsigned(lambda said: said["subject"][0].update(name="other")), "altered", "claimed"),
    "name of the model changed, signed": (
        restated(lambda said: said["subject"][0].update(name="other")), "shown", "verified"),
    "signed anew by another, under the first one's hint": (
        restated(lambda said: None, by="stranger"), "altered", "claimed"),
    "another predicate": (
        restated(lambda said: said.update(predicateType="https://model_signing/Digests/v0.1")),
        "unreadable", "claimed"),
    "a digest that the subject does not have": (
        restated(lambda said: said["predicate"]["resources"][0].update(digest="0" * 64)), "unreadable", "claimed"),
    "a digest that is none": (
        restated(lambda said: said["predicate"]["resources"][0].update(digest="sha")), "unreadable", "claimed"),
    "a file listed twice": (
        restated(lambda said: said["predicate"]["resources"].append(said["predicate"]["resources"][0])),
        "unreadable", "claimed"),
    "a file not listed": (
        restated(lambda said: said["predicate"]["resources"].pop()), "unreadable", "claimed"),
    "no files listed": (restated(lambda said: said["predicate"].update(resources=[])), "unreadable", "claimed"),
    "no way to list": (restated(lambda said: said["predicate"].pop("serialization")), "unreadable", "claimed"),
    "two subjects": (
        restated(lambda said: said["subject"].append(said["subject"][0])), "unreadable", "claimed"),
    "a path that leads out": (
        restated(lambda said: said["predicate"]["resources"][0].update(name="../model/.revision")),
        "unreadable", "claimed"),
    "an absolute path": (
        restated(lambda said: said["predicate"]["resources"][0].update(name="/etc/hostname")), "unreadable", "claimed"),
    "files in shards, by its own word": (
        restated(lambda said: said["predicate"]["serialization"].update(method="shards")), "unavailable", "claimed"),
    "another algorithm, by its own word": (
        restated(lambda said: said["predicate"]["resources"][0].update(algorithm="blake2b")), "unavailable", "claimed"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "verdict", "tier"), BUNDLE_MUTANTS.values(), ids=BUNDLE_MUTANTS)
def test_one_change_to_the_bundle(
    tmp_path: Path, bundle: bytes, change: Callable[[bytes], bytes], verdict: str, tier: str
) -> None:
    write(tmp_path / "model")
    assert short(look(tmp_path, change(bundle), declared=subject(bundle))) == (verdict, tier)


@settings(max_examples=150, deadline=None)
@given(at=st.floats(0, 1), length=st.integers(0, 40), new=st.binary(max_size=8))
def test_edits_never_raise_and_never_show_more(
    tmp_path_factory: pytest.TempPathFactory, bundle: bytes, at: float, length: int, new: bytes
) -> None:
    place = round(at * len(bundle))
    changed = bundle[:place] + new + bundle[place + length :]
    folder = tmp_path_factory.mktemp("edit")
    seen = look(folder, changed, declared=subject(bundle), at=None)
    if seen.tier == "verified":  # white space, or the hint, which nobody signed
        assert statement(changed) == statement(bundle)


def test_every_bit_of_the_payload_and_the_signature_matters(tmp_path: Path, bundle: bytes) -> None:
    envelope = json.loads(bundle)["dsseEnvelope"]
    payload, signature = base64.b64decode(envelope["payload"]), base64.b64decode(envelope["signatures"][0]["sig"])
    for place in range(0, len(payload), 41):
        changed = base64.b64encode(flipped(payload, place)).decode()
        seen = look(tmp_path, edited(bundle, lambda one: one["dsseEnvelope"].update(payload=changed)),  # noqa: B023
                    declared=subject(bundle), at=None)  # fmt: skip
        assert seen.verdict in ("altered", "unreadable", "mismatched")
    for place in range(len(signature)):
        changed = base64.b64encode(flipped(signature, place)).decode()
        seen = look(tmp_path, edited(bundle, lambda one: one["dsseEnvelope"]["signatures"][0].update(sig=changed)),  # noqa: B023
                    at=None)  # fmt: skip
        assert seen.verdict == "altered"


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_the_digest_of_a_folder_is_the_one_that_the_tool_signs(tmp_path: Path, bundle: bytes) -> None:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    assert folder_digest(digests) == subject(bundle)
    write(tmp_path / "elsewhere" / "model", {name: FILES[name] for name in FILES if not name.startswith(".")})
    with Root(tmp_path) as root:
        assert digest_at(root, "elsewhere/model") == subject(signed(tmp_path / "elsewhere" / "model"))


def test_a_single_file_may_be_declared_by_its_own_digest_or_by_that_of_the_list(tmp_path: Path) -> None:
    (tmp_path / "w.bin").write_bytes(b"weights")
    bundle = signed(tmp_path / "w.bin")
    own = hashlib.sha256(b"weights").hexdigest()
    for declared in (own, subject(bundle)):
        assert short(look(tmp_path, bundle, declared=declared, at="w.bin")) == ("shown", "verified")
        (tmp_path / "w.bin").write_bytes(b"Weights")
        assert short(look(tmp_path, bundle, declared=declared, at="w.bin")) == ("altered", "claimed")
        (tmp_path / "w.bin").write_bytes(b"weights")


def test_an_artifact_may_be_one_file_of_a_signed_folder(tmp_path: Path, bundle: bytes) -> None:
    write(tmp_path / "model")
    own = hashlib.sha256(FILES["model.safetensors"]).hexdigest()
    assert short(look(tmp_path, bundle, declared=own, at="model/model.safetensors")) == ("shown", "verified")
    assert short(look(tmp_path, bundle, declared=own, at="model/config.json")) == ("altered", "claimed")
    assert short(look(tmp_path, bundle, declared=own, at="model/gone.bin")) == ("altered", "claimed")
    assert short(look(tmp_path, bundle, declared=own, at="model")) == ("unreadable", "claimed")


def test_a_model_that_is_not_where_the_project_says_is_altered(tmp_path: Path, bundle: bytes) -> None:
    assert short(look(tmp_path, bundle, at="nowhere")) == ("altered", "claimed")


def test_the_signature_may_lie_among_the_files(tmp_path: Path) -> None:
    model = write(tmp_path / "model")
    bundle = signed(model)
    assert short(look(tmp_path, bundle, name="model/model.sig", at="./model")) == ("shown", "verified")
    (model / "copy.sig").write_bytes(bundle)
    assert short(look(tmp_path, bundle, name="model/model.sig")) == ("altered", "claimed")


def test_files_that_the_signature_leaves_out_make_it_partial(tmp_path: Path) -> None:
    model = write(tmp_path / "model", {**FILES, "notes/a.md": b"a", "notes/b.md": b"b"})
    bundle = signed(model, leaving_out=["notes"])
    assert short(look(tmp_path, bundle)) == ("partial", "verified")
    (model / "more.bin").touch()
    assert short(look(tmp_path, bundle)) == ("altered", "claimed")


@pytest.mark.parametrize(
    "ways", [{"hashing_algorithm": "blake3"}, {"shard_size": 1000}, {"hashing_algorithm": "blake2"}]
)
def test_files_listed_in_another_way_are_not_compared_but_the_list_is_bound(
    tmp_path: Path, ways: dict[str, Any]
) -> None:
    bundle = signed(write(tmp_path / "model"), **ways)
    assert short(look(tmp_path, bundle)) == ("unavailable", "claimed")
    assert short(look(tmp_path, bundle, at=None)) == ("shown", "verified")


def test_without_the_library_a_signature_by_a_known_key_shows_nothing(
    tmp_path: Path, bundle: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_key.cache_clear()
    for name in [one for one in sys.modules if one.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    seen = look(tmp_path, bundle, at=None)
    assert short(seen) == ("unavailable", "claimed")
    assert 'pip install "handrail[signing]"' in seen.text


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)) * 100,
    "not UTF-8": b'{"mediaType": "\xff"}',
    "null": b"null",
    "a list": b"[1, 2]",
    "nested lists": b"[" * 100_000,
    "nested objects": b'{"verificationMaterial":' * 50_000,
    "a key twice": b'{"mediaType": 1, "mediaType": 1}',
    "gzip": gzip.compress(bytes(1_000_000)),
    "entities": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
    "long": b'{"a": "' + b"a" * 5_000_000 + b'"}',
    "statement without envelope": b'{"_type": "https://in-toto.io/Statement/v1", "subject": []}',
    "parts of other sorts": b'{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", '
    b'"verificationMaterial": [], "dsseEnvelope": 3}',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_show_nothing_and_end(tmp_path: Path, content: bytes) -> None:
    assert short(look(tmp_path, content, declared="0" * 64)) == ("unreadable", "claimed")


@pytest.mark.parametrize("payload", [b"", b"null", b"[]", b"{}", b"[" * 100_000, b"\xff", CANARY.encode()])
def test_any_signed_payload_that_is_no_statement_shows_nothing(tmp_path: Path, bundle: bytes, payload: bytes) -> None:
    changed = edited(bundle, lambda one: one["dsseEnvelope"].update(payload=base64.b64encode(payload).decode()))
    assert short(look(tmp_path, changed, declared=subject(bundle))) == ("unreadable", "claimed")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "digest", "method", "files", "sha256", "a"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(part=st.sampled_from(["resources", "serialization"]), value=JSON)
def test_a_signed_list_of_any_other_shape_is_read_without_error(
    tmp_path_factory: pytest.TempPathFactory, bundle: bytes, part: str, value: Any
) -> None:
    changed = restated(lambda said: said["predicate"].update({part: value}))(bundle)
    seen = look(tmp_path_factory.mktemp("shape"), changed, declared=subject(bundle), at=None)
    assert seen.verdict in ("unreadable", "shown")
    assert seen.verdict == "unreadable" or part == "serialization"


def test_a_key_that_is_written_otherwise_is_the_same_key(tmp_path: Path, bundle: bytes) -> None:
    written = public("publisher").replace("\n", "\r\n") + "\n"
    one = attestor("publisher", public_key=written)
    assert short(look(tmp_path, bundle, at=None, trust=Trust(accepted={"a": one}))) == ("shown", "verified")
