"""`handrail statement-of-applicability` and `handrail requests`: what an auditor asks for first.

Belongs here: arguments and the order of the steps. Never here: what is in or out, what to ask for, their layout.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from handrail.cli.options import AsOf, Catalog, IncludeDraft, TrustFile, chosen_catalog, day_or_today

if TYPE_CHECKING:
    from handrail.model.bundle import Bundle
    from handrail.model.public import PublicReport
    from handrail.report.auditor import AuditorInput
    from handrail.workspace.check import Checked

Project = Annotated[Path | None, typer.Argument(metavar="[PATH]", help="The project (default: as `check` finds it).")]
AsFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="text|markdown|csv|json",
        help="On standard output (default: text on a terminal, else markdown).",
    ),
]
Output = Annotated[
    list[str] | None, typer.Option("--output", "-o", metavar="F=PATH", help="Also write format F to PATH.")
]
Public = Annotated[
    bool, typer.Option("--public", help="As it would be published: no owner, no path, and what is only counted untold.")
]
_Row = TypeVar("_Row")


def statement_of_applicability(
    path: Project = None,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    format_: AsFormat = None,
    output: Output = None,
    public: Public = False,
    include_draft: IncludeDraft = False,
) -> None:
    """List every control of the catalog, in or out, with the reason and who said so."""
    from handrail.assess.applicability import public_statement
    from handrail.assess.applicability import statement_of_applicability as statement_of
    from handrail.report.applicability import FORMATS

    outputs = _outputs(format_, output, FORMATS)
    one = _judged(path, catalog, trust, day_or_today(as_of), include_draft=include_draft, public=public)
    rows = statement_of(one.checked.assessment, one.bundle, one.checked.subject, include_draft=include_draft)
    _write(public_statement(rows, one.public) if one.public else rows, one, FORMATS, outputs)


def requests(
    path: Project = None,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    format_: AsFormat = None,
    output: Output = None,
    public: Public = False,
    include_draft: IncludeDraft = False,
) -> None:
    """List what an outside reviewer would ask to see, and of whom; never what is in it."""
    from handrail.assess.requests import public_requests
    from handrail.assess.requests import requests as requests_of
    from handrail.report.requests import FORMATS

    outputs = _outputs(format_, output, FORMATS)
    one = _judged(path, catalog, trust, day_or_today(as_of), include_draft=include_draft, public=public)
    if one.public:
        rows = public_requests(one.checked.assessment, one.bundle, one.public)
    else:
        rows = requests_of(one.checked.assessment, one.bundle, one.checked.subject)
    _write(rows, one, FORMATS, outputs)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(statement_of_applicability)
    app.command()(requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """The project, the catalog it was judged by, and what the public may see of it where that is asked for."""

    bundle: Bundle
    checked: Checked
    public: PublicReport | None


def _judged(
    path: Path | None, catalog: list[Path] | None, trust: Path | None, day: date, *, include_draft: bool, public: bool
) -> _Judged:
    from handrail.cli.project import checked_project

    bundle, digest = chosen_catalog(catalog)
    checked = checked_project(path, bundle, digest, day, include_draft=include_draft, trust=trust)
    return _Judged(bundle=bundle, checked=checked, public=_public(checked, bundle) if public else None)


def _public(checked: Checked, bundle: Bundle) -> PublicReport:
    from handrail.assess.project import may_publish, project_publicly
    from handrail.cli.messages import say

    if not may_publish(checked.declaration):
        say("nothing of this is published: the declaration gives no consent (`publish:`)")
    return project_publicly(checked.assessment, bundle, checked.declaration)


def _outputs(
    format_: str | None, output: list[str] | None, formats: Mapping[str, Any]
) -> tuple[tuple[str, Path | None], ...]:
    """Formats and files, the one for standard output last; every name is checked before anything is read."""
    from handrail.cli.plan import check_name

    outputs: list[tuple[str, Path | None]] = []
    for one in output or ():
        name, equals, path = one.partition("=")
        if not equals or not path:
            raise typer.BadParameter(f"'{one}' is not of the form FORMAT=PATH", param_hint="--output")
        check_name(name, formats, "--output")
        outputs.append((name, Path(path)))
    printed = format_ or ("text" if sys.stdout.isatty() else "markdown")
    check_name(printed, formats, "--format")
    return (*outputs, (printed, None))


def _write(
    rows: tuple[_Row, ...],
    one: _Judged,
    formats: Mapping[str, Callable[[AuditorInput[_Row]], str]],
    outputs: tuple[tuple[str, Path | None], ...],
) -> None:
    from handrail.cli.plan import chosen_sheet
    from handrail.report.auditor import AuditorInput
    from handrail.report.sheet import Sheet
    from handrail.source.diagnostics import Diagnostic, InputError
    from handrail.source.files import OutputError, write_file

    given = AuditorInput(
        rows=rows,
        assessment=one.checked.assessment,
        bundle=one.bundle,
        public=one.public is not None,
        sheet=chosen_sheet("auto"),
    )
    plain = replace(given, sheet=Sheet())
    for name, path in outputs:
        if path is None:
            sys.stdout.write(formats[name](given))
            continue
        try:
            write_file(path, formats[name](plain).encode())
        except OutputError as error:
            raise InputError([Diagnostic("HR501", str(error))]) from None
