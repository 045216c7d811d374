"""The reference page of the Python API, from its docstrings.

Belongs here: signatures, docstrings and their sections as Markdown. Never here: what the API says of itself.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from itertools import chain

import handrail
from handrail.workspace import api, api_asked

_SECTIONS = {"Args:": "Arguments", "Returns:": "Returns", "Raises:": "Raises", "Attributes:": "Attributes"}
_NAMED = re.compile(r"^(\w+): ")
_WIDE = 90
_LEAD = "What the verbs of the command line do, as functions for a script of yours.\n{ .hr-lead }\n"


def api_page() -> str:
    """The page, ended by a line end."""
    _, _, package = inspect.cleandoc(handrail.__doc__ or "").partition("\n\n")
    notes = inspect.cleandoc(api.__doc__ or "").split("\n\n", 2)[2]
    lines = ["# Python API { #python-api }\n", _LEAD, *_text(package), "", *_text(notes)]
    for name, signature in _signatures():
        lines.append(f"\n## `{name}` {{ #{name.lower()} }}\n")
        if name in ("Assessment", "InputError"):
            lines.append(_ELSEWHERE[name])
            continue
        lines += [*signature, ""]
        lines += _text(inspect.getdoc(getattr(handrail, name)) or "")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


_ELSEWHERE = {
    "Assessment": "One run over one project: the record that `handrail check --format json` writes. "
    "[Its keys](files.md#assessment) are its attributes; enums have the text as `.value`.\n",
    "InputError": "Input that cannot be used. `.diagnostics` is a tuple, in order; each has a `.code`, a `.message`, a "
    "`.help`, and a `.span` with `.path`, `.line` and `.column`, both from 1. [What each code means](../diagnostics.md)"
    "\n",
}


def _signatures() -> Iterator[tuple[str, list[str]]]:
    """Name and indented signature of everything public: functions in the order of the sources, then the types."""
    trees = [ast.parse(inspect.getsource(module)) for module in (api, api_asked)]
    functions = (
        node
        for node in chain.from_iterable(tree.body for tree in trees)
        if isinstance(node, ast.FunctionDef) and node.name in handrail.__all__
    )
    for node in functions:
        given = list(_parameters(node.args))
        returns = ast.unparse(node.returns) if node.returns else "None"
        line = f"    {node.name}({', '.join(given)}) -> {returns}"
        if len(line) > _WIDE:
            yield node.name, [f"    {node.name}(", *(f"        {one}," for one in given), f"    ) -> {returns}"]
        else:
            yield node.name, [line]
    for name in handrail.__all__:
        if isinstance(getattr(handrail, name), type):
            yield name, []


def _parameters(args: ast.arguments) -> Iterator[str]:
    defaults = [None] * (len(args.args) - len(args.defaults)) + list(args.defaults)
    for one, default in zip(args.args, defaults, strict=True):
        yield _parameter(one, default)
    if args.kwonlyargs:
        yield "*"
    for one, of_it in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _parameter(one, of_it)


def _parameter(one: ast.arg, default: ast.expr | None) -> str:
    said = f"{one.arg}: {ast.unparse(one.annotation)}" if one.annotation else one.arg
    return said if default is None else f"{said} = {ast.unparse(default)}"


def _text(docstring: str) -> Iterator[str]:
    """A docstring of Google's style as Markdown; examples stand indented, as they are."""
    in_list = False
    for line in docstring.splitlines():
        if line in _SECTIONS:
            in_list = True
            yield f"**{_SECTIONS[line]}**\n"
        elif line == "Example:":
            in_list = False
            yield "**Example**\n"
        elif in_list and line.startswith("    ") and not line.startswith("     "):
            named = _NAMED.match(line.strip())
            said = line.strip()
            yield (
                f"- `{named[1]}`: {said[named.end() :]}"
                if named
                else f"- {said}"
                if not said.startswith("- ")
                else said
            )
        elif in_list and line.startswith("     "):
            yield f"  {line.strip()}"
        else:
            in_list = in_list and not line.strip()
            yield line
