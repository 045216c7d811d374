"""`handrail explain`: the proof of one finding and what would flip it, or the page of one diagnostic code.

Belongs here: telling a control from a code, and the order of the steps. Never here: the proof, its layout.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from handrail.cli.completion import controls
from handrail.cli.options import (
    AsOf,
    Catalog,
    Colour,
    IncludeDraft,
    TrustFile,
    chosen_catalog,
    control_named,
    day_or_today,
    wants_colour,
)

_CODE = re.compile(r"HR[0-9]{3}")
FORMATS = ("text", "json")


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="CONTROL|CODE", help="A control (SRC-03) or a diagnostic (HR203).", autocompletion=controls
        ),
    ],
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="The project (default: as `check` finds it).")
    ] = None,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="text|json", help="Of a control's proof.")] = "text",
    include_draft: IncludeDraft = False,
    color: Colour = "auto",
) -> None:
    """Show why a finding is what it is, and what would flip it.

    Of a diagnostic code it shows what the code means and how to mend it.
    """
    from handrail.report.proof import code_page, proof_json, proof_text

    colour = wants_colour(color, sys.stdout.isatty())
    if format_ not in FORMATS:
        raise typer.BadParameter(f"'{format_}' is not one of {', '.join(FORMATS)}", param_hint="--format")
    if _CODE.fullmatch(what.upper()):
        from handrail.source.codes import CODES

        if what.upper() not in CODES:
            raise typer.BadParameter(f"there is no code '{what}'", param_hint="CODE")
        sys.stdout.write(code_page(CODES[what.upper()], colour=colour))
        return
    from handrail.assess.assess import controls_in_force, judge_subject
    from handrail.assess.explain import prove
    from handrail.assess.flip import smallest_change, ways_to_close
    from handrail.cli.project import checked_project

    bundle, digest = chosen_catalog(catalog)
    one = control_named(what, bundle)
    day = day_or_today(as_of)
    checked = checked_project(path, bundle, digest, day, include_draft=include_draft, trust=trust)
    subject = checked.subject
    controls = controls_in_force(bundle, checked.declaration, as_of=day, include_draft=include_draft)
    in_force = {control.control.id: control for control in controls}
    if one not in in_force:
        chosen = ", ".join(checked.declaration.checklists)
        raise typer.BadParameter(f"{one} is not in this project's checklists ({chosen})", param_hint="CONTROL")
    findings, answers = judge_subject(bundle, digest, subject, controls, as_of=day)
    proof = prove(in_force[one], answers.get(one), subject.observations.get(one, ()), findings, as_of=day)
    flip = smallest_change(one, ways_to_close(controls, answers, subject, findings, as_of=day))
    if format_ == "json":
        sys.stdout.write(proof_json(proof, checked.assessment, bundle, flip))
    else:
        sys.stdout.write(proof_text(proof, checked.assessment, bundle, flip, colour=colour))


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(explain)
