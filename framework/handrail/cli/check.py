"""`handrail check`: judge projects and report.

Belongs here: the verb's arguments, what they may be, its exit code. Never here: the steps of a run (`check_run`).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from handrail.cli.options import (
    AsOf,
    Catalog,
    Colour,
    IncludeDraft,
    Quiet,
    TrustFile,
    wants_colour,
)
from handrail.model.terms import Assurance, FailOn

EXIT_OPEN = 1
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


def _site(given: str) -> str:
    if not _SITE.fullmatch(given):
        raise typer.BadParameter(f"'{given}' is not a plain http or https address")
    return given if given.endswith("/") else f"{given}/"


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
        str | None,
        typer.Option(
            "--changed-since",
            metavar="FILE|REV",
            help="Exit 1 for new gaps only: those that were not open at the gate in FILE, which an earlier `check "
            "--format json` wrote, or at REV, a commit, branch or tag of the git repository that the project lies in "
            '(with `pip install "handrail[git]"`).',
        ),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Keep the assessment of the day in .handrail/history beside the project.")
    ] = False,
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
    from handrail.cli.check_run import Asked, formats, run, watch_run

    asked = Asked(
        paths=tuple(paths or ()),
        catalog=tuple(catalog or ()),
        trust=trust,
        as_of=as_of,
        format=format_,
        outputs=tuple(_output(one) for one in output or ()),
        fail_on=fail_on,
        min_assurance=min_assurance,
        changed_since=changed_since,
        record=record,
        public=public,
        site=_site(site) if site else "",
        include_draft=include_draft,
        verbose=verbose,
        quiet=quiet,
        colour=wants_colour(color, sys.stdout.isatty()),
    )
    known = formats(public=public)
    for name in asked.names():
        if name not in known:
            of = ", which --public has" if public else ""
            raise typer.BadParameter(f"'{name}' is not one of {', '.join(known)}{of}", param_hint="--format")
    if watch:
        watch_run(asked)
    elif run(asked)[0]:
        raise typer.Exit(EXIT_OPEN)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(check)


def _output(given: str) -> tuple[str, Path]:
    name, equals, path = given.partition("=")
    if not equals or not path:
        raise typer.BadParameter(f"'{given}' is not of the form FORMAT=PATH", param_hint="--output")
    return name, Path(path)
