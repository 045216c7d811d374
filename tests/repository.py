"""A git repository made object by object, so that tests need no git and can forge what git would not write.

Belongs here: making commits. Never here: an assertion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.repo import Repo

FILE, LINK, SUBMODULE, FOLDER = 0o100644, 0o120000, 0o160000, 0o040000
Content = bytes | tuple[int, bytes]
"""Bytes of a file, or a mode and what stands there."""


class Repository:
    """A repository on a branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repo = Repo.init(str(folder), mkdir=not folder.exists(), default_branch=b"main")

    def commit(self, files: Mapping[str, Content], *, parents: Sequence[str] | None = None) -> str:
        """Commit exactly these files on `main`, and give the commit."""
        made = Commit()
        made.tree = self.tree(files)
        made.author = made.committer = b"A Tester <tester@example.org>"
        made.author_time = made.commit_time = 1_795_478_400
        made.author_timezone = made.commit_timezone = 0
        made.encoding, made.message = b"UTF-8", b"A change\n"
        here = [self.repo.refs[b"refs/heads/main"]] if b"refs/heads/main" in self.repo.refs else []
        made.parents = here if parents is None else [ObjectID(one.encode()) for one in parents]
        self.repo.object_store.add_object(made)
        self.repo.refs[b"refs/heads/main"] = made.id
        return made.id.decode()

    def commit_folder(self, *names: str) -> str:
        """Commit what lies in these folders and files of the checkout."""
        files = [path for name in names for path in [self.folder / name, *(self.folder / name).rglob("*")]]
        return self.commit(
            {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files if path.is_file()}
        )

    def tree(self, files: Mapping[str, Content]) -> ObjectID:
        """Add a tree, with the trees below it."""
        tree, below = Tree(), dict[str, dict[str, Content]]()
        for path, content in files.items():
            name, slash, rest = path.partition("/")
            if slash:
                below.setdefault(name, {})[rest] = content
            else:
                mode, data = content if isinstance(content, tuple) else (FILE, content)
                tree[name.encode()] = (mode, ObjectID(data) if mode == SUBMODULE else self.blob(data))
        for name, inside in below.items():
            tree[name.encode()] = (FOLDER, self.tree(inside))
        self.repo.object_store.add_object(tree)
        return tree.id

    def blob(self, data: bytes) -> ObjectID:
        """Add the content of a file."""
        blob = Blob.from_string(data)
        self.repo.object_store.add_object(blob)
        return blob.id

    def forget(self, content: bytes) -> None:
        """Take an object away, as a partial clone has it."""
        sha = Blob.from_string(content).id.decode()
        (self.folder / ".git" / "objects" / sha[:2] / sha[2:]).unlink()
