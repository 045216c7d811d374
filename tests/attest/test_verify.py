"""Whose signature counts: the key decides, on the day of the statement; a hint decides nothing."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.attest.dsse import Envelope, Mark, open_envelope, pae
from handrail.attest.trust import Trust, read_attestors
from handrail.attest.verify import is_broken, signed_by, signer
from handrail.source.diagnostics import Collector
from tests.attest.throwaway import attestor, key_of, pem, public_pem, signed, statement, trusting

DAY = date(2026, 9, 15)
PAYLOAD = statement("a" * 64)


def who(data: bytes, trust: Trust, on: date | None = DAY) -> str | None:
    found = signer(open_envelope(data), trust, on=on)
    return f"{found.name} {found.circle}" if found else None


@pytest.mark.parametrize("algorithm", ["ed25519", "p256"])
def test_the_key_that_signed_is_found(algorithm: str) -> None:
    trust = Trust(accepted={"other": attestor("other"), "lab": attestor("lab", algorithm)})
    assert who(signed(PAYLOAD, "lab", algorithm), trust) == "lab accepted"
    assert who(signed(PAYLOAD, "stranger", algorithm), trust) is None


@pytest.mark.parametrize(
    ("trust", "found"),
    [
        (trusting("lab"), "lab accepted"),
        (trusting("other", named=("lab",)), "lab named"),
        (trusting("lab", named=("lab",)), "lab accepted"),
        (trusting("other"), None),
        (Trust.nobody(), None),
    ],
)
def test_an_accepted_key_goes_before_a_named_one(trust: Trust, found: str | None) -> None:
    assert who(signed(PAYLOAD, "lab"), trust) == found


@pytest.mark.parametrize("hint", ["", "x", key_of("lab").public.id, key_of("other").public.id])
def test_a_hint_chooses_no_key(hint: str) -> None:
    data = signed(PAYLOAD, "lab", hint=hint)
    assert who(data, trusting("lab", "other")) == "lab accepted"
    assert who(data, trusting("other")) is None


def test_one_good_signature_among_others_is_enough() -> None:
    others = [Mark("x", bytes(64)), Mark(key_of("lab").public.id, b"short"), Mark("", key_of("lab").sign(b"else"))]
    good = Mark("y", key_of("lab").sign(pae("t", b"p")))
    assert signer(Envelope("t", b"p", (*others, good)), trusting("lab"), on=DAY)
    assert not signer(Envelope("t", b"p", tuple(others)), trusting("lab"), on=DAY)
    assert not signer(Envelope("t", b"q", (good,)), trusting("lab"), on=DAY)
    assert not signer(Envelope("u", b"p", (good,)), trusting("lab"), on=DAY)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("2026-01-01", None, True),
        ("2026-09-15", "2026-09-15", True),
        ("2026-09-16", None, False),
        ("2026-01-01", "2026-09-14", False),
        ("2026-01-01", "2026-09-15", True),
    ],
)
def test_a_key_counts_on_the_days_of_its_attestor(since: str, until: str | None, holds: bool) -> None:
    days = {"since": since} | ({"until": until} if until else {})
    assert bool(who(signed(PAYLOAD, "lab"), trusting("lab", **days))) is holds
    assert who(signed(PAYLOAD, "lab"), trusting("lab", **days), on=None)


def test_an_envelope_is_broken_where_it_names_a_known_key_that_did_not_sign_it() -> None:
    trust, lab = trusting("lab", named=("own",)), key_of("lab").public.id
    assert is_broken(open_envelope(signed(PAYLOAD, "stranger", hint=lab)), trust)
    assert is_broken(open_envelope(signed(PAYLOAD, "stranger", hint=key_of("own").public.id)), trust)
    assert not is_broken(open_envelope(signed(PAYLOAD, "stranger")), trust)
    assert not is_broken(open_envelope(signed(PAYLOAD, "stranger", hint="")), trust)
    assert not is_broken(open_envelope(signed(PAYLOAD, "lab")), trust)
    good = open_envelope(signed(PAYLOAD, "lab"))
    changed = Envelope(good.payload_type, good.payload.replace(b"aaa", b"bbb"), good.signatures)
    assert is_broken(changed, trust)


def test_a_text_that_is_no_key_has_signed_nothing() -> None:
    nonsense = attestor("lab").model_copy(update={"public_key": "nonsense"})
    assert who(signed(PAYLOAD, "lab"), Trust(accepted={"lab": nonsense})) is None
    assert who(signed(PAYLOAD, "lab"), Trust(accepted={"a": nonsense, "lab": attestor("lab")})) == "lab accepted"
    assert not is_broken(open_envelope(signed(PAYLOAD, "lab")), Trust(accepted={"lab": nonsense}))


def trust_file(key: str) -> bytes:
    block = "\n".join(f"      {line}" for line in key.strip().split("\n"))
    return f"attestors:\n  lab:\n    name: Lab\n    since: 2026-01-01\n    public_key: |\n{block}\n".encode()


def test_a_file_of_attestors_is_read() -> None:
    out = Collector()
    found = read_attestors(trust_file(public_pem("lab")), "trust.yaml", out)
    assert not out.total
    assert signed_by(open_envelope(signed(PAYLOAD, "lab")), key_of("lab").public)
    assert who(signed(PAYLOAD, "lab"), Trust(accepted=found)) == "lab accepted"


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (trust_file("nonsense"), "HR315", 5),
        (trust_file(pem("lab").decode()), "HR315", 5),
        (trust_file(public_pem("lab", "p384")), "HR315", 5),
        (b"attestors:\n  lab: {name: Lab, since: yesterday, public_key: x}\n", "HR104", 2),
        (b"attestors: {lab: {name: Lab}}\n", "HR102", 1),
        (b"keys: {}\n", "HR101", 1),
        (b"", "HR019", 1),
    ],
)
def test_a_file_that_holds_something_else_is_told_by_its_place(data: bytes, code: str, line: int) -> None:
    out = Collector()
    read_attestors(data, "trust.yaml", out)
    told = {(one.code, one.span.line if one.span else 0) for one in out.sorted()}
    assert (code, line) in told
    assert "PRIVATE" not in " ".join(one.message for one in out.sorted())
