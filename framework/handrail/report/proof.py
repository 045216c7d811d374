"""A proof, and the page of a diagnostic code, as text for a terminal or as JSON.

Belongs here: indentation, signs, wrapping, keys. Never here: what is said (`assess.explain`, `report.change`,
`source.codes`).
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from handrail.assess.explain import Proof, Step
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.report.sheet import Sheet
from handrail.source.code import Code
from handrail.source.escape import terminal

if TYPE_CHECKING:
    from handrail.assess.flip import Flip

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"
_WIDEST = 100


def proof_text(proof: Proof, assessment: Assessment, bundle: Bundle, flip: Flip | None, *, colour: bool) -> str:
    """The proof as an indented tree, a step a line, what it gives after an arrow; then the smallest change."""
    from handrail.report.change import change_lines

    control = proof.control.control
    bold = _BOLD if colour else ""
    reset = _RESET if colour else ""
    head = [
        f"{bold}{control.id} {terminal(control.title)}{reset}",
        f"{terminal(assessment.project.name)}, as of {assessment.as_of.isoformat()}, catalog "
        f"{assessment.catalog[0].version}",
        "",
        *textwrap.wrap(terminal(control.statement), _width() - 2, initial_indent="  ", subsequent_indent="  "),
        "",
    ]
    body = [line for number, step in enumerate(proof.steps, 1) for line in _step(step, f"{number}.", 0, colour=colour)]
    change = change_lines(flip, bundle, Sheet(width=_width(), colour=colour)) if flip is not None else ()
    return "\n".join((*head, *body, *change)) + "\n"


def proof_json(proof: Proof, assessment: Assessment, bundle: Bundle, flip: Flip | None) -> str:
    """The proof and the smallest change (null where the control is not open) as canonical JSON."""
    from handrail.report.canonical import values_to_json
    from handrail.report.change import change_values

    return values_to_json(
        {
            "handrail": 1,
            "as_of": assessment.as_of.isoformat(),
            "project": assessment.project.id,
            "catalog": [{"version": one.version, "digest": one.digest} for one in assessment.catalog],
            "control": proof.control.control.id,
            "finding": proof.finding.finding.value,
            "proof": [_values(step) for step in proof.steps],
            "smallest_change": None if flip is None else change_values(flip, bundle),
        }
    )


def _values(step: Step) -> dict[str, object]:
    gives = step.gives.value if step.gives is not None else None
    return {"about": step.about, "seen": step.seen, "gives": gives, "steps": [_values(one) for one in step.steps]}


def _step(step: Step, mark: str, depth: int, *, colour: bool) -> Iterator[str]:
    indent = "   " * depth
    gives = f"  \u2192 {step.gives}" if step.gives is not None else ""
    bold, reset = (_BOLD, _RESET) if colour else ("", "")
    yield f"{indent}{mark} {bold}{terminal(step.about)}{reset}{gives}"
    inner = indent + "   "
    yield from textwrap.wrap(
        terminal(step.seen), max(30, _width()), initial_indent=inner, subsequent_indent=inner, break_long_words=False
    )
    for child in step.steps:
        yield from _step(child, "-", depth + 1, colour=colour)


def code_page(code: Code, *, colour: bool) -> str:
    """The page of a diagnostic code: what, why, an example, and what to write instead."""
    bold, reset = (_BOLD, _RESET) if colour else ("", "")
    parts = [
        f"{bold}{code.code} {code.slug}{reset} ({code.severity})",
        *textwrap.wrap(code.title, _width()),
        "",
        *textwrap.wrap(code.why, _width()),
        "",
        f"{bold}Example{reset}",
        textwrap.indent(code.example, "    "),
        "",
        f"{bold}Instead{reset}",
        textwrap.indent(code.instead, "    "),
    ]
    return "\n".join(parts) + "\n"


def _width() -> int:
    return min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)
