"""`handrail explain`: the proof of one finding, or the page of one diagnostic code.

Belongs here: telling a control from a code, and the order of the steps. Never here: the proof, its layout.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import AsOf, Catalog, Colour, IncludeDraft, chosen_catalog, day_or_today, wants_colour

if TYPE_CHECKING:
    from handrail.model.bundle import Bundle
    from handrail.workspace.check import Checked

_CODE = re.compile(r"HR[0-9]{3}")


def explain(
    what: Annotated[str, typer.Argument(metavar="CONTROL|CODE", help="A control (SRC-03) or a diagnostic (HR203).")],
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="The project (default: as `check` finds it).")
    ] = None,
    catalog: Catalog = None,
    as_of: AsOf = None,
    include_draft: IncludeDraft = False,
    color: Colour = "auto",
) -> None:
    """Show how a finding came about, step by step; or what a diagnostic code means."""
    from handrail.report.proof import code_page, proof_text

    colour = wants_colour(color, sys.stdout.isatty())
    if _CODE.fullmatch(what.upper()):
        from handrail.source.codes import CODES

        if what.upper() not in CODES:
            raise typer.BadParameter(f"there is no code '{what}'", param_hint="CODE")
        sys.stdout.write(code_page(CODES[what.upper()], colour=colour))
        return
    from handrail.assess.assess import controls_in_force, judge_subject
    from handrail.assess.explain import prove

    bundle, digest = chosen_catalog(catalog)
    one = _control(what, bundle)
    day = day_or_today(as_of)
    checked = _check(path, bundle, digest, day, include_draft=include_draft)
    controls = controls_in_force(bundle, checked.declaration, as_of=day, include_draft=include_draft)
    in_force = {control.control.id: control for control in controls}
    if one not in in_force:
        chosen = ", ".join(checked.declaration.checklists)
        raise typer.BadParameter(f"{one} is not in this project's checklists ({chosen})", param_hint="CONTROL")
    findings, answers = judge_subject(bundle, digest, checked.subject, controls, as_of=day)
    proof = prove(in_force[one], answers.get(one), checked.subject.observations.get(one, ()), findings, as_of=day)
    sys.stdout.write(proof_text(proof, checked.assessment, colour=colour))


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(explain)


def _control(what: str, bundle: Bundle) -> str:
    if what.upper() in bundle.controls:
        return what.upper()
    from handrail.source.nearest import did_you_mean

    near = did_you_mean(what, bundle.controls) or "`handrail list controls` lists them"
    raise typer.BadParameter(f"there is no control '{what}'; {near}", param_hint="CONTROL")


def _check(path: Path | None, bundle: Bundle, digest: str, day: date, *, include_draft: bool) -> Checked:
    from handrail.source.diagnostics import Collector, InputError
    from handrail.workspace.check import check_project
    from handrail.workspace.find import find_declarations

    out = Collector()
    found = find_declarations((path,) if path else (), out)
    if len(found) > 1:
        raise typer.BadParameter(f"{len(found)} projects lie there; name one of them", param_hint="PATH")
    checked = check_project(found[0], bundle, digest, out, as_of=day, include_draft=include_draft) if found else None
    if checked is None:
        raise InputError(out.sorted(), unlisted=out.unlisted)
    return checked
