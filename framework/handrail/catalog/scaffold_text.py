"""What is proposed as the text of a file: commented, laid out as the catalog's files are.

Belongs here: YAML for values that a form was filled with, and the remarks that explain them. Never here: the values
(`scaffold`). What was written is read again and compared: an answer never becomes anything but text.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from handrail.catalog.scaffold_forms import Form, Shape
from handrail.catalog.scaffold_rows import CONTROL
from handrail.source.diagnostics import Collector
from handrail.source.layout import WIDEST
from handrail.source.reader import read_yaml
from handrail.source.tree import plain

_PLAIN = re.compile(r"(\.\.\. )?[A-Za-z]([A-Za-z0-9 ,;.'()/_-]|:(?! )|\?(?! ))*")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Words that another reader takes for a truth or for nothing; ours takes them for text.
_OTHERWISE = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))


def text_of(form: Form, values: Mapping[str, Any]) -> str:
    """The text of what a form was filled with, each line ended; a control and a steward without their margin."""
    lines = _block(values, form, (), 0)
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    if form.name == "control":
        first, *rest = text.splitlines()
        text = "".join(f"{line}\n" for line in (f"- {first}", *(f"  {line}" if line else "" for line in rest)))
    tree = read_yaml(text.encode(), "", Collector())
    wanted: object = [values] if form.name == "control" else dict(values)
    if tree is None or _spaced(plain(tree)) != _spaced(wanted):
        raise AssertionError(f"the scaffold does not read as what it was made of: {text}")
    return text


def _block(values: Mapping[str, Any], form: Form, path: tuple[str, ...], indent: int) -> Iterator[str]:
    """A map, a line for each of its keys; of what the form leaves out, a remark with an example stands in its place."""
    margin = " " * indent
    of = {field.path: field for field in form.fields if field.path}
    left_out = [one[-1] for one, field in of.items() if field.optional and one[:-1] == path]
    in_order = [one[len(path)] for one in of if one[: len(path)] == path and len(one) > len(path)]
    for key in dict.fromkeys((*(one for one in in_order if one in values or one in left_out), *values)):
        field = of.get((*path, key)) or of.get((*path[:1], "*", key))
        if field is not None and field.remark and key != "id":
            yield from _lines(field.remark, f"{margin}# ")
        if field is not None and key not in values:
            yield f"{margin}# {key}: {field.wanted}"
            continue
        name, value = f"{margin}{_scalar(key)}:", values[key]
        if isinstance(value, dict) and not (field and field.shape is Shape.SELECTOR):
            yield name
            yield from _block(value, form, (*path, key), indent + 2)
        elif isinstance(value, list):
            yield from _listed(name, value, key, indent)
        elif isinstance(value, dict):
            yield f"{name} {_short(value)}"
        elif field is not None and key == "id" and field.remark:
            yield f"{name} {_scalar(value)} # {field.remark}"
        else:
            yield from _text(name, str(value), field.shape if field else Shape.LINE, indent)


def _listed(name: str, value: list[Any], key: str, indent: int) -> Iterator[str]:
    if all(isinstance(one, str) for one in value) and not any(map(_is_blank_text, value)):
        row = f"{name} {_short(value)}"
        if len(row) <= WIDEST:
            yield row
            return
    yield name
    for one in value:
        if isinstance(one, str):
            yield f"{' ' * indent}  - {_scalar(one)}"
            continue
        # A control inside its principle has the remarks of its own form; evidence has none.
        inner = CONTROL if key == "controls" else Form(name="", title="", of="", fields=())
        for number, line in enumerate(_block(one, inner, (), 0)):
            yield f"{' ' * indent}  {'  ' if number else '- '}{line}" if line else ""


def _text(name: str, value: str, shape: Shape, indent: int) -> Iterator[str]:
    margin = " " * (indent + 2)
    if shape is Shape.MARKDOWN:
        yield f"{name} |"
        for line in textwrap.dedent(value.strip("\n")).strip().splitlines():
            yield from _lines(line, margin) if _is_blank_text(line) else (f"{margin}{line}",)
    elif shape is Shape.TEXT:
        yield f"{name} >-"
        yield from _lines(" ".join(value.split()), margin)
    else:
        yield f"{name} {_scalar(value)}"


def _lines(text: str, margin: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDEST,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _short(value: Any) -> str:
    """On one line, as within brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_short(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_short, value)) + "]"
    text = _scalar(str(value))
    return json.dumps(value, ensure_ascii=False) if "," in text and not text.startswith('"') else text


def _scalar(text: str) -> str:
    plain_text = _PLAIN.fullmatch(text) and not text.endswith((" ", ":")) and " #" not in text
    if (plain_text and text.lower() not in _OTHERWISE) or _ISO.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _is_blank_text(text: str) -> bool:
    return text.startswith("... ")


def _spaced(value: object) -> object:
    """Values as they are compared: a text of several lines may have been broken elsewhere."""
    if isinstance(value, dict):
        return {key: _spaced(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_spaced(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value
