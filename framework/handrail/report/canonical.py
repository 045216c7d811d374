"""Records as canonical JSON, and an assessment back from it.

Belongs here: the one form (sorted keys, two spaces, LF, UTF-8) that history, fleets, upstreams and the site read, so
that equal records are equal bytes. Never here: other formats, or what a record means.
Source: DESIGN section 4b.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from handrail.model.assessment import Assessment
from handrail.model.base import Record
from handrail.source.diagnostics import Diagnostic, InputError, Span

_LEFT_OUT_WHEN_NULL = frozenset(
    (
        *("answered_by", "artifact", "control", "fact", "from", "pack", "requirement", "run", "supersedes", "until"),
        "upstream",
    )
)
"""Keys that DESIGN section 4b does not show; all others are always there."""


def to_json(record: Record) -> str:
    """The canonical text of a record, ended by a line end."""
    return values_to_json(values(record))


def values(record: Record) -> dict[str, Any]:
    """A record as plain values, keys as files write them."""
    lean: dict[str, Any] = _lean(record.model_dump(mode="json", by_alias=True))
    return lean


def values_to_json(given: object) -> str:
    """Plain values as canonical text. What a terminal would obey or hide stands there as an escape."""
    text = json.dumps(given, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)
    # Older runners of GitHub obey it anywhere in a line of their log; in JSON it can only stand inside a string.
    return text.replace("##[", "#\\u0023[") + "\n"


def _lean(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _lean(v) for k, v in value.items() if v is not None or k not in _LEFT_OUT_WHEN_NULL}
    return [_lean(one) for one in value] if isinstance(value, list) else value


def from_json(data: bytes, path: str) -> Assessment:
    """Read an assessment; nothing is guessed, converted or ignored.

    Args:
        data: the bytes of the file.
        path: what diagnostics call it.

    Raises:
        InputError: it is not UTF-8, not JSON, gives a key twice, or is not an assessment of this format.
    """
    return _assessment(_parsed(data, path), path)


def all_from_json(data: bytes, path: str) -> tuple[Assessment, ...]:
    """Read the assessments of one run as `check --format json` writes them: one object, or a list of them.

    Raises:
        InputError: as `from_json`.
    """
    given = _parsed(data, path)
    return tuple(_assessment(one, path) for one in (given if isinstance(given, list) else [given]))


def _parsed(data: bytes, path: str) -> Any:
    try:
        given = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
        if b"\\ud" in data.lower():  # half of a character can be spelled in JSON, and written nowhere
            json.dumps(given, ensure_ascii=False).encode()
        return given
    except UnicodeError:
        raise _refused("HR001", "the file is not UTF-8 text", path) from None
    except json.JSONDecodeError as error:
        place = Span(path, error.lineno, error.colno)
        raise InputError([Diagnostic("HR010", f"not valid JSON: {error.msg.lower()}", place, help=_HELP)]) from None
    except RecursionError:
        raise _refused("HR015", "nested deeper than any assessment is", path) from None
    except _KeyTwiceError as error:
        raise _refused("HR011", f"key `{error.args[0][:60]}` is given twice", path) from None
    except ValueError:  # a number of thousands of digits
        raise _refused("HR103", "a number that is too long to be a count", path) from None


def _assessment(given: Any, path: str) -> Assessment:
    from pydantic import ValidationError  # writing a report needs none of it

    try:
        read = Assessment.model_validate(given)
    except ValidationError as error:
        raise InputError([_diagnostic(one, path) for one in error.errors(include_url=False)]) from None
    except RecursionError:
        raise _refused("HR015", "nested deeper than any assessment is", path) from None
    changed = _converted(given, values(read), "")
    if changed is not None:
        raise _refused("HR103", f"`{changed[1:][:120]}` is not written as an assessment writes it", path)
    return read


def _converted(given: Any, read: Any, where: str) -> str | None:
    """The first place where reading took a value for another one, such as the text "5" for the number."""
    if isinstance(given, dict) and isinstance(read, dict):
        pairs = [(key, value, read.get(key)) for key, value in given.items()]
    elif isinstance(given, list) and isinstance(read, list):
        pairs = [(str(place), *both) for place, both in enumerate(zip(given, read, strict=True))]
    else:
        return None if type(given) is type(read) and given == read else where
    found = (_converted(one, other, f"{where}.{key}") for key, one, other in pairs)
    return next((one for one in found if one is not None), None)


class _KeyTwiceError(Exception):
    """A key that one object holds twice; most readers would keep one of the two in silence."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    given = dict(pairs)
    if len(given) != len(pairs):
        raise _KeyTwiceError(Counter(key for key, _ in pairs).most_common(1)[0][0])
    return given


_CODES = {
    "extra_forbidden": "HR101",
    "missing": "HR102",
    "handrail_date": "HR104",
    "enum": "HR105",
    "literal_error": "HR105",
    "string_pattern_mismatch": "HR106",
}
"""pydantic's error types -> codes; types that end in `_type` are HR103, all others HR108."""

_HELP = "use the file as handrail check --format json wrote it"


def _diagnostic(error: Any, path: str) -> Diagnostic:
    kind = error["type"]
    code = _CODES.get(kind, "HR103" if kind.endswith("_type") else "HR108")
    where = ".".join(str(step) for step in error["loc"]) or "the file"
    said = error["msg"][:1].lower() + error["msg"][1:].rstrip(".")
    return Diagnostic(code, f"`{where[:120]}` is not that of an assessment: {said}", Span(path, 1, 1), help=_HELP)


def _refused(code: str, message: str, path: str) -> InputError:
    return InputError([Diagnostic(code, message, Span(path, 1, 1), help=_HELP)])
