"""`handrail attest` and `handrail verify`: sign a statement about a file, and check one.

Belongs here: the verbs' arguments, the order of their steps, their exit codes. Never here: the format of an envelope
or a statement, and anything about keys but reading the file that holds one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from handrail.cli.options import TrustFile, chosen_attestors, day, day_or_today, read_named

if TYPE_CHECKING:
    from handrail.attest.dsse import Envelope

K = TypeVar("K")

EXIT_DOES_NOT_HOLD = 1

_NEW_KEY = "openssl genpkey -algorithm ed25519 -out KEY.pem; openssl pkey -in KEY.pem -pubout -out PUB.pem"


class Format(StrEnum):
    """How `verify` prints what it found."""

    TEXT = "text"
    JSON = "json"


def attest(
    key: Annotated[
        Path, typer.Option("--key", metavar="KEY.pem", help=f"The private key, Ed25519 or ECDSA P-256. New: {_NEW_KEY}")
    ],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="What to sign: an assessment, or a file of evidence.")
    ] = None,
    predicate: Annotated[
        str | None,
        typer.Option(
            "--predicate",
            metavar="TYPE",
            help="What is said of FILE: assessment, evidence, release-gate, progress-report or a URI. Leave it out "
            "where FILE is itself an in-toto statement: it is signed as it stands.",
        ),
    ] = None,
    digest: Annotated[
        str | None,
        typer.Option("--digest", metavar="SHA256", help="Sign over this digest of a sealed record, without a FILE."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="OUT", help="Where the envelope goes (FILE.dsse.json).")
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of", parser=day, metavar="DATE", help="The day on which it is said (default: today in UTC)."
        ),
    ] = None,
) -> None:
    """Sign a statement about a file.

    It is an in-toto statement in a DSSE envelope: the name and digest of the file, what is said of it and when.
    """
    from handrail.attest.dsse import envelope_bytes
    from handrail.attest.keys import private_key
    from handrail.attest.sign import sign
    from handrail.cli.messages import say
    from handrail.source.diagnostics import Diagnostic, InputError
    from handrail.source.files import OutputError, write_file

    if out is None and file is None:
        raise typer.BadParameter("say with --out where the envelope goes", param_hint="--out")
    target = out or Path(f"{file}.dsse.json")
    payload = _payload(file, predicate, digest, day_or_today(as_of))
    signing = _key(key, private_key)
    try:
        write_file(target, envelope_bytes(sign(payload, signing)))
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    say(f"{target}: signed by key {signing.public.id}")


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The envelope (.dsse.json).")],
    key: Annotated[
        Path | None, typer.Option("--key", metavar="PUB.pem", help="The public key that must have signed it.")
    ] = None,
    trust: TrustFile = None,
    subject: Annotated[
        Path | None, typer.Option("--subject", metavar="FILE", help="Also check that this file is what was signed.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="text or json.")] = Format.TEXT,
) -> None:
    """Check who signed a statement, and say what it says.

    Exit 0: a signature holds; 1: none does, or the subject is another file; 2: it cannot be read.
    """
    from handrail.attest.dsse import ENVELOPE_BYTES, EnvelopeError, open_envelope
    from handrail.attest.statement import StatementError, read_statement
    from handrail.evidence.signed import day_of

    if (key is None) == (trust is None):
        raise typer.BadParameter("give the key with --key, or a file of attestors with --trust", param_hint="--key")
    try:
        envelope = open_envelope(read_named(file, cap=ENVELOPE_BYTES))
        statement = read_statement(envelope.payload)
    except (EnvelopeError, StatementError) as error:
        raise typer.BadParameter(f"{file} {error}", param_hint="FILE") from None
    when = day_of(statement)
    who, why = _by_key(envelope, key) if key is not None else _by_trust(envelope, when, trust)
    if subject is not None and _digest(subject) not in statement.digests:
        why = f"{subject} is not what was signed"
    found = {
        "holds": not why,
        "why_not": why or None,
        "signer": who,
        "says": statement.predicate_type,
        "of": [{"id": one.sha256, "name": one.name} for one in statement.subjects],
        "on": when.isoformat() if when else None,
    }
    sys.stdout.write(
        json.dumps(found, indent=2, ensure_ascii=False) + "\n" if format_ is Format.JSON else _text(file, found)
    )
    if why:
        raise typer.Exit(EXIT_DOES_NOT_HOLD)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(attest)
    app.command()(verify)


def _payload(file: Path | None, predicate: str | None, digest: str | None, when: date) -> bytes:
    from handrail.attest.predicates import PREDICATES
    from handrail.attest.statement import StatementError, statement_about

    if (file is None) == (digest is None):
        raise typer.BadParameter("name a file, or give the digest of a sealed record with --digest", param_hint="FILE")
    if predicate is None:
        if file is None:
            raise typer.BadParameter("say with --predicate what is said of it", param_hint="--predicate")
        return _statement(file)
    if predicate in ("dataset-screening", "test-run-binding"):
        raise typer.BadParameter(
            f"a {predicate} has fields of its own: write the whole statement, and leave --predicate out",
            param_hint="--predicate",
        )
    if file is not None and predicate == "assessment":
        _refuse_unless_assessment(file)
    sha256 = _digest(file) if file is not None else (digest or "").removeprefix("sha256:")
    try:
        return statement_about(file.name if file is not None else None, sha256, predicate, when)
    except StatementError:
        names = ", ".join(PREDICATES)
        said = f"a digest is 64 hexadecimal digits in small letters, and a type is a URI or one of {names}"
        raise typer.BadParameter(said, param_hint="--digest, --predicate") from None


def _statement(file: Path) -> bytes:
    from handrail.attest.dsse import ENVELOPE_BYTES
    from handrail.attest.statement import StatementError, read_statement

    data = read_named(file, cap=ENVELOPE_BYTES)
    try:
        read_statement(data)
    except StatementError as error:
        said = f"{file} {error}; say with --predicate what you say of the file"
        raise typer.BadParameter(said, param_hint="FILE") from None
    return data


def _refuse_unless_assessment(file: Path) -> None:
    """Nobody signs another file as an assessment by mistake."""
    from handrail.report.canonical import from_json
    from handrail.workspace.upstream import ASSESSMENT_BYTES

    from_json(read_named(file, cap=ASSESSMENT_BYTES), str(file))


def _digest(file: Path) -> str:
    from handrail.source.diagnostics import InputError
    from handrail.source.files import FileRefused, Root, refusal

    try:
        with Root(file.parent) as root:
            return root.digest(file.name)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None


def _key(path: Path, read: Callable[[bytes], K]) -> K:
    """A key from a file, or from a pipe (/dev/stdin), so that an open private key need not lie on a disk."""
    from handrail.attest.keys import KEY_BYTES, KeyUnusableError

    try:
        with path.open("rb") as stream:
            data = stream.read(KEY_BYTES + 1)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error.strerror}", param_hint="--key") from None
    try:
        return _or_say_what_to_install(lambda: read(data[:KEY_BYTES]))
    except KeyUnusableError as error:
        raise typer.BadParameter(f"{path} {error}", param_hint="--key") from None


def _or_say_what_to_install(call: Callable[[], K]) -> K:
    from handrail.attest.keys import INSTALL, SigningUnavailableError
    from handrail.source.diagnostics import Diagnostic, InputError

    try:
        return call()
    except SigningUnavailableError as error:
        raise InputError([Diagnostic("HR505", str(error), help=INSTALL)]) from None


def _by_key(envelope: Envelope, path: Path) -> tuple[dict[str, str] | None, str]:
    """Who signed, and why that does not count; no text where it does."""
    from handrail.attest.keys import public_key
    from handrail.attest.verify import signed_by

    key = _key(path, lambda data: public_key(data.decode("ascii", "replace")))
    if signed_by(envelope, key):
        return {"key": key.id}, ""
    return None, "this key made none of its signatures"


def _by_trust(envelope: Envelope, when: date | None, path: Path | None) -> tuple[dict[str, str] | None, str]:
    from handrail.attest.keys import public_key
    from handrail.attest.trust import Trust
    from handrail.attest.verify import signer

    trust = Trust(accepted=chosen_attestors(path))
    anyone = _or_say_what_to_install(lambda: signer(envelope, trust, on=None))
    if anyone is None:
        return None, "nobody named there made one of its signatures"
    then = signer(envelope, trust, on=when)
    one = then or anyone
    who = {"id": one.name, "name": one.attestor.name, "key": public_key(one.attestor.public_key).id}
    return who, "" if then is not None else "the key that signed did not hold on the day of the statement"


def _text(file: Path, found: dict[str, Any]) -> str:
    from handrail.source.escape import terminal

    who = found["signer"]
    rows = [("signed by", " ".join(who.values()))] if who else []
    rows += [("says", found["says"]), ("on", found["on"] or "no day given")]
    rows += [("of", f"{one['name'] or ''} {one['id'] or 'no SHA-256'}".strip()) for one in found["of"]]
    head = f"{file}: {found['why_not'] or 'a signature holds'}"
    return "".join(f"{terminal(line)}\n" for line in (head, *(f"  {name:<10}{value}" for name, value in rows)))
