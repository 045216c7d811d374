"""A declaration brought to a newer catalog: new questions, remarks on old ones, and every answer tied to its old text.

Belongs here: what changes and where it goes. Never here: the text of a question (`starting_text`), and any answer: no
state is changed, and none is taken for read again. Lines are only added, but for the pin under `catalog`.

The pin says which text the answers were written against. It moves only where every answer stays tied to its own text
after that, by a `statement` where the text is another one now; an answer of which no text is known holds it back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from handrail.assess.answers import bare, is_current, texts_of
from handrail.catalog.resolve import InForce, judged_controls
from handrail.model.bundle import Bundle
from handrail.model.declaration import CatalogPin, Declaration, Organisation
from handrail.model.pack import packs_of
from handrail.source import tree as trees
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.edit import EditRefused, edited
from handrail.source.reader import read_yaml
from handrail.source.source_file import SourceFile
from handrail.source.text import BOM
from handrail.workspace.starting_text import answers_part, block, pinned_version, remark

_BLOCK = re.compile(r"\s*#\s*([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*):\s*(?:#.*)?")
"""The line of a question that nobody has answered: the key of a control in a comment."""

_HEADER = re.compile(r"\s*#\s*controls:\s*")


@dataclass(slots=True, kw_only=True)
class Newer:
    """The file as it should be, and what was done to it; `untied` are answers of which no text is known.

    `open_facts` are those on which something depends and that are not declared.
    """

    data: bytes
    added: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    untied: tuple[str, ...] = ()
    pinned: bool = False
    open_facts: tuple[str, ...] = ()
    wrote: bool = False


@dataclass(slots=True)
class _Lines:
    """The file's lines; by the index of a line, the questions that are put in before it and the remarks on it."""

    lines: list[str]
    questions: dict[int, list[str]] = field(default_factory=dict)
    remarks: dict[int, list[str]] = field(default_factory=dict)

    def text(self) -> str:
        out: list[str] = []
        for at in range(len(self.lines) + 1):
            new = self.questions.get(at, [])
            if new and "".join(self.lines[at : at + 1]).strip():
                new = [*new, ""]
            out += [*new, *self.remarks.get(at, ()), *self.lines[at : at + 1]]
        return "".join(f"{line}\n" for line in out)


def newer(
    file: SourceFile[Declaration] | SourceFile[Organisation],
    bundle: Bundle,
    digest: str,
    *,
    questions: Sequence[InForce],
    old: tuple[Bundle, str] | None = None,
) -> Newer:
    """Bring a file to a catalog.

    Args:
        file: the declaration, or the organisation's file.
        bundle: the newer catalog.
        digest: its digest.
        questions: what the file should answer by it, in order.
        old: the catalog that the answers were written against and its digest, where the newer one lists no such
            release.

    Raises:
        InputError: it cannot be done without touching other lines.
    """
    texts = _old_texts(file.value.catalog, bundle, digest, old)
    open_ = [one for one, answer in file.value.controls.items() if answer.statement is None]
    untied = tuple(one for one in open_ if one not in texts)
    moves = not untied and not is_current(file.value.catalog, bundle, digest)
    changed = tuple(one for one in open_ if moves and not _same(one, texts[one], bundle))
    try:
        data = file.data
        for one in changed:
            data = edited(data, ("controls", one), partial(_tie, texts[one]))
        if moves:
            data = edited(data, ("catalog",), partial(_pin, bundle, digest), after="handrail")
        done = _with_remarks(data, bundle, questions, texts if moves else {})
    except EditRefused as refused:
        message = f"`{file.path}` cannot be changed in place: {refused}"
        advice = "write it with a key on each line, as `handrail init` does, or bring it up to date by hand"
        raise InputError([Diagnostic("HR404", message, help=advice)]) from None
    done.changed, done.untied, done.pinned = changed, untied, moves
    return done


def _old_texts(pin: CatalogPin, bundle: Bundle, digest: str, old: tuple[Bundle, str] | None) -> Mapping[str, str]:
    if old is not None and pin.digest is not None and bare(pin.digest) == bare(old[1]):
        return old[0].fingerprints
    return texts_of(pin, bundle, digest)


def _same(one: str, text: str, bundle: Bundle) -> bool:
    """Whether a control says what this fingerprint says, in the same words or in others that mean the same."""
    if one not in bundle.controls:
        return False
    same = (item.fingerprint for item in bundle.controls[one].same_meaning_as)
    return text in (bundle.fingerprints[one], *same)


def _tie(text: str, answer: dict[str, Any]) -> None:
    answer["statement"] = text


def _pin(bundle: Bundle, digest: str, catalog: dict[str, Any]) -> None:
    # A new one has three numbers, which nobody takes for a number when they stand without quotes.
    version = pinned_version(bundle) if catalog.get("version") else bundle.catalog.version
    catalog |= {"version": version, "digest": digest}
    pin_packs(bundle, catalog)


def pin_packs(bundle: Bundle, catalog: dict[str, Any]) -> None:
    """Name the packs that the catalog was composed with; others that a file names stay."""
    for one in packs_of(bundle):
        catalog.setdefault("packs", {})[one.prefix] = {"version": one.version, "digest": one.digest}


def _with_remarks(data: bytes, bundle: Bundle, questions: Sequence[InForce], texts: Mapping[str, str]) -> Newer:
    """Add new questions and remarks; `texts` are the fingerprints that open questions were written from."""
    tree = _read(data)
    text = data.decode().removeprefix(BOM)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = _Lines(text.replace("\r\n", "\n").removesuffix("\n").split("\n"))
    controls = tree.value.get("controls")
    keys = controls.keys if controls is not None and controls.kind == "mapping" else {}
    blocks = {
        found[1]: at
        for at, line in enumerate(lines.lines)
        if (found := _BLOCK.fullmatch(line)) and found[1] not in keys
    }
    here = {**blocks, **{one: place.line - 1 for one, place in keys.items()}}
    judged = judged_controls(bundle, include_draft=True)
    retired = [one for one in here if one in bundle.controls and one not in judged]
    retired = [one for one in retired if _remarked(_gone(one, bundle), here[one], lines)]
    unknown = [one for one in here if one not in bundle.controls]
    unknown = [one for one in unknown if _remarked(_UNKNOWN, here[one], lines)]
    reworded = [one for one in blocks if one in judged and one in texts and not _same(one, texts[one], bundle)]
    for one in reworded:
        _remarked(f"The text has changed since; the question is now: {bundle.controls[one].question}", here[one], lines)
    added = _add(questions, here, keys, tree, lines)
    result = ((BOM if data.startswith(BOM.encode()) else "") + lines.text().replace("\n", end)).encode()
    if not lines.questions and not lines.remarks:
        result = data
    elif trees.plain(_read(result)) != trees.plain(tree):
        raise EditRefused("it is laid out in a way that cannot be changed for certain")
    return Newer(data=result, added=added, retired=tuple(retired), unknown=tuple(unknown), reworded=tuple(reworded))


_UNKNOWN = "The catalog has no control of this name."


def _gone(one: str, bundle: Bundle) -> str:
    control = bundle.controls[one]
    instead = f"; {control.replaced_by} stands in its place" if control.replaced_by else ""
    return f"Retired: it is not judged any more{instead}."


def _remarked(text: str, at: int, lines: _Lines) -> bool:
    """Put a remark above a control, unless it stands there already."""
    line = lines.lines[at]
    made = remark(text, indent=line[: len(line) - len(line.lstrip())])
    if lines.lines[max(at - len(made), 0) : at] == made:
        return False
    lines.remarks[at] = made
    return True


def _add(
    questions: Sequence[InForce],
    here: Mapping[str, int],
    keys: Mapping[str, trees.Place],
    tree: trees.Mapping,
    lines: _Lines,
) -> tuple[str, ...]:
    """Put each new question behind the one before it; those that come before all go to the head of the answers."""
    missing = [one for one in questions if one.control.id not in here]
    if missing and not here and not any(_HEADER.fullmatch(line) for line in lines.lines):
        lines.questions[len(lines.lines)] = ["", *answers_part(missing)]
        return tuple(one.control.id for one in missing)
    at = _head(tree, lines.lines)
    for one in questions:
        name = one.control.id
        if name in keys:
            at = _after_answer(keys[name], keys, tree, lines.lines)
        elif name in here:
            at = _after_comment(here[name], lines.lines)
        else:
            lines.questions.setdefault(at, []).extend(["", *block(one)])
    return tuple(one.control.id for one in missing)


def _head(tree: trees.Mapping, lines: Sequence[str]) -> int:
    found = [at for at, line in enumerate(lines) if _HEADER.fullmatch(line)]
    place = tree.keys.get("controls")
    return found[-1] + 1 if found else place.line if place else len(lines)


def _after_comment(at: int, lines: Sequence[str]) -> int:
    while at < len(lines) and lines[at].lstrip().startswith("#"):
        at += 1
    return at


def _after_answer(key: trees.Place, keys: Mapping[str, trees.Place], tree: trees.Mapping, lines: Sequence[str]) -> int:
    """The line behind an answer: before blank lines and comments, unless they stand deeper than its key."""
    following = [one.line - 1 for one in (*keys.values(), *tree.keys.values()) if one.line > key.line]
    at = min(following, default=len(lines))
    while at > key.line:
        line = lines[at - 1]
        inner = len(line) - len(line.lstrip())
        if line.strip() and not (line.lstrip().startswith("#") and inner < key.column):
            break
        at -= 1
    return at


def _read(data: bytes) -> trees.Mapping:
    tree = read_yaml(data, "", Collector())
    if tree is None or tree.kind != "mapping" or tree.style:
        raise EditRefused("it is not written as keys and values, a line each")
    return tree
