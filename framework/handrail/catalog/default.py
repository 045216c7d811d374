"""Which catalog is judged by: the one that comes with this installation, or one that the reader names.

Belongs here: finding a catalog and getting its bundle with the least work. Never here: what is in it. When the
bundle was compiled before, nothing is done but hashing the files and reading one JSON; YAML is not even imported.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from handrail.catalog.bundle import BUNDLE_BYTES, digest, from_bytes
from handrail.catalog.cache import FileCache, user_cache
from handrail.catalog.files import digests, digests_of
from handrail.model.bundle import Bundle
from handrail.model.trusted import rebuild
from handrail.source.diagnostics import Collector, Diagnostic, InputError
from handrail.source.files import FileRefused, Root, refusal


def default_bundle() -> tuple[Bundle, str]:
    """Give the catalog of this installation and its digest.

    It is the bundle inside the package; in a checkout, the checkout's own `principles/`, compiled when they changed.
    The working directory never matters.

    Raises:
        InputError: the checkout's catalog has errors, or there is no catalog.
    """
    inside = resources.files("handrail").joinpath("_data/bundle.json")
    if inside.is_file():
        data = inside.read_bytes()
        return rebuild(Bundle, data), digest(data)
    return _from_folder(_checkout())


def default_place() -> Path:
    """Give the folder or the bundle of the catalog of this installation.

    Raises:
        InputError: there is no catalog.
    """
    inside = Path(str(resources.files("handrail").joinpath("_data/bundle.json")))
    return inside if inside.is_file() else _checkout()


def _checkout() -> Path:
    checkout = Path(__file__).resolve().parents[3]
    if Path(checkout, "hatch_build.py").is_file() and Path(checkout, "principles").is_dir():
        return checkout
    message = "this installation of handrail holds no catalog"
    raise InputError([Diagnostic("HR200", message, help="name one with `--catalog`, or install handrail again")])


def load_bundle(path: Path | str) -> tuple[Bundle, str]:
    """Give the catalog at a path and its digest.

    Args:
        path: a folder that holds `principles/` and `checklists/`, or the file of a bundle.

    Raises:
        InputError: it cannot be read, or it has errors; those of a folder name paths from that folder.
    """
    where = Path(path)
    if where.is_dir():
        return _from_folder(where)
    # The path is the reader's own choice: here, and only here, a link is followed.
    resolved = where.resolve()
    try:
        with Root(resolved.parent) as root:
            data = root.read(resolved.name, cap=BUNDLE_BYTES)
    except FileRefused as refused:
        raise InputError([refusal(FileRefused(refused.reason, str(path), refused.detail))]) from None
    return from_bytes(data, str(path)), digest(data)


def _from_folder(folder: Path) -> tuple[Bundle, str]:
    cache = user_cache()
    try:
        with Root(folder) as root:
            kept = cache.bundle(_digests(root))
            if kept is None:
                return _compiled(root, cache)
    except FileRefused as refused:
        raise InputError([refusal(refused)]) from None
    return rebuild(Bundle, kept), digest(kept)


def _digests(root: Root) -> dict[str, str]:
    try:
        return digests(root)
    except FileRefused:
        return {}  # reading the catalog tells which file it is, and of all others too


def _compiled(root: Root, cache: FileCache) -> tuple[Bundle, str]:
    # Not at the top: these bring in YAML, which a compiled catalog does not need.
    from handrail.catalog.bundle import compile_catalog, to_bytes
    from handrail.catalog.link import link
    from handrail.catalog.read import read_catalog

    out = Collector()
    sources = read_catalog(root, out, cache)
    if not out.errors:
        link(sources, out)
    out.raise_if_errors()
    bundle = compile_catalog(sources)
    data = to_bytes(bundle)
    # By the bytes that were read, not by those that were hashed before: a file may have changed in between.
    cache.keep_bundle(digests_of(sources.data), data)
    return bundle, digest(data)
