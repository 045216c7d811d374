"""Blanks: what a scaffold leaves for a person to write, `... and what is wanted`.

Belongs here: what a blank looks like, finding them in a file, telling each by its name. Never here: which blanks a
scaffold has (`scaffold_forms`). A file with a blank is not used: nobody is judged by what nobody has written.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.source.diagnostics import Collector, Span
from handrail.source.tree import Node, Place, place

MARK = "..."


def blank(wanted: str) -> str:
    """The text of a blank: the mark, and what is wanted in its place."""
    return f"{MARK} {wanted}"


def is_blank(text: str) -> bool:
    """Whether a text is one; no sentence begins with three dots and a space."""
    return text == MARK or text.startswith((f"{MARK} ", f"{MARK}\n"))


def tell_blanks(data: bytes, path: str, out: Collector) -> frozenset[tuple[int, int]]:
    """Tell the collector of every blank of a file (HR254); give the line and column of each.

    A file that cannot be read has none: reading it tells why.
    """
    found: set[tuple[int, int]] = set()
    if MARK.encode() not in data:
        return frozenset()
    from handrail.source.reader import read_yaml  # what a blank looks like is asked where no YAML is read

    tree = read_yaml(data, path, Collector())
    for name, text, at in _found(tree) if tree is not None else ():
        first = not found
        found.add((at.line, at.column))
        wanted = " ".join(text.removeprefix(MARK).split())
        out.error(
            "HR254",
            f"{name} is still to be written{f': {wanted}' if wanted else ''}",
            Span(path, *at),
            help="write it in place of the dots and of what stands behind them" if first else "",
        )
    return frozenset(found)


def _found(root: Node) -> Iterator[tuple[str, str, Place]]:
    """Every blank in the order of the file: its name, its text, its place."""
    waiting: list[tuple[Node, str, str]] = [(root, "", "")]
    while waiting:
        node, key, of = waiting.pop()
        if node.kind == "scalar":
            if is_blank(node.value):
                yield f"`{key}`{f' of `{of}`' if of else ''}", node.value, place(node)
            continue
        if node.kind == "sequence":
            waiting += [(child, key, of) for child in reversed(node.value)]
            continue
        one = node.value.get("id")
        of = one.value if one is not None and one.kind == "scalar" and not is_blank(one.value) else of
        for name, at in node.keys.items():
            if is_blank(name):
                yield f"a name under `{key}`{f' of `{of}`' if of else ''}", name, at
        waiting += [(child, name, of) for name, child in reversed(node.value.items())]
