"""Whether every requirement names a kind of evidence that is known, with parameters that the kind takes.

Belongs here: kinds and `with`. Never here: what a kind can show (`lint_evidence`) and verifying (`evidence`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from pydantic import JsonValue

from handrail.catalog.names import unknown
from handrail.catalog.read import PlacedControl
from handrail.model.kinds import KINDS, Kind, ParameterType
from handrail.source.diagnostics import Collector
from handrail.source.tree import Step

ENTRY_POINTS = "handrail.kinds"
"""The group of entry points under which other packages offer kinds."""

CHECK_TESTS = ("equals", "at_least", "at_most", "contains", "exists")
"""What a comparison of `checks` may test of the value at its `path`; exactly one of them."""

_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_DAYS = re.compile(r"P[1-9][0-9]{0,4}D")


def link_evidence(placed: PlacedControl, out: Collector) -> None:
    """Tell the collector of every unknown kind and of every parameter that its kind does not take so."""
    for location, requirement in placed.requirements():
        kind = KINDS.get(requirement.kind)
        if kind is not None:
            _parameters(placed, location, kind, requirement.parameters, out)
        elif requirement.kind not in offered_kinds():
            span = placed.span(*location, "kind")
            unknown("HR211", "kind of evidence", requirement.kind, tuple(KINDS), span, out)


@cache
def offered_kinds() -> frozenset[str]:
    """The kinds that installed packages offer. Only their names are read: nothing of theirs is run to lint."""
    from importlib.metadata import entry_points  # 20 to 50 ms, and needed only for a kind that we do not know

    return frozenset(point.name for point in entry_points(group=ENTRY_POINTS))


def _parameters(
    placed: PlacedControl, location: tuple[Step, ...], kind: Kind, given: Mapping[str, JsonValue], out: Collector
) -> None:
    for name, value in given.items():
        parameter = kind.parameters.get(name)
        if parameter is None:
            span = placed.key_span(*location, "with", name)
            unknown("HR212", "parameter", name, tuple(kind.parameters), span, out, of=f"kind `{kind.name}`")
        elif not _FITS[parameter.type](value):
            out.error(
                "HR213",
                f"parameter `{name}` of kind `{kind.name}` must be {_article(parameter.type)}{parameter.type}",
                placed.span(*location, "with", name),
                help=_FORMS.get(parameter.type, f"what it says: {parameter.about}"),
            )
    for name, parameter in kind.parameters.items():
        if parameter.required and name not in given:
            out.error(
                "HR214",
                f"kind `{kind.name}` needs the parameter `{name}`",
                placed.span(*location, "kind"),
                help=f"add `with: {{{name}: ...}}`: {parameter.about}",
            )


def _article(type_: ParameterType) -> str:
    return "" if type_ in (ParameterType.TEXT, ParameterType.FLAG) else "a "


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_flag(value: JsonValue) -> bool:
    return isinstance(value, bool) or value in ("true", "false")


def _is_check(value: JsonValue) -> bool:
    """A path and exactly one test; sizes are compared with numbers, and something exists or does not."""
    if not isinstance(value, dict) or len(value) != 2 or not _is_text(value.get("path")):
        return False
    test, expected = next((test, value[test]) for test in value if test != "path")
    if test == "exists":
        return _is_flag(expected)
    if test in ("at_least", "at_most"):
        return not isinstance(expected, bool) and bool(_NUMBER.fullmatch(str(expected)))
    return test in CHECK_TESTS and (_is_text(expected) or isinstance(expected, bool | int | float))


# A YAML file gives text only; a bundle may hold the number or truth value itself.
_FITS: Mapping[ParameterType, Callable[[JsonValue], bool]] = {
    ParameterType.TEXT: _is_text,
    ParameterType.TEXTS: lambda value: isinstance(value, list) and bool(value) and all(map(_is_text, value)),
    ParameterType.COUNT: lambda value: not isinstance(value, bool) and bool(_COUNT.fullmatch(str(value))),
    ParameterType.FLAG: _is_flag,
    ParameterType.DAYS: lambda value: isinstance(value, str) and bool(_DAYS.fullmatch(value)),
    ParameterType.CHECKS: lambda value: isinstance(value, list) and bool(value) and all(map(_is_check, value)),
}

_FORMS: Mapping[ParameterType, str] = {
    ParameterType.TEXTS: "write `[one, two]`",
    ParameterType.DAYS: "write `P30D` for thirty days",
    ParameterType.CHECKS: "write `[{path: <JMESPath>, <test>: <value>}]` with one test of "
    + ", ".join(f"`{test}`" for test in CHECK_TESTS),
}
