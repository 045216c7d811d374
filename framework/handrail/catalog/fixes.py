"""What `lint --fix` does to a file: one function for each rule whose defect has one right answer.

Belongs here: the table and the changes, each checked by reading the file again. Never here: writing files (`fix`), and
telling of a defect (`lint_*`). Remarks stay; a file that could not be changed for certain stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from handrail.catalog.lint_life import by_number
from handrail.source.diagnostics import Collector
from handrail.source.edit import EditRefused
from handrail.source.layout import same_values, trimmed, wrapped
from handrail.source.lines import Items, Lines, items_of
from handrail.source.reader import read_yaml
from handrail.source.tree import Mapping as Keys
from handrail.source.tree import Node, plain
from handrail.source.tree import Sequence as Listed


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after the fixes, and a sentence for each that changed it; none if it is as it was."""

    data: bytes
    done: tuple[str, ...]


def fixed(data: bytes) -> Fixed:
    """Apply every fix to a file; one that is no YAML of ours stays as it is."""
    done: list[str] = []
    for fix in FIXES.values():
        tree = read_yaml(data, "", Collector())
        if tree is None:
            break
        try:
            data, said = fix(data, tree)
        except EditRefused:
            continue
        done += said
    return Fixed(data, tuple(done))


Said = Sequence[str]


def _without_duplicates(data: bytes, tree: Node) -> tuple[bytes, Said]:
    """Of mappings that are the same in everything, keep the first."""
    file = Lines.of(data)
    gone: list[tuple[int, int]] = []
    said: list[str] = []
    for control in _controls(tree):
        listed = control.value.get("mappings")
        if listed is None or listed.kind != "sequence":
            continue
        values = [plain(item) for item in listed.value]
        again = [i for i, value in enumerate(values) if value in values[:i]]
        if again:
            items = items_of(listed, file.lines)
            gone += ((_dash(items, i, file.lines), items.last[i]) for i in again)
            said.append(f"took out {_count(len(again), 'repeated mapping')} of {_id(control)}")
    lines = list(file.lines)
    for first, last in reversed(gone):
        del lines[first:last]
    made = file.data(lines)
    return (made, said) if gone and same_values(tree, made, _once) else (data, ())


def _dash(items: Items, which: int, lines: Sequence[str]) -> int:
    """The line of an item itself: the remarks above it stay."""
    at = items.first[which]
    while lines[at].lstrip().startswith("#"):
        at += 1
    return at


def _once(value: object) -> object:
    if isinstance(value, dict) and isinstance(value.get("controls"), list):
        for control in value["controls"]:
            if isinstance(control, dict) and isinstance(found := control.get("mappings"), list):
                control["mappings"] = [one for i, one in enumerate(found) if one not in found[:i]]
    return value


def _in_order(data: bytes, tree: Node) -> tuple[bytes, Said]:
    """Put the controls in the order of their ids, each with the remarks above it."""
    controls = _controls(tree)
    order = sorted(range(len(controls)), key=lambda i: by_number(_id(controls[i])))
    listed = tree.value.get("controls") if tree.kind == "mapping" else None
    if order == list(range(len(controls))) or listed is None or listed.kind != "sequence":
        return data, ()
    if len(controls) != len(listed.value):
        return data, ()
    file = Lines.of(data)
    items = items_of(listed, file.lines)
    lines = list(file.lines[: items.first[0]])
    for place, which in enumerate(order):
        lines += file.lines[items.first[which] : items.last[which]]
        after = items.first[place + 1] if place + 1 < len(order) else len(file.lines)
        lines += file.lines[items.last[place] : after]  # what stands between two stays between two
    made = file.data(lines)
    moved = [_id(controls[which]) for place, which in enumerate(order) if place != which]
    said = f"put the controls in the order of their ids ({', '.join(moved)})"
    return (made, (said,)) if same_values(tree, made, lambda value: _sorted(value, order)) else (data, ())


def _sorted(value: object, order: Sequence[int]) -> object:
    assert isinstance(value, dict)  # noqa: S101  # of a mapping
    return {**value, "controls": [value["controls"][i] for i in order]}


def _wrapped(data: bytes, tree: Node) -> tuple[bytes, Said]:
    made = wrapped(data, tree)
    if made == data:
        return data, ()
    more = made.count(b"\n") - data.count(b"\n")
    return made, (f"broke long lists ({_count(more, 'more line')})",)


def _trimmed(data: bytes, tree: Node) -> tuple[bytes, Said]:
    made = trimmed(data, tree)
    if made == data:
        return data, ()
    pairs = zip(Lines.of(data).lines, Lines.of(made).lines, strict=True)
    shorter = sum(before != after for before, after in pairs)
    said = [f"took the spaces from the end of {_count(shorter, 'line')}"] if shorter else []
    return made, [*said, *(["ended the last line"] if not data.endswith(b"\n") else [])]


Fix = Callable[[bytes, Node], tuple[bytes, Said]]

FIXES: Mapping[str, Fix] = MappingProxyType(
    {"HR255": _without_duplicates, "HR236": _in_order, "HR257": _wrapped, "HR256": _trimmed}
)
"""Code of the rule -> what mends it, in the order in which they are applied."""


def _controls(tree: Node) -> list[Keys]:
    listed = tree.value.get("controls") if tree.kind == "mapping" else None
    if not isinstance(listed, Listed):
        return []
    return [one for one in listed.value if isinstance(one, Keys) and isinstance(one.value.get("id"), Node)]


def _id(control: Keys) -> str:
    node = control.value["id"]
    return node.value if node.kind == "scalar" else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
