"""The pages of the principles: an overview, one page per phase, one per principle with its controls, the themes.

Belongs here: gathering what each of those pages shows. Never here: the pages' HTML (`templates/`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.resolve import alternatives, prerequisites
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Escalation, Principle, Requirement
from handrail.model.endorsement import EndorsementFile
from handrail.model.kinds import KINDS
from handrail.model.pack import pack_of
from handrail.model.terms import Confidence, Level, Phase, ReferenceKind
from handrail.publish.endorsements import said_of
from handrail.publish.language import current
from handrail.publish.page import Page, first_sentence, render, root_of
from handrail.publish.pages_references import anchors
from handrail.publish.terms import Lexicon
from handrail.publish.words import PHASES, day
from handrail.report.entry import parameter_lines
from handrail.report.overlays import overlay_lines


@dataclass(frozen=True, slots=True)
class AskedEvidence:
    """A requirement and its parameters as lines of text; a kind of another package has no page here."""

    requirement: Requirement
    parameters: tuple[str, ...]
    kind_has_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An escalation in words.

    `source` says whether a law or this catalogue makes it; `only_shown` that its clause is too little known to change
    a level.
    """

    level: Level
    source: str
    reference: str
    clause: str
    confidence: Confidence
    period: str
    when: Selector
    only_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a control's section needs beyond the control: groups hold alternatives, most often a single one."""

    evidence: tuple[tuple[AskedEvidence, ...], ...]
    requires: tuple[tuple[str, ...], ...]
    needed_by: tuple[str, ...]
    duties: tuple[Duty, ...]
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many controls a principle has, and how many are MUST in the catalog itself."""

    controls: int
    must: int


def catalog_pages(
    bundle: Bundle, *, built_on: date, endorsements: Sequence[EndorsementFile] = (), source: Bundle | None = None
) -> Iterator[Page]:
    """The overview, the phases, the principles in reading order, and the themes.

    `source` is the catalog as it is written, where `bundle` is a translation: fingerprints are of its texts.
    """
    written = source or bundle
    texts = {**{one.id: fingerprint(one.statement) for one in written.principles}, **written.fingerprints}
    by_principle = controls_by_principle(bundle)
    numbers = {
        one: Numbers(len(controls), sum(c.level is Level.MUST for c in controls))
        for one, controls in by_principle.items()
    }
    groups = phases(bundle)
    path = "principles/index.html"
    yield Page(
        path=path,
        title="The principles",
        nav_title="Overview",
        description=bundle.catalog.title,
        body=render("principles.html", path, bundle=bundle, groups=groups, numbers=numbers),
    )
    for phase, of_phase in groups:
        path = f"phases/{phase.value}.html"
        values = {"bundle": bundle, "phase": phase, "of_phase": of_phase, "by_principle": by_principle}
        yield Page(
            path=path,
            title=PHASES[phase][0],
            nav_title="The phase at a glance",
            description=PHASES[phase][1],
            body=render("phase.html", path, numbers=numbers, **values),
        )
    for principle in bundle.principles:
        yield _principle_page(principle, by_principle[principle.id], bundle, built_on, endorsements, texts)
    yield Page(
        path="themes.html",
        title="Themes",
        description="The controls by the themes of the founding initiative.",
        body=render("themes.html", "themes.html", bundle=bundle, principles={p.id: p for p in bundle.principles}),
    )


def principle_path(principle: str) -> str:
    """The permanent address of a principle's page."""
    return f"principles/{principle.lower()}.html"


def controls_by_principle(bundle: Bundle) -> Mapping[str, tuple[Control, ...]]:
    """Principle id -> its controls, in file order."""
    found: dict[str, list[Control]] = {p.id: [] for p in bundle.principles}
    for one, control in bundle.controls.items():
        found[bundle.principle_of[one]].append(control)
    return {one: tuple(controls) for one, controls in found.items()}


def phases(bundle: Bundle) -> tuple[tuple[Phase, tuple[Principle, ...]], ...]:
    """Every phase with its principles, phases without one too."""
    return tuple((phase, tuple(p for p in bundle.principles if p.phase is phase)) for phase in Phase)


def short_title(principle: Principle) -> str:
    """A title for a narrow column: up to its first comma where it is long."""
    return principle.title.split(",")[0] if len(principle.title) > 60 else principle.title


def _principle_page(
    principle: Principle,
    controls: tuple[Control, ...],
    bundle: Bundle,
    built_on: date,
    endorsements: Sequence[EndorsementFile],
    prints: Mapping[str, str],
) -> Page:
    path = principle_path(principle.id)
    texts = {one: prints[one] for one in (principle.id, *(control.id for control in controls))}
    body = render(
        "principle.html",
        path,
        bundle=bundle,
        principle=principle,
        pack=pack_of(principle.id, bundle),
        controls=controls,
        cards={control.id: _card(control, bundle, built_on) for control in controls},
        themes=tuple(theme for theme in bundle.themes if principle.id in theme.principles),
        anchors=anchors(bundle),
        texts=texts,
        said=said_of(endorsements, texts, on=built_on),
        lexicon=Lexicon(bundle.terms, root_of(path)),
    )
    return Page(
        path=path,
        title=principle.title,
        nav_title=short_title(principle),
        description=first_sentence(principle.statement),
        body=body,
    )


def _card(control: Control, bundle: Bundle, built_on: date) -> Card:
    return Card(
        evidence=tuple(
            tuple(AskedEvidence(one, tuple(parameter_lines(one)), one.kind in KINDS) for one in alternatives(group))
            for group in control.evidence
        ),
        requires=prerequisites(control),
        needed_by=tuple(
            other.id for other in bundle.controls.values() if any(control.id in group for group in prerequisites(other))
        ),
        duties=tuple(_duty(one, bundle, built_on) for one in control.escalates),
        beyond=overlay_lines(control.id, bundle),
    )


def _duty(escalation: Escalation, bundle: Bundle, built_on: date) -> Duty:
    file = bundle.references[escalation.reference]
    confidence = file.clauses[escalation.clause].confidence
    return Duty(
        level=escalation.level,
        source="law" if file.reference.kind is ReferenceKind.LAW else "this catalogue, after",
        reference=escalation.reference,
        clause=escalation.clause,
        confidence=confidence,
        period=_period(escalation.start, escalation.until, built_on),
        when=escalation.when,
        only_shown=confidence <= Confidence.MEMORY,
    )


def _period(start: date | None, until: date | None, built_on: date) -> str:
    say = current().gettext
    parts = []
    if start is not None:
        parts.append(say("since %(day)s" if start <= built_on else "from %(day)s") % {"day": day(start)})
    if until is not None:
        parts.append(say("until %(day)s") % {"day": day(until)})
    return "".join(f", {part}" for part in parts)
