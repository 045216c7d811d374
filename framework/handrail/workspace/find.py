"""Where the declarations are.

Belongs here: turning the paths that a user names into declaration files. Never here: opening them.
"""

from __future__ import annotations

from pathlib import Path

from handrail.source.diagnostics import Collector
from handrail.source.files import FileRefused, Root, refusal

DECLARATION = "handrail.yaml"


def find_declarations(paths: tuple[Path, ...], out: Collector) -> tuple[Path, ...]:
    """The declaration files that the paths name, without repetition and in a stable order.

    A file stands for itself. A folder stands for its `handrail.yaml`, else for every one beneath it (a workspace of
    projects). No path at all stands for the working directory, else for the nearest `handrail.yaml` above it, up to
    the root of the repository. What names nothing is a diagnostic.
    """
    found: list[Path] = []
    for path in paths or (Path(),):
        here = _at(path, out)
        if not here and not paths:
            here = _above(Path.cwd())
        if not here:
            out.error(
                "HR006",
                f"no declaration found at `{path}`",
                help=f"name a folder that holds a `{DECLARATION}`, or write one with `handrail init`",
            )
        found.extend(here)
    return tuple(dict.fromkeys(found))


def _at(path: Path, out: Collector) -> tuple[Path, ...]:
    if path.is_file():
        return (path,)
    if not path.is_dir():
        return ()
    if (path / DECLARATION).is_file():
        return (path / DECLARATION,)
    try:
        with Root(path) as root:
            beneath = root.files((DECLARATION,))
    except FileRefused as refused:
        out.add(refusal(refused))
        return ()
    return tuple(path / one for one in beneath if one.rpartition("/")[2] == DECLARATION)


def _above(folder: Path) -> tuple[Path, ...]:
    for parent in (folder, *folder.parents):
        if (parent / DECLARATION).is_file():
            return (parent / DECLARATION,)
        if (parent / ".git").exists():
            break
    return ()
