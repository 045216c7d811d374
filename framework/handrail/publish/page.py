"""A page before it stands in the theme's shell, and the one place where templates are rendered.

Belongs here: the value `Page` and the Jinja2 environment, in which every text is escaped and every name must exist.
Never here: what a page says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handrail.publish import words
from handrail.publish.language import ENGLISH, Language, current, translated_words

if TYPE_CHECKING:
    from jinja2 import Environment

_HEADING = re.compile(r'<h([1-3])\b[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WEB = re.compile(r"https?://[^\s\"'<>\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's parts.

    `path` is relative to the site and ends in `.html`; `title` and `description` are plain text, `body` is finished
    HTML with exactly one `h1`. A `wide` page has no columns beside it.
    """

    path: str
    title: str
    description: str
    body: str
    nav_title: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that can be linked to; `text` is HTML without tags."""

    level: int
    id: str
    text: str


def headings(body: str) -> tuple[Heading, ...]:
    """The headings of a finished body that carry an id, in order."""
    return tuple(
        Heading(int(found[1]), found[2], " ".join(_TAG.sub(" ", _PERMALINK.sub("", found[3])).split()))
        for found in _HEADING.finditer(body)
    )


def root_of(path: str) -> str:
    """How a page at `path` reaches the top of the site: nothing, or `../` for each folder."""
    return "../" * path.count("/")


def render(template: str, path: str, **values: Any) -> str:
    """Render a template of this package for the page at `path`."""
    language = current()
    if language not in _environments:
        _environments[language] = _environment(language)
    return _environments[language].get_template(template).render(root=root_of(path), **values)


def forget_changed() -> None:
    """Read templates again that were changed since they were read: for a preview, which asks before each build.

    Otherwise nobody asks, since to ask at each of thousands of pages takes a tenth of their time. A language other than
    English is read anew for each build, so what belongs to the one before goes.
    """
    for language in [one for one in _environments if not one.source]:
        del _environments[language]
    for environment in _environments.values():
        kept = environment.cache if environment.cache is not None else {}
        for key in [key for key, template in kept.items() if not template.is_up_to_date]:
            del kept[key]


def web_address(url: str | None) -> str:
    """The address if it is a plain http or https one, else nothing: no other scheme becomes a link."""
    return url if url is not None and _WEB.fullmatch(url) else ""


def first_sentence(text: str, *, at_most: int = 200) -> str:
    """A description of a page: the text up to its first full stop, cut at a word where that is too long."""
    sentence = " ".join(text.split()).split(". ")[0]
    if len(sentence) <= at_most:
        return sentence
    return sentence[:at_most].rsplit(" ", 1)[0] + "\N{HORIZONTAL ELLIPSIS}"


_environments: dict[Language, Environment] = {}


def _environment(language: Language) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    class Plain(Environment):
        """One that gives templates a dictionary of their own: in its chain of them, names are found more slowly."""

        def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
            return {**self.globals, **(d or {})}

    environment = Plain(
        loader=PackageLoader("handrail.publish", "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    # New style: a message is markup, as the template around it is, and every value put into it is escaped.
    environment.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]  # by the extension
    environment.filters.update(
        day=words.day,
        fresh=words.how_fresh,
        counted=words.counted,
        web=web_address,
        say=language.gettext,
    )
    environment.globals.update(_words())
    # What a template puts on an element whose text is not translated.
    environment.globals["english"] = Markup("" if language.source else ENGLISH.attributes)  # noqa: S704  ours
    return environment


def _words() -> Mapping[str, object]:
    names = (name for name in vars(words) if name.isupper() and not name.startswith("_"))
    return {name.lower(): translated_words(getattr(words, name)) for name in names}
