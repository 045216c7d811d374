"""The language that pages are made in: the interface strings of the templates by gettext, and what a page says of it.

Belongs here: reading `site/locale/<lang>/LC_MESSAGES/handrail.po`, refusing a message that would change a page's
structure, and the language in force while pages are made. Never here: texts of the catalog (`catalog.translate`), and
sentences of findings, which stay as `report.wording` has them, in English, word for word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from handrail.model.translation import direction

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCE = "en"
"""The language of the templates, and of the catalog."""

_TAG = re.compile("[a-z]{2,3}(-[a-z0-9]{2,8})*")
_FIXED = re.compile(r"<[^<>]*>|%\([a-z0-9_]+\)s")
_LOOSE = re.compile(r"[<>\"%]|&(?![a-z]+;|#[0-9]+;)")


class MessagesRefused(Exception):  # noqa: N818  says what is the matter
    """Messages that cannot be used; the problems are sentences, each with its place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problems[:3]))


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language tag, and its messages: source message -> its forms, of which the first is the singular."""

    tag: str = SOURCE
    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plural: str = "n != 1"

    @property
    def source(self) -> bool:
        """Whether pages are in the language in which everything is written."""
        return self.tag == SOURCE

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.tag)

    @property
    def attributes(self) -> str:
        """What an element of this language says of itself, with a space before it."""
        return f' lang="{self.tag}" dir="{self.direction}"'

    def gettext(self, message: str) -> str:
        """The message in this language; the message itself where nobody translated it."""
        return self.messages.get(message, (message,))[0]

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form of a message that agrees with a number."""
        forms = self.messages.get(one)
        if forms is None:
            return one if number == 1 else many
        from gettext import c2py

        return forms[min(c2py(self.plural)(number), len(forms) - 1)]

    @property
    def groups(self) -> str:
        """A digit for each number from 0 to 199: which form it takes. A larger one goes by its last two digits."""
        from gettext import c2py

        form = c2py(self.plural)
        return "".join(str(form(number)) for number in range(200))

    def forms(self, one: str, many: str) -> list[str]:
        """The forms of a message, for who cannot call `ngettext`: one for each digit of `groups`."""
        groups = self.groups
        firsts = [1 if groups[1] == digit else groups.find(digit) for digit in "0123456789"[: int(max(groups)) + 1]]
        return [self.ngettext(one, many, max(first, 0)) for first in firsts]


ENGLISH = Language()
_current: ContextVar[Language] = ContextVar("handrail_language", default=ENGLISH)


def current() -> Language:
    """The language in which pages are being made."""
    return _current.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make pages in a language until the block ends."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def spoken(sentences: Mapping[str, str | tuple[str, str]]) -> dict[str, object]:
    """What a script says, in the current language: `say` by name, and `groups` by which plurals are chosen."""
    language = current()
    say = {
        name: language.gettext(one) if isinstance(one, str) else language.forms(*one) for name, one in sentences.items()
    }
    return {"say": say, "groups": language.groups}


def translated_words(value: object) -> object:
    """A value of `publish.words` with every string in it in the current language."""
    if isinstance(value, str):
        return current().gettext(value) if value else value
    if isinstance(value, Mapping):
        return MappingProxyType({key: translated_words(one) for key, one in value.items()})
    return tuple(map(translated_words, value)) if isinstance(value, tuple) else value


def read_language(tag: str, site_source: Path, *, may_lack: Collection[str] = ()) -> Language:
    """A language by its tag, in lower case, such as `de` or `pt-br`.

    Args:
        tag: English needs no messages.
        site_source: the folder that holds `locale/`.
        may_lack: languages that need no messages either, since the catalog is translated; its pages then have English
            words around it.

    Raises:
        MessagesRefused: no such language is there, or its messages cannot be used.
        SiteEngineMissing: the library that reads them comes with the extra `site`, and is not installed.
    """
    if tag == SOURCE:
        return ENGLISH
    path = site_source / "locale" / tag / "LC_MESSAGES" / "handrail.po"
    if tag in may_lack and _TAG.fullmatch(tag) and not path.is_file():
        return Language(tag)
    if not _TAG.fullmatch(tag) or not path.is_file():
        raise MessagesRefused([f"there are no messages for `{tag}`: no `locale/{tag}/LC_MESSAGES/handrail.po`"])
    return parse(tag, path.read_bytes(), shown=path.relative_to(site_source).as_posix())


def parse(tag: str, data: bytes, *, shown: str) -> Language:
    """The messages of a `.po` file, whose place is shown in complaints.

    Raises:
        MessagesRefused: it is not in UTF-8 or not a `.po` file, or a message has other tags or names than its source.
        SiteEngineMissing: the library that reads it is not installed.
    """
    catalog = read_catalog(data, shown=shown)
    plural = str(catalog.plural_expr)
    messages: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for message in catalog:
        source = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        forms = tuple(form or "" for form in strings)
        if not source[0] or message.fuzzy or not all(forms):
            continue  # the head of the file, what nobody looked over, what is not translated yet
        problems += (f"{shown}:{message.lineno}: {why}" for form in forms if (why := unlike(source[-1], form)))
        messages[source[0]] = forms
    if problems:
        raise MessagesRefused(problems)
    return Language(tag, messages, plural)


def read_catalog(data: bytes, *, shown: str) -> Catalog:
    """A `.po` file as Babel reads it; the errors are those of `parse`."""
    try:
        from babel.messages.pofile import PoFileError, read_po
    except ImportError:
        from handrail.publish.engine import SiteEngineMissing

        raise SiteEngineMissing from None
    import io

    try:
        return read_po(io.BytesIO(data), abort_invalid=True, charset="utf-8")
    except (PoFileError, ValueError, LookupError) as error:
        raise MessagesRefused([f"{shown}: {error}"]) from None


def unlike(source: str, form: str) -> str:
    """Why a message may not stand for its source: it would be another piece of a page. Empty if it may."""
    if Counter(_FIXED.findall(source)) != Counter(_FIXED.findall(form)):
        return f"the translation of `{source}` has other tags or names in it"
    rest, before = _FIXED.sub("", form), _FIXED.sub("", source)
    if Counter(_LOOSE.findall(rest)) - Counter(_LOOSE.findall(before)):
        return f'the translation of `{source}` holds one of `<`, `>`, `"`, `%` and `&`, where its source has none'
    return ""
