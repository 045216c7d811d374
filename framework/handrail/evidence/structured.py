"""JSON, YAML and TOML to plain values, all three with the bounds of our YAML.

Belongs here: size, depth, duplicate keys, numbers that other readers would read otherwise. Never here: what is asked
of the values. None is the one way to say that a file cannot be read so.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import TypeAlias

from handrail.evidence.limits import DOTTED_KEY_PARTS
from handrail.model.limits import YAML_DEPTH
from handrail.source.diagnostics import Collector
from handrail.source.strict_json import parse_json
from handrail.source.text import decode

Plain: TypeAlias = "str | bool | int | float | list[Plain] | dict[str, Plain] | None"

_KEY = r"""(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?:{_KEY}[ \t]*+\.[ \t]*+){{{DOTTED_KEY_PARTS}}}", re.ASCII)
_INTEGER_BITS = 63


def read_structured(data: bytes, suffix: str) -> Plain:
    """Read a file by its ending (`.json`, `.yaml`, `.yml`, `.toml`); None for any other and for any defect.

    Scalars of YAML stay text; days and times of TOML become text.
    """
    out = Collector()
    try:
        if suffix in (".yaml", ".yml"):
            from handrail.source.reader import read_yaml  # most evidence is neither YAML nor TOML
            from handrail.source.tree import plain

            tree = read_yaml(data, "", out)
            return None if tree is None else _plain(plain(tree))
        text = decode(data, "", out)
        if text is None:
            return None
        if suffix == ".json":
            return _plain(parse_json(text))
        if suffix == ".toml":
            return _plain(_toml(text))
    except ValueError:
        return None
    return None


def _toml(text: str) -> object:
    if _LONG_KEY.search(text):
        raise ValueError("key of too many parts")
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:  # tomllib is plain Python, so this is only its way to say: hundreds of brackets deep
        raise ValueError("too deep") from None


def _plain(value: object, depth: int = 0) -> Plain:
    if isinstance(value, dict | list) and depth >= YAML_DEPTH:
        raise ValueError("too deep")
    if isinstance(value, dict):
        found = {unicodedata.normalize("NFC", key): _plain(child, depth + 1) for key, child in value.items()}
        if len(found) != len(value):
            raise ValueError("duplicate key")
        return found
    if isinstance(value, list):
        return [_plain(child, depth + 1) for child in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int) and value.bit_length() <= _INTEGER_BITS:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ValueError("number that other readers read otherwise")
