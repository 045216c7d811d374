"""Reference pages from the code: `python -m handrail.cli.reference` writes them, `--check` says which are stale.

Belongs here: which pages there are, writing and comparing them. Never here: what a page holds (`reference_*`). They are
kept in the tree, among the hand-written pages, because the room that builds the site knows no verbs. The table of
diagnostics is not among them: the site makes it from the same data.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from handrail.cli.reference_api import api_page
from handrail.cli.reference_files import files_page
from handrail.cli.reference_verbs import verbs_page
from handrail.publish.source import site_source

PAGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {"cli.md": verbs_page, "files.md": files_page, "python-api.md": api_page}
)
"""Name of a page in `site/pages/reference/` -> its text."""

MARK = "<!-- Written by `python -m handrail.cli.reference` from the code; change the code instead. -->\n"


def pages() -> dict[str, str]:
    """Every page by its name."""
    return {name: MARK + page() for name, page in PAGES.items()}


def stale(folder: Path, made: Mapping[str, str]) -> list[str]:
    """A sentence for each page in the folder that is not what the code says now, with the first line that differs."""
    said = []
    for name, text in made.items():
        path = folder / name
        there = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        now = text.splitlines()
        if there != now:
            at = next(
                (i for i, (a, b) in enumerate(zip(there, now, strict=False)) if a != b), min(len(there), len(now))
            )
            has, wants = (lines[at] if at < len(lines) else "nothing" for lines in (there, now))
            said.append(f"{path}:{at + 1} is stale: it has {has!r}, and the code says {wants!r}")
    return said


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` say which are stale; give the exit code."""
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write("usage: python -m handrail.cli.reference [--check]\n")
        return 2
    folder, made = site_source() / "pages" / "reference", pages()
    if not arguments:
        folder.mkdir(exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        return 0
    said = stale(folder, made)
    if said:
        sys.stderr.writelines(f"{one}\n" for one in said)
        sys.stderr.write("run `python -m handrail.cli.reference`, look at the difference, and commit it\n")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
