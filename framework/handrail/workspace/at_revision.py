"""A project as it was at a git revision, judged by today's catalog on the same day.

Belongs here: which files of the revision make up the project, and putting them into a private folder for the time of
one check. Never here: reading git (`source.revision`), judging, and what is done with the result.

Named files are read, and nothing else of the repository. Some kinds of evidence look at more than the file they are
given; a project that uses one is read with its whole folder, and its organisation's file with the folder that such
evidence lies in.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from handrail.catalog.resolve import alternatives
from handrail.model.assessment import Assessment
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration, Organisation
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.files import FileRefused, components
from handrail.source.revision import Caps, files_at, repository_of
from handrail.workspace.check import Checked
from handrail.workspace.load import FARTHEST, ProjectFiles, load_project
from handrail.workspace.seen_before import ALONE
from handrail.workspace.watched import project_paths

Judge = Callable[[Path, Collector], Checked | None]
"""Checks the project of a declaration, as `workspace.check.check_project` does."""

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The assessment of a project at a revision; without one, a clause that says why."""

    assessment: Assessment | None = None
    why_not: str = ""


def project_at(revision: str, declaration: Path, bundle: Bundle, judge: Judge) -> Earlier:
    """Judge a project by its files at a revision of the repository that its declaration lies in.

    Args:
        revision: as `source.revision.files_at` takes it.
        declaration: the declaration as it is now; then, it may have been another or none.
        bundle: the catalog judged by, which tells the kinds of evidence.
        judge: checks the declaration that is put into the private folder.

    Raises:
        InputError: there is no repository or no such revision, or it cannot be read or holds too much.
    """
    place = repository_of(declaration.parent)
    if place is None:
        said = f"`{revision}` is no file, and `{declaration}` lies in no git repository that could have such a revision"
        advice = "name a file that `handrail check --format json` wrote"
        raise InputError([Diagnostic("HR507", said, help=advice)])
    repository, under = place
    at = posixpath.join(under, declaration.name)
    with TemporaryDirectory(prefix="handrail-") as made:
        # As deep as an organisation's file may lie above: no way up leads out of the private folder.
        root = Path(made).resolve().joinpath(*map(str, range(FARTHEST)))

        def fetch(paths: Iterable[str]) -> Mapping[str, bytes]:
            only = set(paths)
            files = files_at(repository, revision, "", caps=Caps(), only=() if "." in only else only)
            try:
                for path, data in files.items():
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (root / path).write_bytes(data)
            except OSError as error:
                said = f"the files at `{revision}` cannot be laid out for a check: {(error.strerror or '').lower()}"
                raise InputError([Diagnostic("HR507", said)]) from None
            return files

        if not fetch([at]):
            return Earlier(why_not=f"there is no `{at}` at `{revision}`")
        project = load_project(root / at, Collector())
        if project is not None and project.declaration.value.organisation is not None:
            fetch(_beneath(root, [project.folder / project.declaration.value.organisation]))
            project = load_project(root / at, Collector())
        if project is not None:
            named = set(_beneath(root, project_paths(project)))
            files = fetch({*named, *_beneath(root, _looked_at_further(project, bundle))})
            _require_no_pointers(named, files, revision)
        out = Collector()
        checked = judge(root / at, out)
    if checked is None:
        first = next((one.message for one in out.sorted() if one.code), "its files cannot be read")
        return Earlier(why_not=f"`{at}` at `{revision}` cannot be judged by this catalog: {first}")
    return Earlier(assessment=checked.assessment)


def _beneath(root: Path, paths: Iterable[Path]) -> Iterator[str]:
    """Paths from the root; one that leads out of it, or that no check would open, is in no revision."""
    for path in paths:
        relative = posixpath.relpath(posixpath.normpath(path.as_posix()), root.as_posix())
        with suppress(FileRefused):
            if relative != ".":
                components(relative)
            yield relative


def _looked_at_further(project: ProjectFiles, bundle: Bundle) -> Iterator[Path]:
    if any(_further(project.declaration.value, bundle)):
        yield project.folder
    if project.organisation is not None and project.organisation_folder is not None:
        for path in _further(project.organisation.value, bundle):
            if "/" in path:
                yield (project.organisation_folder / path).parent


def _further(file: Declaration | Organisation, bundle: Bundle) -> Iterator[str]:
    """The paths of evidence whose kind looks at more than them."""
    for one, answer in file.controls.items():
        groups = bundle.controls[one].evidence if one in bundle.controls else ()
        kinds = {asked.id: asked.kind for group in groups for asked in alternatives(group)}
        yield from (
            entry.path for entry in answer.evidence if entry.path and kinds.get(entry.requirement, "file") not in ALONE
        )


def _require_no_pointers(named: Iterable[str], files: Mapping[str, bytes], revision: str) -> None:
    """A pointer is not the file: what the file showed then is not known, and nothing may be made of it."""
    for path in sorted(named):
        if files.get(path, b"").startswith(_LFS_POINTER):
            said = f"`{path}` at `{revision}` is kept in git LFS, which is not read"
            advice = "save the assessment at that revision with `handrail check --format json`, and name that file"
            raise InputError([Diagnostic("HR507", said, help=advice)])
