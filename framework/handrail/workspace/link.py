"""What must hold between a declaration and the catalog it answers.

Belongs here: one function per subject; each adds a diagnostic at the very token. Never here: judging an answer, and
the shape of the files.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from handrail.assess.waivers import LONGEST
from handrail.catalog.resolve import alternatives
from handrail.model.bundle import Bundle
from handrail.model.declaration import Answer, CatalogPin, Declaration, Organisation
from handrail.model.pack import packs_of
from handrail.model.terms import Scope, Status
from handrail.source.diagnostics import Collector
from handrail.source.nearest import did_you_mean
from handrail.source.source_file import SourceFile
from handrail.workspace.load import ProjectFiles


def link_project(project: ProjectFiles, bundle: Bundle, out: Collector) -> None:
    """Tell everything in a project's files that the catalog does not know or does not allow."""
    declaration = project.declaration
    _catalog(declaration, declaration.value.catalog, bundle, out)
    _facts(declaration, bundle, out)
    _checklists(declaration, bundle, out)
    _answers(declaration, declaration.value.controls, bundle, out, upstreams=declaration.value.upstream)
    _waivers(declaration, bundle, out)
    if project.organisation is not None:
        _catalog(project.organisation, project.organisation.value.catalog, bundle, out)
        _organisation(project.organisation, bundle, out)


def _catalog(
    file: SourceFile[Declaration] | SourceFile[Organisation], pin: CatalogPin, bundle: Bundle, out: Collector
) -> None:
    """`catalog.version: "1.0"` accepts every version from 1.0 up to, not including, 2.0; so of a pack's."""
    _version(file, ("catalog",), "catalog", pin.version, bundle.catalog.version, out)
    packs = {one.prefix: one for one in packs_of(bundle)}
    for prefix, pinned in pin.packs.items():
        if prefix in packs:
            _version(file, ("catalog", "packs", prefix), f"pack `{prefix}`", pinned.version, packs[prefix].version, out)
        else:
            out.error(
                "HR316",
                f"the answers are for pack `{prefix}` too, which is not among the catalogs given",
                file.key_span("catalog", "packs", prefix),
                help="name the pack with `--catalog`; without it less would be asked than the answers are for",
            )


def _version(
    file: SourceFile[Declaration] | SourceFile[Organisation],
    at: tuple[str, ...],
    what: str,
    pinned: str | None,
    version: str,
    out: Collector,
) -> None:
    if pinned is None:
        return
    wanted, given = _numbers(pinned), _numbers(version)
    if wanted[0] != given[0] or wanted > given:
        out.error(
            "HR314",
            f"the answers are for {what} version `{pinned}`, and this {what.partition(' ')[0]} is `{version}`",
            file.span(*at, "version"),
            help="give the catalog they were written for with `--catalog`, or bring the answers up to date",
        )


def _numbers(version: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in version.split("."))
    return (*numbers, 0, 0)[:3]


def _facts(file: SourceFile[Declaration], bundle: Bundle, out: Collector) -> None:
    for name, values in file.value.facts.items():
        fact = bundle.facts.get(name)
        if fact is None:
            help_ = did_you_mean(name, bundle.facts) or f"the facts are: {', '.join(bundle.facts)}"
            out.error("HR302", f"there is no fact `{name}`", file.key_span("facts", name), help=help_)
            continue
        for index, value in enumerate(values):
            if value not in fact.values:
                help_ = did_you_mean(value, fact.values) or f"the values are: {', '.join(fact.values)}"
                out.error("HR303", f"`{name}` has no value `{value}`", file.span("facts", name, index), help=help_)
        if len(values) > 1 and not fact.many:
            out.error("HR304", f"`{name}` takes one value", file.span("facts", name), help="keep the one that holds")


def _checklists(file: SourceFile[Declaration], bundle: Bundle, out: Collector) -> None:
    known = [one.checklist.id for one in bundle.checklists]
    for index, name in enumerate(file.value.checklists):
        if name not in known:
            help_ = did_you_mean(name, known) or f"the checklists are: {', '.join(known)}"
            out.error("HR305", f"there is no checklist `{name}`", file.span("checklists", index), help=help_)


def _answers(
    file: SourceFile[Declaration] | SourceFile[Organisation],
    answers: dict[str, Answer],
    bundle: Bundle,
    out: Collector,
    *,
    upstreams: Iterable[str],
) -> None:
    for one, answer in answers.items():
        control = bundle.controls.get(one)
        if control is None:
            help_ = did_you_mean(one, bundle.controls) or "`handrail list controls` lists them"
            out.error("HR301", f"there is no control `{one}`", file.key_span("controls", one), help=help_)
            continue
        if control.status is Status.RETIRED:
            instead = f"answer `{control.replaced_by}`, which stands in its place" if control.replaced_by else ""
            out.error("HR312", f"`{one}` is retired", file.key_span("controls", one), help=instead)
        if answer.upstream is not None and answer.upstream not in upstreams:
            out.error(
                "HR311",
                f"`upstream` has no `{answer.upstream}`",
                file.span("controls", one, "from"),
                help="name the assessment that this is inherited from under `upstream`",
            )
        known = [r.id for group in control.evidence for r in alternatives(group)]
        for index, entry in enumerate(answer.evidence):
            if entry.requirement not in known:
                help_ = did_you_mean(entry.requirement, known) or f"`{one}` asks for: {', '.join(known)}"
                out.error(
                    "HR306",
                    f"`{one}` asks for no evidence `{entry.requirement}`",
                    file.span("controls", one, "evidence", index, "for"),
                    help=help_,
                )


def _waivers(file: SourceFile[Declaration], bundle: Bundle, out: Collector) -> None:
    declaration = file.value
    days: dict[str, timedelta] = {}
    for index, waiver in enumerate(declaration.waivers):
        control = bundle.controls.get(waiver.control)
        at = ("waivers", index)
        if control is None:
            help_ = did_you_mean(waiver.control, bundle.controls)
            out.error("HR301", f"there is no control `{waiver.control}`", file.span(*at, "control"), help=help_ or "")
            continue
        if not control.allow.waive:
            out.error(
                "HR310",
                f"the catalog does not let `{waiver.control}` be waived",
                file.span(*at, "control"),
                help="remove the waiver and plan the work with `state: planned` and `due:`",
            )
        if waiver.expires < waiver.granted:
            out.error(
                "HR307",
                f"the waiver of `{waiver.control}` ends before it begins",
                file.span(*at, "expires"),
                help="mend one of the two days",
            )
            continue
        days[waiver.control] = (
            days.get(waiver.control, timedelta()) + (waiver.expires - waiver.granted) + timedelta(days=1)
        )
        if days[waiver.control] > LONGEST:
            out.error(
                "HR308",
                f"`{waiver.control}` is waived for {days[waiver.control].days} days in all, "
                f"and at most {LONGEST.days} are allowed",
                file.span(*at, "expires"),
                help="renewals count together; do the work, or declare the control as it is",
            )
        answer = declaration.controls.get(waiver.control)
        if answer is not None and answer.owner == waiver.approved_by:
            out.error(
                "HR309",
                f"the waiver of `{waiver.control}` is approved by the control's own owner",
                file.span(*at, "approved_by"),
                help="a waiver needs a second person or office",
            )


def _organisation(file: SourceFile[Organisation], bundle: Bundle, out: Collector) -> None:
    for one in file.value.controls:
        control = bundle.controls.get(one)
        if control is not None and control.scope is not Scope.ORGANISATION:
            out.error(
                "HR313",
                f"`{one}` is answered for each {control.scope.value}, not once for the organisation",
                file.key_span("controls", one),
                help="move the answer to the project's own `handrail.yaml`",
            )
    _answers(file, file.value.controls, bundle, out, upstreams=())
