"""JSON-LD to properties by their full names, as far as one document of metadata goes.

Belongs here: prefixes, aliases and the default vocabulary of a `@context` that stands in the file. Never here: a
context elsewhere (it would have to be fetched), and what a property means.
Source: JSON-LD 1.1, sections 3.1, 4.1.2 and 4.1.5.

A full name is compared without its scheme and without case: `http:` and `https:` name the same vocabulary everywhere,
and the specification of Croissant itself spells one of its properties in two ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handrail.evidence.structured import Plain
from handrail.evidence.values import filled

SCHEMA_ORG = "schema.org/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "sc": SCHEMA_ORG,
        "schema": SCHEMA_ORG,
        "cr": "mlcommons.org/croissant/",
        "rai": "mlcommons.org/croissant/rai/",
        "dct": "purl.org/dc/terms/",
    }
)
"""Prefixes that a context elsewhere would give, and that the catalog writes; a context in the file goes before."""

# An alias of a prefix of a prefix; a longer chain runs in a circle.
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Context:
    """Term -> what it stands for, as the file writes it; `vocabulary` is for terms that it does not name."""

    terms: Mapping[str, str]
    vocabulary: str

    def full(self, term: str) -> str:
        """Give the full name of a property or type, folded; a term that stands for nothing is given back folded."""
        name = term
        for _ in range(_STEPS):
            if name in self.terms:
                name = self.terms[name]
                continue
            prefix, colon, rest = name.partition(":")
            if not colon or rest.startswith("//"):
                break
            if prefix not in self.terms and prefix not in PREFIXES:
                break
            name = (self.terms.get(prefix) or PREFIXES[prefix]) + rest
        return folded_name(name if ":" in name or "/" in name else self.vocabulary + name)


def folded_name(name: str) -> str:
    """Give a full name as it is compared."""
    return name.casefold().removeprefix("https://").removeprefix("http://")


def read_context(given: Plain) -> Context:
    """Read what a `@context` says in the file itself; of several, the later win."""
    terms: dict[str, str] = {}
    vocabulary = SCHEMA_ORG
    for part in given if isinstance(given, list) else [given]:
        for term, value in part.items() if isinstance(part, dict) else ():
            target = value.get("@id") if isinstance(value, dict) else value
            if term == "@vocab" and isinstance(target, str):
                vocabulary = target
            elif isinstance(target, str) and not term.startswith("@"):
                terms[term] = target
    return Context(MappingProxyType(terms), vocabulary)


def properties(node: Plain, context: Context) -> dict[str, list[Plain]]:
    """Give the properties of a node by full name, each as a list; the same property under two spellings is one."""
    found: dict[str, list[Plain]] = {}
    for term, value in node.items() if isinstance(node, dict) else ():
        name = term if term.startswith("@") else context.full(term)
        found.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return found


def scalars(values: list[Plain]) -> Iterator[Plain]:
    """Give each value, without the mapping that only says of which type or language it is."""
    for value in values:
        yield value.get("@value") if isinstance(value, dict) and "@value" in value else value


def said(values: list[Plain]) -> bool:
    """Say whether a property says anything: a word, or a node with a property that does."""
    return any(
        said([inner for name, inner in value.items() if not name.startswith("@")])
        if isinstance(value, dict)
        else said(value)
        if isinstance(value, list)
        else filled(value)
        for value in scalars(values)
    )
