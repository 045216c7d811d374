"""A security.txt shows a contact until it expires; CODEOWNERS shows owners."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.evidence import limits
from tests.evidence.samples import SECURITY_TXT, look_at, mutated

SHARED = Path(__file__).parents[3] / "shared" / "interop" / "security-txt"

MUTANTS = {
    "one contact of two broken": ("mailto:marmalade@zeppelin.example", "marmalade", "shown"),
    "a name of another case": ("Expires:", "EXPIRES:", "shown"),
    "expiry taken out": ("Expires: 2027-04-30T12:00:00Z\n", "", "partial"),
    "expiry given twice": ("Expires:", "Expires: 2027-05-30T12:00:00Z\nExpires:", "partial"),
    "expiry without a time": ("T12:00:00Z", "", "partial"),
    "expiry without a zone": ("12:00:00Z", "12:00:00", "partial"),
    "expiry on no day": ("2027-04-30", "2027-04-31", "partial"),
    "expiry outside of the calendar": ("2027", "9999", "partial"),
    "expiry commented out": ("Expires:", "# Expires:", "partial"),
    "expired long ago": ("2027", "2020", "shown"),
    "control character": ("en", "\x1b[31m", "unreadable"),
}

NO_CONTACT = {
    "nothing": "",
    "plain http": "Contact: http://zeppelin.example/\nExpires: 2027-04-30T12:00:00Z\n",
    "an address without its scheme": "Contact: marmalade@zeppelin.example\nExpires: 2027-04-30T12:00:00Z\n",
    "a slot": "Contact: mailto:<you>@zeppelin.example\n",
    "commented out": "# Contact: mailto:marmalade@zeppelin.example\n",
    "a page": "<html><body>Contact: mailto:marmalade@zeppelin.example</body></html>\n",
    "outside of the signature": "Contact: mailto:a@b.example\n-----BEGIN PGP SIGNED MESSAGE-----\n\n"
    "Expires: 2027-04-30T12:00:00Z\n-----BEGIN PGP SIGNATURE-----\n",
    "a signed text cut short": f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{SECURITY_TXT}",
}

OWNERS = {
    "a person": ("* @marmalade\n", "shown"),
    "a team": ("/src/ @zeppelin/marmalade\n", "shown"),
    "an address": ("*.py marmalade@zeppelin.example # why\n", "shown"),
    "a section's owner": ("[Marmalade room] @zeppelin\n/src/\n", "shown"),
    "patterns only": ("*\n/src/\n", "unreadable"),
    "owners only": ("@marmalade\n", "unreadable"),
    "commented out": ("# * @marmalade\n* # @marmalade\n", "unreadable"),
    "a slot": ("* <@marmalade>\n", "unreadable"),
    "nothing": ("", "unreadable"),
}


def test_a_contact_counts_through_the_day_on_which_it_expires(tmp_path: Path) -> None:
    seen = look_at(tmp_path, "security-contact", SECURITY_TXT)
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "documented", None)
    assert seen.valid_until == date(2027, 4, 30)


@pytest.mark.parametrize(("old", "new", "verdict"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_security_txt(tmp_path: Path, old: str, new: str, verdict: str) -> None:
    assert look_at(tmp_path, "security-contact", mutated(SECURITY_TXT, old, new)).verdict == verdict


@pytest.mark.parametrize("content", NO_CONTACT.values(), ids=NO_CONTACT)
def test_without_a_contact_nothing_is_shown(tmp_path: Path, content: str) -> None:
    assert look_at(tmp_path, "security-contact", content).verdict == "unreadable"


@pytest.mark.parametrize(("more", "verdict"), [(-1, "partial"), (0, "partial"), (1, "unreadable")])
def test_lines_up_to_the_limit(tmp_path: Path, more: int, verdict: str) -> None:
    line = "Contact: https://z.example/".ljust(limits.CONTACT_LINE_CHARACTERS + more, "a")
    assert look_at(tmp_path, "security-contact", line).verdict == verdict


@pytest.mark.parametrize(("content", "verdict"), OWNERS.values(), ids=OWNERS)
def test_code_owners(tmp_path: Path, content: str, verdict: str) -> None:
    assert look_at(tmp_path, "security-contact", content, name="CODEOWNERS").verdict == verdict


def test_an_expiry_at_the_start_of_a_day_leaves_the_day_before(tmp_path: Path) -> None:
    text = mutated(SECURITY_TXT, "T12:00:00Z", "T02:00:00+02:00")
    assert look_at(tmp_path, "security-contact", text).valid_until == date(2027, 4, 29)


def test_of_two_expiries_the_earlier_binds(tmp_path: Path) -> None:
    text = mutated(SECURITY_TXT, "Expires:", "Expires: 2026-12-30T12:00:00Z\nExpires:")
    assert look_at(tmp_path, "security-contact", text).valid_until == date(2026, 12, 30)


def test_the_entry_s_date_is_the_only_date(tmp_path: Path) -> None:
    assert look_at(tmp_path, "security-contact", SECURITY_TXT, date="2026-09-01").date == date(2026, 9, 1)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files beside the repository are not here")
def test_published_files(tmp_path: Path) -> None:
    signed = look_at(tmp_path, "security-contact", (SHARED / "signed-security.txt").read_bytes())
    assert (signed.verdict, signed.valid_until) == ("shown", date(2027, 4, 29))
    endless = look_at(tmp_path, "security-contact", (SHARED / "bad-no-expires-security.txt").read_bytes())
    assert (endless.verdict, endless.valid_until) == ("partial", None)
