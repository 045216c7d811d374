"""A proof, and the page of a diagnostic code, as text for a terminal.

Belongs here: indentation, signs, wrapping. Never here: what is said (`assess.explain`, `source.codes`).
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

from handrail.assess.explain import Proof, Step
from handrail.model.assessment import Assessment
from handrail.source.code import Code
from handrail.source.escape import terminal

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"
_WIDEST = 100


def proof_text(proof: Proof, assessment: Assessment, *, colour: bool) -> str:
    """The proof as an indented tree, a step a line, what it gives after an arrow."""
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
    return "\n".join((*head, *body)) + "\n"


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
