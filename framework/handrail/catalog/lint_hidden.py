"""Lint rules about what a reader of a change would not see.

Belongs here: files that are no part of a catalog, letters that are not what they look like, addresses that lead
elsewhere; one function a rule. Never here: control characters, which no file of ours may hold (`source.text`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

from handrail.catalog.read import CatalogSources
from handrail.source.diagnostics import Collector, Span
from handrail.source.reader import read_yaml
from handrail.source.text import displayable, named
from handrail.source.tree import Node, Scalar, place

WELCOME = ("README.md", "LICENSE", ".gitkeep", ".gitattributes")
"""Names of files that may stand in the folders of a catalog and are never read."""

# What reorders or hides text, but for joiners, which some scripts need; those are told beside Latin letters only.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u202a-\u202e\u2060-\u2064\u2066-\u206f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0e\uffa0"
    "\U000e0000-\U000e01ef]|(?<=[A-Za-z])[\u200b-\u200f]|[\u200b-\u200f](?=[A-Za-z])"
)
# Cyrillic and Greek letters that look like a Latin one, in a word that has Latin letters too.
_ALIKE = (
    "\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bd\u03bf\u03c1"
    "\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0423\u0425\u0430\u0435\u043e\u0440\u0441"
    "\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d"
)
_MIXED = re.compile(f"(?<=[A-Za-z])[{_ALIKE}]|[{_ALIKE}](?=[A-Za-z])")

_ESCAPE = re.compile(rb"\\[xuU_]")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][^\s\"'<>\\]*)?")


def foreign_file(others: Sequence[str], out: Collector) -> None:
    """HR258: the folders of a catalog hold nothing but its files."""
    for path in others:
        if PurePosixPath(path).name not in WELCOME:
            out.error(
                "HR258",
                f"`{path}` is no file of a catalog",
                Span(path, 1, 1),
                help="take it out; nothing here reads or runs it, and another program may",
            )


def hidden_letter(sources: CatalogSources, out: Collector) -> None:
    """HR259: every letter is what it looks like, in remarks too, and where it is written as an escape."""
    for path, data in sources.data.items():
        lines = displayable(data).split("\n") if not data.isascii() else []
        for number, line in enumerate(lines, 1):
            for found, problem in _hidden(line):
                _tell(problem, Span(path, number, found.start() + 1), out)
        if _ESCAPE.search(data) and (tree := read_yaml(data, path, Collector())) is not None:
            shown = frozenset().union(*lines)
            for text in _escaped(tree):
                for found, problem in _hidden(text.value):
                    if found[0] not in shown:  # else its line was told
                        _tell(problem, Span(path, *place(text)), out)


def _hidden(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """What is wrong with a text, letter by letter."""
    if text.isascii():
        return
    for found in _HIDDEN.finditer(text):
        yield found, f"{named(found[0])} is invisible, or reorders what is shown"
    for found in _MIXED.finditer(text):
        yield found, f"{named(found[0])} looks like a Latin letter and stands in a Latin word"


def _escaped(root: Node) -> Iterator[Scalar]:
    """The texts that hold a letter which their line does not show: those in double quotes."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind == "scalar":
            if node.style == '"':
                yield node
            continue
        waiting += reversed(list(node.value.values() if node.kind == "mapping" else node.value))


def _tell(problem: str, span: Span, out: Collector) -> None:
    out.error("HR259", problem, span, help="write the word again, letter by letter, and look at who proposed it")


def web_address(sources: CatalogSources, out: Collector) -> None:
    """HR260: an address is that of a web page, and leads where it seems to."""
    for url, where in _addresses(sources):
        plain_address(url, where, out)


def plain_address(url: str | None, where: Callable[[], Span], out: Collector) -> None:
    """HR260, of one address."""
    if url is not None and not _ADDRESS.fullmatch(url):
        out.error(
            "HR260",
            f"`{url}` is no plain web address",
            where(),
            help="write `https://` and the name of the host; no user name, and no other scheme",
        )


def _addresses(sources: CatalogSources) -> Iterator[tuple[str | None, Callable[[], Span]]]:
    for file in sources.references:
        yield file.value.reference.url, partial(file.span, "reference", "url")
        for name, clause in file.value.clauses.items():
            yield clause.url, partial(file.span, "clauses", name, "url")
    if sources.stewards:
        for name, steward in sources.stewards.value.stewards.items():
            yield steward.url, partial(sources.stewards.span, "stewards", name, "url")
    if sources.attestors:
        for name, attestor in sources.attestors.value.attestors.items():
            yield attestor.url, partial(sources.attestors.span, "attestors", name, "url")
