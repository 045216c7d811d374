"""What the catalog calls the things that a report speaks of.

Belongs here: titles, links and sentences of the catalog for the ids of an assessment, worked out once for many reports.
Never here: anything of a project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from handrail.catalog.resolve import alternatives
from handrail.model.assessment import LegalDuty, Reason
from handrail.model.bundle import Bundle
from handrail.model.terms import Level, LevelReason
from handrail.report import wording

_STEPS_KEPT = 10_000
_LINK = Markup('<a href="{}"><span class="hr-id">{}</span> {}</a>')


@dataclass(frozen=True, slots=True)
class Named:
    """A control by its id and title; `link` is finished HTML, which many rows share."""

    id: str
    title: str
    link: Markup


class Names:
    """What the catalog calls things; an id that it does not have stands for itself and leads nowhere."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self._steps: dict[object, str] = {}
        self._by_catalogue = {one: wording.level_text(one, LevelReason.CATALOGUE, (), bundle) for one in Level}
        self._checklists = {one.checklist.id: one.checklist.title for one in bundle.checklists}
        self._controls = {
            one: Named(
                one, control.title, _LINK.format(f"../{address(bundle.principle_of[one])}#{one}", one, control.title)
            )
            for one, control in bundle.controls.items()
        }
        self._principles = {
            one.id: Markup('<a href="{}">{}</a>').format(f"../{address(one.id)}", one.title.split(",")[0])
            for one in bundle.principles
        }
        self._asked = {
            one: {asked.id: asked.title for group in control.evidence for asked in alternatives(group)}
            for one, control in bundle.controls.items()
        }

    def control(self, one: str) -> Named:
        """A control, by what the catalog calls it."""
        return self._controls.get(one) or Named(one, "", escape(one))

    def principle(self, one: str) -> Markup:
        """The short title of a principle, as a link to its page."""
        return self._principles.get(one) or escape(one)

    def requirement(self, control: str, one: str) -> str:
        """The title of a piece of evidence."""
        return self._asked.get(control, {}).get(one, one)

    def checklists(self, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Title and address of checklists."""
        return tuple(
            (self._checklists[one], f"../checklists/{one}.html") if one in self._checklists else (one, "")
            for one in ids
        )

    def facts(self, facts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
        """Facts in the words of the catalog."""
        for name, values in facts.items():
            fact = self.bundle.facts.get(name)
            known = fact.values if fact else {}
            labels = (known[one].label if one in known else one for one in values)
            yield (fact.title if fact else name), ", ".join(labels)

    def roles(self, facts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The roles in the words of the catalog."""
        fact = self.bundle.facts.get("role")
        known = fact.values if fact else {}
        return tuple(known[one].label if one in known else one for one in facts.get("role", ()))

    def level(self, level: Level, reason: LevelReason, duties: Iterable[LegalDuty]) -> str:
        """The level in force and what puts it in force; a law that this catalog does not have is named by its id."""
        if reason is LevelReason.CATALOGUE:
            return self._by_catalogue[level]
        known = tuple(one for one in duties if one.reference in self.bundle.references)
        if not any(one.in_force and one.level is level for one in known):
            return f"{level.value.upper()} (law: {', '.join(dict.fromkeys(one.reference for one in duties))})"
        return wording.level_text(level, reason, known, self.bundle)

    def next_step(self, control: str, reasons: Sequence[Reason], *, brief: bool = False) -> str:
        """What to do about the first reason; briefly, where that stands beside it and names what is concerned."""
        if control not in self.bundle.controls or not reasons:
            return ""
        code = reasons[0].code
        requirements = tuple([one.requirement for one in reasons if one.requirement and one.code == code])
        blockers = tuple([one.control for one in reasons if one.control and one.code == code])
        key = (control, code, requirements, blockers, brief)
        step = self._steps.get(key)
        if step is None:
            if len(self._steps) > _STEPS_KEPT:
                self._steps.clear()
            step = self._steps[key] = wording.next_step(
                code, control, self.bundle, requirements=requirements, blocked_by=blockers, brief=brief
            )
        return step


def address(principle: str) -> str:
    """The page of a principle."""
    return f"principles/{principle.lower()}.html"
