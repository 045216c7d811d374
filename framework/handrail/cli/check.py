"""`handrail check`: judge projects and report.

Belongs here: the verb's arguments, the order of its steps, its exit code. Never here: wording or layout of a report.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import (
    AsOf,
    Catalog,
    Colour,
    IncludeDraft,
    Quiet,
    TrustFile,
    chosen_attestors,
    chosen_catalog,
    day_or_today,
    wants_colour,
)
from handrail.model.terms import Assurance, FailOn

if TYPE_CHECKING:
    from handrail.model.assessment import Assessment
    from handrail.report.formats import ReportInput
    from handrail.workspace.check import Checked

EXIT_OPEN = 1
NARROWEST, WIDEST = 40, 100
"""Columns of the text report: below, tables break; above, lines are hard to read."""

_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


def _site(given: str) -> str:
    if not _SITE.fullmatch(given):
        raise typer.BadParameter(f"'{given}' is not a plain http or https address")
    return given if given.endswith("/") else f"{given}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What one run is asked to do."""

    paths: tuple[Path, ...]
    catalog: Path | None
    trust: Path | None
    as_of: date | None
    format: str
    outputs: tuple[tuple[str, Path], ...]
    fail_on: FailOn
    min_assurance: Assurance | None
    changed_since: Path | None
    public: bool
    site: str
    include_draft: bool
    verbose: bool
    quiet: bool
    colour: bool

    def formats(self) -> tuple[str, ...]:
        """The names of all formats that are asked for."""
        return (self.format, *(name for name, _ in self.outputs))


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Declarations, or folders that hold them.")
    ] = None,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="F",
            help="On standard output: text, json, markdown, html, sarif, junit, github, csv, badge or badge-svg.",
        ),
    ] = "text",
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="F=PATH", help="Also write format F to PATH.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Least level whose open controls give exit 1.")
    ] = FailOn.MUST,
    min_assurance: Annotated[
        Assurance | None,
        typer.Option(
            "--min-assurance",
            help="Least tier for exit 0: a satisfied control shown at a lower one counts as open at the gate. It "
            "changes the exit code only; no finding changes.",
        ),
    ] = None,
    changed_since: Annotated[
        Path | None,
        typer.Option(
            "--changed-since",
            metavar="FILE",
            help="Exit 1 for new gaps only: those that were not open at the gate in FILE, which an earlier `check "
            "--format json` wrote. A git revision is not accepted, since handrail starts no other program: check it "
            "out beside this one and write its assessment to a file.",
        ),
    ] = None,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="Show what would be published: text as a difference to the internal report; json, html and badges "
            "as they would stand there.",
        ),
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Run again when a file changes; Ctrl-C ends it.")] = False,
    site: Annotated[
        str,
        typer.Option(
            "--site-url",
            metavar="URL",
            envvar="HANDRAIL_SITE_URL",
            help="Address of a published site; html and sarif then link each control to its page.",
        ),
    ] = "",
    include_draft: IncludeDraft = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every control, not only the open ones.")
    ] = False,
    quiet: Quiet = False,
    color: Colour = "auto",
) -> None:
    """Check declared controls and the evidence behind them.

    Exit 0: no blocking gap; 1: open controls at the gate; 2: input that cannot be used.
    """
    asked = _Asked(
        paths=tuple(paths or ()),
        catalog=catalog,
        trust=trust,
        as_of=as_of,
        format=format_,
        outputs=tuple(_output(one) for one in output or ()),
        fail_on=fail_on,
        min_assurance=min_assurance,
        changed_since=changed_since,
        public=public,
        site=_site(site) if site else "",
        include_draft=include_draft,
        verbose=verbose,
        quiet=quiet,
        colour=wants_colour(color, sys.stdout.isatty()),
    )
    known = _formats(public=public)
    for name in asked.formats():
        if name not in known:
            of = ", which --public has" if public else ""
            raise typer.BadParameter(f"'{name}' is not one of {', '.join(known)}{of}", param_hint="--format")
    if watch:
        _watch(asked)
    elif _run(asked)[0]:
        raise typer.Exit(EXIT_OPEN)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(check)


def _run(asked: _Asked) -> tuple[bool, list[Checked]]:
    """Judge and report once; give whether anything is open at the gate, and what was judged.

    Raises:
        InputError: input that cannot be used.
    """
    from handrail.assess.gate import at_gate
    from handrail.cli.messages import print_diagnostics, say
    from handrail.report.formats import ONE_PROJECT, ReportInput
    from handrail.report.places import DeclaredFiles
    from handrail.source.diagnostics import Collector
    from handrail.workspace.check import check_project
    from handrail.workspace.find import find_declarations

    before = _before(asked.changed_since)
    bundle, digest = chosen_catalog(asked.catalog)
    attestors = chosen_attestors(asked.trust)
    out = Collector()
    day = day_or_today(asked.as_of)
    checked: list[Checked] = []
    for path in find_declarations(asked.paths, out):
        one = check_project(
            path,
            bundle,
            digest,
            out,
            as_of=day,
            fail_on=asked.fail_on,
            include_draft=asked.include_draft,
            attestors=attestors,
        )
        if one is not None:
            checked.append(one)
    out.raise_if_errors()
    if len(checked) > 1 and (single := ONE_PROJECT.intersection(asked.formats())):
        raise typer.BadParameter(
            f"'{min(single)}' speaks of one project, and these are {len(checked)}; name one of them",
            param_hint="--format",
        )
    for one in checked:
        if asked.changed_since is not None and one.assessment.project.id not in before:
            say(f"{asked.changed_since} holds no assessment of {one.assessment.project.id}: every gap of it is new")
    if out.total and not asked.quiet:
        print_diagnostics(out.sorted(), unlisted=out.unlisted)
    gates = tuple(
        at_gate(one.assessment, min_assurance=asked.min_assurance, before=before.get(one.assessment.project.id))
        for one in checked
    )
    given = ReportInput(
        assessments=tuple(one.assessment for one in checked),
        declarations=tuple(one.declaration for one in checked),
        files=tuple(
            DeclaredFiles(declaration=one.project.declaration, organisation=one.project.organisation) for one in checked
        ),
        gates=gates,
        bundle=bundle,
        site=asked.site,
        width=_width(),
        colour=asked.colour,
        verbose=asked.verbose,
    )
    _report(asked, given)
    return any(gate.blocking for gate in gates), checked


def _before(path: Path | None) -> Mapping[str, Assessment]:
    if path is None:
        return {}
    from handrail.workspace.saved import saved_assessments

    return saved_assessments(path)


def _report(asked: _Asked, given: ReportInput) -> None:
    from dataclasses import replace

    from handrail.source.diagnostics import Diagnostic, InputError
    from handrail.source.files import OutputError, write_file

    formats = _formats(public=asked.public)
    plain = replace(given, colour=False)
    try:
        for name, path in asked.outputs:
            write_file(path, formats[name](plain).encode())
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    if not (asked.quiet and asked.format == "text"):
        sys.stdout.write(formats[asked.format](given))


def _formats(*, public: bool) -> Mapping[str, Callable[[ReportInput], str]]:
    from handrail.report.formats import FORMATS, PUBLIC_FORMATS

    return PUBLIC_FORMATS if public else FORMATS


def _watch(asked: _Asked) -> None:
    from handrail.cli.messages import print_diagnostics, say
    from handrail.cli.watch import watch
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.find import find_declarations
    from handrail.workspace.watched import project_paths

    written = {path.resolve() for _, path in asked.outputs}
    known: set[Path] = set()

    def once() -> Iterable[Path]:
        known.update(find_declarations(asked.paths, Collector()))
        if asked.catalog is not None:
            known.add(asked.catalog)
            known.update(asked.catalog.glob("*/**/*.yaml"))
        try:
            known.update(path for one in _run(asked)[1] for path in project_paths(one.project))
        except InputError as error:
            print_diagnostics(error.diagnostics, unlisted=error.unlisted)
        return [path for path in sorted(known) if path.resolve() not in written]

    start = find_declarations(asked.paths, Collector())
    watch(once, start=start, ready=lambda: say("watching; Ctrl-C ends it"))


def _output(given: str) -> tuple[str, Path]:
    name, equals, path = given.partition("=")
    if not equals or not path:
        raise typer.BadParameter(f"'{given}' is not of the form FORMAT=PATH", param_hint="--output")
    return name, Path(path)


def _width() -> int:
    import shutil

    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))
