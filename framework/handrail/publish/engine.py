"""The adapter to MkDocs: the one file that knows the site engine, so that another can take its place.

Belongs here: turning hand-written Markdown and finished pages into files in the theme's shell. Never here: what any
page says, and what is mended afterwards (`mend`). The engine sees finished pages as empty ones and their HTML goes in
after it has rendered, so that no text of a catalog is ever read as Markdown, or as a link to be rewritten.
"""

from __future__ import annotations

import contextlib
import html
import importlib.util
import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from handrail.publish.language import ENGLISH, Language
from handrail.publish.page import Heading, Page, headings

NavItem = dict[str, Any] | str
"""A page's source path, or a title with a page or a list of items, as MkDocs writes them."""

_FRAGMENT = re.compile(r"<!-- handrail:([a-z-]+) -->")
_GENERATED = re.compile(r"\{([a-z-]+)\}")
_BETWEEN_WORDS = r"""[\s\-.,;:!?()\[\]"']+"""
_SILENCED = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class SiteEngineMissing(Exception):  # noqa: N818  says what is the matter
    """The site engine is not installed; the text says how to install it."""

    def __init__(self) -> None:
        super().__init__('the site engine is not installed; run `pip install "handrail[site]"`')


class SiteBroken(Exception):  # noqa: N818  says what is the matter
    """A site that was not built, or was built and is not whole; `problems` are sentences, each naming its page."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems[:3]) or "the site could not be built")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the engine is given.

    `navigation` fills the names in braces of `mkdocs.yml`, `fragments` the comments `<!-- handrail:name -->` of the
    hand-written pages; `unlisted` are pages that stand in no search and no menu.
    """

    source: Path
    pages: tuple[Page, ...]
    unlisted: tuple[Page, ...]
    navigation: Mapping[str, tuple[NavItem, ...]]
    fragments: Mapping[str, str]
    built_on: date
    language: Language = ENGLISH


def run(site: Site) -> dict[str, bytes]:
    """Render the site and give every file of it by its path.

    Raises:
        SiteEngineMissing: MkDocs or its theme is not there.
        SiteBroken: the engine warned of anything at all, or refused.
    """
    if not all(importlib.util.find_spec(name) for name in ("mkdocs", "material")):
        raise SiteEngineMissing
    with tempfile.TemporaryDirectory(prefix="handrail-site-") as folder, _environment(site.built_on):
        with _listening() as heard:
            _build(site, Path(folder))
        if heard:
            raise SiteBroken(heard)
        return _said(_collect(Path(folder)), site.language)


def source_path(page: str) -> str:
    """The path of the Markdown file that the engine believes a page to come from."""
    return page.removesuffix(".html") + ".md"


def _build(site: Site, out: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    try:
        config = load_config(config_file=str(site.source / "mkdocs.yml"), site_dir=str(out), strict=True)
        config.nav = _filled(config.nav, site.navigation, site.language)
        _speak(config, site.language)
        config.plugins["handrail"] = cast(Any, _Hook(site))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:  # `Abort` after warnings is one too; those were heard
        logging.getLogger("mkdocs").error(str(error))


def _filled(nav: Any, navigation: Mapping[str, tuple[NavItem, ...]], language: Language) -> Any:
    """The menu in a language, with each name in braces replaced by the generated items of that name."""
    if isinstance(nav, list):
        filled: list[Any] = []
        for item in nav:
            named = _GENERATED.fullmatch(item) if isinstance(item, str) else None
            filled.extend(navigation[named[1]] if named else [_filled(item, navigation, language)])
        return filled
    if isinstance(nav, dict):
        return {language.gettext(title): _filled(below, navigation, language) for title, below in nav.items()}
    return nav


def menu_words(source: Path) -> tuple[str, ...]:
    """What of `mkdocs.yml` is for readers: the titles of the menu, the description and the line at the foot.

    Raises:
        SiteEngineMissing: the engine is not installed.
    """
    if importlib.util.find_spec("mkdocs") is None:
        raise SiteEngineMissing
    from mkdocs.config import load_config

    config = load_config(config_file=str(source / "mkdocs.yml"))

    def titles(nav: Any) -> Iterator[str]:
        for item in nav.items() if isinstance(nav, dict) else ((None, one) for one in nav):
            if item[0] is not None:
                yield item[0]
            if not isinstance(item[1], str):
                yield from titles(item[1])

    return (*titles(config.nav), config.site_description or "", config.copyright or "")


def _speak(config: Any, language: Language) -> None:
    """The theme's own words in the language where it has them, and ours of `mkdocs.yml`."""
    if language.source:
        return
    first, _, rest = language.tag.partition("-")
    names = Path(config.theme.dirs[-2]) / "partials" / "languages"
    tags = (f"{first}-{rest.upper()}", f"{first}-{rest.title()}", first)
    config.theme["language"] = next((tag for tag in tags if (names / f"{tag}.html").is_file()), "en")
    search = next(plugin for name, plugin in config.plugins.items() if name.endswith("search"))
    # Other languages' stemmers are scripts of their own, and the trimmer takes letters that are not Latin for signs.
    search.config.update({"lang": ["en"], "pipeline": [], "separator": _BETWEEN_WORDS})
    config.site_description = language.gettext(config.site_description)
    config.copyright = language.gettext(config.copyright)


def _said(files: dict[str, bytes], language: Language) -> dict[str, bytes]:
    """The pages saying which language they are in; the theme says which of its own it took."""
    if language.source:
        return files
    made = dict(files)
    for path in files:
        if path.endswith(".html"):
            page = re.sub(r'<html lang="[^"]*"', f"<html{language.attributes}", files[path].decode(), count=1)
            made[path] = re.sub(r'<body dir="[^"]*"', f'<body dir="{language.direction}"', page, count=1).encode()
    return made


class _Hook:
    """Puts finished pages into the engine's run; MkDocs calls the methods by their names."""

    def __init__(self, site: Site) -> None:
        self._fragments = site.fragments
        self._language = site.language
        self._pages = {source_path(page.path): page for page in (*site.pages, *site.unlisted)}
        self._unlisted = {source_path(page.path) for page in site.unlisted}

    def on_files(self, files: Any, *, config: Any) -> Any:
        from mkdocs.structure.files import File

        for path in self._pages:
            if files.get_file_from_path(path) is not None:
                logging.getLogger("mkdocs").warning("page `%s` is both written by hand and generated", path)
            else:
                files.append(File.generated(config, path, content=""))
        return files

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        # The theme strips tags from titles with a filter that also decodes them, and prints the result as it is.
        stripped = env.filters["striptags"]
        env.filters["striptags"] = lambda value: html.escape(str(stripped(value)))
        return env

    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        if (ours := self._pages.get(page.file.src_uri)) is not None:
            if page.title is None or page.file.src_uri in self._unlisted:
                page.title = html.escape(ours.title)
            page.meta["description"] = html.escape(ours.description)
            if ours.wide:
                page.meta["hide"] = ["navigation", "toc"]
            if page.file.src_uri in self._unlisted:
                page.meta["search"] = {"exclude": True}
        return markdown

    def on_page_content(self, content: str, *, page: Any, config: Any, files: Any) -> str:
        from mkdocs.structure.toc import get_toc

        ours = self._pages.get(page.file.src_uri)
        if ours is None:
            return self._by_hand(content)
        page.toc = get_toc(_tokens(headings(ours.body)))
        return ours.body

    def _by_hand(self, content: str) -> str:
        """A hand-written page with the fragments that it asks for. It is in English, whatever they are in."""
        if self._language.source:
            return _FRAGMENT.sub(lambda found: self._fragments[found[1]], content)
        said = self._language.attributes
        filled = _FRAGMENT.sub(lambda found: f"<div{said}>{self._fragments[found[1]]}</div>", content)
        return f"<div{ENGLISH.attributes}>{filled}</div>"


def _tokens(flat: Sequence[Heading]) -> list[Any]:
    """Headings as the nested tokens of a table of contents."""
    top: list[Any] = []
    open_: list[Any] = []
    for heading in flat:
        token = {"level": heading.level, "id": heading.id, "name": heading.text, "children": []}
        while open_ and open_[-1]["level"] >= heading.level:
            open_.pop()
        (open_[-1]["children"] if open_ else top).append(token)
        open_.append(token)
    return top


def _collect(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@contextlib.contextmanager
def _environment(built_on: date) -> Iterator[None]:
    """The engine reads its clock and its manners from the environment."""
    midnight = datetime(built_on.year, built_on.month, built_on.day, tzinfo=UTC)
    wanted = {**_SILENCED, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _listening() -> Iterator[list[str]]:
    """Everything that the engine warns of. Below the level of a warning its strict mode would count nothing."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, ear = logging.getLogger("mkdocs"), Ear(logging.WARNING)
    before = (logger.level, logger.propagate)
    logger.addHandler(ear)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(ear)
        logger.setLevel(before[0])
        logger.propagate = before[1]
