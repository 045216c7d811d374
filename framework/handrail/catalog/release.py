"""A release of the catalog: its digest and fingerprints, kept so that answers written against it stay readable.

Belongs here: making the next entry of `releases.yaml` and the text of that file. Never here: writing it.
Source: DESIGN section 4, "`principles/releases.yaml` (written by `bundle --release`, never edited)".
"""

from __future__ import annotations

from collections.abc import Iterable

from handrail.model.bundle import Bundle
from handrail.model.pack import PackBundle
from handrail.model.vocabulary import Release
from handrail.source.diagnostics import Diagnostic, InputError

RELEASES = "principles/releases.yaml"
_HEAD = "# Written by `handrail bundle --release`. Never edited by hand: answers are tied to these fingerprints.\n"


def with_release(bundle: Bundle | PackBundle, release: Release) -> tuple[Release, ...]:
    """The releases of a catalog's bundle, or a pack's, with one more.

    Raises:
        InputError: that version is released already; a release is never rewritten.
    """
    if any(one.version == release.version for one in bundle.releases):
        where = "pack.yaml" if isinstance(bundle, PackBundle) else "principles/catalog.yaml"
        message = f"version `{release.version}` is released already"
        raise InputError([Diagnostic("HR503", message, help=f"raise `version` in `{where}` first")])
    return (*bundle.releases, release)


def releases_text(releases: Iterable[Release]) -> str:
    """The text of `releases.yaml`: ids, digests and days only, so that nothing in it needs quoting but versions."""
    lines = [_HEAD, "releases:\n"]
    for one in releases:
        lines.append(f'  - version: "{one.version}"\n    date: {one.date.isoformat()}\n    digest: {one.digest}\n')
        lines.append("    fingerprints:\n")
        lines += [f'      {control}: "{text}"\n' for control, text in one.fingerprints.items()]
    return "".join(lines)
