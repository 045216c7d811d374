"""JSON to plain values, read in one way only.

Belongs here: what two readers of the same JSON could disagree about, and is refused: a key given twice, `NaN`, nesting
that a parser would need its own stack for. Never here: what the values mean.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from handrail.model.limits import YAML_DEPTH
from handrail.source.diagnostics import Collector
from handrail.source.text import decode

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def read_json(data: bytes, *, max_bytes: int) -> object:
    """Read UTF-8 JSON of at most `max_bytes`, nested no deeper than our YAML.

    Raises:
        ValueError: it is not that.
    """
    text = decode(data, "", Collector(), max_bytes=max_bytes)
    if text is None:
        raise ValueError("not a text in UTF-8 of the size allowed")
    return parse_json(text)


def parse_json(text: str) -> object:
    """Read JSON, nested no deeper than our YAML.

    Raises:
        ValueError: it is not that.
    """
    depth = 0
    # Counted first: the parser recurses, once a bracket.
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > YAML_DEPTH:
            raise ValueError("too deep")
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)
