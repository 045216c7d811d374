"""Something new put into a catalog's folder: a file of its own, or lines at the end of one that is there.

Belongs here: where it goes, what refuses it, writing it. Never here: its values (`scaffold`) and its text
(`scaffold_text`). Nothing that is there changes, and nothing is written that would be wrong for another reason than its
blanks.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handrail.catalog.blanks import tell_blanks
from handrail.catalog.scaffold import Answers, Known, blanks_in, filled, survey
from handrail.catalog.scaffold_forms import Form
from handrail.catalog.scaffold_text import text_of
from handrail.model import limits
from handrail.model.base import Record
from handrail.model.catalog import PrincipleFile
from handrail.model.vocabulary import ChecklistFile, ReferenceFile, StewardsFile
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.edit import EditRefused
from handrail.source.files import FileRefused, OutputError, Root, refusal, write_file
from handrail.source.lines import appended
from handrail.source.load import load
from handrail.source.output_beneath import write_beneath
from handrail.source.text import CONTROL as CONTROL_CHARACTER

STEWARDS = "principles/stewards.yaml"

_MODELS: Mapping[str, type[Record]] = {
    "control": PrincipleFile,
    "principle": PrincipleFile,
    "checklist": ChecklistFile,
    "reference": ReferenceFile,
    "steward": StewardsFile,
}
NAME = 64
"""Characters of a name at most, as the files take them."""

_ID, _KEY = re.compile(r"[A-Z][A-Z0-9]{1,7}"), re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ProposalRefused(Exception):  # noqa: N818 - an answer that the command line turns into its own
    """An answer cannot stand; the text says why, as a clause, and `key` which answer it is."""

    def __init__(self, key: str, why: str) -> None:
        self.key = key
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What was written: its id, its file from the catalog's folder, its first line, and how many blanks it has."""

    id: str
    path: str
    line: int
    blanks: int


def known_names(folder: Path) -> Known:
    """The names of the catalog in a folder.

    Raises:
        InputError: it holds no catalog, or cannot be listed.
    """
    try:
        with Root(folder) as root:
            known = survey(root)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    if not known.facts:
        raise InputError(
            [Diagnostic("HR200", f"there is no catalog in `{folder}`", help="name its folder with `--catalog`")]
        )
    return known


def problem_of(form: Form, name: str, known: Known) -> str | None:
    """What is wrong with the id of something new, as a clause; None if nothing is."""
    capital = form.name == "principle"
    if not (_ID if capital else _KEY).fullmatch(name) or len(name) > NAME:
        form_of = "two to eight capital letters and digits, such as SRC" if capital else "small letters and hyphens"
        return f"is not of the form of such a name: {form_of}"
    taken = known.taken(form.name, name)
    return f"cannot be used: {taken}" if taken else None


def propose(folder: Path, form: Form, answers: Answers, known: Known) -> Proposed:
    """Write what is proposed.

    Args:
        folder: the catalog's folder.
        form: what it is.
        answers: the answers; of a control `principle` names its principle, of all others `id` their own name.
        known: the names of that catalog.

    Raises:
        ProposalRefused: an answer cannot stand.
        InputError: a file is there already, cannot be changed for certain, or cannot be written. Nothing is written.
    """
    _refuse_odd(answers)
    name = str(answers.get("id", ""))
    if form.name == "control":
        principle = str(answers["principle"])
        if principle not in known.path_of:
            raise ProposalRefused("principle", f"there is no principle `{principle}`")
        name, path = known.next_control(principle), known.path_of[principle]
        answers = {**answers, "id": name}
    else:
        if (problem := problem_of(form, name, known)) is not None:
            raise ProposalRefused("id", f"`{name}` {problem}")
        path = _path(form, name, answers)
    values = filled(form, answers)
    text = text_of(form, values)
    before, data = _file(folder, form, path, name, text)
    _refuse_defects(form, path, data, before)
    try:
        if before is None:
            write_beneath(folder, path, data)
        else:
            write_file(folder / path, data)
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    return Proposed(id=name, path=path, line=_line(before or b"", data), blanks=blanks_in(values))


def _path(form: Form, name: str, answers: Answers) -> str:
    if form.name == "principle":
        slug = re.sub(r"[^a-z0-9]+", "-", str(answers.get("title", "")).lower()).strip("-")[:60].strip("-")
        return f"principles/{answers['phase']}/{slug or name.lower()}.yaml"
    return {
        "checklist": f"checklists/{name}.yaml",
        "reference": f"principles/references/{name}.yaml",
        "steward": STEWARDS,
    }[form.name]


def _file(folder: Path, form: Form, path: str, name: str, text: str) -> tuple[bytes | None, bytes]:
    """The file before and after; before it there is nothing where it is a file of its own."""
    if form.name not in ("control", "steward"):
        if os.path.lexists(folder / path):
            raise InputError([Diagnostic("HR501", f"`{path}` is there already and stays as it is", help=_OTHER)])
        return None, text.encode()
    try:
        with Root(folder) as root:
            before = root.read(path, cap=limits.YAML_BYTES)
        if form.name == "control":
            return before, appended(before, "controls", text)
        indented = "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))
        return before, appended(before, "stewards", f"{name}:\n{indented}")
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    except EditRefused as refused:
        message = f"`{path}` cannot be added to: {refused}"
        raise InputError([Diagnostic("HR501", message, help="write the lines by hand")]) from None


_OTHER = "choose another name, or take the other file away"


def _refuse_odd(answers: Answers) -> None:
    """A character that no file of ours may hold is refused before it is written."""
    for key, given in answers.items():
        parts = (given,) if isinstance(given, str) else (*given, *(given.values() if isinstance(given, dict) else ()))
        for part in parts:
            if isinstance(part, str) and CONTROL_CHARACTER.search(part):
                raise ProposalRefused(key, "it holds a character that cannot be shown")


def _refuse_defects(form: Form, path: str, data: bytes, before: bytes | None) -> None:
    """Nothing may be wrong with it but its blanks, and what was wrong with the file already."""
    out, was = Collector(), Collector()
    blanks = tell_blanks(data, path, Collector())
    load(_MODELS[form.name], data, path, out)
    if before is not None:
        load(_MODELS[form.name], before, path, was)
    known = {(one.code, one.message) for one in was.sorted()}
    wrong = [
        one
        for one in out.sorted()
        if (one.code, one.message) not in known and (one.span is None or (one.span.line, one.span.column) not in blanks)
    ]
    if wrong:
        raise InputError(wrong)


def _line(before: bytes, data: bytes) -> int:
    """The first line that is new."""
    old, new = before.split(b"\n"), data.split(b"\n")
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return same + 1
