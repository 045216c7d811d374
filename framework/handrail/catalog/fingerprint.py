"""The fingerprint of a statement, by which an answer is tied to the text it was written against.

Belongs here: the one definition. Never here: comparing answers (that is `assess`).
Source: DESIGN section 4, "A fingerprint is ...".
"""

from __future__ import annotations

import hashlib
import unicodedata


def fingerprint(statement: str) -> str:
    """The first 16 hex digits of SHA-256 over the statement in NFC with every run of white space made one space."""
    collapsed = " ".join(unicodedata.normalize("NFC", statement).split())
    return hashlib.sha256(collapsed.encode()).hexdigest()[:16]
