"""What packs ask of the catalog's controls beyond the catalog: put together to the strictest, and never less.

Belongs here: applying overlays, and telling of one that asks for less. Never here: whose names are whose
(`pack_rules`). The law, tested: no overlay raises a finding of a control, and none takes one out of a checklist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from handrail.catalog.pack_read import PackSources
from handrail.catalog.read import CatalogSources, PlacedControl
from handrail.catalog.resolve import alternatives, selected
from handrail.model.base import days_text
from handrail.model.bundle import Bundle
from handrail.model.catalog import AnyOfRequirements, EvidenceRequirement, PrincipleFile, Requirement
from handrail.model.pack import Overlay, PackFile
from handrail.model.terms import Level, ReferenceKind
from handrail.model.vocabulary import ChecklistFile, ReferenceFile, Tailoring
from handrail.source.diagnostics import Collector, Span
from handrail.source.source_file import SourceFile
from handrail.source.tree import Step

_AnyFile: TypeAlias = SourceFile[PrincipleFile] | SourceFile[PackFile]


@dataclass(frozen=True, slots=True)
class Overlaid(PlacedControl):
    """A control of the catalog with more asked of it. What an overlay says stands where the overlay stands."""

    moved: Mapping[tuple[Step, ...], tuple[_AnyFile, tuple[Step, ...]]] = field(default_factory=dict)

    def span(self, *location: Step) -> Span:
        """Give the place of a value within the control, or of that in an overlay which stands for it."""
        file, at = self._origin(location)
        return file.span(*at)

    def key_span(self, *location: Step) -> Span:
        """Give the place of a key likewise."""
        file, at = self._origin(location)
        return file.key_span(*at)

    def _origin(self, location: tuple[Step, ...]) -> tuple[_AnyFile, tuple[Step, ...]]:
        for end in range(len(location), 0, -1):
            if location[:end] in self.moved:
                file, start = self.moved[location[:end]]
                return file, (*start, *location[end:])
        return self.file, ("controls", self.index, *location)


@dataclass(frozen=True, slots=True)
class _Laid:
    """An overlay in its pack."""

    overlay: Overlay
    file: SourceFile[PackFile]
    index: int

    def at(self, *location: Step) -> tuple[SourceFile[PackFile], tuple[Step, ...]]:
        return self.file, ("overlays", self.index, *location)

    def span(self, *location: Step) -> Span:
        return self.file.span("overlays", self.index, *location)


def overlay_rules(base: CatalogSources, packs: Sequence[PackSources], out: Collector) -> None:
    """Tell the collector of every overlay, and every checklist of a pack, that asks for less than the catalog."""
    for pack in packs:
        first: dict[str, _Laid] = {}
        for one in _laid(pack):
            name = one.overlay.control
            if name in first:
                also = ((first[name].span("control"), "first here"),)
                out.error(
                    "HR202", f"control `{name}` is overlaid twice", one.span("control"), help="join the two", also=also
                )
            first.setdefault(name, one)
            if name in base.controls:
                _stricter(one, base.controls[name], out)
            else:
                _no_target(name, pack, one, out)
        for checklist in pack.sources.checklists:
            _weakening(checklist, base, out)


def overlaid(
    base: CatalogSources, packs: Iterable[PackSources], references: Mapping[str, ReferenceFile]
) -> dict[str, PlacedControl]:
    """Id -> the control of the catalog with everything that the packs ask of it, for those of which they ask."""
    found: dict[str, PlacedControl] = {}
    for pack in packs:
        for one in _laid(pack):
            name = one.overlay.control
            if name in base.controls:
                plain = base.controls[name]
                found[name] = _with(found.get(name, plain), one, len(plain.control.evidence), references)
    return found


def tailored(checklist: ChecklistFile, strictest: Mapping[str, Overlay]) -> ChecklistFile:
    """The checklist, tailoring no control below what the packs ask of it."""
    changed = {
        control: _tailoring(tailoring, strictest[control]) if control in strictest else tailoring
        for control, tailoring in checklist.tailoring.items()
    }
    return checklist.model_copy(update={"tailoring": changed})


def kept(checklist: ChecklistFile, plain: Bundle, composed: Bundle) -> ChecklistFile:
    """The checklist, selecting what it selected of the plain catalog: a level that was raised takes nothing out."""
    left = set(selected(checklist, composed))
    lost = tuple(one for one in selected(checklist, plain) if one not in left)
    if not lost:
        return checklist
    selects = checklist.selects
    return checklist.model_copy(update={"selects": selects.model_copy(update={"controls": (*selects.controls, *lost)})})


def strictest(packs: Iterable[PackSources]) -> dict[str, Overlay]:
    """Control -> the highest level and the least age that any pack asks of it."""
    found: dict[str, Overlay] = {}
    for pack in packs:
        for one in pack.file.value.overlays:
            before = found.get(one.control, one)
            level, age = _most(before.level, one.level), _least(before.max_age, one.max_age)
            found[one.control] = one.model_copy(update={"level": level, "max_age": age})
    return found


def _laid(pack: PackSources) -> Iterator[_Laid]:
    return (_Laid(one, pack.file, i) for i, one in enumerate(pack.file.value.overlays))


def _no_target(name: str, pack: PackSources, one: _Laid, out: Collector) -> None:
    if name in pack.sources.controls:
        said, also = f"control `{name}` is the pack's own", ((pack.sources.controls[name].span("id"), "here"),)
        out.error("HR285", said, one.span("control"), help="say it in the control itself", also=also)
    else:
        advice = "`handrail list controls` lists them; only controls of the catalog can be overlaid"
        out.error("HR285", f"the catalog has no control `{name}`", one.span("control"), help=advice)


def _stricter(one: _Laid, placed: PlacedControl, out: Collector) -> None:
    overlay, control = one.overlay, placed.control
    asked = {r.id: (location, r) for location, r in placed.requirements()}

    def weaker(said: str, *location: Step, place: Callable[[], Span]) -> None:
        out.error("HR283", said, one.span(*location), help=_NEVER, also=((place(), "the catalog's"),))

    if overlay.level is not None and overlay.level < control.level:
        said = f"`{overlay.level}` is less than the catalog asks: `{control.id}` is {control.level}"
        weaker(said, "level", place=lambda: placed.span("level"))
    ages = [(r.max_age, location) for location, r in asked.values()]
    longest, where = max(((age, at) for age, at in ages if age is not None), default=(None, ()))
    if overlay.max_age and longest and all(age for age, _ in ages) and overlay.max_age > longest:
        said = (
            f"`{days_text(overlay.max_age)}` is longer than the catalog allows: the evidence of `{control.id}` is at "
            f"most {days_text(longest)} old"
        )
        weaker(said, "max_age", place=lambda: placed.span(*where, "max_age"))
    for name, tier in overlay.assurance.items():
        if name not in asked:
            known = ", ".join(f"`{r}`" for r in asked)
            said = f"control `{control.id}` asks for no `{name}`"
            out.error(
                "HR285",
                said,
                one.file.key_span("overlays", one.index, "assurance", name),
                help=f"it asks for: {known}" if known else "",
                also=((placed.span("id"), "the control"),),
            )
        elif tier < asked[name][1].assurance:
            location, requirement = asked[name]
            said = f"`{tier}` is less than the catalog asks: `{name}` of `{control.id}` is {requirement.assurance}"
            weaker(said, "assurance", name, place=lambda at=location: placed.span(*at, "assurance"))  # type: ignore[misc]


_NEVER = "a pack asks for more or leaves it out; what the catalog asks for, it changes by a proposal to the catalog"


def _weakening(checklist: SourceFile[ChecklistFile], base: CatalogSources, out: Collector) -> None:
    for name, tailoring in checklist.value.tailoring.items():
        if name not in base.controls:
            continue
        placed = base.controls[name]
        if tailoring.level is not None and tailoring.level < placed.control.level:
            said = f"`{tailoring.level}` is less than the catalog asks: `{name}` is {placed.control.level}"
            also = ((placed.span("level"), "the catalog's"),)
            out.error("HR283", said, checklist.span("set", name, "level"), help=_NEVER, also=also)
        for location, requirement in placed.requirements():
            if tailoring.max_age and requirement.max_age and tailoring.max_age > requirement.max_age:
                said = (
                    f"`{days_text(tailoring.max_age)}` is longer than the catalog allows: `{requirement.id}` of "
                    f"`{name}` is at most {days_text(requirement.max_age)} old"
                )
                also = ((placed.span(*location, "max_age"), "the catalog's"),)
                out.error("HR283", said, checklist.span("set", name, "max_age"), help=_NEVER, also=also)
                break


def _with(placed: PlacedControl, one: _Laid, plain: int, references: Mapping[str, ReferenceFile]) -> Overlaid:
    """The control with one overlay more. Only what the catalog asks for (`plain` many) grows stricter.

    So it does not matter in which order packs are given.
    """
    overlay, control = one.overlay, placed.control
    moved = dict(placed.moved) if isinstance(placed, Overlaid) else {}
    allow = control.allow
    if overlay.level and overlay.level > control.level:
        moved["level",] = one.at("level")
    if overlay.level and any(_is_law(one.reference, references) for one in control.escalates):
        # What a law puts in force is never waived; the same or more by the pack's choice must not open that door.
        allow = allow.model_copy(update={"waive": False})
    for location, requirement in placed.requirements():
        if overlay.assurance.get(requirement.id, requirement.assurance) > requirement.assurance:
            moved[*location, "assurance"] = one.at("assurance", requirement.id)
    moved |= {("evidence", len(control.evidence) + i): one.at("evidence", i) for i in range(len(overlay.evidence))}
    moved |= {("mappings", len(control.mappings) + i): one.at("mappings", i) for i in range(len(overlay.mappings))}
    made = control.model_copy(
        update={
            "level": max(control.level, overlay.level or control.level),
            "allow": allow,
            "evidence": (
                *(_group(each, overlay) for each in control.evidence[:plain]),
                *control.evidence[plain:],
                *overlay.evidence,
            ),
            "mappings": (*control.mappings, *overlay.mappings),
        }
    )
    return Overlaid(made, placed.file, placed.index, moved)


def _is_law(name: str, references: Mapping[str, ReferenceFile]) -> bool:
    return name in references and references[name].reference.kind is ReferenceKind.LAW


def _group(group: EvidenceRequirement, overlay: Overlay) -> EvidenceRequirement:
    if isinstance(group, AnyOfRequirements):
        return group.model_copy(update={"any_of": tuple(_requirement(one, overlay) for one in alternatives(group))})
    return _requirement(group, overlay)


def _requirement(one: Requirement, overlay: Overlay) -> Requirement:
    tier = max(one.assurance, overlay.assurance.get(one.id, one.assurance))
    return one.model_copy(update={"assurance": tier, "max_age": _least(one.max_age, overlay.max_age)})


def _tailoring(tailoring: Tailoring, overlay: Overlay) -> Tailoring:
    level = _most(tailoring.level, overlay.level) if tailoring.level else None
    age = _least(tailoring.max_age, overlay.max_age) if tailoring.max_age else None
    return tailoring.model_copy(update={"level": level, "max_age": age})


def _most(one: Level | None, other: Level | None) -> Level | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _least(one: timedelta | None, other: timedelta | None) -> timedelta | None:
    return min((each for each in (one, other) if each is not None), default=None)
