"""The reference page of the command line, from the tree of verbs.

Belongs here: verbs, arguments and options as Markdown. Never here: what any of them does.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from handrail.cli.app import SECTIONS, application
from handrail.cli.reference_markdown import cell, code

_INTRO = """\
# Command line { #cli }

Every verb, with its arguments and options. `handrail VERB --help` prints the same.
{ .hr-lead }

| Exit code | What it says |
|---|---|
| 0 | no blocking gap, and nothing wrong with the input |
| 1 | open controls at the gate, errors found by `lint`, or a signature that does not hold |
| 2 | input or usage that cannot be used |
| 3 | an error of handrail itself |

`NO_COLOR` and `FORCE_COLOR` are honoured. `SOURCE_DATE_EPOCH` gives the day where `--as-of` does not.
`HANDRAIL_CACHE_DIR` is where compiled catalogs and what was seen of evidence are kept; empty, nothing is kept.
`handrail --install-completion` teaches your shell the verbs, the ids of controls and the values of facts.
"""


def verbs_page() -> str:
    """The page, ended by a line end."""
    from typer.main import get_command

    commands: dict[str, Any] = get_command(application([])).commands  # type: ignore[attr-defined]  # it is a group
    lines = [_INTRO]
    for heading, verbs in SECTIONS.items():
        lines.append(f"## {heading} {{ #{heading.split()[-1].lower()} }}\n")
        for verb in verbs:
            lines += _verb(f"handrail {verb}", commands[verb])
    return "\n".join(lines).rstrip("\n") + "\n"


def _verb(name: str, command: Any) -> Iterator[str]:
    below: dict[str, Any] = getattr(command, "commands", {})
    if below:
        for one, of_it in below.items():
            yield from _verb(f"{name} {one}", of_it)
        return
    yield f"### `{name}` {{ #{name.removeprefix('handrail ').replace(' ', '-')} }}\n"
    yield inspect.cleandoc(command.help or "") + "\n"
    shown = [one for one in command.params if not getattr(one, "hidden", False) and one.name != "help"]
    arguments = [one for one in shown if one.param_type_name == "argument"]
    usage = " ".join(one.metavar or one.name.upper() for one in arguments)
    yield f"    {name} [OPTIONS] {usage}".rstrip() + "\n"
    yield "| Argument or option | What it does |\n|---|---|"
    for one in (*arguments, *(other for other in shown if other not in arguments)):
        yield f"| {_names(one)} | {_meaning(one)} |"
    yield ""


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return code(parameter.metavar or parameter.name.upper())
    names = [*parameter.opts, *parameter.secondary_opts]
    value = "" if parameter.is_flag else f" {_value(parameter)}"
    return ", ".join([*(code(one) for one in names[:-1]), code(names[-1] + value)])


def _value(parameter: Any) -> str:
    if parameter.metavar:
        return str(parameter.metavar)
    choices = getattr(parameter.type, "choices", None)
    return "|".join(str(getattr(one, "value", one)) for one in choices) if choices else parameter.type.name.upper()


def _meaning(parameter: Any) -> str:
    said = cell(parameter.help or "")
    if parameter.param_type_name == "argument" or parameter.is_flag:
        default = None
    else:
        default = parameter.default() if callable(parameter.default) else parameter.default
    # An absent default has its own sentinel in the library, which is no text, number or path.
    default = getattr(default, "value", default)
    many = getattr(parameter, "multiple", False) and "repeat" not in said.lower()
    again = " It can be given again." if many else ""
    plain = isinstance(default, (str, int)) and not isinstance(default, bool) and default != ""
    return (said + again + (f" Default: {code(str(default))}." if plain else "")).strip()
