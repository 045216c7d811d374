"""pydantic's errors in our words: a code, a sentence, a help line and the place of the token.

Belongs here: the tables from pydantic's error types to codes and sentences. Never here: rules of
our own; a validator of a model raises `PydanticCustomError("handrail_<what>", message)` and its
message is taken as it is, after the name of what it speaks of (unless it starts with a backquote).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from handrail.model import limits
from handrail.source.diagnostics import Collector, Diagnostic, Span
from handrail.source.known_keys import known_keys
from handrail.source.nearest import did_you_mean
from handrail.source.tree import Node, Place, Step, locate, trail

_KEY = "[key]"

# Our validators' types -> code, and the help where the error brings none (in its context, under
# `help`). Any other `handrail_*` is HR108.
_CUSTOM: Mapping[str, tuple[str, str]] = {
    "handrail_bool": ("HR103", "write `true` or `false`"),
    "handrail_int": ("HR103", "write a whole number in digits"),
    "handrail_number": ("HR103", "write a number in digits"),
    "handrail_type": ("HR103", ""),
    "handrail_date": ("HR104", "write year, month and day, such as `2026-11-24`"),
    "handrail_choice": ("HR105", ""),
    "handrail_id": ("HR106", ""),
    "handrail_pattern": ("HR106", ""),
    "handrail_days": ("HR107", "count in days, such as `P180D`"),
    "handrail_empty": ("HR109", "name at least one, or leave the key out"),
}

# pydantic's "wrong type" errors -> what was expected.
_EXPECTED: Mapping[str, str] = {
    "string_type": "text",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "dataclass_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "iterable_type": "a list",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "date_type": "a date",
    "time_delta_type": "a duration",
}

_FOUND: Mapping[str, str] = {"scalar": "text", "mapping": "a mapping", "sequence": "a list"}

# Patterns of the models, in words; a pattern that is not here is shown as it is.
FORMS: Mapping[str, str] = {
    r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$": "capital letters and digits joined by `-`, such as `SRC-03`",
    r"^[a-z0-9]+([-_][a-z0-9]+)*$": "small letters and digits joined by `-`, such as `eu-ai-act`",
    r"^(sha256:)?[0-9a-f]{64}$": "64 hexadecimal digits, as `sha256sum FILE` prints them",
    r"^[0-9a-f]{16}$": "16 hexadecimal digits, as `handrail show ID` prints them",
    r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){1,2}$": 'numbers joined by dots, such as `"1.0"`',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Error:
    """One error of pydantic with what the tree says about its place."""

    type: str
    context: Mapping[str, Any]
    message: str
    location: tuple[Step, ...]
    name: str  # what the sentence speaks of, in backquotes
    where: str  # the mapping it stands in, in the same way
    node: Node
    at: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """Code, sentence and help for one error."""

    code: str
    message: str
    help: str = ""


def complain(error: ValidationError, model: type[BaseModel], tree: Node, path: str, out: Collector) -> None:
    """Tell the collector every error of a validation, in the order of the file."""
    raws = _one_for_all_missing(error.errors(include_url=False, include_input=False, include_context=True))
    with_errors_inside = {raw["loc"][:depth] for raw in raws for depth in range(len(raw["loc"]))}
    found = sorted(
        (
            _placed(raw, tree)
            for raw in raws
            # pydantic counts only the valid items: a list with a bad item is not also too short.
            if raw["type"] != "too_short" or raw["loc"] not in with_errors_inside
        ),
        key=lambda each: each.at,
    )
    for index, each in enumerate(found[: limits.DIAGNOSTICS_KEPT]):
        if each.type == "extra_forbidden":
            # Looking for a near name costs a millisecond; nobody reads the hundredth.
            said = _unknown_key(each, model, tree, suggest=index < limits.DIAGNOSTICS_SHOWN)
        else:
            said = _say(each)
        out.add(Diagnostic(said.code, said.message, Span(path, *each.at), help=said.help))
    out.count_unlisted(max(len(found) - limits.DIAGNOSTICS_KEPT, 0))


def _one_for_all_missing(raws: Iterable[Any]) -> list[Any]:
    """Join the missing keys of one mapping into one error: they are mended in one place."""
    joined: list[Any] = []
    lacking: dict[tuple[Step, ...], list[str]] = {}
    for raw in raws:
        if raw["type"] == "missing":
            where = raw["loc"][:-1]
            if where in lacking:
                lacking[where].append(str(raw["loc"][-1]))
                continue
            lacking[where] = [str(raw["loc"][-1])]
            raw["ctx"] = {"keys": lacking[where]}
        joined.append(raw)
    return joined


def _placed(raw: Any, tree: Node) -> _Error:
    location: tuple[Step, ...] = raw["loc"]
    kind: str = raw["type"]
    is_key = bool(location) and location[-1] == _KEY and not _names_a_key(tree, location)
    if is_key:
        location = location[:-1]
    taken, node, _ = trail(tree, location)
    name = _name(taken)
    # What is missing has no place: the key of what lacks it is the nearest.
    at_key = is_key or kind in ("extra_forbidden", "missing")
    return _Error(
        type=kind,
        context=raw.get("ctx", {}),
        message=raw["msg"],
        location=location,
        name=f"key {name}" if is_key else name,
        where=_name(taken if kind == "missing" else taken[:-1]),
        node=node,
        at=locate(tree, location, at_key=at_key),
    )


def _names_a_key(tree: Node, location: tuple[Step, ...]) -> bool:
    _, above, _ = trail(tree, location[:-1])
    return above.kind == "mapping" and _KEY in above.value


def _name(taken: tuple[Step, ...]) -> str:
    if not taken:
        return "the file"
    last = taken[-1]
    if isinstance(last, str):
        return f"`{_short(last)}`"
    return f"item {last + 1} of {_name(taken[:-1])}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _say(error: _Error) -> _Said:
    if error.type.startswith("handrail_"):
        said = error.message if error.message.startswith("`") else f"{error.name} {error.message}"
        code, advice = _CUSTOM.get(error.type, ("HR108", ""))
        return _Said(code=code, message=said, help=str(error.context.get("help", advice)))
    if error.type == "missing":
        return _missing(error)
    if error.node.kind == "scalar" and not error.node.value and not error.node.style:
        advice = "write a value after the colon, or leave the key out"
        return _Said(code="HR103", message=f"{error.name} has no value", help=advice)
    if error.type in _SENTENCES:
        return _SENTENCES[error.type](error)
    if error.type in _EXPECTED:
        return _wrong_type(error)
    text = error.message[:1].lower() + error.message[1:].rstrip(".")
    return _Said(code="HR108", message=f"{error.name} is not accepted: {text}")


def _missing(error: _Error) -> _Said:
    absent: list[str] = error.context["keys"]
    message = f"{error.where} has no {', '.join(f'`{key}`' for key in absent)}"
    return _Said(code="HR102", message=message, help=f"add {', '.join(f'`{k}:`' for k in absent)}")


def _unknown_key(error: _Error, model: type[BaseModel], tree: Node, *, suggest: bool) -> _Said:
    key = str(error.location[-1])
    message = f"unknown key `{_short(key)}` in {error.where}"
    if not suggest:
        return _Said(code="HR101", message=message)
    known = known_keys(model, error.location[:-1])
    _, parent, _ = trail(tree, error.location[:-1])
    taken = parent.keys if parent.kind == "mapping" else {}
    near = did_you_mean(key, [each for each in known if each not in taken])
    if near:
        return _Said(code="HR101", message=message, help=near)
    keys = ", ".join(f"`{k}`" for k in known)
    return _Said(code="HR101", message=message, help=f"the keys here are {keys}" if known else "")


def _wrong_type(error: _Error) -> _Said:
    expected = _EXPECTED[error.type]
    found = _FOUND[error.node.kind]
    advice = ""
    if expected == "a list":
        advice = "write `[one, two]`, or one item a line after `- `"
    elif expected == "text" and found == "a mapping":
        advice = "put quotes around a text that holds `: ` or starts with `{`"
    message = f"{error.name} must be {expected}, not {found}"
    return _Said(code="HR103", message=message, help=advice)


def _choice(error: _Error) -> _Said:
    expected = str(error.context.get("expected", error.context.get("expected_tags", "")))
    values = list(dict.fromkeys(re.findall(r"'([^']*)'", expected)))
    listed = ", ".join(f"`{value}`" for value in values) or expected
    if error.node.kind != "scalar":
        message = f"{error.name} must be one of its values, not {_FOUND[error.node.kind]}"
        return _Said(code="HR103", message=message, help=f"write {listed}, without brackets or braces")
    given = error.node.value
    message = f"{error.name} is `{_short(given)}`, which is not one of its values"
    said = f"write {listed}" if len(values) == 1 else f"the values are {listed}"
    advice = f"{did_you_mean(given, values)} {said}".strip()
    return _Said(code="HR105", message=message, help=advice)


def _pattern(error: _Error) -> _Said:
    pattern = str(error.context.get("pattern", ""))
    given = error.node.value if error.node.kind == "scalar" else ""
    shown = _short(error.name if error.name.startswith("key ") else f"{error.name} is `{given}`")
    if len(given) > 40:
        shown = f"{error.name} is `{given[:40]}...`"
    advice = FORMS.get(pattern, f"it must match `{pattern}`")
    return _Said(code="HR106", message=f"{shown}, which does not have the right form", help=advice)


def _too_few(error: _Error) -> _Said:
    if not error.context.get("actual_length"):
        message = f"{error.name} is empty"
        return _Said(code="HR109", message=message, help="name at least one, or leave the key out")
    least = error.context["min_length"]
    return _Said(code="HR108", message=f"{error.name} has fewer than {least} items")


def _too_many(error: _Error) -> _Said:
    most = error.context["max_length"]
    return _Said(code="HR108", message=f"{error.name} has more than {most} items")


def _text_too_short(error: _Error) -> _Said:
    least = error.context["min_length"]
    if least == 1:
        return _Said(code="HR108", message=f"{error.name} is empty", help="write it, or leave it out")
    return _Said(code="HR108", message=f"{error.name} is shorter than {least} characters")


def _text_too_long(error: _Error) -> _Said:
    most = error.context["max_length"]
    return _Said(code="HR108", message=f"{error.name} is longer than {most} characters")


def _value_error(error: _Error) -> _Said:
    text = str(error.context.get("error", error.message))
    said = text if text.startswith("`") else f"{error.name} {text}"
    return _Said(code="HR108", message=said)


_SENTENCES: Mapping[str, Callable[[_Error], _Said]] = {
    "enum": _choice,
    "literal_error": _choice,
    "union_tag_invalid": _choice,
    "string_pattern_mismatch": _pattern,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_short": _text_too_short,
    "string_too_long": _text_too_long,
    "value_error": _value_error,
    "assertion_error": _value_error,
}
