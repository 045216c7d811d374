"""The files of a catalog as models, each with the places of what it says.

Belongs here: which file is what, opening and loading all of them, and reading order. Never here: whether what they
say resolves (`link`) or is well said (`lint`).

A catalog's root holds `principles/` and `checklists/`. The order in which a file system lists them never matters:
reading order is by phase and then by path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from handrail.catalog.blanks import tell_blanks
from handrail.catalog.cache import FileCache
from handrail.catalog.files import catalog_files
from handrail.model import limits
from handrail.model.base import Record
from handrail.model.catalog import AnyOfRequirements, Control, Principle, PrincipleFile, Requirement
from handrail.model.terms import Phase, Status
from handrail.model.vocabulary import (
    AttestorsFile,
    CatalogFile,
    ChecklistFile,
    Fact,
    LexiconFile,
    ReferenceFile,
    ReleasesFile,
    StewardsFile,
)
from handrail.source.diagnostics import Collector, Span
from handrail.source.files import FileRefused, Root, refusal
from handrail.source.load import load
from handrail.source.source_file import SourceFile
from handrail.source.text import displayable
from handrail.source.tree import Step

M = TypeVar("M", bound=Record)

_SINGLE: Mapping[str, type[Record]] = {
    "principles/catalog.yaml": CatalogFile,
    "principles/stewards.yaml": StewardsFile,
    "principles/attestors.yaml": AttestorsFile,
    "principles/lexicon.yaml": LexiconFile,
    "principles/releases.yaml": ReleasesFile,
}
_FOLDER: Mapping[str, type[Record]] = {
    **{f"principles/{phase}": PrincipleFile for phase in Phase},
    "principles/references": ReferenceFile,
    "checklists": ChecklistFile,
}
_PHASES = list(Phase)


@dataclass(frozen=True, slots=True)
class PlacedControl:
    """A control and where it stands."""

    control: Control
    file: SourceFile[PrincipleFile]
    index: int

    @property
    def id(self) -> str:
        """The control's id."""
        return self.control.id

    @property
    def principle(self) -> Principle:
        """The principle in whose file the control stands."""
        return self.file.value.principle

    @property
    def status(self) -> Status:
        """The control's own status, else that of its principle."""
        return self.control.status or self.principle.status

    def requirements(self) -> Iterator[tuple[tuple[Step, ...], Requirement]]:
        """Give every requirement with its location in the control, members of an `any_of` one by one."""
        for i, group in enumerate(self.control.evidence):
            if isinstance(group, AnyOfRequirements):
                for k, requirement in enumerate(group.any_of):
                    yield ("evidence", i, "any_of", k), requirement
            else:
                yield ("evidence", i), group

    def span(self, *location: Step) -> Span:
        """Give the place of a value within the control."""
        return self.file.span("controls", self.index, *location)

    def key_span(self, *location: Step) -> Span:
        """Give the place of a key within the control."""
        return self.file.key_span("controls", self.index, *location)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogSources:
    """Every file of a catalog that is valid by its schema, in reading order.

    `controls` holds each id once, where it stands first; `placed` holds every control that is written. `data` gives
    the bytes of every file that was read, valid or not, by its path from the root.
    """

    catalog: SourceFile[CatalogFile] | None
    principles: tuple[SourceFile[PrincipleFile], ...]
    references: tuple[SourceFile[ReferenceFile], ...]
    checklists: tuple[SourceFile[ChecklistFile], ...]
    stewards: SourceFile[StewardsFile] | None
    attestors: SourceFile[AttestorsFile] | None
    lexicon: SourceFile[LexiconFile] | None
    releases: SourceFile[ReleasesFile] | None
    placed: tuple[PlacedControl, ...]
    controls: Mapping[str, PlacedControl]
    data: Mapping[str, bytes]

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The fact vocabulary; empty where there is no catalog file."""
        return self.catalog.value.facts if self.catalog else {}

    def in_use(self) -> Iterator[PlacedControl]:
        """Give every control that is not retired; a retired one is kept as it was."""
        return (one for one in self.controls.values() if one.status is not Status.RETIRED)

    def text(self, path: str) -> str | None:
        """Give the text of a file, for rendering diagnostics (`source.render`)."""
        data = self.data.get(path)
        return None if data is None else displayable(data)


def read_catalog(root: Root, out: Collector, cache: FileCache | None = None) -> CatalogSources:
    """Read every file of the catalog at an open root and tell the collector what is wrong with any of them.

    Optional files that are absent are None; a root without `principles/catalog.yaml` or without any principle is a
    diagnostic. With a cache, a file whose bytes were valid before is not parsed again.
    """
    paths = listed(root, out)
    sources = read_files(root, paths, out, cache)
    _require_catalog(paths, out)
    return sources


def read_files(
    root: Root, paths: Iterable[str], out: Collector, cache: FileCache | None = None, *, head: str = ""
) -> CatalogSources:
    """Read these files at an open root, as `read_catalog` does.

    Args:
        root: the folder that holds `principles/` and `checklists/`.
        paths: from it.
        out: is told what is wrong with any of them.
        cache: as for `read_catalog`.
        head: stands before every path as diagnostics show it, and as `data` holds it.
    """
    files: dict[type[Record], list[SourceFile[Record]]] = {}
    data: dict[str, bytes] = {}
    for path in paths:
        model, shown = _model(path), head + path
        if model is None:
            _misplaced(path, shown, out)
            continue
        try:
            data[shown] = root.read(path, cap=limits.YAML_BYTES)
        except FileRefused as refused:
            out.add(refusal(refused, Span(shown, 1, 1)))
            continue
        file = load_valid(model, data[shown], shown, out, cache)
        if file is not None:
            files.setdefault(model, []).append(file)
    principles = _of(files, PrincipleFile)
    principles.sort(key=_reading_order)
    placed = tuple(PlacedControl(c, file, i) for file in principles for i, c in enumerate(file.value.controls))
    return CatalogSources(
        catalog=_one(files, CatalogFile),
        principles=tuple(principles),
        references=tuple(_of(files, ReferenceFile)),
        checklists=tuple(_of(files, ChecklistFile)),
        stewards=_one(files, StewardsFile),
        attestors=_one(files, AttestorsFile),
        lexicon=_one(files, LexiconFile),
        releases=_one(files, ReleasesFile),
        placed=placed,
        controls=first_of_each(placed),
        data=data,
    )


def _reading_order(file: SourceFile[PrincipleFile]) -> tuple[int, float, str]:
    principle = file.value.principle
    last = float("inf")
    return (_PHASES.index(principle.phase), last if principle.order is None else principle.order, file.path)


def first_of_each(placed: Iterable[PlacedControl]) -> dict[str, PlacedControl]:
    """Id -> the control that stands first of those that bear it."""
    found: dict[str, PlacedControl] = {}
    for one in placed:
        found.setdefault(one.id, one)
    return found


def listed(root: Root, out: Collector) -> tuple[str, ...]:
    """The paths of a catalog's files; none after telling the collector that they cannot be listed."""
    try:
        return catalog_files(root)
    except FileRefused as refused:
        out.add(refusal(refused))
        return ()


def _model(path: str) -> type[Record] | None:
    if path in _SINGLE:
        return _SINGLE[path]
    folder, _, name = path.rpartition("/")
    return _FOLDER.get(folder) if name.endswith(".yaml") else None


def load_valid(model: type[M], data: bytes, path: str, out: Collector, cache: FileCache | None) -> SourceFile[M] | None:
    """A file as its model; None after telling the collector every error and every blank."""
    value = cache.valid(model, data) if cache else None
    if value is not None:
        return SourceFile(value, path=path, data=data)
    before = out.total
    if blanks := tell_blanks(data, path, out):
        _tell_the_rest(model, data, path, blanks, out)
        return None
    loaded = load(model, data, path, out)
    if loaded is None:
        return None
    if cache and out.total == before:
        cache.keep_valid(loaded.value, data)
    return SourceFile(loaded.value, path=path, data=data)


def _tell_the_rest(model: type[M], data: bytes, path: str, blanks: frozenset[tuple[int, int]], out: Collector) -> None:
    """Tell what else is wrong with a file that has blanks: nothing that filling them in would mend."""
    others = Collector()
    load(model, data, path, others)
    for each in others.sorted():
        if each.span is None or (each.span.line, each.span.column) not in blanks:
            out.add(each)


def _misplaced(path: str, shown: str, out: Collector) -> None:
    if path.endswith(".yml"):
        out.error("HR205", f"`{path}` ends in `.yml`", Span(shown, 1, 1), help="rename it so that it ends in `.yaml`")
        return
    out.error(
        "HR205",
        f"`{path}` is not a file of a catalog",
        Span(shown, 1, 1),
        help="a principle stands in `principles/<phase>/`, a reference in `principles/references/`, a checklist in "
        "`checklists/`",
    )


def _require_catalog(paths: tuple[str, ...], out: Collector) -> None:
    if "principles/catalog.yaml" not in paths:
        out.error(
            "HR200",
            "there is no `principles/catalog.yaml` here",
            help="name the folder that holds `principles/` and `checklists/`",
        )
    elif not any(_model(path) is PrincipleFile for path in paths):
        out.error(
            "HR200",
            "the catalog has no principle",
            Span("principles/catalog.yaml", 1, 1),
            help="write the first one in `principles/develop/`, `deploy/`, `maintain/` or `throughout/`",
        )


def _of(files: Mapping[type[Record], list[SourceFile[Record]]], model: type[M]) -> list[SourceFile[M]]:
    # Each list holds files of the model it stands under; the type system cannot say so of a dict.
    return files.get(model, [])  # type: ignore[return-value]


def _one(files: Mapping[type[Record], list[SourceFile[Record]]], model: type[M]) -> SourceFile[M] | None:
    return next(iter(_of(files, model)), None)
