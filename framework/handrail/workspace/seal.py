"""Sealing a record that is kept elsewhere: a nonce, and a digest that speaks of the record without telling of it.

Belongs here: making the two. Never here: copying the record, or keeping the nonce. The digest is sha256 over the 32
bytes of the nonce and then the bytes of the file, so that nobody without the nonce can try out what was sealed, and
whoever has both can prove it.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from handrail.source.diagnostics import Diagnostic, InputError
from handrail.source.files import FileRefused, OutputError, Root, refusal, write_secret
from handrail.workspace.record_evidence import Home, path_beneath

NONCE_BYTES = 32
_CHUNK = 1 << 20


def new_nonce() -> bytes:
    """Make a nonce."""
    return secrets.token_bytes(NONCE_BYTES)


def sealed_digest(file: Path, nonce: bytes) -> str:
    """Give the digest over a nonce and a file of any size, in hexadecimal.

    Raises:
        InputError: the file cannot be opened, is no regular file, or is a link.
    """
    digest = hashlib.sha256(nonce)
    try:
        with Root(file.parent) as root, root.stream(file.name) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    return digest.hexdigest()


def require_outside(file: Path, home: Home, *, what: str) -> None:
    """Refuse a file that lies in the project.

    Raises:
        InputError: it does.
    """
    project = home.project
    if any(path_beneath(file, folder) for folder in (project.folder, project.organisation_folder) if folder):
        message = f"{what} `{file}` lies in the project, and sealed means that it is never there"
        advice = "keep it with its custodian, outside of the project and of its repository"
        raise InputError([Diagnostic("HR403", message, help=advice)])


def keep_nonce(nonce: bytes, path: Path) -> None:
    """Write the nonce, in hexadecimal, to a file that only its owner may read.

    Raises:
        InputError: it cannot be written, or something is there already.
    """
    try:
        write_secret(path, nonce.hex().encode() + b"\n")
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
