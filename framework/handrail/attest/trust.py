"""Whose signature counts.

Belongs here: the two circles of keys, and reading a file of attestors. Never here: checking a signature.
Source: DESIGN section 4, "Assurance": `attested` needs a key of the catalog, a pack or the reader; a key that only the
project names reaches `documented`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handrail.attest.keys import KeyUnusableError, SigningUnavailableError, public_key
from handrail.model.vocabulary import Attestor, AttestorsFile
from handrail.source.diagnostics import Collector, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Attestors by name: `accepted` by the catalog or the reader, `named` only by the project itself."""

    accepted: Mapping[str, Attestor] = field(default_factory=dict)
    named: Mapping[str, Attestor] = field(default_factory=dict)

    @classmethod
    def nobody(cls) -> Trust:
        """No key at all."""
        return cls()


def read_attestors(data: bytes, path: str, out: Collector) -> Mapping[str, Attestor]:
    """Read a reader's own list of attestors, in the form of the catalog's; none of them if it has errors.

    Args:
        data: the bytes of the file.
        path: how diagnostics name it.
        out: is told every error, keys that cannot be used included.
    """
    from handrail.source.load import load  # a run without such a file reads no YAML

    loaded = load(AttestorsFile, data, path, out)
    if loaded is None:
        return {}
    attestors = loaded.value.attestors
    unusable_keys(attestors, lambda name: loaded.span("attestors", name, "public_key"), out)
    return attestors


def unusable_keys(attestors: Mapping[str, Attestor], place: Callable[[str], Span], out: Collector) -> None:
    """Tell every key that cannot be used, so that it is not passed over in silence. Needs the signing library.

    A certificate is an anchor for content credentials (the kind `c2pa`) and no key of this kind.
    """
    for name, attestor in attestors.items():
        if "BEGIN CERTIFICATE" in attestor.public_key:
            continue
        try:
            public_key(attestor.public_key)
        except KeyUnusableError as error:
            out.error(
                "HR315",
                f"the key of `{name}` {error}",
                place(name),
                help="give it as a block after `|`; `openssl pkey -in KEY.pem -pubout` prints it",
            )
        except SigningUnavailableError:
            return
