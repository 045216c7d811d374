"""The folder `principles/i18n/` of a catalog: reading it, by the language or whole.

Belongs here: files as models with their places, and one language's texts out of several catalogs and packs. Never here:
what lint has to say of them (`lint_translations`), which text is shown (`translated`). They are read by `lint`,
`translate` and for the site only; a bundle and its digest never depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handrail.catalog.cache import FileCache, user_cache
from handrail.catalog.default import default_place
from handrail.catalog.files import TRANSLATIONS, translation_files
from handrail.catalog.pack_place import is_pack
from handrail.catalog.read import load_valid
from handrail.model import limits
from handrail.model.translation import TranslatedText, Translation, TranslationFile
from handrail.source.diagnostics import Collector, InputError, Span
from handrail.source.files import FileReason, FileRefused, Root, refusal
from handrail.source.source_file import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Translations:
    """The valid files in the order of their paths, and the bytes of all that were read."""

    files: tuple[SourceFile[TranslationFile], ...] = ()
    data: Mapping[str, bytes] = field(default_factory=dict)


def read_translations(
    root: Root, out: Collector, cache: FileCache | None = None, *, language: str | None = None, head: str = ""
) -> Translations:
    """Read the translations beneath a catalog's root; a folder that is not there is empty.

    Args:
        root: the folder that holds `principles/`.
        out: is told what is wrong with any of them.
        cache: as for `read_catalog`.
        language: read this one only.
        head: what a reader has to put before a path to find the file.
    """
    files: list[SourceFile[TranslationFile]] = []
    data: dict[str, bytes] = {}
    for path in _listed(root, out):
        of, _, name = path.removeprefix(TRANSLATIONS).partition("/")
        shown = head + path
        if not name or path.endswith(".yml"):
            how = "rename it so that it ends in `.yaml`" if name else f"put it in `{TRANSLATIONS}LANGUAGE/`"
            out.error("HR205", f"`{path}` is not a file of a translation", Span(shown, 1, 1), help=how)
            continue
        if language not in (None, of):
            continue
        try:
            data[shown] = root.read(path, cap=limits.YAML_BYTES)
        except FileRefused as refused:
            out.add(refusal(refused, Span(shown, 1, 1)))
            continue
        if language and not data[shown]:
            continue  # a shell makes the file before `translate ... > FILE` writes into it; `lint` tells of empty ones
        file = load_valid(TranslationFile, data[shown], shown, out, cache)
        if file is None:
            continue
        said = file.value.translation.language
        if said == of:
            files.append(file)
        else:
            out.error(
                "HR205",
                f"the file stands in `{TRANSLATIONS}{of}/`, and its language is `{said}`",
                file.span("translation", "language"),
                help=f"move the file to `{TRANSLATIONS}{said}/`, or change the language",
            )
    return Translations(files=tuple(files), data=data)


def translation_of(places: Sequence[Path], language: str) -> Translation:
    """All texts in a language of the catalogs named, as `--catalog` names them; there may be none.

    The translations of a bundle lie beside it. A text of the base is the base's to translate: what a pack says of it
    counts only where the base says nothing.

    Args:
        places: catalogs and packs, folders or bundles; by default the catalog of this installation.
        language: the name of a folder in `principles/i18n/`.

    Raises:
        InputError: a file has errors.
    """
    out, cache = Collector(), user_cache()
    texts: dict[str, TranslatedText] = {}
    for folder in _folders(places):
        try:
            with Root(folder) as root:
                read = read_translations(root, out, cache, language=language)
        except FileRefused as refused:
            raise InputError([refusal(refused)]) from None
        for file in read.files:
            texts = {**file.value.texts, **texts}
    out.raise_if_errors()
    return Translation(language, texts)


def languages_of(places: Sequence[Path]) -> tuple[str, ...]:
    """The languages that the catalogs named have a folder for, sorted."""
    found: set[str] = set()
    for folder in _folders(places):
        try:
            with Root(folder) as root:
                found.update(path.removeprefix(TRANSLATIONS).partition("/")[0] for path in translation_files(root))
        except FileRefused:
            continue
    return tuple(sorted(found))


def _folders(places: Sequence[Path]) -> Iterator[Path]:
    """The folders that hold them, the base's first; the base is that of this installation where none is named."""
    packs = [one for one in places if is_pack(one)]
    bases = [one for one in places if one not in packs] or [default_place()]
    for one in (*bases, *packs):
        yield one if one.is_dir() else one.resolve().parent


def _listed(root: Root, out: Collector) -> tuple[str, ...]:
    try:
        return translation_files(root)
    except FileRefused as refused:
        if refused.reason is not FileReason.MISSING:
            out.add(refusal(refused))
        return ()
