"""Putting evidence into a declaration: whose file it goes into, which requirement it fits, and the entry itself.

Belongs here: finding those, and changing the file. Never here: asking and printing (`cli`), the lines of a YAML file
(`source.edit`), what a file shows (`evidence`), and reading a record that is sealed (`workspace.seal`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from handrail.assess.answers import texts_of
from handrail.attest.trust import Trust
from handrail.catalog.resolve import alternatives
from handrail.evidence.folder import digest_at
from handrail.evidence.observe import pointer_of
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, Requirement
from handrail.model.declaration import Answer, Declaration, Evidence, Organisation
from handrail.model.observation import Observation
from handrail.model.terms import Scope, State, Verdict
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.edit import EditRefused, edited
from handrail.source.files import FileRefused, OutputError, Root, refusal, write_file
from handrail.source.load import load
from handrail.source.source_file import SourceFile
from handrail.workspace.load import ProjectFiles
from handrail.workspace.observe import observe_project

Entry = Mapping[str, Any]
"""An entry of evidence as the file writes it: text, and one mapping of text under `sealed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the answer to a control stands, or would: the project's own file, or its organisation's."""

    project: ProjectFiles
    control: Control
    file: SourceFile[Declaration] | SourceFile[Organisation]
    folder: Path
    bundle: Bundle
    digest: str
    trust: Trust

    @property
    def answer(self) -> Answer | None:
        """The answer that is there."""
        return self.file.value.controls.get(self.control.id)

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / PurePosixPath(self.file.path).name


def home_of(control: str, project: ProjectFiles, bundle: Bundle, digest: str, trust: Trust) -> Home:
    """Find where a control is answered: once for the organisation where it has a file, unless the project does.

    Args:
        control: the id of a control of the bundle.
        project: the project as it was read.
        bundle: the catalog.
        digest: the bundle's digest.
        trust: whose signatures count.
    """
    one = bundle.controls[control]
    file: SourceFile[Declaration] | SourceFile[Organisation] = project.declaration
    folder = project.folder
    shared, above = project.organisation, project.organisation_folder
    if one.scope is Scope.ORGANISATION and control not in project.declaration.value.controls:
        file, folder = shared or file, above or folder
    return Home(project=project, control=one, file=file, folder=folder, bundle=bundle, digest=digest, trust=trust)


def asked_by(control: Control, pointer: str) -> tuple[Requirement, ...]:
    """What a control asks for that is pointed at in this way; a kind that nobody knows is a file."""
    every = (one for group in control.evidence for one in alternatives(group))
    return tuple(one for one in every if (pointer_of(one) or "path") == pointer)


def path_beneath(file: Path, folder: Path) -> str | None:
    """Give the path of a file from a folder, as declarations write it; None for one that does not lie beneath it."""
    real, root = file.parent.resolve() / file.name, folder.resolve()
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else None


def path_of(file: Path, home: Home) -> str:
    """Give the path of a file from the folder of the file that will name it.

    Raises:
        InputError: it does not lie beneath it.
    """
    path = path_beneath(file, home.folder)
    if path is None:
        message = f"`{file}` does not lie in the folder of `{home.file.path}`, which answers `{home.control.id}`"
        advice = "copy it there, for example into `evidence/`, and add that"
        raise InputError([Diagnostic("HR402", message, help=advice)])
    return path


def entry_of(requirement: Requirement, path: str, home: Home, *, dated: date | None) -> Entry:
    """Make the entry for a file or a folder of the project, with its digest.

    Raises:
        InputError: the file cannot be opened.
    """
    try:
        with Root(home.folder) as root:
            digest = digest_at(root, path)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    entry = {"for": requirement.id, "path": path, "sha256": digest}
    return entry | ({"date": dated.isoformat()} if dated else {})


def look(entries: Sequence[Entry], home: Home) -> tuple[Observation, ...]:
    """See what entries show, exactly as `check` would if they stood in the file.

    Raises:
        InputError: a path may not be opened at all.
    """
    given = tuple(Evidence.model_validate(entry) for entry in entries)
    only = {home.control.id: Answer(state=State.IMPLEMENTED, evidence=given)}
    project, out = home.project, Collector()
    if home.file is project.declaration:
        project = replace(project, declaration=_as_if(home.file, only, entries), organisation=None)
    else:
        declaration = _as_if(project.declaration, {}, ())
        project = replace(project, declaration=declaration, organisation=_as_if(home.file, only, entries))
    seen = observe_project(project, home.bundle, home.digest, out, trust=home.trust)
    out.raise_if_errors()
    return seen[home.control.id]


def _as_if(file: SourceFile[Any], controls: dict[str, Answer], entries: Sequence[Entry]) -> SourceFile[Any]:
    """The file with other answers. What is seen is kept under the file's bytes, so they must differ as well."""
    value = file.value.model_copy(update={"controls": controls})
    return SourceFile(value, path=file.path, data=file.data + f"\n# {json.dumps(entries)}\n".encode())


def fitting(seen: Iterable[Observation]) -> tuple[str, ...]:
    """Give the requirements whose kind reads the file: wholly, else in part."""
    found = tuple(seen)
    for verdict in (Verdict.SHOWN, Verdict.PARTIAL):
        if fit := tuple(one.requirement for one in found if one.verdict is verdict):
            return fit
    return ()


def declared_for(path: str, home: Home) -> tuple[str, ...]:
    """Give the requirements for which the answer points at this path already."""
    entries = home.answer.evidence if home.answer else ()
    return tuple(one.requirement for one in entries if one.path is not None and _same_path(one.path, path))


def _same_path(one: str, other: str) -> bool:
    return PurePosixPath(one) == PurePosixPath(other)


def record(entry: Entry, home: Home, *, state: State | None) -> bytes:
    """Give the file that answers the control, with an entry put in.

    An entry for the same file and requirement is brought up to date; any other is put last. A control that has no
    answer yet is put after its neighbour, in this state, and tied to the text of today.

    Raises:
        InputError: it cannot be done without touching other lines.
    """
    control = home.control

    def put(answer: dict[str, Any]) -> None:
        if not answer and state is not None:
            answer |= {"state": state.value, **_tie(home)}
        if not answer.get("evidence"):
            answer["evidence"] = []
        for given in answer["evidence"]:
            same = given.get("for") == entry["for"] and _same_path(given.get("path", ""), entry.get("path", ""))
            if same and "path" in entry:
                given.update(entry)
                return
        answer["evidence"].append(deepcopy(dict(entry)))

    try:
        data = edited(home.file.data, ("controls", control.id), put, after=_earlier(home))
        if load(type(home.file.value), data, home.file.path, Collector()) is None:
            raise EditRefused("the result would not be a declaration")
    except EditRefused as refused:
        message = f"`{home.file.path}` cannot be changed in place: {refused}"
        advice = f"put this under `controls`, `{control.id}`, `evidence` by hand: - {_on_one_line(entry)}"
        raise InputError([Diagnostic("HR404", message, help=advice)]) from None
    return data


def _tie(home: Home) -> dict[str, str]:
    """A new answer is written against the text of today; say so where the file's own pin says otherwise."""
    now = home.bundle.fingerprints[home.control.id]
    pinned = texts_of(home.file.value.catalog, home.bundle, home.digest).get(home.control.id)
    return {} if pinned == now else {"statement": now}


def _earlier(home: Home) -> str | None:
    """The answered control that stands last before this one in its principle, in reading order."""
    principle_of, one = home.bundle.principle_of, home.control.id
    order = [other for other in home.bundle.controls if principle_of[other] == principle_of[one]]
    earlier = [other for other in order[: order.index(one)] if other in home.file.value.controls]
    return earlier[-1] if earlier else None


def _on_one_line(entry: Entry) -> str:
    parts = (f"{key}: {_on_one_line(one) if isinstance(one, Mapping) else one}" for key, one in entry.items())
    return "{" + ", ".join(parts) + "}"


def write_home(home: Home, data: bytes) -> None:
    """Put the changed file in the place of the old one, unless somebody else has changed it meanwhile.

    Raises:
        InputError: it was changed, or cannot be written.
    """
    try:
        with Root(home.folder) as root:
            unchanged = root.read(home.path.name) == home.file.data
        if not unchanged:
            message = f"`{home.file.path}` was changed by somebody else meanwhile"
            raise InputError([Diagnostic("HR404", message, help="run the command again")])
        write_file(home.path, data)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
