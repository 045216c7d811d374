"""The one project that a verb is about.

Belongs here: finding and judging exactly one, with a sentence where there is none or more. Never here: a verb.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from handrail.cli.options import chosen_attestors

if TYPE_CHECKING:
    from handrail.model.bundle import Bundle
    from handrail.workspace.check import Checked


def checked_project(
    path: Path | None,
    bundle: Bundle,
    digest: str,
    day: date,
    *,
    include_draft: bool = False,
    trust: Path | None = None,
) -> Checked:
    """The one project that a path names, assessed; `trust` is a file of attestors that the reader accepts.

    Raises:
        BadParameter: several projects lie there.
        InputError: none does, or it cannot be used.
    """
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.check import check_project

    attestors = chosen_attestors(trust)
    out = Collector()
    found = one_declaration(path)
    checked = check_project(found, bundle, digest, out, as_of=day, include_draft=include_draft, attestors=attestors)
    if checked is None:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    return checked


def one_declaration(path: Path | None) -> Path:
    """The one declaration that a path names.

    Raises:
        BadParameter: several projects lie there.
        InputError: none does.
    """
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.find import find_declarations

    out = Collector()
    found = find_declarations((path,) if path else (), out)
    if len(found) > 1:
        raise typer.BadParameter(f"{len(found)} projects lie there; name one of them", param_hint="PATH")
    if not found:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    return found[0]
