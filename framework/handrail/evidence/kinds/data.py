"""`data`: a JSON, YAML or TOML file, compared at paths of the catalog.

One check gives one of these. Scalars are compared as the files write them, numbers as numbers.

| operator | holds | opposite | silent |
|---|---|---|---|
| `equals` | the same | another scalar of that sort (truth value, number, text) | the rest |
| `at_least`, `at_most` | a number that is | a number that is not | the rest |
| `contains` | a list with it, a text with it in it | never: a list that does not name it is silent | the rest |
| `exists: true` | anything but nothing | never | nothing there |
| `exists: false` | never: absence shows nothing | anything there | never: nothing there is nothing lacking |

Nothing there, `null` and placeholders are the same.

| what is there | verdict |
|---|---|
| any check gives the opposite | contradicted |
| no check holds | unreadable |
| a check is silent, or there is no owner or date | partial |
| else | shown |
| another file format, a defect in the format, too large or too deep | unreadable |

Documented if it has an owner and a date, else claimed. A path that JMESPath cannot compile is the catalog's fault:
unavailable. A path that stumbles over the types in the file is silent.
"""

from __future__ import annotations

from enum import Enum, auto

import jmespath

from handrail.evidence.parameters import Check, Operator
from handrail.evidence.plugin import Given, Seen, listed, shown, unavailable, unreadable
from handrail.evidence.structured import Plain, read_structured
from handrail.evidence.values import day, filled, number, word
from handrail.model.terms import Assurance, Verdict

KIND = "data"


class _Result(Enum):
    HOLDS = auto()
    OPPOSITE = auto()
    SILENT = auto()
    IRRELEVANT = auto()


def examine(given: Given) -> Seen:
    """Say whether the values that the checks name are there and as asked."""
    if given.suffix not in (".json", ".yaml", ".yml", ".toml"):
        return unreadable("The file is neither JSON (.json), YAML (.yaml) nor TOML (.toml).")
    checks = given.parameters.checks("checks")
    owner_path, date_path = given.parameters.text("owner"), given.parameters.text("date")
    if not all(map(_compiles, (*(check.path for check in checks), owner_path, date_path))):
        return unavailable("A path that the catalog gives for this cannot be read as JMESPath.")
    tree = read_structured(given.data or b"", given.suffix)
    if tree is None:
        return unreadable("The file cannot be read in the format of its ending.")
    results = [(check, _compare(check, _find(check.path, tree))) for check in checks]
    owner, dated = filled(_find(owner_path, tree)), day(_find(date_path, tree))
    opposite = [check.path for check, result in results if result is _Result.OPPOSITE]
    if opposite:
        text = f"Other than asked: {listed(opposite)}."
        return Seen(verdict=Verdict.CONTRADICTED, text=text, date=dated)
    if all(result is not _Result.HOLDS for _, result in results):
        return unreadable("None of the values asked for is there.")
    lacking = []
    silent = [check.path for check, result in results if result is _Result.SILENT]
    if silent:
        lacking.append(f"Not there, or not of the sort asked for: {listed(silent)}.")
    if not owner:
        lacking.append(f"No owner is given at {listed([owner_path])}.")
    if dated is None:
        lacking.append(f"No date (YYYY-MM-DD) is given at {listed([date_path])}.")
    return shown(
        "Every value asked for is as asked; an owner and a date are given.",
        lacking,
        tier=Assurance.DOCUMENTED if owner and dated is not None else Assurance.CLAIMED,
        date=dated,
    )


def _compiles(path: str) -> bool:
    try:
        jmespath.compile(path)
    except (ValueError, RecursionError):  # jmespath's own errors are ValueErrors
        return False
    return True


def _find(path: str, tree: Plain) -> Plain:
    try:
        found: Plain = jmespath.search(path, tree)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError):
        # Its functions and comparisons meet types that they do not expect: the file holds nothing of the sort there.
        return None
    return found


def _compare(check: Check, value: Plain) -> _Result:
    if check.operator is Operator.EXISTS:
        return _exists(value, wanted=check.expected == "true")
    if check.operator is Operator.EQUALS:
        if _same(value, check.expected):
            return _Result.HOLDS
        return _Result.OPPOSITE if _other(value, check.expected) else _Result.SILENT
    if check.operator is Operator.CONTAINS:
        parts = value if isinstance(value, list) else []
        within = isinstance(value, str) and check.expected in value
        return _Result.HOLDS if within or any(_same(part, check.expected) for part in parts) else _Result.SILENT
    found, bound = number(value), number(check.expected)
    if found is None or bound is None:
        return _Result.SILENT
    holds = found >= bound if check.operator is Operator.AT_LEAST else found <= bound
    return _Result.HOLDS if holds else _Result.OPPOSITE


def _exists(value: Plain, *, wanted: bool) -> _Result:
    if value is None or (isinstance(value, str) and not filled(value)):
        return _Result.SILENT if wanted else _Result.IRRELEVANT
    return _Result.HOLDS if wanted else _Result.OPPOSITE


def _same(value: Plain, expected: str) -> bool:
    found, bound = number(value), number(expected)
    return found == bound if found is not None and bound is not None else word(value) == expected


def _other(value: Plain, expected: str) -> bool:
    """Say whether a value that is not the same is of the same sort: `no` is not the opposite of `true`, nor of 3."""
    if expected in ("true", "false"):
        return word(value) in ("true", "false")
    if number(expected) is not None:
        return number(value) is not None
    return not isinstance(value, list) and filled(value)
