"""The folder `endorsements/` beside a catalog: reading it, and whether what it speaks of is there.

Belongs here: files as models with their places. Never here: what lint has to say of them (`lint_endorsements`). They
are read by `lint` and for the site only; a bundle and its digest never depend on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handrail.catalog.default import default_place
from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.read import CatalogSources, load_valid
from handrail.model import limits
from handrail.model.bundle import Bundle
from handrail.model.endorsement import EndorsementFile
from handrail.source.diagnostics import Collector, InputError, Span
from handrail.source.files import FileReason, FileRefused, Root, refusal
from handrail.source.nearest import did_you_mean
from handrail.source.source_file import SourceFile

FOLDER = "endorsements"
SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsements:
    """The valid files, the bytes of all that were read by their paths, and the paths of what is no such file."""

    files: tuple[SourceFile[EndorsementFile], ...] = ()
    data: Mapping[str, bytes] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def read_endorsements(root: Root, out: Collector, *, head: str = "") -> Endorsements:
    """Read the folder beneath a catalog's root; one that is not there is empty.

    Args:
        root: the folder that holds `endorsements/`.
        out: is told what is wrong with any of them.
        head: what a reader has to put before a path to find the file.
    """
    files: list[SourceFile[EndorsementFile]] = []
    data: dict[str, bytes] = {}
    others: list[str] = []
    for path in _listed(root, out):
        shown = head + path
        if not path.endswith(SUFFIX):
            others.append(shown)
            continue
        try:
            data[shown] = root.read(path, cap=limits.YAML_BYTES)
        except FileRefused as refused:
            out.add(refusal(refused, Span(shown, 1, 1)))
            continue
        file = load_valid(EndorsementFile, data[shown], shown, out, None)
        if file is None:
            continue
        name = f"{FOLDER}/{file.value.organisation.id}{SUFFIX}"
        if path == name:
            files.append(file)
        else:
            said = f"the file is `{path}`, and its organisation is `{file.value.organisation.id}`"
            out.error("HR205", said, file.span("organisation", "id"), help=f"call the file `{name}`")
    return Endorsements(files=tuple(files), data=data, others=tuple(others))


def endorsement_files(root: Root) -> tuple[str, ...]:
    """The paths of the folder's YAML files; what cannot be listed is told by lint."""
    return tuple(path for path in _listed(root, Collector()) if path.endswith(SUFFIX))


def _listed(root: Root, out: Collector) -> tuple[str, ...]:
    """Every file of the folder, hidden ones too: nothing that lies here is passed over."""
    try:
        return root.files(("",), folder=FOLDER, dotted=True)
    except FileRefused as refused:
        if refused.reason is not FileReason.MISSING:
            out.add(refusal(refused))
        return ()


def texts_of(sources: CatalogSources) -> dict[str, str]:
    """Id of a principle or control -> the fingerprint of its statement today."""
    principles = {file.value.principle.id: file.value.principle.statement for file in sources.principles}
    controls = {name: one.control.statement for name, one in sources.controls.items()}
    return {name: fingerprint(text) for name, text in (principles | controls).items()}


def link_endorsements(given: Endorsements, texts: Mapping[str, str], out: Collector) -> None:
    """HR201: what is endorsed is a principle or a control of the catalog."""
    for file in given.files:
        for i, one in enumerate(file.value.endorsements):
            if one.of not in texts:
                said = f"there is no principle or control `{one.of}`"
                near = did_you_mean(one.of, texts) or "`handrail list controls` lists them"
                out.error("HR201", said, file.span("endorsements", i, "of"), help=near)


def endorsements_of(catalogs: Sequence[Path], bundle: Bundle) -> tuple[EndorsementFile, ...]:
    """What is said of a catalog: in the folders that are named, else in that of this installation.

    A bundle that is named has none.

    Raises:
        InputError: a file is not well formed, or speaks of what `bundle` does not have.
    """
    place = default_place()
    folders = [one for one in catalogs if one.is_dir()] if catalogs else [place if place.is_dir() else place.parent]
    texts = {**{one.id: fingerprint(one.statement) for one in bundle.principles}, **bundle.fingerprints}
    out = Collector()
    found: list[EndorsementFile] = []
    for folder in folders:
        try:
            with Root(folder) as root:
                given = read_endorsements(root, out)
        except FileRefused as refused:
            raise InputError([refusal(refused)]) from None
        link_endorsements(given, texts, out)
        found += (file.value for file in given.files)
    out.raise_if_errors()
    return tuple(found)
