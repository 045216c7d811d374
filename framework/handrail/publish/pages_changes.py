"""What changed between versions of the catalog, worked out from the fingerprints that each release keeps.

Belongs here: comparing releases. Never here: comparing two whole catalogs text by text (that is `handrail diff`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.model.bundle import Bundle
from handrail.model.pack import base_texts
from handrail.publish.page import Page, render

PATH = "changes.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version beside the one before it; `reworded` are texts that mean what they meant, by the catalog's word.

    `day` is the day of its release. None for the catalog as it stands, of whose release nothing is known here.
    """

    version: str
    day: date | None
    digest: str
    controls: int
    first: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    reworded: tuple[str, ...]
    removed: tuple[str, ...]


def change_pages(bundle: Bundle, digest: str) -> Iterator[Page]:
    """The one page, the newest version first."""
    yield Page(
        path=PATH,
        title="Changes between versions",
        description="What each version of the catalog added, reworded, changed and took away.",
        body=render("changes.html", PATH, bundle=bundle, versions=versions(bundle, digest)),
    )


def versions(bundle: Bundle, digest: str) -> tuple[Version, ...]:
    """The catalog as it stands and the releases that it lists, newest first."""
    kept: list[tuple[str, date | None, str, Mapping[str, str]]] = [
        (one.version, one.date, one.digest, one.fingerprints) for one in bundle.releases
    ]
    texts = base_texts(bundle)
    if not kept or kept[-1][3] != texts or kept[-1][0] != bundle.catalog.version:
        kept.append((bundle.catalog.version, None, digest, texts))
    before: Mapping[str, str] | None = None
    found = []
    for version, day, of_version, prints in kept:
        older = {} if before is None else before
        differing = [one for one in prints if one in older and prints[one] != older[one]]
        same = [one for one in differing if _means_the_same(bundle, one, older[one])]
        found.append(
            Version(
                version=version,
                day=day,
                digest=of_version,
                controls=len(prints),
                first=before is None,
                added=tuple(one for one in prints if one not in older),
                changed=tuple(one for one in differing if one not in same),
                reworded=tuple(same),
                removed=tuple(one for one in older if one not in prints),
            )
        )
        before = prints
    return tuple(reversed(found))


def _means_the_same(bundle: Bundle, control: str, fingerprint: str) -> bool:
    known = bundle.controls.get(control)
    return known is not None and any(one.fingerprint == fingerprint for one in known.same_meaning_as)
