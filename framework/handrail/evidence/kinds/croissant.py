"""`croissant`: metadata of a dataset in Croissant (JSON-LD), and the files of the dataset that are here.

| what is there | verdict |
|---|---|
| no JSON-LD node of type Dataset that says which Croissant it follows | unreadable |
| fields are asked for and none of them says anything (another dataset's, an empty template) | unreadable |
| a file that is here has another digest than the metadata gives it | altered |
| a field asked for that says nothing, no creator, no date, a part that refers to nothing described | partial |
| else | shown |

Fields are found by their full names, under whatever alias or prefix the file's own `@context` gives them. Metadata
cannot contradict: it describes. A digest that differs is not the opposite of what is asked either: it says that file
and metadata are not of one version.

A file is here if its `contentUrl` is a path, from the metadata file's own folder, that leads to a regular file beneath
the project; its SHA-256 is taken again. Files elsewhere are never fetched and show nothing. Verified if such a file,
or the dataset as a whole by a `sha256` of its own, has the digest of an artifact of the project; else documented;
claimed without a creator or a date. The date is `dateModified`, else `datePublished`, `dateCreated` or a `version`
that is a day.

No library reads it: the one there is weighs 370 MB, and what a check says must not hang on whether it is installed.
Its check that references lead somewhere is made here. Source: Croissant 1.1 and Croissant RAI 1.0.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from handrail.evidence.linked_data import Context, folded_name, properties, read_context, said, scalars
from handrail.evidence.plugin import Given, Seen, listed, shown, unreadable
from handrail.evidence.structured import Plain, read_structured
from handrail.evidence.values import day
from handrail.model.terms import Assurance, Verdict
from handrail.source.files import FileReason, FileRefused

KIND = "croissant"

_CROISSANT = "mlcommons.org/croissant/"
_OWNERS = ("sc:creator", "sc:publisher", "sc:maintainer")
_DATES = ("sc:dateModified", "sc:datePublished", "sc:dateCreated", "sc:version")
_REFERRING = frozenset({"cr:fileObject", "cr:fileSet", "sc:containedIn", "cr:containedIn", "cr:recordSet", "cr:field"})

_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")

_Properties: TypeAlias = "dict[str, list[Plain]]"

_NAMES = Context({}, "")
"""The names of this module, in the prefixes that everyone uses."""


@dataclass(frozen=True, slots=True)
class _Described:
    """A file of the dataset: where it lies, and the digest that the metadata gives it."""

    url: str
    sha256: str


def examine(given: Given) -> Seen:
    """Say whether the fields asked for say anything, and whether the files that are here are those described."""
    tree = read_structured(given.data or b"", ".json")
    context = read_context(tree.get("@context") if isinstance(tree, dict) else None)
    dataset = properties(tree, context)
    if not _is_croissant(dataset, context):
        return unreadable("The file is not Croissant metadata of a dataset (JSON-LD that says which Croissant it is).")
    asked = given.parameters.texts("fields")
    silent = [name for name in asked if not said(_values(dataset, name))]
    if asked and len(silent) == len(asked):
        return unreadable("None of the fields asked for is there with anything in it.")
    files = tuple(_files(dataset, context))
    here = {url: _digest(url, given) for url in sorted({one.url for one in files})}
    if any(here[one.url] not in (None, one.sha256) for one in files):
        text = "A file of the dataset that is here is not the one whose digest the metadata gives."
        return Seen(verdict=Verdict.ALTERED, text=text)
    lacking = [f"Not there, or empty: {listed(silent)}."] if silent else []
    if not any(said(_values(dataset, name)) for name in _OWNERS):
        lacking.append("It names no creator or publisher.")
    dated = _date(dataset)
    if dated is None:
        lacking.append("It gives no date (dateModified or datePublished).")
    if not _is_whole(tree, context):
        lacking.append("A part of it refers to a file or field that it does not describe.")
    return _bound(dataset, {digest for digest in here.values() if digest}, lacking, dated, given)


def _bound(dataset: _Properties, here: set[str], lacking: list[str], dated: date | None, given: Given) -> Seen:
    digests = here | {digest for digest in map(_sha256, _values(dataset, "sc:sha256", "cr:sha256")) if digest}
    artifact = next((name for name in sorted(given.artifacts) if given.artifacts[name] in digests), None)
    documented = dated is not None and any(said(_values(dataset, name)) for name in _OWNERS)
    tier = Assurance.VERIFIED if artifact else Assurance.DOCUMENTED
    what = "It names the digest of an artifact of the project." if artifact else "It is bound to no artifact."
    text = "Every field asked for says something; a creator and a date are given."
    seen = shown(text, lacking, tier=tier if documented else Assurance.CLAIMED, date=dated)
    return replace(seen, text=f"{seen.text} {what}", artifact=artifact)


def _values(node: _Properties, *names: str) -> list[Plain]:
    """The values of a property, whichever of several names it stands under."""
    return [value for name in names for value in node.get(_NAMES.full(name), [])]


def _is_croissant(dataset: _Properties, context: Context) -> bool:
    types = [context.full(one) for one in dataset.get("@type", []) if isinstance(one, str)]
    follows = _values(dataset, "dct:conformsTo", "sc:conformsTo")
    named = [one.get("@id") if isinstance(one, dict) else one for one in scalars(follows)]
    return _NAMES.full("sc:Dataset") in types and any(
        folded_name(one).startswith(_CROISSANT) for one in named if isinstance(one, str)
    )


def _date(dataset: _Properties) -> date | None:
    for name in _DATES:
        found = [one for one in map(day, scalars(_values(dataset, name))) if one is not None]
        if found:
            return max(found)
    return None


def _files(dataset: _Properties, context: Context) -> Iterator[_Described]:
    for part in _values(dataset, "sc:distribution"):
        file = properties(part, context)
        digest = next((one for one in map(_sha256, _values(file, "sc:sha256", "cr:sha256")) if one), None)
        for url in _values(file, "sc:contentUrl"):
            if isinstance(url, str) and digest is not None:
                yield _Described(url, digest)


def _sha256(value: Plain) -> str | None:
    return value.lower() if isinstance(value, str) and _SHA256.fullmatch(value) else None


def _digest(url: str, given: Given) -> str | None:
    """The digest of a file that is here; None for one that is not, or not where the project can have it."""
    if given.root is None or given.entry.path is None or _SCHEME.match(url):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(given.entry.path), url))
    try:
        return given.root.digest(path)
    except FileRefused as refused:
        if refused.reason is FileReason.CHANGED:
            raise
        return None


def _is_whole(tree: Plain, context: Context) -> bool:
    """Say whether every reference to a file, set of files or field leads to one that is described."""
    described: set[str] = set()
    referred: set[str] = set()
    referring = {_NAMES.full(name) for name in _REFERRING}
    nodes = [("", tree)]
    while nodes:
        name, node = nodes.pop()
        if isinstance(node, list):
            nodes += [(name, one) for one in node]
        elif isinstance(node, dict):
            identity = node.get("@id")
            if isinstance(identity, str) and len(node) > 1:
                described.add(identity)
            elif isinstance(identity, str) and name in referring:
                referred.add(identity)
            nodes += [(context.full(term), value) for term, value in node.items() if term != "@context"]
    return referred <= described
