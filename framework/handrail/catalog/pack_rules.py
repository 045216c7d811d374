"""What a pack may say beside a catalog and other packs: its own names only, and on what it depends.

Belongs here: prefixes, names that something else bears, versions and rings of dependence. Never here: what a pack asks
of the catalog's controls (`overlay`), and whether names resolve (`link`, once all is put together).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from graphlib import CycleError, TopologicalSorter

from handrail.catalog.link_order import edge
from handrail.catalog.pack_read import PackSources
from handrail.catalog.read import CatalogSources
from handrail.catalog.resolve import prerequisites
from handrail.model.pack import Versions
from handrail.source.diagnostics import Collector, Span

Where = Callable[[], Span]


@dataclass(frozen=True, slots=True)
class _Named:
    """Something that bears a name: what it is, and where it stands."""

    what: str
    name: str
    where: Where


def pack_rules(base: CatalogSources, packs: Sequence[PackSources], out: Collector) -> None:
    """Tell the collector of every name that a pack may not give or use, and of everything that it lacks."""
    known = {(one.what, one.name): one for one in _names(base)}
    principles = {one.name.partition("-")[0]: one for one in known.values() if one.what == "principle"}
    told: dict[str, PackSources] = {}
    for pack in packs:
        _prefix(pack, told, principles, out)
        told.setdefault(pack.prefix, pack)
    if out.errors:
        return  # whose a name is cannot be said
    for pack in packs:
        _depends(pack, base, told, out)
        for one in _names(pack.sources):
            _own(one, pack, known, told, out)
        for i, overlay in enumerate(pack.file.value.overlays):
            for name, where in _asked(pack, i):
                if not _bears(name, pack.prefix.lower()):
                    _foreign(_Named(f"for `{overlay.control}`, requirement", name, where), pack, told, out)
        for name, where in _used(pack):
            _in_reach(name, where, pack, told, out)
    _rings(told, out)


def bears_prefix(name: str, prefix: str) -> bool:
    """Whether an id is one of the pack with this prefix."""
    return _bears(name, prefix) or _bears(name, prefix.lower())


def _bears(name: str, start: str) -> bool:
    return name == start or name.startswith((f"{start}-", f"{start}_"))


def _prefix(
    pack: PackSources, told: Mapping[str, PackSources], principles: Mapping[str, _Named], out: Collector
) -> None:
    where = pack.file.span("pack", "prefix")
    if "-" in pack.prefix:
        advice = f"write `{pack.prefix.replace('-', '')}`; a hyphen parts it from what follows"
        out.error("HR280", f"prefix `{pack.prefix}` has a hyphen", where, help=advice)
    taken: tuple[Span, str] | None = None
    if pack.prefix in told:
        taken = told[pack.prefix].file.span("pack", "prefix"), "first given here"
    elif pack.prefix in principles:
        one = principles[pack.prefix]
        taken = one.where(), f"`{one.name}` is a principle of the catalog"
    if taken:
        out.error("HR281", f"prefix `{pack.prefix}` is taken", where, help="choose another one", also=(taken,))


def _names(sources: CatalogSources) -> Iterator[_Named]:
    for file in sources.principles:
        yield _Named("principle", file.value.principle.id, partial(file.span, "principle", "id"))
    for placed in sources.placed:
        yield _Named("control", placed.id, partial(placed.span, "id"))
    for checklist in sources.checklists:
        yield _Named("checklist", checklist.value.checklist.id, partial(checklist.span, "checklist", "id"))
    for reference in sources.references:
        yield _Named("reference", reference.value.reference.id, partial(reference.span, "reference", "id"))
    if sources.stewards:
        for name in sources.stewards.value.stewards:
            yield _Named("steward", name, partial(sources.stewards.key_span, "stewards", name))
    if sources.attestors:
        for name in sources.attestors.value.attestors:
            yield _Named("attestor", name, partial(sources.attestors.key_span, "attestors", name))
    if sources.lexicon:
        for name in sources.lexicon.value.terms:
            yield _Named("term", name, partial(sources.lexicon.key_span, "terms", name))


def _asked(pack: PackSources, overlay: int) -> Iterator[tuple[str, Where]]:
    """The requirements that an overlay adds."""
    for i, group in enumerate(pack.file.value.overlays[overlay].evidence):
        start = ("overlays", overlay, "evidence", i)
        members = getattr(group, "any_of", None)
        for k, one in enumerate(members or (group,)):
            yield one.id, partial(pack.file.span, *start, *(("any_of", k) if members else ()), "id")


def _own(
    one: _Named,
    pack: PackSources,
    known: Mapping[tuple[str, str], _Named],
    told: Mapping[str, PackSources],
    out: Collector,
) -> None:
    theirs = known.get((one.what, one.name))
    if theirs is not None:
        out.error(
            "HR282",
            f"{one.what} `{one.name}` is the catalog's, and a pack puts nothing in its place",
            one.where(),
            label="given again here",
            help=f"give it an id of your own, or ask for more of it under `overlays`: `{pack.prefix}-...`"
            if one.what == "control"
            else f"give it a name that begins with `{_start(one, pack.prefix)}`",
            also=((theirs.where(), "the catalog's"),),
        )
    elif one.what != "control" and not _bears(one.name, _start(one, pack.prefix).rstrip("-")):
        _foreign(one, pack, told, out)  # of a control, `link` tells that it does not bear the id of its principle


def _start(one: _Named, prefix: str) -> str:
    return f"{prefix}-" if one.what in ("principle", "control") else f"{prefix.lower()}-"


def _foreign(one: _Named, pack: PackSources, told: Mapping[str, PackSources], out: Collector) -> None:
    other = next((p for start, p in told.items() if p is not pack and bears_prefix(one.name, start)), None)
    whose = f"bears the prefix of pack `{other.prefix}`" if other else "does not bear the prefix of its pack"
    out.error(
        "HR280",
        f"{one.what} `{one.name}` {whose}",
        one.where(),
        help=f"names of pack `{pack.prefix}` begin with `{_start(one, pack.prefix)}`",
        also=(((other or pack).file.span("pack", "prefix"), "the prefix"),),
    )


def _depends(pack: PackSources, base: CatalogSources, told: Mapping[str, PackSources], out: Collector) -> None:
    wanted = pack.file.value.depends
    head = base.catalog.value.catalog if base.catalog else None
    if base.catalog and head:
        theirs = base.catalog.span("catalog", "id"), "the catalog's id"
        if head.id != wanted.catalog.id:
            said = f"pack `{pack.prefix}` is for catalog `{wanted.catalog.id}`, and this one is `{head.id}`"
            advice = "name the catalog it is for with `--catalog`"
            out.error("HR284", said, pack.file.span("depends", "catalog", "id"), help=advice, also=(theirs,))
        else:
            place = base.catalog.span("catalog", "version")
            _version(pack, ("catalog",), "the catalog", wanted.catalog, head.version, place, out)
    for name, versions in wanted.packs.items():
        other = told.get(name)
        if other is None:
            out.error(
                "HR284",
                f"pack `{pack.prefix}` needs pack `{name}`, which is not among the catalogs given",
                pack.file.key_span("depends", "packs", name),
                help="name it too with `--catalog`",
            )
        else:
            place = other.file.span("pack", "version")
            has = other.file.value.pack.version
            _version(pack, ("packs", name), f"pack `{name}`", versions, has, place, out)


def _version(
    pack: PackSources, at: tuple[str, ...], what: str, wanted: Versions, has: str, place: Span, out: Collector
) -> None:
    start, end = (
        numbers(wanted.start),
        numbers(wanted.before) if wanted.before else (numbers(wanted.start)[0] + 1, 0, 0),
    )
    if not start <= numbers(has) < end:
        until = wanted.before or f"{end[0]}.0"
        out.error(
            "HR284",
            f"pack `{pack.prefix}` is for versions of {what} from `{wanted.start}` and before `{until}`, and this one "
            f"is `{has}`",
            pack.file.span("depends", *at, "from"),
            help="use a version that it is for, or look the pack over and widen what it is for",
            also=((place, "this version"),),
        )


def numbers(version: str) -> tuple[int, int, int]:
    """A version as three numbers."""
    parts = [*map(int, version.split(".")), 0, 0]
    return parts[0], parts[1], parts[2]


def _rings(told: Mapping[str, PackSources], out: Collector) -> None:
    edges = {name: [n for n in pack.file.value.depends.packs if n in told] for name, pack in told.items()}
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        ring = list(error.args[1][::-1])
        first, second = told[ring[0]], told[ring[1]]
        out.error(
            "HR286",
            f"pack `{ring[0]}` depends on itself",
            first.file.key_span("depends", "packs", ring[1]),
            label=f"closes the ring {' -> '.join(ring)}",
            help="move what both need into one of the packs",
            also=((second.file.span("pack", "prefix"), f"pack `{ring[1]}`"),),
        )


def _used(pack: PackSources) -> Iterator[tuple[str, Where]]:
    """Names that a pack uses and that another pack might bear."""
    for placed in pack.sources.placed:
        control = placed.control
        for one in (*(m for group in prerequisites(control) for m in group), *control.follows):
            yield one, partial(edge, placed, one)
        for i, escalation in enumerate(control.escalates):
            yield escalation.reference, partial(placed.span, "escalates", i, "reference")
        for i, mapping in enumerate(control.mappings):
            yield mapping.reference, partial(placed.span, "mappings", i, "reference")
    for file in pack.sources.principles:
        yield file.value.principle.steward, partial(file.span, "principle", "steward")
        for i, source in enumerate(file.value.principle.sources):
            yield source.reference, partial(file.span, "principle", "sources", i, "reference")
    for checklist in pack.sources.checklists:
        selects = checklist.value.selects
        for key, names in (("controls", selects.controls), ("principles", selects.principles)):
            for i, name in enumerate(names):
                yield name, partial(checklist.span, "selects", key, i)
        for name in checklist.value.tailoring:
            yield name, partial(checklist.key_span, "set", name)
    for i, overlay in enumerate(pack.file.value.overlays):
        for k, mapping in enumerate(overlay.mappings):
            yield mapping.reference, partial(pack.file.span, "overlays", i, "mappings", k, "reference")


def _in_reach(name: str, where: Where, pack: PackSources, told: Mapping[str, PackSources], out: Collector) -> None:
    for prefix, other in told.items():
        if other is not pack and bears_prefix(name, prefix) and prefix not in pack.file.value.depends.packs:
            out.error(
                "HR284",
                f"`{name}` is of pack `{prefix}`, on which pack `{pack.prefix}` does not depend",
                where(),
                help=f"name the pack under `depends`, `packs`: `{prefix}: {{from: ...}}`",
                also=((other.file.span("pack", "prefix"), f"pack `{prefix}`"),),
            )
